"""What stands where on the card: a few shapes, as values, from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...core import text, theme
from ...core.locale.dates import planned_text
from ...core.locale.direction import direction
from ...core.locale.words import words_for
from ...core.snapshot import Snapshot
from ..typeset import Run, Style, wrap

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
_RING = 92
_TITLE_ROOM = WIDTH - 2 * MARGIN - 2 * _RING - 56
_TITLES = ((64, 1), (54, 2), (44, 3))
"""Sizes of the title, and how many lines it may then take."""
_ROWS = 4
_COLUMN_GAP = 64
_BAR_HEIGHT = 10
_ROWS_TOP, _ROW = 336, 64


class Box(NamedTuple):
    """A filled rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0.0


class Ring(NamedTuple):
    """A progress ring around a place, from twelve o'clock onwards."""

    x: float
    y: float
    radius: float
    fraction: float
    color: str
    track: str


class Label(NamedTuple):
    """One line of text, its left end on a baseline."""

    x: float
    y: float
    text: str
    style: Style
    size: float
    color: str
    width: float


Shape = Box | Ring | Label


def design(snapshot: Snapshot) -> list[Shape]:
    """Return the card's shapes, mirrored where the roadmap is read from right to left."""
    roadmap = snapshot.roadmap
    words = words_for(roadmap.language)
    title = text.plain(roadmap.title)
    shapes: list[Shape] = [
        Box(0, 0, WIDTH, HEIGHT, theme.GROUND),
        Box(MARGIN, MARGIN, 96, 6, theme.branch(0).strong, 3),
    ]
    size, lines = _title(title)
    y = MARGIN + 26.0
    for line in lines:
        y += size * theme.HEAD_LINE_HEIGHT
        shapes.append(label(line, "semibold", size, theme.INK, MARGIN, y))
    total = snapshot.total
    said = [words.say("progress", done=total.done, total=total.total)] if total.total else []
    if not roadmap.sections:
        said = [words["empty"]]
    if snapshot.schedule and snapshot.schedule.finish:
        day = planned_text(snapshot.schedule.finish, roadmap.language, today=snapshot.today)
        said.append(words.say("finish", date=day))
    said += filter(None, [snapshot.learner])
    shapes.append(label(_cut(" · ".join(said), "figures", 26, _TITLE_ROOM), "figures", 26, theme.MUTED, MARGIN, y + 48))
    center = (WIDTH - MARGIN - _RING, MARGIN + _RING + 8)
    shapes.append(Ring(*center, _RING - 9, total.fraction, theme.branch(0).strong, theme.RULE))
    percent = label(f"{total.percent} %", "semibold", 46, theme.INK, 0, center[1] + 16)
    shapes.append(percent._replace(x=center[0] - percent.width / 2))
    shapes += _sections(snapshot)
    if direction(roadmap.language, title) == "rtl":
        shapes = [_mirrored(shape) for shape in shapes]
    return shapes


def _sections(snapshot: Snapshot) -> list[Shape]:
    """Return a row for each section, in two columns where they are many; the last says how many more there are."""
    words = words_for(snapshot.roadmap.language)
    sections = snapshot.roadmap.sections
    columns = 1 if len(sections) <= _ROWS else 2
    most = columns * _ROWS
    rows = -(-min(len(sections), most) // columns)
    shown: Sequence[int] = range(len(sections) if len(sections) <= most else most - 1)
    room = (WIDTH - 2 * MARGIN - (columns - 1) * _COLUMN_GAP) / columns
    shapes: list[Shape] = []
    for index in shown:
        x, y = _place(index, rows, room)
        section = sections[index]
        counts = snapshot.counts(section)
        color = theme.branch(index).strong
        share = label(words.say("progress", done=counts.done, total=counts.total), "figures", 20, theme.MUTED, 0, y)
        shapes.append(share._replace(x=x + room - share.width))
        number = label(section.number, "figures", 22, color, x, y)
        name = _cut(text.plain(section.title), "medium", 22, room - number.width - share.width - 32)
        shapes += [number, label(name, "medium", 22, theme.INK, x + number.width + 12, y)]
        shapes.append(Box(x, y + 12, room, _BAR_HEIGHT, theme.RULE, _BAR_HEIGHT / 2))
        if counts.fraction:
            shapes.append(Box(x, y + 12, max(_BAR_HEIGHT, room * counts.fraction), _BAR_HEIGHT, color, _BAR_HEIGHT / 2))
    if left := len(sections) - len(shown):
        x, y = _place(len(shown), rows, room)
        shapes.append(label(f"+ {words.count('sections', left)}", "figures", 22, theme.MUTED, x, y))
    return shapes


def _place(index: int, rows: int, room: float) -> tuple[float, float]:
    column, row = divmod(index, rows)
    return MARGIN + column * (room + _COLUMN_GAP), _ROWS_TOP + 22 + row * _ROW


def _title(title: str) -> tuple[float, list[str]]:
    """Return the largest size in which the title fits, and its lines."""
    for size, most in _TITLES:
        lines = _lines(title, size)
        if len(lines) <= most:
            return size, lines
    size, most = _TITLES[-1]
    lines = _lines(title, size)
    return size, [*lines[: most - 1], _cut(f"{lines[most - 1]} …", "semibold", size, _TITLE_ROOM)]


def _lines(title: str, size: float) -> list[str]:
    """Return the title's lines as they are read; those of `wrap` are as they are drawn, from the left."""
    rest = " ".join(title[:400].split())
    lines = []
    for line in wrap([Run(rest, "semibold")], _TITLE_ROOM / size):
        drawn = sum(len(word.text.replace(" ", "")) for segment in line.segments for word in segment.words)
        end = 0
        while end < len(rest) and drawn:
            drawn -= rest[end] != " "
            end += 1
        lines.append(rest[:end])
        rest = rest[end:].lstrip()
    return lines


def _cut(said: str, style: Style, size: float, room: float) -> str:
    from ..mindmap.paper.painter import short

    return short(said, style, size, room)


def label(said: str, style: Style, size: float, color: str, x: float, y: float) -> Label:
    """Return a line of text with its width."""
    line = wrap([Run(said, style)], 100_000.0)[0]
    return Label(x, y, said, style, size, color, line.width * size)


def _mirrored(shape: Shape) -> Shape:
    wide = 0.0 if isinstance(shape, Ring) else shape.width
    return shape._replace(x=WIDTH - shape.x - wide)
