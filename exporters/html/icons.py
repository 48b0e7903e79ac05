"""Icons as drawings: the outlines of the font that PDF and map set them in, so that a page needs no font for them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from .markup import SafeHtml

_UNITS = 40
"""A drawing's units in an em: as fine as a screen shows at twice the size of a heading."""
_WIDEST = 3
"""In em: what is wider is a text of its own."""


def symbols(signs: Iterable[str]) -> SafeHtml:
    """Return one hidden drawing with a symbol `icon-<sign>` for each sign; nothing where there is none to draw.

    Without HarfBuzz there is none: the page shows the signs as text.
    """
    try:
        drawn = "".join(_symbol(sign) for sign in dict.fromkeys(signs) if sign)
    except ModuleNotFoundError:
        drawn = ""
    return SafeHtml(f"<svg width=0 height=0 class=away aria-hidden=true>{drawn}</svg>\n" if drawn else "")


def _symbol(sign: str) -> str:
    from ..typeset.shaping import shape

    word = shape(sign, "regular")
    if word.missing or not word.pieces or word.width > _WIDEST:
        return ""
    pen = _Pen()
    left = 0.0
    for piece in word.pieces:
        scale = piece.face.scale * _UNITS / 1000
        for glyph, advance in zip(piece.glyphs, piece.advances, strict=True):
            pen.glyph(piece.face.font, glyph, scale, left * _UNITS)
            left += advance
    size = max(round(left * _UNITS), _UNITS)
    top = -round((_UNITS * 0.7 + size) / 2)  # centred on the height of capitals
    return f'<symbol id="icon-{escape(sign)}" viewBox="0 {top} {size} {size}"><path d="{pen.path}"/></symbol>'


class _Pen:
    """Draws glyphs as one path of whole units, with relative steps: the fewest bytes."""

    def __init__(self) -> None:
        self.path = ""
        self._at = self._start = (0, 0)
        self._step = ""

    def glyph(self, font: Any, glyph: int, scale: float, left: float) -> None:
        import uharfbuzz

        def place(x: float, y: float) -> tuple[int, int]:
            return round(x * scale + left), round(-y * scale)

        def move(x: float, y: float, _: Any) -> None:
            self._go("m", place(x, y))
            self._start = self._at

        def close(_: Any) -> None:
            self.path += "z"
            self._at, self._step = self._start, "z"

        draw = uharfbuzz.DrawFuncs()
        draw.set_move_to_func(move)
        draw.set_line_to_func(lambda x, y, _: self._go("l", place(x, y)))
        draw.set_quadratic_to_func(lambda a, b, x, y, _: self._go("q", place(a, b), place(x, y)))
        draw.set_cubic_to_func(lambda a, b, c, d, x, y, _: self._go("c", place(a, b), place(c, d), place(x, y)))
        draw.set_close_path_func(close)
        font.draw_glyph(glyph, draw, None)

    def _go(self, step: str, *points: tuple[int, int]) -> None:
        x, y = self._at
        if step != "m" and set(points) == {self._at}:
            return
        numbers = [number for to in points for number in (to[0] - x, to[1] - y)]
        if step == "l" and not numbers[1]:
            step, numbers = "h", numbers[:1]
        elif step == "l" and not numbers[0]:
            step, numbers = "v", numbers[1:]
        text = "".join(str(number) if number < 0 else f" {number}" for number in numbers)
        self.path += text if step == self._step and step != "m" else step + text.lstrip()
        self._at, self._step = points[-1], step
