"""Ids written into a roadmap's text, and nothing else of it touched: comments, quotes, blank lines and layout stay.

An id that was derived has to change when it is pinned, unless it is a section's, for authors' ids hold no `/`; so the
old one is written beside it under `was`, by which ticks, cards and pages made before find their entry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import yaml

from ..errors import InvalidRoadmap, RoadpressError
from ..model import Node, Roadmap
from ..yaml_text import NO_TEXT, quoted
from . import ids
from .loading import load_bytes

_PLAIN = re.compile(r"[\w/-]+\Z")


class Pinned(NamedTuple):
    """A roadmap with its ids in it."""

    text: str
    roadmap: Roadmap
    ids: Mapping[str, str]
    """Former id → the id that is now written."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def pin(text: str, roadmap: Roadmap, chosen: Collection[str], *, keep_former: bool = True) -> Pinned:
    """Return a roadmap's text with an id for each chosen node that has none of its own.

    `roadmap` is what the text holds, `chosen` are derived ids. Raises RoadpressError when the text can't be edited
    without changing its meaning; it is then for the author to do by hand.
    """
    new = _new_ids(roadmap, chosen)
    present = _ids_after(roadmap, new)
    editor = _Editor(text, new, present, keep_former=keep_former)
    root = yaml.compose(text.encode("utf-8", "surrogatepass"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    editor.siblings(_value(root, "sections"), roadmap.sections, 1)
    result = editor.result()
    try:
        after = load_bytes(result.encode("utf-8", "surrogatepass"), roadmap.path)
    except InvalidRoadmap as error:
        raise _by_hand(error.problems[0].place.line) from None
    for before, now in zip(roadmap.walk(), after.walk(), strict=True):
        if _meaning(before) != _meaning(now) or now.id != present[before.id]:
            raise _by_hand(before.line)
    return Pinned(result, after, new)


def _by_hand(line: int) -> RoadpressError:
    return RoadpressError(
        f"The entry in line {line} can't be given an id without changing more than that (is there a YAML anchor?).",
        remedy="Nothing was written. Write its `id` by hand, then pin the rest.",
    )


def _meaning(node: Node) -> tuple[Any, ...]:
    skipped = {"id", "needs", "was", "own_id", "line", "column", "children"}
    return (*(value for name, value in node._asdict().items() if name not in skipped), len(node.children))


def _new_ids(roadmap: Roadmap, chosen: Collection[str]) -> dict[str, str]:
    taken = {node.id for node in roadmap.walk() if node.own_id}
    kept = {node.id for node in roadmap.walk() if node.depth == 1}
    new: dict[str, str] = {}
    for node in roadmap.walk():
        if node.own_id or node.id not in chosen:
            continue
        *above, last = node.id.split("/")
        candidates = [node.id] if node.depth == 1 else [last, *(f"{name}-{last}" for name in above[-1:])]
        candidates = [name for name in candidates if ids.ID.match(name)] or [f"n{node.number.replace('.', '-')}"]
        free = (name for name in candidates if name not in taken and (name not in kept or name == node.id))
        name = next(free, "")
        count = 2
        while not name:
            numbered = f"{candidates[-1]}-{count}"
            name = "" if numbered in taken or numbered in kept else numbered
            count += 1
        taken.add(name)
        new[node.id] = name
    return new


def _ids_after(roadmap: Roadmap, new: Mapping[str, str]) -> dict[str, str]:
    """Return every node's id after the pinning, by its id before: children of pinned nodes get others, too."""
    own = {node.id for node in roadmap.walk() if node.own_id} | set(new.values())
    present: dict[str, str] = {}

    def siblings(nodes: tuple[Node, ...], parent: str) -> None:
        derived = ids.derive(parent, [node.title for node in nodes], frozenset() if parent else own)
        for node, name in zip(nodes, derived, strict=True):
            present[node.id] = node.id if node.own_id else new.get(node.id, name)
            siblings(node.children, present[node.id])

    siblings(roadmap.sections, "")
    return present


def _value(tree: Any, key: str) -> Any:
    if not isinstance(tree, yaml.MappingNode):
        return None
    return next((value for name, value in tree.value if name.value == key), None)


class _Editor:
    def __init__(self, text: str, new: Mapping[str, str], present: Mapping[str, str], *, keep_former: bool) -> None:
        self.text = text
        self.new = new
        self.present = present
        self.keep_former = keep_former
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[_Edit] = []

    def result(self) -> str:
        text = self.text
        for edit in sorted(self.edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def siblings(self, tree: Any, nodes: tuple[Node, ...], depth: int) -> None:
        if tree is None or not nodes:
            return
        for child, node in zip(tree.value, nodes, strict=True):
            if isinstance(child, yaml.ScalarNode):
                self.short_form(child, node, in_flow=bool(tree.flow_style))
            else:
                self.mapping(child, node)
                self.siblings(_value(child, "topics" if depth == 1 else "items"), node.children, depth + 1)

    def lines(self, node: Node) -> list[str]:
        """Return what is written for a node: its id, and the one it had."""
        name = self.new[node.id]
        return [f"id: {_shown(name)}", *([f"was: [{_shown(node.id)}]"] if self.keep_former and name != node.id else [])]

    def short_form(self, tree: Any, node: Node, *, in_flow: bool) -> None:
        if node.id not in self.new:
            return
        start, end = tree.start_mark, tree.end_mark
        written = self.text[start.index : end.index]
        if written[:1] in "&!*|>":
            raise _by_hand(node.line)
        if start.line != end.line:
            written = quoted(node.title)
        if in_flow:
            self.edits.append(_Edit(start.index, end.index, "{title: " + ", ".join([written, *self.lines(node)]) + "}"))
        else:
            self.edits.append(_Edit(start.index, end.index, f"title: {written}"))
            self.insert_after_line(end.index, start.column, self.lines(node))

    def mapping(self, tree: Any, node: Node) -> None:
        self.rename_needs(_value(tree, "needs"))
        if node.id not in self.new:
            return
        start = tree.start_mark
        lines = self.lines(node)
        former = _value(tree, "was")
        if former is not None and len(lines) == 2:
            self.add_former(former, lines.pop().removeprefix("was: [").removesuffix("]"), node)
        if self.text[start.index] == "{":
            self.edits.append(_Edit(start.index + 1, start.index + 1, ", ".join(lines) + ", "))
            return
        key, title = tree.value[0]
        is_text = isinstance(title, yaml.ScalarNode) and title.style not in ("|", ">")
        if self.text[start.index] in "&!?":
            raise _by_hand(node.line)
        if key.value == "title" and is_text:
            self.insert_after_line(title.end_mark.index, start.column, lines)
        else:
            indent = self.newline + " " * start.column
            self.edits.append(_Edit(start.index, start.index, indent.join([*lines, ""])))

    def insert_after_line(self, index: int, column: int, lines: list[str]) -> None:
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end - (self.text[end - 1 : end] == "\r")
        indent = self.newline + " " * column
        self.edits.append(_Edit(end, end, "".join(indent + line for line in lines)))

    def add_former(self, tree: Any, name: str, node: Node) -> None:
        index = tree.start_mark.index
        if isinstance(tree, yaml.ScalarNode):
            written = self.text[index : tree.end_mark.index]
            self.edits.append(_Edit(index, tree.end_mark.index, f"[{written}, {name}]" if written else f"[{name}]"))
        elif self.text[index] == "[":
            self.edits.append(_Edit(index + 1, index + 1, f"{name}, " if tree.value else name))
        elif self.text[index] == "-":
            self.edits.append(_Edit(index, index, f"- {name}{self.newline}{' ' * tree.start_mark.column}"))
        else:
            raise _by_hand(node.line)

    def rename_needs(self, tree: Any) -> None:
        for need in tree.value if isinstance(tree, yaml.SequenceNode) else [tree]:
            name = self.present.get(getattr(need, "value", ""), "")
            if name and name != need.value:
                self.edits.append(_Edit(need.start_mark.index, need.end_mark.index, _shown(name)))


def _shown(name: str) -> str:
    return name if _PLAIN.match(name) and name[0] != "-" and not NO_TEXT.match(name) else quoted(name)
