"""Plain text: ASCII in a style's own face, measured by pairs of characters instead of by shaping.

In the faces we ship a printable ASCII character has one glyph whatever stands beside it, and its advance depends on
the next character alone (OpenType `kern`, pair positioning). So 95 × 95 pairs, learned from HarfBuzz when first met,
say all of it, and most titles need nothing else. The one exception is the grave accent, which depends on more.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from .faces import Face, Style, primary


def is_plain(text: str) -> bool:
    """Whether a text can be measured by its pairs."""
    return text.isascii() and text.isprintable() and "`" not in text


class Advances(dict[tuple[str, str], float]):
    """The width of a character before another one, in em, by (character, next character); learned when asked for.

    The next character of a word's last one is given as a space. Spaces are not kerned.
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, pair: tuple[str, str]) -> float:
        char, after = pair
        found = self[pair] = shaped(self.face, char if " " in pair else char + after)[0][1]
        return found


@cache
def advances(style: Style) -> Advances:
    """Return the widths of a style's pairs."""
    return Advances(primary(style))


MOST_WORDS = 50_000
"""Words to remember of a style: a bound on memory, far above the vocabulary of any roadmap."""


class _Widths(dict[str, float]):
    """The widths of words in em."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.advances = advances(style)
        self.space = self.advances[" ", " "]

    def __missing__(self, word: str) -> float:
        width = sum(map(self.advances.__getitem__, pairwise(f"{word} ")))
        if len(self) < MOST_WORDS:
            self[word] = width
        return width


_widths = cache(_Widths)


def measure(text: str, style: Style) -> float:
    """Return the width in em of a plain text, all its spaces counted."""
    widths = _widths(style)
    words = text.split(" ")
    return sum(map(widths.__getitem__, words)) + widths.space * (len(words) - 1)


LATIN = {"liga": False, "calt": False, "clig": False, "dlig": False}
"""Ligatures would tie letters that people search for."""
TABULAR = {**LATIN, "tnum": True}


@cache
def glyph_of(char: str, style: Style) -> int:
    """Return the glyph of a plain character."""
    return shaped(primary(style), char)[0][0]


def shaped(face: Face, text: str) -> list[tuple[int, float]]:
    """Return the glyphs of a Latin text with their widths in em, as HarfBuzz gives them."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.script = "Latn"
    uharfbuzz.shape(face.font, buffer, TABULAR if face.tabular else LATIN)
    scale = face.scale / 1000
    advances = (position.x_advance * scale for position in buffer.glyph_positions)
    return list(zip((info.codepoint for info in buffer.glyph_infos), advances, strict=True))
