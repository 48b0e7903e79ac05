"""The order of small plans, worked out by hand."""

from __future__ import annotations

import pytest
from plans import numbered

from roadpress.core.errors import RoadpressError
from roadpress.core.model import Node
from roadpress.core.planning.sequencing import PrecedenceGraph, chain, sequence


def node(name: str, *children: Node, needs: tuple[str, ...] = ()) -> Node:
    return Node(name.upper(), name, "", 1, children, needs=needs)


def tree_of(*nodes: Node) -> PrecedenceGraph:
    return PrecedenceGraph(numbered(list(nodes)))


@pytest.mark.parametrize(
    ("due", "order"),
    [
        ({}, [0, 1, 2]),
        ({1: 12.0}, [0, 1, 2]),  # done just in time
        ({1: 12.0 - 1e-9}, [0, 1, 2]),  # what a sum of hours may be off
        ({1: 11.9}, [1, 0, 2]),
        ({2: 12.5}, [0, 2, 1]),
        ({2: 11.5}, [2, 0, 1]),
        ({0: 10.2, 1: 10.3, 2: 10.1}, [2, 0, 1]),  # all late: by their dates
        ({0: 10.5, 1: 10.5, 2: 10.5}, [0, 1, 2]),
    ],
)
def test_fixed_dates_bring_forward(due: dict[int, float], order: list[int]) -> None:
    tree = tree_of(node("a"), node("b"), node("c"))
    assert sequence(tree, dict.fromkeys(range(3), 1.0), due, begin=10.0) == order


def test_what_is_needed_comes_just_before() -> None:
    tree = tree_of(node("a"), node("b", needs=("d",)), node("c"), node("d"))
    assert sequence(tree, dict.fromkeys(range(4), 1.0), {}, begin=0.0) == [0, 3, 1, 2]


def test_what_needs_a_whole_section_waits_for_its_end() -> None:
    tree = tree_of(node("a", needs=("s",)), node("s", node("x"), node("y")))
    begin, end = 1, 1 + tree.count
    assert sequence(tree, {0: 1.0, 2: 1.0, 3: 1.0}, {}, begin=0.0) == [begin, 2, 3, end, 0]


def test_needs_in_a_circle_are_named() -> None:
    tree = tree_of(node("a"), node("b", needs=("c",)), node("c", needs=("b",)))
    with pytest.raises(RoadpressError, match="run in a circle around 'B'"):
        sequence(tree, dict.fromkeys(range(3), 1.0), {}, begin=0.0)


def latest_of(tree: PrecedenceGraph, work: dict[int, float], due: dict[int, float], begin: float = 0.0) -> list[float]:
    events = sequence(tree, work, {}, begin=begin)
    latest = chain(tree, events, work, due, begin=begin).latest
    return [latest[event] for event in events]


@pytest.mark.parametrize(
    ("due", "latest"), [({}, [11.0, 13.0, 13.0]), ({1: 12.5}, [10.5, 12.5, 13.0]), ({1: 99.0}, [11.0, 13.0, 13.0])]
)
def test_the_last_moment_leaves_time_for_what_comes_after(due: dict[int, float], latest: list[float]) -> None:
    tree = tree_of(node("a"), node("b", needs=("a",)), node("c"))
    assert latest_of(tree, {0: 0.5, 1: 2.0, 2: 0.5}, due, begin=10.0) == latest


def test_a_section_begins_in_time_for_all_that_is_in_it() -> None:
    tree = tree_of(node("s", node("x"), node("y")))
    assert latest_of(tree, {1: 1.0, 2: 2.0}, {}) == [0.0, 3.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("hours", "critical"),
    [
        ({0: 1.0, 1: 2.0, 2: 2.5}, [0, 1]),
        ({0: 1.0, 1: 2.0, 2: 5.0}, []),  # the longest is one entry alone
        ({0: 0.0, 1: 2.0, 2: 1.0}, [1]),  # done already, or no work
    ],
)
def test_the_longest_chain_of_needs(hours: dict[int, float], critical: list[int]) -> None:
    tree = tree_of(node("a"), node("b", needs=("a",)), node("c"))
    events = sequence(tree, hours, {}, begin=0.0)
    assert chain(tree, events, hours, {}, begin=0.0).critical == critical


def test_a_section_that_is_needed_stands_for_all_its_work() -> None:
    tree = tree_of(node("s", node("x"), node("y")), node("b", needs=("s",)), node("c", needs=("x",)))
    hours = {1: 1.0, 2: 2.0, 3: 1.0, 4: 1.0}
    events = sequence(tree, hours, {}, begin=0.0)
    assert chain(tree, events, hours, {}, begin=0.0).critical == [0, 3]


def test_without_needs_there_is_no_chain() -> None:
    tree = tree_of(node("a"), node("b"))
    assert chain(tree, [0, 1], {0: 1.0, 1: 1.0}, {}, begin=0.0).critical == []


def test_a_section_that_nothing_waits_for_is_as_long_as_its_longest_way() -> None:
    tree = tree_of(node("s", node("x"), node("y")), node("c"), node("d", needs=("c",)))
    hours = {1: 1.0, 2: 1.5, 3: 1.0, 4: 1.0}
    events = sequence(tree, hours, {}, begin=0.0)
    assert chain(tree, events, hours, {}, begin=0.0).critical == [3, 4]


def test_a_chain_through_a_section_names_what_takes_the_time_and_not_the_section() -> None:
    tree = tree_of(node("z"), node("s", node("x"), node("y", needs=("z",))), node("b", needs=("s",)))
    hours = {0: 5.0, 2: 1.0, 3: 2.0, 4: 1.0}
    events = sequence(tree, hours, {}, begin=0.0)
    assert chain(tree, events, hours, {}, begin=0.0).critical == [0, 3, 4]
