"""Two branches that both imported again, and what git makes of the record of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from programs import program

from roadpress import cli
from roadpress.core.identity.base import read_base
from roadpress.core.roadmap_file.loading import load

ROADMAP, BASE, PROGRESS = Path("roadmap.yaml"), Path("roadmap.import.yaml"), Path("roadmap.progress.yaml")
UNION = "*.import.yaml merge=union\n*.progress.yaml merge=union\n"
SOURCE = "# P\n## One\n- a\n- b\n- c\n## Two\n- d\n- e\n"
OURS = "# P, ours\n## One\n- a\n- b\n- c\n- of ours\n## Two\n- d\n- e\n- of both\n"
THEIRS = "# P, theirs\n## One\n- a\n- b\n## Two\n- d\n- e\n- of theirs\n- of both\n## Three\n- f\n"
SETTLED = "# P, ours\n## One\n- a\n- b\n- of ours\n## Two\n- d\n- e\n- of theirs\n- of both\n## Three\n- f\n"


def git(*words: str) -> subprocess.CompletedProcess[str]:
    people = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A")
    people |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "a@example.org")
    environment = {**os.environ, **people, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run([program("git"), *words], check=False, capture_output=True, text=True, env=environment)


def run(*words: str) -> None:
    assert cli.main(["-q", *words]) == 0


def branches(attributes: str) -> None:
    """Import on two branches, tick on both, and merge them; a person then settles the roadmap and the source."""
    git("init", "-q", "-b", "main")
    Path(".gitattributes").write_text(attributes)
    Path("notes.md").write_text(SOURCE)
    run("import", "notes.md", "-o", "roadmap.yaml")
    run("tick", "a")
    git("add", "-A")
    git("commit", "-qm", "start")
    git("branch", "other")
    for branch, source, ticked in (("main", OURS, "of ours"), ("other", THEIRS, "f")):
        git("checkout", "-q", branch)
        Path("notes.md").write_text(source)
        run("import", "notes.md", "--into", "roadmap.yaml")
        run("tick", ticked)
        git("commit", "-qam", branch)
    git("checkout", "-q", "main")
    git("merge", "-q", "other", "-m", "merge")
    titles = {"One": "[a, b, of ours]", "Two": "[d, e, of theirs, of both]", "Three": "[f]"}
    sections = "".join(f"  - title: {title}\n    topics: {items}\n" for title, items in titles.items())
    ROADMAP.write_text(f"roadpress: 1\ntitle: P, ours\nsections:\n{sections}")


def test_a_record_that_git_joined_is_read_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    branches(UNION)
    assert "<<<" not in BASE.read_text() + PROGRESS.read_text()
    assert BASE.read_text().count("of both") == 4
    Path("notes.md").write_text(SETTLED)
    before = ROADMAP.read_bytes()
    capsys.readouterr()
    assert cli.main(["import", "notes.md", "--into", "roadmap.yaml"]) == 0
    assert ROADMAP.read_bytes() == before
    assert capsys.readouterr().err == ""
    source = read_base(BASE).sources["notes.md"]
    assert list(source.ids) == [node.id for node in load(ROADMAP).walk()]
    Path("notes.md").write_text(SETTLED.replace("of both", "[of both](https://e.org/both)"))
    run("import", "notes.md", "--into", "roadmap.yaml")
    assert [link.url for node in load(ROADMAP).walk() for link in node.links] == ["https://e.org/both"]
    assert cli.main(["status"]) == 0
    assert "3 of 8" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["Two", "My second"])
def test_what_only_one_branch_called_otherwise_gets_what_is_new_upstream_under_either_name(name: str) -> None:
    """The record that git joined has two ids for each entry below it, of which one is in the roadmap."""
    git("init", "-q", "-b", "main")
    Path(".gitattributes").write_text(UNION)
    Path("notes.md").write_text(SOURCE)
    run("import", "notes.md", "-o", "roadmap.yaml")
    git("add", "-A")
    git("commit", "-qm", "start")
    git("branch", "other")
    more = SOURCE + "- of both\n"
    Path("notes.md").write_text(more)
    for branch, title in (("main", "Two"), ("other", "My second")):
        git("checkout", "-q", branch)
        ROADMAP.write_text(ROADMAP.read_text().replace("Two", title))
        Path("notes.md").write_text(more)
        run("import", "notes.md", "--into", "roadmap.yaml")
        git("commit", "-qam", branch)
    git("checkout", "-q", "main")
    git("merge", "-q", "other", "-m", "merge")
    assert set(read_base(BASE).sources["notes.md"].ids) >= {"two/of-both", "my-second/of-both"}
    ROADMAP.write_text(
        "roadpress: 1\ntitle: P\nsections:\n- title: One\n  topics: [a, b, c]\n"
        f"- title: {name}\n  topics:\n  - d\n  - e\n  - of both\n"
    )
    Path("notes.md").write_text(more.replace("- d", "- d (2 h)").replace("of both", "of both (3 h)"))
    run("import", "notes.md", "--into", "roadmap.yaml")
    assert {node.title: node.hours.low for node in load(ROADMAP).walk() if node.hours} == {"d": 2, "of both": 3}
    assert [section.title for section in load(ROADMAP).sections] == ["One", name]
    slug = name.lower().replace(" ", "-")
    assert read_base(BASE).sources["notes.md"].ids[-3:] == tuple(f"{slug}/{title}" for title in ("d", "e", "of-both"))


def test_without_union_the_lines_of_the_conflict_are_named_and_deleting_them_is_enough(
    capsys: pytest.CaptureFixture[str],
) -> None:
    branches("")
    PROGRESS.unlink()
    lines = BASE.read_text().split("\n")
    marks = [number for number, line in enumerate(lines, 1) if line[:7] in ("<" * 7, "=" * 7, ">" * 7)]
    assert marks
    Path("notes.md").write_text(SETTLED)
    assert cli.main(["import", "notes.md", "--into", "roadmap.yaml"]) == 2
    said = capsys.readouterr().err
    assert f"roadmap.import.yaml:{marks[0]}:1: a merge in git left its conflict here: " in said
    assert "*.import.yaml merge=union" in said
    BASE.write_text("\n".join(line for number, line in enumerate(lines, 1) if number not in marks))
    before = ROADMAP.read_bytes()
    run("import", "notes.md", "--into", "roadmap.yaml")
    assert ROADMAP.read_bytes() == before
