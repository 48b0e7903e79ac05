"""The map described as DOT, with the `graphviz` package.

Positions, sizes and curves are given, so that Graphviz's `nop2` renders the map as it was laid out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....core import text, theme
from ....core.locale.words import words_for
from ....core.snapshot import Snapshot
from ....core.snapshot.facts import FactReader
from ..layout.curves import curve
from ..layout.layouts import Extent
from ..nodes.prerequisites import PrerequisiteArrow
from ..nodes.tooltip import tooltip
from ..nodes.tree import MapNode, Stage

if TYPE_CHECKING:
    import graphviz

_HEAD = 7.0
"""How long an arrow's head is, in points."""
_EDGE_WIDTH = ("3.5", "2.2", "1.4", "1")


def describe(
    root: MapNode, extent: Extent, layout: str, needs: Sequence[PrerequisiteArrow] = (), *, snapshot: Snapshot
) -> str:
    """Return the whole map in DOT, for other programs: labels, tooltips, colours, links and positions."""
    title = snapshot.roadmap.title
    facts = FactReader(snapshot, words_for(snapshot.roadmap.language, "mindmap"))
    graph = _graph(extent, layout)
    graph.attr(label="", tooltip=literal(title))
    graph.attr("node", shape="box", style="rounded,filled", fixedsize="true", fontname="Fira Sans", penwidth="1")
    graph.attr("edge", arrowhead="none")
    for topic in root.walk():
        said = literal(tooltip(topic, facts))
        graph.node(topic.key, **_place(topic, extent), **_dress(topic, title), tooltip=said)
    for parent in root.walk():
        for child in filter(lambda topic: topic.joined, parent.children):
            bend = curve(parent, child, layout)
            graph.edge(
                parent.key,
                child.key,
                pos=points(bend.points, extent),
                color=theme.BRANCHES[child.branch].strong,
                penwidth=_EDGE_WIDTH[min(parent.depth, 3)],
            )
    for need in needs:
        _need(graph, need, extent)
    return str(graph.source)


def _need(graph: graphviz.Digraph, need: PrerequisiteArrow, extent: Extent) -> None:
    """Describe an arrow from what comes first to what needs it; over a tree it is dashed."""
    *way, (from_x, from_y), (x, y) = need.path
    length = math.hypot(x - from_x, y - from_y) or 1.0
    begin = (x - (x - from_x) / length * _HEAD, y - (y - from_y) / length * _HEAD)
    tip, path = points(((x, y),), extent), points((*way, (from_x, from_y), begin), extent)
    look = {"style": "dashed", "color": theme.CONTROL}
    if need.routed:
        look = {"style": "solid", "color": theme.BRANCHES[need.first.branch].strong}
    look |= {"penwidth": "1.2", "constraint": "false", "arrowhead": "normal", "arrowsize": "0.7"}
    graph.edge(need.first.key, need.then.key, pos=f"e,{tip} {path}", **look)


def _graph(extent: Extent, layout: str) -> graphviz.Digraph:
    import graphviz

    rank = {"down": "TB"}.get(layout, "LR")
    return graphviz.Digraph(
        "mindmap",
        graph_attr={
            "layout": "nop2",
            "rankdir": rank,
            "notranslate": "true",
            "bb": f"0,0,{extent.width:.2f},{extent.height:.2f}",
        },
    )


def literal(label: str) -> str:
    """Return a text so that Graphviz shows exactly it: no escape of the DOT language, nothing taken for HTML."""
    import graphviz

    escaped: str = graphviz.escape(label.replace("\0", "\u2400"))  # a type of its own, which `str()` would undo
    return escaped


def points(path: tuple[tuple[float, float], ...], extent: Extent) -> str:
    """Return points as `pos` has them; in DOT y grows upwards."""
    height = extent.height
    return " ".join(f"{x:.2f},{height - y:.2f}" for x, y in path)


def _place(topic: MapNode, extent: Extent) -> dict[str, str]:
    return {
        "pos": f"{topic.x:.2f},{extent.height - topic.y:.2f}",
        "width": f"{topic.width / 72:.4f}",
        "height": f"{topic.height / 72:.4f}",
    }


def _dress(topic: MapNode, title: str) -> dict[str, str]:
    node = topic.node
    size = topic.label.lines[0].size if topic.label.lines else 10.0
    shown = label_text(topic, title)
    attributes = {"label": literal("\n".join(shown)), "fontsize": f"{size:g}"}
    if node is None:
        return {**attributes, "fillcolor": theme.INK, "fontcolor": "white", "color": theme.INK}
    color = theme.BRANCHES[topic.branch]
    if topic.stage:
        fill, font, width = {
            Stage.OVER: (color.strong, "white", "1"),
            Stage.READY: (color.tint, theme.INK, "2.2"),
            Stage.WAITING: (theme.GROUND, theme.INK, "0.8"),
        }[topic.stage]
        attributes |= {"fillcolor": fill, "fontcolor": font, "color": color.strong, "penwidth": width}
    elif topic.depth == 1:
        attributes |= {"fillcolor": color.strong, "fontcolor": "white", "color": color.strong}
    elif topic.depth == 2:
        attributes |= {"fillcolor": color.tint, "fontcolor": color.strong, "color": color.tint}
    else:
        attributes |= {"style": "", "shape": "plaintext", "fontcolor": theme.INK}
    if node.links:
        attributes |= {"URL": node.links[0].url.replace("\\", "%5C"), "target": "_blank"}
    return attributes


def label_text(topic: MapNode, title: str) -> list[str]:
    """Return what a node says, line by line."""
    node = topic.node
    if node is None:
        return [text.plain(title)]
    number = node.number if topic.stage else ""
    head = " ".join(part for part in (number, node.icon, text.plain(node.title)) if part)
    return [head, text.plain(node.summary)] if node.summary else [head]
