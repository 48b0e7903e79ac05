"""The map on paper: one page when its text stays readable, else an atlas or a poster; as vector PDF with our fonts."""

from __future__ import annotations

from ....core.errors import UsageError
from ....core.snapshot import Snapshot
from ..layout.layouts import Extent
from ..layout.names import BY_GRAPHVIZ, ENGINES, NEEDS, TREES
from ..layout.needs_pages import needs_pages
from ..layout.page_fit import (
    HEAD,
    WHOLE,
    AtlasPage,
    PageArea,
    PageFit,
    TooSmallError,
    atlas,
    cut_at,
    fit,
    placed,
    text_sizes,
)
from ..layout.page_node import REFERENCE_SIZE
from ..nodes.tree import MapNode
from ..options import Options
from .endnotes import shorten
from .map_pdf import MapPdf, PdfResult, colors_of
from .paper_sizes import FIT, PaperSize, sheet

_WALL = 6.0
"""A single page is never enlarged by more."""
_ATLAS_SCALE = 1.25


def printed(root: MapNode, extent: Extent, snapshot: Snapshot, options: Options) -> PdfResult:
    """Return the map on the paper asked for; `root` is laid out, and stays so.

    Raises UsageError for paper that does not exist.
    """
    name = options.paper or "a4"
    if name.strip().lower() == FIT:
        if options.poster:
            raise UsageError(
                "A poster's sheets have a size of their own.",
                remedy="Take `--paper a4`, or `--paper fit` without `--poster`.",
            )
        own = PaperSize("the map's own size", extent.width, extent.height, 0.0)
        return _single(PageFit(root, extent, options.layout, 1.0), own, snapshot, options)
    paper = sheet(name, options.margin)
    sizes = text_sizes(root)
    turns = (True, False) if options.landscape is None else (options.landscape,)
    sheets = [paper.turned(landscape=turn) for turn in turns]
    if options.poster:
        from .poster import poster

        return poster(root, extent, snapshot, options, sheets, options.min_font / min(sizes.values()))
    rooms = [(own, _room(own, sizes, options, _WALL)) for own in sheets]
    singles = [(found, own) for own, room in rooms if (found := _whole(root, extent, room, options))]
    if singles:
        return _single(*max(singles, key=lambda pair: pair[0].scale), snapshot, options)
    narrow = min(min(own.inner_width, own.inner_height - HEAD) for own in sheets)
    low = min(own.inner_height - HEAD for own in sheets)
    least = {key: options.min_font / min(size, REFERENCE_SIZE) for key, size in sizes.items()}
    whole = root
    root = cut_at(root, WHOLE)  # a copy, for labels may be cut
    cuts = shorten(root, snapshot, width=narrow, height=low, least=least, notes=options.notes)
    sizes = text_sizes(root)
    parts, own = _fewest(root, sheets, sizes, options)
    book = MapPdf(
        snapshot, own, colors_of(options), ink_saver=options.ink_saver, needs=options.needs, least=options.min_font
    )
    book.add_parts(parts, cuts=cuts)
    holding = _holding(whole, extent, own, options)
    larger = f", --paper {holding} holds it on one page" if holding else ""
    largest = max(extent.width, extent.height)
    shrunk = min(max(own.inner_width, own.inner_height) / largest, 1) * min(sizes.values())
    notice = (
        f"One {own.name} page would need text of about {shrunk:.1f} pt, less than --min-font {options.min_font:g}: "
        f"made an atlas of {len(parts)} pages instead{_unplaced(options)}. --poster makes a poster of tiles{larger}."
    )
    notices = [notice]
    if cuts:
        nodes = "1 label was" if len(cuts) == 1 else f"{len(cuts)} labels were"
        notices.append(f"{nodes} too long for a page: cut on the map, in full on the last pages.")
    return book.finished(tuple(notices))


def _unplaced(options: Options) -> str:
    return f", {TREES[0]}, for {options.layout} places whole maps only" if options.layout in ENGINES else ""


def _whole(root: MapNode, extent: Extent, room: PageArea, options: Options) -> PageFit | None:
    """Return the whole map for a sheet, if it fits; what Graphviz placed stays as it is."""
    if options.layout in BY_GRAPHVIZ:
        return placed(root, extent, room, options.layout)
    return fit(cut_at(root, WHOLE), room, options.layout)


def _holding(root: MapNode, extent: Extent, own: PaperSize, options: Options) -> str:
    """Return the smallest of the A sizes larger than a sheet that holds the whole map, or nothing."""
    sizes = text_sizes(root)
    for name in ("a3", "a2", "a1", "a0"):
        larger = sheet(name, options.margin)
        if larger.width * larger.height > own.width * own.height * 1.1 and any(
            _whole(root, extent, _room(larger.turned(landscape=turn), sizes, options, _WALL), options)
            for turn in (True, False)
        ):
            return name
    return ""


def _room(own: PaperSize, sizes: dict[str, float], options: Options, most: float) -> PageArea:
    return PageArea(own.inner_width, own.inner_height - HEAD, options.min_font, most, sizes, _seen(own))


def _seen(own: PaperSize) -> float:
    """Return how far away one stands from a sheet, where A4 or smaller is 1."""
    return max(1.0, min(own.width, own.height) / 595)


def _fewest(
    root: MapNode, sheets: list[PaperSize], sizes: dict[str, float], options: Options
) -> tuple[list[AtlasPage], PaperSize]:
    """Return the atlas with the fewest pages, and the sheet it is for."""
    plans: list[tuple[list[AtlasPage], PaperSize]] = []
    for own in sheets:
        try:
            plans.append((_pages(root, _room(own, sizes, options, _ATLAS_SCALE * _seen(own)), options), own))
        except TooSmallError:
            continue
        if options.layout == NEEDS:
            break  # ranks run across: the first, which lies, suits them
    if not plans:
        raise UsageError(
            f"{sheets[0].name} is too small for text of {options.min_font:g} pt.",
            remedy="Choose larger --paper or a smaller --min-font.",
        )
    return min(plans, key=lambda plan: len(plan[0]))


def _pages(root: MapNode, room: PageArea, options: Options) -> list[AtlasPage]:
    if options.layout == NEEDS:
        return list(needs_pages(root, room))
    return list(atlas(root, room, TREES[0] if options.layout in ENGINES else options.layout))


def _single(found: PageFit, own: PaperSize, snapshot: Snapshot, options: Options) -> PdfResult:
    book = MapPdf(snapshot, own, colors_of(options), ink_saver=options.ink_saver, needs=options.needs)
    book.add_parts([AtlasPage(found, found.root.key, 1)], heads=False)
    return book.finished(())
