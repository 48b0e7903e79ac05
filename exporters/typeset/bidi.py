"""Text from right to left: levels and order (UAX #9), by python-bidi.

This is the one place that knows its insides, the steps of `bidi.algorithm`: its documented face gives a text in drawing
order, and no levels. Where a release changes them, levels follow each character's own direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

from .char_classes import Chars

_RTL = Chars("\u0590\u08ff", "\ufb1d\ufdff", "\ufe70\ufefc", "\U00010800\U00010fff", "\U0001e800\U0001eeff")

T = TypeVar("T")


def has_rtl(text: str) -> bool:
    """Whether a text holds any character that reads from right to left."""
    return not text.isascii() and _RTL.found_in(text)


def is_rtl(text: str) -> bool:
    """Whether a paragraph reads from right to left: its first strong character decides (UAX #9, P2 and P3)."""
    if not has_rtl(text):
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((direction in _RIGHT for direction in directions if direction in _STRONG), False)


_RIGHT = ("R", "AL")
_STRONG = ("L", *_RIGHT)


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character of a paragraph whose base level is `base`."""
    try:
        found = _by_algorithm("".join(map(_known, text)), base)
    except (ImportError, AttributeError, TypeError, KeyError, ValueError):
        return _by_direction(text, base)
    return found if len(found) == len(text) else [base] * len(text)


def _by_algorithm(text: str, base: int) -> list[int]:
    from bidi import algorithm

    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    return [int(char["level"]) for char in storage["chars"]]


def _by_direction(text: str, base: int) -> list[int]:
    """Return levels without embeddings: a number goes with the letter before it, a sign with both its neighbours."""
    right = bool(base)
    found: list[tuple[bool | None, int]] = []
    directions = list(map(unicodedata.bidirectional, text))
    for place in range(1, len(text) - 1):
        if directions[place] in ("CS", "ES") and directions[place - 1] == directions[place + 1] == "EN":
            directions[place] = "EN"  # 3.14
    for direction in directions:
        right = direction in _RIGHT if direction in _STRONG else right
        if direction in _STRONG:
            found.append((right, 1 if right else 2 * base))
        elif direction in ("EN", "AN"):
            found.append((right or direction == "AN", 2 if right or direction == "AN" else 2 * base))
        else:
            found.append((None, base))
    result: list[int] = []
    before = after = bool(base)
    until = 0
    for place, (side, level) in enumerate(found):
        if side is None:
            if place >= until:
                until = next((later for later in range(place, len(found)) if found[later][0] is not None), len(found))
                after = bool(found[until][0]) if until < len(found) else bool(base)
            level = (1 if before else 2 * base) if before == after else base  # noqa: PLW2901 - of a sign between two
        else:
            before = side
        result.append(level)
    return result


_STANDING_IN = frozenset(("LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF", "BN"))


def _known(char: str) -> str:
    """Return a stand-in for what python-bidi gives up on (isolates, newer Unicode's) or drops, as UAX #9, X9 asks.

    What it drops, joiners and embeddings, would leave levels that no longer belong to the characters.
    """
    direction = unicodedata.bidirectional(char)
    if direction in _STANDING_IN:
        return "\ufffc"  # a neutral
    return char if direction else "\u05d0" if has_rtl(char) else "a"


def level_runs(text: str) -> list[tuple[int, str]]:
    """Return a text in its runs of one level, in drawing order."""
    return reorder([(level, "".join(chars)) for level, chars in _grouped(text, levels(text, int(is_rtl(text))))])


def _grouped(text: str, found: Sequence[int]) -> list[tuple[int, list[str]]]:
    groups: list[tuple[int, list[str]]] = []
    for char, level in zip(text, found, strict=True):
        if groups and groups[-1][0] == level:
            groups[-1][1].append(char)
        else:
            groups.append((level, [char]))
    return groups


def reorder(parts: Sequence[tuple[int, T]]) -> list[tuple[int, T]]:
    """Return (level, part) pairs of one line in drawing order (UAX #9, L2)."""
    result = list(parts)
    if not result:
        return result
    highest = max(level for level, _ in result)
    lowest_odd = min((level for level, _ in result if level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        start = 0
        while start < len(result):
            if result[start][0] < level:
                start += 1
                continue
            end = start
            while end < len(result) and result[end][0] >= level:
                end += 1
            result[start:end] = result[start:end][::-1]
            start = end
    return result
