"""Edges: curves that taper from parent to child, as closed outlines of two cubic Bézier curves."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..nodes.tree import MapNode, Point
from .layouts import INDENT


class Curve(NamedTuple):
    """Joined cubic Bézier curves, and how wide the first begins."""

    points: tuple[Point, ...]
    """The start, then two control points and an end for each curve."""
    width: float
    """Points at its start; it ends in a tip."""

    @property
    def start(self) -> Point:
        """Where it leaves the parent."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """Where it arrives."""
        return self.points[-1]

    def outline(self) -> tuple[Point, ...]:
        """Return the outline as points of twice as many cubic Bézier curves, there and back, closed."""
        points, last = self.points, len(self.points) - 1
        there, back = [], []
        for index in range(last):
            x, y = points[index]
            (x0, y0), (x1, y1) = points[:2] if last == 3 else (points[max(index - 1, 0)], points[index + 1])
            dx, dy = x1 - x0, y1 - y0
            length, left = math.hypot(dx, dy) or 1.0, _left(index / last)
            nx, ny = -dy / length * self.width / 2 * left, dx / length * self.width / 2 * left
            there.append((x + nx, y + ny))
            back.append((x - nx, y - ny))
        return (*there, points[last], *reversed(back))


def _left(way: float) -> float:
    """Return how much of a branch's width is left at a share of its way."""
    return 1.0 - 0.45 * way if way * 3 <= 1 else 0.85 - 1.5 * (way - 1 / 3) if way * 3 <= 2 else 1.05 * (1 - way)


_WIDTHS = (7.0, 4.0, 2.2, 1.4)


def curve(parent: MapNode, child: MapNode, layout: str, *, top: bool | None = None) -> Curve:
    """Return the curve from a node to its child; `top` says whether it is the page's root, by default the map's."""
    width = _WIDTHS[min(parent.depth, 3)]
    if child.route:
        return Curve(child.route, _WIDTHS[3] if child.stage else width)
    if layout == "down" and (not parent.depth if top is None else top):
        start = (parent.x, parent.y + parent.height / 2)
        end = (child.x, child.y - child.height / 2)
        middle = (start[1] + end[1]) / 2
        return Curve((start, (start[0], middle), (end[0], middle), end), width)
    if layout in ("down", "outline"):
        start = (parent.x - parent.width / 2 + INDENT * 0.4, parent.y + parent.height / 2)
        end = (child.x - child.width / 2, child.y - child.lift)
        bend = min(INDENT * 0.6, end[1] - start[1])
        return Curve((start, (start[0], end[1] - bend * 0.3), (start[0] + 2, end[1]), end), min(width, 1.6))
    if layout == "radial":
        return _spoke(parent, child, width)
    side = child.side
    start = (parent.x + side * parent.width / 2, parent.y)
    end = (child.x - side * child.width / 2, child.y)
    reach = (end[0] - start[0]) * 0.55
    return Curve((start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end), width)


def _spoke(parent: MapNode, child: MapNode, width: float) -> Curve:
    """Return a curve along the radius at both ends; the map's centre need not be the origin."""
    end, outwards = _end(child, -1)
    if parent.depth:
        start, leaving = _end(parent, 1)
    else:
        start, leaving = (parent.x, parent.y), outwards
    reach = _outwards(start, leaving, end, outwards) * 0.5
    control1 = (start[0] + leaving[0] * reach, start[1] + leaving[1] * reach)
    control2 = (end[0] - outwards[0] * reach, end[1] - outwards[1] * reach)
    return Curve((start, control1, control2, end), width)


def _outwards(start: Point, leaving: Point, end: Point, arriving: Point) -> float:
    """Return how much farther from the centre a point is than another, by the directions in which it lies from them."""
    turn = leaving[0] * arriving[1] - leaving[1] * arriving[0]
    dx, dy = start[0] - end[0], start[1] - end[1]
    if abs(turn) < 1e-6:
        return math.hypot(dx, dy)
    near = (dx * arriving[1] - dy * arriving[0]) / turn
    far = (dx * leaving[1] - dy * leaving[0]) / turn
    return max(far - near, 8.0)


def _end(topic: MapNode, which: int) -> tuple[Point, Point]:
    """Return a node's outer (1) or inner (-1) end, and the direction away from the centre."""
    angle = math.radians(topic.angle)
    direction = (math.cos(angle) * topic.side, math.sin(angle) * topic.side)
    half = topic.width / 2 * which
    return (topic.x + direction[0] * half, topic.y + direction[1] * half), direction
