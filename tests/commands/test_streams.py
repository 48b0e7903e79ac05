"""What is printed on a console that lacks our signs, and into a pipe on Windows; what a file may be called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = """roadpress: 1
title: Ключ ✅
pace: 8h/week
sections: [{title: "S → 練習", topics: [{title: Ærlig ☑, hours: 1}, b]}]
"""
ENCODINGS = ("cp1252", "cp437", "cp932", "latin-1", "utf-16-le")


def run(*words: str, encoding: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "roadpress", *words],
        capture_output=True, check=False, timeout=120, env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "words",
    ["status", "next", "plan", "tick 1.1", "check", "diff roadmap.yaml other.yaml", "trello plan --offline", "orphans"],
)
def test_a_console_without_our_signs_shows_others(words: str, encoding: str) -> None:
    Path("roadmap.yaml").write_text(GOOD, "utf-8")
    Path("other.yaml").write_text(GOOD.replace("☑", "☒"), "utf-8")
    code, out, err = run(*words.split(), encoding=encoding)
    assert (code, err) == (0, b"")
    assert out.decode(encoding)


def test_our_own_signs_stay_readable() -> None:
    Path("roadmap.yaml").write_text(GOOD, "utf-8")
    assert run("tick", "1.2", encoding="cp1252")[1].startswith(b"x 1.2")


def test_errors_are_told_there_too() -> None:
    Path("roadmap.yaml").write_text("roadpress: 1\ntitle: T\n練習: 1\n", "utf-8")
    code, out, err = run("check", encoding="cp1252")
    assert (code, out) == (2, b"")
    assert b"roadmap.yaml:3:1: `??` is no key" in err


@pytest.mark.parametrize(
    "words",
    ["check --json", "status --json", "next --json", "plan --json", "diff roadmap.yaml other.yaml --json",
     "trello plan --offline --json", "orphans --json", "exporters --json", "schema", "json -o -"],
)  # fmt: skip
def test_data_are_utf_8_whatever_the_console_speaks(words: str) -> None:
    Path("roadmap.yaml").write_text(GOOD, "utf-8")
    Path("other.yaml").write_text(GOOD.replace("☑", "☒"), "utf-8")
    code, out, _ = run(*words.split(), encoding="cp1252")
    assert code == 0
    assert json.loads(out) is not None
    assert (code, out) == run(*words.split(), encoding="utf-8")[:2]
    assert b"\r" not in out


@pytest.mark.parametrize("words", ["import notes.md -o -", "import notes.md --dry-run", "markdown -o -", "diff a.yaml roadmap.yaml --markdown"])  # fmt: skip
def test_text_for_a_file_is_utf_8_as_well(words: str) -> None:
    Path("roadmap.yaml").write_text(GOOD, "utf-8")
    Path("a.yaml").write_text(GOOD.replace("☑", "☒"), "utf-8")
    Path("notes.md").write_text("# Ключ\n\n- ✅ 練習\n- b\n", "utf-8")
    code, out, _ = run(*words.split(), encoding="cp1252")
    assert code == 0
    assert "練習" in out.decode()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there a file's name is text")
def test_a_file_whose_name_is_no_text() -> None:
    name = os.fsdecode(b"r\xff.yaml")
    Path(name).write_text(GOOD, "utf-8")
    code, out, err = run("check", name, encoding="utf-8")
    assert (code, err) == (0, b"")
    assert out.startswith(b"r?.yaml: ")
    assert run("-q", "build", name, "--only", "checklist", encoding="utf-8")[0] == 0
