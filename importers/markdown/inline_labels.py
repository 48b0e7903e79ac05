"""`**Label**: a, b, c`: where a label ends, and whether what follows is a list or a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1(?!\*)(.*)\Z", re.DOTALL)
_DASH = re.compile(r"\s*(?:[–—]+|\s-{1,2})\s+")
_PLAIN_LABEL = re.compile(r"([^\s:：.?!][^:：.?!\n]{0,60}?)\s?[:：]\s+(?=\S)")
_OPENING, _CLOSING = "([{“«「（", ")]}”»」）"
_STRONG_SEPARATORS = ("; ", " | ", " · ", " • ", "；")
_COMMAS = (", ", "、", "，", "، ")
_JOINING = re.compile(r"(?:and|or|&|und|et|y|e)\s+(?=\S)", re.IGNORECASE)
_AND_SO_ON = re.compile(r"(?:and more|etc\.?|…|\.\.\.|and so on|et cetera|usw\.?)\Z", re.IGNORECASE)
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?](?:\s|\Z)")
_RELATIVE = re.compile(
    r"(?:which|that|who|where|so|but|such as|including|e\.g\.|i\.e\.|because|when|if|to)\b", re.IGNORECASE
)


class InlineLabel(NamedTuple):
    """A label in bold at the beginning of a text."""

    text: str
    """Without the bold marks and the colon."""
    separator: str
    """`:`, `-`, `.` (the label is a sentence), or empty when nothing separates."""
    rest: str
    """What follows, trimmed; empty when the whole text is the label."""


def split_label(text: str) -> InlineLabel | None:
    """Return the bold label that a text begins with, when it is set apart from what follows."""
    if not text.startswith(("**", "__")):
        return None
    match = _BOLD.match(text)
    if not match:
        return None
    label, tail = match[2].strip("*_ "), match[3].strip()
    if label.endswith((":", "：")):
        return InlineLabel(label[:-1].rstrip(), ":", tail)
    if tail.startswith((":", "：")):
        return InlineLabel(label, ":", tail[1:].strip())
    if not tail or tail in ".,;":
        return InlineLabel(label, "", "")
    if dash := _DASH.match(match[3]):
        return InlineLabel(label, "-", match[3][dash.end() :].strip())
    if label.endswith((".", "?", "!")):
        return InlineLabel(label, ".", tail)
    if re.fullmatch(r"\([^()]*\)[:：]?", tail):
        return InlineLabel(f"{label} {tail.rstrip(':：')}", "", "")
    return None


def split_plain_label(text: str) -> InlineLabel | None:
    """Return `Label: rest` without any bold, when the label has at most six words."""
    match = _PLAIN_LABEL.match(text)
    if not match or len(match[1].split()) > 6:
        return None
    return InlineLabel(match[1], ":", text[match.end() :])


class Enumeration(NamedTuple):
    """The parts of `a, b, and c`."""

    parts: list[str]
    joining: str
    """The word before the last part (`and`), which is in none of them."""


def split_list(text: str) -> Enumeration | None:
    """Return the parts of an enumeration, or None when the text is a sentence.

    Commas inside brackets, quotes or code do not split; a closing `etc.` stays with the part before it.
    """
    parts = _parts(text)
    if len(parts) < 2:
        return None
    if _AND_SO_ON.match(parts[-1]) and len(parts) > 2:
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    joining = _JOINING.match(parts[-1])
    if joining:
        parts[-1] = parts[-1][joining.end() :]
    sizes = [_words(part) for part in parts]
    most = 8 if len(parts) > 2 and not joining else 3
    if max(sizes) > most or sum(sizes) > 4.5 * len(parts) or min(sizes) == 0:
        return None
    if any(_SENTENCE_END.search(part[:-1]) or _RELATIVE.match(part) for part in parts):
        return None
    if parts[-1].endswith(".") and not _AND_SO_ON.search(parts[-1]):
        return None
    return Enumeration(parts, joining[0].strip() if joining else "")


def _words(text: str) -> int:
    """Return about how many words a text has; Chinese and Japanese write three signs for one, without a space."""
    return len(text.split()) + (0 if text.isascii() else len(_HAN.findall(text)) // 3)


def _parts(text: str) -> list[str]:
    """Return a text cut at its strongest separator outside of brackets, quotes and code."""
    cuts: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    depth, code, quote = 0, False, False
    for index, character in enumerate(text):
        if character == "`":
            code = not code
        elif code:
            continue
        elif character == '"':
            quote = not quote
        elif character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and not quote:
            for strong, signs in ((True, _STRONG_SEPARATORS), (False, _COMMAS)):
                for sign in signs:
                    if text.startswith(sign, index):
                        cuts[strong].append((index, index + len(sign)))
    chosen = cuts[True] or cuts[False]
    starts = [0, *(end for _, end in chosen)]
    ends = [*(start for start, _ in chosen), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
