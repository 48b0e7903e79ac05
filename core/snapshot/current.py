"""The present: a roadmap file, what is done of it, and the plan for the rest.

Reading progress and planning are imported when there is a progress file or a pace: a roadmap that was just imported has
neither, and a command on it shall not wait for them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import RoadpressError
from ..learner import one_name, same_name
from ..model import Roadmap
from ..progress.model import Progress, progress_path
from ..roadmap_file.loading import load
from . import Snapshot

if TYPE_CHECKING:
    from ..planning.schedule import Schedule
    from ..progress.store import ProgressFile


class CurrentState(NamedTuple):
    """A snapshot and what there is to say about it."""

    snapshot: Snapshot
    notices: tuple[str, ...] = ()
    """Sentences for the person: ticks carried over or orphaned, a plan that can't be made."""
    orphans: tuple[str, ...] = ()
    """Titles of ticks that fit no entry."""
    moved: bool = False
    """Whether the progress file knows ticks by other ids than they have now, or some in `notices` are told of it."""


def present(path: str | Path, *, today: date, learner: str | None = None) -> CurrentState:
    """Return the roadmap at a path as it stands on a day: its progress file read, what is left planned.

    `learner` names whose it is; by default the progress file does, else the roadmap.
    Raises InvalidRoadmap for mistakes in the roadmap or in the progress file, RoadpressError when one can't be read.
    """
    return present_of(load(path), Path(path), today=today, learner=learner)


def present_of(roadmap: Roadmap, path: Path, *, today: date, learner: str | None = None) -> CurrentState:
    """Do the same for a roadmap that is loaded; `path` says where its progress file is."""
    record = None
    if progress_path(path).exists():
        from ..progress.store import read

        record = read(progress_path(path))
    return present_with(roadmap, record, progress_path(path).name, today=today, learner=learner)


def present_with(
    roadmap: Roadmap, record: ProgressFile | None, name: str, *, today: date, learner: str | None = None
) -> CurrentState:
    """Do the same with what is recorded; `name` is the progress file's for sentences."""
    progress = Progress.of_author(roadmap)
    schedule: Schedule | None = None
    notices: list[str] = []
    owner = ""
    orphans: tuple[str, ...] = ()
    moved = False
    if record is not None:
        from ..progress.matching import carry
        from ..progress.recording import progress_of

        carried = carry(record, roadmap)
        progress, owner = progress_of(roadmap, carried), record.learner
        notices += carried.notices
        orphans = tuple(entry.title or key for key, entry in carried.unplaced.items())
        moved = bool(carried.notices or carried.moved)
    if roadmap.pace:
        from ..planning.planner import plan

        try:
            schedule = plan(roadmap, progress, today=today)
        except RoadpressError as error:
            notices.append(f"There is no plan: {error.message}")
    shown = one_name(learner if learner is not None else owner or roadmap.learner)
    if owner and shown and not same_name(owner, shown):
        notices.append(f"{name} is of {owner}, and its ticks go out under the name of {shown}.")
    return CurrentState(Snapshot(roadmap, progress, today, schedule, shown), tuple(notices), orphans, moved)


def snapshot_of(path: str | Path, *, today: date, learner: str | None = None) -> Snapshot:
    """Return the snapshot alone."""
    return present(path, today=today, learner=learner).snapshot
