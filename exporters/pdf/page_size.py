"""Paper: sizes, margins, columns, and the size of type that suits them."""

from __future__ import annotations

from typing import NamedTuple

from ..pdfwriter.page_sizes import page_size
from .options import Options

_MARGINS = {  # at the sides, top, bottom, in points; size of body type
    "a4": (70.0, 70.0, 62.0, 10.0),
    "letter": (74.0, 68.0, 60.0, 10.0),
    "a5": (44.0, 52.0, 46.0, 9.0),
    "a6": (26.0, 38.0, 34.0, 8.0),
}


class PageGeometry(NamedTuple):
    """The geometry of every page, in points."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    size: float
    """Of body text."""
    columns: int
    gap: float

    @property
    def column(self) -> float:
        """Width of a column."""
        return (self.width - 2 * self.side - self.gap * (self.columns - 1)) / self.columns

    @property
    def depth(self) -> float:
        """Height of a column."""
        return self.height - self.top - self.bottom

    def step(self, index: int) -> float:
        """Return a size of the type scale: 0 is body text, each step 1.2 times the last; never below 7 points."""
        return max(7.0, self.size * 1.2**index)


def paper_of(options: Options) -> PageGeometry:
    """Return the paper that the options ask for; wide pages have two columns, so that lines stay readable."""
    width, height = (round(length, 2) for length in page_size(options.paper))
    side, top, bottom, size = _MARGINS[options.paper]
    if options.landscape:
        width, height = height, width
    columns = 2 if options.landscape or options.two_up else 1
    if options.two_up:
        side, size = side * 0.66, max(8.0, size - 1)
    return PageGeometry(width, height, side, top, bottom, size, columns, 26.0 if columns == 2 else 0.0)
