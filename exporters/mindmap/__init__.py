"""The mind map: readable on paper, and on any screen.

The tree is chosen (`tree`), its labels are measured with the fonts we ship (`labels`) and laid out: tidily (`layouts`),
or by Graphviz (`engine`), which places graphs of prerequisites and what `--engine` asks for. Screens (`svg`), pages
(`atlas`, `poster`) and DOT (`dot`) are drawn from the one layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.gc_pause import without_collector
from ...core.snapshot import Snapshot
from ..contract import Export, option
from .layout.names import ENGINES, NEEDS, TREES

SUMMARY = "A mind map: SVG, PDF, PNG, DOT, or a page to fold and search in"
MARKS_NEW = True
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
    theme: str = option("auto", "Light or dark, or as each reader's screen prefers", choices=("auto", "light", "dark"))


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the map in every format asked for; it is laid out once.

    Raises UsageError when there is no such paper, or the poster's is to fit the map.
    """
    from .build import export_formats

    with without_collector():
        return export_formats(snapshot, options)
