"""roadpress inside another program, which runs for days: it takes no memory along, and leaves the interpreter alone."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import roadpress
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.registry import BUILT_IN
from roadpress.importers.markdown.reader import read_markdown

LINES = "".join(f"  - {{title: 'Topic {at}, with [a link](https://example.org/{at})', hours: 2}}\n" for at in range(40))
ROADMAP = f"roadpress: 1\ntitle: T\npace: 8h/week\nsections:\n- title: S\n  topics:\n{LINES}"
NOTES = "# Title\n\n" + "".join(
    f"## Part {part}\n\n- One\n- [Two](https://example.org)\n  - Three\n\n" for part in range(40)
)

LOOP = """
import gc, sys
from test_library import once
for _ in range(10):
    once(sys.argv[1])
gc.collect()
before = len(gc.get_objects())
for _ in range(60):
    once(sys.argv[1])
gc.collect()
print(len(gc.get_objects()) - before)
"""


def once(what: str) -> None:
    """Do one thing that a program may do a thousand times."""
    if what == "import":
        read_markdown(NOTES, "notes.md")
        return
    from roadpress.core.planning.planner import plan
    from roadpress.core.roadmap_file.loading import load_bytes

    roadmap = load_bytes(ROADMAP.encode(), "roadmap.yaml")
    snapshot = Snapshot.of(roadmap, today=(today := date(2027, 1, 4)))
    plan(roadmap, snapshot.progress, today=today)
    if what != "load":
        roadpress.export(snapshot, what, "output")


@pytest.mark.parametrize("what", ["import", "load", "pdf", "mindmap", "checklist"])
def test_a_loop_does_not_grow(what: str) -> None:
    """Objects that are tracked after sixty more rounds and a collection: no round leaves any behind."""
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run([sys.executable, "-c", LOOP, what], capture_output=True, text=True, check=False, env=where)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200


@pytest.mark.parametrize("what", ["import", "load", *(name for name in BUILT_IN if name != "trello")])
def test_the_collector_is_left_as_it_is(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("disable", "enable", "freeze", "unfreeze", "set_threshold", "collect"):
        monkeypatch.setattr(gc, name, lambda *_, name=name: pytest.fail(f"gc.{name} was called"))
    once(what)


def test_a_command_that_is_called_from_a_program_leaves_it_alone_too(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from roadpress.cli import main

    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    before = gc.get_threshold()
    assert main(["-q", "build", str(tmp_path / "roadmap.yaml")]) == 0
    assert gc.get_threshold() == before
    assert roadpress.load(tmp_path / "roadmap.yaml").title == "T"
