"""The structure tree (ISO 32000-1, 14.7): elements enter it with their first content, and are numbered at the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

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


class References(NamedTuple):
    """What leads to the elements of a part of the tree, once they have numbers."""

    pages: tuple[bytes, ...]
    """Of each page, those of its marked contents."""
    annotations: tuple[bytes, ...]
    kids: Mapping[StructElem, bytes]
    """What elements hold that are written with another part."""


class TreePart:
    """The elements of some pages that hold something, in the order of their first content; empty ones never come in."""

    def __init__(self, page_numbers: Sequence[int], later: Mapping[StructElem, int]) -> None:
        """`later` are elements that are written with another part, by their numbers: they hold nothing but elements."""
        self._page_numbers = page_numbers
        self._later = later
        self._held: dict[StructElem, _Held] = {}
        """Parents before their children."""
        self._kids: dict[StructElem, list[bytes | int]] = {tag: [] for tag in later}
        self._on_pages: list[list[StructElem]] = []
        """The element of each MCID of each page."""
        self._of_annotations: list[StructElem] = []

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
            held.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._page_numbers[page], mcid))

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
        while (parent := entering[-1].parent) is not None and parent not in self._held and parent not in self._later:
            entering.append(parent)
        for element in reversed(entering):
            held = self._held[element] = _Held(len(self._held))
            above = element.parent
            if above is not None:
                kids = self._kids[above] if above in self._later else self._held[above].kids
                kids.append(held.index)
        assert held is not None
        return held

    @property
    def count(self) -> int:
        """How many elements there are."""
        return len(self._held)

    def objects(self, base: int, above: int = 0) -> Iterator[bytes]:
        """Yield all elements as objects with numbers from `base` on, the topmost below the tree's root, `above`.

        What is yielded is let go.
        """
        for tag, held in self._held.items():
            home = b"/Pg %d 0 R" % self._page_numbers[held.page] if held.page >= 0 else b""
            parent = above
            if tag.parent is not None:
                parent = self._later.get(tag.parent) or base + self._held[tag.parent].index
            kids, held.kids = held.kids, []
            yield element(tag, parent, home, _references(base, kids))

    def references(self, base: int) -> References:
        """Return what leads to the elements, which have numbers from `base` on."""
        held = self._held
        return References(
            tuple([_references(base, [held[tag].index for tag in tags]) for tags in self._on_pages]),
            tuple([b"%d 0 R" % (base + held[tag].index) for tag in self._of_annotations]),
            {tag: _references(base, found) for tag, found in self._kids.items() if found},
        )


class StructTree(TreePart):
    """The whole tree of a file, written at once."""

    def __init__(self, document: PdfWriter, root: StructElem) -> None:
        super().__init__(document.page_numbers, {})
        self.document = document
        self.enter(root)

    def annotation(self, tag: StructElem, body: bytes) -> int:
        """Add an annotation, given the entries of its dictionary, to an element; return its number."""
        parent = len(self.document.page_numbers) + len(self._of_annotations)
        number = self.document.add(b"<</Type/Annot%s/StructParent %d>>" % (body, parent))
        self.holds(tag, number)
        return number

    def write(self) -> int:
        """Write all elements and what leads back to them; return the number of the tree's root."""
        first = self.document.reserve()
        numbers = [self.document.reserve() for _ in range(self.count)]  # before any stream of objects takes one
        for number, body in zip(numbers, self.objects(first + 1, first), strict=True):
            self.document.add(body, number)
        write_root(self.document, first, first + 1, [self.references(first + 1)])
        return first


def element(tag: StructElem, parent: int, home: bytes, kids: bytes) -> bytes:
    """Return an element as an object; `home` names the page of its bare MCIDs."""
    return b"<</S/%s/P %d 0 R%s%s/K[%s]>>" % (tag.role.encode(), parent, home, tag.attributes, kids)


def write_root(document: PdfWriter, number: int, top: int, parts: Sequence[References]) -> None:
    """Write the tree's root, which has a number and holds the `top` one, and what leads back to the elements.

    The `parts` are those of all pages, in order.
    """
    count = sum([len(part.pages) + len(part.annotations) for part in parts])
    leaves = [document.reserve() for _ in range(-(-count // _LEAF))]
    listed = b" ".join([b"%d 0 R" % leaf for leaf in leaves])
    parents = document.add(b"<</Kids[%s]>>" % listed if leaves else b"<</Nums[]>>")
    document.add(
        b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (top, parents, count), number
    )
    pages = itertools.chain.from_iterable([part.pages for part in parts])
    annotations = itertools.chain.from_iterable([part.annotations for part in parts])
    entries = itertools.chain((b"[%s]" % page for page in pages), (b" %s" % own for own in annotations))
    numbered = (b"%d%s" % pair for pair in enumerate(entries))
    for start, leaf in zip(range(0, count, _LEAF), leaves, strict=True):
        part = list(itertools.islice(numbered, _LEAF))
        limits = (start, start + len(part) - 1)
        document.add(b"<</Limits[%d %d]/Nums[%s]>>" % (*limits, b" ".join(part)), leaf)


def _references(base: int, kids: Iterable[bytes | int]) -> bytes:
    """Return what an element or a page holds as it is written, elements by their place among all."""
    return b" ".join([b"%d 0 R" % (base + kid) if isinstance(kid, int) else kid for kid in kids])
