"""The timeline: a bar from start to finish for each section, and for its topics where they fit on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ...core import text as markdown
from ...core.locale import dates
from ...core.model import Node
from ...core.planning.schedule import Slot
from ...core.snapshot import Snapshot
from ..pdfwriter.shapes import line, rectangle
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, width
from .colors import ColorScheme
from .page_model import Block, LineBox, LinkAnnotation, Mark, Shape
from .page_size import PageGeometry
from .text_layout import TextStyle, baseline, set_text

_MOST_ROWS = 44
"""With more topics than fit on a page, the sections alone make the picture."""
_NARROWEST = 56.0
"""Points for the bars; below, the weeks alone say it."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one mark of the scale to the next."""


class _Scale(NamedTuple):
    """Days to points."""

    first: date
    last: date
    left: float
    width: float

    def at(self, day: date) -> float:
        """Return where a day begins."""
        span = (self.last - self.first).days + 1
        return self.left + self.width * min(max((day - self.first).days / span, 0.0), 1.0)

    def bar(self, slot: Slot) -> tuple[float, float]:
        """Return where the bar of a slot begins, and how long it is; never too short to see."""
        start = self.at(slot.start)
        end = self.at(slot.due + timedelta(days=1)) if slot.due < date.max else self.left + self.width
        start = min(start, self.left + self.width - 3)
        return start, max(3.0, end - start)


def timeline(snapshot: Snapshot, paper: PageGeometry, look: ColorScheme, parent: StructElem) -> Iterator[Block]:
    """Yield the timeline of what is left; nothing without a plan, nor where a column is too narrow for bars."""
    schedule = snapshot.schedule
    if schedule is None or schedule.start is None or schedule.finish is None:
        return
    slots = schedule.slots
    rows = [section for section in snapshot.roadmap.sections if section.id in slots]
    detailed = [node for section in rows for node in (section, *section.children) if node.id in slots]
    size = max(7.0, paper.size * 0.85)
    said = {
        id_: dates.planned_text(slot.due, snapshot.roadmap.language, today=snapshot.today)
        for id_, slot in slots.items()
    }
    side = max(width(text, "figures", size) for text in set(said.values())) + 8
    label = paper.column * 0.4
    room = paper.column - label - side - 16
    if room < _NARROWEST:
        return
    chart = _Chart(snapshot, paper, look, size, _Scale(schedule.start, schedule.finish, label + 8, room))
    yield Block([chart.months()], before=paper.size * 0.5, keep=True)
    listed = StructElem("L", parent)
    for node in detailed if len(detailed) <= _MOST_ROWS else rows:
        yield chart.row(node, slots[node.id], said[node.id], listed)
    yield Block([LineBox(paper.size, [])])


class _Chart:
    """Draws the rows of a timeline."""

    def __init__(self, snapshot: Snapshot, paper: PageGeometry, look: ColorScheme, size: float, scale: _Scale) -> None:
        self.snapshot = snapshot
        self.paper = paper
        self.look = look
        self.setting = TextStyle(look, look.accent)
        self.size = size
        self.scale = scale
        self.small = max(7.0, size * 0.9)
        self.ticks = _ticks(scale.first, scale.last, int(scale.width // self._month_width()))
        """The days that are marked."""

    def _month_width(self) -> float:
        """Return the room that the name of a month needs, or the figures of a year."""
        any_year = date(2000, 1, 1)
        language = self.snapshot.roadmap.language
        names = [dates.month_text(any_year.replace(month=month), language, today=any_year) for month in range(1, 13)]
        return max(width(name, "figures", self.small) for name in (*names, "0000")) + 10

    def months(self) -> LineBox:
        """Return the months above the bars, untagged, for the dates beside the bars say the same."""
        scale, snapshot = self.scale, self.snapshot
        marks: list[Mark] = []
        free = scale.left
        for day in self.ticks:
            x = scale.at(day)
            today = snapshot.today if day is self.ticks[0] else day
            said = str(day.year) if day.month == 1 else dates.month_text(day, snapshot.roadmap.language, today=today)
            wide = width(said, "figures", self.small)
            if free <= x and x + wide <= scale.left + scale.width + 12:
                free = x + wide + 6
                runs = [Run(said, "figures")]
                color = self.look.muted
                marks += set_text(runs, self.setting, x=x, width=wide + 9, size=self.small, tag=None, color=color)[
                    0
                ].marks
        return LineBox(self.size * 1.6, marks)

    def row(self, node: Node, slot: Slot, said: str, listed: StructElem) -> Block:
        """Return a section's or topic's number, title, which leads to it, bar and last day."""
        look, size, scale = self.look, self.size, self.scale
        color = look.branch(node.section).strong
        is_section = node.depth == 1
        entry = StructElem("LI", listed)
        label = StructElem("Lbl", entry)
        number = set_text(
            [Run(node.number, "figures")], self.setting, x=0, width=40, size=size, tag=label, color=color
        )[0]
        body = StructElem("Link", StructElem("LBody", entry))
        x = 30.0 if len(node.number) < 5 else width(node.number, "figures", size) + 8
        title = markdown.plain(node.title)
        run = Run(title, "semibold") if is_section else Run(title)
        lines = set_text([run], self.setting, x=x, width=scale.left - 8 - x, size=size, tag=body, leading=1.25)
        wide = width(said, "figures", size)
        at = self.paper.column - wide
        figures = [Run(said, "figures")]
        due = set_text(figures, self.setting, x=at, width=wide + 9, size=size, tag=body, color=look.muted)[0]
        dy = baseline(size, lines[0].height)
        height = sum(row.height for row in lines)
        before = 4.0 if is_section else 0.0
        marks: list[Mark] = [
            *(mark._replace(dy=dy) for mark in number.marks),
            *lines[0].marks,
            *self._bar(node, slot, lines[0].height / 2, height, before),
            *(mark._replace(dy=dy) for mark in due.marks),
            LinkAnnotation(x, height, self.paper.column - x, height, "", node.id, f"{node.number} {title}", body),
        ]
        return Block([LineBox(lines[0].height, marks), *lines[1:]], before=before, whole=True, keep=is_section)

    def _bar(self, node: Node, slot: Slot, middle: float, height: float, before: float) -> Iterator[Shape]:
        """Yield the marked days down a row, and the bar of a slot on its line."""
        scale, rule = self.scale, self.look.rule
        branch = self.look.branch(node.section)
        start, long = scale.bar(slot)
        tall = 5.0 if node.depth == 1 else 3.0
        for day in self.ticks:
            yield Shape(scale.at(day), height, f"{rule} RG .4 w 0 0 m 0 {height + before:.2f} l S")
        yield Shape(scale.left, middle, line(start - scale.left, rule, 0.4))
        yield Shape(start + long, middle, line(scale.left + scale.width - start - long, rule, 0.4))
        outlined = branch.variant or not branch.tint
        shape = rectangle(long, tall, branch.strong, radius=min(1.5, tall / 2), outline=outlined)
        yield Shape(start, middle + tall / 2, shape)


def _ticks(first: date, last: date, most: int) -> list[date]:
    """Return the first days of some months between two days, at most so many; the first day where that is none."""
    months = range(first.year * 12 + first.month - (first.day == 1), last.year * 12 + last.month)
    for step in _STEPS:
        found = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        if len(found) <= most:
            break
    return found or [first]
