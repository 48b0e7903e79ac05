"""Colours as operands, and the few shapes that are drawn, as page operators (ISO 32000-1, 8.5 and 8.6)."""

from __future__ import annotations

import math
from functools import lru_cache


@lru_cache(maxsize=64)
def rgb(color: str) -> str:
    """Return `#rrggbb` as three operands."""
    return " ".join(f"{int(color[start : start + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for start in (1, 3, 5))


def rectangle(width: float, height: float, color: str, *, radius: float = 0.0, outline: float = 0.0) -> str:
    """Return a rectangle from the origin to the right and up, filled, or outlined with a line of a width."""
    paint = f"{color} RG {f'{outline:g}'.lstrip('0')} w" if outline else f"{color} rg"
    end = "S" if outline else "f"
    if not radius or width < 2 * radius:
        return f"{paint} 0 0 {width:.2f} {height:.2f} re {end}"
    return f"{paint} {_rounded(width, height, radius)} {end}"


def _rounded(width: float, height: float, r: float) -> str:
    k = r * 0.4477
    w, h = width, height
    return (
        f"{r:.2f} 0 m {w - r:.2f} 0 l {w - k:.2f} 0 {w:.2f} {k:.2f} {w:.2f} {r:.2f} c {w:.2f} {h - r:.2f} l "
        f"{w:.2f} {h - k:.2f} {w - k:.2f} {h:.2f} {w - r:.2f} {h:.2f} c {r:.2f} {h:.2f} l "
        f"{k:.2f} {h:.2f} 0 {h - k:.2f} 0 {h - r:.2f} c 0 {r:.2f} l 0 {k:.2f} {k:.2f} 0 {r:.2f} 0 c h"
    )


def line(dx: float, color: str, width: float = 0.6) -> str:
    """Return a level line to the right."""
    return f"{color} RG {width} w 0 0 m {dx:.2f} 0 l S"


def dots(dx: float, color: str) -> str:
    """Return a dotted leader to the right."""
    return f"q {color} RG .9 w 1 J [0 3.6] 0 d 0 0 m {dx:.2f} 0 l S Q"


def bar(width: float, fraction: float, strong: str, track: str, *, outline: bool) -> str:
    """Return a progress bar, 3 points high."""
    height = 3.0
    back = rectangle(width, height, track or strong, radius=1.5, outline=outline or not track)
    done = rectangle(max(3.0, width * fraction), height, strong, radius=1.5) if fraction else ""
    return f"{back} {done}"


def ring(radius: float, fraction: float, strong: str, track: str) -> str:
    """Return a progress ring around the origin, from twelve o'clock onwards."""
    width = radius * 0.16
    turn = _arc(radius, 0, 1)
    result = f"q {track} RG {width:.2f} w {turn} S"
    if fraction > 0:
        result += f" {strong} RG 1 J {_arc(radius, 0, min(fraction, 1))} S"
    return result + " Q"


def _arc(radius: float, start: float, end: float) -> str:
    """Return a clockwise arc between two fractions of a turn, as Bézier curves of at most an eighth each."""
    steps = max(1, math.ceil((end - start) * 8))
    part = (end - start) * 2 * math.pi / steps
    k = 4 / 3 * math.tan(part / 4) * radius
    angle = math.pi / 2 - start * 2 * math.pi
    result = f"{radius * math.cos(angle):.2f} {radius * math.sin(angle):.2f} m"
    for _ in range(steps):
        x0, y0 = radius * math.cos(angle), radius * math.sin(angle)
        x1, y1 = x0 + k * math.sin(angle), y0 - k * math.cos(angle)
        angle -= part
        x3, y3 = radius * math.cos(angle), radius * math.sin(angle)
        x2, y2 = x3 - k * math.sin(angle), y3 + k * math.cos(angle)
        result += f" {x1:.2f} {y1:.2f} {x2:.2f} {y2:.2f} {x3:.2f} {y3:.2f} c"
    return result


def box(size: float, control: str, strong: str, ground: str, state: str, *, optional: bool, filled: bool = True) -> str:
    """Return the box of a leaf from its lower left corner: `open`, `done` or `skipped`; optional ones are dashed.

    A tick is `ground` on a box `filled` with the strong colour, or else strong in an empty box.
    """
    inner = size - 1
    shape = f"1 0 0 1 .5 .5 cm {_rounded(inner, inner, inner * 0.2)}"
    dash = "[1.6 1.2] 0 d " if optional else ""
    if state == "done":
        s = size / 9
        path = f"{1.6 * s:.2f} {3.9 * s:.2f} m {3.4 * s:.2f} {2.1 * s:.2f} l {6.4 * s:.2f} {6 * s:.2f} l S"
        tick = f"1.15 w 1 J 1 j [] 0 d {path}"
        back, front = (strong, ground) if filled else (ground, strong)
        return f"q {back} rg {strong} RG {dash}.9 w {shape} B {front} RG {tick} Q"
    struck = f"{control} RG 1 w [] 0 d {inner * 0.2:.2f} {inner / 2:.2f} m {inner * 0.8:.2f} {inner / 2:.2f} l S"
    return f"q {ground} rg {control} RG {dash}.9 w {shape} B {struck if state == 'skipped' else ''} Q"
