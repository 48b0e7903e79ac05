"""Days and their weeks."""

from __future__ import annotations

from datetime import date, timedelta

NEAR = timedelta(days=14)
"""How far ahead a plan may be told to the day; what lies further off is told by its week."""


def monday(day: date) -> date:
    """Return the first day of a day's week (ISO 8601); in the first week of year 1 there is none before 1 January."""
    return day - min(timedelta(days=day.weekday()), day - date.min)


def last_of_week(first: date) -> date:
    """Return the last day of the week that begins on a day."""
    return first + min(timedelta(days=6), date.max - first)


def is_near(day: date, today: date) -> bool:
    """Whether a planned day may be told to the day; further off, say its week instead, for no plan is that exact."""
    return day - today <= NEAR
