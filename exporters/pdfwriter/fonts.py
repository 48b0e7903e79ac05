"""Fonts in use: words to strings of glyph codes, with a right way back from glyph to text.

Codes are glyph numbers (`Identity-H`, ISO 32000-1, 9.7.5.2). A glyph that stands for different texts in different
words gets a second font of the same face for the second text. Where glyphs and characters don't run side by side, the
word says its text by /ActualText: a whole word from left to right, and cluster by cluster from right to left, since
readers turn such lines round themselves.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from ..typeset import STYLES, FontFace, Piece, Style, Word, primary
from ..typeset.ascii_fast_path import MOST_WORDS, glyphs_of
from .document import PdfWriter
from .embedding import embed
from .used_font import Font


class Encoded(NamedTuple):
    """A part of a word, ready for a TJ array."""

    font: str
    """Its resource name, with the factor of its size."""
    scale: float
    payload: str
    """Bytes as Latin-1, without the outer brackets: it begins and ends inside a string."""
    rises: tuple[tuple[float, str], ...] = ()
    """Instead of the payload where glyphs are raised: by how many em, and the payload of each part."""
    actual: str = ""
    """The text of this part where its glyphs don't say it."""
    silent: bool = False
    """Whether it says nothing, for its base says its text."""


class EncodedWord(NamedTuple):
    """A word that needs more than one string: its parts, and the text it stands for where the glyphs don't say it."""

    parts: tuple[Encoded, ...]
    actual: str


_COPIES = 6
"""Fonts of one face, at most."""


class Codes(dict[str, str]):
    """How plain words stand in a string of one font."""

    def __init__(self, font: Font, style: Style) -> None:
        super().__init__()
        self._font = font
        self._known = glyphs_of(style)
        self._chars: dict[str, tuple[str, int]] = {}
        """Code and width of each character."""
        self._pairs: dict[tuple[str, str], str] = {}
        """The code of a character before another one, corrected by its kern."""
        self._space = self[" "]

    def __missing__(self, word: str) -> str:
        try:
            code = "".join(map(self._pairs.__getitem__, itertools.pairwise(f"{word} ")))
        except KeyError:
            self._learn(word)
            return self[word]
        if len(self) < MOST_WORDS:
            self[word] = code
        return code

    def _learn(self, word: str) -> None:
        font, known = self._font, self._known
        known.width(word)
        for char in word:
            if char not in self._chars:
                glyph = known.glyphs[char]
                font.texts[glyph] = char
                self._chars[char] = (_code(glyph).decode("latin-1"), font.nominal(glyph))
        unit = 1000 / font.face.scale
        for pair in itertools.pairwise(f"{word} "):
            if pair not in self._pairs:
                code, width = self._chars[pair[0]]
                kern = width - round(known.advances[pair] * unit)
                self._pairs[pair] = f"{code}){kern}(" if kern else code

    def encode(self, text: str) -> str:
        """Return a plain text as one payload."""
        return self._space.join(map(self.__getitem__, text.split(" ")))


_PLAIN = "".join(map(chr, range(32, 127)))


class Fonts:
    """All fonts of a file."""

    def __init__(self) -> None:
        self._fonts: dict[str, list[Font]] = {}
        self._count = 0
        self._settings: dict[Style, tuple[str, float, Codes]] = {}
        self._words: dict[tuple[Style, str, int], str | EncodedWord] = {}
        self.missing: dict[str, None] = {}
        """Characters that no face has, in the order of their appearance."""

    def of(self, face: FontFace) -> Font:
        """Return the first font of a face."""
        return self._copies(face)[0]

    def _copies(self, face: FontFace) -> list[Font]:
        copies = self._fonts.get(face.name)
        if copies is None:
            own = any(face.name == primary(style).name for style in STYLES)
            copies = self._fonts[face.name] = [self._new(face, _PLAIN if own else "")]
        return copies

    def _new(self, face: FontFace, reserved: str = "") -> Font:
        self._count += 1
        return Font(face, f"F{self._count}", reserved)

    def _for(self, piece: Piece) -> Font:
        """Return the font of a piece's face that can say its text."""
        copies = self._copies(piece.face)
        font = next((copy for copy in copies if copy.takes(piece)), None)
        if font is None and len(copies) < _COPIES:
            font = self._new(piece.face)
            copies.append(font)
        return font or copies[0]

    def setting(self, style: Style) -> tuple[str, float, Codes]:
        """Return what plain text in a style needs: its font's resource name, the factor of its size, its codes."""
        found = self._settings.get(style)
        if found is None:
            font = self.of(primary(style))
            found = self._settings[style] = (font.name, font.face.scale, Codes(font, style))
        return found

    def plain(self, text: str, style: Style) -> str:
        """Return a plain text as one payload in its style's face."""
        return self.setting(style)[2].encode(text)

    def encode(self, word: Word, style: Style) -> str | EncodedWord:
        """Return a word as one payload in its style's face, or as a setting."""
        if word.plain:
            return self.plain(word.text, style)
        level = word.pieces[0].level if word.pieces else 0
        found = self._words.get((style, word.text, level))
        if found is None:
            found = self._words[style, word.text, level] = self._encoded(word, style)
        return found

    def _encoded(self, word: Word, style: Style) -> str | EncodedWord:
        for char in word.missing:
            self.missing.setdefault(char)
        parts: list[Encoded] = []
        simple = not word.missing
        for piece in word.pieces:
            font = self._for(piece)
            agrees = font.takes(piece)
            font.learn(piece)
            if agrees and piece.simple:
                parts.append(_whole(font, piece))
            elif piece.level % 2:
                parts += _by_cluster(font, piece)
            else:
                simple = False
                parts.append(_whole(font, piece))
        first = self.of(primary(style)).name
        single = len(parts) == 1 and parts[0].font == first and not (parts[0].actual or parts[0].rises)
        if simple and single and not _turns(word.text):
            return parts[0].payload
        return EncodedWord(tuple(parts), "" if simple else word.text)

    def write(self, document: PdfWriter) -> bytes:
        """Embed the fonts; return the entries of the resources' font dictionary."""
        fonts = (font for copies in self._fonts.values() for font in copies if font.texts)
        return b"".join(b"/%s %d 0 R" % (font.name.encode(), embed(font, document)) for font in fonts)


def _turns(text: str) -> bool:
    """Whether a text looks otherwise where a line reads from right to left: signs only, mirrored or several."""
    return (len(text) > 1 or text in "()[]{}<>«»‹›≤≥") and not any(map(str.isalnum, text))


_EMPTY_END = re.compile(r"\)-?\d+\(\Z")


def tj(payload: str) -> str:
    """Return the operator that shows a payload, without empty strings at its ends: PDFium drops the numbers by them."""
    head = f"[{payload[1:]}" if payload.startswith(")") else f"[({payload}"
    return f"{head[:-1]}]TJ" if _EMPTY_END.search(payload) else f"{head})]TJ"


_ESCAPED = {40: rb"\(", 41: rb"\)", 92: rb"\\", 13: rb"\r"}


def _code(glyph: int) -> bytes:
    high, low = glyph >> 8, glyph & 255
    return _ESCAPED.get(high, bytes((high,))) + _ESCAPED.get(low, bytes((low,)))


class _Glyph(NamedTuple):
    """A glyph in its place, from the piece's start, in thousandths of an em at the face's own scale."""

    id: int
    x: int
    advance: int
    rise: float
    """In em."""


def _placed(piece: Piece) -> list[_Glyph]:
    scale = piece.face.scale / 1000
    result: list[_Glyph] = []
    pen = 0
    for index, glyph in enumerate(piece.glyphs):
        advance = round(piece.advances[index] / scale)
        shift, rise = piece.offsets[index] if piece.offsets else (0.0, 0.0)
        result.append(_Glyph(glyph, pen + round(shift / scale), advance, rise))
        pen += advance
    return result


def _whole(font: Font, piece: Piece) -> Encoded:
    glyphs = _placed(piece)
    return _encoded(font, glyphs, 0, sum(glyph.advance for glyph in glyphs))


def _by_cluster(font: Font, piece: Piece) -> list[Encoded]:
    """Return a piece that reads from right to left cluster by cluster, in drawing order, each with its text.

    A cluster's base says its text and its marks say nothing: readers measure what says a text, and would see gaps
    between the letters if the marks were part of it.
    """
    bounds = [*sorted(set(piece.starts)), len(piece.text)]
    ends = dict(itertools.pairwise(bounds))
    glyphs = _placed(piece)
    parts: list[Encoded] = []
    pen = 0
    for start, group in itertools.groupby(range(len(glyphs)), key=lambda index: piece.starts[index]):
        found = [glyphs[index] for index in group]
        text = piece.text[start : ends[start]]
        after = pen + sum(glyph.advance for glyph in found)
        base = [glyph for glyph in found if glyph.advance] or found
        marks = [glyph for glyph in found if glyph not in base]
        agrees = len(base) == 1 and font.texts.get(base[0].id) == text
        parts.append(_encoded(font, base, pen, after)._replace(actual="" if agrees else text))
        if marks:
            parts.append(_encoded(font, marks, after, after)._replace(silent=True))
        pen = after
    return parts


def _encoded(font: Font, glyphs: list[_Glyph], here: int, end: int) -> Encoded:
    """Return glyphs as TJ strings from one place to another: corrections between them, raised ones in own parts."""
    parts: list[tuple[float, str]] = []
    out = bytearray()
    at = 0.0
    for glyph in glyphs:
        if glyph.rise != at:
            if out:
                parts.append((at, out.decode("latin-1")))
            out = bytearray()
            at = glyph.rise
        if here != glyph.x:
            out += b")%d(" % (here - glyph.x)
        out += _code(glyph.id)
        here = glyph.x + font.nominal(glyph.id)
    if here != end:
        out += b")%d(" % (here - end)
    parts.append((at, out.decode("latin-1")))
    if len(parts) == 1 and not at:
        return Encoded(font.name, font.face.scale, parts[0][1])
    return Encoded(font.name, font.face.scale, "", tuple(parts))
