"""What one may choose about the map."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.theme import THEMES
from ..contract import option
from .layout.names import ENGINES, NEEDS, TREES

LAYOUTS = (*TREES, NEEDS)
FORMATS = ("svg", "pdf", "png", "dot", "html")


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose about the map."""

    layout: str = option(
        "two-sided", "How the branches run; needs draws what comes before what instead of the tree", choices=LAYOUTS
    )
    engine: str = option(
        "roadpress", "Who places the tree: roadpress by its layout, or Graphviz", choices=("roadpress", *ENGINES)
    )
    format: tuple[str, ...] = option(
        (), "What to write, by default svg, and pdf when an option is about paper; repeatable", choices=FORMATS
    )
    depth: int = option(0, "Show so many levels below the title; 0 shows all", minimum=0, maximum=100)
    notes: bool = option(False, "Print notes in the map, not only as tooltips")
    dates: bool = option(True, "Print until when by the plan, and the day of what this week holds")
    needs: bool = option(False, "Draw what comes before what as dashed arrows")
    paper: str = option(
        "", "Paper of the PDF: a5 to a0, letter, legal, tabloid, 300x200mm, or fit; by default a4", metavar="SIZE"
    )
    landscape: bool | None = option(None, "Turn the paper; without either, the way that suits the map")
    margin: float = option(10.0, "Margin of the paper in mm", minimum=0, maximum=100, metavar="MM")
    min_font: float = option(
        7.0, "Text on paper is never smaller than so many points", minimum=4, maximum=72, metavar="PT"
    )
    poster: bool = option(False, "Spread the map over several sheets, to be joined")
    ink_saver: bool = option(False, "No filled areas on paper, greys only")
    dpi: int = option(144, "Dots per inch of a PNG", minimum=18, maximum=1200)
    interactive: bool = option(False, "One HTML file to pan, zoom, fold and search in: --format html")
    theme: str = option(
        "auto",
        "Light, dark, high contrast or set as a book, or as each reader's screen prefers",
        choices=("auto", *THEMES),
    )
    accent: str = option("", "One colour for all branches, as dark or light as text needs it", metavar="COLOR")
