"""One file: painted pages, and around them links, boxes, tags and bookmarks with the numbers that they have in it."""

from __future__ import annotations

from typing import NamedTuple

from ...core import text as markdown
from ...core.locale.words import Words
from ...core.model import Node
from ...core.snapshot import Snapshot
from ..pdfwriter.document import ObjectStream, PdfWriter, deflated, object_streams
from ..pdfwriter.fonts import Drawn, united
from ..pdfwriter.shapes import rectangle
from ..pdfwriter.strings import text_string
from ..pdfwriter.structure_tree import References, StructElem, TreePart, element, write_root
from .form_fields import FormFields
from .page_model import WEEKS, LinkAnnotation, Page, PageModel, Rows, entry_of
from .painter import Annotation, Events, Painted, Painter, link


class PaintedPage:
    """A page as it is painted, all but for what its file decides."""

    __slots__ = ("annotations", "content", "contents", "drawn", "events")

    def __init__(self, parts: list[Painted], operators: list[str], back: tuple[StructElem, Annotation] | None) -> None:
        """`back` is the link of its head."""
        self.content = deflated("\n".join([part for part in operators if part]).encode("latin-1"))
        self.contents = sum([part.contents for part in parts])
        events = [event for part in parts for event in part.events]
        annotations = [annotation for part in parts for annotation in part.annotations]
        if back:
            events += (None, back[0])
            annotations.append(back[1])
        self.events: Events = tuple(events)
        self.annotations = annotations
        self.drawn = united([part.drawn for part in parts])


class WrittenPart(NamedTuple):
    """A part of a structure tree with the numbers that its elements have."""

    streams: list[ObjectStream]
    references: References


class Kept:
    """What files of one roadmap have in common once their pages are painted, by all that it is made of."""

    def __init__(self) -> None:
        self.pages: dict[tuple[object, ...], PaintedPage] = {}
        self.trees: dict[tuple[object, ...], WrittenPart] = {}

    def page(self, key: tuple[object, ...], made: PaintedPage) -> None:
        """Remember a page; memory begins anew when there are too many."""
        if len(self.pages) >= _MOST_PAGES:
            self.pages.clear()
        self.pages[key] = made

    def tree(self, key: tuple[object, ...], made: WrittenPart) -> None:
        """Remember a part of a structure tree."""
        if len(self.trees) >= _MOST_TREES:
            self.trees.clear()
        self.trees[key] = made


_MOST_PAGES = 1_000
_MOST_TREES = 50


class PageRenderer:
    """One file being written."""

    def __init__(self, plan: PageModel, snapshot: Snapshot, painter: Painter, kept: Kept | None) -> None:
        """`kept` is shared with other files, if any."""
        self.plan = plan
        self.snapshot = snapshot
        self.painter = painter
        self.kept = kept
        self.paper = painter.paper
        self.document = PdfWriter()
        if painter.options.form:
            painter.boxes.write(self.document)
        self.document.page_numbers = [self.document.reserve() for _ in plan.pages]
        twice = _twice(snapshot, two_up=painter.options.two_up)
        self.form = FormFields(self.document, twice, snapshot.roadmap.leaves())
        self.drawn: list[Drawn] = []
        self._annotated = 0
        """Annotations so far that the structure tree leads to."""
        self._events: list[Events] = []
        self._first: list[int] = []
        """The number of each page's first annotation."""
        self._later: dict[StructElem, int] = {}
        """Elements that hold something of all pages, by their numbers: they are written last."""
        self._parts: list[References] = []
        self._places: dict[str, bytes] = {}

    def draw(self, title: str, words: Words) -> None:
        """Draw all pages; at the foot of each stand the title and its number.

        The elements of all pages before the weeks have numbers before these begin: they stand in many files.
        """
        weeks = self.plan.places.get(WEEKS)
        last = len(self.plan.pages)
        begin = 0
        for end in (weeks.page, last) if weeks else (last,):
            for index in range(begin, end):
                page = self.plan.pages[index]
                self._page(index, page, title, words["contents"])
                page.placed = []  # what is drawn is let go
            self._write_part(range(begin, end))
            begin = end

    def _page(self, index: int, page: Page, title: str, contents: str) -> None:
        painter = self.painter
        parts: list[Painted] = []
        count = 0
        kept = self.kept
        for placed in page.placed:
            said = ""
            if placed.target and (place := self.plan.places.get(placed.target)):
                said = str(place.page + 1)
            part = painter.painted(placed, page.column, index, count, said)
            parts.append(part)
            count += part.contents
            if type(placed.rows) is not Rows:
                kept = None  # it won't come again
        head = page.head
        if page.section is not None:
            head = f"{page.section.number}\u2002{markdown.plain(page.section.title)}"
        back = self._led_back(index, page)
        key = (index, len(self.plan.pages), page.body, head, back, *parts)
        painted = kept.pages.get(key) if kept else None
        if painted is None:
            painted = self._painted(index, page, head, title, back, contents, parts)
            if kept:
                kept.page(key, painted)
        self.drawn.append(painted.drawn)
        self._events.append(painted.events)
        self._write(index, painted)

    def _painted(
        self, index: int, page: Page, head: str, title: str, back: str, contents: str, parts: list[Painted]
    ) -> PaintedPage:
        look, paper = self.painter.look, self.paper
        operators = [part.operators for part in parts]
        if look.dark:
            operators.insert(0, f"/Artifact BMC {rectangle(paper.width, paper.height, look.ground)} EMC")
        if page.body:
            parts = [*parts, self.painter.furniture(head, title, f"{index + 1} / {len(self.plan.pages)}")]
            operators.append(parts[-1].operators)
        return PaintedPage(parts, operators, self._back(index, back, contents) if back else None)

    def _led_back(self, index: int, page: Page) -> str:
        """Return where the running head leads back to: its line in the contents, if there is one."""
        if not page.body:
            return ""
        weeks = self.plan.places.get(WEEKS)
        here = page.section.id if page.section else WEEKS if weeks and weeks.page <= index else ""
        return entry_of(here) if here and entry_of(here) in self.plan.places else ""

    def _back(self, index: int, target: str, contents: str) -> tuple[StructElem, Annotation]:
        """Let the running head lead to a line of the contents.

        The words of the head are furniture, so the link's element holds the link alone; and it comes after all else
        in the order of reading, so that nobody who listens to the pages is stopped at the top of each.
        """
        paper = self.paper
        room = paper.top * 0.6
        tag = _ways_back(self.plan.root).kid("Link", str(index), b"/Alt%s" % text_string(contents))
        mark = LinkAnnotation(0, 0, paper.width - 2 * paper.side, room, "", target, contents, tag)
        low = paper.height - paper.top * 0.2 - room
        place = (paper.side, low, paper.width - paper.side, low + room, self.document.page_numbers[index])
        found = link(mark)
        return tag, found._replace(entries=b"%s/Rect[%.2f %.2f %.2f %.2f]/P %d 0 R" % (found.entries, *place))

    def _write(self, index: int, painted: PaintedPage) -> None:
        """Write a page and its annotations."""
        document = self.document
        number = document.page_numbers[index]
        numbers = [document.reserve() for _ in painted.annotations]
        self._first.append(document.next_number - len(numbers))
        parent = len(self.plan.pages) + self._annotated
        self._annotated += len(numbers)
        for key, (own, annotation) in enumerate(zip(numbers, painted.annotations, strict=True), parent):
            if annotation.leaf:
                more = annotation.title + self.form.entry(annotation.leaf, annotation.value, annotation.title, own)
            elif annotation.target:
                more = b"/Dest%s" % (self.destination(annotation.target) or b"[%d 0 R/Fit]" % number)
            else:
                more = b""
            document.add(b"<</Type/Annot%s%s/StructParent %d>>" % (annotation.entries, more, key), own)
        if not index and self.painter.options.form and self.snapshot.roadmap.sections:
            numbers.append(self.form.about(self.snapshot, number))
        entries = {"Tabs": b"/S"}
        if painted.contents:
            entries["StructParents"] = b"%d" % index
        if numbers:
            entries["Annots"] = b"[%s]" % b" ".join([b"%d 0 R" % number for number in numbers])
        document.packed_page((self.paper.width, self.paper.height), painted.content, entries)

    def destination(self, node_id: str) -> bytes:
        """Return where a node begins, as an explicit destination; nothing when it is not printed."""
        found = self._places.get(node_id)
        if found is None:
            place = self.plan.places.get(node_id)
            found = b""
            if place is not None:
                top = min(self.paper.height, self.paper.height - place.y + 12)
                found = b"[%d 0 R/XYZ 0 %.1f null]" % (self.document.page_numbers[place.page], top)
            self._places[node_id] = found
        return found

    def _write_part(self, pages: range) -> None:
        """Write the elements of pages that are drawn."""
        document = self.document
        if not self._later:
            self._later = {tag: document.reserve() for tag in (self.plan.root, _ways_back(self.plan.root))}
        first = document.next_number
        key = (first, *self._first[pages.start :], *self._events[pages.start :])
        kept = self.kept if not pages.start else None
        found = kept.trees.get(key) if kept else None
        if found is None:
            part = self._part(pages)
            numbers = range(first, first + part.count)
            references = part.references(first)
            found = WrittenPart(object_streams(numbers, part.objects(first), numbers.stop), references)
            if kept:
                kept.tree(key, found)
        document.take(found.streams)
        self._parts.append(found.references)

    def _part(self, pages: range) -> TreePart:
        part = TreePart(self.document.page_numbers, self._later)
        for page in pages:
            elements = part.begin_page()
            annotation = self._first[page]
            is_annotation = False
            for tag in self._events[page]:
                if tag is None:
                    is_annotation = True
                elif is_annotation:
                    part.holds(tag, annotation)
                    annotation += 1
                    is_annotation = False
                else:
                    part.content(tag, page, len(elements))
                    elements.append(tag)
        return part

    def tags(self) -> int:
        """Write what is left of the structure tree; return the number of its root."""
        document, root = self.document, self.plan.root
        number = document.reserve()
        ways_back = _ways_back(root)
        inside = {tag: [part.kids[tag] for part in self._parts if tag in part.kids] for tag in self._later}
        if inside[ways_back]:
            inside[root].append(b"%d 0 R" % self._later[ways_back])
        for tag, above in ((root, number), (ways_back, self._later[root])):
            if inside[tag]:
                document.add(element(tag, above, b"", b" ".join(inside[tag])), self._later[tag])
        write_root(document, number, self._later[root], self._parts)
        return number

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


def _ways_back(root: StructElem) -> StructElem:
    return root.kid("P", "ways back")


def _twice(snapshot: Snapshot, *, two_up: bool) -> frozenset[str]:
    if snapshot.schedule is None or two_up:
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
