"""One look for all outputs: palette, type scale and marks.

Contrast was computed by WCAG 2.2 §1.4.3: each strong colour has at least 4.5:1 on white and on its own tint, each dark
one at least 7:1 on the dark ground; the order keeps neighbours apart under deuteranopia and protanopia. Colour never
carries a meaning alone: number, icon, mark or word says it too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from .errors import UsageError
from .model import Kind


class BranchColor(NamedTuple):
    """The colours of one branch of the tree, as `#rrggbb`."""

    name: str
    strong: str
    """Text on white; fill under white text."""
    tint: str
    """Behind text in `strong`."""
    dark_strong: str
    """`strong` on the dark ground."""
    dark_tint: str


BRANCHES = (
    BranchColor("blue", "#1860bc", "#e4f1ff", "#8bc0ff", "#16273f"),
    BranchColor("amber", "#976000", "#fceedb", "#e4b572", "#33230b"),
    BranchColor("green", "#136239", "#e4f5e9", "#94cda7", "#182c1f"),
    BranchColor("magenta", "#bd247b", "#ffe8f2", "#f99dc6", "#391b29"),
    BranchColor("sky", "#007795", "#def5fd", "#7ecae5", "#0f2a33"),
    BranchColor("violet", "#572e9d", "#f1edff", "#c3aeff", "#28213c"),
    BranchColor("rust", "#97271b", "#ffe9e4", "#ffa08f", "#3b1c17"),
    BranchColor("slate", "#424e5e", "#edf0f5", "#b4bfcd", "#23272c"),
)

INK = "#1b2430"
MUTED = "#56606e"
RULE = "#c9d1da"
CONTROL = "#6b7684"
GROUND = "#ffffff"
DARK_GROUND = "#12151a"
DARK_INK = "#e8ecf1"
DARK_MUTED = "#a0abb9"

TYPE_SCALE = (10.0, 12.0, 14.4, 17.3, 20.7, 29.9)
"""Points in print, a ratio of 1.2 from the body; screens take 16 px for the first."""
HEAD_LINE_HEIGHT = 1.15

MARKS = {
    Kind.TASK: "",
    Kind.QUESTION: "?",
    Kind.PROJECT: "◆",
    Kind.RESOURCE: "↗",
    Kind.MILESTONE: "⚑",
}
"""The sign beside a node's title, by kind; a task needs none."""


class Palette(NamedTuple):
    """All colours of one look, as `#rrggbb`."""

    ink: str
    muted: str
    rule: str
    control: str
    ground: str
    branches: tuple[tuple[str, str], ...]
    """Strong colour and tint of each branch."""

    @property
    def is_dark(self) -> bool:
        """Whether light stands on dark."""
        return luminance(self.ground) < luminance(self.ink)


THEMES = ("light", "dark", "contrast", "serif")
"""The looks of all outputs; `contrast` has at least 7:1 everywhere (WCAG 2.2 §1.4.6), `serif` is set as books are."""


def family_of(name: str) -> Literal["sans", "serif"]:
    """Return the family of type that a theme is set in."""
    return "serif" if name == "serif" else "sans"


@cache
def palette(name: str, accent: str = "") -> Palette:
    """Return the colours of a theme; with an accent all branches have that one, made as dark or light as text needs it.

    Raises UsageError for an accent that is no colour.
    """
    if name == "dark":
        found = Palette(
            DARK_INK,
            DARK_MUTED,
            "#3a424d",
            DARK_MUTED,
            DARK_GROUND,
            tuple((c.dark_strong, c.dark_tint) for c in BRANCHES),
        )
    elif name == "contrast":
        strong = tuple((with_contrast(color.strong, GROUND, 7.0), GROUND) for color in BRANCHES)
        found = Palette("#000000", "#2f3944", "#6b7684", "#000000", GROUND, strong)
    elif name == "serif":
        found = Palette("#221d17", "#61584c", "#d5ccbe", "#776d60", GROUND, tuple((c.strong, c.tint) for c in BRANCHES))
    else:
        found = Palette(INK, MUTED, RULE, CONTROL, GROUND, tuple((c.strong, c.tint) for c in BRANCHES))
    if not accent:
        return found
    color, least = accent_color(accent), 4.5 if name in {"light", "serif"} else 7.0
    tint = GROUND if name == "contrast" else between(color, found.ground, 0.88)
    own = with_contrast(with_contrast(color, found.ground, least), tint, least)
    return found._replace(branches=((own, tint),) * len(BRANCHES))


def accent_color(text: str) -> str:
    """Return a colour that a person names, as `#rrggbb`: in that form, as `#rgb`, or by a branch's name.

    Raises UsageError for any other.
    """
    said = text.strip().lower()
    for color in BRANCHES:
        if said == color.name:
            return color.strong
    digits = said.removeprefix("#")
    if re.fullmatch("[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch("[0-9a-f]{6}", digits):
        names = ", ".join(color.name for color in BRANCHES)
        raise UsageError(f"{text!r} is no colour.", remedy=f"Write it as `#1860bc`, or as one of {names}.")
    return f"#{digits}"


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2), 0 to 1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def between(one: str, other: str, share: float) -> str:
    """Return a mixture of two colours, `share` of it the other."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def with_contrast(color: str, ground: str, least: float) -> str:
    """Return a colour as near to one as has at least a contrast on a ground: darker, or lighter on a dark ground."""
    end = "#000000" if luminance(ground) > 0.18 else "#ffffff"
    for step in range(101):
        found = between(color, end, step / 100)
        if contrast(found, ground) >= least:
            return found
    return end


def branch(index: int) -> BranchColor:
    """Return the colours of the section at `index` (from 0); beyond eight they start again."""
    return BRANCHES[index % len(BRANCHES)]


def is_variant(index: int) -> bool:
    """Whether the section at `index` repeats a colour, and is drawn as the outline variant."""
    return index // len(BRANCHES) % 2 == 1
