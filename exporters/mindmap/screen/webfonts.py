"""The fonts that an SVG or page carries: subsets with exactly its characters, as WOFF in `data:` addresses.

WOFF File Format 1.0 (W3C Recommendation, 13 December 2012).
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable, Mapping

from ...typeset import FontFace, Style, font_file, primary, shape

_CSS: dict[Style, tuple[str, int, str]] = {  # family, weight, slope
    "regular": ("R", 400, "normal"),
    "figures": ("R", 400, "normal"),
    "medium": ("R", 500, "normal"),
    "semibold": ("R", 600, "normal"),
    "bold": ("R", 700, "normal"),
    "italic": ("R", 400, "italic"),
    "bold-italic": ("R", 700, "italic"),
    "code": ("C", 400, "normal"),
}
_FEATURES = ("kern", "tnum", "mark", "mkmk")
"""What a Latin face keeps of its layout tables; other scripts keep all that shapes them."""


def font_rules(used: Mapping[Style, Iterable[str]]) -> str:
    """Return `@font-face` rules for the words used in each style; what no face has is left to the reader's fonts."""
    wanted: dict[tuple[str, int, str], dict[str, tuple[FontFace, set[str]]]] = {}
    for style, words in used.items():
        faces = wanted.setdefault(_CSS[style], {})
        faces.setdefault(primary(style).name, (primary(style), set()))
        own = faces[primary(style).name][1]
        for word in words:
            if word.isascii():  # no need to ask: the style's own face has it all
                own.update(word)
                continue
            for piece in shape(word, style).pieces:
                faces.setdefault(piece.face.name, (piece.face, set()))[1].update(piece.text)
    rules: list[str] = []
    data: dict[tuple[str, str], str] = {}
    for (family, weight, slope), faces in sorted(wanted.items()):
        main = next(iter(faces))  # spaces are as wide as in the style's own face
        for name, (face, found) in sorted(faces.items()):
            own = found | {" "} if name == main else found - {" "}
            chars = "".join(sorted(char for char in own if face.has(char)))
            if not chars:
                continue
            if (name, chars) not in data:
                data[name, chars] = base64.b64encode(_subset(face, chars)).decode()
            rules.append(
                f"@font-face{{font-family:{family};font-weight:{weight};font-style:{slope};"
                f"src:url(data:font/woff;base64,{data[name, chars]})"
                + (f";unicode-range:{_ranges(chars)}" if len(faces) > 1 else "")
                + "}\n"
            )
    return "".join(rules)


def _ranges(chars: str) -> str:
    """Return a `unicode-range` value (CSS Fonts Level 4 §4.5)."""
    codes = sorted(map(ord, chars))
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)


def _subset(face: FontFace, chars: str) -> bytes:
    try:
        import uharfbuzz
    except ModuleNotFoundError:
        from .ready_webfont import ready_web_font

        ready = ready_web_font(face, chars)
        if ready is None:
            raise
        return woff(ready)
    font = uharfbuzz.Face(font_file(face.path))
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, chars))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    if face.name.startswith(("Fira", "Literata")):
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    if face.weight:
        wanted.pin_axis_location(font, "wght", face.weight)
    return woff(bytes(uharfbuzz.subset(font, wanted).blob.data))


def woff(font: bytes) -> bytes:
    """Return an OpenType font packed as WOFF 1.0."""
    flavor, count = font[:4], struct.unpack(">H", font[4:6])[0]
    directory, tables = bytearray(), bytearray()
    offset, size = 44 + 20 * count, 12 + 16 * count
    for index in range(count):
        tag, checksum, start, length = struct.unpack(">4sIII", font[12 + 16 * index : 28 + 16 * index])
        raw = font[start : start + length]
        packed = zlib.compress(raw, 9)
        if len(packed) >= length:
            packed = raw
        directory += struct.pack(">4sIIII", tag, offset + len(tables), len(packed), length, checksum)
        tables += packed + b"\0" * (-len(packed) % 4)
        size += (length + 3) & ~3
    header = struct.pack(">4s4sIHHIHHIIIII", b"wOFF", flavor, offset + len(tables), count, 0, size, 1, 0, 0, 0, 0, 0, 0)
    return header + bytes(directory) + bytes(tables)
