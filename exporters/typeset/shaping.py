"""Words to glyphs: split by direction and face, shape with HarfBuzz, remember the result."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from ...core.locale.language_file import is_traditional_chinese, subtags
from .ascii_fast_path import LATIN, MOST_WORDS, TABULAR, glyphs_of, is_plain, measure
from .bidi import has_rtl, level_runs
from .char_classes import Chars
from .fonts import Family, FontFace, Style, emoji, face_for, of_family, primary, set_family


class Piece(NamedTuple):
    """Part of a word in one face and direction; glyphs stand in drawing order, left to right."""

    face: FontFace
    text: str
    """In reading order."""
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    """One a glyph, in em at the text's size (the face's scale is in them)."""
    offsets: tuple[tuple[float, float], ...]
    """Where each glyph is moved to, in em; empty when none is."""
    clusters: Sequence[str]
    """The characters that each glyph stands for, as well as one can say; never empty."""
    starts: tuple[int, ...]
    """Where each glyph's cluster begins in the text: glyphs of one start belong together."""
    simple: bool
    """Whether there is one unmoved glyph a cluster, so that glyphs in reading order are the text."""
    level: int
    """Embedding level (UAX #9): odd ones read from right to left."""


class Word:
    """A text without break, measured; shaped when somebody asks for its pieces, which a plain one rarely needs."""

    __slots__ = ("_pieces", "missing", "plain", "style", "text", "width")

    def __init__(
        self, text: str, style: Style, width: float, pieces: tuple[Piece, ...] | None = None, missing: str = ""
    ) -> None:
        self.text = text
        self.style = style
        self.width = width
        """In em."""
        self.plain = pieces is None
        """Whether it is ASCII in the style's own face, one glyph a character (see `plain.py`)."""
        self.missing = missing
        """Characters that no face has; they are drawn as their code."""
        self._pieces = pieces

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.style!r}, {self.width:.3f})"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """In drawing order when the word stands alone in a line from left to right."""
        if self._pieces is None:
            self._pieces = (_plain_piece(self.text, self.style),) if self.text else ()
        return self._pieces

    @property
    def faces(self) -> tuple[FontFace, ...]:
        """The face of each piece."""
        return (primary(self.style),) if self.plain else tuple(piece.face for piece in self.pieces)


_CONTROL = re.compile("[\x00-\x1f\x7f]")
_HIDDEN = Chars("\u00ad", "\u200b", "\u200e\u200f", "\u202a\u202e", "\u2060", "\u2066\u206f", "\ufeff", "\ufff9\ufffb")
"""What has no picture: soft hyphens, marks and controls of direction (a title may not turn the rest of a line)."""
_JOINERS = frozenset("\u200c\u200d\u20e3")
_EXTENDING = frozenset(("Mn", "Me", "Mc"))

_words: dict[Style, dict[str, Word]] = {}
_words_of: dict[tuple[str, Family], dict[Style, dict[str, Word]]] = {("", "sans"): _words}
"""The words of each way to write Chinese characters, and of each family (`written_in`); `_words` are those of now."""
_hand = ""


@contextmanager
def written_in(language: str, family: Family = "sans") -> Iterator[None]:
    """Set text in a family, and Chinese characters as a language (BCP 47) writes them, while the context lasts.

    Chinese, Japanese and Korean share characters but not their shapes (The Unicode Standard, 6.0 and later, chapter
    18, "Han Unification"); the font has them all and asks for the language (OpenType `locl`).
    """
    global _words, _hand  # noqa: PLW0603 - a book has one language, and what was shaped in it is remembered apart
    before = _hand
    before_in = set_family(family)
    try:
        _hand = _hand_of(language)
        _words = _words_of.setdefault((_hand, family), {})
        yield
    finally:
        _hand = before
        set_family(before_in)
        _words = _words_of.setdefault((before, before_in), {})


def _hand_of(language: str) -> str:
    first = subtags(language)[0]
    if first in {"zh", "yue", "cmn"}:
        return "zh-Hant" if is_traditional_chinese(language) else "zh-Hans"
    return first if first in {"ja", "ko"} else ""


_KANA = Chars("\u3041\u30ff")


def shape(text: str, style: Style) -> Word:
    """Return a text without line break as glyphs. Remembered: a roadmap's words return."""
    try:
        return _words[style][text]
    except KeyError:
        words = _words.setdefault(style, {})
        if len(words) > MOST_WORDS:
            words.clear()
        word = Word(text, style, measure(text, style)) if is_plain(text) else _shape(text, style)
        if style != "figures" or len(text) < 4:  # numbers of nodes don't return
            words[text] = word
        return word


def width(text: str, style: Style, size: float) -> float:
    """Return the width of one line of text in points at a size in points."""
    if is_plain(text):
        return measure(text, style) * size
    parts = text.split(" ")
    return (sum(shape(part, style).width for part in parts if part) + space_width(style) * (len(parts) - 1)) * size


def runs(text: str, style: Style) -> list[tuple[FontFace, str]]:
    """Return a text in its parts of one face each, in reading order; what no face has comes as its code."""
    result: list[tuple[FontFace, str]] = []
    for face, part in _by_face(_visible(text), style):
        shown = part if face else "".join(map(code_of, part))
        result.append((face or primary(style), shown))
    return result


def missing(text: str, style: Style = "regular") -> str:
    """Return the characters of a text that no face has, each once, in order."""
    found = "".join(part for face, part in _by_face(_visible(text), style) if face is None)
    return "".join(dict.fromkeys(found))


def name_of(char: str) -> str:
    """Return a character's code and name, as a notice says it: `U+4E2D CJK UNIFIED IDEOGRAPH-4E2D`."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'without a name')}"


def code_of(char: str) -> str:
    """Return what is drawn for a character that no face has."""
    return f"[U+{ord(char):04X}]"


def _visible(text: str) -> str:
    """Return a text with control characters as their pictures (U+2400) and without what has none."""
    if not text.isprintable():
        text = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] != "\x7f" else "\u2421", text)
        text = "".join([char for char in text if char not in _HIDDEN])
    return text


def _by_face(text: str, style: Style) -> list[tuple[FontFace | None, str]]:
    """Split where the face changes; marks, joiners and selectors stay with the character they belong to."""
    result: list[tuple[FontFace | None, str]] = []
    joined = False
    for index, char in enumerate(text):
        stays = joined or char in _JOINERS or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
        joined = char == "\u200d"
        if result and not stays and unicodedata.category(char) in _EXTENDING:
            stays = result[-1][0] is not None and result[-1][0].has(char)
        if result and stays:
            face: FontFace | None = result[-1][0]
        elif "\ufe00" <= char <= "\ufe0f":
            continue
        else:
            pictures = emoji(style) if text[index + 1 : index + 2] == "\ufe0f" else None
            face = pictures if pictures and pictures.has(char) else face_for(char, style)
        if result and result[-1][0] is face:
            result[-1] = (face, result[-1][1] + char)
        else:
            result.append((face, char))
    return _with_keycaps(result, style)


def _with_keycaps(parts: list[tuple[FontFace | None, str]], style: Style) -> list[tuple[FontFace | None, str]]:
    """Move the digit of a keycap (1️⃣) into the face that has keycaps."""
    result: list[tuple[FontFace | None, str]] = []
    for face, part in parts:
        if "\u20e3" not in part:
            result.append((face, part))
            continue
        emoji = face_for("\u20e3", style)
        for index, chunk in enumerate(re.split("(.\ufe0f?\u20e3)", part)):
            owner = emoji if index % 2 else face
            if result and result[-1][0] is owner:
                result[-1] = (owner, result[-1][1] + chunk)
            elif chunk:
                result.append((owner, chunk))
    return result


def _shape(text: str, style: Style) -> Word:
    shown = _visible(text)
    if not shown:
        return Word(text, style, 0.0, ())
    return _word(text, level_runs(shown) if has_rtl(shown) else [(0, shown)], style)


def shape_at(text: str, style: Style, level: int) -> Word:
    """Shape a text at an embedding level that its line gives it; HarfBuzz mirrors signs at odd ones (UAX #9, L4)."""
    shown = _visible(text)
    return _word(text, [(level, shown)] if shown else [], style)


def _word(text: str, parts: list[tuple[int, str]], style: Style) -> Word:
    pieces: list[Piece] = []
    absent = ""
    for level, part in parts:
        faces = _by_face(part, style)
        for face, chars in reversed(faces) if level % 2 else faces:
            if face is None:
                absent += chars
                shape_of = _piece(primary(style), "".join(map(code_of, chars)), 0)
                pieces.append(shape_of._replace(text=chars, simple=False, level=level))
            else:
                pieces.append(_piece(face, chars, level))
    return Word(text, style, sum(sum(piece.advances) for piece in pieces), tuple(pieces), absent)


def _plain_piece(text: str, style: Style) -> Piece:
    learned = glyphs_of(style)
    learned.width(text)
    glyphs = tuple([learned.glyphs[char] for char in text])
    widths = tuple([learned.advances[pair] for pair in itertools.pairwise(f"{text} ")])
    return Piece(primary(style), text, glyphs, widths, (), text, tuple(range(len(text))), True, 0)


def _piece(face: FontFace, text: str, level: int) -> Piece:
    if level == 0 and (ready := _ready_piece(face, text)):
        return ready
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    if "CJK" in face.name:
        buffer.language = _hand or ("ja" if _KANA.found_in(text) else "zh-Hans")
        if buffer.script in {None, "Zyyy"}:  # punctuation alone
            buffer.script = "Hani"
    elif buffer.script == "Zyyy" and face.kerning:  # as plain text: signs are kerned alike beside letters and alone
        buffer.script = "Latn"
    buffer.flags |= uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES  # PDFium shows the gap that such a glyph leaves
    latin = (buffer.script or "Zyyy") in {"Latn", "Grek", "Cyrl", "Zyyy"} and "NotoEmoji" not in face.name
    uharfbuzz.shape(face.font, buffer, (TABULAR if face.tabular else LATIN) if latin else {})
    scale = face.scale / 1000
    infos, positions = buffer.glyph_infos, buffer.glyph_positions or ()  # None for a text of hidden characters alone
    glyphs = tuple(info.codepoint for info in infos)
    advances = tuple(position.x_advance * scale for position in positions)
    moved = any(position.x_offset or position.y_offset for position in positions)
    offsets = tuple((p.x_offset * scale, p.y_offset * scale) for p in positions) if moved else ()
    starts = tuple(info.cluster for info in infos)
    clusters = _clusters(text, starts)
    single = not moved and len(set(starts)) == len(starts)
    simple = single and "".join(reversed(clusters) if level % 2 else clusters) == text
    return Piece(face, text, glyphs, advances, offsets, clusters, starts, simple, level)


def _ready_piece(face: FontFace, text: str) -> Piece | None:
    """Return a text from left to right in what was made ready of its face; None when that doesn't have it all.

    A selector that asks for a picture (U+FE0F) belongs to the character before it.
    """
    kerning = face.kerning
    starts = tuple([index for index, char in enumerate(text) if char != "\ufe0f" or not index])
    chars = "".join([text[start] for start in starts])
    if kerning is None or not kerning.takes(chars):
        return None
    scale = face.scale / 1000
    glyphs = tuple(map(kerning.glyph, chars))
    advances = tuple([kerning.advance(*pair) * scale for pair in zip(chars, [*chars[1:], ""], strict=True)])
    clusters = [text[start:end] for start, end in itertools.pairwise([*starts, len(text)])]
    return Piece(face, text, glyphs, advances, (), clusters, starts, True, 0)


def _clusters(text: str, starts: Sequence[int]) -> tuple[str, ...]:
    """Return the characters of each glyph, given where its cluster starts (HarfBuzz, "Clusters").

    Where a cluster has several glyphs, each gets one of its characters, the last all that are left.
    """
    bounds = [*sorted(set(starts)), len(text)]
    ends = dict(itertools.pairwise(bounds))
    result: list[str] = []
    for start, group in itertools.groupby(starts):
        count = len(list(group))
        chars = text[start : ends[start]]
        result += [chars[min(index, len(chars) - 1)] for index in range(count - 1)]
        result.append(chars[count - 1 :] or chars[-1])
    return tuple(result)


@of_family
@cache
def space_width(style: Style) -> float:
    """Return the width of a space in em."""
    return primary(style).advance(" ")
