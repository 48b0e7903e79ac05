"""`collect`: ticks come back from files, whatever they are, and whatever happened to the roadmap since."""

import json
from pathlib import Path

import pytest
from roadmaps import source

from roadpress.cli import main
from roadpress.core.progress.store import read

SECTIONS = """
- title: Basics
  topics: [What is ML?, Statistics, Calculus]
- title: Projects
  topics: [Recommender]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # 2027-01-06
    Path("roadmap.yaml").write_text(source(SECTIONS))


def saved(items, name="saved.json", given=None, made="2026-01-01", at="2027-01-05T10:00:00.000Z"):
    item = {key: {"state": state, "on": "2027-01-05", "at": at} for key, state in items.items()}
    given = {key: {"state": state} for key, state in (given or {}).items()}
    data = {"roadpress": "checklist", "format": 1, "made": made, "saved": at, "items": item, "given": given}
    Path(name).write_text(json.dumps(data))
    return name


def recorded():
    record = read(Path("roadmap.progress.yaml"))
    return {key: entry.tick.state.value for key, entry in record.ticks.items()}


def orphans():
    return set(read(Path("roadmap.progress.yaml")).orphans)


def test_ticks_arrive_with_their_dates(capsys):
    assert main(["collect", saved({"basics/statistics": "done", "basics/calculus": "skipped"})]) == 0
    assert recorded() == {"basics/statistics": "done", "basics/calculus": "skipped"}
    assert "✓ 1.2 Statistics  Tue 5 Jan" in capsys.readouterr().out
    assert main(["collect", "saved.json"]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_several_files_all_arrive():
    main(["-q", "tick", "1.1"])
    assert (
        main(["collect", saved({"basics/statistics": "done"}, "a"), saved({"projects/recommender": "done"}, "b")]) == 0
    )
    assert recorded() == dict.fromkeys(["basics/what-is-ml", "basics/statistics", "projects/recommender"], "done")


def test_dry_run_writes_nothing(capsys):
    main(["collect", "--dry-run", saved({"basics/statistics": "done"})])
    assert "✓ 1.2 Statistics" in capsys.readouterr().out
    assert not Path("roadmap.progress.yaml").exists()


@pytest.mark.parametrize(
    ("flag", "state"), [([], "open"), (["--newest"], "open"), (["--mine"], "open"), (["--theirs"], "done")]
)
def test_a_conflict_is_told_with_both_dates_and_decided(flag, state, capsys):
    main(["-q", "tick", "1.2"])
    main(["-q", "untick", "1.2"])  # now, which is later than the page's tick
    assert main(["collect", *flag, saved({"basics/statistics": "done"}, at="2020-01-05T10:00:00.000Z")]) == 0
    assert recorded()["basics/statistics"] == state
    err = " ".join(capsys.readouterr().err.split())
    assert "1.2 'Statistics' was changed on both sides: open on 20" in err
    assert "here, done on 2020-01-05 in saved.json" in err


def test_an_older_edition_brings_its_ticks_to_where_they_belong(capsys):
    Path("roadmap.yaml").write_text(
        source(
            "- title: Foundations\n  was: [basics]\n  topics: [Statistics, What is ML?]\n- {title: New, topics: [Calculus]}"
        )
    )
    main(["collect", saved({"basics/statistics": "done", "basics/what-is-ml": "done", "projects/recommender": "done"})])
    assert recorded() == {"foundations/statistics": "done", "foundations/what-is-ml": "done"}
    assert orphans() == {"projects/recommender"}
    assert "'projects/recommender' in saved.json is not in the roadmap; its tick is kept" in " ".join(
        capsys.readouterr().err.split()
    )
    assert main(["check"]) == 0
    assert "done 2027-01-05  projects/recommender" in capsys.readouterr().out
    Path("roadmap.yaml").write_text(source(SECTIONS))
    main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["total"]["done"] == 3
    main(["-q", "tick", "Calculus"])
    assert recorded()["projects/recommender"] == "done"
    assert orphans() == set()


def test_another_roadmaps_output_changes_nothing(capsys):
    assert main(["collect", saved({"cooking/soup": "done"})]) == 1
    assert "saved.json is of another roadmap: none of its 1 entries is in this one." in capsys.readouterr().err
    assert not Path("roadmap.progress.yaml").exists()


def test_one_bad_file_and_nothing_is_taken():
    Path("bad.json").write_text("{")
    assert main(["collect", saved({"basics/statistics": "done"}), "bad.json"]) == 1
    assert not Path("roadmap.progress.yaml").exists()


def test_another_copy_of_the_progress_file():
    main(["-q", "tick", "1.1", "--on", "2027-01-02", "--note", "mine"])
    Path("roadmap.progress.yaml").rename("laptop.progress.yaml")
    main(["-q", "tick", "1.2"])
    assert main(["collect", "laptop.progress.yaml"]) == 0
    assert recorded() == {"basics/what-is-ml": "done", "basics/statistics": "done"}
    tick = read(Path("roadmap.progress.yaml")).ticks["basics/what-is-ml"].tick
    assert (str(tick.on), tick.note) == ("2027-01-02", "mine")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.pdf", None, "There is no file none.pdf."),
        ("roadmap.yaml", None, "roadmap.yaml is nothing that ticks come back in."),
        ("x.html", b"<!DOCTYPE html><p>", "x.html is a page, and a page does not hold its ticks"),
        ("x", b"", "x is nothing that ticks come back in."),
        ("x.json", b'{"a": 1}', "This is not a progress file of a checklist"),
        ("p.yaml", b"roadpress-progress: 7\n", "this format is not known"),
        ("https://example.org/x", None, "https://example.org/x holds no ticks."),
        ("https://[x", None, "https://[x holds no ticks."),
        ("https://example.org/x.html#t1.a.b", None, "The ticks in this link are damaged."),
    ],
)
def test_what_is_no_output_is_named_and_nothing_written(name, content, said, capsys):
    if content is not None:
        Path(name).write_bytes(content)
    assert main(["collect", name]) in (1, 2)
    assert said in capsys.readouterr().err
    assert not Path("roadmap.progress.yaml").exists()


def test_a_damaged_progress_file_stops_everything_and_stays(capsys):
    Path("roadmap.progress.yaml").write_text("roadpress-progress: 1\nticks:\n  a: {done: soon}\n")
    saved({"basics/statistics": "done"})
    for words in (["collect", "saved.json"], ["tick", "1"], ["status"], ["check"], ["next"]):
        assert main(words) == 2
        assert "roadmap.progress.yaml:3:13: `soon` is not a date" in capsys.readouterr().err
    assert "soon" in Path("roadmap.progress.yaml").read_text()


def boxes(old, new):
    path = Path("output/roadmap.md")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_edited_markdown_export():
    main(["-q", "tick", "1.1", "1.2"])
    main(["-q", "skip", "1.3"])
    assert main(["-q", "markdown"]) == 0
    main(["-q", "untick", "1.2"])  # here, since
    boxes("[ ] Recommender", "[x] Recommender")  # there
    boxes("[x] What is ML?", "[ ] What is ML?")
    assert main(["collect", "output/roadmap.md"]) == 0
    assert recorded() == {
        "basics/what-is-ml": "open",
        "basics/statistics": "open",
        "basics/calculus": "skipped",
        "projects/recommender": "done",
    }


def test_a_markdown_export_without_ids_only_ticks():
    main(["-q", "tick", "1.1"])
    main(["-q", "markdown", "--no-ids"])
    boxes("[x] What is ML?", "[ ] What is ML?")
    boxes("[ ] Recommender", "[X] Recommender")
    with Path("output/roadmap.md").open("a") as file:
        file.write("- [x] My own\n- [ ] Another\n")
    assert main(["collect", "output/roadmap.md"]) == 0
    assert recorded() == {"basics/what-is-ml": "done", "projects/recommender": "done"}
    assert orphans() == {"?/my-own"}
    Path("roadmap.yaml").write_text(source(SECTIONS + "- My own\n"))
    main(["-q", "tick", "1.2"])
    assert recorded()["my-own"] == "done"


def test_hostile_ids_and_titles_do_nothing(capsys):
    """What a stranger's file names is kept, never obeyed: by a terminal, by YAML, by Python."""
    names = [
        "\ud800",
        "\x1b[31mred",
        "a: {b",
        "__proto__",
        "x" * 5000,
        "\x00",
        "../../etc/passwd",
        "\u202eabc",
        "- !!python/x",
    ]
    saved({"basics/statistics": "done"} | dict.fromkeys(names, "done"))
    assert main(["collect", "saved.json"]) == 0
    assert recorded() == {"basics/statistics": "done"}
    assert len(orphans()) == len(names)
    assert main(["check"]) == 0
    captured = capsys.readouterr()
    assert "\x1b[31mred" not in captured.out + captured.err
    before = Path("roadmap.progress.yaml").read_bytes()
    assert main(["-q", "collect", "saved.json"]) == 0
    assert Path("roadmap.progress.yaml").read_bytes() == before


def test_errors_of_strangers_files_are_printed_without_their_control_characters(capsys, monkeypatch):
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *args, **kwargs: False)  # as on a terminal
    Path("roadmap.yaml").write_text('roadpress: 1\ntitle: T\n"\\e[31mred": 1\n')
    assert main(["check"]) == 2
    Path("x.json").write_text(json.dumps({"roadpress": "checklist", "format": "\x1b[31mred"}))
    Path("roadmap.yaml").write_text(source(SECTIONS))
    assert main(["collect", "x.json"]) == 1
    assert "\x1b[31mred" not in capsys.readouterr().err
