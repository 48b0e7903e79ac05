"""Where every node stands. All layouts are linear in the number of nodes, and no two nodes overlap in any of them."""

from __future__ import annotations

from typing import NamedTuple

from ..nodes.tree import MapNode
from .names import ENGINES, NEEDS
from .radial import radial
from .tidy import LayoutBox, place

MARGIN = 24.0
"""Points around the map."""


class Gaps(NamedTuple):
    """Free space, in points."""

    along: float
    """Between a node and its children."""
    leaves: float
    """Between siblings that are leaves."""
    groups: float
    """Between siblings that have children."""


_BESIDE = (Gaps(64, 14, 26), Gaps(44, 9, 15), Gaps(34, 2.5, 7), Gaps(24, 2.5, 6))
_BELOW = 56.0
COLUMN_GAP = 34.0
INDENT = 22.0


class Extent(NamedTuple):
    """The map's size in points, margins included."""

    width: float
    height: float


def lay_out(root: MapNode, layout: str) -> Extent:
    """Place every node of a labelled tree, once; all coordinates are positive, and fit the extent that is returned."""
    if layout == "two-sided":
        _two_sided(root)
    elif layout == "down":
        _down(root)
    elif layout == "radial":
        radial(root)
    elif layout == "outline":
        _outline(root)
    elif layout == NEEDS:
        from .needs import place_needs

        place_needs(root)
    elif layout in ENGINES:
        from .by_graphviz import by_graphviz

        by_graphviz(root, layout)
    else:
        _beside(root)
    return _normalized(root)


def _normalized(root: MapNode) -> Extent:
    """Move the map so that it begins at the margins."""
    left = top = float("inf")
    right = bottom = float("-inf")
    topics = list(root.walk())
    for topic in topics:
        across, down = spread(topic) if topic.angle else (topic.width / 2, topic.height / 2)
        x, y = topic.x, topic.y
        left = min(left, x - across)
        right = max(right, x + across)
        top = min(top, y - down)
        bottom = max(bottom, y + down)
        for x, y in topic.ways():
            left, right = min(left, x), max(right, x)
            top, bottom = min(top, y), max(bottom, y)
    for topic in topics:
        topic.move(MARGIN - left, MARGIN - top)
    return Extent(right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def spread(topic: MapNode) -> tuple[float, float]:
    """Return how far a node reaches from its centre, to the sides and up and down."""
    if not topic.angle:
        return topic.width / 2, topic.height / 2
    from math import cos, radians, sin

    c, s = abs(cos(radians(topic.angle))), abs(sin(radians(topic.angle)))
    return (topic.width * c + topic.height * s) / 2, (topic.width * s + topic.height * c) / 2


def split(heights: list[float]) -> int:
    """Return how many of the branches, in order, go to the right so that both sides are as even as can be."""
    total = sum(heights)
    best, best_difference, sofar = 0, float("inf"), 0.0
    for index, height in enumerate(heights, 1):
        sofar += height
        difference = abs(total - 2 * sofar)
        if difference < best_difference:
            best, best_difference = index, difference
    return best


def _two_sided(root: MapNode) -> None:
    """Put the first branches to the right of the root, the others to its left, each from top to bottom."""
    for topic in root.children:
        _beside(topic)
    spans = [_span(topic) for topic in root.children]
    gap = _BESIDE[0].groups
    right = split([bottom - top + gap for top, bottom in spans])
    for side, branches in ((1, slice(0, right)), (-1, slice(right, None))):
        chosen = list(zip(root.children[branches], spans[branches], strict=True))
        height = sum(bottom - top + gap for _, (top, bottom) in chosen) - gap
        y = -height / 2
        for topic, (top, bottom) in chosen:
            x = root.width / 2 + _BESIDE[0].along + topic.width / 2
            _shift(topic, x - topic.x, y - top, side)
            y += bottom - top + gap
    root.x = root.y = 0.0


def _span(topic: MapNode) -> tuple[float, float]:
    top = bottom = topic.y
    for below in topic.walk():
        top, bottom = min(top, below.y - below.height / 2), max(bottom, below.y + below.height / 2)
    return top, bottom


def _shift(topic: MapNode, dx: float, dy: float, side: int) -> None:
    for below in topic.walk():
        below.x = (below.x + dx) * side
        below.y += dy
        below.side = side


def _beside(root: MapNode) -> None:
    """Lay a tree out to the right: children beside their parent."""
    boxes = _boxes(root)
    place(boxes[0][1])
    for topic, box in boxes:
        topic.x = box.along + topic.width / 2
        topic.y = box.across + topic.height / 2


def _down(root: MapNode) -> None:
    """Put the branches below the root, side by side, each an outline: so a map is about as wide as it is high."""
    x = 0.0
    for branch in root.children:
        width = _hang(branch)
        for topic in branch.walk():
            topic.x += x
            topic.y += root.height + _BELOW
        x += width + COLUMN_GAP
    if root.children:
        root.x = (root.children[0].x + root.children[-1].x) / 2
    root.y = root.height / 2


def _hang(branch: MapNode) -> float:
    """Stack a branch from the origin on, indented by depth; returns its width."""
    y = width = 0.0
    for topic in branch.walk():
        if topic is not branch:
            y += step(topic)
        indent = (topic.depth - branch.depth) * INDENT
        topic.x, topic.y, topic.lift = indent + topic.width / 2, y + topic.height / 2, lift(topic)
        width = max(width, indent + topic.width)
        y += topic.height
    return width


def _boxes(root: MapNode) -> list[tuple[MapNode, LayoutBox]]:
    """Return a tree's nodes with the boxes to place, the root first."""
    found: list[tuple[MapNode, LayoutBox]] = []
    made: dict[str, LayoutBox] = {}
    for topic in reversed(list(root.walk())):
        gaps = _BESIDE[min(topic.depth, 3)]
        if topic.children:
            gap = gaps.groups if any(child.children for child in topic.children) else gaps.leaves
            boxes = [made.pop(child.key) for child in topic.children]
            box = LayoutBox(topic.width + gaps.along, topic.height, boxes, gap=gap)
        else:
            box = LayoutBox(topic.width + gaps.along, topic.height)
        made[topic.key] = box
        found.append((topic, box))
    found.reverse()
    return found


def _outline(root: MapNode) -> None:
    """Put each node on lines of its own, indented by its depth."""
    _hang(root)


def lift(topic: MapNode) -> float:
    """Return how far the middle of a node's first line is above its own; 0 in a box, which is met in the middle."""
    if topic.label.boxed or len(topic.label.lines) < 2:
        return 0.0
    first = topic.label.lines[0]
    return topic.height / 2 - topic.label.pad_y - first.y + first.size * 0.345


def step(topic: MapNode) -> float:
    """Return the space above a node in a list."""
    if topic.depth == 1:
        return 26.0
    return 11.0 if topic.depth == 2 else 6.0 if topic.children else 2.5
