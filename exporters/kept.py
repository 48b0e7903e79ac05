"""What outputs of one roadmap have in common: made once, and kept for the next learner of a cohort who asks for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from ..core.model import Roadmap
from ..core.snapshot import Snapshot

_Value = TypeVar("_Value")
LARGE = 2_000
"""Entries of a roadmap above which nothing is kept: it would take more memory than it saves time."""
_MOST = 4


def same_content(one: Roadmap, other: Roadmap) -> bool:
    """Whether two roadmaps are of the very same sections, which need no comparing, and differ in nobody's own."""
    return (
        one.sections is other.sections
        and one.tags is other.tags
        and one.language == other.language
        and one.title == other.title
        and one.description == other.description
        and one.authors == other.authors
    )


class _Found(NamedTuple, Generic[_Value]):
    roadmap: Roadmap
    key: object
    value: _Value


class KeptOfRoadmaps(Generic[_Value]):
    """A few values, each found by all that it is made of: a roadmap's content, the day, and a key for the rest.

    Each can only be read, so that threads may share it.
    """

    def __init__(self) -> None:
        self._found: deque[_Found[_Value]] = deque(maxlen=_MOST)

    def of(self, snapshot: Snapshot, key: object, make: Callable[[], _Value]) -> _Value:
        """Return the value of a snapshot, made when it is asked for first.

        Where a filter left a part, or something is new, it is made each time; so it is of a large roadmap.
        """
        roadmap = snapshot.roadmap
        if snapshot.narrowed_from is not None or snapshot.new_since or snapshot.new:
            return make()
        whole = (snapshot.today, key)
        for found in list(self._found):
            if found.key == whole and same_content(found.roadmap, roadmap):
                return found.value
        value = make()
        if sum(1 for _ in roadmap.walk()) <= LARGE:
            self._found.append(_Found(roadmap, whole, value))
        return value
