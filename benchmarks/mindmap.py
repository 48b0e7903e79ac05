"""The mind map beside Graphviz's own `dot` layout of the same tree, in process, and how it grows."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .roadmaps import write
from .timing import table, time_commands

SIZES = (1_000, 10_000)
LARGE = 100_000
"""`dot` takes minutes for it: only with `--large`."""
_COMMON = """
import sys, datetime
from roadpress.core.loading import load
roadmap = load(sys.argv[1])
"""
_OURS = (
    _COMMON
    + """
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
snapshot = Snapshot.of(roadmap, today=datetime.date(2026, 11, 23))
data = mindmap.export(snapshot, mindmap.Options(**eval(sys.argv[2]))).files[0].data
assert len(data) > 1000
"""
)
_DOT = (
    _COMMON
    + """
import graphviz, pygraphviz
graph = graphviz.Digraph(graph_attr={"rankdir": "LR"}, node_attr={"shape": "box"})
graph.node("root", graphviz.escape(roadmap.title))
waiting = [("root", section) for section in reversed(roadmap.sections)]
while waiting:
    parent, node = waiting.pop()
    graph.node(node.number, graphviz.escape(node.title))
    graph.edge(parent, node.number)
    waiting += [(node.number, child) for child in reversed(node.children)]
data = pygraphviz.AGraph(string=graph.source).draw(format="svg", prog="dot")
assert len(data) > 1000
"""
)


def main() -> None:
    """Print seconds and memory of whole processes; both read the same file and write SVG."""
    sizes = (*SIZES, LARGE) if "--large" in sys.argv else SIZES
    with tempfile.TemporaryDirectory() as folder:
        for items in sizes:
            path = str(write(Path(folder), items))
            commands = {
                "dot": [sys.executable, "-c", _DOT, path],
                "mindmap (svg)": [sys.executable, "-c", _OURS, path, "{}"],
            }
            if items <= 10_000:
                commands |= {
                    "mindmap (pdf atlas)": [sys.executable, "-c", _OURS, path, "{'format': ('pdf',)}"],
                    "mindmap (html)": [sys.executable, "-c", _OURS, path, "{'interactive': True}"],
                }
            runs = 3 if items <= 10_000 else 1
            title = f"Mind map of {items:,} items: whole processes, reading the file included"
            table(title, time_commands(commands, runs=runs), against="dot")
