"""The radial layout: each depth on a ring of its own, labels along the radius.

A node takes a sector of its ring wide enough for its own height and for all below it, so that nothing overlaps; the
rings are as small as lets all sectors fit the circle, and about evenly apart.
"""

from __future__ import annotations

import math

from ..nodes.tree import MapNode

RING_GAP = 30.0
"""Points between the widest node of one ring and the next, at least."""
_GROWTH = 0.1
"""Share of a ring's radius that is free outside it: branches to the sides of a parent bend no further inwards."""
_LOOSE = 2.2
"""A node gets at most so many times the sector it needs, so that what belongs together stays together."""
_SIBLING_GAP = (0.0, 10.0, 6.0, 3.0)


def radial(root: MapNode) -> None:
    """Place a labelled tree."""
    topics = list(root.walk())
    root.x = root.y = 0.0
    starts = _starts(topics)
    rings = _moved(starts, _extra(topics, starts))
    sectors = _sectors(topics, rings)
    begins = {root.key: -math.pi / 2}
    granted = {root.key: 2 * math.pi}
    for topic in topics:
        begin, own = begins.pop(topic.key), granted.pop(topic.key)
        if topic.depth:
            _set(topic, begin + own / 2, rings[topic.depth])
        used = sum(sectors[child.key] for child in topic.children)
        share = own / used if used else 0.0
        if topic.depth:
            share = min(share, _LOOSE)
            begin += (own - share * used) / 2
        for child in topic.children:
            begins[child.key] = begin
            granted[child.key] = sectors[child.key] * share
            begin += granted[child.key]


def _starts(topics: list[MapNode]) -> list[float]:
    """Return where each ring begins when the circle is as small as the widths alone allow."""
    by_depth: list[list[MapNode]] = []
    for topic in topics:
        if topic.depth == len(by_depth):
            by_depth.append([])
        by_depth[topic.depth].append(topic)
    starts = [0.0]
    for ring in by_depth:
        inner = starts[-1] if len(starts) > 1 else -topics[0].width / 2
        outer = max(math.hypot(inner + topic.width, topic.height / 2) for topic in ring)
        starts.append(outer + max(RING_GAP, outer * _GROWTH if len(starts) > 1 else 0.0))
    return starts


def _set(topic: MapNode, angle: float, ring: float) -> None:
    """Put a node's inner end on its ring; on the left half it is turned so that it reads from left to right."""
    distance = ring + topic.width / 2
    topic.x, topic.y = distance * math.cos(angle), distance * math.sin(angle)
    degrees = math.degrees(angle) % 360
    topic.side = -1 if 90 < degrees < 270 else 1
    topic.angle = degrees - 180 if topic.side < 0 else (degrees - 360 if degrees >= 270 else degrees)


def _sectors(topics: list[MapNode], rings: list[float]) -> dict[str, float]:
    """Return the angle in radians that each node needs with all below it."""
    needed: dict[str, float] = {}
    for topic in reversed(topics):
        own = 0.0
        if topic.depth:
            half = topic.height / 2 + _SIBLING_GAP[min(topic.depth, 3)] / 2
            own = 2 * math.atan2(half, rings[topic.depth])
        needed[topic.key] = max(own, sum(needed[child.key] for child in topic.children))
    return needed


def _moved(starts: list[float], extra: float) -> list[float]:
    """Return rings of which the outermost is moved out by so much, and the others by their share."""
    outermost = max(len(starts) - 2, 1)
    return [start + extra * min(depth / outermost, 1.0) for depth, start in enumerate(starts)]


def _extra(topics: list[MapNode], starts: list[float]) -> float:
    """Return by how much the outermost ring must move out for the sectors to fit, to half a point."""

    def fits(extra: float) -> bool:
        return _sectors(topics, _moved(starts, extra))[topics[0].key] <= 2 * math.pi

    if fits(0.0):
        return 0.0
    low, high = 0.0, 64.0
    while not fits(high):
        low, high = high, high * 2
    while high - low > max(0.5, high / 500):
        middle = (low + high) / 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high
