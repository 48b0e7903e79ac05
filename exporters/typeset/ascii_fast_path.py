"""Plain text: ASCII in a style's own face, measured by pairs of characters instead of by shaping.

In the faces we ship a printable ASCII character has one glyph whatever stands beside it, and its advance depends on
the next character alone (OpenType `kern`, pair positioning). So 95 × 95 pairs, made ready (see `ready_fonts.py`) or
learned from HarfBuzz when first met, say all of it, and most titles need nothing else. The one exception is the grave
accent, which depends on more.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from .fonts import FontFace, Style, of_family, primary


def is_plain(text: str) -> bool:
    """Whether a text can be measured by its pairs."""
    return text.isascii() and text.isprintable() and "`" not in text


PLAIN = "".join(filter(is_plain, map(chr, range(128))))
"""All characters of plain text."""


class _Advances(dict[tuple[str, str], float]):
    """The width of a character before another one, in em, by (character, next character)."""

    def __init__(self, face: FontFace) -> None:
        super().__init__()
        self._kerning = face.kerning
        self._scale = face.scale / 1000

    def __missing__(self, pair: tuple[str, str]) -> float:
        if self._kerning is None:
            raise KeyError(pair)
        self[pair] = found = self._kerning.advance(*pair) * self._scale
        return found


class Glyphs:
    """What is known of a style's plain characters: as it was made ready, or learned from HarfBuzz, a word at a time."""

    def __init__(self, style: Style) -> None:
        self.face = primary(style)
        kerning = self.face.kerning
        self.glyphs: dict[str, int] = {char: kerning.glyph(char) for char in PLAIN} if kerning else {}
        """By character."""
        self.advances = _Advances(self.face)
        """The next character of a word's last one is given as a space. Spaces are not kerned."""
        self.space = self.width(" ")

    def width(self, word: str) -> float:
        """Return the width in em of a word of plain text."""
        try:
            return sum(map(self.advances.__getitem__, pairwise(f"{word} ")))
        except KeyError:
            found = shaped(self.face, word)
            self.glyphs.update(zip(word, (glyph for glyph, _ in found), strict=True))
            self.advances.update(zip(pairwise(f"{word} "), (advance for _, advance in found), strict=True))
            return sum([advance for _, advance in found])


glyphs_of = of_family(cache(Glyphs))
"""What is known of a style."""

MOST_WORDS = 50_000
"""Words to remember of a style: a bound on memory, far above the vocabulary of any roadmap."""


class Widths(dict[str, float]):
    """The widths of plain words in em, measured when they are asked for."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.known = glyphs_of(style)
        self.space = self.known.space
        """The width of a space."""

    def __missing__(self, word: str) -> float:
        width = self.known.width(word)
        if len(self) < MOST_WORDS:
            self[word] = width
        return width


widths = of_family(cache(Widths))
"""What the words of a style measure."""


def measure(text: str, style: Style) -> float:
    """Return the width in em of a plain text, all its spaces counted."""
    measured = widths(style)
    words = text.split(" ")
    return sum(map(measured.__getitem__, words)) + measured.space * (len(words) - 1)


LATIN = {"liga": False, "calt": False, "clig": False, "dlig": False}
"""Ligatures would tie letters that people search for."""
TABULAR = {**LATIN, "tnum": True}


def shaped(face: FontFace, text: str) -> list[tuple[int, float]]:
    """Return the glyphs of a Latin text with their widths in em, as HarfBuzz gives them."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.script = "Latn"
    uharfbuzz.shape(face.font, buffer, TABULAR if face.tabular else LATIN)
    scale = face.scale / 1000
    return [
        (info.codepoint, position.x_advance * scale)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
