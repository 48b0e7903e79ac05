"""Markdown to blocks with the lines they stand in. Inline text stays source; `inline` reads it.

Only markdown-it-py's block rules run: inline parsing is most of its time, and nearly all list items need none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from ...core.markdown_parser import block_tokens
from ...core.text import normalized_link

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 210
"""markdown-it levels: a list item takes two, and a roadmap nests at most 100 deep."""


class Origin(IntEnum):
    """What was made a heading; the later ones stand below the earlier ones of the same depth."""

    WRITTEN = 0
    """A heading of the document."""
    FAMILY = 1
    """`Track 1` that the document writes beside its `Cycle 1`."""
    BOLD = 2
    """A line in bold."""
    FOLD = 3
    """What a folded part is called."""
    BOLD_INSIDE = 4
    """A line in bold in a folded part, or below another line in bold."""
    BOLD_INMOST = 5
    """One that comes again between numbered lines in bold there."""
    LEAD = 6
    """A short line before a list, as `Resources:`."""
    LEAD_INSIDE = 7
    """The same in a folded part, or below a line in bold."""


class HeadingLevel(NamedTuple):
    """How deep a heading stands; of two levels the larger is the deeper."""

    depth: int
    """1 to 6; of what was no heading that of the heading above it, 0 where there is none."""
    origin: Origin = Origin.WRITTEN

    @property
    def is_inferred(self) -> bool:
        """Whether it was not written as a heading; real headings never stand below such."""
        return self.origin >= Origin.BOLD


@dataclass(slots=True)
class Heading:
    """A heading, or what serves as one."""

    line: int
    end: int
    level: HeadingLevel
    text: str
    setext: bool = False
    html: bool = False
    """Whether it was written as `<h1>` to `<h6>`."""


@dataclass(slots=True)
class Paragraph:
    """Lines of inline text, each without its indent; two spaces at an end are kept, for they break the line."""

    line: int
    end: int
    text: str


@dataclass(slots=True)
class Item:
    """One entry of a list."""

    line: int
    end: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class ListBlock:
    """A bulleted or numbered list."""

    line: int
    end: int
    items: list[Item]
    ordered: bool = False
    start: int = 1


@dataclass(slots=True)
class Quote:
    """A block quotation."""

    line: int
    end: int
    blocks: list[Block]


@dataclass(slots=True)
class Code:
    """Preformatted text without a final line end."""

    line: int
    end: int
    text: str
    info: str = ""


@dataclass(slots=True)
class TableRow:
    """Cells of a table's row, inline text."""

    line: int
    cells: list[str]


@dataclass(slots=True)
class Table:
    """A GFM table."""

    line: int
    end: int
    head: list[str]
    rows: list[TableRow]


@dataclass(slots=True)
class HtmlBlock:
    """A block of raw HTML."""

    line: int
    end: int
    text: str


@dataclass(slots=True)
class Rule:
    """A thematic break."""

    line: int
    end: int


Block = Heading | Paragraph | ListBlock | Quote | Code | Table | HtmlBlock | Rule


@dataclass(frozen=True, slots=True)
class MarkdownDocument:
    """A Markdown text as blocks."""

    blocks: list[Block]
    references: dict[str, tuple[str, str, int]]
    """Link reference definitions: normalised label → address, title, line."""
    lines: list[str]


def parse(text: str) -> MarkdownDocument:
    """Return a Markdown text as blocks; linear in its length, and bounded in its nesting."""
    tokens, references = block_tokens(text, normalized_link, max_nesting=MAX_NESTING)
    return MarkdownDocument(_Reader(tokens).blocks(""), references, text.split("\n"))


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    def blocks(self, closing: str) -> list[Block]:
        """Read blocks up to the token type `closing`, which is taken too."""
        result: list[Block] = []
        tokens = self.tokens
        while self.index < len(tokens):
            token = tokens[self.index]
            self.index += 1
            kind = token.type
            if kind == closing:
                break
            line, end = (token.map[0] + 1, token.map[1]) if token.map else (0, 0)
            if kind == "paragraph_open":
                result.append(Paragraph(line, end, _inline_text(tokens[self.index].content)))
                self.index += 2
            elif kind in ("bullet_list_open", "ordered_list_open"):
                result.append(self._list(line, end, token))
            elif kind == "heading_open":
                text = tokens[self.index].content
                self.index += 2
                result += _heading(line, end, int(token.tag[1:]), text, setext=token.markup in ("=", "-"))
            elif kind == "blockquote_open":
                result.append(Quote(line, end, self.blocks("blockquote_close")))
            elif kind in ("fence", "code_block"):
                result.append(Code(line, end, token.content.removesuffix("\n"), token.info.strip()))
            elif kind == "html_block":
                result.append(HtmlBlock(line, end, token.content))
            elif kind == "hr":
                result.append(Rule(line, end))
            elif kind == "table_open":
                result.append(self._table(line, end))
        return result

    def _list(self, line: int, end: int, opening: Token) -> ListBlock:
        ordered = opening.type == "ordered_list_open"
        result = ListBlock(line, end, [], ordered, int(opening.attrs.get("start", 1)) if ordered else 1)
        closing = "ordered_list_close" if ordered else "bullet_list_close"
        while True:
            token = self.tokens[self.index]
            self.index += 1
            if token.type == closing:
                return result
            start, stop = token.map or [line - 1, end]
            result.items.append(Item(start + 1, stop, self.blocks("list_item_close")))

    def _table(self, line: int, end: int) -> Table:
        table = Table(line, end, [], [])
        cells: list[str] = []
        row_line = line
        while True:
            token = self.tokens[self.index]
            self.index += 1
            if token.type == "tr_open":
                cells = []
                row_line = token.map[0] + 1 if token.map else row_line + 1
            elif token.type == "inline":
                cells.append(token.content.strip())
            elif token.type == "tr_close":
                if table.head:
                    table.rows.append(TableRow(row_line, cells))
                else:
                    table.head = cells
            elif token.type == "table_close":
                return table


def _inline_text(content: str) -> str:
    if "\n" not in content:
        return content
    return "\n".join(line.lstrip() for line in content.split("\n"))


def _heading(line: int, end: int, level: int, text: str, *, setext: bool) -> list[Block]:
    """Return a heading, or what a line of dashes right below a paragraph made into one by accident."""
    rows = text.count("\n") + 1
    if setext and level == 2 and (rows > 2 or len(text) > 120 or text.rstrip().endswith((".", "?", "!", ";"))):
        return [Paragraph(line, end - 1, _inline_text(text)), Rule(end, end)]
    return [Heading(line, end, HeadingLevel(level), " ".join(text.split()), setext)]


_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")


def hard_lines(text: str) -> list[str]:
    """Return inline text cut at its hard line breaks; soft ones become spaces."""
    if "\n" not in text:
        return [text]
    return [" ".join(part.split()) for part in _HARD_BREAK.split(text)]


def to_markdown(block: Block) -> str:
    """Return a block as Markdown source again, at the margin."""
    match block:
        case Paragraph(_, _, text):
            return text
        case Heading(_, _, level, text):
            return "#" * level.depth + " " + text
        case ListBlock(_, _, items, ordered, start):
            marks = [f"{start + index}. " if ordered else "- " for index in range(len(items))]
            return "\n".join(_indented(mark, item.blocks) for mark, item in zip(marks, items, strict=True))
        case Quote(_, _, inner):
            text = "\n\n".join(to_markdown(child) for child in inner)
            return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        case Code(_, _, text, info):
            longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
            fence = "`" * max(3, longest + 1)
            return f"{fence}{info}\n{text}\n{fence}"
        case Table(_, _, head, rows):
            lines = [head, ["---"] * len(head), *(row.cells for row in rows)]
            return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        case HtmlBlock(_, _, text):
            return text.rstrip("\n")
        case _:
            return "---"


def _indented(mark: str, blocks: list[Block]) -> str:
    tight = all(isinstance(block, (Paragraph, ListBlock)) for block in blocks)
    text = ("\n" if tight else "\n\n").join(to_markdown(block) for block in blocks)
    return mark + indented(text, len(mark))


def indented(text: str, width: int) -> str:
    """Return a text whose lines but the first are indented; empty ones stay empty."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * width + line if line.strip() else "" for line in rest)])
