"""Progress in git: two branches that both ticked, and what git leaves behind where it can't merge."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from programs import program
from roadmaps import source

from roadpress.cli import main
from roadpress.core.progress.store import ProgressFile, parse, read, render

ROADMAP, PROGRESS, STATE = Path("roadmap.yaml"), Path("roadmap.progress.yaml"), Path("roadmap.trello.json")
SECTIONS = """
- title: Basics
  topics: [What is ML?, Statistics, Calculus]
- title: Models
  topics: [Trees, Networks]
"""


def git(*words, check=True):
    people = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A")
    people |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "a@example.org")
    environment = {**os.environ, **people, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run([program("git"), *words], check=check, capture_output=True, text=True, env=environment)


def commit(words):
    git("add", "-A")
    git("commit", "-qm", words)


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    Path(".gitattributes").write_text("*.progress.yaml merge=union\n")
    ROADMAP.write_text(source(SECTIONS))
    assert main(["-q", "tick", "1.1", "--on", "2027-01-02", "--note", "first"]) == 0
    commit("start")
    git("branch", "other")


def merged():
    """Merge the branch `other` into this one; returns whether git did."""
    return git("merge", "-q", "other", "-m", "merge", check=False).returncode == 0


def recorded():
    record = read(PROGRESS)
    return {key: (entry.tick.state.value, str(entry.tick.on), entry.tick.note) for key, entry in record.ticks.items()}


def retitle(old, new):
    text = ROADMAP.read_text()
    assert old in text
    ROADMAP.write_text(text.replace(old, new))


def test_both_sides_ticked_the_same_leaf_and_others(capsys):
    main(["-q", "tick", "1.2", "--on", "2027-01-03", "--note", "ours"])
    main(["-q", "tick", "2.1", "--on", "2027-01-03"])
    commit("ours")
    git("checkout", "-q", "other")
    PROGRESS.write_text(
        PROGRESS.read_text() + "  basics/statistics: {skipped: 2027-01-04, from: cli, at: 2999-01-01T00:00:00Z, "
        'title: "Statistics"}\n  models/networks: 2027-01-05\n'
    )
    commit("theirs")
    git("checkout", "-q", "main")
    assert merged()
    assert PROGRESS.read_text().count("basics/statistics:") == 2
    assert recorded() == {
        "basics/what-is-ml": ("done", "2027-01-02", "first"),
        "basics/statistics": ("skipped", "2027-01-04", "ours"),  # newer, and the other's note is not lost
        "models/trees": ("done", "2027-01-03", ""),
        "models/networks": ("done", "2027-01-05", ""),
    }
    for words in (["status"], ["check"], ["next"], ["orphans"]):
        assert main(words) == 0
    assert capsys.readouterr().err == ""
    before = recorded()
    assert main(["-q", "tick", "1.3"]) == 0
    assert PROGRESS.read_text().count("basics/statistics:") == 1
    assert {key: value for key, value in recorded().items() if key != "basics/calculus"} == before


def test_the_roadmap_was_changed_on_both_sides(capsys):
    main(["-q", "tick", "1.2", "2.1"])
    retitle("Basics", "Foundations")
    main(["-q", "tick", "1.3", "--note", "ours"])
    commit("ours")
    git("checkout", "-q", "other")
    retitle("Models", "Methods")
    retitle("Networks", "Networks, Forests")
    main(["-q", "tick", "2.1", "2.3", "--note", "theirs"])
    commit("theirs")
    git("checkout", "-q", "main")
    merged()
    ROADMAP.write_text(  # a person settles the roadmap, in a third way
        source(
            "- {title: Foundations, topics: [What is ML?, Statistics, Calculus]}\n"
            "- {title: Methods, topics: [Trees, Networks, Forests, Something new]}"
        )
    )
    text = PROGRESS.read_text()
    assert (text.count("\nedition:"), "<<<" in text) == (2, False)
    assert main(["status"]) == 0
    assert main(["-q", "tick", "2.4"]) == 0
    assert {key: note for key, (_, _, note) in recorded().items()} == {
        "foundations/what-is-ml": "first",
        "foundations/statistics": "",
        "foundations/calculus": "ours",
        "methods/trees": "theirs",
        "methods/forests": "theirs",
        "methods/something-new": "",
    }
    assert read(PROGRESS).orphans == {}
    assert PROGRESS.read_bytes() == render(read(PROGRESS), name="roadmap.yaml")
    assert capsys.readouterr().err == ""


def test_a_progress_file_that_both_sides_began(capsys):
    git("rm", "-q", "--cached", str(PROGRESS))
    PROGRESS.unlink()
    commit("none yet")
    git("branch", "-f", "other")
    main(["-q", "tick", "1.2"])
    commit("ours")
    git("checkout", "-q", "other")
    main(["-q", "tick", "1.3", "2.2"])
    commit("theirs")
    git("checkout", "-q", "main")
    assert merged()
    assert set(recorded()) == {"basics/statistics", "basics/calculus", "models/networks"}
    assert main(["check"]) == 0
    assert capsys.readouterr().err == ""


def test_one_side_deleted_what_the_other_ticked():
    ROADMAP.write_text(
        source("- {title: Basics, topics: [What is ML?, Calculus]}\n- {title: Models, topics: [Trees, Networks]}")
    )
    main(["-q", "tick", "Calculus"])
    commit("ours")
    git("checkout", "-q", "other")
    main(["-q", "tick", "Statistics", "--note", "theirs"])
    commit("theirs")
    git("checkout", "-q", "main")
    assert merged()
    assert main(["-q", "tick", "Trees"]) == 0
    record = read(PROGRESS)
    assert {entry.title: entry.tick.note for entry in record.orphans.values()} == {"Statistics": "theirs"}
    assert {entry.title for entry in record.ticks.values()} == {"What is ML?", "Calculus", "Trees"}


def test_without_union_the_conflict_is_named_with_its_lines_and_deleting_them_is_enough(capsys):
    Path(".gitattributes").unlink()
    main(["-q", "tick", "1.2", "--note", "ours"])
    commit("ours")
    git("checkout", "-q", "other")
    main(["-q", "tick", "1.2", "--note", "theirs"])
    main(["-q", "tick", "1.3"])
    commit("theirs")
    git("checkout", "-q", "main")
    assert not merged()
    text = PROGRESS.read_text()
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line[:7] in ("<" * 7, "=" * 7, ">" * 7)]
    assert len(lines) == 3
    for words in (["status"], ["tick", "1"], ["orphans"], ["check"]):
        assert main(words) == 2
        said = capsys.readouterr().err
        assert f"roadmap.progress.yaml:{lines[0]}:1: a merge in git left its conflict here: " in said
        assert f"`<<<<<<<` in line {lines[0]}, `=======` in line {lines[1]} and `>>>>>>>` in line {lines[2]}" in said
        assert "delete these lines and keep what is between them" in said
        assert "merge=union" in said
    assert PROGRESS.read_text() == text
    PROGRESS.write_text("\n".join(line for line in text.splitlines() if line[:7] not in ("<" * 7, "=" * 7, ">" * 7)))
    assert main(["-q", "tick", "2.1"]) == 0
    assert {key: note for key, (_, _, note) in recorded().items()}["basics/statistics"] in ("ours", "theirs")
    assert set(recorded()) == {"basics/what-is-ml", "basics/statistics", "basics/calculus", "models/trees"}


def test_a_conflict_in_the_roadmap_is_named_with_its_lines(capsys):
    retitle("Statistics", "Probability")
    commit("ours")
    git("checkout", "-q", "other")
    retitle("Statistics", "Chance")
    commit("theirs")
    git("checkout", "-q", "main")
    git("config", "merge.conflictStyle", "diff3")
    assert not merged()
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert "a merge in git left its conflict here: `<<<<<<<` in line " in said
    assert "`|||||||` in line " in said
    assert "; keep one side of each, or write what both mean, and delete these lines" in said
    assert said.count("roadmap.yaml:") == 1


def test_what_only_looks_like_a_conflict_is_text():
    ROADMAP.write_text(
        source(
            '- title: A\n  notes: |\n    <<<<<<< a\n    =======\n    >>>>>>> b\n- title: B\n  notes: "one\n\n=======\n\ntwo"'
        )
    )
    assert main(["-q", "check"]) == 0


def test_a_conflict_in_the_state_of_a_board_is_named_with_its_lines(capsys):
    STATE.write_text(
        '{"version": 1,\n<<<<<<< HEAD\n"synced": "a",\n=======\n"synced": "b",\n>>>>>>> other\n"objects": {}}\n'
    )
    from roadpress.core.errors import RoadpressError
    from roadpress.exporters.boards.planning.state import load_state

    with pytest.raises(RoadpressError) as caught:
        load_state(STATE)
    said = " ".join(caught.value.lines())
    assert (
        "roadmap.trello.json: a merge in git left its conflict here: `<<<<<<<` in line 2, `=======` in line 4" in said
    )
    assert "`>>>>>>>` in line 6" in said
    assert "roadpress trello push --board URL" in said


LINES = """\
# What is done of roadmap.yaml
roadpress-progress: 2
edition: 00000000
edition: 11111111
outline: |
    A
      x
ticks:
  a/x: {done: 2027-01-01, at: 2027-01-01T00:00:00Z, title: "x", note: "old"}
orphans:
  gone: {done: 2027-01-01, title: "Gone"}
      y
outline: |
    B
      z
ticks:
  a/x: {skipped: 2027-01-02, at: 2027-01-02T00:00:00Z, title: "x"}
  gone: {done: 2027-01-03, title: "Gone"}
"""


def test_lines_that_git_put_below_anothers_head_are_sorted_out():
    record = parse(LINES.encode(), "p")
    assert record.outline.split("\n") == ["A", "  x", "  y", "B", "  z"]
    assert record.joined
    assert {key: (e.tick.state.value, str(e.tick.on), e.tick.note) for key, e in record.all.items()} == {
        "a/x": ("skipped", "2027-01-02", "old"),
        "gone": ("done", "2027-01-03", ""),
    }


def test_two_values_of_one_long_key():
    key = "a" * 600
    text = f'roadpress-progress: 2\nticks:\n  ? "{key}"\n  : {{done: 2027-01-01}}\n  : {{done: 2027-01-02}}\n'
    assert {name: str(entry.tick.on) for name, entry in parse(text.encode(), "p").ticks.items()} == {key: "2027-01-02"}
    assert parse(render(parse(text.encode(), "p")), "p") == ProgressFile(parse(text.encode(), "p").ticks)
