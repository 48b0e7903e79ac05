"""Columns on a terminal: texts of a width in cells, and bars."""

from __future__ import annotations

BAR_WIDTH = 12


def bar_of(fraction: float, width: int = BAR_WIDTH) -> str:
    """Return a bar for 0 to 1; full only for 1, empty only for 0."""
    filled = max(int(min(fraction + 1e-9, 1.0) * width), int(fraction > 0))
    return "█" * filled + "░" * (width - filled)


def shortened(words: str, width: int) -> str:
    """Return a text cut to a width in terminal cells."""
    if cells(words) <= width:
        return words
    while cells(words) > width - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def padded(words: str, width: int, *, right: bool = False) -> str:
    """Return a text filled up to a width in terminal cells, at its right or left side."""
    space = " " * max(0, width - cells(words))
    return space + words if right else words + space


def cells(words: str) -> int:
    """Return how many terminal cells a text takes (Unicode Standard Annex 11: wide characters take two)."""
    if words.isascii():
        return len(words)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1 for char in words
    )
