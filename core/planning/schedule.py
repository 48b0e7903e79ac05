"""When things happen: the dates a plan gives to each node. `roadpress.core.planning.planner` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ..model import Hours, Pace
from .weeks import last_of_week

NO_HOURS = Hours(0, 0)


class Slot(NamedTuple):
    """The days of one node in the plan; a parent's run from its first open leaf to its last."""

    start: date
    due: date
    """The day it is finished by, at the likely pace: each range of hours taken at its middle."""
    early_finish: date | None = None
    """The same with every range at its low end; never after `due`."""
    late_finish: date | None = None
    """The same with every range at its high end; never before `due`."""
    hours: Hours = NO_HOURS
    """The work that is left in it."""
    slack: int = 0
    """Working days by which it may be put off, other work done meanwhile, before the end of the plan or a fixed date
    moves; below 0 when a fixed date can't be met."""
    critical: bool = False
    """Whether it is part of the longest chain of `needs`."""


class WeekAllocation(NamedTuple):
    """What a week holds of one leaf."""

    id: str
    hours: float
    """Likely hours of it in this week."""


class Week(NamedTuple):
    """One week of the plan; weeks without work are left out."""

    first: date
    """Its Monday (ISO 8601)."""
    hours: float
    """Likely hours of work in it."""
    capacity: float
    """Hours that there are for it: what the pace gives in it, and what the weeks before it left over."""
    shares: tuple[WeekAllocation, ...]
    """In planned order."""

    @property
    def last(self) -> date:
        """Its Sunday (year 9999 ends on a Friday)."""
        return last_of_week(self.first)


class MissedDeadline(NamedTuple):
    """A node that can't make its fixed date, whatever comes first."""

    id: str
    fixed: date
    """The author's `due:`."""
    due: date
    """The likely day."""

    @property
    def days(self) -> int:
        """Calendar days too late."""
        return (self.due - self.fixed).days


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan: a slot for every node with required work left, and when all of it ends.

    Optional leaves get no slot unless something required needs them: the plan ends where 100 % does.
    """

    slots: Mapping[str, Slot] = field(default_factory=lambda: MappingProxyType({}))
    """By node id, in reading order."""
    earliest_finish: date | None = None
    """The end with every range of hours at its low end; None, like the other two, when nothing is left."""
    latest_finish: date | None = None
    """The end with every range at its high end."""
    finish: date | None = None
    """The likely end."""
    start: date | None = None
    """The first day of what is left: the later of the roadmap's start and today."""
    pace: Pace | None = None
    hours: Hours = NO_HOURS
    """All the work that is left."""
    assumed: int = 0
    """How many of the open leaves have no estimate, neither their own nor a share of a parent's, and got a default."""
    order: tuple[str, ...] = ()
    """The open leaves in the order in which they are planned."""
    first_day: tuple[WeekAllocation, ...] = ()
    """What there is to do on the `start` itself; empty when it is no working day, or its hours are done."""
    weeks: tuple[Week, ...] = ()
    """The calendar, week by week."""
    critical: tuple[str, ...] = ()
    """The longest chain of `needs` in its order, parents standing for all that is in them; empty without `needs`."""
    misses: tuple[MissedDeadline, ...] = ()
    """What can't make its fixed date, in reading order."""

    def week_of(self, day: date) -> Week | None:
        """Return the week of the plan that a day lies in, if it holds work."""
        return next((week for week in self.weeks if week.first <= day <= week.last), None)
