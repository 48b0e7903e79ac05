"""Dates in the map: until when for what has things below it, the day itself for what this week holds."""

from __future__ import annotations

from typing import NamedTuple

from ....core.locale import dates
from ....core.model import Node
from ....core.progress.model import State
from ....core.snapshot import Snapshot


class DateLabel(NamedTuple):
    """What a node says of its time."""

    text: str
    now: bool
    """Whether the plan has it this week, or its fixed date has passed."""


class DateLabels:
    """The dates of a snapshot, by the roadmap's language."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        week = snapshot.schedule.week_of(snapshot.today) if snapshot.schedule else None
        self.this_week = frozenset(share.id for share in week.shares) if week else frozenset()

    def of(self, node: Node | None, depth: int) -> DateLabel | None:
        """Return what to print beside a node, if anything; None stands for the whole."""
        snapshot, language = self.snapshot, self.snapshot.roadmap.language
        today = snapshot.today
        if node is None:
            finish = snapshot.schedule.finish if snapshot.schedule else None
            return DateLabel(dates.planned_text(finish, language, today=today), now=False) if finish else None
        if not node.due and not snapshot.schedule:
            return None
        if snapshot.state(node) in (State.DONE, State.SKIPPED):
            return None
        if node.due:
            late = node.due < today
            return DateLabel(dates.day_text(node.due, language, today=today), now=late or node.id in self.this_week)
        slot = snapshot.schedule.slots.get(node.id) if snapshot.schedule else None
        if slot is None:
            return None
        if node.id in self.this_week:
            return DateLabel(dates.day_text(slot.due, language, today=today), now=True)
        if node.is_leaf or depth > 2:
            return None
        return DateLabel(dates.planned_text(slot.due, language, today=today), now=False)
