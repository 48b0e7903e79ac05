"""Files as Windows has them: CR LF at the end of lines, a byte order mark, backslashes in paths."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath

import pytest

from roadpress.cli import main
from roadpress.core.identity.base import base_path
from roadpress.core.progress.model import State, progress_path
from roadpress.core.progress.store import read
from roadpress.exporters.boards.planning.state import state_path

ROADMAP = """roadpress: 1
title: Plan
description: |
  One.

  Two.
sections:
  - title: First   # kept
    topics:
      - One
      - title: Two
        notes: |
          A note
          of two lines
"""
NOTES = "# Plan\n\n## First\n\n- One\n- Two\n  - Three\n\n```\ncode\n```\n"


def crlf(path: Path) -> None:
    """Do what `core.autocrlf=true` does, and editors."""
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def has_only_crlf(path: Path) -> bool:
    data = path.read_bytes()
    return data.count(b"\n") == data.count(b"\r\n") > 0


@pytest.fixture(params=[b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def roadmap(request: pytest.FixtureRequest) -> Path:
    path = Path("roadmap.yaml")
    path.write_bytes(request.param + ROADMAP.replace("\n", "\r\n").encode())
    return path


def test_an_edit_keeps_the_line_ends(roadmap: Path) -> None:
    assert main(["pin"]) == 0
    assert has_only_crlf(roadmap)
    assert b"# kept\r\n" in roadmap.read_bytes()
    assert main(["check"]) == 0
    assert b"id: one" in roadmap.read_bytes()


def test_notes_have_no_carriage_returns(roadmap: Path) -> None:
    assert main(["json", "-o", "out.json"]) == 0
    assert "\\r" not in Path("out.json").read_text("utf-8")
    assert "A note\\nof two lines" in Path("out.json").read_text("utf-8")


def test_progress_with_other_line_ends_is_the_same(roadmap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tick", "1.1"]) == 0
    path = progress_path(roadmap)
    before = read(path)
    crlf(path)
    assert read(path) == before
    assert not read(path).joined
    assert main(["tick", "1.2"]) == 0
    assert [entry.tick.state for entry in read(path).ticks.values()] == [State.DONE] * 2
    assert b"\r" not in path.read_bytes()
    assert "note" not in capsys.readouterr().err


def test_a_source_with_other_line_ends_brings_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.md").write_bytes(NOTES.encode())
    assert main(["import", "notes.md"]) == 0
    for path in (Path("notes.md"), Path("roadmap.yaml"), base_path("roadmap.yaml")):
        crlf(path)
    before = Path("roadmap.yaml").read_bytes()
    capsys.readouterr()
    assert main(["import", "notes.md", "--into", "roadmap.yaml"]) == 0
    assert "nothing new" in capsys.readouterr().out
    assert Path("roadmap.yaml").read_bytes() == before
    Path("notes.md").write_bytes((NOTES.replace("- One\n", "- One\n- New\n")).replace("\n", "\r\n").encode())
    assert main(["import", "notes.md", "--into", "roadmap.yaml"]) == 0
    assert b"New\r\n" in Path("roadmap.yaml").read_bytes()
    assert has_only_crlf(Path("roadmap.yaml"))


def test_a_markdown_export_comes_back_with_other_line_ends(roadmap: Path) -> None:
    assert main(["markdown", "-o", "out.md"]) == 0
    text = Path("out.md").read_text("utf-8")
    Path("out.md").write_bytes(text.replace("[ ] One", "[x] One").replace("\n", "\r\n").encode())
    assert main(["collect", "out.md"]) == 0
    assert [entry.title for entry in read(progress_path(roadmap)).ticks.values()] == ["One"]


@pytest.mark.parametrize("of", [progress_path, base_path, state_path])
def test_what_stands_beside_a_roadmap_does_so_under_windows_paths(of) -> None:
    """The name is cut by the path's own rules, never at a slash that is written down."""
    found = of(PureWindowsPath(r"C:\plans\my.plan.yaml")) if of is state_path else None
    if found is not None:
        assert found == PureWindowsPath(r"C:\plans\my.plan.trello.json")
    assert "/" not in of(Path("plan.yaml")).name
    assert of(Path("folder") / "plan.yaml").parent == Path("folder")


def test_no_path_is_written_into_a_file(roadmap: Path) -> None:
    """So that a folder can be moved between systems: names alone are recorded."""
    Path("folder").mkdir()
    Path("folder/notes.md").write_text(NOTES, "utf-8")
    assert main(["import", "folder/notes.md", "-o", "folder/plan.yaml"]) == 0
    assert main(["tick", "1.1", "-f", "folder/plan.yaml"]) == 0
    for path in Path("folder").glob("plan.*"):
        assert "folder" not in path.read_text("utf-8")
    assert main(["trello", "plan", "--offline", "--json", "folder/plan.yaml"]) == 0
    assert main(["json", "folder/plan.yaml", "-o", "out.json"]) == 0
    assert "folder" not in json.dumps(json.loads(Path("out.json").read_text("utf-8")))
