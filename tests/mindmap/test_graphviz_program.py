"""Where pygraphviz has no wheel: the `dot` of the PATH serves, and without it a sentence says what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from prerequisites import bread, exported

from roadpress.core.errors import RoadpressError
from roadpress.exporters.mindmap.graphviz import engine

DOT = """#!{python}
import sys, pygraphviz
open({log!r}, "w").write(" ".join(sys.argv[1:]))
graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode())
graph.has_layout = True
sys.stdout.buffer.write(graph.draw(format=sys.argv[2][2:], args=sys.argv[1]))
"""


def program(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a `dot` on the PATH, alone, and take pygraphviz away."""
    path = folder / "dot"
    path.write_text(text)
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setitem(sys.modules, "pygraphviz", None)


@pytest.mark.skipif(os.name == "nt", reason="the program is a script with a first line")
def test_the_program_draws_what_the_package_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = exported(bread())
    log = tmp_path / "log"
    program(tmp_path, DOT.format(python=sys.executable, log=str(log)), monkeypatch)
    assert exported(bread()) == expected
    assert log.read_text() == "-Kdot -Tjson0"
    exported(bread(), layout="two-sided", engine="twopi")
    assert log.read_text() == "-Ktwopi -Tjson0"


def test_with_neither_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RoadpressError, match="neither pygraphviz nor") as caught:
        exported(bread())
    assert "pip install" in caught.value.remedy
    assert exported(bread(), layout="two-sided").files  # a tree of our own needs neither


@pytest.mark.skipif(os.name == "nt", reason="the program is a script with a first line")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#!/bin/sh\necho 'syntax error in line 1' >&2\nexit 1\n", "syntax error"),
        ("#!/bin/sh\nexit 3\n", "said nothing"),
        ("#!/nowhere/at/all\n", "cannot run"),
        ("#!/bin/sh\necho not json\n", "not its JSON"),
        ("#!/bin/sh\nread x\nwhile :; do :; done\n", "longer than"),
    ],
    ids=["refuses", "silent", "broken", "no-json", "endless"],
)
def test_a_program_that_fails_is_told(text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SECONDS", 0.5)
    program(tmp_path, text, monkeypatch)
    with pytest.raises(RoadpressError, match=said):
        exported(bread())
