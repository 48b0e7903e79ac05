"""The body: sections with their openings, topics with their first items, items with box, number and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...core import text as markdown
from ...core.locale.words import Words
from ...core.model import Node
from ...core.progress.model import State
from ...core.snapshot import Counts, Snapshot
from ...core.snapshot.figures import WorkHours
from ..pdfwriter.shapes import bar, rectangle
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, Style, width
from .colors import Branch, ColorScheme
from .kept_blocks import KeptBlocks
from .markdown_blocks import Notes
from .meta_line import MetaLine, hours_left
from .options import Options
from .page_model import (
    Block,
    CheckBox,
    Destination,
    LineBox,
    LinkAnnotation,
    Mark,
    Shape,
    Text,
    box_size,
    entry_of,
    line_width,
)
from .page_size import PageGeometry
from .text_layout import RunStyle, SectionStyle, TextStyle, baseline, runs_of, set_text

_BY_OPENING = {False: frozenset({"new", "hours"}), True: frozenset({"new"})}
"""Facts that a section's opening tells, by whether it stands on a two-up sheet."""
_WHOLE = 8
"""Lines from which on a section's head may be parted."""
_SHORT = 4
"""Lines of a text that is kept with what follows it; a longer one would leave a hole."""
_INDENT = 15.0
_MAX_INDENT = 0.36
"""Of the column: deeper levels no longer move to the right."""


class SectionLayout:
    """Makes the blocks of a roadmap's sections."""

    def __init__(
        self,
        snapshot: Snapshot,
        options: Options,
        paper: PageGeometry,
        look: ColorScheme,
        words: Words,
        places: Mapping[str, Destination],
        hours: Mapping[str, WorkHours],
        kept: KeptBlocks,
    ) -> None:
        """`places` are those of the contents, which numbers lead back to; `kept` is for this plan of contents alone."""
        self.snapshot = snapshot
        self.options = options
        self.places = places
        self.paper = paper
        self.column = paper.column
        self.look = look
        self.words = words
        self.targets = {name for node in snapshot.roadmap.walk() for name in node.needs}
        self.meta = MetaLine(snapshot, options, words)
        self.hours = hours
        self.kept = kept
        self.everything = snapshot.schedule is not None
        """Whether any node may be led to: the weeks link to what is in them."""
        self.section = ""
        """The id of the section that is being set."""
        self.details = options.notes and not options.two_up
        numbers = (node.number for node in snapshot.roadmap.walk() if node.depth <= 3)
        widest = max((len(number) for number in numbers), default=1)
        self.small = max(7.0, paper.size * 0.8)
        self.baseline = baseline(paper.size, paper.size * 1.4)
        """Of an item's first line."""
        self.gutter = max(22.0, width("0" * widest, "figures", self.small) + 7)

    def blocks(self, root: StructElem) -> Iterator[Block]:
        """Yield all blocks in reading order."""
        for section in self.snapshot.roadmap.sections:
            branch = self.look.branch(section.section)
            own = SectionStyle(branch, TextStyle(self.look, branch.strong))
            yield from self._section(section, own, root.kid("Sect", section.id))

    def _variant(self, node: Node) -> tuple[object, ...]:
        """Return all that the snapshot says of a node and that its own blocks may show."""
        snapshot = self.snapshot
        if node.children:
            left = self.hours[node.id].left if node.depth == 1 else None
            return (node.id, snapshot.counts(node), snapshot.is_new(node), left)
        tick = snapshot.tick(node)
        slot = snapshot.schedule.slots.get(node.id) if snapshot.schedule else None
        return (
            node.id,
            (tick.state, tick.note) if tick else None,
            snapshot.is_new(node),
            slot.due if slot else None,
            self.hours[node.id].left if node.depth == 1 else None,
        )

    def _section(self, node: Node, own: SectionStyle, tag: StructElem) -> Iterator[Block]:
        self.section = node.id
        told = self.snapshot.counts(node) if self.options.two_up else self.snapshot.state(node)
        key = ("head", node.id, told, self.snapshot.is_new(node))
        yield from self.kept.blocks(key, lambda: self._head(node, own, tag))
        if not self.options.two_up:  # the sheet says it in the opening
            yield from self.kept.blocks(("progress", *self._variant(node)), lambda: [self._progress(node, own, tag)])
        if not node.children:
            yield from self._item(node, own, tag.kid("L"), 0)
        yield from self._children(node, own, tag)

    def _head(self, node: Node, own: SectionStyle, tag: StructElem) -> Iterator[Block]:
        """Yield what stands before a section's topics."""
        yield self._opening(node, own, tag)
        # without children its own entry says so
        if node.children and (facts := self._meta(node, own, tag, 0, without=_BY_OPENING[self.options.two_up])):
            yield Block(facts, before=3, keep=True)
        if self.details:
            if node.summary:
                runs = runs_of(markdown.spans(node.summary), "regular", own.setting)
                size = self.paper.step(1)
                rows = set_text(
                    runs,
                    own.setting,
                    x=0,
                    width=self.column,
                    size=size,
                    tag=tag.kid("P", "summary"),
                    color=self.look.muted,
                    leading=1.35,
                )
                yield Block(rows, before=5, keep=True, whole=len(rows) < 5)
            yield from self._about(node, own, tag, 0.0, 3)

    def _opening(self, node: Node, own: SectionStyle, tag: StructElem) -> Block:
        """Return a section's head: a tinted band with its number, icon and title in its colour."""
        sheet = self.options.two_up
        size = self.paper.step(1 if sheet else 3 if self.paper.columns == 1 else 2)
        heading = tag.kid("H2")
        pad = size * 0.42
        inset = size * 0.6
        lead: list[Mark] = []
        x = inset
        back = (
            RunStyle(own.branch.strong, "", entry_of(node.id), alternate=self.words["contents"])
            if entry_of(node.id) in self.places
            else None
        )
        icon = sign_of(node, size)
        for said, style in ((node.number, "semibold"), (icon, "regular")):
            if said:
                run = Run(said, "semibold" if style == "semibold" else "regular", back)
                wide = width(said, run.style, size)
                lead += set_text(
                    [run],
                    own.setting,
                    x=x,
                    width=wide * 1.5,
                    size=size,
                    tag=heading,
                    color=own.branch.strong,
                    leading=1.18,
                )[0].marks
                x += wide + size * 0.5
        title = runs_of(markdown.spans(node.title), "semibold", own.setting)
        if node.icon and not icon:
            title = [Run(f"{node.icon}\u2002"), *title]
        share: list[Mark] = []
        side = self._count(node, share, heading, own, baseline(size, size * 1.18), inset / 2) if sheet else 0.0
        rows = set_text(
            title,
            own.setting,
            x=x,
            width=max(self.column - x - inset / 2 - side, 60),
            size=size,
            tag=heading,
            color=own.branch.strong,
            leading=1.18,
        )
        rows[0] = rows[0]._replace(marks=[*lead, *rows[0].marks, *share])
        return Block(
            self._band(rows, own.branch, pad),
            before=12 if sheet else 30 if self.paper.columns == 1 else 18,
            keep=True,
            whole=len(rows) < _WHOLE,
            room=self.paper.depth * (0.12 if sheet else 0.24),
            anchor=node.id,
            section=node,
        )

    def _band(self, rows: list[LineBox], branch: Branch, pad: float) -> list[LineBox]:
        padded = [LineBox(pad, []), *rows, LineBox(pad, [])]
        if len(rows) < _WHOLE:  # in one piece, for screens show the seams of two
            height = sum(row.height for row in padded)
            return [LineBox(pad, _band(self.column, height, branch)), *padded[1:]]
        return [LineBox(row.height, [*_band(self.column, row.height + 0.2, branch), *row.marks]) for row in padded]

    def _progress(self, node: Node, own: SectionStyle, tag: StructElem) -> Block:
        counts = self.snapshot.counts(node)
        said = self.words.say("progress", done=counts.done, total=counts.total)
        if counts.total:
            said += f" · {counts.percent} %"
        if left := hours_left(self.hours[node.id], self.words):
            said += f" · {left}"
        runs = [Run(said, "figures")]
        if self.snapshot.is_new(node) and node.children:  # else its own entry says so
            runs += [Run(" · ", "figures"), self.meta.new(own)]
        size = self.small
        wide = sum(width(run.text, run.style, size) for run in runs)
        room = self.column - wide - 10
        row = set_text(
            runs,
            own.setting,
            x=self.column - wide,
            width=wide + 2,
            size=size,
            tag=tag.kid("P", "progress"),
            color=self.look.muted,
        )[0]
        shape = bar(max(room, 20), counts.fraction, own.branch.strong, own.branch.tint, outline=own.branch.variant)
        marks = [Shape(0, row.height / 2 + 1.5, shape), *row.marks]
        rows = [LineBox(row.height, marks)]
        if not (node.children and node.children[0].children):  # no topic follows, which brings a space of its own
            rows.append(LineBox(self.paper.size * 0.4, []))
        return Block(rows, before=7, keep=bool(node.children), whole=True)

    def _children(self, node: Node, own: SectionStyle, tag: StructElem) -> Iterator[Block]:
        """Yield topics as headings with lists, and topics without items as entries of a list."""
        entries: StructElem | None = None
        for index, child in enumerate(node.children):
            if child.children and child.depth == 2:
                entries = None
                yield from self._topic(child, own, tag)
            else:
                apart = entries is None and index > 0
                entries = entries or tag.kid("L", child.id, _UNNUMBERED)
                blocks = self._item(child, own, entries, 0, stays=_stays(index, node))
                if apart:  # from the topic above, whose items look the same
                    yield next(blocks)._replace(before=self.paper.size * 1.35)
                yield from blocks

    def _topic(self, node: Node, own: SectionStyle, tag: StructElem) -> Iterator[Block]:
        yield from self.kept.blocks(self._variant(node), lambda: self._topic_head(node, own, tag))
        entries = tag.kid("L", f"of {node.id}", _UNNUMBERED)
        for index, child in enumerate(node.children):
            yield from self._item(child, own, entries, 0, stays=_stays(index, node))

    def _topic_head(self, node: Node, own: SectionStyle, tag: StructElem) -> Iterator[Block]:
        heading = tag.kid("H3", node.id)
        size = self.paper.step(1)
        counts = self.snapshot.counts(node)
        said = f"{counts.done}/{counts.total}" if counts.total else ""
        side = width(said, "figures", self.small) + 8 if said else 0
        leading = 1.25
        marks: list[Mark] = []
        dy = baseline(size, size * leading)
        small = self.small * 1.06
        back = next((entry for id_ in (node.id, self.section) if (entry := entry_of(id_)) in self.places), "")
        label = heading.kid("Link") if back else heading
        marks.append(Text(0.0, dy, small, own.branch.strong, node.number, "semibold", label))
        if back:
            wide = width(node.number, "semibold", small)
            marks.append(
                LinkAnnotation(0.0, dy + size * 0.25, wide, size * 1.2, "", back, self.words["contents"], label)
            )
        x = self.gutter
        title = runs_of(markdown.spans(node.title), "semibold", own.setting)
        if node.icon:
            title = [Run(f"{node.icon}\u2002", "regular"), *title]
        rows = set_text(title, own.setting, x=x, width=self.column - x - side, size=size, tag=heading, leading=leading)
        if said:
            row = set_text(
                [Run(said, "figures")],
                own.setting,
                x=self.column - side + 8,
                width=side + 8,
                size=self.small,
                tag=heading,
                color=self.look.muted,
            )[0]
            marks += [mark._replace(dy=dy) for mark in row.marks]
        first = 2 if back else 1
        rows[0] = LineBox(rows[0].height, [*marks[:first], *rows[0].marks, *marks[first:]])
        before = self.paper.size * (0.8 if self.options.two_up else 1.35)
        yield Block(rows, before=before, keep=True, whole=len(rows) < 6, anchor=node.id)
        meta = self._meta(node, own, tag, x)
        if meta:
            yield Block(meta, before=0, keep=True)
        yield from _kept(self._about(node, own, tag, x, 4))

    def _item(
        self, node: Node, own: SectionStyle, entries: StructElem, level: int, *, stays: bool = False
    ) -> Iterator[Block]:
        """Yield an item and all below it; the list `entries` holds it, and it `stays` with the next one if asked to."""
        entry = entries.kid("LI", node.id)
        yield from self.kept.blocks(self._variant(node), lambda: self._entry(node, own, entry, level, stays=stays))
        if node.children:
            inner = entry.kid("LBody").kid("L", "", _UNNUMBERED)
            for index, child in enumerate(node.children):
                yield from self._item(child, own, inner, level + 1, stays=_stays(index, node))

    def _entry(self, node: Node, own: SectionStyle, entry: StructElem, level: int, *, stays: bool) -> Iterator[Block]:
        """Yield an item without what is below it."""
        size = self.paper.size
        dy = self.baseline
        box_x = self.gutter + min(level * _INDENT, self.column * _MAX_INDENT)
        x = box_x + size * 1.55
        marks: list[Mark] = []
        deep = node.depth > 3 and width(node.number, "figures", self.small) > box_x - 4
        label = entry.kid("Lbl")
        if not deep:
            marks.append(Text(0.0, dy, self.small, self.look.muted, node.number, "figures", label))
        body = entry.kid("LBody")
        state = self.snapshot.state(node)
        leaf = not node.children
        color = self.look.ink if state is State.OPEN or state is State.PARTLY else self.look.muted
        if leaf:
            edge = box_size(self.paper)
            place = dy - size * 0.345 + edge / 2
            marks.append(CheckBox(box_x, place, edge, node, state, own.branch.strong, body.kid("Form")))
        style: Style = "regular" if leaf else "medium"
        title = runs_of(markdown.spans(node.title), style, own.setting, strike=leaf and state is State.SKIPPED)
        if node.icon:
            title = [Run(f"{node.icon} ", "regular"), *title]
        if deep:
            title = [Run(f"{node.number}\u2002", "figures", RunStyle(self.look.muted)), *title]
        side = 0.0
        if not leaf:
            x = box_x
            side = self._count(node, marks, body, own, dy)
        rows = set_text(
            title, own.setting, x=x, width=self.column - x - side, size=size, tag=body, color=color, before=marks
        )
        bare = node.is_bare
        silent = bare and not self.everything and state is not State.SKIPPED and not self.snapshot.is_new(node)
        meta = [] if silent else self._beside(node, own, body, rows, x, side)
        if meta is None:
            meta = self._meta(node, own, body, x)
        topped = node.depth == 1  # a section without topics: its opening has said all else
        led_to = not topped and (node.depth < 3 or self.everything or node.id in self.targets)
        said = self.meta.own_note(node) if leaf and self.details else ""
        says_more = bool(said) or (
            not (bare or topped) and self.details and bool(node.summary or node.notes or node.links)
        )
        yield Block(
            rows + meta,
            before=size * (0.28 if leaf else 0.5),
            keep=stays or not leaf or says_more,
            whole=len(rows) + len(meta) < 4,
            anchor=node.id if led_to else "",
        )
        if not (bare or topped):
            yield from self._about(node, own, body, x, 4)
        if said:
            yield from self._own_note(said, own, body, x)

    def _count(
        self, node: Node, marks: list[Mark], tag: StructElem, own: SectionStyle, dy: float, inset: float = 0.0
    ) -> float:
        """Add how much of a node is done at the right end of its line; return the width that it takes."""
        counts: Counts = self.snapshot.counts(node)
        if not counts.total:
            return 0.0
        runs = [Run(f"{counts.done}/{counts.total}", "figures")]
        if node.depth == 1 and self.snapshot.is_new(node):
            runs += [Run(" · ", "figures"), self.meta.new(own)]
        side = sum(width(run.text, run.style, self.small) for run in runs) + 8
        row = set_text(
            runs,
            own.setting,
            x=self.column - side + 8 - inset,
            width=side + 8,
            size=self.small,
            tag=tag,
            color=self.look.muted,
        )[0]
        marks += [mark._replace(dy=dy) for mark in row.marks]
        return side

    def _beside(
        self, node: Node, own: SectionStyle, tag: StructElem, rows: list[LineBox], x: float, side: float
    ) -> list[LineBox] | None:
        """Put what is said of a node at the right end of its last line, where there is room; an empty list then."""
        runs = self.meta.runs(node, own)
        if not runs:
            return []
        if node.needs:
            return None
        last = rows[-1]
        side = side if len(rows) == 1 else 0.0
        size = self.small
        wide = sum(width(run.text, run.style, size) for run in runs)
        end = max((mark.x + line_width(mark) for mark in last.marks if isinstance(mark, Text)), default=x)
        start = self.column - side - wide
        if start < end + 14:
            return None
        found = set_text(runs, own.setting, x=start, width=wide + 4, size=size, tag=tag, color=self.look.muted)
        if len(found) > 1:
            return None
        dy = baseline(self.paper.size, last.height)
        last.marks.extend(mark._replace(dy=dy) if isinstance(mark, Text) else mark for mark in found[0].marks)
        return []

    def _meta(
        self, node: Node, own: SectionStyle, tag: StructElem, x: float, *, without: frozenset[str] = frozenset()
    ) -> list[LineBox]:
        """Return the small line below a title: kind, hours, dates, needs, tags."""
        runs = self.meta.runs(node, own, without=without)
        if not runs:
            return []
        size = self.small
        return set_text(
            runs,
            own.setting,
            x=x,
            width=self.column - x,
            size=size,
            tag=tag,
            color=self.look.muted,
            leading=1.35,
        )

    def _own_note(self, said: str, own: SectionStyle, tag: StructElem, x: float) -> Iterator[Block]:
        """Yield what the learner wrote beside a tick, with a pencil before it."""
        size = max(7.0, self.paper.size * 0.92)
        sign = set_text(
            [Run("✏")], own.setting, x=x, width=size * 2, size=size, tag=StructElem("P", tag), color=self.look.muted
        )[0]
        indent = size * 1.4
        blocks = Notes(own.setting, size).blocks(said, tag, x + indent, self.column - x - indent, level=4)
        for index, block in enumerate(blocks):
            if index:
                yield block
            else:
                block.rows[0] = block.rows[0]._replace(marks=[*sign.marks, *block.rows[0].marks])
                yield block._replace(before=1)

    def _about(self, node: Node, own: SectionStyle, tag: StructElem, x: float, level: int) -> Iterator[Block]:
        """Yield a node's summary (a section's stands in its opening), notes and links."""
        if not self.details:
            return
        wide = self.column - x
        size = max(7.0, self.paper.size * 0.92)
        if node.summary and node.depth > 1:
            runs = runs_of(markdown.spans(node.summary), "regular", own.setting)
            rows = set_text(
                runs, own.setting, x=x, width=wide, size=size, tag=StructElem("P", tag), color=self.look.muted
            )
            yield Block(rows, before=1, keep=bool(node.notes or node.links))
        if node.notes:
            notes = Notes(own.setting, size).blocks(node.notes, tag, x, wide, level=level)
            yield from _kept(notes) if node.links else notes
        for index, link in enumerate(node.links, 1):
            kind = f"  {self.words[link.kind.value]}" if link.kind else ""
            host = link.url.split("/")[2] if link.title and "://" in link.url else ""
            ink = RunStyle(own.branch.strong, link.url, "", alternate=link.label)
            runs = [Run("↗\u00a0", "regular", RunStyle(own.branch.strong)), Run(link.label, "regular", ink)]
            if host or kind:
                runs.append(Run(f"  {host}{' ·' if host and kind else ''}{kind}", "regular", RunStyle(self.look.muted)))
            rows = set_text(runs, own.setting, x=x, width=wide, size=size, tag=StructElem("P", tag))
            yield Block(rows, before=1, keep=index < len(node.links))


def sign_of(node: Node, size: float) -> str:
    """Return a node's icon where it is a sign, and not a text of its own."""
    return node.icon if width(node.icon, "regular", size) < 3 * size else ""


def _band(width: float, height: float, branch: Branch) -> list[Mark]:
    """Return a section's coloured area down from a row's top, with its edge."""
    area = [Shape(0, height, rectangle(width, height, branch.tint))] if branch.tint else []
    strips = ((0.0, 1.2), (2.8, 1.2)) if branch.variant else ((0.0, 4.0),)
    return [*area, *(Shape(x, height, rectangle(wide, height, branch.strong)) for x, wide in strips)]


def _kept(blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield blocks of which the last, if it is short, stays with what follows."""
    last: Block | None = None
    for block in blocks:
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last._replace(keep=len(last.rows) <= _SHORT)


def _stays(index: int, parent: Node) -> bool:
    """Whether a child stays on the next one's page: neither the first nor the last of a list stands alone."""
    return index in (0, len(parent.children) - 2) and len(parent.children) > 1


_UNNUMBERED = b"/A<</O/List/ListNumbering/Decimal>>"
