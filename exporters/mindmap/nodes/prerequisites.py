"""What comes before what, as dashed arrows between nodes of the map."""

from __future__ import annotations

import math
from typing import NamedTuple

from ....core import text
from ....core.locale.words import Words
from ....core.model import Node
from .tree import MapNode, Point


class PrerequisiteArrow(NamedTuple):
    """An arrow from a node to one that needs it."""

    first: MapNode
    then: MapNode
    path: tuple[Point, ...]
    """Joined cubic Bézier curves."""
    routed: bool
    """Whether the map is about it: Graphviz found its way between the nodes, else it lies over a tree."""

    def sentence(self, words: Words) -> str:
        """Return what the arrow says."""
        first, then = self.first.node, self.then.node
        assert first is not None
        assert then is not None
        return words.say("needs_arrow", then=_named(then), first=_named(first))


def _named(node: Node) -> str:
    return f"{node.number} {text.plain(node.title)}"


def arrows(root: MapNode) -> tuple[PrerequisiteArrow, ...]:
    """Return the arrows of a laid-out map by colour; what needs something that is not shown has none."""
    shown = {topic.node.id: topic for topic in root.walk() if topic.node}
    found = [
        arrow
        for topic in root.walk()
        if topic.node
        for name in topic.node.needs
        if name in shown and shown[name] is not topic and (arrow := _arrow(shown[name], topic))
    ]
    return tuple(sorted(found, key=lambda need: need.first.branch if need.routed else 0))


def _arrow(first: MapNode, then: MapNode) -> PrerequisiteArrow | None:
    """Return an arrow; none where Graphviz was not asked for it."""
    if then.arrows is None:
        return PrerequisiteArrow(first, then, _path(first, then), routed=False)
    route = then.arrows.get(first.key)
    return PrerequisiteArrow(first, then, route, routed=True) if route else None


def _path(first: MapNode, then: MapNode) -> tuple[Point, Point, Point, Point]:
    """Return a curve from edge to edge that bows away from the straight line, so that it shows beside the branches."""
    dx, dy = then.x - first.x, then.y - first.y
    length = math.hypot(dx, dy) or 1.0
    bow = min(90.0, length * 0.25)
    nx, ny = -dy / length * bow, dx / length * bow
    control1 = (first.x + dx * 0.3 + nx, first.y + dy * 0.3 + ny)
    control2 = (first.x + dx * 0.7 + nx, first.y + dy * 0.7 + ny)
    return _edge(first, control1), control1, control2, _edge(then, control2)


def _edge(topic: MapNode, towards: Point) -> Point:
    """Return where the line from a node's middle towards a point leaves its box."""
    dx, dy = towards[0] - topic.x, towards[1] - topic.y
    across = topic.width / 2 + 2 if not topic.angle else topic.height / 2 + 2
    down = topic.height / 2 + 2
    if not dx and not dy:
        return topic.x, topic.y
    share = min(across / abs(dx) if dx else math.inf, down / abs(dy) if dy else math.inf)
    return topic.x + dx * share, topic.y + dy * share
