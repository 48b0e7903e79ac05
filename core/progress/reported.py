"""Ticks that a page reports at once, as they are made: into the progress file, where nothing newer stands there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from ..learner import check_learners
from ..model import Roadmap
from .model import Progress, State, Tick, believed, progress_path
from .recording import change_progress
from .store import RecordedTick, read, storable
from .three_way import ReportedTick, ReturnedOutput


def record_reported(
    path: Path,
    roadmap: Roadmap,
    returned: ReturnedOutput,
    *,
    now: datetime,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, RecordedTick]:
    """Write ticks to the progress file of the roadmap at a path; what was recorded later stays.

    Returns what is not in the roadmap, by id. It is kept as orphans, which find their entry when it comes back: the
    roadmap may be half saved. `titles` are those of entries that were there before.
    Raises RoadpressError when the progress can't be read or written; UndecidedError when it is another learner's.
    """
    check_learners(read(progress_path(path)).learner or roadmap.learner, [("This page", returned.learner)])
    leaves = {leaf.id for leaf in roadmap.leaves()}
    now = now.replace(microsecond=0)
    ours = [seen for seen in returned.leaves if seen.id in leaves]
    strays = {
        storable(seen.id): RecordedTick(_tick(seen, returned, now), storable(seen.title) or titles.get(seen.id, ""))
        for seen in returned.leaves
        if seen.id not in leaves
    }
    change_progress(roadmap, path, lambda progress: _newer(progress, ours, returned, now), strays=strays)
    return strays


def _tick(seen: ReportedTick, returned: ReturnedOutput, now: datetime) -> Tick:
    at = believed(seen.at, now) or now + timedelta(seconds=bool(seen.at))  # after what the page made in this second
    return Tick(seen.now, seen.on, returned.source, storable(seen.note or ""), at.replace(microsecond=0))


def _newer(
    progress: Progress, leaves: list[ReportedTick], returned: ReturnedOutput, now: datetime
) -> Mapping[str, Tick]:
    changes: dict[str, Tick] = {}
    for seen in leaves:
        old = progress.ticks.get(seen.id)
        new = _tick(seen, returned, now)
        when = believed(old.when, now) if old else None
        if old and when and new.at and when > new.at:
            if old.note == new.note:
                continue
            new = old._replace(note=new.note)  # only the note is new
        if (old or Tick(State.OPEN)) != new._replace(at=old.at if old else None, source=old.source if old else ""):
            changes[seen.id] = new
    return changes
