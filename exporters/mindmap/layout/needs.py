"""What comes before what: a graph of prerequisites in ranks from left to right, by Graphviz's `dot`.

Steps are what takes part; all else that is shown, the map's title and sections, stands in rows above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..graphviz.engine import place
from ..nodes.tree import Topic
from .by_graphviz import described

_LEAST_WIDTH = 860.0
"""The rows above are at least so wide."""
_GAP, _BELOW = 14.0, 34.0
_GRAPH = "rankdir=LR nodesep=.16 ranksep=.8"
_EDGE = "tailport=e headport=w"


def place_needs(root: Topic) -> None:
    """Place a labelled tree whose steps have a `stage`, and the arrows of each step from what it needs."""
    topics = list(root.walk())
    steps = [topic for topic in topics if topic.stage]
    width = max(_place_steps(steps), _LEAST_WIDTH) if steps else _LEAST_WIDTH
    _place_heads([topic for topic in topics if not topic.stage], width)


def _place_steps(steps: Sequence[Topic]) -> float:
    """Place the graph to the right of the origin and below it; returns how wide it is."""
    placed = place(described(_GRAPH, _EDGE, steps, _edges(steps)), "dot")
    for step in steps:
        step.x, step.y = placed.centres[step.key]
        step.route = placed.routes.get(step.key, ())
        step.joined = bool(step.route)
        step.arrows = {}
    by_key = {step.key: step for step in steps}
    for name, route in placed.routes.items():
        first, _, then = name.partition(".")
        if then:
            by_key[then].arrows[first] = route
    left = min(step.x - step.width / 2 for step in steps)
    top = min(step.y - step.height / 2 for step in steps)
    for step in steps:
        step.move(-left, -top)
    return max(step.x + step.width / 2 for step in steps)


def _edges(steps: Sequence[Topic]) -> Iterator[str]:
    """Yield the graph's edges in DOT: arrows, and what keeps steps that hold others in their order.

    Such a step begins before those and ends after them: what needs it comes after all of them.
    """
    shown = {step.node.id: step for step in steps if step.node}
    waited_for = {need for step in shown.values() for need in _needs(step)}
    for step in steps:
        for need in _needs(step):
            if first := shown.get(need):
                yield f'{first.key}->{step.key}[id="{first.key}.{step.key}"]'
                if first.children:
                    yield f"{first.key}_end->{step.key}[style=invis minlen=0]"
        if step.children and step.node and step.node.id in waited_for:
            yield f"{step.key}_end[style=invis width=0 height=0]"
        for below in step.children:
            yield f"{step.key}->{below.key}[id={below.key} weight=2]"
            for inner in below.walk():
                if step.node and step.node.id in waited_for and not inner.children:
                    yield f"{inner.key}->{step.key}_end[style=invis]"


def _needs(step: Topic) -> tuple[str, ...]:
    return step.node.needs if step.node else ()


def _place_heads(heads: Sequence[Topic], width: float) -> None:
    """Place the title, and the sections in rows below it, above the origin."""
    y = 0.0
    for row in reversed(_rows(heads, width)):
        height = max(head.height for head in row)
        x = 0.0
        for head in row:
            head.x, head.y = x + head.width / 2, y - _BELOW - height / 2
            x += head.width + _GAP
        y -= height + _GAP


def _rows(heads: Sequence[Topic], width: float) -> list[list[Topic]]:
    """Return heads in rows of about a width; the first has a row of its own."""
    rows: list[list[Topic]] = []
    used = 0.0
    for head in heads:
        if len(rows) < 2 or used + head.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(head)
        used += head.width + _GAP
    return rows
