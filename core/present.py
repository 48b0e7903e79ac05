"""The present: a roadmap file, what is done of it, and the plan for the rest.

Reading progress and planning are imported when there is a progress file or a pace: a roadmap that was just imported has
neither, and a command on it shall not wait for them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .errors import RoadpressError
from .loading import load
from .model import Roadmap
from .progress import Progress, progress_path
from .snapshot import Snapshot

if TYPE_CHECKING:
    from .schedule import Schedule


class Present(NamedTuple):
    """A snapshot and what there is to say about it."""

    snapshot: Snapshot
    notices: tuple[str, ...] = ()
    """Sentences for the person: ticks carried over or orphaned, a plan that can't be made."""
    orphans: tuple[str, ...] = ()
    """Titles of ticks that fit no entry."""
    moved: bool = False
    """Whether the progress file knows ticks by other ids than they have now, or some in `notices` are told of it."""


def present(path: str | Path, *, today: date) -> Present:
    """Return the roadmap at a path as it stands on a day: its progress file read, what is left planned.

    Raises InvalidRoadmap for mistakes in the roadmap or in the progress file, RoadpressError when one can't be read.
    """
    return present_of(load(path), Path(path), today=today)


def present_of(roadmap: Roadmap, path: Path, *, today: date) -> Present:
    """Do the same for a roadmap that is loaded; `path` says where its progress file is."""
    progress = Progress.of_author(roadmap)
    schedule: Schedule | None = None
    notices: list[str] = []
    orphans: tuple[str, ...] = ()
    moved = False
    if progress_path(path).exists():
        from .carrying import carry
        from .progress_file import read
        from .recording import progress_of

        carried = carry(read(progress_path(path)), roadmap)
        progress = progress_of(roadmap, carried)
        notices += carried.notices
        orphans = tuple(entry.title or key for key, entry in sorted(carried.orphans.items()))
        moved = bool(carried.notices or carried.moved)
    if roadmap.pace:
        from .planning import plan

        try:
            schedule = plan(roadmap, progress, today=today)
        except RoadpressError as error:
            notices.append(f"There is no plan: {error.message}")
    return Present(Snapshot(roadmap, progress, today, schedule), tuple(notices), orphans, moved)


def snapshot_of(path: str | Path, *, today: date) -> Snapshot:
    """Return the snapshot alone."""
    return present(path, today=today).snapshot
