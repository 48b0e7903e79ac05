"""Dates and spans of dates as people write them, in all languages: where they are plainly that, and have a year."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from ...core.locale.language_file import language_name, locale_of
from ..languages import ALL, any_of

_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\.(\d\d?)\.(\d\d?)\Z")
_DOTTED = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})?\Z")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|/")
_FILLER = re.compile(rf"(?:st|nd|rd|th|er|of|the|de|del|г|р|{any_of('weekdays')})\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:[–—~→]|(?<!\w)(?:to|until|bis|a|al|até|au|до|по)(?!\w)|-)\s*", re.IGNORECASE)


class Span(NamedTuple):
    """The first and the last day of a time, as the file writes them."""

    start: str
    end: str


class _Parts(NamedTuple):
    day: int = 0
    month: int = 0
    year: int = 0


def date_of(text: str) -> str:
    """Return a date as the file writes it, or nothing when the text is none or may be two."""
    parts = _parts(_normal(text))
    return _written(parts) if parts and all(parts) else ""


def span_of(text: str) -> Span | None:
    """Return the days from and to which a text names: `Nov 22–28, 2025`; what one side lacks the other says."""
    sides = _UNTIL.split(_normal(text))
    if len(sides) != 2:
        return None
    first, last = (_parts(side) for side in sides)
    if not first or not last or not first.day or not last.day or not last.year:
        return None
    last = last._replace(month=last.month or first.month)
    month = first.month or last.month
    first = _Parts(first.day, month, first.year or last.year - (month > last.month))
    start, end = _written(first), _written(last)
    return Span(start, end) if start and end and start <= end else None


def _normal(text: str) -> str:
    """Return a text with its dates of numbers alone as `2027.01.04`."""
    return _ISO.sub(r"\1.\2.\3", _EAST_ASIAN.sub(r"\1.\2.\3", text[:80])).strip(" .,*_()（）")


def _parts(text: str) -> _Parts | None:
    text = text.strip(" ,")
    if match := _YEAR_FIRST.match(text):
        return _Parts(int(match[3]), int(match[2]), int(match[1]))
    if match := _DOTTED.match(f"{text}." if re.fullmatch(r"\d\d?\.\d\d?", text) else text):
        return _Parts(int(match[1]), int(match[2]), int(match[3] or 0))
    day = month = year = 0
    for token in _TOKEN.findall(text):
        if token.isdigit() and len(token) == 4 and not year:
            year = int(token)
        elif token.isdigit() and len(token) <= 2 and not day:
            day = int(token)
        elif not token.isdigit() and not month and (found := _month(token.lower())):
            month = found
        elif not _FILLER.match(token):
            return None
    return _Parts(day, month, year) if day else None


def _written(parts: _Parts) -> str:
    try:
        return dt.date(parts.year, parts.month, parts.day).isoformat()
    except ValueError:
        return ""


@cache
def _stems() -> dict[str, int]:
    """Return how the names of the months begin, in all languages."""
    return {
        stem: number
        for words in ALL
        if language_name(words.code)
        for name in ("months", "months_alone")
        for number, month in enumerate(getattr(locale_of(words.code), name), 1)
        if len(stem := month.rstrip(".").lower()) > 1 and stem.isalpha()
    }


def _month(word: str) -> int:
    """Return the month that a word names or begins as one: `Sept`, `enero`, `января`; 0 for none."""
    stems = _stems()
    return next((stems[word[:size]] for size in range(len(word), 2, -1) if word[:size] in stems), stems.get(word, 0))
