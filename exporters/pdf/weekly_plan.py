"""Week by week: what the plan holds. There are no boxes, for each leaf has its one in its section."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import text as markdown
from ...core.locale import dates
from ...core.locale.words import Words
from ...core.snapshot import Snapshot
from ..typeset import Run, width
from .colors import Look, bar, line
from .page_model import WEEKS, Block, Link, Row, Shape, Tag, entry_of
from .page_size import Paper
from .text_layout import Ink, Setting, baseline, set_text
from .timeline import timeline

_MOST = 120
"""Weeks that are printed: beyond two years a plan is a wish."""


def weeks(snapshot: Snapshot, paper: Paper, look: Look, words: Words, root: Tag, *, contents: bool) -> Iterator[Block]:
    """Yield the plan's weeks with what is due in them, led back to the contents if any; nothing without a plan."""
    schedule = snapshot.schedule
    if schedule is None or not schedule.weeks:
        return
    setting = Setting(look, look.accent)
    tag = Tag("Sect", root)
    size = paper.step(4 if paper.columns == 1 else 2)
    back = Ink(look.ink, "", entry_of(WEEKS), alternate=words["contents"]) if contents else None
    heading = set_text(
        [Run(words["weeks"], "semibold", back)],
        setting,
        x=0,
        width=paper.column,
        size=size,
        tag=Tag("H2", tag),
        leading=1.2,
    )
    yield Block(heading, keep=True, anchor=WEEKS)
    by_id = snapshot.roadmap.by_id()
    branches = {
        leaf.id: look.branch(section.section).strong
        for section in snapshot.roadmap.sections
        for leaf in section.leaves()
    }
    language = snapshot.roadmap.language
    side = width(words.hours(100.5, 100.5), "figures", paper.size)
    small = max(7.0, paper.size * 0.8)
    numbers = {by_id[share.id].number for week in schedule.weeks for share in week.shares if share.id in by_id}
    gutter = min(max((width(number, "figures", small) for number in numbers), default=0.0) + 8, paper.column * 0.14)
    yield from timeline(snapshot, paper, look, tag)
    for week in schedule.weeks[:_MOST]:
        said = dates.span_text(week.first, week.last, language, today=snapshot.today)
        head = set_text(
            [Run(said, "semibold")],
            setting,
            x=0,
            width=paper.column * 0.6,
            size=paper.step(1) * 0.95,
            tag=Tag("H3", tag),
        )
        hours = words.say(
            "week_hours", hours=words.number(round(week.hours, 1)), capacity=words.number(round(week.capacity, 1))
        )
        wide = width(hours, "figures", paper.size * 0.85)
        dy = baseline(paper.step(1) * 0.95, head[0].height)
        room = paper.column * 0.2
        load = set_text(
            [Run(hours, "figures")],
            setting,
            x=paper.column - wide,
            width=wide + 9,
            size=paper.size * 0.85,
            tag=Tag("P", tag),
            color=look.muted,
        )[0]
        share = min(1.0, week.hours / week.capacity) if week.capacity else 0.0
        shape = bar(room, share, look.accent, look.rule, outline=False)
        marks = [*head[0].marks, *(mark._replace(dy=dy) for mark in load.marks)]
        marks.append(Shape(paper.column - wide - room - 10, head[0].height / 2 + 1.5, shape))
        rule = Row(5, [Shape(0, 2, line(paper.column, look.rule, 0.5))])
        yield Block([Row(head[0].height, marks), *head[1:], rule], before=paper.size, keep=True, whole=True)
        entries = Tag("L", tag)
        for share_of in week.shares:
            node = by_id.get(share_of.id)
            if node is None:
                continue
            entry = Tag("LI", entries)
            number = set_text(
                [Run(node.number, "figures")],
                setting,
                x=0,
                width=paper.column,
                size=small,
                tag=Tag("Lbl", entry),
                color=branches.get(node.id, look.muted),
            )[0]
            body = Tag("Link", Tag("LBody", entry))
            x = max(gutter, width(node.number, "figures", small) + 8)
            rows = set_text(
                [Run(markdown.plain(node.title))],
                setting,
                x=x,
                width=paper.column - x - side,
                size=paper.size,
                tag=body,
            )
            spent = round(share_of.hours, 1)
            amount = words.hours(spent, spent) if spent else ""
            at = paper.column - width(amount, "figures", paper.size * 0.85)
            right = set_text(
                [Run(amount, "figures")], setting, x=at, width=side, size=paper.size * 0.85, tag=body, color=look.muted
            )[0]
            dy = baseline(paper.size, rows[0].height)
            extra = [mark._replace(dy=dy) for mark in (*number.marks, *right.marks)]
            height = sum(row.height for row in rows)
            alternate = f"{node.number} {markdown.plain(node.title)}"
            link = Link(x, height, paper.column - x, height, "", node.id, alternate, body)
            rows[0] = Row(rows[0].height, [*extra[:1], *rows[0].marks, *extra[1:], link])
            yield Block(rows, before=1.5, whole=len(rows) < 4)
