"""Embedding: subsets of fonts by glyph, with their widths and the way back to text (ISO 32000-1, 9.7 and 9.9)."""

from __future__ import annotations

from typing import Any

from ..typeset import FontFace
from .document import ObjectSink
from .true_type import true_type
from .used_font import Font

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


def subset(face: FontFace, glyphs: set[int]) -> Any:
    """Return a font file with some glyphs of a face, each under its number, as a `uharfbuzz.Blob`."""
    import uharfbuzz as hb

    source = face.font.face
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.glyph_set.update({0, *glyphs})
    wanted.drop_table_tag_set.update({int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED})
    if face.weight:
        wanted.pin_axis_location(source, "wght", face.weight)
    return hb.subset(source, wanted).blob


def _program(font: Font, document: ObjectSink) -> tuple[int, bool]:
    """Write the font program; return the number of its stream, and whether it is a bare `CFF ` table."""
    face = font.face
    found = face.ready.outlines(set(font.texts)) if face.ready else None
    if face.ready and found is not None:
        program = true_type(face.ready.tables, found)
    else:
        blob = subset(face, set(font.texts))
        if "CFF " in face.font.face.table_tags:
            import uharfbuzz

            table = uharfbuzz.Face(blob).reference_table("CFF ").data
            return document.stream(table, b"/Subtype/CIDFontType0C"), True
        program = blob.data
    return document.stream(program, b"/Length1 %d" % len(program)), False


def embed(font: Font, document: ObjectSink) -> int:
    """Write the subset of a font that was drawn; return the number of its font object."""
    face = font.face
    program, compact = _program(font, document)
    name = b"%s+%s" % (_prefix(font), face.name.encode("ascii", "replace").replace(b" ", b""))
    file = b"/FontFile%d %d 0 R" % (3 if compact else 2, program)
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
