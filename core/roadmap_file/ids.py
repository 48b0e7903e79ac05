"""Ids: given by the author, or derived from the titles on the path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from .. import text

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""An id that an author may give: `[a-z0-9-]`."""
SLUG_LENGTH = 60

_KEPT = b"\n0123456789abcdefghijklmnopqrstuvwxyz"
_ASCII = bytes(code | 32 if 65 <= code <= 90 else code if code in _KEPT else 45 for code in range(256))
_NO_WORD = re.compile(r"[\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def slug(title: str) -> str:
    """Return the slug of a title: lower case, words joined by `-`, accents dropped, at most 60 characters.

    Letters of other scripts stay, so that their ids can be read too (`机器学习`); a title without any letter or
    digit gives `item`.
    """
    return derive("", [title])[0]


def derive(parent: str, titles: Sequence[str], taken: AbstractSet[str] = frozenset()) -> list[str]:
    """Return ids for the children of the node `parent` (empty at the top), in order.

    Only siblings can collide, for a slug holds no `/`; the second and later of a kind are numbered: `a`, `a-2`, `a-3`.
    `taken` are ids that the author gave, which none may equal.
    """
    prefix = f"{parent}/" if parent else ""
    result = _ascii_ids(prefix, titles) or [prefix + _shortened(_slug(title)) for title in titles]
    if len(set(result)) == len(result) and not (taken and taken & set(result)):
        return result
    used = set(taken)
    counts: dict[str, int] = {}
    for index, base in enumerate(result):
        name = base
        while name in used:
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        used.add(name)
        result[index] = name
    return result


def _ascii_ids(prefix: str, titles: Sequence[str]) -> list[str]:
    """Return the ids of plain ASCII titles, all in a few passes over one text; nothing when one is not so plain."""
    lines = "\n".join(titles)
    if not lines.isascii() or "](" in lines or lines.count("\n") != len(titles) - 1:
        return []
    words = lines.encode().translate(_ASCII).decode()
    while "--" in words:
        words = words.replace("--", "-")
    words = words.replace("-\n", "\n").replace("\n-", "\n").strip("-")
    result = (prefix + words.replace("\n", "\n" + prefix)).split("\n")
    if len(max(result, key=len)) > len(prefix) + SLUG_LENGTH or prefix in result:
        return [prefix + _shortened(name[len(prefix) :]) for name in result]
    return result


def _slug(title: str) -> str:
    words = text.plain(title) if "](" in title else title  # of all markup only a link holds words that are not shown
    decomposed = unicodedata.normalize("NFKD", words).casefold()
    return _NO_WORD.sub("-", unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))).strip("-")


def _shortened(words: str) -> str:
    if len(words) > SLUG_LENGTH:
        return words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]
    return words or "item"
