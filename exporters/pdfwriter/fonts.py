"""Fonts in use: words to strings of glyph codes, with a right way back from glyph to text.

Codes are glyph numbers (`Identity-H`, ISO 32000-1, 9.7.5.2). A glyph that stands for different texts in different
words gets a second font of the same face for the second text. Where glyphs and characters don't run side by side, the
word says its text by /ActualText: a whole word from left to right, and cluster by cluster from right to left, since
readers turn such lines round themselves.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from ..typeset import STYLES, FontFace, Piece, Style, Word, of_family, primary
from ..typeset.ascii_fast_path import MOST_WORDS, PLAIN, glyphs_of
from .document import PdfWriter, Recording
from .embedding import embed
from .used_font import MOST_OWNERS, Font


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

    def glyphs_of(self, chars: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Yield the glyphs of plain characters that were encoded before."""
        return ((self._known.glyphs[char], char) for char in chars)

    def encode(self, text: str) -> str:
        """Return a plain text as one payload."""
        return self._space.join(map(self.__getitem__, text.split(" ")))


Drawn = dict[str, frozenset[Any]]
"""What was drawn: characters of plain text by their style; behind a `/` glyphs with their texts by their font."""


def united(parts: Iterable[Drawn]) -> Drawn:
    """Return all that was drawn in several places."""
    found: dict[str, list[frozenset[Any]]] = {}
    for part in parts:
        for name, some in part.items():
            found.setdefault(name, []).append(some)
    return {name: frozenset().union(*sets) for name, sets in found.items()}


class NeedsOwnFontsError(Exception):
    """A file can't be drawn with fonts that are shared."""


class Fonts:
    """All fonts of a file; or, when it is `shared`, of many files, of which each says what it has drawn.

    Shared fonts let each glyph stand for whatever text it is drawn for. Where that would be two texts in one file, or
    none at all, they raise NeedsOwnFontsError: such a file is drawn with fonts of its own.
    """

    def __init__(self, *, shared: bool = False) -> None:
        self.shared = shared
        self._fonts: dict[str, list[Font]] = {}
        self._settings: dict[Style, tuple[str, float, Codes]] = {}
        self._words: dict[tuple[Style, str, int], tuple[str | EncodedWord, tuple[tuple[Font, Piece], ...]]] = {}
        self.missing: dict[str, None] = {}
        """Characters that no face has, in the order of their appearance."""
        self._chars: dict[Style, set[str]] = {}
        self._pieces: dict[str, set[tuple[int, str]]] = {}

    def of(self, face: FontFace) -> Font:
        """Return the first font of a face."""
        return self._copies(face)[0]

    def _copies(self, face: FontFace) -> list[Font]:
        copies = self._fonts.get(face.name)
        if copies is None:
            own = _own_names().get(face.name, "")
            copies = self._fonts[face.name] = [Font(face, own or _resource(face.name), PLAIN if own else "")]
        return copies

    def _for(self, piece: Piece) -> Font:
        """Return the font of a piece's face that can say its text."""
        copies = self._copies(piece.face)
        if self.shared:
            return copies[0]
        font = next((copy for copy in copies if copy.takes(piece)), None)
        if font is None and len(copies) < _COPIES:
            font = Font(piece.face, f"{copies[0].name}.{len(copies) + 1}")
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
        if self.shared:
            chars = self._chars.get(style)
            if chars is None:
                chars = self._chars[style] = {" "}
            chars.update(text)
        return self.setting(style)[2].encode(text)

    def encode(self, word: Word, style: Style) -> str | EncodedWord:
        """Return a word as one payload in its style's face, or as a setting."""
        if word.plain:
            return self.plain(word.text, style)
        if self.shared and word.missing:
            raise NeedsOwnFontsError
        level = word.pieces[0].level if word.pieces else 0
        found = self._words.get((style, word.text, level))
        if found is None:
            found = self._words[style, word.text, level] = self._encoded(word, style)
        if self.shared:
            for font, piece in found[1]:
                self._pieces.setdefault(font.name, set()).update(zip(piece.glyphs, piece.clusters, strict=True))
        return found[0]

    def _encoded(self, word: Word, style: Style) -> tuple[str | EncodedWord, tuple[tuple[Font, Piece], ...]]:
        for char in word.missing:
            self.missing.setdefault(char)
        parts: list[Encoded] = []
        drawn: list[tuple[Font, Piece]] = []
        simple = not word.missing
        for piece in word.pieces:
            font = self._for(piece)
            agrees = self.shared or font.takes(piece)
            if not self.shared:
                font.learn(piece)
            drawn.append((font, piece))
            if agrees and piece.simple:
                parts.append(_whole(font, piece))
            elif piece.level % 2:
                says = dict(zip(piece.glyphs, piece.clusters, strict=True)) if self.shared else font.texts
                parts += _by_cluster(font, piece, says)
            else:
                simple = False
                parts.append(_whole(font, piece))
        first = self.of(primary(style)).name
        single = len(parts) == 1 and parts[0].font == first and not (parts[0].actual or parts[0].rises)
        if simple and single and not _turns(word.text):
            return parts[0].payload, tuple(drawn)
        return EncodedWord(tuple(parts), "" if simple else word.text), tuple(drawn)

    def drawn(self) -> Drawn:
        """Return what was drawn since this was asked last, of shared fonts."""
        result: Drawn = {style: frozenset(chars) for style, chars in self._chars.items()}
        if self._pieces:
            result.update((f"/{name}", frozenset(pieces)) for name, pieces in self._pieces.items())
        self._pieces, self._chars = {}, {}
        return result

    def glyphs(self, drawn: Drawn) -> dict[str, frozenset[tuple[int, str]]]:
        """Return which glyphs of each font stand for which texts in what was drawn."""
        found: dict[str, set[tuple[int, str]]] = {}
        for style in STYLES:
            if style in drawn:
                font, _, codes = self.setting(style)
                found.setdefault(font, set()).update(codes.glyphs_of(drawn[style]))
        for name, pieces in drawn.items():
            if name.startswith("/"):
                found.setdefault(name[1:], set()).update(pieces)
        return {name: frozenset(glyphs) for name, glyphs in found.items()}

    def write(self, document: PdfWriter) -> bytes:
        """Embed the fonts; return the entries of the resources' font dictionary."""
        fonts = [font for copies in self._fonts.values() for font in copies if font.texts]
        fonts.sort(key=lambda font: font.name)
        return b"".join([b"/%s %d 0 R" % (font.name.encode(), embed(font, document)) for font in fonts])

    def recorded(self, name: str, glyphs: frozenset[tuple[int, str]]) -> Recording:
        """Return a shared font with some of its glyphs, for any file. Raises NeedsOwnFontsError."""
        texts = dict(glyphs)
        if len(texts) < len(glyphs) or max(Counter(texts.values()).values()) > MOST_OWNERS:
            raise NeedsOwnFontsError
        source = next(font for copies in self._fonts.values() for font in copies if font.name == name)
        font = Font(source.face, name)
        font.texts = texts
        recording = Recording()
        embed(font, recording)
        return recording


@of_family
@cache
def _own_names() -> dict[str, str]:
    """Return the short names of the faces that styles have, so that no name depends on what was drawn first."""
    return {name: f"F{at}" for at, name in enumerate(dict.fromkeys(primary(style).name for style in STYLES), 1)}


def _resource(name: str) -> str:
    """Return a face's name as it may stand in a PDF."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-.") else "_" for char in name)


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


def _by_cluster(font: Font, piece: Piece, says: Mapping[int, str]) -> list[Encoded]:
    """Return a piece that reads from right to left cluster by cluster, in drawing order, each with its text.

    `says` is what glyphs stand for by themselves.

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
        agrees = len(base) == 1 and says.get(base[0].id) == text
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
