"""Lines that state a fact of what they stand below: how long it takes, what comes first, when it is due."""

from __future__ import annotations

import datetime as dt
import re

from ..common.draft import Account, DraftNode
from ..languages import any_of
from . import durations
from .inline import bare

_LINE = re.compile(
    r"\W{0,4}(?P<label>[^\W\d_][^:：\n*]{0,40}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}\s*(?P<value>[^\s*].*?)\s*\Z"
)
_NEEDS = re.compile(rf"{any_of('needs')}\Z", re.IGNORECASE)
_DUE = re.compile(rf"{any_of('due')}\Z", re.IGNORECASE)
_MARKED_DATE = re.compile(
    r"\s*📅\s*(\d{4}-\d\d-\d\d)|\s*[(\[](?:due|fällig|until|by):? (\d{4}-\d\d-\d\d)[)\]]", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)\Z")
_DOTTED = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})\Z")
_NAMED = re.compile(
    r"(?:(?P<month>[a-z]{3,9})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? "
    r"|(?P<day_first>\d\d?)(?:st|nd|rd|th)? (?P<month_then>[a-z]{3,9})\.?,? )"
    r"(?P<year>\d{4})\Z",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_of(text: str) -> str:
    """Return a date as the file writes it, or nothing when the text is none or may be two."""
    text = text.strip(" .*_()")
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DOTTED.match(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _NAMED.match(text):
        name = (match["month"] or match["month_then"])[:3].lower()
        month, day, year = (
            _MONTHS.index(name) + 1 if name in _MONTHS else 0,
            int(match["day"] or match["day_first"]),
            int(match["year"]),
        )
    else:
        return ""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


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
        if match and not draft.due and _DUE.match(match["label"]) and (due := date_of(match["value"])):
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
