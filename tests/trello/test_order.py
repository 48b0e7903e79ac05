"""Fewest moves: the longest increasing subsequence stays."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from roadpress.exporters.boards.planning.order import STEP, arrange, longest_increasing


@given(st.lists(st.integers(0, 20), max_size=9))
def test_the_subsequence_is_increasing_and_longest(values: list[int]) -> None:
    found = longest_increasing([float(value) for value in values])
    assert found == sorted(found)
    picked = [values[index] for index in found]
    assert all(a < b for a, b in pairwise(picked))
    longest = max(
        (
            size
            for size in range(len(values) + 1)
            for chosen in combinations(values, size)
            if all(a < b for a, b in pairwise(chosen))
        ),
        default=0,
    )
    assert len(found) == longest


POSITIONS = st.dictionaries(st.integers(0, 15), st.floats(0.001, 10**6), max_size=10)


@given(st.permutations(range(16)), st.integers(0, 16), POSITIONS, st.lists(st.floats(0.001, 10**6), max_size=5))
def test_arranging_gives_the_order_and_leaves_strangers(
    order: list[int], count: int, there: dict[int, float], others: list[float]
) -> None:
    wanted = order[:count]
    there = {key: pos for key, pos in there.items() if key in wanted}
    written = arrange(wanted, there, others)
    final = {**there, **written}
    positions = [final[key] for key in wanted]
    assert positions == sorted(set(positions))
    assert all(pos > 0 for pos in positions)
    known = [there[key] for key in wanted if key in there]
    gaps = sorted([*others, *there.values(), 0.0])
    if all(b - a > 1 for a, b in pairwise(gaps)):
        assert sum(key in there for key in written) == len(known) - len(longest_increasing(known))


@given(st.permutations(range(10)), POSITIONS)
def test_frozen_moves_nothing_that_is_there(order: list[int], there: dict[int, float]) -> None:
    there = {key: pos for key, pos in there.items() if key in order}
    written = arrange(order, there, [], frozen=True)
    assert set(written) == set(order) - set(there)


def test_an_empty_parent_is_numbered_as_trello_does() -> None:
    assert arrange("abc", {}, []) == {"a": STEP, "b": 2 * STEP, "c": 3 * STEP}


def test_no_room_between_neighbours() -> None:
    there = {"a": 1.0, "c": 1.01, "d": 2.0}
    written = arrange("abcd", there, [])
    final = {**there, **written}
    assert sorted(final, key=final.__getitem__) == list("abcd")
