"""`2h`, `(3-4 hours)`, `1,5 Std.`, `14 weeks` × `6-10 hours/week`: time where it is plainly that, in any language."""

from __future__ import annotations

import re

from ..languages import any_of

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_RANGE = _NUMBER + r"(?:\s*(?:-|–|—|~|to|bis|à|a|до)\s*" + _NUMBER + r")?"
_END = r"(?![^\W\d_])"
_HOURS, _MINUTES = f"{any_of('hour')}{_END}", f"{any_of('minute')}{_END}"
_DAY, _WEEK, _MONTH = any_of("day"), any_of("week"), any_of("month")
_ABOUT = (
    r"(?:[~≈约約약]|about |approx\.? |ca\.? |circa |etwa |ungefähr |environ |unos |cerca de |około |около |примерно "
    r"|yaklaşık |大约|大約|~ ?)?\s?"
)
_ALONE = re.compile(rf"{_ABOUT}{_RANGE}\s*(?:({_HOURS})|({_MINUTES}))\+?\Z", re.IGNORECASE)
_COMPOUND = re.compile(
    rf"{_ABOUT}(\d{{1,3}})\s*{any_of('hour')}(?:\s?(?:,|and|und|et|y|e|и)\s)?\s*([0-5]?\d)\s?(?:{any_of('minute')})?\Z",
    re.IGNORECASE,
)
"""`1 h 30`, `4시간 40분`, `2 hours and 15 minutes`."""
_TRAILING = re.compile(
    r"\s*(?:[*_]{0,2}[(\[（]\s*"
    rf"(?:⏱️?\s*|{any_of('duration')}[:：]\s*)?({_ABOUT}\d[^()\[\]（）]{{0,24}})[)\]）][*_]{{0,2}}"
    r"|(?:[-–—|]|[:：])\s+(~?\d[\d.,\s–-]{0,10}[^\W\d_]{1,8}\.?(?:\s?\d\d?\s?[^\W\d_]{0,8}\.?)?))\s*\Z",
    re.IGNORECASE,
)
_DURATION = re.compile(rf"{_ABOUT}{_RANGE}\s*(?:({_WEEK})|({_MONTH})|({_DAY})){_END}\Z", re.IGNORECASE)
_PER = rf"(?:{any_of('per')}\s?|[/·]\s?)"
_PACE = re.compile(
    rf"{_RANGE}\s*(?:{_HOURS})\s*(?:[^\W\d_]+ )?{_PER}(?:({_WEEK})|({_DAY})){_END}"
    rf"|(?:毎|每|매|주당|hafta(?:da)?|tygodniowo|weekly:?)\s?(?:週|周|주|일주일)?\s?(?:에)?\s?(?:평균|平均|约|約|약)?\s?"
    rf"{_RANGE}\s*(?:{_HOURS})",
    re.IGNORECASE,
)
_SPAN_OF_WEEKS = re.compile(
    rf"(?<!\w)(?P<word>{_WEEK})\s?#?(?P<first>\d{{1,3}})\s?[-–—~]\s?(?P<last>\d{{1,3}})(?![\w.,])", re.IGNORECASE
)
_COUNTED_WEEKS = re.compile(rf"[(（]\s?({_ABOUT}{_RANGE}\s?{_WEEK})\s?[)）]\W*\Z", re.IGNORECASE)
_LABEL = re.compile(rf"\W*{any_of('duration', 'effort')}\W*\Z", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether a label says that an amount of time follows: `Duration`, `Dauer`, `所要時間`."""
    return bool(_LABEL.match(text))


def is_amount(text: str) -> bool:
    """Whether a text says nothing but how long something takes, or how much time a day or a week: `4-5 hours/day`."""
    plain = re.sub(r"^\W+", "", text.strip())
    return bool(hours_of(plain) or _DURATION.match(plain) or _PACE.fullmatch(plain))


def hours_of(text: str) -> str:
    """Return an amount of work as the file writes hours (`2`, `3-4`, `90m`), or nothing when the text is no such."""
    match = _ALONE.match(text.strip())
    if not match:
        compound = _COMPOUND.match(text.strip())
        minutes = int(compound[1]) * 60 + int(compound[2]) if compound else 0
        return "" if not minutes else f"{minutes // 60}" if minutes % 60 == 0 else f"{minutes}m"
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
    how_long, how_much = _DURATION.match(duration.strip()), _PACE.fullmatch(re.sub(r"^\W+", "", effort.strip()))
    if not how_long or not how_much or not how_much[1]:
        return hours_of(effort)
    weeks = 1.0 if how_long[3] else 52 / 12 if how_long[4] else 1 / 7
    times = weeks * (7 if how_much[4] else 1)
    low = _decimal(how_long[1]) * _decimal(how_much[1]) * times
    high = _decimal(how_long[2] or how_long[1]) * _decimal(how_much[2] or how_much[1]) * times
    return _written(round(low), round(high), "") if 0 < low <= high else ""


def of_title(title: str, pace: str) -> str:
    """Return the hours of the weeks that a title says it takes, `Weeks 3-4: Joins` or `Basics (4 weeks)`, at a pace."""
    if match := _SPAN_OF_WEEKS.search(title):
        first, last = int(match["first"]), int(match["last"])
        return from_columns(f"{last - first + 1} {match['word']}", pace) if first < last else ""
    match = _COUNTED_WEEKS.search(title)
    return from_columns(match[1], pace) if match else ""


def pace_in(text: str) -> list[str]:
    """Return every pace that a text names, as the file writes it; of a range the lower end, which one surely keeps."""
    result = []
    for match in _PACE.finditer(text):
        value = _decimal(match[1] or match[5])
        if 0 < value <= (24 if match[4] else 168):
            result.append(f"{value:g}h/{'day' if match[4] else 'week'}")
    return result


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _written(low: float, high: float, unit: str) -> str:
    if low == high:
        return f"{low:g}{unit}"
    return f"{low:g}{unit}-{high:g}{unit}"
