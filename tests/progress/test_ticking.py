"""`tick`, `untick`, `skip` and `status`, as a person uses them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from programs import program
from roadmaps import source

from roadpress.cli import main
from roadpress.core.progress.store import read

SECTIONS = """
- title: Fundamentals
  topics:
    - What is ML?
    - title: Math
      items: [Linear algebra, Statistics, Calculus]
- title: Projects
  topics:
    - {title: Recommender, kind: project, id: recommender}
    - {title: Extra reading, optional: true}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1799236800")  # 2027-01-06
    Path("roadmap.yaml").write_text(source(SECTIONS))
    return tmp_path


def recorded():
    record = read(Path("roadmap.progress.yaml"))
    return {key: (entry.tick.state.value, str(entry.tick.on)) for key, entry in record.ticks.items()}


@pytest.mark.usefixtures("folder")
class TestTick:
    def test_numbers_ranges_ids_and_titles(self, capsys):
        assert main(["tick", "1.1", "1.2.1-1.2.2", "recommender"]) == 0
        assert recorded() == {
            "fundamentals/what-is-ml": ("done", "2027-01-06"),
            "fundamentals/math/linear-algebra": ("done", "2027-01-06"),
            "fundamentals/math/statistics": ("done", "2027-01-06"),
            "recommender": ("done", "2027-01-06"),
        }
        assert capsys.readouterr().out.splitlines() == [
            "✓ 1.1 What is ML?",
            "✓ 1.2.1 Linear algebra",
            "✓ 1.2.2 Statistics",
            "✓ 2.1 Recommender",
        ]

    @pytest.mark.parametrize("word", ["calculus", "Calc", "fundamentals/math/calculus", "1.2.3", "math/calculus"])
    def test_one_leaf_by_many_names(self, word):
        assert main(["tick", word]) == 0
        assert list(recorded()) == ["fundamentals/math/calculus"]

    def test_a_parent_stands_for_its_leaves(self):
        assert main(["tick", "math", "--on", "2027-01-02"]) == 0
        assert {when for _, when in recorded().values()} == {"2027-01-02"}
        assert len(recorded()) == 3

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["1.9"], "There is no number 1.9; 1 has 1.1 to 1.2."),
            (["1.2.9-1.2.12"], "There is no number 1.2.9; 1.2 has 1.2.1 to 1.2.3."),
            (["1.1.1"], "There is no number 1.1.1; 1.1 'What is ML?' has nothing below it."),
            (["9.4"], "There is no number 9.4; the sections are 1 to 2."),
            (["1.1", "nonsense"], "Nothing in the roadmap is called 'nonsense'."),
            (["statistcs"], "Did you mean 1.2.2 'Statistics'?"),
            (["a"], "'a' may be"),
            (["1.2.2-1.2.1"], "1.2.2-1.2.1 runs backwards."),
            ([""], "An empty word names nothing."),
        ],
    )
    def test_what_is_unknown_or_ambiguous_changes_nothing(self, words, said, capsys):
        assert main(["tick", *words]) == 2
        assert said in capsys.readouterr().err
        assert not Path("roadmap.progress.yaml").exists()

    def test_ticking_twice_keeps_the_first_date_and_the_file(self, capsys):
        main(["tick", "1.1"])
        before = Path("roadmap.progress.yaml").read_bytes()
        main(["-q", "tick", "1.1"])
        assert Path("roadmap.progress.yaml").read_bytes() == before
        main(["tick", "1.1", "--on", "2026-12-31"])
        assert recorded()["fundamentals/what-is-ml"] == ("done", "2026-12-31")

    def test_untick_skip_and_notes(self):
        main(["tick", "1.2.1-1.2.3", "--note", "See *chapter 3*"])
        main(["untick", "calculus"])
        main(["skip", "statistics"])
        states = {key.rpartition("/")[2]: state for key, (state, _) in recorded().items()}
        assert states == {"linear-algebra": "done", "statistics": "skipped", "calculus": "open"}
        notes = {entry.tick.note for entry in read(Path("roadmap.progress.yaml")).ticks.values()}
        assert notes == {"See *chapter 3*"}

    def test_a_note_for_a_group_is_refused_and_nothing_is_written(self, capsys):
        for command in ("tick", "skip", "untick"):
            assert main([command, "1.1", "1.2", "--note", "See chapter 3"]) == 2
            said = capsys.readouterr().err
            assert "1.2 'Math' has 3 entries to tick below it, and a note belongs to one." in said
            assert "Name one, such as 1.2.1. Nothing was changed." in said
        assert not Path("roadmap.progress.yaml").exists()

    def test_unticking_what_the_author_did(self):
        Path("roadmap.yaml").write_text(source("- {title: A, done: 2026-12-01}\n- B"))
        assert main(["untick", "A"]) == 0
        assert recorded() == {"a": ("open", "2027-01-06")}

    def test_status_counts_and_json(self, capsys):
        main(["-q", "tick", "1.1", "extra"])
        main(["-q", "skip", "calculus"])
        main(["status", "--json"])
        data = json.loads(capsys.readouterr().out)
        assert [(row["done"], row["total"], row["skipped"]) for row in data["sections"]] == [(1, 3, 1), (0, 1, 0)]
        assert data["total"]["optional_done"] == 1
        assert (data["total"]["hours_done"], data["total"]["hours_left"]) == (0, 0)  # no plan: none are assumed
        assert data["assumed"] == 3
        main(["status"])
        out = capsys.readouterr().out
        assert "Optional: 1 of 1 done." in out
        assert "Skipped: 1." in out
        assert "25 %" in out


def test_two_processes_at_once_lose_nothing(folder):
    titles = [f"Leaf {index}" for index in range(8)]
    Path("roadmap.yaml").write_text(source("".join(f"- {title}\n" for title in titles)))
    processes = [
        subprocess.Popen([sys.executable, "-m", "roadpress", "-q", "tick", str(index + 1)], cwd=folder)
        for index in range(len(titles))
    ]
    assert [process.wait(60) for process in processes] == [0] * len(titles)
    assert len(recorded()) == len(titles)


def completed(folder, *words):
    """Return what bash is offered for the last word, by click's own script."""
    script = f"""
        eval "$(_ROADPRESS_COMPLETE=bash_source roadpress)"
        COMP_WORDS=({" ".join(words)}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _roadpress_completion "$1"; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    result = subprocess.run(
        [program("bash"), "-c", script, "bash", "roadpress"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.split("\n")[:-1]


def test_the_shell_completes_numbers_ids_and_titles(folder):
    assert completed(folder, "roadpress", "tick", "1.2") == ["1.2", "1.2.1", "1.2.2", "1.2.3"]
    assert completed(folder, "roadpress", "tick", "rec") == ["recommender"]
    assert completed(folder, "roadpress", "tick", "line") == ["Linear\\ algebra"]
    assert completed(folder, "roadpress", "untick", "fundamentals/m")[:2] == [
        "fundamentals/math",
        "fundamentals/math/linear-algebra",
    ]
