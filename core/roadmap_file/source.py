"""A file as text: read, decoded, and cut into lines for messages."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..errors import InvalidRoadmap, Problem, RoadpressError
from ..model import SourcePosition

MAX_BYTES = 256 * 2**20
"""A roadmap larger than this is a mistake, and would only eat the memory."""

_MARKS = (  # the four-byte one first: it begins with the two-byte one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name a person knows it by."""

    path: str
    text: str

    def line(self, number: int) -> str:
        """Return a line by its number from 1, without its end; empty beyond the text."""
        lines = _lines(self.text)
        return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """Return a text's lines; the last text's are kept, for a file with one problem may have thousands."""
    return text.split("\n")


def read_source(path: Path) -> Source:
    """Read and decode a file: UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one.

    Raises RoadpressError when it cannot be read, InvalidRoadmap when it is not text.
    """
    name = str(path)
    try:
        if path.is_dir():
            raise RoadpressError(f"{name} is a directory.", remedy="Name the roadmap file in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RoadpressError(
                f"{name} has {size / 2**20:,.0f} MB; a roadmap may have at most {MAX_BYTES // 2**20} MB.",
                remedy="Is it the right file?",
            )
        return decode(path.read_bytes(), name)
    except FileNotFoundError:
        remedy = "Name one, or make one with `roadpress new`." if name == "roadmap.yaml" else "Is the name right?"
        raise RoadpressError(f"There is no file {name}.", remedy=remedy) from None
    except OSError as error:
        raise RoadpressError(f"{name} cannot be read: {error.strerror or error}.") from None


def decode(data: bytes, path: str) -> Source:
    """Return bytes as text, by their byte order mark or else as UTF-8. Raises InvalidRoadmap."""
    mark, encoding = _encoding(data)
    data = data[len(mark) :]
    try:
        return Source(path, data.decode(encoding))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        place = SourcePosition(before.count("\n") + 1, error.start - data.rfind(b"\n", 0, error.start))
        problem = Problem(place, f"this is not {encoding.upper()} text", "save the file as UTF-8")
        raise InvalidRoadmap(path, [problem]) from None


def encode(text: str, *, like: bytes) -> bytes:
    """Return a text with line feeds as the bytes of a file, in the encoding and with the line ends of another.

    Raises InvalidRoadmap for half a character, which no file can hold.
    """
    mark, encoding = _encoding(like)
    if "\r\n" in like[len(mark) :].decode(encoding, errors="replace"):
        text = text.replace("\n", "\r\n")
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        place = SourcePosition(text.count("\n", 0, error.start) + 1, error.start - text.rfind("\n", 0, error.start))
        raise InvalidRoadmap("", [Problem(place, "this is half a character", "write it anew")]) from None


def _encoding(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark of a file, which may be none, and its encoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    if b"\0" in data[:4]:  # UTF-16 without a mark; a roadmap begins with ASCII
        return b"", "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return b"", "utf-8"
