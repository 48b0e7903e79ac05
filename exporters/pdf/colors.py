"""The colours of a book, as operands of page operators."""

from __future__ import annotations

from typing import NamedTuple

from ...core import theme
from ..pdfwriter.shapes import rgb
from .options import Options


class Branch(NamedTuple):
    """The colours of a section, as operands."""

    strong: str
    tint: str
    """Empty where areas stay unfilled."""
    variant: bool
    """Whether it is a colour's second use, told apart by an outlined bar."""


class ColorScheme:
    """All colours of one output."""

    def __init__(self, options: Options, *, rtl: bool = False) -> None:
        self.rtl = rtl
        """Whether the book reads from right to left, and every page is mirrored."""
        self.dark = options.theme == "dark" and not options.ink_saver
        self.saver = options.ink_saver
        self.colors = theme.palette("light" if options.ink_saver else options.theme, options.accent)
        self.ink = rgb(self.colors.ink)
        self.muted = rgb(self.colors.muted)
        self.rule = rgb(self.colors.rule)
        self.leader = rgb("#5b6673" if self.dark else "#9aa5b2")
        self.control = rgb(self.colors.control)
        self.ground = rgb(self.colors.ground)
        self.shade = "" if self.saver else rgb("#1c2129" if self.dark else "#f3f5f8")
        self.accent = self.branch(0).strong

    def branch(self, index: int) -> Branch:
        """Return the colours of the section at `index`, from 0."""
        if self.saver:
            return Branch(rgb(theme.INK), "", theme.is_variant(index))
        strong, tint = self.colors.branches[index % len(self.colors.branches)]
        shown = "" if tint == self.colors.ground else rgb(tint)
        return Branch(rgb(strong), shown, theme.is_variant(index))
