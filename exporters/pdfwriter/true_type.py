"""Font files of ready outlines (OpenType 1.9, "OpenType Font File"): the tables that a PDF asks for."""

from __future__ import annotations

import struct
from collections.abc import Mapping


def true_type(
    tables: Mapping[str, bytes], outlines: Mapping[int, tuple[bytes, bytes]], more: Mapping[bytes, bytes] | None = None
) -> bytes:
    """Return a file with outlines and metrics by the glyphs' numbers, those between left empty.

    `tables` has `head`, `hhea` and `maxp` of a font with these glyphs and more; `more` is what a PDF does
    without.
    """
    count = max(outlines) + 1
    glyf, metrics = bytearray(), bytearray()
    places: list[int] = []
    for glyph in sorted(outlines):
        outline, measures = outlines[glyph]
        between = glyph - len(places)
        places += [len(glyf)] * (between + 1)
        metrics += b"\0\0\0\0" * between + measures
        glyf += outline + b"\0" * (-len(outline) % 4)
    head, hhea, maxp = tables["head"], tables["hhea"], tables["maxp"]
    made = {
        b"glyf": bytes(glyf),
        b"head": head[:8] + b"\0\0\0\0" + head[12:50] + b"\0\1" + head[52:],  # no checksum yet, a long `loca`
        b"hhea": hhea[:34] + struct.pack(">H", count),
        b"hmtx": bytes(metrics),
        b"loca": struct.pack(f">{count + 1}I", *places, len(glyf)),
        b"maxp": maxp[:4] + struct.pack(">H", count) + maxp[6:],
    }
    return _file(dict(sorted({**made, **(more or {})}.items())))


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """Return tables, given in the order of their tags, as one file, with its checksum in `head`."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    start = 12 + 16 * count
    body = bytearray()
    total = adjustment = 0
    for tag, table in tables.items():
        checksum = _checksum(table)
        total += checksum
        if tag == b"head":
            adjustment = len(body) + 8
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    body[adjustment : adjustment + 4] = struct.pack(">I", (0xB1B0AFBA - total - _checksum(directory)) % 2**32)
    return directory + bytes(body)


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % 2**32
