"""Several sources of one roadmap: an import of one leaves what is known of the others whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadpress import cli
from roadpress.core.identity.base import read_base

ROADMAP, A, B = map(Path, ("roadmap.yaml", "a.md", "b.md"))
FIRST = "# P\n## One\n- Alpha\n- Beta\n- Epsilon\n## Two\n- Gamma\n- Delta\n"


def run(*words: str) -> None:
    assert cli.main(["-q", *words]) == 0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    A.write_text(FIRST)
    B.write_text("# Q\n## Four\n- x\n")
    run("import", "a.md", "-o", "roadmap.yaml")


def edit(before: str, after: str) -> None:
    text = ROADMAP.read_text()
    assert before in text
    ROADMAP.write_text(text.replace(before, after))


def test_what_was_edited_before_another_source_came_and_again_after_it_is_still_known() -> None:
    edit("Alpha", "My own wording")
    edit("      - Epsilon\n", "")
    edit("Two", "My second")
    run("import", "b.md", "--into", "roadmap.yaml")
    edit("My own wording", "Words unlike the first")
    edit("My second", "Called otherwise")
    A.write_text(
        FIRST.replace("- Alpha", "- Alpha (3 h)").replace("- Gamma", "- Gamma (2 h)").replace("Two", "Two, too")
    )
    run("import", "a.md", "--into", "roadmap.yaml")
    text = ROADMAP.read_text()
    assert "- title: Words unlike the first\n        hours: 3\n" in text
    assert "- title: Gamma\n        hours: 2\n" in text
    assert "- title: Called otherwise\n" in text
    assert "Alpha" not in text
    assert "Epsilon" not in text
    assert text.count("- title: One") == text.count("Gamma") == 1


def test_what_comes_first_is_known_of_a_source_under_its_present_name() -> None:
    Path("theirs.yaml").write_text(
        "roadpress: 1\ntitle: P\nsections:\n- title: Third\n  topics: [Zeta, {title: Eta, needs: [third/zeta]}]\n"
    )
    run("import", "theirs.yaml", "--into", "roadmap.yaml")
    known = read_base(Path("roadmap.import.yaml")).sources["theirs.yaml"]
    text = ROADMAP.read_text().replace("title: Third", "title: My third").replace("third/zeta", "my-third/zeta")
    ROADMAP.write_text(text)
    run("import", "b.md", "--into", "roadmap.yaml")
    now = read_base(Path("roadmap.import.yaml")).sources["theirs.yaml"]
    assert now.outline == known.outline
    assert now.ids == ("my-third", "my-third/zeta", "my-third/eta")
    assert now.digests[2]["needs"] == "my-third/zeta"
