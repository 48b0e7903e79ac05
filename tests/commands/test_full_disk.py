"""A disk that is full: every command names the file, and what was there stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from roadpress.cli import main
from roadpress.core import files

ROADMAP = "roadpress: 1\ntitle: T\nsections:\n- title: S\n  topics: [a, b]\n"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("build", "output/roadmap.pdf"),
        ("pdf", "output/roadmap.pdf"),
        ("mindmap -o wall.svg", "wall.svg"),
        ("checklist", "output/roadmap.checklist.html"),
        ("pin", "roadmap.yaml"),
        ("new other.yaml", "other.yaml"),
        ("import notes.md -o plan.yaml", "plan.yaml"),
        ("import notes.md --into roadmap.yaml", "roadmap.yaml"),
        ("tick 1.1", "roadmap.progress.yaml"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_the_file_is_named_and_nothing_is_lost(
    words: str, named: str, step: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("roadmap.yaml").write_text(ROADMAP)
    Path("notes.md").write_text("# T\n\n- a\n- c\n")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    real = getattr(os, step)

    def full(*args: object, **options: object) -> object:
        if step == "open" and not str(args[0]).endswith(".new"):
            return real(*args, **options)
        raise OSError(errno.ENOSPC, "No space left on device", *args[:1] * (step == "replace"))

    with monkeypatch.context() as patched:
        patched.setattr(files.os, step, full)
        assert main(words.split()) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(os.fspath(Path(named)))
    assert "No space left on device" in line
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
