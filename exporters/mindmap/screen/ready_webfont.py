"""A web font of ready outlines (OpenType 1.9) where there is no HarfBuzz: with kerning and figures of one width."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from ...pdfwriter.true_type import true_type
from ...typeset import FontFace


def ready_web_font(face: FontFace, chars: str) -> bytes | None:
    """Return a TrueType font with some characters of a face; None where one of them was not made ready."""
    ready = face.ready
    if ready is None or not ready.proportional.takes(chars):
        return None
    settings = [setting for setting in (ready.proportional, ready.tabular) if setting.takes(chars)]
    outlines = ready.outlines({setting.glyph(char) for setting in settings for char in chars})
    if outlines is None:
        return None
    head, hhea = ready.tables["head"], ready.tables["hhea"]
    kerns: dict[tuple[int, int], int] = {}
    for setting in settings:
        for first in chars:
            for second in chars:
                if kern := setting.advance(first, second) - setting.advance(first, ""):
                    in_units = round(kern * int.from_bytes(head[18:20], "big") / 1000)
                    kerns[setting.glyph(first), setting.glyph(second)] = in_units
    usual = {char: ready.proportional.glyph(char) for char in chars}
    figures = {usual[char]: settings[-1].glyph(char) for char in chars if settings[-1].glyph(char) != usual[char]}
    tables = {
        b"OS/2": _os2(face.weight or 400, hhea, chars),
        b"cmap": _cmap(usual),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    if kerns:
        tables[b"GPOS"] = _layout(b"kern", 2, _pairs(kerns))
    if figures:
        tables[b"GSUB"] = _layout(b"tnum", 1, _replaced(figures))
    return true_type(ready.tables, outlines, tables)


def _cmap(glyphs: Mapping[str, int]) -> bytes:
    groups = b"".join(struct.pack(">III", ord(char), ord(char), glyph) for char, glyph in sorted(glyphs.items()))
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _os2(weight: int, hhea: bytes, chars: str) -> bytes:
    ascent, descent, gap = struct.unpack(">hhh", hhea[4:10])
    codes = [min(ord(char), 0xFFFF) for char in chars]
    return (
        struct.pack(">HhHHH", 4, 500, weight, 5, 0)
        + bytes(20 + 10 + 16)  # of subscripts and superscripts, PANOSE, ranges
        + b"    "
        + struct.pack(">HHHhhhHH", 0x40, min(codes), max(codes), ascent, descent, gap, ascent, -descent)
        + bytes(8)
        + struct.pack(">hhHHH", 0, 0, 0, 32, 1)
    )


def _layout(feature: bytes, kind: int, subtable: bytes) -> bytes:
    """Return a table with one lookup of one subtable, on for every script."""
    scripts = struct.pack(">H4sH", 1, b"DFLT", 8) + struct.pack(">HHHHHH", 4, 0, 0, 0xFFFF, 1, 0)
    features = struct.pack(">H4sH", 1, feature, 8) + struct.pack(">HHH", 0, 1, 0)
    lookups = struct.pack(">HH", 1, 4) + struct.pack(">HHHH", kind, 0, 1, 8) + subtable
    places = 10, 10 + len(scripts), 10 + len(scripts) + len(features)
    return struct.pack(">HHHHH", 1, 0, *places) + scripts + features + lookups


def _pairs(kerns: Mapping[tuple[int, int], int]) -> bytes:
    """Return kerns as "Pair Adjustment Positioning Format 2": glyphs that are kerned alike are of one class."""
    firsts, seconds = (sorted({pair[place] for pair in kerns}) for place in (0, 1))
    rows = {first: tuple(kerns.get((first, second), 0) for second in seconds) for first in firsts}
    columns = {second: tuple(kerns.get((first, second), 0) for first in firsts) for second in seconds}
    row_class = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
    column_class = {column: number for number, column in enumerate(dict.fromkeys(columns.values()), 1)}
    one_of = {column_class[columns[second]]: second for second in seconds}
    matrix = b"".join(
        struct.pack(f">{len(column_class) + 1}h", 0, *(row[seconds.index(one_of[number])] for number in sorted(one_of)))
        for row in row_class
    )
    first_classes = _classes({first: row_class[rows[first]] for first in firsts})
    second_classes = _classes({second: column_class[columns[second]] for second in seconds})
    covered = 16 + len(matrix)
    places = covered + 4 + 2 * len(firsts), covered + 4 + 2 * len(firsts) + len(first_classes)
    head = struct.pack(">HHHHHHHH", 2, covered, 4, 0, *places, len(row_class), len(column_class) + 1)
    return head + matrix + _coverage(firsts) + first_classes + second_classes


def _classes(numbers: Mapping[int, int]) -> bytes:
    ranges = b"".join(struct.pack(">HHH", glyph, glyph, number) for glyph, number in sorted(numbers.items()))
    return struct.pack(">HH", 2, len(numbers)) + ranges


def _coverage(glyphs: Sequence[int]) -> bytes:
    return struct.pack(f">HH{len(glyphs)}H", 1, len(glyphs), *glyphs)


def _replaced(figures: Mapping[int, int]) -> bytes:
    """Return glyphs and what stands for them as "Single Substitution Format 2"."""
    glyphs = sorted(figures)
    instead = struct.pack(f">HHH{len(glyphs)}H", 2, 6 + 2 * len(glyphs), len(glyphs), *(figures[g] for g in glyphs))
    return instead + _coverage(glyphs)
