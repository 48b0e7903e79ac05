"""The sizes of paper that have a name, from reportlab (ISO 216, ANSI/ASME Y14.1)."""

from __future__ import annotations

MM = 72 / 25.4
"""A millimetre in points."""


def page_size(name: str) -> tuple[float, float]:
    """Return width and height of upright paper in points, by a name of reportlab's in any case, as `a4`."""
    from reportlab.lib import pagesizes

    width, height = getattr(pagesizes, name.upper())
    return float(width), float(height)
