"""Lines that state a fact of what they stand below: how long it takes, what comes first, when it is due."""

from __future__ import annotations

import re

from ..common.draft import Account, DraftNode
from ..languages import any_of
from . import durations
from .dates import Span, date_of, span_of
from .heading_levels import series_of
from .inline import bare

_LINE = re.compile(
    r"\W{0,4}(?P<label>[^\W\d_][^:：\n*]{0,40}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}\s*(?P<value>[^\s*].*?)\s*\Z"
)
_NEEDS = re.compile(rf"{any_of('needs')}\Z", re.IGNORECASE)
_DUE = re.compile(rf"{any_of('due')}\Z", re.IGNORECASE)
_START = re.compile(rf"{any_of('start')}\Z", re.IGNORECASE)
_PART = re.compile(r"[()（）\[\]:：|]")
_DASH = re.compile(r"\s[–—-]\s")
_MARKED_DATE = re.compile(
    r"\s*📅\s*(\d{4}-\d\d-\d\d)|\s*[(\[](?:due|fällig|until|by):? (\d{4}-\d\d-\d\d)[)\]]", re.IGNORECASE
)


def labelled(text: str) -> tuple[str, str]:
    """Return the label that a line begins with, and the value after its colon; or nothing twice."""
    match = _LINE.match(text)
    return (match["label"], match["value"]) if match else ("", "")


def due_of(label: str, value: str) -> str:
    """Return the day that a label such as `Due` or `Deadline` says, or nothing."""
    return date_of(bare(value)) if _DUE.match(label) else ""


def start_of(label: str, value: str) -> str:
    """Return the day that a label such as `Start date` says, or nothing."""
    return date_of(bare(value)) if _START.match(label) else ""


def days_in(heading: str) -> Span | None:
    """Return the days that a heading names: `Week 1 (Nov 22–28, 2025)`; a single one only where it is of a series."""
    for part in _PART.split(heading[:200]):
        for text in (part, *_DASH.split(part, maxsplit=1)[1:]):
            if found := span_of(text):
                return found
            if series_of(heading) and (day := date_of(text)):
                return Span(day, day)
    return None


def take(draft: DraftNode, text: str, line: int, pace: str, account: Account) -> str:
    """Put the facts that lines of a text state into a draft; return the lines that state none.

    What comes first stays in the text too, for a name may stay unresolved.
    """
    kept = []
    for row in text.split("\n"):
        match = _LINE.match(row)
        if match and not draft.hours and durations.is_label(match["label"]):
            draft.hours = durations.from_columns(bare(match["value"]), pace)
            if draft.hours:
                account.leave_out(line, "read as hours", row)
                continue
        if match and not draft.due and (due := due_of(match["label"], match["value"])):
            draft.due = due
            account.leave_out(line, "read as a date", row)
            continue
        if match and _NEEDS.match(match["label"]):
            draft.needs.append(match["value"])
        kept.append(row)
    return "\n".join(kept)


def split_date(text: str) -> tuple[str, str]:
    """Return a title without a marked date (`📅 2027-01-01`, `(due 2027-01-01)`), and the date."""
    match = _MARKED_DATE.search(text)
    due = date_of(match[1] or match[2]) if match else ""
    return (f"{text[: match.start()]}{text[match.end() :]}".strip(), due) if match and due else (text, "")
