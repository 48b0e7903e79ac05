"""Dates in words, by the roadmap's language: `Mon 4 Jan`, `Mo 4. Jan.`, `1月4日(月)`; ISO 8601 where there are none."""

from __future__ import annotations

from datetime import date
from functools import cache

from ..planning.weeks import is_near, monday
from .language_file import Locale, language_name, locale_of


@cache
def _locale(language: str) -> Locale | None:
    name = language_name(language)
    return locale_of(name) if name else None


def day_text(day: date, language: str = "en", *, today: date | None = None, weekday: bool = True) -> str:
    """Return a day in words, `Mon 4 Jan`; with its year unless that is today's."""
    locale = _locale(language)
    if locale is None:
        return day.isoformat()
    if today and today.year == day.year:
        return _filled(locale.day if weekday else locale.date, day, locale)
    return _filled(locale.day_year if weekday else locale.date_year, day, locale)


def _filled(pattern: str, day: date, locale: Locale) -> str:
    return pattern.format(
        weekday=locale.weekdays[day.weekday()],
        day=day.day,
        month=locale.months[day.month - 1],
        month_alone=locale.months_alone[day.month - 1],
        number=day.month,
        year=day.year,
    )


def span_text(first: date, last: date, language: str = "en", *, today: date | None = None) -> str:
    """Return some days in a row, `4 Jan – 10 Jan 2027`: a year that both share is said once, where it is read first."""
    locale = _locale(language)
    leads = locale is not None and locale.date_year.startswith("{year}")
    said = day_text(first, language, today=today if leads or locale is None else last, weekday=False)
    until = day_text(last, language, today=first if leads else today, weekday=False)
    if not leads and first.year != last.year:
        said = day_text(first, language, today=today, weekday=False)
    return f"{said} – {until}"


def week_text(day: date, language: str = "en", *, today: date | None = None) -> str:
    """Return the week of a day in words, by its Monday: `week of 4 Jan`."""
    locale = _locale(language)
    text = day_text(monday(day), language, today=today, weekday=False)
    return (locale.week or locale_of("en").week).format(text) if locale else text


def month_text(day: date, language: str = "en", *, today: date | None = None) -> str:
    """Return the month of a day in words, `Jan`, or `Jan 2027` where that is not today's year."""
    locale = _locale(language)
    if locale is None:
        return day.isoformat()[:7]
    if today and today.year == day.year:
        return locale.months_alone[day.month - 1]
    return _filled(locale.month_year, day, locale)


def planned_text(day: date, language: str = "en", *, today: date) -> str:
    """Return a planned day as exactly as a plan can be: to the day within two weeks, further off by its week."""
    return (day_text if is_near(day, today) else week_text)(day, language, today=today)
