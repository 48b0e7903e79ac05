"""Titles for comparing: their words, and how alike two of them are.

All of it is whole numbers and Unicode categories, so that the page's script, which has a translation of this, comes to
the same result: NFKC and lower case (JavaScript has no case folding), never `\\w`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

ENOUGH = 75
"""How alike two titles must be, in percent, to be one entry reworded in one place."""
DOUBTFUL = 60
"""From here on they may be; a person decides."""
LETTERS_BEHIND = 5
"""By how much letter pairs fall behind words in common, for rewordings that a person sees as such."""

_ASCII_WORD = re.compile(r"[0-9a-z][0-9a-z+#]*")


class Words(NamedTuple):
    """A title, taken apart."""

    words: tuple[str, ...]
    """Runs of letters, marks and digits in lower case; `+` and `#` count inside them, so that C, C++ and C# differ."""
    key: str
    """The words with spaces between; for a title without any, the title itself."""
    loose: str
    """The key without a number in front, where what is left still says something; else empty."""


@lru_cache(maxsize=65536)
def words_of(title: str) -> Words:
    """Return the words of a plain title."""
    lower = unicodedata.normalize("NFKC", title).lower()
    words = tuple(_split(lower))
    return Words(words, " ".join(words) or " ".join(lower.split()), _without_number(lower))


def _split(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text)
    found: list[str] = []
    current: list[str] = []
    for sign in text:
        if unicodedata.category(sign)[0] in "LMN" or (current and sign in "+#"):
            current.append(sign)
        elif current:
            found.append("".join(current))
            current = []
    return [*found, "".join(current)] if current else found


_NUMBER_IN_FRONT = re.compile(r"(?:([^\W\d_]+) +)?\d{1,3} *(?:[-–—:.)/|>]+ |[-–—:.)/|>]* (?=[^\W\d_]))")
"""`24. `, `17 `, `Day 17: `, `Tier 3 - `; a word in front asks for a sign behind the number."""


def _without_number(text: str) -> str:
    """Return `2. Intro` as `intro` and `Day 17: From chaos to order` as `day from chaos to order`.

    A number in front is a place where more follows, and a name where it is all there is.
    """
    first = next((at for at, sign in enumerate(text) if unicodedata.category(sign)[0] in "LN"), len(text))
    found = _NUMBER_IN_FRONT.match(text, first)
    if not found or (found[1] and found[0].rstrip()[-1].isdigit()):
        return ""
    rest = _split(text[found.end() :])
    if len("".join(rest)) < 4 or all(map(_has_digit, rest)):
        return ""
    return " ".join([found[1], *rest] if found[1] else rest)


def _has_digit(word: str) -> bool:
    return any(unicodedata.category(sign)[0] == "N" for sign in word)


def says_much(key: str) -> bool:
    """Whether a title is so long that two entries will hardly share it by chance: three words, or twelve letters."""
    words = [word for word in key.split() if not _has_digit(word)]
    return len(words) > 2 or len("".join(words)) >= 12


def likeness(one: Words, other: Words) -> int:
    """Return how alike two titles are, 0 to 100.

    The greater of two measures: words in common by words of the shorter title, which finds a description that was added
    or dropped (a single word counts only where the longer title begins with it); and letter pairs in common (Dice),
    which finds typing errors and works in scripts without spaces. Different numbers make two entries.
    """
    if one.key == other.key:
        return 100
    if not _same_numbers(one.words, other.words):
        return 0
    letters = letters_in_common(one.key, other.key)
    return max(_words_in_common(one.words, other.words), min(letters + LETTERS_BEHIND, 100))


def _words_in_common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return 100 if shorter[0] == longer[0] and (len(shorter[0]) > 2 or _has_digit(shorter[0])) else 0
    return 100 * sum((Counter(shorter) & Counter(longer)).values()) // len(shorter) if shorter else 0


def letters_in_common(one: str, other: str) -> int:
    """Return the pairs of neighbouring letters that two texts share, by all that they have, 0 to 100 (Dice).

    Spaces do not count.
    """
    one, other = one.replace(" ", ""), other.replace(" ", "")
    pairs, others = _pairs(one), _pairs(other)
    total = len(one) + len(other) - 2
    return 200 * sum((pairs & others).values()) // total if total > 0 else 0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    return Counter(map(str.__add__, text, text[1:]))


def _same_numbers(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the numbers of the one are among the other's: `Week 1` is not `Week 2`."""
    numbers = Counter(filter(_has_digit, one))
    others = Counter(filter(_has_digit, other))
    return not numbers or not others or numbers <= others or others <= numbers
