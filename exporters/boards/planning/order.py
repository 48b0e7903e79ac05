"""Order on the board: positions are numbers, only their order means anything, and each one written is a call."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

STEP = 16384.0
"""Between neighbours in an empty parent, as Trello's server does it."""
LEAST_GAP = 0.02
"""Trello spreads neighbours anew that come closer than 0.01 ("pos", developer.atlassian.com)."""

Key = TypeVar("Key", bound=Hashable)


def longest_increasing(values: Sequence[float]) -> list[int]:
    """Return the indices of a longest strictly increasing subsequence (patience sorting, O(n log n))."""
    tails: list[float] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        pile = bisect_left(tails, value)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[pile], ends[pile] = value, index
    result = []
    index = ends[-1] if ends else -1
    while index >= 0:
        result.append(index)
        index = before[index]
    return result[::-1]


def arrange(
    wanted: Sequence[Key],
    there: Mapping[Key, float],
    others: Sequence[float],
    *,
    frozen: bool = False,
    least_gap: float = LEAST_GAP,
) -> dict[Key, float]:
    """Return the positions to write, so that `wanted` comes out in its order with the fewest writes.

    `there` are the positions of those that are in the parent already; `others` those of strangers' objects, which stay
    where they are. `frozen` leaves all of `there` where it is and only places what is new, each after the one that
    comes before it in `wanted`.
    """
    known = [key for key in wanted if key in there]
    stay = set(known)
    if not frozen:
        stay = {known[index] for index in longest_increasing([there[key] for key in known])}
    static = sorted([*others, *(there[key] for key in stay)])
    end = max([*others, *there.values(), 0.0])
    result: dict[Key, float] = {}
    runs = list(_runs(wanted, stay))
    for number, (anchor, run) in enumerate(runs):
        low = there[anchor] if anchor is not None else 0.0
        at = bisect_right(static, low)
        step = STEP if at == len(static) else (static[at] - low) / (len(run) + 1)
        if run and step < least_gap:  # no room: this run and all after it go to the end
            rest = list(run)
            for after, keys in [] if frozen else runs[number + 1 :]:
                rest += [key for key in (after, *keys) if key is not None]
            end = max([end, *result.values()])
            result.update((key, end + STEP * place) for place, key in enumerate(rest, 1))
            if not frozen:
                break
            continue
        result.update((key, low + step * place) for place, key in enumerate(run, 1))
    return result


def _runs(wanted: Sequence[Key], stay: AbstractSet[Key]) -> Iterator[tuple[Key | None, list[Key]]]:
    """Yield each that stays, and None for the beginning, with those that come right after it and need a place."""
    anchor: Key | None = None
    run: list[Key] = []
    for key in wanted:
        if key in stay:
            yield anchor, run
            anchor, run = key, []
        else:
            run.append(key)
    yield anchor, run
