"""What came to a roadmap since a day, by what is known of it as it was then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..model import Roadmap
from ..roadmap_file.loading import load_bytes
from . import git
from .diff import added


class Arrivals(NamedTuple):
    """The entries that came since a day."""

    since: date
    """The day asked for, or a later one, since when anything is known."""
    ids: frozenset[str]


def arrivals(roadmap: Roadmap, file: Path, since: date) -> Arrivals | None:
    """Return what came to the roadmap in a file since a day; None where nothing remembers how it was then.

    Raises InvalidRoadmap where it was no valid one, RoadpressError where its history cannot be read.
    """
    return next((found for history in HISTORIES if (found := history(roadmap, file, since)) is not None), None)


def from_git(roadmap: Roadmap, file: Path, since: date) -> Arrivals | None:
    """Return what git knows: a roadmap's entries now against those that its branch had at the end of a day."""
    former = git.on_day(file, since)
    if former is None:
        return None
    return Arrivals(former.day, added(load_bytes(former.version.data, former.version.name), roadmap))


HISTORIES: tuple[Callable[[Roadmap, Path, date], Arrivals | None], ...] = (from_git,)
"""What remembers a roadmap as it was; each is asked in turn, and the first that knows the file answers."""
