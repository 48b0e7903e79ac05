"""A poster: the map over several sheets, to be cut at the marks, laid over each other and glued."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ....core.snapshot import Snapshot
from ....core.theme import Palette
from ...pdfwriter.page_sizes import MM
from ...pdfwriter.shapes import rgb
from ...pdfwriter.structure_tree import StructElem
from ...typeset import Run, wrap
from ..layout.columns import COLUMNS, bends, in_columns
from ..layout.curves import Curve
from ..layout.layouts import Extent
from ..layout.names import NEEDS
from ..layout.page_fit import WHOLE, PageFit, cut_at, tight
from ..nodes.prerequisites import PrerequisiteArrow, arrows
from ..nodes.tree import MapNode
from ..options import Options
from .accessibility import LIST, StructElements, places
from .map_pdf import MapDestination, MapPdf, PdfResult, colors_of
from .painter import Area, set_plain
from .paper_sizes import PaperSize

OVERLAP = 10 * MM
"""What neighbouring sheets share; they are cut in its middle."""
FOOT = 16.0
"""Points below the map for the sheet's label."""
_TICK = 12.0
_LONG = 2.5
"""Times the shorter side: the longest that is laid out as it was asked for."""


class Grid(NamedTuple):
    """How a map is spread."""

    sheet: PaperSize
    columns: int
    rows: int
    scale: float

    @property
    def tile(self) -> tuple[float, float]:
        """Width and height of the map's part on one sheet, in points of paper."""
        return _tile(self.sheet)

    def window(self, column: int, row: int) -> tuple[float, float]:
        """Return the left and top of a sheet's part, in points from the joined map's upper left corner."""
        width, height = self.tile
        return column * (width - OVERLAP), row * (height - OVERLAP)

    @property
    def joined(self) -> tuple[float, float]:
        """Width and height of all sheets' parts together, in points."""
        left, top = self.window(self.columns - 1, self.rows - 1)
        return left + self.tile[0], top + self.tile[1]


def _tile(own: PaperSize) -> tuple[float, float]:
    return own.inner_width, own.inner_height - FOOT


def spread(size: Extent, sheets: list[PaperSize], least: float) -> Grid:
    """Return the grid with the fewest sheets whose text is large enough, then as large as they hold."""
    grids = []
    for own in sheets:
        width, height = (length - OVERLAP for length in _tile(own))
        columns = max(1, math.ceil((size.width * least - OVERLAP) / width - 1e-9))
        rows = max(1, math.ceil((size.height * least - OVERLAP) / height - 1e-9))
        scale = min((columns * width + OVERLAP) / size.width, (rows * height + OVERLAP) / size.height)
        grids.append(Grid(own, columns, rows, scale))
    return min(grids, key=lambda grid: (grid.columns * grid.rows, -grid.scale))


def name(column: int, row: int) -> str:
    """Return a sheet's name: columns by letter as in a spreadsheet, rows by number."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def poster(
    root: MapNode, extent: Extent, snapshot: Snapshot, options: Options, sheets: list[PaperSize], least: float
) -> PdfResult:
    """Return a key page and one page a sheet."""
    found, grid, turned = _spread_best(root, extent, options.layout, sheets, least)
    own = grid.sheet
    book = MapPdf(
        snapshot, own, colors_of(options), ink_saver=options.ink_saver, needs=options.needs, least=options.min_font
    )
    tiles = [(column, row) for row in range(grid.rows) for column in range(grid.columns)]
    book.document.page_numbers += [book.document.reserve() for _ in range(len(tiles) + 1)]
    _spots(book, found, grid)
    _key(book, found, grid, tiles)
    placed = places(found.root, StructElem("Sect", book.root), book.words, heading="H2")
    for place in placed.values():  # the map is read as one, in its own order, whatever sheet things stand on
        for tag in filter(None, place):
            book.tree.enter(tag)
    shown = _by_sheet(found, grid, needs=options.needs)
    for index, (column, row) in enumerate(tiles, 1):
        _tile_page(book, found, grid, shown.get((column, row), _Shown([], [], [])), placed, index, column, row)
    width, height = (length / MM / 10 for length in grid.joined)
    count = grid.columns * grid.rows
    notice = (
        f"A poster of {grid.columns} × {grid.rows} {own.name} sheets, {width:.0f} × {height:.0f} cm when joined, and a "
        "key page. Print at 100 %."
        if count > 1
        else f"The map fits one {own.name} sheet. A larger --min-font makes a larger poster."
    )
    return book.finished((notice + turned,))


def _spread_best(
    root: MapNode, extent: Extent, layout: str, sheets: list[PaperSize], least: float
) -> tuple[PageFit, Grid, str]:
    """Return the map and how it is spread; one too long for a wall stands in columns, of which the text speaks."""
    size = tight(extent)
    grid = spread(size, sheets, least)
    if layout == NEEDS or max(size) < _LONG * min(size):
        return PageFit(root, extent, layout, grid.scale), grid, ""
    plans = []
    for shape in (math.sqrt(2), math.sqrt(0.5)):
        copy = cut_at(root, WHOLE)
        own = in_columns(copy, shape)
        plans.append((copy, own, spread(tight(own), sheets, least)))
    copy, own, best = min(plans, key=lambda plan: (plan[2].columns * plan[2].rows, -plan[2].scale))
    if max(best.joined) > 0.8 * max(grid.joined):
        return PageFit(root, extent, layout, grid.scale), grid, ""
    width, height = (length / MM / 10 for length in grid.joined)
    return (
        PageFit(copy, own, COLUMNS, best.scale),
        best,
        f" In columns, for {layout} it would be {width:.0f} × {height:.0f} cm.",
    )


def _offset(found: PageFit) -> float:
    """Return how far the drawing begins inside its extent, in points of the map."""
    return (found.extent.width - tight(found.extent).width) / 2


def _centred(found: PageFit, grid: Grid) -> tuple[float, float]:
    """Return where the tight map begins in the joined sheets, from their upper left corner."""
    size = tight(found.extent)
    width, height = grid.joined
    return (width - size.width * grid.scale) / 2, (height - size.height * grid.scale) / 2


def _spots(book: MapPdf, found: PageFit, grid: Grid) -> None:
    """Note on which sheet each node stands, for bookmarks."""
    left, top = _centred(found, grid)
    inset = _offset(found)
    width, height = grid.tile
    for topic in found.root.walk():
        x = left + (topic.x - inset) * grid.scale
        y = top + (topic.y - topic.height / 2 - inset) * grid.scale
        column = min(grid.columns - 1, max(0, int((x - OVERLAP / 2) / (width - OVERLAP))))
        row = min(grid.rows - 1, max(0, int((y - OVERLAP / 2) / (height - OVERLAP))))
        page_y = book.sheet.height - book.sheet.margin - (y - grid.window(column, row)[1])
        book.spot(topic, MapDestination(1 + row * grid.columns + column, book.sheet.margin, page_y))


class _Shown(NamedTuple):
    """What one sheet shows a part of."""

    branches: list[tuple[MapNode, Curve]]
    needs: list[PrerequisiteArrow]
    topics: list[MapNode]


def _by_sheet(found: PageFit, grid: Grid, *, needs: bool) -> dict[tuple[int, int], _Shown]:
    """Return what each sheet shows, by column and row: each thing is looked at once, however many sheets there are."""
    result: dict[tuple[int, int], _Shown] = {}
    for topic in found.root.walk():
        reach = math.hypot(topic.width, topic.height) / 2 if topic.angle else 0.0
        half_width, half_height = reach or topic.width / 2, reach or topic.height / 2
        corners = ((topic.x - half_width, topic.y - half_height), (topic.x + half_width, topic.y + half_height))
        for place in _sheets_of(corners, found, grid):
            result.setdefault(place, _Shown([], [], [])).topics.append(topic)
        for child in topic.children:
            for bend in bends(topic, child, found.layout, top=topic is found.root):
                for place in _sheets_of(bend.outline(), found, grid):
                    result.setdefault(place, _Shown([], [], [])).branches.append((child, bend))
    for need in arrows(found.root) if needs else ():
        for place in _sheets_of(need.path, found, grid):
            result.setdefault(place, _Shown([], [], [])).needs.append(need)
    return result


def _sheets_of(points: Sequence[tuple[float, float]], found: PageFit, grid: Grid) -> list[tuple[int, int]]:
    """Return the sheets that the bounding box of points of the map meets."""
    left, top = _centred(found, grid)
    inset = _offset(found)
    ranges = []
    for axis, start, length, count in ((0, left, grid.tile[0], grid.columns), (1, top, grid.tile[1], grid.rows)):
        along = [start + (point[axis] - inset) * grid.scale for point in points]
        step = length - OVERLAP
        first = max(0, math.ceil((min(along) - length) / step))
        last = min(count - 1, math.floor(max(along) / step))
        ranges.append(range(first, last + 1))
    return [(column, row) for row in ranges[1] for column in ranges[0]]


def _tile_page(
    book: MapPdf,
    found: PageFit,
    grid: Grid,
    shown: _Shown,
    placed: Mapping[str, StructElements],
    index: int,
    column: int,
    row: int,
) -> None:
    own, scale = grid.sheet, grid.scale
    width, height = grid.tile
    window_left, window_top = grid.window(column, row)
    left, top = _centred(found, grid)
    inset = _offset(found) * scale
    x = own.margin + left - window_left - inset
    y = own.height - own.margin - (top - window_top) + inset - found.extent.height * scale
    low = own.margin + FOOT
    out = book.content(index)
    out.mark(None)
    out.append(f"q {own.margin:.2f} {low:.2f} {width:.2f} {height:.2f} re W n")
    out.append(f"{scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm")
    out.append(*(book.painter.branch(child, bend, found.extent) for child, bend in shown.branches))
    out.append(*(book.painter.arrow(need, found.extent) for need in shown.needs))
    areas: list[Area] = []
    for topic in shown.topics:
        home = _sheets_of([(topic.x, topic.y)], found, grid)[0] == (column, row)
        book.painter.node(topic, found.extent, out, areas, placed[topic.key] if home else None)
    out.mark(None)
    out.append("Q", *_cut_marks(grid, column, row, book.colors))
    out.mark(None, "Footer")
    muted = rgb(book.colors.muted)
    said = book.words.say("place", column=column + 1, columns=grid.columns, row=row + 1, rows=grid.rows)
    label = name(column, row)
    size = max(8.0, book.least)
    out.append(book.painter.plain(label, "semibold", size + 2, rgb(book.colors.ink), own.margin, own.margin))
    after = own.margin + set_plain(label, "semibold").width * (size + 2) + 8
    out.append(book.painter.plain(said, "figures", size, muted, after, own.margin))
    links = [
        book.link(
            index,
            area._replace(
                x=x + area.x * scale, y=y + area.y * scale, width=area.width * scale, height=area.height * scale
            ),
        )
        for area in areas
    ]
    book.draw(out, links)


def _cut_marks(grid: Grid, column: int, row: int, colors: Palette) -> list[str]:
    """Return short lines at the edges where a sheet is cut: in the middle of what it shares with its neighbours."""
    own = grid.sheet
    width, height = grid.tile
    left, right, low = own.margin, own.margin + width, own.margin + FOOT
    top = low + height
    marks = []
    if column:
        x = left + OVERLAP / 2
        marks += [(x, top, x, top - _TICK), (x, low, x, low + _TICK)]
    if row:
        y = top - OVERLAP / 2
        marks += [(left, y, left + _TICK, y), (right, y, right - _TICK, y)]
    drawn = " ".join(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l" for x0, y0, x1, y1 in marks)
    frame = f"q {rgb(colors.rule)} RG .4 w [1 3] 0 d {left:.2f} {low:.2f} {width:.2f} {height:.2f} re S Q"
    return [frame, f"{rgb(colors.ink)} RG .6 w {drawn} S"] if marks else [frame]


def _key(book: MapPdf, found: PageFit, grid: Grid, tiles: list[tuple[int, int]]) -> None:
    """Draw the key page: the whole map small and without text, the sheets over it, and how to join them."""
    own = grid.sheet
    ink, muted = rgb(book.colors.ink), rgb(book.colors.muted)
    owner = StructElem("Sect", book.root)
    out = book.content(0)
    y = own.height - own.margin - 16
    out.mark(StructElem("H1", owner))
    out.append(book.painter.plain(book.title_for(own.inner_width, 16.0), "semibold", 16.0, ink, own.margin, y))
    width, height = (f"{length / MM / 10:.0f}" for length in grid.joined)
    said = book.words.say("joined", columns=grid.columns, rows=grid.rows, paper=own.name, width=width, height=height)
    body = max(9.0, book.least)
    paragraph = StructElem("P", owner)
    for text in (said, book.words["print"], book.words["glue"]):
        for line in wrap([Run(text)], own.inner_width / body):
            y -= body * 1.45
            out.mark(paragraph)
            for segment in line.segments:
                x = own.margin + segment.x * body
                out.append(book.painter.words(segment.words, segment.style, body, muted, x, y))
    y -= 14
    joined_width, joined_height = grid.joined
    small = min(own.inner_width / joined_width, (y - own.margin) / joined_height)
    begin = own.margin + (own.inner_width - joined_width * small) / 2
    left, top = _centred(found, grid)
    inset = _offset(found) * grid.scale
    scale = small * grid.scale
    map_x = begin + (left - inset) * small
    map_y = y - (top - inset) * small - found.extent.height * scale
    out.mark(None)
    out.append(f"q {scale:.5f} 0 0 {scale:.5f} {map_x:.2f} {map_y:.2f} cm")
    book.painter.tree(found.root, found.extent, found.layout, out, None)
    out.append("Q")
    sheets = StructElem("L", owner, LIST)
    links = []
    for index, (column, row) in enumerate(tiles, 1):
        window_left, window_top = grid.window(column, row)
        wide, high = (length * small for length in grid.tile)
        x, low = begin + window_left * small, y - window_top * small - high
        out.mark(None)
        out.append(f"{muted} RG .6 w {x:.2f} {low:.2f} {wide:.2f} {high:.2f} re S")
        label = name(column, row)
        size = max(book.least, min(22.0, high * 0.25, wide * 0.25))
        label_width = set_plain(label, "semibold").width * size
        middle = (x + wide / 2 - label_width / 2, low + high / 2 - size * 0.35)
        out.append(
            f"q 1 1 1 rg {middle[0] - size * 0.3:.2f} {middle[1] - size * 0.3:.2f} "
            f"{label_width + size * 0.6:.2f} {size * 1.3:.2f} re f Q"
        )
        tag = StructElem("Link", StructElem("LBody", StructElem("LI", sheets)))
        out.mark(tag)
        out.append(book.painter.plain(label, "semibold", size, ink, *middle))
        says = book.words.say("sheet", name=label)
        links.append(book.link(0, Area(x, low, wide, high, "", "", tag, says), MapDestination(index, 0.0, own.height)))
    book.draw(out, links)
