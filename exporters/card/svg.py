"""The card as SVG, with the fonts it was measured with."""

from __future__ import annotations

import math
from html import escape

from ...core import text
from ...core.snapshot import Snapshot
from ..mindmap.screen.svg import clean
from ..mindmap.screen.webfonts import font_rules
from ..typeset import Style
from .design import HEIGHT, WIDTH, Box, Label, Ring, Shape

_WEIGHTS: dict[Style, int] = {"semibold": 600, "medium": 500}


def drawing(shapes: list[Shape], snapshot: Snapshot) -> str:
    """Return the whole document (SVG 2, in what browsers and editors share)."""
    used: dict[Style, set[str]] = {}
    for shape in shapes:
        if isinstance(shape, Label):
            used.setdefault(shape.style, set()).update(shape.text.split())
    title = clean(text.plain(snapshot.roadmap.title))
    total = snapshot.total
    body = "\n".join(map(_element, shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'lang="{escape(snapshot.roadmap.language)}" role="img" aria-labelledby="title">\n'
        f'<title id="title">{title} · {total.done}/{total.total} · {total.percent} %</title>\n'
        f"<style>\n{font_rules(used)}text{{font-family:R,'Fira Sans','Noto Sans',system-ui,sans-serif;"
        "font-variant-ligatures:none;font-feature-settings:'tnum';white-space:pre;unicode-bidi:plaintext;"
        f"text-rendering:geometricPrecision}}\n</style>\n{body}\n</svg>\n"
    )


def _element(shape: Shape) -> str:
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}" '
            f'rx="{shape.radius:g}" fill="{shape.color}"/>'
        )
    if isinstance(shape, Label):
        weight = _WEIGHTS.get(shape.style, 400)
        return (
            f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" font-weight="{weight}" '
            f'fill="{shape.color}">{clean(shape.text)}</text>'
        )
    return _ring(shape)


def _ring(ring: Ring) -> str:
    around = 2 * math.pi * ring.radius
    place = f'cx="{ring.x:g}" cy="{ring.y:g}" r="{ring.radius:g}"'
    circle = f'<circle {place} fill="none" stroke-width="{ring.radius * 0.16:.1f}"'
    done = (
        f'{circle} stroke="{ring.color}" stroke-linecap="round" stroke-dasharray="{around * ring.fraction:.1f} '
        f'{around:.1f}" transform="rotate(-90 {ring.x:g} {ring.y:g})"/>'
        if ring.fraction
        else ""
    )
    return f'{circle} stroke="{ring.track}"/>{done}'
