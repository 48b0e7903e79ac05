"""Without the packages that musl, Windows on ARM or an old glibc have no wheel of: what can work works, all else is told.

`make test-bare` runs all tests in an environment that really lacks them; here they are hidden from a process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import install
import pytest

PLAIN = ("checklist", "trello", "ics", "markdown", "opml", "freemind", "mermaid", "csv", "json")
ROADMAP = """roadpress: 1
title: Bread
sections:
  - title: Dough
    icon: "✅"
    topics: [Mix, {title: Knead, needs: [dough/mix]}]
  - {title: Água e sal, topics: [שלום abc]}
"""
RUN = """
import datetime, json, sys
for name in json.loads(sys.argv[1]):
    sys.modules[name] = None
import roadpress
from roadpress.core.errors import RoadpressError
snapshot = roadpress.snapshot_of("roadmap.yaml", today=datetime.date(2027, 1, 4))
for name, options in json.loads(sys.argv[2]):
    try:
        roadpress.export(snapshot, name, f"out.{name}", **options)
        print("[]")
    except RoadpressError as error:
        print(json.dumps([error.message, error.remedy, type(error).__name__]))
"""


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", check=False)


def exported(hidden: tuple[str, ...], *outputs: tuple[str, dict[str, Any]]) -> list[list[str]]:
    """Return, for each output, nothing where it was written; else the message, the remedy and the kind of its error."""
    Path("roadmap.yaml").write_text(ROADMAP, encoding="utf-8")
    ran = python("-c", RUN, json.dumps(hidden), json.dumps(outputs))
    assert not ran.returncode, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


ALL = ("pygraphviz", "pypdfium2", "bidi", "uharfbuzz")


def test_what_can_work_works_and_all_else_is_told() -> None:
    books = ("pdf", {}), ("mindmap", {"format": ["svg"]}), ("mindmap", {"format": ["png"]}), ("card", {})
    plain = exported(ALL, *((name, {}) for name in PLAIN), *books)
    assert plain[: len(PLAIN)] == [[]] * len(PLAIN)
    for (name, _), told in zip(books, plain[len(PLAIN) :], strict=True):
        assert not told or told[2] == "MissingPackageError"
        for sentence in told[:1]:
            assert sentence.startswith(f"`{name}` ")
            assert sentence.endswith(" is not installed.")
            assert "pip install" in told[1]


def test_without_pdfium_only_pictures_are_missing() -> None:
    told = exported(
        ("pypdfium2",), ("pdf", {}), ("mindmap", {"format": ["svg", "pdf"]}), ("mindmap", {"format": ["png"]})
    )
    assert told[:2] == [[], []]
    assert told[2][0] == "`mindmap` paints pictures with PDFium, and the package pypdfium2 is not installed."


def test_without_bidi_every_output_is_there() -> None:
    assert exported(("bidi",), ("pdf", {}), ("mindmap", {}), ("checklist", {})) == [[], [], []]


def test_without_graphviz_only_its_own_layouts_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = exported(
        ("pygraphviz",), ("mindmap", {}), ("mindmap", {"layout": "needs"}), ("mindmap", {"engine": "twopi"})
    )
    assert told[0] == []
    assert all("neither pygraphviz nor a `dot`" in one[0] and "pip install" in one[1] for one in told[1:])


def test_latin_text_needs_no_extra() -> None:
    Path("roadmap.yaml").write_text(ROADMAP.replace("שלום", "Água ✅"), encoding="utf-8")
    every = (
        ("pdf", {}),
        ("mindmap", {"format": ["svg", "pdf", "html"]}),
        ("checklist", {}),
        ("card", {"format": ["svg"]}),
    )
    ran = python("-c", RUN, json.dumps(("pygraphviz", "pypdfium2", "uharfbuzz")), json.dumps(every))
    assert ran.stdout.split() == ["[]"] * len(every), ran.stdout + ran.stderr


def test_a_build_writes_what_it_can_and_tells_the_rest() -> None:
    Path("roadmap.yaml").write_text(ROADMAP, encoding="utf-8")
    hide = "import sys; sys.modules['uharfbuzz'] = None; from roadpress.cli import main; sys.exit(main(['build']))"
    ran = python("-c", hide)
    assert ran.returncode == 1
    assert "bug" not in ran.stderr
    assert "`pdf` shapes letters with HarfBuzz, and the package uharfbuzz is not installed." in ran.stderr.splitlines()
    page = Path("output/roadmap.checklist.html").read_text(encoding="utf-8")
    assert "✅" in page
    assert "<symbol" not in page


def test_the_job_leaves_out_what_has_no_wheel_and_nothing_else() -> None:
    needed = [
        'uharfbuzz>=0.45; extra == "shaping"',
        "click>=8.1",
        "tomli>=2; python_version < '3.11' and extra == \"dev\"",
        'pygraphviz>=2; extra == "graphviz"',
    ]
    assert install.bare(needed, "run") == ["click>=8.1"]
    assert install.bare(needed, "dev") == ["click>=8.1", "tomli>=2; python_version < '3.11'"]
