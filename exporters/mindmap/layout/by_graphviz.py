"""Trees placed by an engine of Graphviz: its own drawing, with our labels."""

from __future__ import annotations

from collections.abc import Iterable
from math import pi
from types import MappingProxyType

from ..graphviz.engine import place
from ..nodes.tree import MapNode

_APART = 'overlap=vpsc sep="+5"'
"""The wheel's Graphviz has no triangulation, which `prism` needs; this one moves nodes little once there is room."""
_ATTRIBUTES = MappingProxyType(
    {
        "dot": "rankdir=LR nodesep=.08 ranksep=.7 ordering=out",
        "circo": "mindist=.2",
        "sfdp": f"K=3.5 {_APART}",
        "fdp": f"K=2 {_APART}",
        "neato": _APART,
    }
)


def by_graphviz(root: MapNode, engine: str) -> None:
    """Place a labelled tree, and its branches."""
    topics = list(root.walk())
    graph = f"root={root.key} ranksep={_ring(topics):.2f} {_APART}" if engine == "twopi" else _ATTRIBUTES[engine]
    edge = "tailport=e headport=w" if engine == "dot" else "len=3.5"
    branches = [f"{parent.key}->{child.key}[id={child.key}]" for parent in topics for child in parent.children]
    placed = place(described(graph, edge, topics, branches), engine)
    for topic in topics:
        topic.x, topic.y = placed.centres[topic.key]
        topic.route = placed.routes.get(topic.key, ())


def described(graph: str, edge: str, topics: Iterable[MapNode], edges: Iterable[str]) -> str:
    """Return a graph of boxes as large as labels in DOT; attributes and edges are DOT already."""
    import graphviz

    source = graphviz.Digraph(body=[f"\tgraph [{graph}]\n", '\tnode [shape=box fixedsize=true label=""]\n'])
    source.body.append(f"\tedge [arrowhead=none {edge}]\n")
    for topic in topics:
        source.body.append(f"\t{topic.key} [width={topic.width / 72:.4f} height={topic.height / 72:.4f}]\n")
    source.body += (f"\t{line}\n" for line in edges)
    return str(source.source)


def _ring(topics: list[MapNode]) -> float:
    """Return how far apart rings must be, in inches, to hold what stands on each and the widest of it."""
    around: dict[int, float] = {}
    widest = 0.0
    for topic in topics:
        around[topic.depth] = around.get(topic.depth, 0.0) + topic.height + 12
        widest = max(widest, topic.width)
    needed = max((length / (2 * pi * depth) for depth, length in around.items() if depth), default=0.0)
    return max(widest * 0.8, needed * 1.3) / 72
