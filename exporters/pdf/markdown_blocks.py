"""Markdown blocks to the book's blocks: paragraphs, lists, code, quotes, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...core import text as markdown
from ..pdfwriter.shapes import line, rectangle
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, wrap
from .page_model import Block, LineBox, Mark, Shape, Text, line_width, moved
from .text_layout import TextStyle, runs_of, set_text

_SPACES = re.compile("  +")


class Notes:
    """Sets Markdown blocks in one column."""

    def __init__(self, setting: TextStyle, size: float) -> None:
        self.setting = setting
        self.size = size

    def blocks(self, source: str, tag: StructElem, x: float, width: float, *, level: int = 3) -> Iterator[Block]:
        """Yield Markdown as blocks; its headings begin at `level` of the structure tree."""
        yield from self._all(markdown.blocks(source), tag, x, width, level)

    def _all(
        self,
        found: Sequence[markdown.Block],
        tag: StructElem,
        x: float,
        width: float,
        level: int,
        *,
        before: float = 4.0,
    ) -> Iterator[Block]:
        least = min((block.level for block in found if isinstance(block, markdown.Heading)), default=1)
        last = level - 1
        for block in found:
            match block:
                case markdown.Paragraph(spans):
                    yield self._text(spans, StructElem("P", tag), x, width, before)
                case markdown.Heading(depth, spans):
                    last = min(6, level + depth - least, last + 1)
                    yield self._heading(spans, StructElem(f"H{last}", tag), x, width)
                case markdown.ListBlock(items, start):
                    yield from self._list(items, start, tag, x, width, level)
                case markdown.Quote(inner):
                    quote = StructElem("BlockQuote", tag)
                    for part in self._all(inner, quote, x + 12, width - 12, level):
                        yield self._beside(part, x)
                case markdown.Code(text):
                    yield self._code(text, StructElem("P", tag), x, width)
                case markdown.Table():
                    yield from self._table(block, tag, x, width)
                case markdown.Rule():
                    rule = line(width, self.setting.look.rule)
                    yield Block([LineBox(self.size, [Shape(x, self.size / 2, rule)])], before=2)

    def _text(self, spans: markdown.Spans, tag: StructElem, x: float, width: float, before: float) -> Block:
        runs = runs_of(spans, "regular", self.setting)
        return Block(set_text(runs, self.setting, x=x, width=width, size=self.size, tag=tag), before=before)

    def _heading(self, spans: markdown.Spans, tag: StructElem, x: float, width: float) -> Block:
        runs = runs_of(spans, "semibold", self.setting)
        rows = set_text(runs, self.setting, x=x, width=width, size=self.size * 1.05, tag=tag, leading=1.3)
        return Block(rows, before=8, keep=True, whole=True)

    def _list(
        self, items: Sequence[markdown.Blocks], start: int | None, tag: StructElem, x: float, width: float, level: int
    ) -> Iterator[Block]:
        numbered = start is not None
        owner = StructElem("L", tag, b"/A<</O/List/ListNumbering/%s>>" % (b"Decimal" if numbered else b"Disc"))
        labels = [f"{start + index}." if start is not None else "•" for index in range(len(items))]
        indent = 12.0 if not numbered else 6 + self.size * 0.58 * max(map(len, labels))
        indent = min(indent, width / 3)
        for label, item in zip(labels, items, strict=True):
            entry = StructElem("LI", owner)
            mark = set_text(
                [Run(label, "figures")],
                self.setting,
                x=x + (3 if not numbered else 0),
                width=max(indent, 30.0),
                size=self.size,
                tag=StructElem("Lbl", entry),
                color=self.setting.look.muted,
            )[0]
            body = StructElem("LBody", entry)
            first = True
            inner = max(width - indent, 24.0)
            for block in self._all(item, body, x + indent, inner, level, before=1.5):
                if first and block.rows:
                    block.rows[0] = block.rows[0]._replace(marks=[*mark.marks, *block.rows[0].marks])
                    first = False
                yield block
            if first:
                yield Block([mark], before=1.5)

    def _beside(self, block: Block, x: float) -> Block:
        color = self.setting.look.rule
        return block._replace(
            rows=[
                LineBox(row.height, [Shape(x, row.height, rectangle(2, row.height, color)), *row.marks])
                for row in block.rows
            ]
        )

    def _code(self, text: str, tag: StructElem, x: float, width: float) -> Block:
        size = self.size
        pad = 6.0
        look = self.setting.look
        rows: list[LineBox] = []
        for source in text.expandtabs(4).split("\n"):
            body = source.lstrip(" ")
            indent = min((len(source) - len(body)) * size * 0.528, width / 2)
            before = len(rows)
            rows += set_text(
                [Run(_SPACES.sub(lambda found: "\u00a0" * (len(found[0]) - 1) + " ", body), "code")],
                self.setting,
                x=x + pad + indent,
                width=max(width - 2 * pad - indent, 24.0),
                size=size,
                tag=tag,
                leading=1.35,
            )
            if look.rtl:  # code reads from left to right in any book
                rows[before:] = [_unmirrored(row, x + width - pad - indent) for row in rows[before:]]
        if look.shade:
            edges = [LineBox(pad / 2, []), *rows, LineBox(pad / 2, [])]
            rows = [
                LineBox(r.height, [Shape(x, r.height, rectangle(width, r.height + 0.3, look.shade)), *r.marks])
                for r in edges
            ]
        else:
            rows = [LineBox(r.height, [Shape(x, r.height, rectangle(1, r.height, look.rule)), *r.marks]) for r in rows]
        return Block(rows, before=5)

    def _table(self, table: markdown.Table, tag: StructElem, x: float, width: float) -> Iterator[Block]:
        widths = self._columns(table, width)
        owner = StructElem("Table", tag)
        for index, cells in enumerate((table.head, *table.rows)):
            head = index == 0
            row_tag = StructElem("TR", owner)
            left = x
            columns: list[list[LineBox]] = []
            for number, spans in enumerate(cells):
                scope = b"/A<</O/Table/Scope/Column>>" if head else b""
                cell = StructElem("TH" if head else "TD", row_tag, scope)
                runs = runs_of(spans, "semibold" if head else "regular", self.setting)
                room = max(widths[number] - 8, 16.0)
                rows = set_text(runs, self.setting, x=left, width=room, size=self.size * 0.95, tag=cell, leading=1.35)
                align = table.align[number] if number < len(table.align) else ""
                columns.append(_aligned(rows, left, room, align))
                left += widths[number]
            rule = line(sum(widths), self.setting.look.muted if head else self.setting.look.rule, 0.7 if head else 0.4)
            yield Block(_merged(columns, x, rule), before=5 if head else 0, keep=head, whole=False)

    def _columns(self, table: markdown.Table, width: float) -> list[float]:
        """Return widths of columns: as wide as their content wants, shared out when that is too wide."""
        wanted = []
        for number in range(len(table.head)):
            cells = [row[number] for row in (table.head, *table.rows[:200])]
            texts = [wrap(runs_of(spans, "semibold", self.setting), 10_000)[0].width for spans in cells]
            wanted.append(min(max(texts), 60) * self.size * 0.95 + 10)
        total = sum(wanted)
        if total <= width:
            return wanted
        fair = width / len(wanted)
        small = sum(want for want in wanted if want <= fair)
        large = sum(want for want in wanted if want > fair)
        return [want if want <= fair else (width - small) * want / large for want in wanted]


def _unmirrored(row: LineBox, right: float) -> LineBox:
    """Return a row whose text ends at `right`, so that it begins at the left where the page is mirrored."""
    end = max((mark.x + line_width(mark) for mark in row.marks if isinstance(mark, Text)), default=right)
    return row._replace(marks=[moved(mark, dx=right - end) for mark in row.marks])


def _aligned(rows: list[LineBox], x: float, width: float, align: str) -> list[LineBox]:
    if align not in {"right", "center"}:
        return rows
    result = []
    for row in rows:
        end = max((mark.x + line_width(mark) for mark in row.marks if isinstance(mark, Text)), default=x)
        shift = max(0.0, x + width - end - 2) / (1 if align == "right" else 2)
        result.append(LineBox(row.height, [moved(mark, dx=shift) for mark in row.marks]))
    return result


def _merged(columns: Sequence[Sequence[LineBox]], x: float, rule: str) -> list[LineBox]:
    """Return cells side by side, line by line, with a rule below."""
    result: list[LineBox] = []
    for index in range(max((len(rows) for rows in columns), default=0)):
        marks: list[Mark] = []
        height = 0.0
        for rows in columns:
            if index < len(rows):
                marks += rows[index].marks
                height = max(height, rows[index].height)
        result.append(LineBox(height, marks))
    return [*result, LineBox(4.0, [Shape(x, 2.0, rule)])]
