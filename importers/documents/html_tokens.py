"""HTML to tags and text, in linear time whatever it holds: the standard library's parser has quadratic corners."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,60})((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_RAW = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "textarea", "noscript", "iframe")
}
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


class Token(NamedTuple):
    """A tag, or text between tags."""

    tag: str
    """Lower case; empty for text."""
    text: str = ""
    """With character references resolved; empty for tags."""
    is_end: bool = False
    attributes: dict[str, str] = {}  # noqa: RUF012 - never written
    """Names in lower case."""


def tokens(text: str) -> list[Token]:
    """Return the tags and texts of a page; comments, declarations and scripts are not there."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        start = text.find("<", position)
        if start < 0:
            start = len(text)
        if start > position:
            found.append(Token("", html.unescape(text[position:start])))
        if start == len(text):
            break
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            position = len(text) if end < 0 else end + 3
        elif text.startswith(("<!", "<?"), start):
            end = text.find(">", start)
            position = len(text) if end < 0 else end + 1
        elif tag := _TAG.match(text, start):
            name = tag[2].lower()
            position = tag.end()
            if tag[1]:
                found.append(Token(name, is_end=True))
                continue
            found.append(Token(name, attributes=_attributes(tag[3]) if tag[3] else {}))
            if name in _RAW:
                raw_end = _RAW[name].search(text, position)
                position = raw_end.start() if raw_end else len(text)
        else:
            found.append(Token("", "<"))
            position = start + 1
    return found


def _attributes(text: str) -> dict[str, str]:
    result: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        result.setdefault(name.lower(), html.unescape(double or single or bare))
    return result


def end_of(page: list[Token], start: int) -> int:
    """Return the place of the tag that ends an element, the place after the last token when there is none."""
    name = page[start].tag
    if name in VOID:
        return start
    depth = 0
    for index in range(start, len(page)):
        if page[index].tag == name:
            depth += -1 if page[index].is_end else 1
            if depth == 0:
                return index
    return len(page)
