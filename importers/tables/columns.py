"""Rows of a table to a roadmap: what each column holds is told by its name, what is above what by several ways."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.model import Kind
from ...core.roadmap_file.ids import slug
from ...core.text import is_safe_url
from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from ..tree_formats.common import settle
from . import cells
from .column_names import ENTRIES

MAX_ROWS = 200_000
MAX_COLUMNS = 500


class Row(NamedTuple):
    """A row of a table."""

    line: int
    cells: list[str]
    """Plain text."""


class _Column(NamedTuple):
    name: str
    role: str
    """Empty when the name says nothing: its cells are told in the notes."""


_ONCE = frozenset(
    ("title", "section", "topic", "parent", "hours", "due", "number", "kind", "id", "groups", "fixed", "icon")
)
_OWN = {name: name for name in ("number", "section", "topic", "kind", "optional", "hours", "due", "tags", "summary")}
_OWN |= {name: name for name in ("notes", "done", "id", "groups", "needs")}
_OWN |= {"name": "title", "status": "done", "url": "link", "fixed date": "fixed"}
_OWN_HEAD = ["name", "number", "section", "topic"]
_LINK_LINE = re.compile(r"(?:(.{1,300}): )?(https?://\S+|mailto:\S+)(?: \([\w ]+\))?\Z")
_NEED = re.compile(r"(?:\A|, )(\d+(?:\.\d+)*)[ \u00a0]")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_WBS = re.compile(r"\d{1,4}(?:\.\d{1,4})*\Z")


def roadmap_of(rows: list[Row], name: str, title: str = "") -> Imported:
    """Return the roadmap in a table whose first row may be its head; `title` is what it is called, if anything.

    Raises ValueError when there is nothing in it, or too much.
    """
    account = Account()
    tags: dict[str, dict[str, str]] = {}
    top = entries(rows, account, tags)
    roadmap = DraftRoadmap(as_markdown(" ".join(title.split())), tags=tags)
    own = bool(rows) and _is_own(rows[0].cells)
    settle(roadmap, top, name, account, as_it_is=own)
    if not own:
        kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def entries(rows: list[Row], account: Account, tags: dict[str, dict[str, str]]) -> DraftNode:
    """Return the entries of a table below a draft without a title; `tags` gets those that they name."""
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if len(rows) > MAX_ROWS or any(len(row.cells) > MAX_COLUMNS for row in rows):
        raise ValueError(f"It has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns, which is no plan.")
    at = _head_at(rows)
    if at > 0:
        for row in rows[:at]:
            account.leave_out(row.line, "row above the table", " | ".join(cell for cell in row.cells if cell))
    head, rows = (rows[at].cells, rows[at + 1 :]) if at >= 0 else ([], rows)
    if not rows:
        raise ValueError("It has no rows.")
    own = _is_own(head)
    columns = _columns(head, rows, own=own)
    reader = _Reader(columns, rows, account, tags, own=own)
    if reader.is_todoist:
        return reader.by_indent(rows)
    if own or _are_outline_numbers(columns, rows):
        return reader.by_number(rows)
    return reader.by_group(rows)


def _is_own(head: list[str]) -> bool:
    """Whether a table is one that `roadpress csv` wrote."""
    return [cell.strip().lower() for cell in head[:4]] == _OWN_HEAD


def _head_at(rows: list[Row]) -> int:
    """Return which row is the head: the first of ten with two known names, or with one that is the table's first."""
    known = [sum(1 for cell in row.cells if ENTRIES.roles_of(cell)) for row in rows[:10]]
    for index, count in enumerate(known):
        if count >= 2:
            return index
    return 0 if known and known[0] and len(rows) > 1 else -1


def _columns(head: list[str], rows: list[Row], *, own: bool) -> list[_Column]:
    """Return what each column holds."""
    width = max(len(head), *(len(row.cells) for row in rows))
    names = [*(cell.strip() for cell in head), *[""] * (width - len(head))]
    if own:
        return [_Column(name, _OWN.get(name.lower(), "")) for name in names]
    taken: set[str] = set()
    roles = []
    todoist = {"type", "content", "indent"} <= {name.lower() for name in names}
    for name in names:
        candidates = ENTRIES.roles_of(name)
        if not todoist:
            candidates = tuple(role for role in candidates if role not in ("type", "indent", "id", "groups", "fixed"))
        role = next((role for role in candidates if role == "title" or role not in taken), "")
        if role in _ONCE and role != "title":
            taken.add(role)
        roles.append(role)
    titles = [index for index, role in enumerate(roles) if role == "title"]
    if not titles:
        free = [index for index, role in enumerate(roles) if not role and _is_worded(rows, index)]
        free = free or [
            index for index, role in enumerate(roles) if role in ("section", "notes") and _is_worded(rows, index)
        ]
        titles = free[-1:] if free and roles[free[0]] else free[:1] or [0]
    title = max(titles, key=lambda index: (_share_distinct(rows, index), -index))
    for index in titles:
        repeats = index < title and _share_distinct(rows, index) < 0.75
        roles[index] = (
            "" if not repeats else "section" if "section" not in roles else "topic" if "topic" not in roles else ""
        )
    roles[title] = "title"
    return [_Column(name, role) for name, role in zip(names, roles, strict=True)]


def _is_worded(rows: list[Row], index: int) -> bool:
    found = [row.cells[index] for row in rows[:50] if index < len(row.cells) and row.cells[index].strip()]
    return bool(found) and sum(1 for cell in found if re.search(r"[^\W\d_]", cell)) * 2 >= len(found)


def _share_distinct(rows: list[Row], index: int) -> float:
    found = [row.cells[index].strip() for row in rows if index < len(row.cells)]
    return len({cell for cell in found if cell}) / len(rows)


def _are_outline_numbers(columns: list[_Column], rows: list[Row]) -> bool:
    """Whether rows are numbered 1, 1.1, 1.2, so that the numbers say what is below what."""
    index = next((index for index, column in enumerate(columns) if column.role == "number"), -1)
    numbers = [row.cells[index].strip() for row in rows if 0 <= index < len(row.cells)]
    known = set(numbers)
    dotted = [number for number in numbers if "." in number]
    if not dotted or len(known) < len(rows) or not all(map(_WBS.match, numbers)):
        return False
    return all(number.rpartition(".")[0] in known for number in dotted)


class _Reader:
    def __init__(
        self, columns: list[_Column], rows: list[Row], account: Account, tags: dict[str, dict[str, str]], *, own: bool
    ) -> None:
        self.columns, self.account, self.tags, self.own = columns, account, tags, own
        self.month_first = {
            index: cells.is_month_first([row.cells[index] for row in rows if index < len(row.cells)])
            for index, column in enumerate(columns)
            if column.role in ("due", "fixed")
        }
        self.is_todoist = {"type", "indent"} <= {column.role for column in columns}
        self.filled = sum(1 for row in rows if sum(1 for cell in row.cells if cell.strip()) > 1) / len(rows)

    def cell(self, row: Row, role: str) -> str:
        """Return the cell of a role, or nothing."""
        for index, column in enumerate(self.columns):
            if column.role == role and index < len(row.cells):
                return row.cells[index].strip()
        return ""

    def by_group(self, rows: list[Row]) -> DraftNode:
        """Return entries below the sections, topics and parents that their rows name."""
        top = DraftNode("")
        groups: dict[tuple[str, ...], DraftNode] = {}
        section = topic = ""
        heading: DraftNode | None = None
        drafts = [(row, self.draft(row)) for row in rows]
        roles = {column.role for column in self.columns}
        parents = self._parents(drafts, groups, top) if "parent" in roles else {}
        for row, draft in drafts:
            if not {"section", "topic", "parent"} & roles and self._is_heading(row) and draft.title:
                heading = draft
                top.children.append(draft)
                continue
            if id(draft) in parents:
                parents[id(draft)].children.append(draft)
                continue
            here = self.cell(row, "section")
            if here and here != section:
                section, topic = here, ""
            topic = self.cell(row, "topic") or topic
            path = tuple(part for part in (section, topic) if part)
            if not draft.title and path:
                _group(groups, path, top, row.line).add_note(draft.notes)
                continue
            below = _group(groups, path, top, row.line) if path else heading or top
            below.children.append(draft)
        return top

    def _parents(
        self, drafts: list[tuple[Row, DraftNode]], groups: dict[tuple[str, ...], DraftNode], top: DraftNode
    ) -> dict[int, DraftNode]:
        """Return the parents that rows name, by the identity of their drafts; what would close a circle has none."""
        by_title = {draft.title: draft for _, draft in reversed(drafts)}
        parents: dict[int, DraftNode] = {}
        for row, draft in drafts:
            title = _titled(self.cell(row, "parent")).title
            if title and title != draft.title:
                parents[id(draft)] = by_title.get(title) or _group(groups, (title,), top, row.line)
        sound: set[int] = set()
        for _, draft in drafts:
            path = [draft]
            while id(path[-1]) in parents and id(path[-1]) not in sound:
                sound.add(id(path[-1]))
                path.append(parents[id(path[-1])])
                if path[-1] is draft:
                    del parents[id(path[-2])]
                    break
        return parents

    def _is_heading(self, row: Row) -> bool:
        """Whether a row is a line across the table, above those that belong to it."""
        return self.filled > 2 / 3 and sum(1 for cell in row.cells if cell.strip()) == 1

    def by_number(self, rows: list[Row]) -> DraftNode:
        """Return entries below those that their numbers name; in our own table sections and topics name the rest."""
        top = DraftNode("")
        known: dict[str, DraftNode] = {"": top}
        ids: list[tuple[str, str]] = []
        for row in rows:
            draft, number = self.draft(row), self.cell(row, "number")
            parts = number.split(".")
            if not all(part.isdigit() for part in parts) or len(parts) > 100:
                top.children.append(draft)
                continue
            groups = [text for text in self.cell(row, "groups").split("\n") if text]
            names = [self.cell(row, "section"), self.cell(row, "topic"), *groups]
            above = top
            for depth in range(1, len(parts)):
                key = ".".join(parts[:depth])
                if key not in known and depth <= len(names) and names[depth - 1]:
                    known[key] = _titled(names[depth - 1], row.line)
                    above.children.append(known[key])
                above = known.get(key, above)
            above.children.append(draft)
            known[number] = draft
            ids.append((number, self.cell(row, "id")))
        if self.own:
            _give_ids(top, known, ids)
            for section in top.children:
                _lift_tags(section)
        return top

    def by_indent(self, rows: list[Row]) -> DraftNode:
        """Return entries by the columns TYPE and INDENT of a Todoist template."""
        top = DraftNode("")
        section = top
        open_tasks: list[tuple[int, DraftNode]] = []
        for row in rows:
            kind, draft = self.cell(row, "type").lower(), self.draft(row)
            if kind == "section":
                section, open_tasks = draft, []
                top.children.append(draft)
            elif kind == "note" and (open_tasks or section is not top):
                (open_tasks[-1][1] if open_tasks else section).add_note(draft.title)
            elif kind == "task":
                indent = self.cell(row, "indent")
                level = int(indent) if indent.isdigit() and len(indent) < 3 else 1
                while open_tasks and open_tasks[-1][0] >= level:
                    open_tasks.pop()
                (open_tasks[-1][1] if open_tasks else section).children.append(draft)
                open_tasks.append((level, draft))
            else:
                self.account.leave_out(row.line, "row of Todoist", " | ".join(cell for cell in row.cells if cell))
        for one in top.children:
            if len(one.children) == 1 and one.children[0].title == one.title and not one.children[0].children:
                only = one.children[0]  # as roadpress writes a section that is a task itself
                one.children, one.notes, one.due, one.links = [], only.notes, only.due, only.links
        return top

    def draft(self, row: Row) -> DraftNode:
        """Return the entry of a row."""
        draft = _titled("", row.line)
        facts: list[str] = []
        for index, (column, raw) in enumerate(zip(self.columns, row.cells, strict=False)):
            text = re.sub(r"\A'(?=[=@\t\r+-])", "", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
            if self.is_todoist and not column.role and text:
                self.account.leave_out(row.line, f"Todoist's {column.name}", text)
            elif text and not self._take(draft, column, index, text):
                facts.append(f"{column.name}: {' '.join(text.split())}" if column.name else " ".join(text.split()))
        if facts:
            draft.add_note("\n".join(f"- {as_markdown(fact)}" for fact in facts))
        return draft

    def _take(self, draft: DraftNode, column: _Column, index: int, text: str) -> bool:
        """Give an entry what a cell says; return whether it could be read as what its column holds."""
        match column.role:
            case "title":
                self._take_title(draft, text)
            case "hours" | "minutes":
                hours = cells.hours_of(text, minutes=column.role == "minutes")
                draft.hours = draft.hours or hours
                return bool(hours)
            case "due" | "fixed":
                day = cells.day_of(text, month_first=self.month_first[index])
                if self.own and column.role == "due" and any(one.role == "fixed" for one in self.columns):
                    return True  # the plan's day, which the roadmap need not say
                draft.due = draft.due or day
                return bool(day)
            case "done":
                return self._take_done(draft, column, text)
            case "optional":
                done = cells.done_of(text)
                draft.optional = draft.optional or done == "true" or text.lower() == "optional"
                return done is not None or draft.optional
            case "link":
                links, rest = cells.links_in(text)
                for url, title in links:
                    draft.add_link(url, title)
                if rest and links:
                    draft.add_note(as_markdown(rest))
                return bool(links)
            case "notes":
                _take_notes(draft, text)
            case "summary":
                draft.summary = as_markdown(" ".join(text.split()))
            case "tags":
                for part in re.split(r"\s*[,;\n、]\s*", text):
                    if title := part.strip().lstrip("#"):
                        key = slug(title)
                        self.tags.setdefault(key, {"title": as_markdown(title)})
                        draft.tags += [key] if key not in draft.tags else []
            case "needs" if self.own and (numbers := _NEED.findall(text)):
                draft.needs = numbers
            case "kind" if text.lower() in {kind.value for kind in Kind}:
                draft.kind = text.lower() if text.lower() != Kind.TASK.value else ""
            case "icon" if len(text) <= 8:
                draft.icon = text
            case "section" | "topic" | "parent" | "number" | "id" | "groups" | "type" | "indent":
                pass  # they say where it stands
            case _:
                return False
        return True

    def _take_title(self, draft: DraftNode, text: str) -> None:
        links, rest = cells.links_in(text)
        if links and not self.own:
            for url, title in links:
                draft.add_link(url, "" if title == rest else title)
            text = rest or links[0][1] or links[0][0]
        first, _, more = text.partition("\n")
        titled = _titled(first)
        box = prefixes.split_box(titled.title) if not self.own else None
        if box and box.rest:
            titled.title, draft.done = box.rest, "true" if box.ticked else ""
        draft.icon, draft.title = titled.icon or draft.icon, titled.title
        draft.add_note(more)

    def _take_done(self, draft: DraftNode, column: _Column, text: str) -> bool:
        done = cells.done_of(text)
        draft.done = draft.done or done or ""
        if done is None:
            self.account.leave_out(draft.line, "state", f"{column.name}: {text}")
        return True


def _titled(text: str, line: int = 0) -> DraftNode:
    icon, rest = prefixes.split_emoji(" ".join(text.split()))
    title = rest if icon and rest else icon or rest
    return DraftNode(as_markdown(title), line, "table row", icon=icon if rest else "")


def _take_notes(draft: DraftNode, text: str) -> None:
    """Give an entry a text; lines of it that are only a link become links."""
    kept = []
    for line in text.split("\n"):
        found = _LINK_LINE.match(line.strip())
        if found and is_safe_url(found[2]):
            draft.add_link(found[2], found[1] or "")
        else:
            kept.append(as_markdown(line))
    draft.add_note("\n".join(kept).strip("\n"))


def _group(groups: dict[tuple[str, ...], DraftNode], path: tuple[str, ...], top: DraftNode, line: int) -> DraftNode:
    """Return the draft of a path of names, made where it is not there yet."""
    above = top
    for depth in range(1, len(path) + 1):
        key = path[:depth]
        if key not in groups:
            groups[key] = _titled(path[depth - 1], line)
            above.children.append(groups[key])
        above = groups[key]
    return above


def _lift_tags(section: DraftNode) -> None:
    """Give a section the tags that each leaf below it has: our own table tells those of its leaves."""
    leaves = [draft for draft in section.walk() if not draft.children]
    if section.children and all(leaf.tags == leaves[0].tags for leaf in leaves):
        section.tags = leaves[0].tags
        for leaf in leaves:
            leaf.tags = []


def _give_ids(top: DraftNode, known: dict[str, DraftNode], ids: list[tuple[str, str]]) -> None:
    """Give entries the ids that an author gave, told by their being no path of titles; let needs name ids."""
    from ..markdown.own_export import ids_of

    given: dict[str, str] = {}
    for number, whole in ids:
        levels = number.split(".")
        named = whole.split("/")
        if 1 <= len(named) <= len(levels):
            given[".".join(levels[: len(levels) - len(named) + 1])] = named[0]
    roadmap = DraftRoadmap(sections=top.children)
    for depth in sorted({number.count(".") for number in given}):
        now = ids_of(roadmap)
        for number in given.keys() & known.keys():
            if number.count(".") == depth and now[id(known[number])] != given[number] and _ID.match(given[number]):
                known[number].id = given[number]
    if any(draft.needs for draft in top.walk()):
        now_all = ids_of(roadmap)
        for draft in top.walk():
            draft.needs = [now_all[id(known[number])] for number in draft.needs if number in known]
