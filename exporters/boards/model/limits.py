"""Trello's limits ("Limits" and the `limits` of real boards), and how text is counted and split under them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

MAX_LISTS = 500
"""Open lists of a board."""
MAX_CARDS = 5000
"""Open cards of a board."""
MAX_LABELS = 1000
MAX_CHECKLISTS = 500
"""Of a card."""
MAX_ITEMS = 200
"""Of a checklist."""
MAX_TEXT = 16384
"""Of a name or description, in UTF-16 code units, as its JavaScript server counts."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` units that ends in … where something was cut."""
    return f"{text[: _fitting(text, limit - 1)].rstrip()}…" if units(text) > limit else text


def pieces(text: str, limit: int) -> Iterator[str]:
    """Split a text into pieces of at most `limit` units: between paragraphs, else lines, else words, else anywhere."""
    while units(text) > limit:
        end = _fitting(text, limit)
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, end // 2, end)) > 0), end)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip("\n ")
    if text:
        yield text


def _fitting(text: str, limit: int) -> int:
    """Return how many characters fit into so many units."""
    if text.isascii():
        return limit
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def chunks(values: list[Any], limit: int) -> list[list[Any]]:
    """Split a list into the fewest parts of at most `limit`, about equally long; an empty list has none."""
    parts = -(-len(values) // limit)
    bounds = [len(values) * number // parts for number in range(parts + 1)] if parts else []
    return [values[start:end] for start, end in itertools.pairwise(bounds)]
