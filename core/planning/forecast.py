"""What the past says of the future: the pace so far, and the pace that a date asks for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..model import Hours, Pace
from ..progress.model import Progress, State
from .estimates import Estimates
from .schedule import Schedule
from .workdays import Workdays

LEAST_DAYS = 7
"""A pace is learned from no less than a week: from the first done day to today."""


class MeasuredPace(NamedTuple):
    """The pace so far."""

    hours_a_week: float
    since: date
    """The first day on which something was done."""
    hours: float
    """Likely hours of what was done on known days since then."""


def learned_pace(progress: Progress, estimates: Estimates, *, today: date) -> MeasuredPace | None:
    """Return the hours a week that the done dates show, by the same estimates; None while a week's worth is not known.

    What was done before the roadmap's start counts from its own day. Dates after today (a clock set back) don't count.
    """
    done = [
        (tick.on, estimates.hours[key])
        for key, tick in progress.ticks.items()
        if tick.state is State.DONE and tick.on and tick.on <= today and key in estimates.hours
    ]
    if not done:
        return None
    since = min(day for day, _ in done)
    days = (today - since).days + 1
    hours = sum((low + high) / 2 for _, (low, high) in done)
    if days < LEAST_DAYS or not hours:
        return None
    return MeasuredPace(hours * 7 / days, since, hours)


def at_pace(pace: Pace | None, hours_a_week: float) -> Pace:
    """Return a pace of so many hours a week on the same days with the same days off."""
    return (pace or Pace(hours_a_week))._replace(hours=hours_a_week, per="week")


class RequiredPace(NamedTuple):
    """What a date asks for."""

    hours_a_week: Hours
    """By the low and the high end of the estimates."""
    days: int
    """Working days there are until then."""
    likely: float
    """Hours a week by the middle of the estimates."""
    hours_a_day: float
    """The same on each working day."""


def demand(schedule: Schedule, finish_by: date) -> RequiredPace | None:
    """Return the hours a week with which all that is left is done by the end of a day; None when no day is left."""
    pace, start = schedule.pace, schedule.start
    if pace is None or start is None or finish_by < start:
        return None
    days = Workdays(pace, start)
    count = days.count_until(finish_by)
    if not count:
        return None
    a_week = days.hours_a_week / days.hours_a_day
    low, high = (hours / count * a_week for hours in schedule.hours)
    return RequiredPace(Hours(low, high), count, (low + high) / 2, (low + high) / 2 / a_week)
