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

    Words stand apart by spaces that are not kerned: a character before a space, or at the end of a text, where the next
    character is given as a space, has its own width.
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


def measure(text: str, style: Style) -> float:
    """Return the width in em of a plain text."""
    return sum(map(advances(style).__getitem__, pairwise(f"{text} ")))


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
