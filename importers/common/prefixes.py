"""Emoji, boxes and numbers at the beginning of a line: what is decoration, what is state, what is order."""

from __future__ import annotations

import re
from typing import NamedTuple

_PICTURE = (
    r"(?:[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u231A\u231B\u2328\u23CF\u23E9-\u23F3\u23F8-\u23FA\u25AA\u25AB"
    r"\u25B6\u25C0\u25FB-\u25FE\u2194-\u21AA\u2934\u2935\u3030\u303D\u3297\u3299\u203C\u2049\u2139\u2122\u24C2\u00A9\u00AE])"
)
_EMOJI = re.compile(
    r"(?:[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3|"
    + _PICTURE
    + r"[\uFE0E\uFE0F]?[\U0001F3FB-\U0001F3FF]?(?:\u200D"
    + _PICTURE
    + r"[\uFE0E\uFE0F]?[\U0001F3FB-\U0001F3FF]?)*)\uFE0F?"
)
"""One emoji as a person sees it: flags, keycaps, sequences joined by U+200D (UTS #51)."""
KEYCAP_TEN = "🔟"
NO_ICON = frozenset("↔↕↖↗↘↙↩↪→←▪▫▶◀©®™‼⁉ℹⓂ")
"""Signs of running text that Unicode counts as emoji."""

DONE_SIGNS = frozenset("✅☑✔✓🗹")
TICKED_BOXES = frozenset("☑🗹")
"""Those that are boxes, never ornaments."""
OPEN_SIGNS = frozenset("☐⬜🔲□◻❌🟥⬛🔳")
_BOX = re.compile(r"\[([ xX✔✓✅☑*\-~]?)\ufe0f?\](?:[ \t\u00a0]+|$)")
_NUMBER = re.compile(
    r"(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)[.):]?|(?P<plain>\d{1,3})[.):]|\((?P<round>\d{1,3})\)|#(?P<hash>\d{1,3})[.:)]?"
    r"|(?P<roman>[IVX]{1,5})[.)])(?:[ \t\u00a0]+|(?=[*_`\[(\"“])|(?=[^\W\d])(?<=[.):]))"
)
_BARE_NUMBER = re.compile(r"(\d{1,2})[ \t\u00a0]+(?=\S)")


class TaskMarker(NamedTuple):
    """A task box at the beginning of a text, and the text after it."""

    ticked: bool
    rest: str


def split_box(text: str) -> TaskMarker | None:
    """Return a GFM-like task box (`[ ]`, `[x]`, `[X]`, `[✔️]`), if the text begins with one."""
    if not text.startswith("["):
        return None
    match = _BOX.match(text)
    return TaskMarker(match[1] not in ("", " ", "-", "~"), text[match.end() :].strip()) if match else None


def split_emoji(text: str) -> tuple[str, str]:
    """Return the emoji that a text begins with, or nothing, and the text after it."""
    if not text or (text[0] < "\u00a9" and text[0] not in "0123456789#*"):
        return "", text
    match = _EMOJI.match(text)
    if not match or match[0][0] in NO_ICON:
        return "", text
    return match[0], text[match.end() :].lstrip(" \t\u00a0\u200b-–—:|·") if match.end() < len(text) else ""


def keycap_number(emoji: str) -> bool:
    """Whether an emoji is a number in a box: 1️⃣ to 🔟."""
    return emoji == KEYCAP_TEN or "\u20e3" in emoji


def split_number(text: str) -> tuple[str, str]:
    """Return the number of a heading (`1.`, `2)`, `3.1`, `(4)`, `IV.`) as it is written, and the text after it."""
    match = _NUMBER.match(text)
    if not match or match.end() == len(text):
        return "", text
    return match[0].strip(), text[match.end() :].lstrip()


def split_bare_number(text: str) -> tuple[str, str]:
    """Return a number without a sign after it (`1 History`); only a whole series of them counts as numbering."""
    match = _BARE_NUMBER.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def value(number: str) -> int:
    """Return the first whole number in a heading's number; 0 for Roman numerals."""
    digits = re.search(r"\d+", number)
    return int(digits[0]) if digits else 0
