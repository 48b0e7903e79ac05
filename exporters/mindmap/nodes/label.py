"""A label as it was measured: its lines, and the room that its mark and its bar take."""

from __future__ import annotations

from typing import NamedTuple

from ...typeset import Run, TextLine
from .balanced_lines import PlainLine

MARK = 8.0
"""The side of a box to tick, in points."""
MARK_SPACE = MARK + 5.0
BAR = 3.0
"""The height of a progress bar."""
BAR_SPACE = BAR + 5.0


class LabelRunStyle(NamedTuple):
    """How a run differs from its line: a `soft` colour, a link, struck."""

    soft: bool = False
    url: str = ""
    strike: bool = False
    hint: str = ""
    """What a link's tooltip says."""


class LabelLine(NamedTuple):
    """One line of a label."""

    line: TextLine | PlainLine
    size: float
    """Points."""
    y: float
    """The baseline, in points below the label's top."""
    soft: bool
    """Whether it is set in the quieter colour."""
    read: tuple[Run, ...] | None = None
    """The line in reading order, where that is not the order of drawing."""


class Label(NamedTuple):
    """A measured label: its text lies `inset` from the edge that faces the parent, below `pad_y`."""

    lines: tuple[LabelLine, ...]
    text_width: float
    text_height: float
    pad_x: float
    pad_y: float
    marked: bool
    """Whether the box to tick stands before the text."""
    bar: bool
    """Whether a progress bar runs below the text."""
    boxed: bool
    """Whether it stands in a box; items are text alone."""

    @property
    def width(self) -> float:
        """With padding and mark, in points."""
        return self.text_width + 2 * self.pad_x + (MARK_SPACE if self.marked else 0.0)

    @property
    def height(self) -> float:
        """With padding and bar, in points."""
        return self.text_height + 2 * self.pad_y + (BAR_SPACE if self.bar else 0.0)
