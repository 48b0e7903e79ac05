"""The structure tree (ISO 32000-1, 14.7): elements enter it with their first content, and are numbered at the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .document import PdfWriter

_LEAF = 400
"""Entries in one leaf of the parent tree."""


class StructElem:
    """An element of the structure tree (ISO 32000-1, 14.7). What it holds in a file only that file's tree knows."""

    __slots__ = ("_kids", "attributes", "parent", "role")

    def __init__(self, role: str, parent: StructElem | None, attributes: bytes = b"") -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self._kids: dict[tuple[str, str], StructElem] = {}

    def kid(self, role: str, name: str = "", attributes: bytes = b"") -> StructElem:
        """Return the element of a role and name below this one: the same each time it is asked for."""
        found = self._kids.get((role, name))
        if found is None:
            found = self._kids[role, name] = StructElem(role, self, attributes)
        return found


class _Held:
    """An element in one file: what it holds."""

    __slots__ = ("index", "kids", "page")

    def __init__(self, index: int) -> None:
        self.index = index
        """Its place among all."""
        self.kids: list[bytes | int] = []
        """As they are written: MCIDs, annotations; elements by their place among all."""
        self.page = -1
        """Index of the page that bare MCIDs among its kids are on."""


class StructTree:
    """The elements of a file that hold something, in the order of their first content; empty ones never come in."""

    def __init__(self, document: PdfWriter, root: StructElem) -> None:
        self.document = document
        self.root = root
        self._held: dict[StructElem, _Held] = {}
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
        held = self.enter(tag)
        if held.page < 0:
            held.page = page
        if held.page == page:
            held.kids.append(b"%d" % mcid)
        else:
            held.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self.document.page_numbers[page], mcid))

    def annotation(self, tag: StructElem, body: bytes) -> int:
        """Add an annotation, given the entries of its dictionary, to an element; return its number."""
        parent = len(self.document.page_numbers) + len(self._of_annotations)
        number = self.document.add(b"<</Type/Annot%s/StructParent %d>>" % (body, parent))
        self.holds(tag, number)
        return number

    def holds(self, tag: StructElem, annotation: int) -> None:
        """Give an element the next annotation, which has a number."""
        self.enter(tag).kids.append(b"<</Type/OBJR/Obj %d 0 R>>" % annotation)
        self._of_annotations.append(tag)

    def enter(self, tag: StructElem) -> _Held:
        """Take an element in, its parents first; called ahead where content comes in another order than it is read."""
        held = self._held.get(tag)
        if held is not None:
            return held
        entering = [tag]
        while (parent := entering[-1].parent) is not None and parent not in self._held:
            entering.append(parent)
        for element in reversed(entering):
            held = self._held[element] = _Held(len(self._held))
            if element.parent is not None:
                self._held[element.parent].kids.append(held.index)
        assert held is not None
        return held

    def move_to_end(self, tag: StructElem) -> None:
        """Let an element, if it holds something, be read after all others of its parent."""
        if tag not in self._held:
            return
        assert tag.parent is not None
        index = self._held[tag].index
        kids = self._held[tag.parent].kids
        kids.remove(index)
        kids.append(index)

    def write(self) -> int:
        """Write all elements and what leads back to them; return the number of the tree's root."""
        first = self.document.next_number
        numbers = [self.document.reserve() for _ in range(self.count)]  # before any stream of objects takes one
        for number, body in zip(numbers, self.objects(first), strict=True):
            self.document.add(body, number)
        return first

    @property
    def count(self) -> int:
        """How many objects all of it takes."""
        return 2 + len(self._held) + self._leaves

    @property
    def _leaves(self) -> int:
        return -(-(len(self._on_pages) + len(self._of_annotations)) // _LEAF)

    def objects(self, first: int) -> Iterator[bytes]:
        """Yield the tree's root, all elements and what leads back to them, as objects with numbers from `first` on.

        What is yielded is let go.
        """
        pages = self.document.page_numbers
        base = first + 1
        after = base + len(self._held)
        count = len(self._on_pages) + len(self._of_annotations)
        yield b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (base, after, count)
        for tag, held in self._held.items():
            home = b"/Pg %d 0 R" % pages[held.page] if held.page >= 0 else b""
            parent = base + self._held[tag.parent].index if tag.parent else first
            kids = b" ".join([b"%d 0 R" % (base + kid) if isinstance(kid, int) else kid for kid in held.kids])
            held.kids = []
            yield b"<</S/%s/P %d 0 R%s%s/K[%s]>>" % (tag.role.encode(), parent, home, tag.attributes, kids)
        leaves = b" ".join([b"%d 0 R" % number for number in range(after + 1, after + 1 + self._leaves)])
        yield b"<</Kids[%s]>>" % leaves if leaves else b"<</Nums[]>>"
        yield from self._parents(base, count)

    def _parents(self, base: int, count: int) -> Iterator[bytes]:
        """Yield the leaves of the parent tree."""
        held = self._held
        entries = itertools.chain(
            (
                b"%d[%s]" % (page, b" ".join([b"%d 0 R" % (base + held[tag].index) for tag in tags]))
                for page, tags in enumerate(self._on_pages)
            ),
            (
                b"%d %d 0 R" % (key, base + held[tag].index)
                for key, tag in enumerate(self._of_annotations, len(self._on_pages))
            ),
        )
        for start in range(0, count, _LEAF):
            part = list(itertools.islice(entries, _LEAF))
            limits = (start, start + len(part) - 1)
            yield b"<</Limits[%d %d]/Nums[%s]>>" % (*limits, b" ".join(part))
