"""Building: the same bytes wherever the work runs, only what changed, and nothing lost whoever is killed."""

from __future__ import annotations

import multiprocessing
import random
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import cohorts
import pytest

from roadpress.cli import main
from roadpress.cohort import building, work
from roadpress.cohort.building import Settings, build
from roadpress.cohort.engines import Engine, pool
from roadpress.cohort.loading import load_cohort
from roadpress.cohort.manifest import Manifest
from roadpress.core.errors import GaveUpError, RoadpressError
from roadpress.exporters import registry

TODAY = date(2027, 1, 6)
LEARNERS = [
    {"name": "Ada Lovelace", "start": "2027-01-11", "pace": "6h/week"},
    {"name": "Bo", "language": "de", "skip": ["math"]},
    {"name": "عمر الخيام", "pace": "1h/day"},
]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", cohorts.EPOCH)


def people(count):
    return [{"name": f"Learner {n}", "pace": f"{n % 5 + 1}h/week"} for n in range(1, count + 1)]


def made(path, to="out", **settings):
    """Build, and return what came of it by learner."""
    loaded = load_cohort(path)
    with Manifest(path.parent / "m.sqlite", to) as manifest:
        chosen = Settings(to, TODAY, **{"formats": ("checklist",), "jobs": 1, **settings})
        return {one.learner: one for one in build(loaded, loaded.cohort.learners, chosen, manifest)}


def test_each_gets_what_is_theirs(tmp_path, capsys):
    cohorts.write(tmp_path, LEARNERS)
    assert main(["cohort", "build"]) == 0
    assert capsys.readouterr().out == "output/cohort  3 made\n"
    found = cohorts.files(tmp_path / "output" / "cohort")
    assert [name for name in found if name.startswith("ada")] == [
        "ada-lovelace/ada-lovelace.checklist.html", "ada-lovelace/ada-lovelace.ics", "ada-lovelace/ada-lovelace.pdf",
    ]  # fmt: skip
    assert b"Ada Lovelace" in found["ada-lovelace/ada-lovelace.checklist.html"]
    assert b"20270111" in found["ada-lovelace/ada-lovelace.ics"]
    assert b"Calculus" not in found["bo/bo.checklist.html"]
    assert b'lang="de"' in found["bo/bo.checklist.html"]
    assert "عمر-الخيام/عمر-الخيام.pdf" in found


def test_an_email_stands_in_no_output(tmp_path):
    cohorts.write(tmp_path, [{"name": "Ada", "email": "secret@example.org", "pace": "6h/week"}])
    assert main(["-q", "cohort", "build", "--format", "pdf,checklist,ics,mindmap,markdown,csv,json,opml"]) == 0
    found = cohorts.files(tmp_path / "output")
    assert len(found) > 7
    assert not [name for name, data in found.items() if b"secret" in data]


def test_the_same_bytes_one_by_one_and_on_a_pool(tmp_path):
    path = cohorts.write(tmp_path, people(20))
    made(path, "one", formats=("pdf", "checklist", "ics"))
    made(path, "two", formats=("pdf", "checklist", "ics"), jobs=2)
    assert cohorts.files(tmp_path / "one") == cohorts.files(tmp_path / "two")
    assert len(cohorts.files(tmp_path / "one")) == 60


def test_only_what_changed_is_made_again(tmp_path):
    path = cohorts.write(tmp_path, ["Ada", "Bo", "Cy"])
    assert set(made(path)) == {"ada", "bo", "cy"}
    assert made(path) == {}
    before = cohorts.files(tmp_path / "out")
    (tmp_path / "progress").mkdir()
    (tmp_path / "progress" / "bo.progress.yaml").write_text(
        "roadpress-progress: 2\nticks:\n  basics/statistics: {done: 2027-01-05}\n"
    )
    assert set(made(path)) == {"bo"}
    after = cohorts.files(tmp_path / "out")
    assert [name for name in after if after[name] != before[name]] == ["bo/bo.checklist.html"]
    (tmp_path / "out" / "cy" / "cy.checklist.html").unlink()
    (tmp_path / "out" / "ada" / "ada.checklist.html").write_bytes(b"torn")
    assert set(made(path)) == {"ada", "cy"}
    assert cohorts.files(tmp_path / "out") == after
    assert set(made(path, formats=("checklist", "csv"))) == {"ada", "bo", "cy"}
    assert made(path, formats=("csv",)) == {}
    assert (
        set(made(cohorts.write(tmp_path, ["Ada", "Bo", {"name": "Cy", "email": "c@x.org"}]), formats=("csv",))) == set()
    )
    assert set(made(cohorts.write(tmp_path, ["Ada", "Bo", {"name": "Cy", "skip": "math"}]), formats=("csv",))) == {"cy"}


def test_one_learners_error_is_a_line_and_not_the_end(tmp_path, capsys):
    cohorts.write(tmp_path, ["Ada", "Bo", "Cy"])
    (tmp_path / "progress").mkdir()
    (tmp_path / "progress" / "bo.progress.yaml").write_text("not: progress\n")
    assert main(["cohort", "build", "--format", "checklist"]) == 1
    told = capsys.readouterr()
    assert told.out == "output/cohort  2 made, 1 failed\n"
    assert [line for line in told.err.splitlines() if line.startswith("bo: bo.progress.yaml:1:1: ")]
    assert main(["cohort", "build", "--format", "checklist"]) == 1
    assert capsys.readouterr().out == "output/cohort  2 as they were, 1 failed\n"


def test_only_some_by_id_or_name(tmp_path, capsys):
    cohorts.write(tmp_path, LEARNERS)
    assert main(["-q", "cohort", "build", "--only", "bo", "--only", "ada lovelace", "--format", "csv"]) == 0
    assert sorted(path.name for path in Path("output/cohort").iterdir()) == ["ada-lovelace", "bo"]
    assert main(["cohort", "build", "--only", "ada"]) == 2
    assert "Did you mean 'ada-lovelace'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "pfd"], "no exporter called 'pfd'"),
        (["--format", ","], "names nothing"),
        (["--format", "trello"], "`roadpress cohort trello push`, or let everybody run `roadpress trello push`"),
        (["--on", "ray://x:1"], "pip install the package that brings 'ray'"),
        (["--to", "s3://key:secret@bucket/x"], "never in an address"),
        (["--to", "nowhere://x/y"], "nowhere://x/y cannot be reached"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(tmp_path, capsys, arguments, said):
    cohorts.write(tmp_path, ["Ada"])
    assert main(["cohort", "build", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "secret" not in told


def test_an_exporter_of_somebody_else_is_one_like_any(tmp_path, monkeypatch):
    class Titles:
        SUMMARY = "Titles"
        Options = registry.load_exporter("opml").Options

        @staticmethod
        def export(snapshot, options):
            from roadpress.exporters.contract import Export, File

            if snapshot.learner == "Bo":
                raise ZeroDivisionError("theirs")
            return Export((File(".titles.txt", snapshot.learner.encode()),), ("said",))

    monkeypatch.setattr(work, "load_exporter", lambda name: Titles)
    found = made(cohorts.write(tmp_path, ["Ada", "Bo"]), formats=("titles",))
    assert cohorts.files(tmp_path / "out") == {"ada/ada.titles.txt": b"Ada"}
    assert (found["ada"].notices, found["bo"].error) == (("titles: said",), "ZeroDivisionError: theirs")


def test_few_jobs_are_out_at_a_time(tmp_path, monkeypatch):
    out, most = [0], [0]

    class Counting(ThreadPoolExecutor):
        def submit(self, *args):
            out[0] += 1
            most[0] = max(most[0], out[0])
            future = super().submit(*args)
            future.add_done_callback(lambda _: out.__setitem__(0, out[0] - 1))
            return future

    def connect(url, setup, jobs):
        setup()
        return Engine(Counting(2), 2, 1)

    monkeypatch.setattr(building, "engine", connect)
    assert len(made(cohorts.write(tmp_path, people(60)), formats=("csv",))) == 60
    assert most[0] == 8


def test_what_learners_sent_is_not_all_in_memory(tmp_path, monkeypatch):
    """The driver holds the progress of few learners at a time, however many there are."""
    large, count = 30_000, 400
    path = cohorts.write(tmp_path, people(count))
    (tmp_path / "progress").mkdir()
    for n in range(count):
        (tmp_path / "progress" / f"learner-{n + 1}.progress.yaml").write_bytes(b"#" * large)

    class Echo(ThreadPoolExecutor):
        def submit(self, _, __, tasks):
            done = [work.Outcome(task.learner.id, error=str(len(task.progress))) for task in tasks]
            return super().submit(lambda: done)

    monkeypatch.setattr(building, "engine", lambda *_: Engine(Echo(1), 1, 8))
    loaded = load_cohort(path)
    tracemalloc.start()
    try:
        with Manifest(tmp_path / "m.sqlite", "out") as manifest:
            found = build(loaded, loaded.cohort.learners, Settings("out", TODAY, ("csv",), jobs=1), manifest)
            assert sum(outcome.error == str(large) for outcome in found) == count
        assert tracemalloc.get_traced_memory()[1] < large * count / 3
    finally:
        tracemalloc.stop()


def test_a_worker_that_was_prepared_for_something_else_says_so(tmp_path):
    work._workers.clear()
    with pytest.raises(RoadpressError, match="prepared for another build"):
        work.make("0" * 64, ())


@pytest.fixture
def killing(monkeypatch):
    """Let workers of a pool of two die of some learners."""

    def install(victim, folder=""):
        monkeypatch.setattr(
            building, "engine", lambda url, setup, jobs: pool.connect(url, cohorts.Killing(setup, victim, folder), 2)
        )

    return install


def test_a_learner_who_kills_workers_is_the_only_one_without_outputs(tmp_path, killing):
    killing("learner-13")
    found = made(cohorts.write(tmp_path, people(16)), formats=("csv",))
    assert {key for key, one in found.items() if one.error} == {"learner-13"}
    assert "workers died" in found["learner-13"].error
    assert len(cohorts.files(tmp_path / "out")) == 15


def test_a_killed_worker_costs_nothing_but_its_jobs(tmp_path, killing):
    path = cohorts.write(tmp_path, people(20))
    made(path, "whole", formats=("csv",))
    (tmp_path / "marks").mkdir()
    killing("", str(tmp_path / "marks"))
    found = made(path, formats=("csv",))
    assert len(list((tmp_path / "marks").iterdir())) == 2
    assert not [one for one in found.values() if one.error]
    assert cohorts.files(tmp_path / "out") == cohorts.files(tmp_path / "whole")


def test_a_killed_driver_goes_on_where_it_was(tmp_path, monkeypatch):
    """Ended after every tenth learner, with what it made last not recorded: nothing is missing in the end."""
    path = cohorts.write(tmp_path, people(60))
    made(path, "whole", formats=("csv",))
    monkeypatch.setattr(building, "_AT_ONCE", 8)
    loaded = load_cohort(path)
    rounds = 0
    seen = set()
    while True:
        manifest = Manifest(tmp_path / "m.sqlite", "out")
        run = build(loaded, loaded.cohort.learners, Settings("out", TODAY, ("csv",), jobs=1), manifest)
        monkeypatch.setattr(building._Run, "_record", recorded := building._Run._record)
        ended = [outcome.learner for _, outcome in zip(range(10), run, strict=False)]
        monkeypatch.setattr(building._Run, "_record", lambda self: None)  # a killed process does nothing at its end
        run.close()
        for worker in multiprocessing.active_children():  # a killed driver's end with it
            worker.join()
        manifest.close()
        monkeypatch.setattr(building._Run, "_record", recorded)
        seen.update(ended)
        rounds += 1
        if not ended:
            break
    assert 7 <= rounds <= 10
    assert len(seen) == 60
    assert cohorts.files(tmp_path / "out") == cohorts.files(tmp_path / "whole")


def test_a_process_that_is_killed_leaves_whole_files_alone(tmp_path):
    path = cohorts.write(tmp_path, people(40))
    made(path, "whole", formats=("checklist",))
    command = [
        sys.executable,
        "-m",
        "roadpress",
        "cohort",
        "build",
        "--to",
        "out",
        "--format",
        "checklist",
        "--jobs",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(list(tmp_path.glob("out/*/*.html"))) < 5:
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert main(["-q", "cohort", "build", "--to", "out", "--format", "checklist"]) == 0
    assert cohorts.files(tmp_path / "out") == cohorts.files(tmp_path / "whole")


def test_workers_that_are_gone_end_the_build(tmp_path, monkeypatch):
    class Silent(ThreadPoolExecutor):
        def submit(self, *args):
            from concurrent.futures import Future

            return Future()

    monkeypatch.setattr(building, "_PATIENCE", 0.01)
    monkeypatch.setattr(building, "engine", lambda url, setup, jobs: Engine(Silent(1), 1, 8, lambda: False))
    with pytest.raises(GaveUpError, match="gone"):
        made(cohorts.write(tmp_path, ["Ada"]))


def test_workers_that_cannot_start_end_the_build(tmp_path, monkeypatch):
    class Broken(ThreadPoolExecutor):
        def submit(self, *args):
            raise BrokenExecutor

    started = []
    monkeypatch.setattr(building, "engine", lambda *_: (started.append(1), Engine(Broken(1), 1, 8))[1])
    with pytest.raises(GaveUpError, match="die before"):
        made(cohorts.write(tmp_path, people(40)))
    assert len(started) < 10


def test_a_damaged_manifest_is_named(tmp_path, capsys):
    path = cohorts.write(tmp_path, ["Ada"])
    (tmp_path / "cohort.manifest.sqlite").write_bytes(b"no database, but long enough to be looked at " * 50)
    assert main(["cohort", "build", str(path)]) == 1
    assert "Delete it" in capsys.readouterr().err


def test_any_store_that_fsspec_reaches(tmp_path):
    import fsspec

    path = cohorts.write(tmp_path, people(3))
    made(path, "local")
    made(path, "memory://cohorts/autumn")
    system = fsspec.filesystem("memory")
    stored = {name.removeprefix("/cohorts/autumn/"): system.cat(name) for name in system.find("/cohorts/autumn")}
    assert stored == cohorts.files(tmp_path / "local")
    assert made(path, "memory://cohorts/autumn") == {}
    system.rm("/cohorts/autumn/learner-2", recursive=True)
    assert set(made(path, "memory://cohorts/autumn")) == {"learner-2"}


def test_a_store_that_fails_now_and_then_loses_nothing(tmp_path, monkeypatch):
    import fsspec

    path = cohorts.write(tmp_path, people(20))
    made(path, "local")
    system = fsspec.filesystem("memory")
    real, random_ = type(system).pipe, random.Random(7)

    def failing(self, files):
        if random_.random() < 0.4:
            raise ConnectionError("503 Slow Down")
        real(self, files)

    monkeypatch.setattr(type(system), "pipe", failing)
    for _ in range(12):
        if not made(path, "memory://faulty"):
            break
    stored = {name.removeprefix("/faulty/"): system.cat(name) for name in system.find("/faulty")}
    assert stored == cohorts.files(tmp_path / "local")


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "a\\b", "", "a\n", "c:x"])
def test_no_name_leaves_its_store(tmp_path, name):
    from roadpress.cohort.stores import store_at

    for where in (str(tmp_path / "store"), "memory://store"):
        with pytest.raises(RoadpressError, match="no name for a file"):
            store_at(where).write({name: b""})
