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
        self.ink = rgb(theme.DARK_INK if self.dark else theme.INK)
        self.muted = rgb(theme.DARK_MUTED if self.dark else theme.MUTED)
        self.rule = rgb("#3a424d" if self.dark else theme.RULE)
        self.leader = rgb("#5b6673" if self.dark else "#9aa5b2")
        self.control = rgb(theme.DARK_MUTED if self.dark else theme.CONTROL)
        self.ground = rgb(theme.DARK_GROUND if self.dark else theme.GROUND)
        self.shade = "" if self.saver else rgb("#1c2129" if self.dark else "#f3f5f8")
        self.accent = self.branch(0).strong

    def branch(self, index: int) -> Branch:
        """Return the colours of the section at `index`, from 0."""
        if self.saver:
            return Branch(rgb(theme.INK), "", theme.is_variant(index))
        colors = theme.branch(index)
        if self.dark:
            return Branch(rgb(colors.dark_strong), rgb(colors.dark_tint), theme.is_variant(index))
        return Branch(rgb(colors.strong), rgb(colors.tint), theme.is_variant(index))
