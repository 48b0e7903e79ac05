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


class SectionStatus(NamedTuple):
    """One section, or the whole."""

    node: Node | None
    """None for the whole."""
    counts: Counts
    hours_done: float
    """Likely hours of required leaves that are done."""
    hours_left: float
    """Likely hours of required leaves that are open."""


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
    roadmap = snapshot.roadmap
    estimates = estimate(roadmap)
    rows = tuple(_row(section, snapshot, estimates) for section in roadmap.sections)
    total = SectionStatus(
        None, snapshot.total, sum(row.hours_done for row in rows), sum(row.hours_left for row in rows)
    )
    learned = learned_pace(snapshot.progress, estimates, today=snapshot.today)
    return StatusReport(
        rows, total, _assumed(snapshot, estimates), learned, snapshot.schedule, _forecast(snapshot, estimates, learned)
    )


def _row(section: Node, snapshot: Snapshot, estimates: Estimates) -> SectionStatus:
    done = left = 0.0
    stack = [(section, False)]
    while stack:
        node, optional = stack.pop()
        optional = optional or node.optional
        stack.extend((child, optional) for child in node.children)
        if node.children or optional:
            continue
        state = snapshot.state(node)
        low, high = estimates.hours[node.id]
        if state is State.DONE:
            done += (low + high) / 2
        elif state is State.OPEN:
            left += (low + high) / 2
    return SectionStatus(section, snapshot.counts(section), done, left)


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
