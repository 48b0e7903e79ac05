"""What one may choose about the page."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.theme import THEMES
from ..contract import option


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose about the page."""

    accent: str = option("", "One colour for all sections, as dark or light as text needs it", metavar="COLOR")
    theme: str = option(
        "auto",
        "Light, dark, high contrast or set as a book, or as each reader's device prefers",
        choices=("auto", *THEMES),
    )
    notes: bool = option(True, "Show the author's notes")
    dates: bool = option(True, "Plan in the page: when each item is due, what is up this week, when it ends")
    key: str = option("", "Under which name the ticks are kept; by default one made from the title", metavar="NAME")
    card: str = option("", "The file of the share card, which the page then names", hidden=True)
    lazy_from: int = option(
        20_000, "From how many nodes on a section's rows are built when it is opened", minimum=0, hidden=True
    )
