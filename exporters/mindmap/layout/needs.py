"""What comes before what: a graph of prerequisites in ranks from left to right, by Graphviz's `dot`.

Steps are what takes part; all else that is shown, the map's title and sections, stands in rows above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from ..graphviz.engine import place
from ..nodes.tree import MapNode, Point
from .by_graphviz import described
from .page_node import PageNode

_GAP, _BELOW = 14.0, 40.0
_APART = (48.0, 26.0)
"""Between what no arrow joins, to the sides and up and down."""
_SHAPE = 1.4
"""Width by height that what is not joined is spread to."""
_GRAPH = "rankdir=LR nodesep=.16 ranksep=.8"
_EDGE = "tailport=e headport=w"
_MANY, _HURRY = 1500, "nslimit=1 nslimit1=1 mclimit=.3"
"""So many edges take Graphviz long: it then tries less often to do better, at little cost to the drawing."""


def place_needs(root: MapNode) -> None:
    """Place a labelled tree whose steps have a `stage`, and the arrows of each step from what it needs."""
    topics = list(root.walk())
    steps = [topic for topic in topics if topic.stage]
    width = _place_steps(steps) if steps else 0.0
    _place_heads([topic for topic in topics if not topic.stage], width)


def _place_steps(steps: Sequence[MapNode]) -> float:
    """Place the graph to the right of the origin and below it; returns how wide it is."""
    edges = list(_edges(steps))
    graph = f"{_GRAPH} {_HURRY}" if len(edges) > _MANY else _GRAPH
    placed = place(described(graph, _EDGE, steps, edges), "dot")
    for step in steps:
        step.x, step.y = placed.centres[step.key]
        step.route = placed.routes.get(step.key, ())
        step.joined = bool(step.route)
    by_key = {step.key: step for step in steps}
    arrows: dict[str, dict[str, tuple[Point, ...]]] = {step.key: {} for step in steps}
    for name, route in placed.routes.items():
        first, _, then = name.partition(".")
        if then:
            arrows[then][first] = route
    for step in steps:
        step.arrows = arrows[step.key]
    groups = [_Group.of(found) for found in _joined(steps, by_key)]
    return _packed(sorted(groups, key=lambda group: -group.height))


class _Group(NamedTuple):
    """Steps that arrows join, and the rectangle they take."""

    steps: list[MapNode]
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, steps: list[MapNode]) -> _Group:
        """Return the group of placed steps."""
        ways = [way for step in steps for way in step.ways()]
        left = min([step.x - step.width / 2 for step in steps] + [x for x, _ in ways])
        top = min([step.y - step.height / 2 for step in steps] + [y for _, y in ways])
        right = max([step.x + step.width / 2 for step in steps] + [x for x, _ in ways])
        bottom = max([step.y + step.height / 2 for step in steps] + [y for _, y in ways])
        return cls(steps, left, top, right - left, bottom - top)


def _joined(steps: Sequence[MapNode], by_key: Mapping[str, MapNode]) -> Iterator[list[MapNode]]:
    """Yield the steps in groups between which no arrow runs, in reading order."""
    beside: dict[str, list[str]] = {step.key: [] for step in steps}
    for step in steps:
        for other in (*(step.arrows or ()), *(below.key for below in step.children)):
            beside[step.key].append(other)
            beside[other].append(step.key)
    seen: set[str] = set()
    for step in steps:
        found = [] if step.key in seen else [step.key]
        seen.update(found)
        for key in found:
            new = [other for other in dict.fromkeys(beside[key]) if other not in seen]
            seen.update(new)
            found += new
        if found:
            yield [by_key[key] for key in found]


def _packed(groups: Sequence[_Group]) -> float:
    """Move groups, the highest first, to rows from the origin on; returns how wide they are."""
    area = sum((group.width + _APART[0]) * (group.height + _APART[1]) for group in groups)
    width = max(sqrt(area * _SHAPE), *(group.width for group in groups))
    rows: list[tuple[float, float]] = []  # where each begins, and how far it is filled
    below = 0.0
    for group in groups:
        index = next((at for at, (_, used) in enumerate(rows) if used + group.width <= width), len(rows))
        if index == len(rows):
            rows.append((below, 0.0))
            below += group.height + _APART[1]
        top, used = rows[index]
        for step in group.steps:
            step.move(used - group.left, top - group.top)
        rows[index] = (top, used + group.width + _APART[0])
    return width


def _edges(steps: Sequence[MapNode]) -> Iterator[str]:
    """Yield the graph's edges in DOT: arrows, and what keeps steps that hold others in their order.

    Such a step begins before those and ends after them: what needs it comes after all of them.
    """
    shown = {step.node.id: step for step in steps if step.node}
    own = {step.key: step for step in _own(steps)}
    needs = {key: [shown[need] for need in step.node.needs if need in shown] for key, step in own.items() if step.node}
    waited_for = {first.key for found in needs.values() for first in found}
    for key, step in own.items():
        for first in needs[key]:
            yield f'{first.key}->{key}[id="{first.key}.{key}"]'
            if first.children:
                yield f"{first.key}_end->{key}[style=invis minlen=0]"
        inside = dict.fromkeys(below.key for below in step.walk() if below.key in own)
        for below in step.children:
            if below.key in own and not any(first.key in inside for first in needs[below.key]):
                yield f"{key}->{below.key}[id={below.key}]"
        if step.children and key in waited_for:
            yield f"{key}_end[style=invis width=0 height=0]"
            for inner in inside:
                if not own[inner].children:
                    yield f"{inner}->{key}_end[style=invis]"


def _own(steps: Sequence[MapNode]) -> Sequence[MapNode]:
    """Return the steps that a page is about: not those that go on elsewhere, unless all do."""
    return [step for step in steps if not (isinstance(step, PageNode) and step.elsewhere)] or steps


def _place_heads(heads: Sequence[MapNode], width: float) -> None:
    """Place the title, and the sections in rows beside it, above the origin."""
    if not heads:
        return
    title, *sections = heads
    begin = title.width + 2 * _GAP
    area = sum((head.width + _GAP) * (head.height + _GAP) for head in sections)
    rows = _rows(sections, max(width - begin, sqrt(area * _SHAPE * 2)))
    heights = [max(head.height for head in row) for row in rows]
    height = max(title.height, sum(heights) + _GAP * (len(rows) - 1))
    top = -_BELOW - height
    title.x, title.y = title.width / 2, top + height / 2
    y = top + (height - sum(heights) - _GAP * (len(rows) - 1)) / 2
    for row, high in zip(rows, heights, strict=True):
        x = begin
        for head in row:
            head.x, head.y = x + head.width / 2, y + high / 2
            x += head.width + _GAP
        y += high + _GAP


def _rows(heads: Sequence[MapNode], width: float) -> list[list[MapNode]]:
    """Return heads in rows of about a width."""
    rows: list[list[MapNode]] = []
    used = width
    for head in heads:
        if used + head.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(head)
        used += head.width + _GAP
    return rows
