"""Week by week: what the plan holds, with the boxes once more: the sheets that one hangs up.

A week is never parted where a page holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...core import text as markdown
from ...core.locale import dates
from ...core.locale.words import Words
from ...core.planning.schedule import Schedule, Week, WeekAllocation
from ...core.snapshot import Snapshot
from ...core.snapshot.figures import rounded
from ..pdfwriter.shapes import bar, line
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, width
from .colors import ColorScheme
from .kept_blocks import KeptBlocks
from .page_model import WEEKS, Block, CheckBox, LineBox, LinkAnnotation, Rows, Shape, box_size, entry_of
from .page_size import PageGeometry
from .text_layout import RunStyle, TextStyle, baseline, set_text
from .timeline import timeline

MOST = 120
"""Weeks that are printed: beyond two years a plan is a wish."""
_DEEP = 5
"""Levels whose numbers share a column; what lies deeper moves its own box."""


def opening(
    snapshot: Snapshot,
    paper: PageGeometry,
    look: ColorScheme,
    words: Words,
    root: StructElem,
    kept: KeptBlocks,
    *,
    contents: bool,
) -> Iterator[Block]:
    """Yield the heading, led back to the contents if any, and the timeline; nothing without a plan."""
    schedule = snapshot.schedule
    if schedule is None or not schedule.weeks:
        return
    tag = root.kid("Sect", "weeks")
    plan = _WeeklyPlan(snapshot, schedule, paper, look, words)
    yield from kept.blocks(("weeks", contents), lambda: [plan.heading(tag, contents=contents)])
    yield from timeline(snapshot, paper, look, tag)


def weeks(
    snapshot: Snapshot, paper: PageGeometry, look: ColorScheme, words: Words, root: StructElem, kept: KeptBlocks
) -> Iterator[Block]:
    """Yield a block for each week of the plan, with what there is to do in it."""
    schedule = snapshot.schedule
    if schedule is None or not schedule.weeks:
        return
    tag = root.kid("Sect", "of weeks")
    plan = _WeeklyPlan(snapshot, schedule, paper, look, words)
    for at, week in enumerate(schedule.weeks[:MOST]):
        name = str(at)
        said = ("week", at, week.first, week.last, week.hours, week.capacity)
        head = kept.blocks(said, lambda: [plan.week(week, tag, name)])[0]  # noqa: B023 - called at once
        entries = tag.kid("L", name)
        blocks = [head]
        for share in week.shares:
            state = snapshot.state(plan.nodes[share.id])
            key = ("share", at, share.id, share.hours, state, plan.gutter)
            blocks += kept.blocks(key, lambda: [Block(plan.entry(share, entries))])  # noqa: B023
        rows = [row for block in blocks for row in block.rows]
        parts = tuple([block.rows for block in blocks if isinstance(block.rows, Rows)])
        yield Block(rows, before=head.before, whole=True, parts=parts)


def ticked_again(snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of leaves that have a box in their week, too."""
    found = snapshot.schedule.weeks[:MOST] if snapshot.schedule else ()
    return frozenset(share.id for week in found for share in week.shares)


class _WeeklyPlan:
    """Sets weeks and what they hold."""

    def __init__(
        self, snapshot: Snapshot, schedule: Schedule, paper: PageGeometry, look: ColorScheme, words: Words
    ) -> None:
        self.snapshot = snapshot
        self.paper = paper
        self.look = look
        self.words = words
        self.setting = TextStyle(look, look.accent)
        self.nodes = snapshot.roadmap.by_id()
        self.small = max(7.0, paper.size * 0.8)
        self.side = width(words.hours(100.5, 100.5), "figures", paper.size)
        """Room for the hours at the right."""
        numbers = {self.nodes[share.id].number for week in schedule.weeks for share in week.shares}
        usual = (number for number in numbers if number.count(".") < _DEEP)
        widest = max((width(number, "figures", self.small) for number in usual), default=0.0)
        self.gutter = min(widest + 8, paper.column * 0.2)

    def heading(self, tag: StructElem, *, contents: bool) -> Block:
        """Return the heading of all weeks."""
        paper, look, words = self.paper, self.look, self.words
        back = RunStyle(look.ink, "", entry_of(WEEKS), alternate=words["contents"]) if contents else None
        rows = set_text(
            [Run(words["weeks"], "semibold", back)],
            self.setting,
            x=0,
            width=paper.column,
            size=paper.step(4 if paper.columns == 1 else 2),
            tag=StructElem("H2", tag),
            leading=1.2,
        )
        return Block(rows, keep=True, anchor=WEEKS)

    def week(self, week: Week, tag: StructElem, name: str) -> Block:
        """Return the head of a week, whose elements have a name: its days, its hours, and how much of them is taken."""
        paper, look, words = self.paper, self.look, self.words
        size = paper.step(1) * 0.95
        said = dates.span_text(week.first, week.last, self.snapshot.roadmap.language, today=self.snapshot.today)
        head = set_text(
            [Run(said, "semibold")], self.setting, x=0, width=paper.column * 0.6, size=size, tag=tag.kid("H3", name)
        )
        hours = words.say(
            "week_hours", hours=words.number(rounded(week.hours)), capacity=words.number(rounded(week.capacity))
        )
        load, wide = self._at_the_right(hours, tag.kid("P", name))
        room = paper.column * 0.2
        share = min(1.0, week.hours / week.capacity) if week.capacity else 0.0
        shape = bar(room, share, look.accent, look.rule, outline=False)
        dy = baseline(size, head[0].height)
        marks = [*head[0].marks, *(mark._replace(dy=dy) for mark in load.marks)]
        marks.append(Shape(paper.column - wide - room - 10, head[0].height / 2 + 1.5, shape))
        rule = LineBox(5, [Shape(0, 2, line(paper.column, look.rule, 0.5))])
        return Block([LineBox(head[0].height, marks), *head[1:], rule], before=paper.size * 1.4)

    def entry(self, share: WeekAllocation, entries: StructElem) -> list[LineBox]:
        """Return what a week holds of one leaf, below a space: number, box, title, which leads to it, and the hours."""
        paper, node = self.paper, self.nodes[share.id]
        entry = entries.kid("LI", share.id)
        number = set_text(
            [Run(node.number, "figures")],
            self.setting,
            x=0,
            width=paper.column,
            size=self.small,
            tag=entry.kid("Lbl"),
            color=self.look.branch(node.section).strong,
        )[0]
        holder = entry.kid("LBody")
        body = holder.kid("Link")
        title = markdown.plain(node.title)
        box_x = max(self.gutter, width(node.number, "figures", self.small) + 8)
        x = box_x + paper.size * 1.55
        rows = set_text([Run(title)], self.setting, x=x, width=paper.column - x - self.side, size=paper.size, tag=body)
        spent = rounded(share.hours)
        hours, _ = self._at_the_right(self.words.hours(spent, spent) if spent else "", body)
        dy = baseline(paper.size, rows[0].height)
        height = sum(row.height for row in rows)
        link = LinkAnnotation(x, height, paper.column - x, height, "", node.id, f"{node.number} {title}", body)
        edge = box_size(paper)
        color = self.look.branch(node.section).strong
        place = dy - paper.size * 0.345 + edge / 2
        box = CheckBox(box_x, place, edge, node, self.snapshot.state(node), color, holder.kid("Form"))
        first, *rest = [mark._replace(dy=dy) for mark in (*number.marks, *hours.marks)]
        rows[0] = LineBox(rows[0].height, [first, box, *rows[0].marks, *rest, link])
        return [LineBox(2.5, []), *rows]

    def _at_the_right(self, said: str, tag: StructElem) -> tuple[LineBox, float]:
        """Return a few figures at the right end of a line, and their width."""
        size = self.paper.size * 0.85
        wide = width(said, "figures", size)
        runs = [Run(said, "figures")]
        x = self.paper.column - wide
        return set_text(runs, self.setting, x=x, width=wide + 9, size=size, tag=tag, color=self.look.muted)[0], wide
