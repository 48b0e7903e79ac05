"""The interactive checklist: one HTML file that a person opens from anywhere and keeps open for months.

The file holds the rows as plain HTML, so that it reads, ticks and prints without JavaScript; a data block with what the
script needs of each node; and the style and script of `templates/checklist`, allowed by their hashes. Nothing in it
reaches the network.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.snapshot import Snapshot
from ..contract import Export, File, option

SUMMARY = "An interactive checklist: one HTML file"
MARKS_NEW = True


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose about the page."""

    theme: str = option("auto", "Light or dark, or as each reader's device prefers", choices=("auto", "light", "dark"))
    notes: bool = option(True, "Show the author's notes")
    dates: bool = option(True, "Plan in the page: when each item is due, what is up this week, when it ends")
    key: str = option("", "Under which name the ticks are kept; by default one made from the title", metavar="NAME")
    lazy_from: int = option(
        20_000, "From how many nodes on a section's rows are built when it is opened", minimum=0, hidden=True
    )


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the page."""
    from .page import page

    return Export((File(".checklist.html", page(snapshot, options).encode()),))


def served_page(snapshot: Snapshot, options: Options, version: str) -> str:
    """Return the page that `roadpress serve` shows; `version` marks the roadmap it was made of."""
    from .page import page

    return page(snapshot, options, served=version)
