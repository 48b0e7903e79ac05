"""The PDF of a map: its pages, their tags, links and bookmarks."""

from __future__ import annotations

from typing import NamedTuple

from ....core import text, theme
from ....core.locale.words import words_for
from ....core.snapshot import Snapshot
from ...pdfwriter import metadata
from ...pdfwriter.document import PdfWriter
from ...pdfwriter.fonts import Fonts
from ...pdfwriter.outline import Bookmark, write_bookmarks
from ...pdfwriter.shapes import rectangle, rgb
from ...pdfwriter.strings import text_string, uri_string
from ...pdfwriter.structure_tree import StructElem, StructTree
from ...typeset import TextLine
from ...typeset.missing_glyphs import missing_notice
from ..layout.columns import COLUMNS
from ..layout.names import NEEDS
from ..layout.page_fit import HEAD, AtlasPage, PageFit, tight
from ..layout.page_node import PageNode
from ..nodes.tree import MapNode
from ..options import Options
from .accessibility import ContentStream, StructElements, places
from .endnotes import TruncatedLabel, set_notes
from .painter import Area, PdfPainter, set_plain, short
from .paper_sizes import PaperSize

_HEAD_SIZE = 8.0
_NOTE_SIZE = 8.0
_NOTE_LEADING = 1.4
_HANGING = (COLUMNS, "down", "outline", NEEDS)
"""Layouts that begin at the top of a page."""


class MapDestination(NamedTuple):
    """Where a node stands: its page and the upper left corner on it, in points with y upwards."""

    page: int
    x: float
    y: float


class PdfResult(NamedTuple):
    """A PDF and what there is to say about it."""

    data: bytes
    notices: tuple[str, ...]
    unit: int = 1
    """Points in a unit of its pages."""


def colors_of(options: Options) -> theme.Palette:
    """Return the colours of a map on paper, which is light where the reader's screen would decide."""
    look = "light" if options.theme == "auto" or options.ink_saver else options.theme
    return theme.palette(look, options.accent)


class MapPdf:
    """A PDF in the making: pages of maps, linked with each other."""

    def __init__(
        self,
        snapshot: Snapshot,
        own: PaperSize,
        colors: theme.Palette,
        *,
        ink_saver: bool,
        needs: bool = False,
        least: float = 0.0,
    ) -> None:
        self.snapshot = snapshot
        self.sheet = own
        self.least = least
        self.words = words_for(snapshot.roadmap.language, "mindmap")
        self.document = PdfWriter()
        self.root = StructElem("Document", None)
        self.tree = StructTree(self.document, self.root)
        self.fonts = Fonts()
        self.painter = PdfPainter(self.fonts, colors, ink_saver=ink_saver, needs=needs)
        self.colors = colors
        self.title = text.plain(snapshot.roadmap.title)
        self.spots: dict[str, MapDestination] = {}
        """Where each node stands with what is below it."""
        self.stubs: dict[str, MapDestination] = {}
        """Where a node stands whose own page is another."""
        self.topics: dict[str, MapNode] = {}
        """Sections and topics in reading order, for the bookmarks."""

    def add_parts(self, parts: list[AtlasPage], *, cuts: tuple[TruncatedLabel, ...] = (), heads: bool = True) -> None:
        """Draw one page for each part, then the full text of labels that were cut."""
        notes = self._set_notes(cuts)
        self.document.page_numbers += [self.document.reserve() for _ in range(len(parts) + len(notes))]
        frames = [self._frame(part.fit, heads=heads) for part in parts]
        for index, (part, frame) in enumerate(zip(parts, frames, strict=True)):
            self._note_spots(index, part, frame)
        totals: dict[str, int] = {}
        for part in parts:
            totals[part.key] = max(totals.get(part.key, 0), part.number)
        for index, (part, frame) in enumerate(zip(parts, frames, strict=True)):
            self._page(index, part, frame, totals[part.key], len(parts), heads=heads)
        for index, lines in enumerate(notes, len(parts)):
            self._notes_page(index, lines)

    def _frame(self, found: PageFit, *, heads: bool) -> tuple[float, float]:
        """Return where the map's lower left corner lies on the page."""
        width, height = tight(found.extent)
        inset = (found.extent.width - width) / 2 * found.scale
        own = self.sheet
        room = own.inner_height - (HEAD if heads else 0.0)
        x = own.margin + (own.inner_width - width * found.scale) / 2 - inset
        free = room - height * found.scale
        below = free if heads and found.layout in _HANGING else free / 2
        y = own.margin + below - inset
        return x, y

    def _note_spots(self, index: int, part: AtlasPage, frame: tuple[float, float]) -> None:
        scale, extent = part.fit.scale, part.fit.extent
        for topic in part.fit.root.walk():
            x = frame[0] + (topic.x - topic.width / 2) * scale
            y = frame[1] + (extent.height - topic.y + topic.height / 2) * scale
            self.spot(topic, MapDestination(index, x, y))

    def spot(self, topic: MapNode, spot: MapDestination) -> None:
        """Note where a node stands."""
        if topic.node is not None and topic.depth <= 2:
            self.topics.setdefault(topic.key, topic)
        stub = isinstance(topic, PageNode) and topic.elsewhere
        (self.stubs if stub else self.spots).setdefault(topic.key, spot)

    def _page(
        self, index: int, part: AtlasPage, frame: tuple[float, float], total: int, pages: int, *, heads: bool
    ) -> None:
        scale = part.fit.scale
        out = self.content(index)
        owner = StructElem("Sect", self.root)
        links = self._head(index, part, total, pages, out, owner) if heads else []
        placed = places(part.fit.root, owner, self.words, heading="H2" if index else "H1")
        back = self._way_back(index, part, frame, placed)
        references = {
            topic.key: self.words.say("on_page", n=self.spots[topic.key].page + 1) if topic.key in self.spots else "…"
            for topic in part.fit.root.walk()
            if isinstance(topic, PageNode) and topic.elsewhere
        }
        out.mark(None)
        out.append(f"q {scale:.5f} 0 0 {scale:.5f} {frame[0]:.2f} {frame[1]:.2f} cm")
        areas = self.painter.tree(part.fit.root, part.fit.extent, part.fit.layout, out, placed, references=references)
        out.mark(None)
        out.append("Q")
        links += [self.link(index, _moved(area, frame, scale)) for area in areas]
        links += back
        self.draw(out, links)

    def content(self, index: int) -> ContentStream:
        """Begin the content of a page, counted from 0."""
        out = ContentStream(self.tree, index)
        if self.sheet.unit > 1:  # ISO 32000-1, 8.3.2.3: the content too is in units
            out.append(f"{1 / self.sheet.unit:.6f} 0 0 {1 / self.sheet.unit:.6f} 0 0 cm")
        return out

    def draw(self, out: ContentStream, links: list[int]) -> None:
        """Draw the next page; `links` are object numbers, 0 for none."""
        out.close()
        entries = {"Tabs": b"/S"}
        if out.tagged:
            entries["StructParents"] = b"%d" % out.page
        if numbers := b" ".join(b"%d 0 R" % number for number in links if number):
            entries["Annots"] = b"[%s]" % numbers
        if self.sheet.unit > 1:
            entries["UserUnit"] = b"%d" % self.sheet.unit
        size = (self.sheet.width / self.sheet.unit, self.sheet.height / self.sheet.unit)
        if self.colors.is_dark:
            out.operators.insert(0, f"/Artifact BMC {rectangle(*size, rgb(self.colors.ground))} EMC")
        self.document.page(size, "\n".join(out.operators), entries)

    def _set_notes(self, cuts: tuple[TruncatedLabel, ...]) -> list[list[TextLine | None]]:
        """Return the lines of each page with the full text of labels that were cut."""
        own = self.sheet
        size = max(_NOTE_SIZE, self.least)
        lines = list(set_notes(cuts, own.inner_width, size))
        most = max(1, int(own.inner_height / (size * _NOTE_LEADING)))
        return [lines[start : start + most] for start in range(0, len(lines), most)]

    def _notes_page(self, index: int, lines: list[TextLine | None]) -> None:
        own = self.sheet
        size = max(_NOTE_SIZE, self.least)
        out = self.content(index)
        owner = StructElem("Sect", self.root)
        tag = StructElem("P", owner)
        y = own.height - own.margin
        for line in lines:
            y -= size * _NOTE_LEADING
            if line is None:
                tag = StructElem("P", owner)
                continue
            out.mark(tag)
            for segment in line.segments:
                x = own.margin + segment.x * size
                out.append(self.painter.words(segment.words, segment.style, size, rgb(self.colors.ink), x, y))
        self.draw(out, [])

    def title_for(self, room: float, size: float) -> str:
        """Return the roadmap's title, cut where it must be to a room and size in points."""
        return short(self.title, "semibold", size, room)

    def _way_back(
        self, index: int, part: AtlasPage, frame: tuple[float, float], placed: dict[str, StructElements]
    ) -> list[int]:
        """Return the link from a page's root to where it came from; the root's text becomes the link's."""
        root = part.fit.root
        stub = self.stubs.get(root.key)
        if stub is None or stub.page == index:
            return []
        left, low = root.x - root.width / 2, part.fit.extent.height - root.y - root.height / 2
        tag = StructElem("Link", placed[root.key].text)
        placed[root.key] = StructElements(None, tag)
        says = self.words.say("back", title=self.title)
        area = Area(left, low, root.width, root.height, "", "", tag, says)
        return [self.link(index, _moved(area, frame, part.fit.scale), stub)]

    def _head(
        self, index: int, part: AtlasPage, total: int, pages: int, out: ContentStream, owner: StructElem
    ) -> list[int]:
        """Draw the page's head: the way to it, and its number."""
        own = self.sheet
        size = max(_HEAD_SIZE, self.least)
        y = own.height - own.margin - size
        muted = rgb(self.colors.muted)
        out.mark(None, "Header")
        number = self.words.say("of", n=index + 1, total=pages)
        wide = set_plain(number, "figures").width * size
        out.append(self.painter.plain(number, "figures", size, muted, own.width - own.margin - wide, y))
        out.append(
            f"{rgb(self.colors.rule)} RG .5 w "
            f"{own.margin:.2f} {y - 5:.2f} m {own.width - own.margin:.2f} {y - 5:.2f} l S"
        )
        room = own.inner_width - wide - 24
        node = part.fit.root.node
        head = short(self.title, "medium", size, room / 2 if node else room)
        end = set_plain(head, "medium").width * size
        links: list[int] = []
        if index:
            says = self.words.say("to", title=self.title)
            tag = StructElem("Link", owner, b"/Alt%s" % text_string(says))
            links.append(
                self.link(
                    index, Area(own.margin, y - 3, end, size + 5, "", "", tag, says), MapDestination(0, 0, own.height)
                )
            )
        out.append(self.painter.plain(head, "medium", size, rgb(self.colors.ink), own.margin, y))
        if node is not None:
            said = f"›\u2002{node.number} {text.plain(node.title)}"
            if total > 1:
                said += f" ({self.words.say('of', n=part.number, total=total)})"
            color = muted if self.painter.saver else rgb(self.painter.strong(part.fit.root.branch))
            said = short(said, "regular", size, room - end)
            out.append(self.painter.plain(said, "regular", size, color, own.margin + end + 6, y))
        out.close()
        return links

    def link(self, index: int, area: Area, spot: MapDestination | None = None) -> int:
        """Return the object number of a link; 0 when it leads nowhere."""
        if area.key:
            spot = self.spots.get(area.key)
        if area.url:
            goal = b"/A<</S/URI/URI%s>>" % uri_string(area.url)
        elif spot is not None:
            goal = b"/Dest%s" % self.destination(spot)
        else:
            return 0
        sides = [length / self.sheet.unit for length in (area.x, area.y, area.x + area.width, area.y + area.height)]
        rectangle = b"%.2f %.2f %.2f %.2f" % (sides[0], sides[1], sides[2], sides[3])
        return self.tree.annotation(
            area.tag,
            b"/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/P %d 0 R%s/Contents%s"
            % (rectangle, self.document.page_numbers[index], goal, text_string(area.says)),
        )

    def destination(self, spot: MapDestination) -> bytes:
        """Return a place as an explicit destination."""
        return b"[%d 0 R/XYZ 0 %.1f null]" % (
            self.document.page_numbers[spot.page],
            min(spot.y + 20, self.sheet.height) / self.sheet.unit,
        )

    def finished(self, notices: tuple[str, ...]) -> PdfResult:
        """Write what belongs to the whole: bookmarks, fonts, metadata."""
        document, catalog = self.document, self.document.catalog
        catalog["StructTreeRoot"] = b"%d 0 R" % self.tree.write()
        catalog["MarkInfo"] = b"<</Marked true>>"
        xmp = metadata.metadata(self.snapshot)
        catalog["Metadata"] = b"%d 0 R" % document.stream(xmp, b"/Type/Metadata/Subtype/XML", level=0)
        catalog["Lang"] = text_string(self.snapshot.roadmap.language)
        catalog["ViewerPreferences"] = b"<</DisplayDocTitle true>>"
        if root := self._outline():
            document.outline_root = b"%d 0 R" % root
            catalog["PageMode"] = b"/UseOutlines"
        document.fonts(self.fonts.write(document))
        data = document.data(metadata.info(self.snapshot))
        return PdfResult(data, (*notices, *missing_notice(self.fonts.missing)), self.sheet.unit)

    def _outline(self) -> int:
        """Write bookmarks for sections and topics; return the root's number."""
        below: dict[str, list[Bookmark]] = {}
        for topic in sorted(self.topics.values(), key=lambda topic: -topic.depth):
            assert topic.node is not None
            spot = self.spots.get(topic.key) or self.stubs[topic.key]
            parent = topic.node.number.rpartition(".")[0]
            title = f"{topic.node.number} {text.plain(topic.node.title)}"
            mine = Bookmark(title, self.destination(spot), below.get(topic.node.number, ()))
            below.setdefault(parent, []).append(mine)
        return write_bookmarks(self.document, below.get("", ()))


def _moved(area: Area, frame: tuple[float, float], scale: float) -> Area:
    return area._replace(
        x=frame[0] + area.x * scale, y=frame[1] + area.y * scale, width=area.width * scale, height=area.height * scale
    )
