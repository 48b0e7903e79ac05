"""Where one stands: counts and hours by section, the pace so far, and when it ends."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..errors import RoadpressError
from ..model import Node
from ..planning.estimates import Estimates, estimate
from ..planning.forecast import MeasuredPace, at_pace, learned_pace
from ..planning.planner import plan
from ..planning.schedule import Schedule
from ..progress.model import State
from . import Counts, Snapshot
from .figures import WorkHours, work_hours


class SectionStatus(NamedTuple):
    """One section, or the whole."""

    node: Node | None
    """None for the whole."""
    counts: Counts
    hours: WorkHours
    """Done and left."""


class StatusReport(NamedTuple):
    """What `roadpress status` tells."""

    rows: tuple[SectionStatus, ...]
    total: SectionStatus
    assumed: int
    """How many open required leaves have only their kind's default hours."""
    learned: MeasuredPace | None
    schedule: Schedule | None
    """At the stated pace."""
    forecast: Schedule | None
    """At the learned pace; None while that is not known."""


def standing(snapshot: Snapshot) -> StatusReport:
    """Return where a snapshot stands on its day."""
    estimates = estimate(snapshot.whole)
    hours = work_hours(snapshot, estimates)
    rows = tuple(
        SectionStatus(section, snapshot.counts(section), hours[section.id]) for section in snapshot.roadmap.sections
    )
    total = SectionStatus(None, snapshot.total, hours[""])
    learned = learned_pace(snapshot.progress, estimates, today=snapshot.today)
    return StatusReport(
        rows, total, _assumed(snapshot, estimates), learned, snapshot.schedule, _forecast(snapshot, estimates, learned)
    )


def _assumed(snapshot: Snapshot, estimates: Estimates) -> int:
    if snapshot.schedule:
        return snapshot.schedule.assumed
    open_leaves = (leaf for leaf in snapshot.roadmap.leaves() if snapshot.state(leaf) is State.OPEN)
    return sum(leaf.id in estimates.assumed for leaf in open_leaves)


def _forecast(snapshot: Snapshot, estimates: Estimates, learned: MeasuredPace | None) -> Schedule | None:
    if learned is None:
        return None
    pace = at_pace(snapshot.roadmap.pace, learned.hours_a_week)
    try:
        return plan(snapshot.roadmap, snapshot.progress, today=snapshot.today, pace=pace, estimates=estimates)
    except RoadpressError:  # at so slow a pace it never ends
        return None


def is_overdue(day: date | None, today: date) -> bool:
    """Whether a fixed date has passed."""
    return day is not None and day < today
