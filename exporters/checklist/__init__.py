"""The interactive checklist: one HTML file that a person opens from anywhere and keeps open for months.

The file holds the rows as plain HTML, so that it reads, ticks and prints without JavaScript; a data block with what the
script needs of each node; and the style and script of `templates/checklist`, allowed by their hashes. Nothing in it
reaches the network.
"""

from __future__ import annotations

from ...core.snapshot import Snapshot
from ..contract import Export, File
from .options import Options

__all__ = ["MARKS_NEW", "SUMMARY", "Options", "export", "served_page"]

SUMMARY = "An interactive checklist: one HTML file"
MARKS_NEW = True


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the page."""
    from .page import page

    return Export((File(".checklist.html", page(snapshot, options).encode()),))


def served_page(snapshot: Snapshot, options: Options, version: str) -> str:
    """Return the page that `roadpress serve` shows; `version` marks the roadmap it was made of."""
    from .page import page

    return page(snapshot, options, served=version)
