"""Random roadmaps that can be planned: a tree with hours, needs without a circle, fixed dates, and what is done."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from roadpress.core.model import DateRange, Hours, Kind, Node, Pace, Roadmap

TODAY = date(2027, 1, 6)
"""A Wednesday."""


def numbered(sections: list[Node]) -> tuple[Node, ...]:
    """Return sections with numbers and depths by their place."""

    def place(node: Node, number: str, depth: int) -> Node:
        children = tuple(place(child, f"{number}.{at}", depth + 1) for at, child in enumerate(node.children, 1))
        return node._replace(number=number, depth=depth, children=children)

    return tuple(place(node, str(at), 1) for at, node in enumerate(sections, 1))


def edited(roadmap: Roadmap, edit: Callable[[Node], Node]) -> Roadmap:
    """Return a roadmap with each node edited, children first."""

    def walk(node: Node) -> Node:
        return edit(node._replace(children=tuple(walk(child) for child in node.children)))

    return replace(roadmap, sections=numbered([walk(section) for section in roadmap.sections]))


@st.composite
def paces(draw) -> Pace:
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    off = [
        DateRange(TODAY + timedelta(days=first), TODAY + timedelta(days=first + length))
        for first, length in draw(st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=3))
    ]
    hours = draw(st.sampled_from([0.5, 1, 3, 7.5, 8, 40]))
    return Pace(hours, draw(st.sampled_from(["week", "day"])), tuple(sorted(days)), tuple(off))


@st.composite
def roadmaps(draw, most: int = 14, *, due: bool = True, done: bool = True) -> Roadmap:
    """Return a roadmap of up to `most` nodes."""
    count = draw(st.integers(0, most))
    parents = [draw(st.integers(-1, at - 1)) for at in range(count)]
    chance = random.Random(draw(st.integers(0, 2**32)))
    below: dict[int, list[int]] = {at: [] for at in range(-1, count)}
    for at, parent in enumerate(parents):
        below[parent].append(at)
    above = {at: _ancestors(at, parents) for at in range(count)}
    order: list[int] = []
    stack = list(reversed(below[-1]))
    while stack:
        at = stack.pop()
        order.append(at)
        stack.extend(reversed(below[at]))

    def needs(at: int) -> tuple[str, ...]:
        before = [f"n{other}" for other in order[: order.index(at)] if other not in above[at]]
        return tuple(chance.sample(before, min(len(before), chance.choice([0, 0, 1, 2]))))

    def node(at: int) -> Node:
        children = [node(child) for child in below[at]]
        chance.shuffle(children)  # so that needs point forward, too
        low = chance.choice([0, 0.25, 1, 2.5, 7])
        hours = Hours(low, low + chance.choice([0, 0, 1, 6])) if chance.random() < 0.6 else None
        fixed = TODAY + timedelta(days=chance.randint(-3, 40)) if due and chance.random() < 0.2 else None
        finished = TODAY - timedelta(days=chance.randint(0, 9)) if done and chance.random() < 0.15 else False
        return Node(
            f"Title {at}",
            f"n{at}",
            "",
            0,
            children=tuple(children),
            hours=hours,
            needs=needs(at),
            due=fixed,
            done=finished,
            optional=chance.random() < 0.1,
            kind=chance.choice(list(Kind)),
        )

    sections = [node(at) for at in below[-1]]
    chance.shuffle(sections)
    return Roadmap("Any", numbered(sections), start=TODAY, pace=draw(paces()))


def _ancestors(at: int, parents: list[int]) -> set[int]:
    found = set()
    while at >= 0:
        found.add(at)
        at = parents[at]
    return found
