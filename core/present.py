"""The present: a roadmap file, what is done of it, and the plan for the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from .errors import RoadpressError
from .loading import load
from .matching import carry
from .model import Roadmap
from .planning import plan
from .progress_file import progress_path, read
from .recording import progress_of
from .schedule import Schedule
from .snapshot import Snapshot


class Present(NamedTuple):
    """A snapshot and what there is to say about it."""

    snapshot: Snapshot
    notices: tuple[str, ...] = ()
    """Sentences for the person: ticks carried over or orphaned, a plan that can't be made."""


def present(path: str | Path, *, today: date) -> Present:
    """Return the roadmap at a path as it stands on a day: its progress file read, what is left planned.

    Raises InvalidRoadmap for mistakes in the roadmap or in the progress file, RoadpressError when one can't be read.
    """
    return present_of(load(path), Path(path), today=today)


def present_of(roadmap: Roadmap, path: Path, *, today: date) -> Present:
    """Do the same for a roadmap that is loaded; `path` says where its progress file is."""
    carried = carry(read(progress_path(path)), roadmap)
    progress = progress_of(roadmap, carried)
    notices = list(carried.notices)
    schedule: Schedule | None = None
    try:
        schedule = plan(roadmap, progress, today=today)
    except RoadpressError as error:
        notices.append(f"There is no plan: {error.message}")
    return Present(Snapshot(roadmap, progress, today, schedule), tuple(notices))


def snapshot_of(path: str | Path, *, today: date) -> Snapshot:
    """Return the snapshot alone."""
    return present(path, today=today).snapshot
