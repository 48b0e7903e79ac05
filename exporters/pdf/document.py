"""The file: reportlab's document objects, written with object streams so that tags and boxes stay small.

reportlab numbers, formats and links the page tree, the catalog and streams. What there is a hundred thousand of
(structure elements, form boxes, links) goes past its object model: as bytes, packed (ISO 32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import hashlib
import itertools
import struct
import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

_PACK = 300
"""Objects in one object stream."""
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class _Bytes(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """An object that is written already."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, _document: object) -> bytes:
        """Return the bytes; reportlab's name for it."""
        return self.body


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]  # reportlab ships no types
    """A file in the making. `add` and `stream` take objects as bytes; pages come from the canvas."""

    def __init__(self) -> None:
        super().__init__(invariant=1, pdfVersion=(1, 7), dummyoutline=1)
        self._file = bytearray(_HEADER)
        self._offsets: dict[int, int] = {}
        self._packs: list[tuple[int, tuple[int, ...]]] = []
        """The number of each object stream, and of the objects in it."""
        self._pending: list[tuple[int, bytes]] = []
        self.page_numbers: list[int] = []
        """Object numbers of the pages, known before they are drawn."""
        self.outline_root: bytes | None = None
        """A reference to the bookmarks."""

    def addPage(self, page: Any) -> None:  # noqa: N802 - overrides reportlab's
        """Take a page under the number that was reserved for it; compress its content, so that memory stays flat."""
        name = self.thisPageName()
        page.Contents = b"%d 0 R" % self.stream(page.stream.encode("latin-1"))
        page.stream = page.Trans = None
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs", "UserUnit"]  # reportlab knows none of them
        page.__InternalName__ = name
        number = self.page_numbers[self.pageCounter - 1]
        self.idToObjectNumberAndVersion[name] = (number, 0)
        self.numberToId[number] = name
        self.idToObject[name] = page
        self.Pages.addPage(page)
        self.pageCounter += 1
        self.inObject = None

    def fonts(self, entries: bytes) -> None:
        """Take the entries of the font dictionary that all pages share."""
        self.idToObject[pdfdoc.BasicFonts] = _Bytes(b"<<%s>>" % entries)

    def reserve(self) -> int:
        """Return an object number to refer to before the object is there."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def add(self, body: bytes, number: int = 0) -> int:
        """Take an object that is no stream; return its number."""
        number = number or self.reserve()
        self._pending.append((number, body))
        if len(self._pending) >= _PACK:
            self._flush()
        return number

    def stream(self, content: bytes, entries: bytes = b"", number: int = 0, *, level: int = 5) -> int:
        """Take a stream, compressed; `entries` are further ones of its dictionary. Return its number."""
        number = number or self.reserve()
        packed = zlib.compress(content, level) if level else content
        flate = b"/Filter/FlateDecode" if level else b""
        self._offsets[number] = len(self._file)
        self._file += b"%d 0 obj\n<<%s%s/Length %d>>\nstream\n" % (number, entries, flate, len(packed))
        self._file += packed
        self._file += b"\nendstream\nendobj\n"
        return number

    def _flush(self) -> None:
        if not self._pending:
            return
        container = self.reserve()
        numbers, bodies = zip(*self._pending, strict=True)
        positions = itertools.accumulate((len(body) + 1 for body in bodies), initial=0)
        first = b" ".join([b"%d %d" % pair for pair in zip(numbers, positions, strict=False)]) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(first))
        self._packs.append((container, numbers))
        self._pending = []
        self.stream(first + b"\n".join(bodies), entries, container)

    def data(self, info: bytes) -> bytes:
        """Finish the file with the entries of its information dictionary."""
        about = self.add(b"<<%s>>" % info)
        self.Catalog.Outlines = self.outline_root
        self.Reference(self.Catalog)
        root = self.idToObjectNumberAndVersion[self.Catalog.__InternalName__][0]
        written: set[int] = set()
        while waiting := [number for number in self.numberToId if number not in written]:
            for number in waiting:  # formatting an object may register further ones
                self.add(self.idToObject[self.numberToId[number]].format(self), number)
                written.add(number)
        self._flush()
        xref = self.reserve()
        start = len(self._file)
        self._offsets[xref] = start
        row = struct.Struct(">BIH").pack
        rows = [row(0, 0, 65535)] + [row(0, 0, 0)] * xref
        for number, offset in self._offsets.items():
            rows[number] = row(1, offset, 0)
        for container, numbers in self._packs:
            for index, number in enumerate(numbers):
                rows[number] = row(2, container, index)
        identity = hashlib.md5(self._file, usedforsecurity=False).hexdigest().upper().encode()
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            (xref + 1, root, about) + (identity,) * 2
        )
        self.stream(b"".join(rows), entries, xref)
        self._file += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self._file)


class Sheets(Canvas):  # type: ignore[misc]  # reportlab ships no types
    """reportlab's canvas, drawing into our document."""

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__("", pagesize=size, pageCompression=0, invariant=1)
        self._doc = self.document = Document()
        self._preamble = ""  # it would name Helvetica, which is not embedded

    def page(self, content: str, entries: dict[str, bytes]) -> None:
        """Draw the next page from its operators and the further entries of its dictionary."""
        self._code.append(content)
        self.showPage()
        for key, value in entries.items():
            setattr(self.document.Pages.pages[-1], key, _Bytes(value))
