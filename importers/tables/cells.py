"""One cell of a table to a value: hours, days, addresses, whether it is done."""

from __future__ import annotations

import re
from datetime import date

from ...core.roadmap_file.value_parsers import parse_hours
from ...core.text import is_safe_url
from . import column_names

_HOUR = (
    r"h|hrs?|hours?|std|stunden?|heures?|horas?|hs|or[ae]|uur|uren|u|godz(?:in[ay])?|ч|час(?:а|ов)?|год(?:ин[аи]?)?|saat|sa"
    r"|小时|小時|時間|시간|课时|ساعات|ساعة|ساعت|שעות|घंटे|घंटा|jam|giờ|timm(?:ar|e)|tim"
)
_MINUTE = r"m|mins?|minutes?|minuten?|minut[oiay]s?|мин(?:ут[аы]?)?|хв|dk|dakika|分钟|分鐘|分|분|دقائق|دقيقة|דקות|phút"
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,3})?)"
_HOURS = re.compile(
    rf"[~≈]?\s*{_NUMBER}\s*(?:({_HOUR})|({_MINUTE}))?\.?\s*(?:(?:-|–|—|to|bis|à|a|do|до|～|~)\s*{_NUMBER}\s*)?(?:({_HOUR})|({_MINUTE}))?\.?\Z",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"(\d{{1,3}})\s*(?:{_HOUR}|:)\.?\s*(\d{{1,2}})\s*(?:{_MINUTE})?\.?(?::00)?\Z", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?: \d.*)?\Z")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: \d.*)?\Z")
_WORDS = re.compile(
    r"(?:(\d{1,2})\.?\s+([a-z]{3,9})\.?,?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?)\s+(\d{4})\b.*\Z", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKDOWN_LINK = re.compile(
    r"\[([^\[\]]*)\]\((https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)|(https?://[^\s<>\"|]+|mailto:\S+@\S+)"
)


def hours_of(text: str, *, minutes: bool = False) -> str:
    """Return an amount of work as the file writes hours, or nothing when the text is none.

    A number without a unit counts hours, or `minutes`.
    """
    text = text.strip()
    if both := _BOTH.match(text):
        return _checked(f"{int(both[1])}h{int(both[2]):02}")
    found = _HOURS.match(text)
    if not found:
        return ""
    low, hour_unit, minute_unit, high, last_hour, last_minute = found.groups()
    unit = "m" if minute_unit or last_minute or (minutes and not hour_unit and not last_hour) else ""
    numbers = [f"{float(number.replace(',', '.')):g}{unit}" for number in (low, high) if number]
    return _checked("-".join(dict.fromkeys(numbers)))


def _checked(hours: str) -> str:
    try:
        return hours if parse_hours(hours).high else ""
    except ValueError:
        return ""


def day_of(text: str, *, month_first: bool | None = None) -> str:
    """Return a day as `2027-01-31`, or nothing when the text is none.

    `month_first` says how `3/4/2027` is meant; None when nobody knows.
    """
    text = text.strip().partition(" → ")[0]
    if found := _ISO.match(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(text):
        return _day(found[3], found[2], found[1])
    if found := _SLASHED.match(text):
        first, second = int(found[1]), int(found[2])
        if month_first is None and first != second and max(first, second) <= 12:
            return ""
        is_month_first = second > 12 if max(first, second) > 12 else month_first
        return _day(found[3], first, second) if is_month_first else _day(found[3], second, first)
    if found := _WORDS.match(text):
        name = (found[2] or found[3])[:3].lower()
        return _day(found[5], _MONTHS.index(name) + 1, found[1] or found[4]) if name in _MONTHS else ""
    return ""


def is_month_first(texts: list[str]) -> bool | None:
    """Return whether a column writes `12/31/2027`, told by days above twelve; None when no cell tells."""
    for text in texts:
        if found := _SLASHED.match(text.strip()):
            if int(found[1]) > 12:
                return False
            if int(found[2]) > 12:
                return True
    return None


def _day(year: str | int, month: str | int, day: str | int) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def links_in(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return the addresses in a cell, each with its title, and the text that is left."""
    links = []
    for title, marked, bare in _MARKDOWN_LINK.findall(text):
        url = marked or bare.rstrip(".,;)")
        if is_safe_url(url):
            links.append((url, title))
    return links, " ".join(_MARKDOWN_LINK.sub(" ", text).split()).strip(" ,;|·") if links else text


def done_of(text: str) -> str | None:
    """Return `true` or a day for a cell that says done, nothing for one that says open, None for any other."""
    text = " ".join(text.casefold().split())
    if text in column_names.DONE or (text[:1] in "✅☑✔✓" and text):
        return "true"
    if text in column_names.OPEN:
        return ""
    return day_of(text) or None
