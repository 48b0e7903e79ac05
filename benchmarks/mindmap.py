"""The mind map against Graphviz's own `dot`, in process, on the same tree: whole processes, from YAML to SVG.

Both read the file with roadpress and draw with the same Graphviz. The map's labels are wrapped and measured in fonts
that it carries, with marks, tooltips and colours; dot's are single lines in a font that the machine may not have.
100,000 nodes take dot minutes: set ROADPRESS_BENCH_LARGE=1 to wait for them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from roadpress.benchmarks.roadmaps import write
from roadpress.benchmarks.timing import table, time_commands

PEER = """
import sys
from pathlib import Path
import graphviz, pygraphviz
from roadpress.core.roadmap_file.loading import load
roadmap = load(sys.argv[1])
graph = graphviz.Digraph(graph_attr={"rankdir": "LR"}, node_attr={"shape": "box", "fontname": "Fira Sans"})
graph.node("n0", graphviz.escape(roadmap.title))
stack = [("n0", section) for section in roadmap.sections]
count = 0
while stack:
    parent, node = stack.pop()
    count += 1
    graph.node(f"n{count}", graphviz.escape(node.title))
    graph.edge(parent, f"n{count}")
    stack += [(f"n{count}", child) for child in node.children]
drawn = pygraphviz.AGraph(string=graph.source)
drawn.has_layout = False
Path(sys.argv[2]).write_bytes(drawn.draw(format="svg", prog="dot"))
"""


def main() -> None:
    """Print seconds, memory and the ratio to dot."""
    large = bool(os.environ.get("ROADPRESS_BENCH_LARGE"))
    with tempfile.TemporaryDirectory() as folder:
        example = Path(__file__).parents[1] / "roadmap.yaml"
        _compare("the example roadmap", example, Path(folder), runs=9)
        for items in (1_000, 10_000, *((100_000,) if large else ())):
            runs = 1 if items > 10_000 else 5
            _compare(f"{items:,} items", write(Path(folder), items), Path(folder), runs=runs)
        mixed = write(Path(folder), 10_000, mixed=True)
        _compare("10,000 items with markup, notes, links, ticks and a plan", mixed, Path(folder), runs=5)


def _compare(title: str, roadmap: Path, folder: Path, *, runs: int) -> None:
    ours, theirs = folder / "ours.svg", folder / "dot.svg"
    commands = {
        "roadpress mindmap": [sys.executable, "-m", "roadpress", "-q", "mindmap", str(roadmap), "-o", str(ours)],
        "dot": [sys.executable, "-c", PEER, str(roadmap), str(theirs)],
    }
    table(f"{title} to SVG", time_commands(commands, runs=runs), against="dot")
    print(f"  {ours.stat().st_size / 1e6:.1f} MB of SVG against {theirs.stat().st_size / 1e6:.1f} MB")
