"""The PDF against typst, and against pandoc with typst: whole processes in alternation.

Peers: `pip install typst pypandoc_binary`. typst gets a template that reads the same YAML, with title, contents with
page numbers, numbered headings, boxes, bookmarks and tags, as roadpress has; only the boxes of ours can be ticked.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from roadpress.benchmarks.roadmaps import write
from roadpress.benchmarks.timing import Command, Result, table, time_commands

TEMPLATE = """
#set page(paper: "a4", numbering: "1 / 1")
#set text(size: 10pt)
#let data = yaml(sys.inputs.file)
#set document(title: data.title)
#text(30pt, weight: "bold", data.title)
#pagebreak()
#outline(depth: 2)
#pagebreak()
#set heading(numbering: "1.1")
#for section in data.sections [
  = #section.title
  #for topic in section.topics [
    == #topic.title
    #list(marker: box(width: 9pt, height: 9pt, stroke: 1pt, radius: 2pt), ..topic.items)
  ]
]
"""
COMPILE = """import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], sys_inputs={"file": sys.argv[3]}, ignore_system_fonts=True)
"""
PANDOC = """import sys, typst
from subprocess import run
from pypandoc import get_pandoc_path
run([get_pandoc_path(), "-s", "-t", "typst", sys.argv[3], "-o", sys.argv[1]], check=True)
typst.compile(sys.argv[1], output=sys.argv[2], ignore_system_fonts=True)
"""


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Print the brief, then growing sizes."""
    root = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bench.typ").write_text(TEMPLATE)
        (folder / "by_typst.py").write_text(COMPILE)
        (folder / "by_pandoc.py").write_text(PANDOC)
        commands = {"roadpress": _ours(root / "roadmap.yaml", folder)}
        if _has("typst") and _has("pypandoc"):
            source = str(root / "tests/data/brief.md")
            commands["pandoc, typst"] = [*_python(folder, "pandoc"), f"{name}/b.typ", f"{name}/p.pdf", source]
        _show("The brief to PDF", time_commands(commands, runs=7))
        for items in sizes:
            path = write(folder, items)
            commands = {"roadpress": _ours(path, folder)}
            if _has("typst"):
                commands["typst"] = [*_python(folder, "typst"), f"{name}/bench.typ", f"{name}/t.pdf", path.name]
            _show(f"{items:,} items to PDF", time_commands(commands, runs=3 if items <= 10_000 else 1))


def _python(folder: Path, program: str) -> list[str]:
    return [sys.executable, str(folder / f"by_{program}.py")]


def _ours(path: Path, folder: Path) -> Command:
    return [sys.executable, "-m", "roadpress", "-q", "pdf", str(path), "-o", f"{folder}/r.pdf"]


def _has(peer: str) -> bool:
    if find_spec(peer):
        return True
    print(f"  {peer}: not installed, skipped")
    return False


def _show(title: str, results: dict[str, Result]) -> None:
    table(title, results, against=list(results)[-1])
