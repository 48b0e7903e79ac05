"""The line by which our cards and boards are found again when the state file is lost: the last one of the description.

It shows, as small code; whether Trello would hide an HTML comment is not documented.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKER = re.compile(r"`roadpress:([^`\n]+)`[ \t]*\r?$", re.MULTILINE)


class Marked(NamedTuple):
    """A description in its two parts."""

    text: str
    key: str
    """Empty when there is no marker."""


def marked(text: str, key: str) -> str:
    """Return a description with its marker."""
    line = f"`roadpress:{key}`"
    return f"{text}\n\n{line}" if text else line


def overhead(key: str) -> int:
    """Return how many characters a marker adds, at most; keys may hold any letters."""
    return len(f"\n\n`roadpress:{key}`".encode("utf-16-le")) // 2


def unmarked(description: str) -> Marked:
    """Return a description without its marker, and the marker's key. The last marker counts, wherever it stands."""
    found = None
    for match in _MARKER.finditer(description):
        if match.start() == 0 or description[match.start() - 1] == "\n":
            found = match
    if found is None:
        return Marked(description.strip(), "")
    before, after = description[: found.start()].rstrip(), description[found.end() :].strip()
    return Marked(f"{before}\n\n{after}".strip(), found.group(1))
