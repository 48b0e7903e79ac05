"""The file, written with object streams so that tags and boxes stay small (ISO 32000-1, 7.5.7 and 7.5.8).

Why not by reportlab's document model: docs/decisions/2-own-pdf-bytes.md.
"""

from __future__ import annotations

import hashlib
import itertools
import struct
import zlib
from collections.abc import Mapping

_PACK = 300
"""Objects in one object stream."""
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfWriter:
    """A file in the making. `add` and `stream` take objects as bytes; pages come from the canvas."""

    def __init__(self) -> None:
        self._last = 0
        """The highest object number that is taken."""
        self.catalog: dict[str, bytes] = {}
        """Its entries by name; those of pages and bookmarks are added at the end."""
        self._file = bytearray(_HEADER)
        self._offsets: dict[int, int] = {}
        self._packs: list[tuple[int, tuple[int, ...]]] = []
        """The number of each object stream, and of the objects in it."""
        self._pending: list[tuple[int, bytes]] = []
        self._pages = self.reserve()
        self._resources = self.reserve()
        self._drawn = 0
        self.page_numbers: list[int] = []
        """Object numbers of the pages, known before they are drawn."""
        self.outline_root: bytes | None = None
        """A reference to the bookmarks."""

    def page(self, size: tuple[float, float], content: str, entries: Mapping[str, bytes]) -> None:
        """Draw the next page from its operators and the further entries of its dictionary.

        It is compressed and let go at once, so that memory stays flat.
        """
        number = self.page_numbers[self._drawn]
        self._drawn += 1
        stream = self.stream(content.encode("latin-1"))
        more = b"".join([b"/%s%s" % (name.encode(), _apart(value)) for name, value in entries.items()])
        self.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R%s>>"
            % (self._pages, _length(size[0]), _length(size[1]), self._resources, stream, more),
            number,
        )

    def fonts(self, entries: bytes) -> None:
        """Take the entries of the font dictionary that all pages share."""
        self.add(b"<</Font<<%s>>>>" % entries, self._resources)

    def reserve(self) -> int:
        """Return an object number to refer to before the object is there."""
        self._last += 1
        return self._last

    def add(self, body: bytes, number: int = 0) -> int:
        """Take an object that is no stream; return its number."""
        number = number or self.reserve()
        self._pending.append((number, body))
        if len(self._pending) >= _PACK:
            self._flush()
        return number

    def stream(self, content: bytes, entries: bytes = b"", number: int = 0, *, level: int = 3) -> int:
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
        pages = b" ".join([b"%d 0 R" % number for number in self.page_numbers])
        self.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.page_numbers), pages), self._pages)
        outlines = {"Outlines": self.outline_root} if self.outline_root else {}
        entries = {**self.catalog, **outlines, "Pages": b"%d 0 R" % self._pages}
        catalog = b"".join([b"/%s%s" % (name.encode(), _apart(entries[name])) for name in sorted(entries)])
        root = self.add(b"<</Type/Catalog%s>>" % catalog)
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
        trailer = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            (xref + 1, root, about) + (identity,) * 2
        )
        self.stream(b"".join(rows), trailer, xref)
        self._file += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self._file)


def _length(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()


def _apart(value: bytes) -> bytes:
    """Return a value as it stands after a name: numbers need a space."""
    return value if value[:1] in b"/[<(" else b" " + value
