"""The file, written with object streams so that tags and boxes stay small (ISO 32000-1, 7.5.7 and 7.5.8).

Why not by reportlab's document model: docs/decisions/2-own-pdf-bytes.md.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

_PACK = 300
"""Objects in one object stream."""
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class ObjectStream(NamedTuple):
    """Objects in one stream, compressed."""

    number: int
    holds: tuple[int, ...]
    """The numbers of its objects."""
    entries: bytes
    packed: bytes


def object_streams(numbers: Iterable[int], bodies: Iterable[bytes], first: int) -> list[ObjectStream]:
    """Return objects packed into streams, which have numbers from `first` on."""
    result: list[ObjectStream] = []
    both = zip(numbers, bodies, strict=True)
    while part := list(itertools.islice(both, _PACK)):
        held = tuple([number for number, _ in part])
        positions = itertools.accumulate((len(body) + 1 for _, body in part), initial=0)
        head = b" ".join([b"%d %d" % pair for pair in zip(held, positions, strict=False)]) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(held), len(head))
        content = deflated(head + b"\n".join([body for _, body in part]))
        result.append(ObjectStream(first + len(result), held, entries, content))
    return result


class ObjectSink(Protocol):
    """What takes objects and gives them numbers."""

    def add(self, body: bytes, number: int = 0) -> int:
        """Take an object that is no stream; return its number."""
        ...

    def stream(self, content: bytes, entries: bytes = b"") -> int:
        """Take a stream, to be compressed; return its number."""
        ...


class Recording:
    """Objects that refer to each other, to be put into any number of files, each time under other numbers."""

    def __init__(self) -> None:
        self._objects: list[tuple[list[bytes], bytes | None]] = []
        """Of each object the parts between numbers, and the compressed content of a stream."""

    def add(self, body: bytes, number: int = 0) -> int:
        """Take an object that is no stream; return its number among those here."""
        assert not number, "nothing here has a number yet"
        self._objects.append((_REFERENCE.split(body), None))
        return len(self._objects)

    def stream(self, content: bytes, entries: bytes = b"") -> int:
        """Take a stream; return its number among those here."""
        self._objects.append(([entries], deflated(content)))
        return len(self._objects)

    def play(self, document: PdfWriter) -> int:
        """Put all objects into a file; return the number of the last one."""
        numbers = [document.reserve() for _ in self._objects]
        for number, (parts, packed) in zip(numbers, self._objects, strict=True):
            if packed is not None:
                document.packed(packed, parts[0], number)
                continue
            body = list(parts)
            for index in range(1, len(parts), 2):
                body[index] = b"%d 0 R" % numbers[int(parts[index]) - 1]
            document.add(b"".join(body), number)
        return numbers[-1]


_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")


def deflated(content: bytes) -> bytes:
    """Return the content of a stream, compressed."""
    return zlib.compress(content, 3)


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
        self.packed_page(size, deflated(content.encode("latin-1")), entries)

    def packed_page(self, size: tuple[float, float], content: bytes, entries: Mapping[str, bytes]) -> None:
        """Draw the next page from its operators, which are compressed already."""
        number = self.page_numbers[self._drawn]
        self._drawn += 1
        stream = self.packed(content)
        more = b"".join([b"/%s%s" % (name.encode(), _apart(value)) for name, value in entries.items()])
        self.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R%s>>"
            % (self._pages, _length(size[0]), _length(size[1]), self._resources, stream, more),
            number,
        )

    def fonts(self, entries: bytes) -> None:
        """Take the entries of the font dictionary that all pages share."""
        self.add(b"<</Font<<%s>>>>" % entries, self._resources)

    @property
    def next_number(self) -> int:
        """The number that the next object gets."""
        return self._last + 1

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
        """Take a stream, compressed unless the level is 0; `entries` are further ones of its dictionary.

        Return its number.
        """
        if level:
            return self.packed(deflated(content), entries, number)
        return self._stream(content, entries, number)

    def packed(self, content: bytes, entries: bytes = b"", number: int = 0) -> int:
        """Take a stream that is compressed already."""
        return self._stream(content, entries + b"/Filter/FlateDecode", number)

    def _stream(self, content: bytes, entries: bytes, number: int) -> int:
        number = number or self.reserve()
        self._offsets[number] = len(self._file)
        self._file += b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content))
        self._file += content
        self._file += b"\nendstream\nendobj\n"
        return number

    def take(self, streams: Sequence[ObjectStream]) -> None:
        """Take objects that are packed already, with the numbers that they have."""
        for found in streams:
            self._last = max(self._last, found.number, found.holds[-1])
            self._packs.append((found.number, found.holds))
            self.packed(found.packed, found.entries, found.number)

    def _flush(self) -> None:
        if self._pending:
            numbers, bodies = zip(*self._pending, strict=True)
            self._pending = []
            self.take(object_streams(numbers, bodies, self._last + 1))

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
        rows = [row(0, 0, 65535)] * (xref + 1)  # free, and never to be used (7.5.4), but for what follows
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
