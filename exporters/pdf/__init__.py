"""The PDF: a book to print, and to tick on screen.

`lay_out` makes a plan of the snapshot, `PageRenderer` obeys it; between the two every page number is known. Both ask
the `Book` of the roadmap, which remembers what the files of all its learners have in common.
"""

from __future__ import annotations

from ...core.snapshot import Snapshot
from ..contract import Export, File
from .options import Options

__all__ = ["MARKS_NEW", "SUMMARY", "Options", "export"]

SUMMARY = "A book to print, and to tick on screen"
MARKS_NEW = True


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the PDF of a snapshot."""
    from .build import make

    data, notices = make(snapshot, options)
    return Export((File(".pdf", data),), notices)
