"""The structure tree (ISO 32000-1, 14.7): elements enter it with their first content, and are written at the end."""

from __future__ import annotations

import itertools

from .document import PdfWriter

_LEAF = 400
"""Entries in one leaf of the parent tree."""


class StructElem:
    """An element of the structure tree (ISO 32000-1, 14.7)."""

    __slots__ = ("attributes", "kids", "number", "page", "parent", "role")

    def __init__(self, role: str, parent: StructElem | None, attributes: bytes = b"") -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self.kids: list[bytes] = []
        """What it holds, as it is written: references to elements, MCIDs, annotations; filled by drawing."""
        self.page = -1
        """Index of the page that bare MCIDs among its kids are on."""
        self.number = 0
        """Of its object, once it holds something."""


class StructTree:
    """The elements of a file that hold something, in the order of their first content; empty ones never come in."""

    def __init__(self, document: PdfWriter, root: StructElem) -> None:
        self.document = document
        self.root = root
        self._elements: list[StructElem] = []
        """Parents before their children."""
        self._on_pages: list[list[StructElem]] = []
        """The element of each MCID of each page."""
        self._of_annotations: list[StructElem] = []
        self.enter(root)

    def begin_page(self) -> list[StructElem]:
        """Return the list that takes the element of each MCID of the next page."""
        elements: list[StructElem] = []
        self._on_pages.append(elements)
        return elements

    def content(self, tag: StructElem, page: int, mcid: int) -> None:
        """Give an element marked content of a page, both counted from 0."""
        if not tag.number:
            self.enter(tag)
        if tag.page < 0:
            tag.page = page
        if tag.page == page:
            tag.kids.append(b"%d" % mcid)
        else:
            tag.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self.document.page_numbers[page], mcid))

    def annotation(self, tag: StructElem, body: bytes) -> int:
        """Add an annotation, given the entries of its dictionary, to an element; return its number."""
        if not tag.number:
            self.enter(tag)
        parent = len(self.document.page_numbers) + len(self._of_annotations)
        number = self.document.add(b"<</Type/Annot%s/StructParent %d>>" % (body, parent))
        tag.kids.append(b"<</Type/OBJR/Obj %d 0 R>>" % number)
        self._of_annotations.append(tag)
        return number

    def enter(self, tag: StructElem) -> None:
        """Take an element in, its parents first; called ahead where content comes in another order than it is read."""
        if tag.number:
            return
        entering = [tag]
        while (parent := entering[-1].parent) is not None and not parent.number:
            entering.append(parent)
        for element in reversed(entering):
            element.number = self.document.reserve()
            self._elements.append(element)
            if element.parent is not None:
                element.parent.kids.append(b"%d 0 R" % element.number)

    def move_to_end(self, tag: StructElem) -> None:
        """Let an element be read after all others of its parent."""
        assert tag.parent is not None
        reference = b"%d 0 R" % tag.number
        tag.parent.kids.remove(reference)
        tag.parent.kids.append(reference)

    def write(self) -> int:
        """Write all elements and what leads back to them; return the number of the tree's root."""
        document = self.document
        top = document.reserve()
        pages = document.page_numbers
        for tag in self._elements:
            home = b"/Pg %d 0 R" % pages[tag.page] if tag.page >= 0 else b""
            parent = tag.parent.number if tag.parent else top
            held = b" ".join(tag.kids)
            document.add(
                b"<</S/%s/P %d 0 R%s%s/K[%s]>>" % (tag.role.encode(), parent, home, tag.attributes, held), tag.number
            )
            tag.kids = []  # what is written is let go
        self._elements = []
        entries = itertools.chain(
            (
                b"%d[%s]" % (page, b" ".join([b"%d 0 R" % tag.number for tag in tags]))
                for page, tags in enumerate(self._on_pages)
            ),
            (b"%d %d 0 R" % (key, tag.number) for key, tag in enumerate(self._of_annotations, len(self._on_pages))),
        )
        count = len(self._on_pages) + len(self._of_annotations)
        leaves = []
        for start in range(0, count, _LEAF):
            part = list(itertools.islice(entries, _LEAF))
            limits = (start, start + len(part) - 1)
            leaves.append(document.add(b"<</Limits[%d %d]/Nums[%s]>>" % (*limits, b" ".join(part))))
        parents = document.add(
            b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves) if leaves else b"<</Nums[]>>"
        )
        body = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
        document.add(body % (self.root.number, parents, count), top)
        return top
