"""The Markdown that roadpress wrote, back to the same roadmap, with what was edited in between.

Titles, boxes, notes, order and new lines may be edited; the other fields are as the comments carry them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ...core.roadmap_file.format import NODE, FieldType
from ...core.roadmap_file.ids import derive, slug
from ...core.roadmap_file.task_list import OWN_NOTE, meant, shown, split
from ...core.text import plain
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)\Z")
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+(?:\[([ xX])\][ \t]+)?(.*)\Z")
_QUOTE = re.compile(r"[ \t]*>( ?)(.*)\Z")


def read(text: str, name: str) -> Imported:  # noqa: ARG001 - the face of every reader
    """Return the roadmap in a document for which `task_list.is_ours` holds."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self.roadmap = DraftRoadmap()
        self.account = Account()
        self.open: list[tuple[int, DraftNode]] = []
        """Entries that may get children, with the columns their marks stand in; headings count from -9."""
        self.quote: list[str] = []
        self.node: DraftNode | None = None
        self.data: dict[str, Any] = {}
        """What the comment of `node`, or of the roadmap, carries."""
        self.boxes: dict[int, bool] = {}
        """Whether a leaf's box is ticked, by the identity of its draft."""

    def read(self, text: str) -> Imported:
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            quote = _QUOTE.match(line)
            if quote:
                self.quote.append(quote[2])
                continue
            self._end_quote()
            if heading := _HEADING.match(line):
                self._heading(len(heading[1]), heading[2], number)
            elif item := _ITEM.match(line):
                self._item(len(item[1].expandtabs(4)), item[2], item[3], number)
            elif line.strip():
                self._paragraph(line.strip(), number)
        self._end_quote()
        for section in self.roadmap.sections:
            settle_done(section, self.boxes)
        if any(draft.needs for draft in self.roadmap.walk()):
            settle_needs(self.roadmap, self.account)
        return Imported(self.roadmap, self.account)

    def _heading(self, level: int, text: str, number: int) -> None:
        line = split(text)
        if level == 1 and not self.roadmap.title:
            self._root(line.shown, line.data or {})
            return
        column = level - 9
        self._add(column, _draft(line.shown, line.data, number, "heading"), line.data)

    def _item(self, column: int, box: str | None, text: str, number: int) -> None:
        line = split(text)
        if line.data and line.data.get("self") and self.open:
            self.boxes[id(self.open[-1][1])] = bool(box and box != " ")
            return
        draft = _draft(line.shown, line.data, number, "item" if box is None else "task")
        if box is not None:
            self.boxes[id(draft)] = box != " "
        self._add(column, draft, line.data)

    def _add(self, column: int, draft: DraftNode, data: dict[str, Any] | None) -> None:
        while self.open and self.open[-1][0] >= column:
            self.open.pop()
        (self.open[-1][1].children if self.open else self.roadmap.sections).append(draft)
        self.open.append((column, draft))
        self.node, self.data = draft, data or {}

    def _paragraph(self, text: str, number: int) -> None:
        if self.node is None:
            self.roadmap.description += text + "\n"
        elif text != shown(self.node.summary):
            self.node.add_note(text)
            self.account.understood.append((number, "notes", text))

    def _end_quote(self) -> None:
        if not self.quote:
            return
        key = "notes" if self.node else "description"
        ends = self.data.get(key)
        if self.node and self.quote[0].startswith(OWN_NOTE) and (key not in self.data or self.node.notes):
            self.quote = []  # the learner's own, which stands in the progress file
            return
        text = "\n".join(self.quote) + "\n" * (ends if isinstance(ends, int) and 0 <= ends < 1000 else 1)
        if self.node is None:
            self.roadmap.description = text
        elif self.node.notes.strip():
            self.node.notes = self.node.notes.rstrip("\n") + "\n\n" + text
        else:
            self.node.notes = text
        self.quote = []

    def _root(self, title: str, data: dict[str, Any]) -> None:
        roadmap, self.data = self.roadmap, data
        roadmap.title = _exact(title, data.get("title"), "")
        roadmap.authors = _texts(data.get("authors"))
        for key in ("learner", "language", "start"):
            setattr(roadmap, key, str(data.get(key, "")))
        roadmap.pace = written_pace(data.get("pace"))
        roadmap.tags = data["tags"] if isinstance(data.get("tags"), dict) else {}
        roadmap.exports = data["exports"] if isinstance(data.get("exports"), dict) else {}
        if isinstance(data.get("description"), str):
            roadmap.description = data["description"]


def settle_done(top: DraftNode, boxes: dict[int, bool]) -> None:
    """Decide each `done`: a leaf's box says it; an entry above keeps its own while all boxes below are ticked.

    `boxes` says whether a leaf's is ticked, by the identity of its draft.
    """
    order = list(top.walk())
    for draft in reversed(order):
        if draft.children and draft.done and not _all_ticked(draft, boxes):
            for leaf in draft.walk():
                if not leaf.children and boxes.get(id(leaf)) and not leaf.done:
                    leaf.done = "true"
            draft.done = ""
    covered: set[int] = set()
    for draft in order:
        above = id(draft) in covered
        if draft.children:
            if above or draft.done:
                covered.update(id(child) for child in draft.children)
            continue
        ticked = boxes.get(id(draft))
        if ticked is False:
            draft.done = ""
        elif ticked and not draft.done and not above:
            draft.done = "true"


def _all_ticked(draft: DraftNode, boxes: dict[int, bool]) -> bool:
    return all(boxes.get(id(leaf), True) for leaf in draft.walk() if not leaf.children)


def _draft(text: str, data: dict[str, Any] | None, number: int, how: str) -> DraftNode:
    data = data or {}
    icon = str(data.get("icon", ""))
    draft = DraftNode(_exact(text, data.get("title"), icon), number, how, icon=icon)
    draft.id, draft.ref = str(data.get("id", "")), str(data.get("#", ""))
    for field in NODE:
        if field.key in data and (value := _VALUES[field.type](data[field.key])):
            setattr(draft, field.key, value)
    return draft


def settle_needs(roadmap: DraftRoadmap, account: Account) -> None:
    """Let `needs` name entries as they are now: what was retitled or moved gets an id, what is gone is told."""
    now = ids_of(roadmap)
    named = {now[id(draft)]: draft for draft in roadmap.walk()}  # as a heading of nothing but its title
    named |= {name: draft for draft in roadmap.walk() if (name := draft.id or draft.ref)}
    for draft in roadmap.walk():
        wanted, draft.needs = draft.needs, []
        for need in wanted:
            target = named.get(need)
            if target is None:
                account.notices.append(
                    f"“{plain(draft.title)}” comes after `{need}`, which is not in this document: left out."
                )
                continue
            if now[id(target)] != need:
                target.id = slug(need.replace("/", " "))
            draft.needs.append(target.id or need)


def ids_of(roadmap: DraftRoadmap) -> dict[int, str]:
    """Return the ids that entries will have in the roadmap, by the identity of their drafts."""
    found: dict[int, str] = {}
    taken = frozenset(draft.id for draft in roadmap.walk() if draft.id)
    stack = [("", roadmap.sections)]
    while stack:
        parent, drafts = stack.pop()
        derived = derive(parent, [draft.title for draft in drafts], frozenset() if parent else taken)
        for draft, name in zip(drafts, derived, strict=True):
            found[id(draft)] = draft.id or name
            stack.append((found[id(draft)], draft.children))
    return found


def _done(value: Any) -> str:
    return "true" if value is True else value if isinstance(value, str) else ""


def _links(value: Any) -> list[tuple[str, str, str]]:
    links = value if isinstance(value, list) else []
    return [(str(link[0]), str(link[1]), str(link[2])) for link in links if isinstance(link, list) and len(link) == 3]


def written_hours(value: Any) -> str:
    """Return hours, given as a pair of numbers, as the file writes them."""
    if not (isinstance(value, list) and len(value) == 2 and all(type(one) in (int, float) for one in value)):
        return ""
    low, high = map(_plain, value)
    return low if low == high else f"{low}-{high}"


def _exact(text: str, title: Any, icon: str) -> str:
    """Return the title that a shown one stands for: the exact one unless it was edited."""
    if isinstance(title, str) and title and shown(f"{icon} {title}" if icon else title) == text:
        return title
    if text.startswith("~~") and text.endswith("~~") and len(text) > 4:  # a skipped entry is struck out
        return _exact(text[2:-2], title, icon)
    result = meant(text)
    return result.removeprefix(f"{icon} ") if icon else result


def _plain(number: float) -> str:
    return format(Decimal(repr(number)), "f").removesuffix(".0")


def written_pace(data: Any) -> Any:
    """Return a pace in its short form where that says all."""
    if not isinstance(data, dict) or type(data.get("hours")) not in (int, float):
        return ""
    hours = _plain(data["hours"])
    return f"{hours}h/{data.get('per', 'week')}" if set(data) <= {"hours", "per"} else {**data, "hours": hours}


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


_VALUES: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.SIGN: str,
    FieldType.LINE: str,
    FieldType.BLOCKS: lambda value: value if isinstance(value, str) else "",  # else it stands below the entry
    FieldType.NAMES: _texts,
    FieldType.NODES: _texts,
    FieldType.LINKS: _links,
    FieldType.HOURS: written_hours,
    FieldType.DATE: str,
    FieldType.CHOICE: str,
    FieldType.FLAG: lambda value: value is True,
    FieldType.DONE: _done,
}
"""What a comment carries, as a draft holds it."""
