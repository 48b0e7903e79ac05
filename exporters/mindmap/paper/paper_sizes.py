"""Paper: its sizes and margins, in points."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from ....core.errors import UsageError
from ...pdfwriter.page_sizes import MM, page_size

NAMES = ("a5", "a4", "a3", "a2", "a1", "a0", "letter", "legal", "tabloid")
FIT = "fit"
"""One page as large as the map."""
_OWN = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*mm\Z", re.IGNORECASE)
_SMALLEST, _LARGEST = 50.0, 5000.0  # mm
MOST_UNITS = 14_400.0
"""A page has at most so many units a side (ISO 32000-1, annex C.2); a unit is a point, or several."""


class PaperSize(NamedTuple):
    """A page's geometry in points."""

    name: str
    """As a person says it: `A4`, `300 × 200 mm`."""
    width: float
    height: float
    margin: float

    @property
    def inner_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin

    @property
    def inner_height(self) -> float:
        """Between the margins."""
        return self.height - 2 * self.margin

    @property
    def unit(self) -> int:
        """How many points a unit of the page has, so that it has no more units than readers open."""
        return max(1, math.ceil(max(self.width, self.height) / MOST_UNITS))

    def turned(self, *, landscape: bool) -> PaperSize:
        """Return the sheet lying or standing."""
        short, long = sorted((self.width, self.height))
        return self._replace(width=long, height=short) if landscape else self._replace(width=short, height=long)


def sheet(paper: str, margin: float) -> PaperSize:
    """Return a sheet by its name or by `WIDTHxHEIGHTmm`, with a margin in mm.

    Raises UsageError when there is no such paper, or its margins leave nothing.
    """
    key = paper.strip().lower()
    if own := _OWN.match(key):
        width, height = float(own[1]), float(own[2])
        name = f"{width:g} × {height:g} mm"
        if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
            raise UsageError(f"Paper of {name} is out of range.", remedy="Each side has 50 to 5000 mm.")
        width, height = width * MM, height * MM
    elif key in NAMES:
        width, height = page_size(key)
        name = key.upper() if len(key) == 2 else key.capitalize()
    else:
        raise UsageError(
            f"There is no paper called {paper!r}.", remedy=f"There are: {', '.join(NAMES)}, {FIT}, and 300x200mm."
        )
    if min(width, height) - 2 * margin * MM < 30 * MM:
        raise UsageError(f"Margins of {margin:g} mm leave nothing of {name}.", remedy="Choose a smaller --margin.")
    return PaperSize(name, width, height, margin * MM)
