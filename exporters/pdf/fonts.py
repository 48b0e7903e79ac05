"""Embedding fonts: subsets by glyph, one composite font a face, with a right way back from glyph to text.

Codes are glyph numbers (`Identity-H`, ISO 32000-1, 9.7.5.2). A glyph that stands for different texts in different
words keeps its first in the ToUnicode map, and the other words say their text by /ActualText.
"""

from __future__ import annotations

from typing import NamedTuple

from ..typeset import Face, Piece, Style, Word, primary, shape
from .document import Document


class Encoded(NamedTuple):
    """A part of a word, ready for a TJ array."""

    font: str
    """Its resource name, with the factor of its size."""
    scale: float
    payload: str
    """Bytes as Latin-1, without the outer brackets: it begins and ends inside a string."""
    rises: tuple[tuple[float, str], ...] = ()
    """Instead of the payload where glyphs are raised: by how many em, and the payload of each part."""


class Setting(NamedTuple):
    """A word that needs more than one string: its parts, and the text it stands for where the glyphs don't say it."""

    parts: tuple[Encoded, ...]
    actual: str


class Font:
    """A face in use: its resource name and the glyphs that were drawn."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.texts: dict[int, str] = {}
        self._widths: dict[int, int] = {}

    def nominal(self, glyph: int) -> int:
        """Return a glyph's width in thousandths of an em."""
        found = self._widths.get(glyph)
        if found is None:
            found = self._widths[glyph] = round(self.face.font.get_glyph_h_advance(glyph))
        return found


class Fonts:
    """All fonts of a file."""

    def __init__(self) -> None:
        self._fonts: dict[str, Font] = {}
        self._simple: dict[Style, dict[str, str]] = {}
        self._settings: dict[tuple[Style, str, int], Setting] = {}
        self.missing: dict[str, None] = {}
        """Characters that no face has, in the order of their appearance."""

    def of(self, face: Face) -> Font:
        """Return the font of a face."""
        font = self._fonts.get(face.name)
        if font is None:
            font = self._fonts[face.name] = Font(face, f"F{len(self._fonts) + 1}")
        return font

    def simple(self, style: Style) -> dict[str, str]:
        """Return the known payloads of words that are one plain string in the style's own face."""
        known = self._simple.get(style)
        if known is None:
            known = self._simple[style] = {}
            self.encode(shape(" ", style), style)
        return known

    def encode(self, word: Word, style: Style) -> str | Setting:
        """Return a word as one payload in its style's face, or as a setting."""
        known = self.simple(style) if self._simple else self._simple.setdefault(style, {})
        if word.text in known:
            return known[word.text]
        level = word.pieces[0].level if word.pieces else 0
        found = self._settings.get((style, word.text, level))
        if found:
            return found
        for char in word.missing:
            self.missing.setdefault(char)
        plain = all(piece.simple for piece in word.pieces) and not word.missing
        parts: list[Encoded] = []
        for piece in word.pieces:
            font = self.of(piece.face)
            plain = self._learn(font, piece) and plain
            parts.append(_encoded(font, piece))
        if plain and len(parts) == 1 and word.pieces[0].face is primary(style):
            known[word.text] = parts[0].payload
            return parts[0].payload
        setting = self._settings[style, word.text, level] = Setting(tuple(parts), "" if plain else word.text)
        return setting

    def _learn(self, font: Font, piece: Piece) -> bool:
        """Remember which text each glyph stands for; return whether all agree with what is known."""
        agree = True
        for glyph, cluster in zip(piece.glyphs, piece.clusters, strict=True):
            known = font.texts.setdefault(glyph, cluster or "\ufffd")
            agree = agree and known == cluster
        return agree

    def write(self, document: Document) -> bytes:
        """Embed the fonts; return the entries of the resources' font dictionary."""
        return b"".join(b"/%s %d 0 R" % (font.name.encode(), _embed(font, document)) for font in self._fonts.values())


_ESCAPED = {40: rb"\(", 41: rb"\)", 92: rb"\\", 13: rb"\r"}


def _code(glyph: int) -> bytes:
    high, low = glyph >> 8, glyph & 255
    return _ESCAPED.get(high, bytes((high,))) + _ESCAPED.get(low, bytes((low,)))


def _encoded(font: Font, piece: Piece) -> Encoded:
    """Return a piece as TJ strings, kerned; a moved glyph by corrections before and after, a raised one by a part."""
    scale = piece.face.scale / 1000
    parts: list[tuple[float, str]] = []
    out = bytearray()
    at = 0.0
    pending = 0
    for index, (glyph, advance) in enumerate(zip(piece.glyphs, piece.advances, strict=True)):
        shift, rise = (round(piece.offsets[index][0] / scale), piece.offsets[index][1]) if piece.offsets else (0, 0.0)
        if rise != at:
            if pending:
                out += b")%d(" % pending
                pending = 0
            if out:
                parts.append((at, out.decode("latin-1")))
            out = bytearray()
            at = rise
        if pending - shift:
            out += b")%d(" % (pending - shift)
        out += _code(glyph)
        pending = shift + font.nominal(glyph) - round(advance / scale)
    if pending:
        out += b")%d(" % pending
    parts.append((at, out.decode("latin-1")))
    if len(parts) == 1 and not at:
        return Encoded(font.name, piece.face.scale, parts[0][1])
    return Encoded(font.name, piece.face.scale, "", tuple(parts))


_DROPPED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "JSTF",
    "STAT",
    "MVAR",
    "name",
    "post",
    "OS/2",
    "cmap",
    "DSIG",
    "gasp",
    "kern",
)


def _embed(font: Font, document: Document) -> int:
    import uharfbuzz as hb

    face = font.face
    source = face.font.face
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.glyph_set.update({0, *font.texts})
    wanted.drop_table_tag_set.update({int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED})
    if face.weight:
        wanted.pin_axis_location(source, "wght", face.weight)
    subset = hb.subset(source, wanted)
    compact = "CFF " in source.table_tags
    name = b"%s+%s" % (_prefix(font), face.name.encode("ascii", "replace").replace(b" ", b""))
    if compact:
        program = subset.reference_table("CFF ").data
        file = b"/FontFile3 %d 0 R" % document.stream(program, b"/Subtype/CIDFontType0C")
    else:
        program = subset.blob.data
        file = b"/FontFile2 %d 0 R" % document.stream(program, b"/Length1 %d" % len(program))
    vertical = face.vertical
    slanted = "Italic" in face.name
    descriptor = document.add(
        b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[-500 %d 1500 %d]/ItalicAngle %d/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV %d%s>>"
        % (
            name,
            4 | (64 if slanted else 0),
            vertical.descent * 1000,
            vertical.ascent * 1000,
            -12 if slanted else 0,
            vertical.ascent * 1000,
            vertical.descent * 1000,
            vertical.cap_height * 1000,
            50 + (face.weight or 400) // 10,
            file,
        )
    )
    widths = b"".join(b"%d[%d]" % (glyph, font.nominal(glyph)) for glyph in sorted(font.texts))
    descendant = document.add(
        b"<</Type/Font/Subtype/%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/DW 1000/W[%s]%s>>"
        % (
            b"CIDFontType0" if compact else b"CIDFontType2",
            name,
            descriptor,
            widths,
            b"" if compact else b"/CIDToGIDMap/Identity",
        )
    )
    unicode = document.stream(_to_unicode(font.texts))
    return document.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, unicode)
    )


def _prefix(font: Font) -> bytes:
    """Return six letters that tell this subset from others of its font (ISO 32000-1, 9.6.4)."""
    total = 0
    for glyph in sorted(font.texts):
        total = (total * 31 + glyph + 1) % 26**6
    letters = bytearray()
    for _ in range(6):
        total, letter = divmod(total, 26)
        letters.append(65 + letter)
    return bytes(letters)


def _to_unicode(texts: dict[int, str]) -> bytes:
    """Return a ToUnicode CMap (ISO 32000-1, 9.10.3); what lies beyond U+FFFF as surrogates in UTF-16BE."""
    rows = [
        b"<%04X><%s>" % (glyph, text.encode("utf-16-be", "surrogatepass").hex().upper().encode())
        for glyph, text in sorted(texts.items())
    ]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part))
        for part in (rows[start : start + 100] for start in range(0, len(rows), 100))
    ]
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
        b"/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n" + b"".join(blocks) + b"endcmap\n"
        b"CMapName currentdict/CMap defineresource pop\nend\nend\n"
    )
