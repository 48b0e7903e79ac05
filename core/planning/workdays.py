"""The days on which there is time, counted from a first day."""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date

from ..errors import UsageError
from ..model import Pace

_LAST = date.max.toordinal()
LEAST_PART = 0.5
"""Hours: no entry is cut into less."""
_TINY = 1e-6
"""A fraction of a day far below a second: sums of hours that differ by less are the same moment."""


class Workdays:
    """The working days of a pace from a first day on: day 0, 1, 2 …, each with the same hours.

    Raises UsageError for a pace that gives no time, and, when asked for a day after year 9999, for one that never ends.
    """

    def __init__(self, pace: Pace, first: date) -> None:
        days = set(pace.days)
        if not (math.isfinite(pace.hours) and pace.hours > 0 and days):
            raise UsageError(
                f"A pace of {pace.hours:g} hours on {len(days)} days a week finishes nothing.",
                remedy="Give a pace above 0, for example `pace: 8h/week` or `--pace 8h/week`.",
            )
        self.hours_a_day = pace.hours / len(days) if pace.per == "week" else pace.hours
        self.hours_a_week = self.hours_a_day * len(days)
        self._weekdays = [index in days for index in range(7)]
        self._off = sorted((period.first.toordinal(), period.last.toordinal()) for period in pace.off)
        self._next_off = 0
        self._ordinal = first.toordinal()
        self._days: list[date] = []

    def day(self, index: int) -> date:
        """Return a working day by its index from 0."""
        if index >= len(self._days):
            self._extend(index)
        return self._days[index]

    def first_index(self, hours: float) -> int:
        """Return the day on which work begins after `hours` of work."""
        return math.floor(hours / self.hours_a_day + _TINY)

    def last_index(self, hours: float) -> int:
        """Return the day on which `hours` of work are done."""
        return max(0, math.ceil(hours / self.hours_a_day - _TINY) - 1)

    def parts(self, begin: float, hours: float) -> list[tuple[int, float]]:
        """Return on which days how much is done of an entry that begins after `begin` hours of work; all of it is told.

        What a day's hours suffice for stands whole on the day on which the hours for it have come together; what is
        longer goes in parts, none below `LEAST_PART`. The last day is always that on which it is done.
        """
        end = begin + hours
        last = self.last_index(end)
        if hours <= self.hours_a_day + _TINY or hours < 2 * LEAST_PART:
            return [(last, hours)]
        found: list[tuple[int, float]] = []
        saved = 0.0
        for index in range(self.first_index(begin), last):
            saved += (index + 1) * self.hours_a_day - max(begin, index * self.hours_a_day)
            if saved >= LEAST_PART:
                found.append((index, saved))
                saved = 0.0
        rest = end - max(begin, last * self.hours_a_day) + saved
        while found and rest < LEAST_PART - _TINY:
            index, part = found.pop()
            taken = LEAST_PART - rest if part + rest >= 2 * LEAST_PART else part
            if taken < part:
                found.append((index, part - taken))
            rest += taken
        return [*found, (last, rest)]

    def hours_until(self, day: date, most: float) -> float:
        """Return the hours there are until the end of a day; more than `most` are not counted exactly."""
        enough = self.last_index(most)
        if self.day(enough) <= day:
            return max(most, (enough + 1) * self.hours_a_day)
        return bisect_right(self._days, day) * self.hours_a_day

    def count_until(self, day: date) -> int:
        """Return how many working days there are until the end of a day."""
        while (not self._days or self._days[-1] <= day) and self._ordinal <= day.toordinal():
            try:
                self._extend(len(self._days))
            except UsageError:
                break
        return bisect_right(self._days, day)

    def _extend(self, index: int) -> None:
        weeks = (index - len(self._days)) // sum(self._weekdays)
        if self._ordinal + weeks * 7 > _LAST:
            raise _never_ends()
        append, weekdays, off = self._days.append, self._weekdays, self._off
        ordinal, next_off = self._ordinal, self._next_off
        missing = index + 1 - len(self._days)
        while missing > 0:
            while next_off < len(off) and off[next_off][0] <= ordinal:
                ordinal = max(ordinal, off[next_off][1] + 1)
                next_off += 1
            if ordinal > _LAST:
                raise _never_ends()
            if weekdays[(ordinal - 1) % 7]:  # 1 January of year 1, ordinal 1, was a Monday
                append(date.fromordinal(ordinal))
                missing -= 1
            ordinal += 1
        self._ordinal, self._next_off = ordinal, next_off


def _never_ends() -> UsageError:
    return UsageError(
        "At this pace the plan runs past the year 9999.",
        remedy="Give more hours a week, fewer days off, or smaller estimates.",
    )
