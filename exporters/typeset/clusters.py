"""What a line may never part, and where scripts that write no spaces may break.

Clusters are nearly those of UAX #29 with the conjuncts of Indic scripts, and with what South-East Asian scripts write
before or after a consonant. Thai is cut between phrases by BudouX, a small model; for Lao, Khmer and Myanmar there is
no light one, so a line that must break there breaks between clusters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

from .char_classes import Chars

_BEFORE = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
"""Thai and Lao vowels that are written before their consonant."""
_AFTER = frozenset(
    "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6\u17d4\u17d5\u17d6\u17d7\u104a\u104b"
)
"""Their vowels, repetition and punctuation that are written after it."""
_KILLED = frozenset("\u0e4c\u0ecc\u103a\u17cd")
"""Marks of a consonant without a vowel, in Thai, Lao, Myanmar and Khmer: it belongs to the one before."""
_STACKING = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2")
"""Viramas: the consonant after one is joined to it."""
_MARKS = frozenset(("Mn", "Mc", "Me"))
THAI = Chars("\u0e00\u0e7f")


def clusters(text: str) -> list[str]:
    """Return a text in the parts that a line may be cut between."""
    starts: list[int] = []
    joined = False
    for index, char in enumerate(text):
        stays = (
            joined
            or char == "\u200d"
            or char in _AFTER
            or "\U0001f3fb" <= char <= "\U0001f3ff"
            or unicodedata.category(char) in _MARKS
            or text[index + 1 : index + 2] in _KILLED
        )
        if not (index and stays):
            starts.append(index)
        joined = char == "\u200d" or char in _BEFORE or char in _STACKING
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def phrases(word: str) -> list[str]:
    """Return a word in the parts that a line may break between: Thai ones by their phrases, all others whole."""
    if not THAI.found_in(word):
        return [word]
    parser = _thai()
    if parser is None:
        return [word]
    result: list[str] = []
    position = 0
    for found in re.finditer("[\u0e00-\u0e7f]+", word):
        parts: list[str] = parser.parse(found[0])
        if found.start() > position:
            parts[0] = word[position : found.start()] + parts[0]
        position = found.end()
        result += parts
    if position < len(word):
        result[-1] += word[position:]
    return _whole(result)


def _whole(parts: list[str]) -> list[str]:
    """Join parts where a cut would part a cluster: the model knows words, not every mark."""
    result: list[str] = []
    for part in parts:
        if result and len(clusters(result[-1][-1:] + part[:1])) == 1:
            result[-1] += part
        else:
            result.append(part)
    return result


@cache
def _thai() -> Any:
    try:
        from budoux import load_default_thai_parser
    except ModuleNotFoundError:  # a distribution may leave it out: lines then break between clusters
        return None
    return load_default_thai_parser()
