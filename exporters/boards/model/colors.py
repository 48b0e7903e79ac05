"""Label colours under Trello's thirty names; a service with others says which is which."""

from __future__ import annotations

from collections.abc import Iterable

from ....core.model import Kind

BASE = ("blue", "orange", "green", "pink", "sky", "purple", "red", "black", "lime", "yellow")
COLORS = (*BASE, *(f"{name}_dark" for name in BASE), *(f"{name}_light" for name in BASE))
"""All thirty; neighbours are easy to tell apart."""
_PALETTE = {
    "blue": "blue",
    "amber": "orange",
    "green": "green",
    "magenta": "pink",
    "sky": "sky",
    "violet": "purple",
    "rust": "red",
    "slate": "black",
}
"""Our palette's names (`roadpress.core.theme.BRANCHES`) in Trello's."""
KIND_COLORS = {
    Kind.QUESTION: "yellow_light",
    Kind.PROJECT: "purple_light",
    Kind.RESOURCE: "sky_light",
    Kind.MILESTONE: "red_light",
}
OPTIONAL_COLOR, SKIPPED_COLOR = "black_light", "black_dark"
_KEPT = frozenset((*KIND_COLORS.values(), OPTIONAL_COLOR, SKIPPED_COLOR))


def tag_colors(given: Iterable[str]) -> list[str]:
    """Return a colour for each tag: the author's by name, else the next one that no other tag has.

    Beyond the thirty they start again.
    """
    names = [_PALETTE.get(name, name if name in COLORS else "") for name in given]
    free = [color for color in COLORS if color not in names and color not in _KEPT] or list(COLORS)
    result, next_ = [], 0
    for name in names:
        if not name:
            name, next_ = free[next_ % len(free)], next_ + 1  # noqa: PLW2901 - the blank is filled
        result.append(name)
    return result
