"""Drawing: the plan to page operators, annotations and form fields."""

from __future__ import annotations

from functools import lru_cache

from ...core import text as markdown
from ...core.locale.words import Words
from ...core.model import Node
from ...core.snapshot import Snapshot
from ..pdfwriter.document import PdfWriter
from ..pdfwriter.fonts import EncodedWord, Fonts, tj
from ..pdfwriter.shapes import line, rectangle
from ..pdfwriter.strings import text_string, uri_string
from ..pdfwriter.structure_tree import StructElem, StructTree
from ..typeset import Run, Style, Word, width, wrap
from ..typeset.ascii_fast_path import is_plain
from .colors import ColorScheme
from .form_fields import FormFields
from .options import Options
from .page_model import WEEKS, CheckBox, LinkAnnotation, Page, PageModel, PageNumber, Shape, Text, entry_of, mirrored
from .page_size import PageGeometry


class PageRenderer:
    """One file being drawn."""

    def __init__(
        self, plan: PageModel, snapshot: Snapshot, options: Options, paper: PageGeometry, look: ColorScheme
    ) -> None:
        self.plan = plan
        self.snapshot = snapshot
        self.options = options
        self.paper = paper
        self.look = look
        self.document = PdfWriter()
        self.fonts = Fonts()
        self._ways_back: StructElem | None = None
        self._color = ""
        self._font = ("", 0.0)
        """The state of the page's text: fill colour, font and size."""
        self.document.page_numbers = [self.document.reserve() for _ in plan.pages]
        self.tree = StructTree(self.document, plan.root)
        self.boxes = FormFields(snapshot, look, self.tree, _twice(snapshot, options))

    def draw(self, title: str, words: Words) -> None:
        """Draw all pages; at the foot of each stand the title and its number."""
        for index, page in enumerate(self.plan.pages):
            self._page(index, page, title, words)
            page.placed = []  # what is drawn is let go
        if self._ways_back:
            self.tree.move_to_end(self._ways_back)

    def _page(self, index: int, page: Page, title: str, words: Words) -> None:
        out: list[str] = []
        if self.look.dark:
            out.append(f"/Artifact BMC {rectangle(self.paper.width, self.paper.height, self.look.ground)} EMC")
        tags = self.tree.begin_page()
        number = self.document.page_numbers[index]
        annotations: list[int] = []
        self._color, self._font = "", ("", 0.0)
        current: StructElem | None = None
        open_ = False
        for x, y, row in page.placed:
            top = self.paper.height - y
            for mark in row.marks if not self.look.rtl else [mirrored(mark, page.column) for mark in row.marks]:
                kind = type(mark)
                if kind is LinkAnnotation:
                    annotations.append(self._link(mark, x, top, index))  # type: ignore[arg-type]  # kind says it
                    continue
                if kind is CheckBox and self.options.form:
                    annotations.append(self.boxes.field(mark, x, top, number))  # type: ignore[arg-type]  # kind says it
                    continue
                tag = None if kind is Shape else mark.tag  # type: ignore[union-attr]  # all but shapes have one
                if tag is not current or not open_:
                    if open_:
                        out.append("EMC")
                    if tag is None:
                        out.append("/Artifact BMC")
                    else:
                        out.append(f"/{tag.role} <</MCID {len(tags)}>> BDC")
                        self.tree.content(tag, index, len(tags))
                        tags.append(tag)
                    current, open_ = tag, True
                if kind is Text:
                    self._text(mark, x, top, out)  # type: ignore[arg-type]  # kind says it
                elif kind is Shape:
                    out.append(f"q 1 0 0 1 {x + mark.x:.2f} {top - mark.dy:.2f} cm {mark.operators} Q")  # type: ignore[union-attr]  # kind says it
                elif kind is PageNumber:
                    self._number(mark, x, top, out)  # type: ignore[arg-type]  # kind says it
                else:
                    out.append(self.boxes.drawn(mark, x, top))  # type: ignore[arg-type]  # kind says it
        if open_:
            out.append("EMC")
        self._furniture(index, page, title, out)
        if back := self._back(index, page, words["contents"]):
            annotations.append(back)
        if not index and self.options.form and self.snapshot.roadmap.sections:
            annotations.append(self.boxes.about(number))
        entries = {"Tabs": b"/S"}
        if tags:
            entries["StructParents"] = b"%d" % index
        if annotations:
            entries["Annots"] = b"[%s]" % b" ".join(b"%d 0 R" % number for number in annotations)
        self.document.page((self.paper.width, self.paper.height), "\n".join(out), entries)

    def _text(self, mark: Text, x: float, top: float, out: list[str]) -> None:
        font, scale, codes = self.fonts.setting(mark.style)
        start = "BT "
        if mark.color != self._color:  # colour and font stay until they are set anew (ISO 32000-1, 8.4.1)
            self._color = mark.color
            start = f"{mark.color} rg BT "
        if (font, mark.size) != self._font:
            self._font = (font, mark.size)
            start += f"/{font} {mark.size * scale:.2f} Tf "
        start += f"{x + mark.x:.2f} {top - mark.dy:.2f} Td "
        if isinstance(mark.words, str):
            out.append(f"{start}[({codes.encode(mark.words)})]TJ ET")
        else:
            encoded = [self.fonts.encode(word, mark.style) for word in mark.words]
            out.append(start + self._mixed(encoded, mark.size, font, scale, codes.encode(" ")) + "ET")
            self._font = ("", 0.0)

    def _mixed(self, encoded: list[str | EncodedWord], size: float, font: str, scale: float, space: str) -> str:
        """Return the operators of words of which some may need another face or say their text themselves."""
        result = ""
        at = font
        for index, payload in enumerate(encoded):
            if index:
                if at != font:
                    result += f"/{font} {size * scale:.2f} Tf "
                    at = font
                result += f"[({space})]TJ "
            if isinstance(payload, str):
                if at != font:
                    result += f"/{font} {size * scale:.2f} Tf "
                    at = font
                result += f"{tj(payload)} "
                continue
            if payload.actual:
                actual = text_string(payload.actual).decode("latin-1")
                result += f"/Span <</ActualText {actual}>> BDC "
            for part in payload.parts:
                here = f"{part.font}@{part.scale}"
                if at not in {here, part.font if part.scale == scale else here}:
                    result += f"/{part.font} {size * part.scale:.2f} Tf "
                at = part.font if part.scale == scale else here
                shown = _risen(part.rises, size) if part.rises else f"{tj(part.payload)} "
                if part.silent:
                    shown = f"/Span <</ActualText<FEFF>>> BDC {shown}EMC "
                elif part.actual:
                    shown = f"/Span <</ActualText {text_string(part.actual).decode('latin-1')}>> BDC {shown}EMC "
                result += shown
            if payload.actual:
                result += "EMC "
        return result

    def _edge(self, text: str, style: Style, y: float, out: list[str], *, last: bool = False) -> None:
        """Draw one line of furniture where lines begin, or where they end."""
        size = max(7.0, self.paper.size * 0.8)
        x = self.paper.side
        if last is not self.look.rtl:
            x = self.paper.width - self.paper.side - width(text, style, size)
        words: list[tuple[float, list[Word] | str]] = [(0.0, text)]
        if not is_plain(text):
            words = [(segment.x, segment.words) for segment in wrap([Run(text, style)], 10_000)[0].segments]
        for start, said in words:
            self._text(Text(start * size, 0.0, size, self.look.muted, said, style, None), x, y, out)

    def _number(self, mark: PageNumber, x: float, top: float, out: list[str]) -> None:
        place = self.plan.places.get(mark.target)
        said = str(place.page + 1) if place else ""
        wide = width(said, "figures", mark.size)
        left = mark.right if self.look.rtl else mark.right - wide
        text = Text(left, mark.dy, mark.size, mark.color, said, "figures", mark.tag)
        self._text(text, x, top, out)

    def _furniture(self, index: int, page: Page, title: str, out: list[str]) -> None:
        """Draw the running head and the page number, as artifacts."""
        paper, look = self.paper, self.look
        if not page.body:
            return
        size = max(7.0, paper.size * 0.8)
        right = paper.width - paper.side
        out.append("/Artifact <</Type/Pagination/Subtype/Header>> BDC")
        y = paper.height - paper.top * 0.55
        said = page.head
        if page.section is not None:
            said = f"{page.section.number}\u2002{markdown.plain(page.section.title)}"
        room = right - paper.side - 50
        self._edge(_short(said, size, room), "medium", y, out)
        rule = line(right - paper.side, look.rule, 0.5)
        out.append(f"q 1 0 0 1 {paper.side:.2f} {y - size * 0.75:.2f} cm {rule} Q EMC")
        out.append("/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
        self._edge(_short(title, size, room), "regular", paper.bottom * 0.5, out)
        said = f"{index + 1} / {len(self.plan.pages)}"
        self._edge(said, "figures", paper.bottom * 0.5, out, last=True)
        out.append("EMC")

    def _back(self, index: int, page: Page, contents: str) -> int:
        """Let the running head lead to its line in the contents; return the annotation's number, or 0.

        The words of the head are furniture, so the link's element holds the link alone; and it comes after all else
        in the order of reading, so that nobody who listens to the pages is stopped at the top of each.
        """
        weeks = self.plan.places.get(WEEKS)
        here = page.section.id if page.section else WEEKS if weeks and weeks.page <= index else ""
        target = entry_of(here)
        if not here or target not in self.plan.places:
            return 0
        self._ways_back = self._ways_back or StructElem("P", self.plan.root)
        paper = self.paper
        room = paper.top * 0.6
        tag = StructElem("Link", self._ways_back, b"/Alt%s" % text_string(contents))
        mark = LinkAnnotation(0, 0, paper.width - 2 * paper.side, room, "", target, contents, tag)
        return self._link(mark, paper.side, paper.height - paper.top * 0.2 - room, index)

    def destination(self, node_id: str) -> bytes:
        """Return where a node begins, as an explicit destination; nothing when it is not printed."""
        place = self.plan.places.get(node_id)
        if place is None:
            return b""
        top = min(self.paper.height, self.paper.height - place.y + 12)
        return b"[%d 0 R/XYZ 0 %.1f null]" % (self.document.page_numbers[place.page], top)

    def _link(self, mark: LinkAnnotation, x: float, top: float, index: int) -> int:
        left, low = x + mark.x, top - mark.dy
        rect = b"[%.2f %.2f %.2f %.2f]" % (left, low, left + mark.width, low + mark.height)
        if mark.url:
            goal = b"/A<</S/URI/URI%s>>" % uri_string(mark.url)
        else:
            goal = b"/Dest%s" % (self.destination(mark.target) or b"[%d 0 R/Fit]" % self.document.page_numbers[index])
        tag = mark.tag if mark.tag.role == "Link" else StructElem("Link", mark.tag)
        alternate = text_string(mark.alternate or mark.url)
        page = self.document.page_numbers[index]
        body = b"/Subtype/Link/Rect%s/Border[0 0 0]/F 4/P %d 0 R%s/Contents%s" % (rect, page, goal, alternate)
        return self.tree.annotation(tag, body)

    def outline(self, weeks: str) -> int:
        """Write the bookmarks: every section, below it its topics. Return the number of their root, or 0."""
        document = self.document
        sections = self.snapshot.roadmap.sections
        entries: list[tuple[str, bytes, list[tuple[str, bytes]]]] = []
        for section in sections:
            topics = [(_bookmark(topic), self.destination(topic.id)) for topic in section.children]
            entries.append((_bookmark(section), self.destination(section.id), topics))
        if goal := self.destination(WEEKS):
            entries.append((weeks, goal, []))
        entries = [entry for entry in entries if entry[1]]
        if not entries:
            return 0
        root = document.reserve()
        numbers = [document.reserve() for _ in entries]
        for index, (title, goal, topics) in enumerate(entries):
            inner = [document.reserve() for _ in topics]
            for place, (name, where) in enumerate(topics):
                document.add(_item(name, where, numbers[index], inner, place, b""), inner[place])
            children = b"/First %d 0 R/Last %d 0 R/Count -%d" % (inner[0], inner[-1], len(inner)) if inner else b""
            document.add(_item(title, goal, root, numbers, index, children), numbers[index])
        body = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (numbers[0], numbers[-1], len(numbers))
        return document.add(body, root)


def _twice(snapshot: Snapshot, options: Options) -> frozenset[str]:
    if snapshot.schedule is None or options.two_up:
        return frozenset()
    from .weekly_plan import ticked_again

    return ticked_again(snapshot)


def _item(title: str, goal: bytes, parent: int, numbers: list[int], index: int, more: bytes) -> bytes:
    before = b"/Prev %d 0 R" % numbers[index - 1] if index else b""
    after = b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
    goal = b"/Dest%s" % goal if goal else b""
    return b"<</Title%s/Parent %d 0 R%s%s%s%s>>" % (text_string(title), parent, goal, before, after, more)


def _bookmark(node: Node) -> str:
    return f"{node.number} {markdown.plain(node.title)}"


_HEAD_WORDS = 7
"""A running head names; it is no prose."""


@lru_cache(maxsize=64)  # pages of one section say the same
def _short(text: str, size: float, room: float) -> str:
    """Return a text that fits, cut with an ellipsis where it must be."""
    words = text[:300].split()
    text = " ".join(words[:_HEAD_WORDS]) + ("…" if len(words) > _HEAD_WORDS else "")
    if width(text, "medium", size) <= room:
        return text
    while text and width(text + "…", "medium", size) > room:
        text = text[: -max(1, len(text) // 16)]
    return text.rstrip() + "…"


def _risen(rises: tuple[tuple[float, str], ...], size: float) -> str:
    """Return strings of which some are raised: marks above and below letters."""
    result = "".join(f"{rise * size:.2f} Ts {tj(payload)} " for rise, payload in rises)
    return result + "0 Ts "
