"""The Markdown that roadpress itself writes: GitHub task lists, and in invisible comments what Markdown cannot say.

A line is `- [ ] shown title <!-- rp {…} --> more`: box and title may be edited, the comment carries the id and the
other fields as JSON, and what follows it is only there to be read. Notes stand below as a quotation. The first line,
`# title <!-- rp {"roadpress": 1, …} -->`, tells such a document from others.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_OPEN, _CLOSE = "<!-- rp ", " -->"
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.*?)(?<!`)\1(?!`)")
_ANGLE = re.compile(r"(?<!\\)<(?![A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|[\w.+-]+@[\w.-]+>)")
_BLOCK_START = re.compile(r"(?:[#>|=]|[-+*](?=\s|$|[-*_ ]{2})|```|~~~|\[[ xX]\](?=\s|$)|_{3})")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SHOWN_NUMBER = re.compile(r"(\d{1,9})\\([.)])(?=\s|$)")
OWN_NOTE = "✎ "
"""What a quotation begins with that is the learner's own note, and no part of the roadmap."""


class TaskLine(NamedTuple):
    """A line of such a document, apart."""

    shown: str
    """The title as it is shown."""
    data: dict[str, Any] | None
    """What its comment carries; None when it has none."""


def shown(text: str) -> str:
    """Return one line of our Markdown as GitHub's: raw HTML and what would begin a block are escaped."""
    if "<!-- rp" in text:
        text = text.replace("<!-- rp", "\\<!-- rp")
    if "<" in text:
        pieces, position = [], 0
        for code in _CODE.finditer(text):
            pieces += [_ANGLE.sub(r"\\<", text[position : code.start()]), code[0]]
            position = code.end()
        text = "".join(pieces) + _ANGLE.sub(r"\\<", text[position:])
    if _BLOCK_START.match(text):
        return "\\" + text
    return _NUMBER_START.sub(r"\1\\\2", text, count=1) if text[:1].isdigit() else text


def meant(text: str) -> str:
    """Return what `shown` made a text of, as far as one can tell."""
    if text.startswith("\\") and _BLOCK_START.match(text[1:]):
        text = text[1:]
    elif text[:1].isdigit():
        text = _SHOWN_NUMBER.sub(r"\1\2", text, count=1)
    return text.replace("\\<", "<")


def comment(data: dict[str, Any]) -> str:
    """Return fields as an invisible comment. JSON's escapes keep `-->` out of it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _OPEN + text.replace("<", "\\u003c").replace(">", "\\u003e") + _CLOSE


def split(text: str) -> TaskLine:
    """Return a line's shown title and what its comment carries."""
    start = text.find(_OPEN + "{")
    while start > 0 and text[start - 1] == "\\":
        start = text.find(_OPEN + "{", start + 1)
    end = text.find(_CLOSE, start)
    if start < 0 or end < 0:
        return TaskLine(text.strip(" \t\r"), None)
    try:
        data = json.loads(text[start + len(_OPEN) : end])
    except (ValueError, RecursionError):
        return TaskLine(text.strip(" \t\r"), None)
    return TaskLine(text[:start].strip(" \t"), data if isinstance(data, dict) else None)


def is_ours(text: str) -> bool:
    """Whether a document is one that roadpress wrote."""
    first = text.lstrip("\ufeff\n ").partition("\n")[0]
    if not first.startswith("# "):
        return False
    data = split(first).data
    return data is not None and data.get("roadpress") == 1
