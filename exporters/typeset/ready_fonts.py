"""Fonts made ready: what most books need of them, so that they load no shaper and open no font file.

That is metrics, kerning and outlines of the Latin letters and the commonest signs. `templates/fonts/` has one file a
face, made by `docs/make_fonts.py` from the fonts and HarfBuzz: a line of JSON, then arrays, in little-endian order. It
counts only while the installed font is the one it was made of.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from bisect import bisect_right
from pathlib import Path

from ...core.adapters import adapters
from ...core.locale.language_file import template


class Kerning:
    """Characters that have one glyph each whatever stands beside them, and an advance that the next one decides."""

    __slots__ = ("_columns", "_index", "_kerns", "_left", "_right", "advances", "glyphs")

    def __init__(self, arrays: _Arrays, count: int, rows: int, columns: int) -> None:
        self._index = dict(zip(map(chr, arrays.take("I", count)), range(count), strict=True))
        self.glyphs = arrays.take("H", count)
        self.advances = arrays.take("H", count)
        """Of a character alone, in thousandths of an em."""
        self._left = arrays.take("B", count)
        self._right = arrays.take("B", count)
        self._kerns = arrays.take("h", rows * columns)
        self._columns = columns

    def takes(self, text: str) -> bool:
        """Whether all of a text is known."""
        return self._index.keys() >= set(text)

    def glyph(self, char: str) -> int:
        """Return a character's glyph."""
        return self.glyphs[self._index[char]]

    def advance(self, char: str, after: str) -> int:
        """Return a character's advance before another one, or before nothing, in thousandths of an em."""
        left = self._index[char]
        if not after:
            return self.advances[left]
        return self.advances[left] + self._kerns[self._left[left] * self._columns + self._right[self._index[after]]]


class _Arrays:
    """What is left of a file."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def take(self, kind: str, count: int) -> array[int]:
        """Return so many numbers from the beginning."""
        found = array(kind)
        length = count * found.itemsize
        found.frombytes(self.content[:length])
        self.content = self.content[length:]
        if sys.byteorder == "big":
            found.byteswap()
        return found


class ReadyFont:
    """What is known of one font file at one weight without opening it."""

    def __init__(self, data: bytes) -> None:
        head, _, body = data.partition(b"\n")
        about = json.loads(head)
        arrays = _Arrays(body)
        self.size: int = about["size"]
        """Of the font's file, in bytes."""
        self.vertical: tuple[float, float, float] = tuple(about["vertical"])
        """Ascent, descent and height of capitals in em."""
        self.tables = {tag: bytes.fromhex(table) for tag, table in about["tables"].items()}
        """Of an OpenType font with these outlines: `head`, `hhea` and `maxp`."""
        self._covered = arrays.take("I", about["covered"])
        settings = [Kerning(arrays, *shape) for shape in about["settings"]]
        self.proportional = settings[0]
        """Each character's usual glyph."""
        self.tabular = settings[-1]
        """The same with figures of one width, where the font has them (OpenType `tnum`)."""
        self.advances: dict[int, int] = {}
        """The advance of each glyph, in thousandths of an em."""
        for setting in settings:
            self.advances.update(zip(setting.glyphs, setting.advances, strict=True))
        self._glyphs = arrays.take("H", about["glyphs"])
        self._ends = arrays.take("I", about["glyphs"])
        self._records = arrays.content

    def covers(self, char: str) -> bool:
        """Whether the font has a glyph for a character, known or not."""
        return bisect_right(self._covered, ord(char)) % 2 == 1

    def outlines(self, glyphs: set[int]) -> dict[int, tuple[bytes, bytes]] | None:
        """Return the outlines of glyphs and of what they are made of, each with its metrics; None when one is unknown.

        An outline is an entry of the table `glyf`, its metrics are four bytes of `hmtx` (OpenType 1.9).
        """
        places = dict(zip(self._glyphs, range(len(self._glyphs)), strict=True))
        wanted = [0, *glyphs]
        result: dict[int, tuple[bytes, bytes]] = {}
        for glyph in wanted:
            place = places.get(glyph)
            if place is None:
                return None
            record = self._records[self._ends[place - 1] if place else 0 : self._ends[place]]
            result[glyph] = (record[4:], record[:4])
            wanted += (part for part in parts(record[4:]) if part not in result)
        return result


def parts(outline: bytes) -> list[int]:
    """Return the glyphs that a composite outline is made of (OpenType 1.9, `glyf`, "Composite glyph description")."""
    found: list[int] = []
    at, more = 10, outline[:2] == b"\xff\xff"
    while more:
        flags, part = struct.unpack_from(">HH", outline, at)
        found.append(part)
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
        more = bool(flags & 0x20)
    return found


def ready_font(name: str, path: Path) -> ReadyFont | None:
    """Return what was made ready of a face by its name; None where there is nothing, or the file is another one."""
    data = template(f"fonts/{name}.ready")
    if not data:
        return None
    found = ReadyFont(data)
    if adapters.before_reading is None and path.stat().st_size != found.size:
        return None
    return found
