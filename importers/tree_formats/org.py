"""Emacs' org (orgmode.org/worg/org-syntax.html): headlines, states, boxes, planning lines and lists to a roadmap."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.roadmap_file.ids import slug
from ...core.text import is_safe_url
from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from ..tables import cells
from .common import settle

MAX_LINE = 5_000
_HEADLINE = re.compile(r"(\*+)[ \t]+(.*)\Z")
_KEYWORD = re.compile(r"[ \t]*#\+(\w+):[ \t]*(.*)\Z")
_PLANNING = re.compile(r"\b(DEADLINE|SCHEDULED|CLOSED):[ \t]*[<\[](\d{4}-\d{2}-\d{2})[^>\]\n]*[>\]]")
_ITEM = re.compile(r"([ \t]*)(?:[-+]|\d{1,9}[.)]|(?<=[ \t])\*)[ \t]+(?:\[@\d+\][ \t]*)?(.*)\Z")
_BLOCK = re.compile(r"[ \t]*#\+begin_(\w+)[ \t]*(\S*)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:([\w-]+):[ \t]*\Z")
_PROPERTY = re.compile(r"[ \t]*:([\w+-]+):[ \t]+(.*)\Z")
_TAGS = re.compile(r"[ \t]+:([\w@#%:]+):[ \t]*\Z")
_COOKIE = re.compile(r"[ \t]*\[\d*(?:/\d*|%)\]")
_PRIORITY = re.compile(r"\[#[A-Z0-9]\][ \t]*")
_TIMESTAMP = re.compile(r"[ \t]*<(\d{4}-\d{2}-\d{2})[^>\n]{0,40}>")
_INLINE = re.compile(
    r"(https?://[^\s<>\[\]]+)|\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]"
    r"|(?<![\w*/=~+])([*/=~+])(?=\S)([^\n]{0,300}?\S|\S)\4(?![\w*/=~+])"
)
_MARKS = {"*": "**", "/": "*", "=": "`", "~": "`", "+": "~~"}
_OPEN = (
    "TODO",
    "NEXT",
    "WAITING",
    "STARTED",
    "DOING",
    "IN-PROGRESS",
    "WIP",
    "HOLD",
    "SOMEDAY",
    "MAYBE",
    "PROJ",
    "LOOP",
    "STRT",
    "WAIT",
    "IDEA",
)
_DONE = ("DONE", "COMPLETED", "FINISHED")
_GIVEN_UP = ("CANCELLED", "CANCELED", "SKIPPED", "ABANDONED")


class _States(NamedTuple):
    open: frozenset[str]
    done: frozenset[str]


def read(text: str, name: str) -> Imported:
    """Return the roadmap in an org file. Raises ValueError when there is nothing in it."""
    reader = _Reader(_states(text))
    reader.read(text)
    roadmap, top, account = reader.roadmap, reader.top, reader.account
    if not top.children:
        raise ValueError("It has no headlines and no lists.")
    reader.settle_done()
    roadmap.description = top.notes
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _states(text: str) -> _States:
    """Return the states that a headline may begin with: org's usual ones, and those that the file declares."""
    opens, dones = {*_OPEN}, {*_DONE, *_GIVEN_UP}
    for line in re.findall(r"^[ \t]*#\+(?:SEQ_|TYP_)?TODO:(.*)$", text, re.MULTILINE | re.IGNORECASE):
        before, bar, after = line.partition("|")
        words = [re.sub(r"\(.*?\)", "", word) for word in before.split()]
        opens.update(words if bar else words[:-1])
        dones.update(re.sub(r"\(.*?\)", "", word) for word in (after.split() if bar else words[-1:]))
    return _States(frozenset(opens), frozenset(dones))


class _Reader:
    def __init__(self, states: _States) -> None:
        self.roadmap, self.account, self.states = DraftRoadmap(), Account(), states
        self.top = DraftNode("")
        self.headlines: list[tuple[int, DraftNode]] = [(0, self.top)]
        self.items: list[tuple[int, DraftNode]] = []
        """The list that is open, with the column of each item."""
        self.open: set[int] = set()
        """Entries that say that they are not done, by their identity."""
        self.paragraph: list[str] = []

    def read(self, text: str) -> None:
        lines = text.split("\n")
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            if headline := _HEADLINE.match(line):
                self._end_paragraph()
                number = self._headline(len(headline[1]), headline[2].strip(), lines, number)
            elif block := _BLOCK.match(line):
                self._end_paragraph()
                end = next((at for at in range(number, len(lines)) if _ends(lines[at], block[1])), len(lines))
                self._block(block[1].lower(), block[2], lines[number:end], number)
                number = end + 1
            elif keyword := _KEYWORD.match(line):
                self._keyword(keyword[1].lower(), keyword[2].strip(), line, number)
            elif re.match(r"[ \t]*#(?:[ \t]|\Z)", line):
                self.account.leave_out(number, "comment", line)
            elif item := _ITEM.match(line):
                self._end_paragraph()
                self._item(len(item[1].expandtabs(8)), item[2].strip(), number)
            elif not line.strip():
                self._end_paragraph()
            else:
                if self.items and len(line.expandtabs(8)) - len(line.expandtabs(8).lstrip()) <= self.items[0][0]:
                    self._end_paragraph()
                    self.items = []
                self.paragraph.append(line.strip())
        self._end_paragraph()

    def settle_done(self) -> None:
        """Take `done` from what has something open below it, which org allows."""
        has_open: set[int] = set()
        for draft in reversed(list(self.top.walk())):
            if any(id(child) in has_open for child in draft.children):
                draft.done = ""
                has_open.add(id(draft))
            elif id(draft) in self.open and not draft.children:
                has_open.add(id(draft))

    def _here(self) -> DraftNode:
        return self.items[-1][1] if self.items else self.headlines[-1][1]

    def _end_paragraph(self) -> None:
        if self.paragraph:
            rows = self.paragraph
            is_table = all(row.startswith("|") for row in rows)
            marked = [self._markdown(row) for row in rows if not (is_table and row.startswith("|-"))]
            if is_table and marked:
                marked.insert(1, "|" + " --- |" * max(1, marked[0].count("|") - 1))
            self._here().add_note("\n".join(marked))
            self.paragraph = []

    def _headline(self, level: int, text: str, lines: list[str], number: int) -> int:
        draft = DraftNode("", number, "headline")
        self.items = []
        while self.headlines[-1][0] >= level:
            self.headlines.pop()
        word, _, rest = text.partition(" ")
        state = word if word in self.states.open or word in self.states.done else ""
        text = _PRIORITY.sub("", rest.strip() if state else text, count=1)
        if found := _TAGS.search(text):
            text = text[: found.start()]
            for tag in found[1].split(":"):
                if key := slug(tag) if tag else "":
                    self.roadmap.tags.setdefault(key, {"title": as_markdown(tag)})
                    draft.tags.append(key)
        self._title(draft, text)
        closed = ""
        while number < len(lines) and (planned := _PLANNING.findall(lines[number])):
            for what, day in planned:
                if what == "DEADLINE":
                    draft.due = cells.day_of(day)
                elif what == "CLOSED":
                    closed = cells.day_of(day)
                else:
                    self.account.leave_out(number + 1, "scheduled day", day)
            number += 1
        if state in self.states.open:
            self.open.add(id(draft))
        elif state in _GIVEN_UP:
            self.account.leave_out(draft.line, "state", state)
        elif state:
            draft.done = closed or "true"
        while number < len(lines) and (drawer := _DRAWER.match(lines[number])) and drawer[1].upper() != "END":
            number = self._drawer(draft, lines, number + 1)
        self.headlines[-1][1].children.append(draft)
        self.headlines.append((level, draft))
        return number

    def _drawer(self, draft: DraftNode, lines: list[str], number: int) -> int:
        while number < len(lines) and not _HEADLINE.match(lines[number]):
            line = lines[number]
            number += 1
            if line.strip().upper() == ":END:":
                break
            found = _PROPERTY.match(line)
            if found and found[1].upper() == "EFFORT" and (hours := cells.hours_of(found[2])):
                draft.hours = hours
            else:
                self.account.leave_out(number, "property", line)
        return number

    def _title(self, draft: DraftNode, text: str) -> None:
        text = _COOKIE.sub("", text).strip()
        if stamp := _TIMESTAMP.search(text):
            draft.due = cells.day_of(stamp[1])
            text = _TIMESTAMP.sub("", text).strip()
        whole = re.fullmatch(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]", text)
        if whole and is_safe_url(whole[1]):
            draft.add_link(whole[1])
            text = whole[2] or whole[1]
        icon, rest = prefixes.split_emoji(text)
        draft.icon, draft.title = (icon, self._markdown(rest)) if icon and rest else ("", self._markdown(text))

    def _item(self, column: int, text: str, number: int) -> None:
        while self.items and self.items[-1][0] >= column:
            self.items.pop()
        draft = DraftNode("", number, "item")
        box = prefixes.split_box(text)
        if box:
            text, draft.done = box.rest, "true" if box.ticked else ""
            if not box.ticked:
                self.open.add(id(draft))
        term, is_term, said = text.partition(" :: ")
        self._title(draft, term)
        if is_term:
            draft.summary = self._markdown(said.strip())
        self._here().children.append(draft)
        self.items.append((column, draft))

    def _keyword(self, key: str, value: str, line: str, number: int) -> None:
        if key == "title" and not self.roadmap.title:
            self.roadmap.title = as_markdown(value)
        elif key == "author" and value:
            self.roadmap.authors.append(value)
        elif key == "language" and re.fullmatch(r"[a-z]{2}(?:-[A-Z]{2})?", value):
            self.roadmap.language = value
        else:
            self.account.leave_out(number, "setting of org", line)

    def _block(self, kind: str, language: str, rows: list[str], number: int) -> None:
        margin = min((len(row) - len(row.lstrip()) for row in rows if row.strip()), default=0)
        rows = [row[margin:] for row in rows]
        if kind in ("src", "example"):
            fence = "`" * max([3, *(len(run) + 1 for row in rows for run in re.findall("`{3,}", row))])
            self._here().add_note("\n".join([fence + (language if kind == "src" else ""), *rows, fence]))
        elif kind == "comment":
            self.account.leave_out(number, "comment", "\n".join(rows))
        else:
            mark = "> " if kind == "quote" else ""
            self._here().add_note("\n".join((mark + self._markdown(row)).rstrip() for row in rows))

    def _markdown(self, text: str) -> str:
        """Return a line of org as Markdown; one that is too long to have been typed is text."""
        if len(text) > MAX_LINE:
            return as_markdown(text)
        pieces, position = [], 0
        for found in _INLINE.finditer(text):
            pieces.append(as_markdown(text[position : found.start()]))
            position = found.end()
            address, target, label, sign, inner = found.groups()
            if address:
                pieces.append(address)
            elif sign:
                mark = _MARKS[sign]
                pieces.append(mark + (inner if mark == "`" and "`" not in inner else as_markdown(inner)) + mark)
            elif is_safe_url(target):
                where = f"<{target}>" if re.search(r"[()]", target) else target
                pieces.append(f"[{as_markdown(label)}]({where})" if label else f"<{target}>")
            else:
                self.account.leave_out(0, "link inside org", target)
                pieces.append(as_markdown(label or target))
        pieces.append(as_markdown(text[position:]))
        return "".join(pieces)


def _ends(line: str, kind: str) -> bool:
    return line.strip().lower().startswith(f"#+end_{kind.lower()}")
