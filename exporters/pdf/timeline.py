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
from ..typeset import Run, width
from .colors import Look, line, rectangle
from .page_model import Block, Link, Mark, Row, Shape, Tag
from .page_size import Paper
from .text_layout import Setting, baseline, set_text

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


def timeline(snapshot: Snapshot, paper: Paper, look: Look, parent: Tag) -> Iterator[Block]:
    """Yield the timeline of what is left; nothing without a plan, nor where a column is too narrow for bars."""
    schedule = snapshot.schedule
    if schedule is None or schedule.start is None or schedule.finish is None:
        return
    slots = schedule.slots
    rows = [section for section in snapshot.roadmap.sections if section.id in slots]
    detailed = [node for section in rows for node in (section, *section.children) if node.id in slots]
    size = max(7.0, paper.size * 0.85)
    setting = Setting(look, look.accent)
    named = [dates.planned_text(slot.due, snapshot.roadmap.language, today=snapshot.today) for slot in slots.values()]
    side = max(width(text, "figures", size) for text in set(named)) + 8
    label = paper.column * 0.4
    room = paper.column - label - side - 16
    if room < _NARROWEST:
        return
    scale = _Scale(schedule.start, schedule.finish, label + 8, room)
    listed = Tag("L", parent)
    months, ticks = _months(scale, snapshot, setting, size)
    yield Block([months], before=paper.size * 0.5, keep=True)
    for node in detailed if len(detailed) <= _MOST_ROWS else rows:
        yield _row(node, slots[node.id], snapshot, scale, ticks, setting, size, paper, listed)
    yield Block([Row(paper.size, [])])


def _months(scale: _Scale, snapshot: Snapshot, setting: Setting, size: float) -> tuple[Row, list[float]]:
    """Return the months above the bars, for the dates beside them say the same in words, and where they begin."""
    marks: list[Mark] = []
    ticks: list[float] = []
    language = snapshot.roadmap.language
    small = max(7.0, size * 0.9)
    first, today = scale.first, snapshot.today
    names = [dates.month_text(date(2000, month, 1), language, today=date(2000, 1, 1)) for month in range(1, 13)]
    room = max(width(name, "figures", small) for name in (*names, "0000")) + 10
    for day in _ticks(first, scale.last, int(scale.width // room)):
        x = scale.at(day)
        said = str(day.year) if day.month == 1 else dates.month_text(day, language, today=day if ticks else today)
        ticks.append(x)
        wide = width(said, "figures", small)
        if x + wide > scale.left + scale.width + 12:
            continue
        text = set_text(
            [Run(said, "figures")], setting, x=x, width=wide + 9, size=small, tag=None, color=setting.look.muted
        )
        marks += text[0].marks
    return Row(size * 1.6, marks), ticks


def _ticks(first: date, last: date, most: int) -> list[date]:
    """Return the first days of some months between two days, at most so many; the first day where that is none."""
    months = range(first.year * 12 + first.month - (first.day == 1), last.year * 12 + last.month)
    for step in _STEPS:
        found = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        if len(found) <= most:
            break
    return found or [first]


def _row(
    node: Node,
    slot: Slot,
    snapshot: Snapshot,
    scale: _Scale,
    ticks: list[float],
    setting: Setting,
    size: float,
    paper: Paper,
    listed: Tag,
) -> Block:
    look = setting.look
    branch = look.branch(node.section)
    is_section = node.depth == 1
    entry = Tag("LI", listed)
    number = set_text(
        [Run(node.number, "figures")],
        setting,
        x=0,
        width=40,
        size=size,
        tag=Tag("Lbl", entry),
        color=branch.strong,
    )[0]
    body = Tag("Link", Tag("LBody", entry))
    x = 30.0 if len(node.number) < 5 else width(node.number, "figures", size) + 8
    title = markdown.plain(node.title)
    run = Run(title, "semibold") if is_section else Run(title)
    lines = set_text([run], setting, x=x, width=scale.left - 8 - x, size=size, tag=body, leading=1.25)
    said = dates.planned_text(slot.due, snapshot.roadmap.language, today=snapshot.today)
    due = set_text(
        [Run(said, "figures")],
        setting,
        x=paper.column - width(said, "figures", size),
        width=width(said, "figures", size) + 9,
        size=size,
        tag=body,
        color=look.muted,
    )[0]
    start, long = scale.bar(slot)
    tall = 5.0 if is_section else 3.0
    dy = baseline(size, lines[0].height)
    outlined = branch.variant or not branch.tint
    bar = rectangle(long, tall, branch.strong, radius=min(1.5, tall / 2), outline=outlined)
    height = sum(row.height for row in lines)
    before = 4.0 if is_section else 0.0
    marks: list[Mark] = [
        *(mark._replace(dy=dy) for mark in number.marks),
        *lines[0].marks,
        *(Shape(tick, height, f"{look.rule} RG .4 w 0 0 m 0 {height + before:.2f} l S") for tick in ticks),
        Shape(scale.left, lines[0].height / 2, line(start - scale.left, look.rule, 0.4)),
        Shape(start + long, lines[0].height / 2, line(scale.left + scale.width - start - long, look.rule, 0.4)),
        Shape(start, lines[0].height / 2 + tall / 2, bar),
        *(mark._replace(dy=dy) for mark in due.marks),
        Link(x, height, paper.column - x, height, "", node.id, f"{node.number} {title}", body),
    ]
    rows = [Row(lines[0].height, marks), *lines[1:]]
    return Block(rows, before=before, whole=True, keep=is_section)
