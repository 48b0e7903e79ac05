"""What came to a roadmap since a day, by what is known of it as it was then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..identity.base import base_path, read_base
from ..identity.matching import match
from ..identity.outline import outline_of
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


def from_imports(roadmap: Roadmap, file: Path, since: date) -> Arrivals | None:
    """Return what earlier imports brought to a roadmap after the first of them."""
    base = read_base(base_path(file))
    begun = min((source.begun for source in base.sources.values() if source.begun), default="")
    if not begun:
        return None
    since = max(since, date.fromisoformat(begun))
    came = {
        id_ for one in base.sources.values() for id_, day in zip(one.ids, one.days, strict=False) if day > str(since)
    }
    here = outline_of(roadmap)
    pairs = match(base.roadmap, here, doubts=False).pairs if came else {}
    return Arrivals(since, frozenset(here[new].id for old, new in pairs.items() if base.roadmap[old].id in came))


HISTORIES: tuple[Callable[[Roadmap, Path, date], Arrivals | None], ...] = (from_git, from_imports)
"""What remembers a roadmap as it was; each is asked in turn, and the first that knows the file answers."""
