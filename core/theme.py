"""One look for all outputs: palette, type scale and marks.

Contrast was computed by WCAG 2.2 §1.4.3: each strong colour has at least 4.5:1 on white and on its own tint, each dark
one at least 7:1 on the dark ground; the order keeps neighbours apart under deuteranopia and protanopia. Colour never
carries a meaning alone: number, icon, mark or word says it too.
"""

from __future__ import annotations

from typing import NamedTuple

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


def branch(index: int) -> BranchColor:
    """Return the colours of the section at `index` (from 0); beyond eight they start again."""
    return BRANCHES[index % len(BRANCHES)]


def is_variant(index: int) -> bool:
    """Whether the section at `index` repeats a colour, and is drawn as the outline variant."""
    return index // len(BRANCHES) % 2 == 1
