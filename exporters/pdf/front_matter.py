"""The front: title page, or title block, and contents."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import text as markdown
from ...core.locale import dates
from ...core.locale.words import Words
from ...core.model import Node
from ...core.snapshot import Counts, Snapshot
from ...core.snapshot.figures import WorkHours
from ..pdfwriter.shapes import bar, dots, line, ring
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, width
from .colors import ColorScheme
from .kept_blocks import KeptBlocks
from .markdown_blocks import Notes
from .meta_line import hours_left
from .page_model import (
    WEEKS,
    Block,
    LineBox,
    LinkAnnotation,
    Mark,
    PageNumber,
    Shape,
    Text,
    entry_of,
    line_width,
    moved,
)
from .page_size import PageGeometry
from .sections import sign_of
from .text_layout import RunStyle, TextStyle, baseline, runs_of, set_text


class FrontMatter:
    """Makes what comes before the sections."""

    def __init__(
        self,
        snapshot: Snapshot,
        paper: PageGeometry,
        look: ColorScheme,
        words: Words,
        hours: WorkHours,
        kept: KeptBlocks,
    ) -> None:
        """`hours` are those of the whole."""
        self.snapshot = snapshot
        self.roadmap = snapshot.roadmap
        self.paper = paper
        self.look = look
        self.words = words
        self.setting = TextStyle(look, look.accent)
        self.hours = hours
        self.kept = kept
        self.tight = 1.0
        """How much of the usual space lines of the contents take."""

    def _row(
        self, text: str, size: float, tag: StructElem | None, *, color: str, x: float = 0.0, style: str = "regular"
    ) -> LineBox:
        run = Run(text, style)  # type: ignore[arg-type]  # a Style
        return set_text([run], self.setting, x=x, width=self.paper.column, size=size, tag=tag, color=color)[0]

    def cover(self, root: StructElem) -> Iterator[Block]:
        """Yield the title page: title, authors, description, progress, and the sections at a glance."""
        tag = root.kid("Sect", "cover")
        yield from self.kept.blocks(("cover", self.roadmap.authors), lambda: self._cover(tag))
        yield self._progress(tag)

    def _cover(self, tag: StructElem) -> Iterator[Block]:
        paper, look = self.paper, self.look
        yield self.sink()
        title = runs_of(markdown.spans(self.roadmap.title), "semibold", self.setting)
        size = paper.step(6) * 1.05 if len(self.roadmap.title) < 60 else paper.step(4)
        yield Block([LineBox(9, [Shape(0, 3, f"{look.accent} rg 0 0 {size * 1.6:.1f} 3 re f")])], keep=True)
        rows = set_text(
            title, self.setting, x=0, width=paper.column, size=size, tag=StructElem("H1", tag), leading=1.14
        )
        yield Block(rows, before=size * 0.45)
        if self.roadmap.authors:
            said = ", ".join(self.roadmap.authors)
            size = paper.step(1)
            rows = set_text(
                [Run(said)],
                self.setting,
                x=0,
                width=paper.column,
                size=size,
                tag=StructElem("P", tag),
                color=look.muted,
            )
            yield Block(rows, before=8)
        if self.roadmap.description:
            measure = min(paper.column, paper.step(1) * 36)
            yield Block([LineBox(10, [])])
            yield from Notes(self.setting, paper.step(1) * 0.95).blocks(
                self.roadmap.description, tag, 0, measure, level=2
            )

    def sink(self) -> Block:
        """Return the space above a title page's columns."""
        depth = self.paper.depth
        return Block([LineBox(depth * (0.12 if depth > 400 else 0.02), [])])

    def title(self, root: StructElem) -> Iterator[Block]:
        """Yield a short head, for a book without a title page."""
        tag = root.kid("Sect", "title")
        spans = runs_of(markdown.spans(self.roadmap.title), "semibold", self.setting)
        size = self.paper.step(4 if self.paper.columns == 1 else 3)
        rows = set_text(spans, self.setting, x=0, width=self.paper.column, size=size, tag=tag.kid("H1"), leading=1.15)
        yield Block(rows, keep=True, whole=len(rows) < 6)
        said = " · ".join(
            filter(None, [self.snapshot.learner, self._share(), *self._facts(), *self._dates(), *self._new()])
        )
        runs = [Run(said, "figures")]
        rows = set_text(
            runs,
            self.setting,
            x=0,
            width=self.paper.column,
            size=self.paper.size,
            tag=StructElem("P", tag),
            color=self.look.muted,
        )
        yield Block(rows, before=4, keep=True)
        yield Block([LineBox(8, [Shape(0, 4, line(self.paper.column, self.look.rule))])], before=2)

    def _share(self) -> str:
        total = self.snapshot.total
        said = self.words.say("progress", done=total.done, total=total.total)
        return f"{said} · {total.percent} %" if total.total else said

    def _facts(self) -> list[str]:
        """Return counts, hours and dates."""
        roadmap, words = self.roadmap, self.words
        topics = sum(1 for section in roadmap.sections for _ in section.children)
        facts = [words.count("sections", len(roadmap.sections))]
        if topics:
            facts.append(words.count("topics", topics))
        if left := hours_left(self.hours, words):
            facts.append(left)
        return facts

    def _dates(self) -> list[str]:
        today, language = self.snapshot.today, self.roadmap.language
        result = [self.words.say("as_of", date=dates.day_text(today, language, weekday=False))]
        finish = self.snapshot.schedule.finish if self.snapshot.schedule else None
        if finish:
            said = dates.planned_text(finish, language, today=today)
            result.insert(0, self.words.say("finish", date=said))
        return result

    def _new(self) -> list[str]:
        """Return how much is new, where that was asked and something is."""
        since, count = self.snapshot.new_since, self.snapshot.new_leaves
        if not since or not count:
            return []
        said = dates.day_text(since, self.roadmap.language, today=self.snapshot.today, weekday=False)
        return [self.words.count("new_since", count, date=said)]

    def _progress(self, tag: StructElem) -> Block:
        """Return the ring with the share in it, and beside it whose and what it is the share of."""
        paper, look, total = self.paper, self.look, self.snapshot.total
        radius = paper.size * 3.4
        height = 2 * radius + 8
        owner = tag.kid("P", "progress")
        percent = f"{total.percent} %"
        size = paper.step(2)
        wide = width(percent, "semibold", size)
        track = look.rule
        marks: list[Mark] = [Shape(radius, height / 2, ring(radius * 0.92, total.fraction, look.accent, track))]
        inner = self._row(percent, size, owner, color=look.ink, x=radius - wide / 2, style="semibold")
        marks += [mark._replace(dy=height / 2 + size * 0.345) for mark in inner.marks]
        left = 2 * radius + paper.size * 1.6
        room = paper.column - left
        done = self.words.say("progress", done=total.done, total=total.total)
        texts: list[LineBox] = []
        lines = [
            (f"{done} {self.words['done']}", "semibold", 1, look.ink),
            (" · ".join(self._facts()), "regular", 0, look.muted),
            (" · ".join(self._dates()), "regular", 0, look.muted),
            *((said, "medium", 0, look.accent) for said in self._new()),
        ]
        if self.snapshot.learner:
            lines[:1] = [
                (self.snapshot.learner, "semibold", 1, look.ink),
                (lines[0][0], "regular", 0, look.ink),
            ]
        for said, style, step, color in lines:
            run = Run(said, style)  # type: ignore[arg-type]  # a Style
            texts += set_text([run], self.setting, x=left, width=room, size=paper.step(step), tag=owner, color=color)
        top = max(0.0, (height - sum(row.height for row in texts)) / 2)
        for row in texts:
            marks += [mark._replace(dy=mark.dy + top) for mark in row.marks]
            top += row.height
        return Block([LineBox(max(height, top), marks)], before=paper.size * 2.4, whole=True)

    def glance(self, root: StructElem) -> Iterator[Block]:
        """Yield one line a section: icon, title, bar, share; at most twenty, for the contents have them all."""
        sections = self.roadmap.sections
        if len(sections) > 20:
            return
        size = self.paper.size
        icon = size * 1.9 if any(sign_of(section, size) for section in sections) else 0.0
        owner = root.kid("Sect", "glance").kid("L")
        for section in sections:
            counts = self.snapshot.counts(section)
            key = ("glance", section.id, counts.done, counts.total)
            yield from self.kept.blocks(key, lambda: [self._share_of(section, counts, owner, icon)])  # noqa: B023

    def _share_of(self, section: Node, counts: Counts, owner: StructElem, icon: float) -> Block:
        """Return a section's line of the title page; `icon` is the room for its sign."""
        paper = self.paper
        sections = self.roadmap.sections
        size = paper.size
        wide_bar = paper.column * 0.22
        said_width = width("000/000", "figures", size * 0.85)
        branch = self.look.branch(section.section)
        entry = owner.kid("LI", section.id)
        label, body = entry.kid("Lbl"), entry.kid("LBody").kid("Link")
        number = self._row(section.number, size, label, color=branch.strong, style="semibold").marks
        x = width("0" * len(sections[-1].number), "figures", size) + size * 0.9
        marks: list[Mark] = list(number)
        sign = sign_of(section, size)
        if sign:
            marks += self._row(sign, size, body, color=branch.strong, x=x).marks
        room = paper.column - x - icon - wide_bar - said_width - 16
        runs = runs_of(markdown.spans(section.title), "regular", self.setting, links=False)
        if section.icon and not sign:
            runs = [Run(f"{section.icon}\u2002"), *runs]
        rows = set_text(runs, self.setting, x=x + icon, width=max(room, 60), size=size, tag=body)
        height = rows[0].height
        shape = bar(wide_bar, counts.fraction, branch.strong, branch.tint, outline=branch.variant)
        marks += rows[0].marks
        left = paper.column - wide_bar - said_width - 6
        said = f"{counts.done}/{counts.total}"
        at = paper.column - width(said, "figures", size * 0.85)
        share = self._row(said, size * 0.85, body, color=self.look.muted, x=at).marks
        dy = baseline(size, height)
        marks += [mark._replace(dy=dy) for mark in share]
        marks.append(Shape(left, height / 2 + 1.5, shape))
        marks.append(_link(section, 0, height, paper.column, height, body))
        rule = Shape(0, 0, line(paper.column, self.look.rule, 0.4))
        head = LineBox(height + 7, [rule, *(moved(mark, dy=3.5) for mark in marks)])
        return Block([head, *rows[1:]], before=paper.size * 2.4 if section is sections[0] else 0, whole=True)

    def contents(self, root: StructElem, *, topics: bool = True, tight: bool = False) -> tuple[Block, ...]:
        """Return the table of contents: sections, and topics if asked for, with leaders and page numbers."""
        return self.kept.blocks((self.paper, topics, tight), lambda: self._contents(root, topics=topics, tight=tight))

    def _contents(self, root: StructElem, *, topics: bool, tight: bool) -> Iterator[Block]:
        self.tight = 0.88 if tight else 1.0
        paper = self.paper
        tag = StructElem("Sect", root)
        size = paper.step(4 if paper.columns == 1 else 2)
        heading = self._row(self.words["contents"], size, StructElem("H2", tag), color=self.look.ink, style="semibold")
        yield Block([heading], keep=True, anchor=entry_of(""))
        toc = StructElem("TOC", tag)
        numbers = max((len(topic.number) for section in self.roadmap.sections for topic in section.children), default=1)
        gutter = width("0" * numbers, "figures", paper.size) + paper.size * 1.1
        for section in self.roadmap.sections:
            color = self.look.branch(section.section).strong
            first = StructElem("TOCI", toc)
            yield self._entry(section, first, gutter, color, head=True, alone=not topics)
            if topics and any(topic.children or len(section.children) < 60 for topic in section.children):
                inner = StructElem("TOC", first)
                for topic in section.children:
                    yield self._entry(topic, StructElem("TOCI", inner), gutter, self.look.muted, head=False)
        if self.snapshot.schedule and self.snapshot.schedule.weeks:
            title = [Run(self.words["weeks"], "semibold")]
            yield self._line("", title, WEEKS, StructElem("TOCI", toc), gutter, self.look.accent, head=True)

    def _entry(
        self, node: Node, tag: StructElem, gutter: float, color: str, *, head: bool, alone: bool = False
    ) -> Block:
        spans = runs_of(markdown.spans(node.title), "semibold" if head else "regular", self.setting, links=False)
        if node.icon and head:
            spans = [Run(f"{node.icon}\u2002", "regular", RunStyle(color)), *spans]
        block = self._line(node.number, spans, node.id, tag, gutter, color, head=head)
        return block._replace(keep=head and bool(node.children) and not alone)

    def _line(
        self, number: str, title: list[Run], target: str, tag: StructElem, gutter: float, color: str, *, head: bool
    ) -> Block:
        """Return one line of the contents: number, title, leader, page; where the target's page leads back to."""
        paper = self.paper
        size = paper.step(1) * 0.96 if head else paper.size
        link = StructElem("Link", StructElem("Reference", tag))
        page_width = width("00000", "figures", size)
        right = paper.column
        room = right - gutter - page_width
        rows = set_text(title, self.setting, x=gutter, width=room, size=size, tag=link, leading=1.32 * self.tight)
        last = rows[-1]
        end = max((mark.x + line_width(mark) for mark in last.marks if isinstance(mark, Text)), default=0.0)
        dy = baseline(size, last.height)
        start = end + 6
        stop = right - width("00000", "figures", size) * 0.82
        tail: list[Mark] = []
        if stop - start > 12:
            start += (stop - start) % 3.6
            tail.append(Shape(start, dy, dots(stop - start, self.look.leader)))
        tail.append(PageNumber(right, dy, size, self.look.ink if head else self.look.muted, target, link))
        if number:
            first = baseline(size, rows[0].height)
            label = self._row(number, size, link, color=color, style="semibold" if head else "figures")
            rows[0] = LineBox(rows[0].height, [*(mark._replace(dy=first) for mark in label.marks), *rows[0].marks])
        rows[-1] = LineBox(rows[-1].height, [*rows[-1].marks, *tail])
        height = sum(row.height for row in rows)
        said = " ".join(filter(None, (number, "".join(run.text for run in title))))
        rows[-1].marks.append(LinkAnnotation(0, rows[-1].height, right, height, "", target, said, link))
        before = paper.size * (0.75 * self.tight**3 if head else 0.04)
        return Block(rows, before=before, whole=len(rows) < 4, anchor=entry_of(target), target=target)


def _link(node: Node, x: float, dy: float, wide: float, height: float, tag: StructElem) -> LinkAnnotation:
    return LinkAnnotation(x, dy, wide, height, "", node.id, f"{node.number} {markdown.plain(node.title)}", tag)
