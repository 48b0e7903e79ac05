"""What one may choose."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.theme import THEMES
from ..contract import option


@dataclass(frozen=True)
class Options:
    """Options of the PDF."""

    paper: str = option("a4", "Size of the paper.", choices=("a4", "letter", "a5", "a6"))
    landscape: bool = option(False, "Turn the paper; text then runs in two columns.")
    theme: str = option(
        "light", "dark is for a screen, contrast for eyes that need it, serif for a book.", choices=THEMES
    )
    accent: str = option("", "One colour for all sections, as dark or light as text needs it.", metavar="COLOR")
    ink_saver: bool = option(False, "Greys and outlines only, no filled areas.")
    two_up: bool = option(False, "A plain checklist in two columns: no cover, contents, notes or links.")
    cover: bool = option(True, "Begin with a title page.")
    toc: bool = option(True, "Have a table of contents.")
    notes: bool = option(True, "Print notes, summaries and links.")
    form: bool = option(True, "Boxes that can be ticked on screen.")
