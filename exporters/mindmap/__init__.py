"""The mind map: readable on paper, and on any screen.

The tree is chosen (`tree`), its labels are measured with the fonts we ship (`labels`) and laid out: tidily (`layouts`),
or by Graphviz (`engine`), which places graphs of prerequisites and what `--engine` asks for. Screens (`svg`), pages
(`atlas`, `poster`) and DOT (`dot`) are drawn from the one layout.
"""

from __future__ import annotations

from ...core.snapshot import Snapshot
from ..contract import Export
from .options import FORMATS, LAYOUTS, Options

__all__ = ["FORMATS", "LAYOUTS", "MARKS_NEW", "SUMMARY", "Options", "export"]

SUMMARY = "A mind map: SVG, PDF, PNG, DOT, or a page to fold and search in"
MARKS_NEW = True


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the map in every format asked for; it is laid out once.

    Raises UsageError when there is no such paper, or the poster's is to fit the map.
    """
    from .build import export_formats

    return export_formats(snapshot, options)
