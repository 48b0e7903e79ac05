"""Single values from the text they are written as. Each function raises ValueError with what to write instead."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ..model import DateRange, Hours, Pace
from ..text import is_safe_url

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_HOURS = 100_000.0

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*(h|hrs?|hours?|m|min|mins|minutes?)?"
_HOURS_AND_MINUTES = re.compile(r"(\d+)\s*h\s*(\d{1,2})\s*m?(?:in)?\Z")
_HOURS = re.compile(rf"{_NUMBER}{_UNIT}(?:\s*(?:-|–|—|to|\.\.)\s*{_NUMBER}{_UNIT})?\Z")
_PACE = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:/|per|a)\s*(week|wk|w|day|d)\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_BCP47 = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
"""RFC 5646 §2.1, loosely: well-formed enough for a `lang` attribute."""


def parse_bool(text: str) -> bool:
    """Return a YAML 1.2 core boolean (§10.3.2): `true`, `True`, `TRUE`, `false` …"""
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    raise ValueError("write `true` or `false`")


def parse_date(text: str) -> date:
    """Return a calendar date written as ISO 8601 has it, `2027-01-31`."""
    if not _DATE.match(text):
        raise ValueError("write a date as `2027-01-31`")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def parse_date_range(text: str) -> DateRange:
    """Return a day, or days written `2026-12-24..2027-01-02`, both included."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    result = DateRange(parse_date(first), parse_date(last if dots else first))
    if result.last < result.first:
        raise ValueError("the first day comes after the last; turn them round")
    return result


def parse_done(text: str) -> bool | date:
    """Return whether, or since when, something is done."""
    try:
        return parse_date(text) if text[:1].isdigit() else parse_bool(text)
    except ValueError:
        raise ValueError("write `true`, or the date it was done as `2027-01-31`") from None


@lru_cache(maxsize=1024)
def parse_hours(text: str) -> Hours:
    """Return an estimate: `6`, `4-8`, `90m`, `2h`, `1h30`, `30m-2h`."""
    lower = text.strip().lower()
    if match := _HOURS.match(lower):
        low = _in_hours(match[1], match[2] or match[4])
        high = _in_hours(match[3], match[4]) if match[3] else low
    elif match := _HOURS_AND_MINUTES.match(lower):
        low = high = int(match[1]) + int(match[2]) / 60
    else:
        raise ValueError('write hours as `6`, `"4-8"`, `90m` or `2h`')
    if low > high:
        raise ValueError("the smaller number comes first")
    if high > MAX_HOURS:
        raise ValueError("that is more than a life has")
    return Hours(low, high)


def parse_pace(text: str) -> Pace:
    """Return a pace in its short form: `8h/week`, `90m/day`."""
    match = _PACE.match(text.strip().lower())
    if not match:
        raise ValueError("write a pace as `8h/week` or `90m/day`")
    per = "day" if match[3].startswith("d") else "week"
    return Pace(checked_pace(_in_hours(match[1], match[2]), per), per)


def checked_pace(hours: float, per: str) -> float:
    """Return the hours of a pace when a week, or a day, has that many."""
    limit = 24 if per == "day" else 168
    if not 0 < hours <= limit:
        raise ValueError(f"a {per} of a pace has more than 0 and at most {limit} hours")
    return hours


def parse_language(text: str) -> str:
    """Return a BCP 47 language tag; no language has four letters or more (RFC 5646, 2.2.1)."""
    if not _BCP47.match(text):
        raise ValueError("write a language as `en`, `pt-BR` or `zh-Hans`")
    return text


def parse_url(text: str) -> str:
    """Return a web or mail address."""
    url = text.strip()
    if is_safe_url(url):
        return url
    if " " in url:
        raise ValueError("an address has no spaces; write them as `%20`")
    if url.lower().startswith(("http://", "https://")):
        raise ValueError("the address lacks its host: `https://example.org/page`")
    raise ValueError("links are `https://`, `http://` or `mailto:` addresses")


def _in_hours(number: str, unit: str | None) -> float:
    value = float(number)
    return value / 60 if unit and unit.startswith("m") else value
