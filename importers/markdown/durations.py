"""`2h`, `(3-4 hours)`, `14 weeks` × `6-10 hours/week`: time where it is plainly that."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_RANGE = _NUMBER + r"(?:\s*(?:-|–|—|to)\s*" + _NUMBER + r")?"
_HOURS = r"(?:hours?|hrs?\.?|h)"
_MINUTES = r"(?:minutes?|mins?\.?|m)"
_ALONE = re.compile(rf"(?:~|≈|about |approx\.? |ca\. )?\s?{_RANGE}\s*(?:({_HOURS})|({_MINUTES}))\+?\Z", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s*(?:[*_]{0,2}[(\[]\s*"
    r"(?:⏱️?\s*|time:\s*|duration:\s*|est\.?:?\s*)?((?:~|≈|about )?\s?\d[^()\[\]]{0,24})[)\]][*_]{0,2}"
    r"|[-–—:|]\s+(~?\d[\d.,\s–-]{0,10}(?:hours?|hrs?|h|minutes?|mins?)))\s*\Z",
    re.IGNORECASE,
)
_DURATION = re.compile(rf"(?:~|about )?{_RANGE}\s*(weeks?|wks?|months?|days?)\Z", re.IGNORECASE)
_EFFORT = re.compile(rf"(?:~|about )?{_RANGE}\s*{_HOURS}\s*(?:/|per|a|each)\s*(week|wk|day)\Z", re.IGNORECASE)
_PACE = re.compile(rf"{_RANGE}\s*{_HOURS}\s*(?:/|per |a |each |every )\s*(week|day)\b", re.IGNORECASE)
_WEEKS = {"w": 1.0, "m": 52 / 12, "d": 1 / 7}


def hours_of(text: str) -> str:
    """Return an amount of work as the file writes hours (`2`, `3-4`, `90m`), or nothing when the text is no such."""
    match = _ALONE.match(text.strip())
    if not match:
        return ""
    low, high = _decimal(match[1]), _decimal(match[2] or match[1])
    unit = "m" if match[4] else ""
    return _written(low, high, unit) if 0 < low <= high else ""


def split_trailing(text: str) -> tuple[str, str]:
    """Return a title without the hours at its end (`(2h)`, `– 90 min`), and those hours; or the title and nothing."""
    match = _TRAILING.search(text)
    hours = hours_of(match[1] or match[2]) if match else ""
    return (text[: match.start()].rstrip(), hours) if match and hours and match.start() else (text, "")


def from_columns(duration: str, effort: str) -> str:
    """Return hours from a table's duration (`14 weeks`) and effort (`6-10 hours/week`), or nothing.

    A duration in hours needs no effort. A month has 52/12 weeks, a day a seventh of one.
    """
    if hours := hours_of(duration):
        return hours
    how_long, how_much = _DURATION.match(duration.strip()), _EFFORT.match(effort.strip())
    if not how_long or not how_much:
        return hours_of(effort)
    weeks = _WEEKS[how_long[3][0].lower()]
    times = weeks * (7 if how_much[3].lower() == "day" else 1)
    low = _decimal(how_long[1]) * _decimal(how_much[1]) * times
    high = _decimal(how_long[2] or how_long[1]) * _decimal(how_much[2] or how_much[1]) * times
    return _written(round(low), round(high), "") if 0 < low <= high else ""


def pace_in(text: str) -> list[str]:
    """Return every pace that a text names, as the file writes it; of a range the lower end, which one surely keeps."""
    result = []
    for match in _PACE.finditer(text):
        value = _decimal(match[1])
        limit = 24 if match[3].lower() == "day" else 168
        if 0 < value <= limit:
            result.append(f"{value:g}h/{match[3].lower()}")
    return result


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _written(low: float, high: float, unit: str) -> str:
    if low == high:
        return f"{low:g}{unit}"
    return f"{low:g}{unit}-{high:g}{unit}"
