"""Markdown written piece by piece, as a document of another kind is read: paragraphs, lists, tables, marks."""

from __future__ import annotations

import re

MAX_DEPTH = 60
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")


class _Level:
    """A list item, a quote, or a list that is open."""

    def __init__(self, kind: str, marker: str = "", *, above: int = 0) -> None:
        self.kind = kind
        """`list`, `item` or `quote`."""
        self.marker = marker
        """What the next line of an item begins with; afterwards it is indented by as much."""
        self.used = kind == "list"
        self.count = 0
        self.ordered = False
        self.above = above
        """How many levels a list was opened with at once."""


class MarkdownWriter:
    """Takes a document in its order; `text` is what came of it. Text is text: `<b>` in it stays `<b>`."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._levels: list[_Level] = []
        self._too_deep = 0
        self._flat: list[int] = []
        """The levels, told by numbers, of the lists that the last line stands in."""
        self._pieces: list[str] = []
        """The paragraph so far, outside of open marks."""
        self._marks: list[tuple[str, str, list[str]]] = []
        """What is open around it: the mark, an address for links, and what is inside so far."""
        self._heading = 0
        self._code = False
        self._tables: list[list[list[str]]] = []
        self._in_cell = False

    def text(self) -> str:
        """Return all that was written."""
        self.flush()
        while self._tables:
            self.end_table()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n") + "\n"

    def add(self, text: str) -> None:
        """Add text to the paragraph."""
        if not self._code:
            text = _TAG_LIKE.sub("&lt;", text)
        (self._marks[-1][2] if self._marks else self._pieces).append(text)

    def break_line(self) -> None:
        """Begin a new line in the paragraph."""
        (self._marks[-1][2] if self._marks else self._pieces).append("\v")

    def open_mark(self, mark: str) -> None:
        """Begin `**strong**`, `*emphasis*`, a `code` span or `~~what was struck out~~`."""
        self._marks.append((mark, "", []))

    def open_link(self, address: str, *, image: bool = False) -> None:
        """Begin the text of a link; without an address it is only text."""
        self._marks.append(("![" if image else "[", address, []))

    def close_mark(self) -> None:
        """End what was opened last."""
        if self._marks:
            mark, address, pieces = self._marks.pop()
            (self._marks[-1][2] if self._marks else self._pieces).append(self._marked(mark, address, "".join(pieces)))

    def _marked(self, mark: str, address: str, text: str) -> str:
        core = text.strip()
        if not core or self._code or (mark == "**" and (self._heading or core.startswith("**"))):
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if mark.endswith("["):
            if not address:
                return text
            label = " ".join(core.replace("\v", " ").split()).replace("[", "\\[").replace("]", "\\]")
            where = f"<{address}>" if re.search(r"[()\s]", address) else address
            where = where if "\n" not in address and not re.search(r"[<>]", address) else re.sub(r"[<>\s]", "", address)
            return f"{before}{mark}{label}]({where}){after}"
        if mark == "`":
            core, mark = core.replace("&lt;", "<"), "``" if "`" in core else "`"
            core = f" {core} " if core[0] == "`" or core[-1] == "`" else core
        if "\v" in core and mark != "`":
            return (
                before
                + "\v".join(f"{mark}{part.strip()}{mark}" if part.strip() else "" for part in core.split("\v"))
                + after
            )
        return f"{before}{mark}{core}{mark}{after}"

    def flush(self) -> None:
        """End the paragraph."""
        reopened = [(mark, address) for mark, address, _ in self._marks]
        while self._marks:
            self.close_mark()
        text = "".join(self._pieces)
        self._pieces.clear()
        self._marks = [(mark, address, []) for mark, address in reopened]
        if self._code:
            (self._marks[-1][2] if self._marks else self._pieces).append(text)
            return
        rows = [" ".join(row.split()) for row in text.split("\v")]
        rows = [row for row in rows if row]
        heading, self._heading = self._heading, 0
        if not rows:
            return
        if self._in_cell:
            row = self._tables[-1][-1]
            row[-1] = " ".join(filter(None, (row[-1], *rows)))
        elif heading and not self._levels:
            self._emit(["#" * heading + " " + " ".join(rows)])
        else:
            self._emit(rows)

    def _emit(self, rows: list[str]) -> None:
        """Write lines of a block, in the lists and quotes that are open."""
        if not self._levels:
            self._flat = []
        begins_item = bool(self._levels) and self._levels[-1].kind == "item" and not self._levels[-1].used
        if not begins_item or not self._lines or not re.match(r"[\s>]*(?:[-*]|\d+\.)\s", self._lines[-1]):
            self._lines.append(self._prefix(blank=True).rstrip())
        for row in rows:
            self._lines.append(self._prefix() + row)

    def _prefix(self, *, blank: bool = False) -> str:
        parts = []
        for level in self._levels:
            if level.kind == "quote":
                parts.append("> " if level.used or not blank else "")
                level.used = level.used or not blank
            elif level.kind == "item":
                parts.append(level.marker if not level.used and not blank else " " * len(level.marker))
                level.used = level.used or not blank
        return "".join(parts)

    def begin_heading(self, level: int) -> None:
        """Begin a heading; the end of the paragraph ends it."""
        self.flush()
        self._heading = level

    def rule(self) -> None:
        """Write a line across the page."""
        self.flush()
        if not self._levels and not self._in_cell:
            self._emit(["---"])

    def begin_list(self, *, ordered: bool, level: int | None = None) -> None:
        """Begin a list; `level` counts from 0 where lists within lists are told by a number alone."""
        self.flush()
        if self._in_cell:
            return
        if len(self._levels) >= MAX_DEPTH:
            self._too_deep += 1
            return
        if self._levels and self._levels[-1].kind == "item" and not self._levels[-1].used:
            self._levels[-1].marker = ""  # an item that holds nothing but a list
        made = _Level("list")
        made.ordered = ordered
        if level is not None:
            while self._flat and self._flat[-1] >= level:
                self._flat.pop()
            self._flat.append(level)
        for _ in self._flat[1:] if level is not None else ():
            self._levels.append(_Level("item", "    "))  # enough below `1. `, not too much below `- `
            self._levels[-1].used = True
            made.above += 1
        self._levels.append(made)

    def end_list(self) -> None:
        """End the innermost list."""
        self.flush()
        if self._in_cell:
            return
        if self._too_deep:
            self._too_deep -= 1
            return
        self._pop("list")

    def _pop(self, kind: str) -> None:
        places = [index for index, level in enumerate(self._levels) if level.kind == kind]
        if places:
            del self._levels[places[-1] - self._levels[places[-1]].above :]

    def begin_item(self) -> None:
        """Begin an item of the innermost list, and end the one before it."""
        self.flush()
        if self._in_cell or self._too_deep:
            return
        lists = [index for index, level in enumerate(self._levels) if level.kind == "list"]
        if not lists:
            self.begin_list(ordered=False)
            lists = [len(self._levels) - 1]
        innermost = self._levels[lists[-1]]
        del self._levels[lists[-1] + 1 :]
        innermost.count += 1
        self._levels.append(_Level("item", f"{innermost.count}. " if innermost.ordered else "- "))

    def end_item(self) -> None:
        """End the innermost item."""
        self.flush()
        if self._levels and self._levels[-1].kind == "item" and not self._in_cell and not self._too_deep:
            self._levels.pop()

    def begin_quote(self) -> None:
        """Begin a quotation."""
        self.flush()
        if not self._in_cell and len(self._levels) < MAX_DEPTH:
            self._levels.append(_Level("quote"))

    def end_quote(self) -> None:
        """End the innermost quotation."""
        self.flush()
        if not self._in_cell:
            self._pop("quote")

    def begin_code(self) -> None:
        """Begin a block of code: what is added stands as it is."""
        self.flush()
        self._code = not self._in_cell

    def end_code(self) -> None:
        """End the block of code."""
        if not self._code:
            return
        while self._marks:
            self.close_mark()
        rows = "".join(self._pieces).replace("\v", "\n").strip("\n").split("\n")
        self._pieces.clear()
        self._code = False
        fence = "`" * max(3, *(len(run) + 1 for row in rows for run in re.findall("`{3,}", row)), 3)
        self._emit([fence, *rows, fence])

    def begin_table(self) -> None:
        """Begin a table."""
        self.flush()
        self._tables.append([])

    def begin_row(self) -> None:
        """Begin a row."""
        self.end_cell()
        if self._tables:
            self._tables[-1].append([])

    def begin_cell(self) -> None:
        """Begin a cell."""
        self.end_cell()
        if self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            self._tables[-1][-1].append("")
            self._in_cell = True

    def end_cell(self) -> None:
        """End the cell."""
        self.flush()
        self._in_cell = False

    def end_table(self) -> None:
        """End the table: its first row is its head. One with a single column is paragraphs."""
        self.end_cell()
        if not self._tables:
            return
        rows = [row for row in self._tables.pop() if any(row)]
        width = max((len(row) for row in rows), default=0)
        if width == 1:
            for row in rows:
                self._emit([row[0]])
        elif rows:
            padded = [[cell.replace("|", "\\|") for cell in row] + [""] * (width - len(row)) for row in rows]
            lines = [f"| {' | '.join(row)} |" for row in padded]
            self._emit([lines[0], "|" + " --- |" * width, *lines[1:]])
