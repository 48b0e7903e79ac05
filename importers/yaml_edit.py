"""Edits of a roadmap.yaml as text: every byte that no edit asks for stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from ..core.model import Node, Roadmap
from .yaml_text import flow, scalar

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlText:
    """A roadmap's text, the YAML nodes in it, and the edits asked for so far."""

    def __init__(self, text: str, roadmap: Roadmap) -> None:
        self.text = text if text.endswith("\n") else text + "\n"
        root = yaml.compose(self.text, Loader=_Loader)
        assert isinstance(root, yaml.MappingNode)
        self.root = root
        self.edits: list[tuple[int, int, int, Callable[[], str]]] = []
        """Start, end, order of asking, and what makes the text in its place once all is known."""
        self.nodes: dict[str, Any] = {}
        """The YAML node of each of the roadmap's nodes, by id."""
        self.long: set[str] = set()
        """Ids of nodes whose short form an edit has made a mapping already."""
        self.lists: dict[str, list[str]] = {}
        """Keys that an edit gave a node, with the lines of their lists so far, by node id."""
        stack: list[tuple[Any, tuple[Node, ...]]] = [(_value(root, "sections"), roadmap.sections)]
        while stack:
            sequence, children = stack.pop()
            if not isinstance(sequence, yaml.SequenceNode):
                continue
            for item, node in zip(sequence.value, children, strict=False):
                self.nodes[node.id] = item
                below = _value(item, "topics" if node.depth == 1 else "items")
                stack.append((below, node.children))

    def result(self) -> str:
        """Return the text with all edits in it."""
        text = self.text
        for start, end, _, replacement in sorted(self.edits, key=lambda edit: (edit[0], edit[2]), reverse=True):
            text = text[:start] + replacement() + text[end:]
        return text

    def set_title(self, node: Node, title: str) -> None:
        """Replace a node's title."""
        item = self.nodes[node.id]
        value = item if isinstance(item, yaml.ScalarNode) else _value(item, "title")
        in_flow = isinstance(item, yaml.MappingNode) and item.flow_style
        self._replace(value.start_mark.index, self._end(value), flow(title) if in_flow else scalar(title))

    def add_fields(self, node: Node, lines: list[str]) -> None:
        """Give a node further keys, which it must not have; `lines` are block style, at the margin."""
        item = self.nodes[node.id]
        if isinstance(item, yaml.MappingNode) and item.flow_style:
            data = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - our own lines, as texts
            text = "".join(f", {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
            self._replace(item.end_mark.index - 1, item.end_mark.index - 1, text)
            return
        self._lengthen(node)
        title = item if isinstance(item, yaml.ScalarNode) else _value(item, "title")
        self._insert_after(self._end(title), lines, item.start_mark.column)

    def append(self, node: Node, key: str, values: list[str]) -> None:
        """Add texts to a list of a node, which it may not have yet."""
        sequence = _value(self.nodes[node.id], key)
        if sequence is None:
            self.add_fields(node, [f"{key}: [{', '.join(map(flow, values))}]"])
        elif not isinstance(sequence, yaml.SequenceNode):
            old = self.text[sequence.start_mark.index : self._end(sequence)]
            inside = ", ".join([old.strip(), *map(flow, values)])
            self._replace(sequence.start_mark.index, self._end(sequence), f"[{inside}]")
        else:
            self._append_to(sequence, [scalar(value) for value in values], [flow(value) for value in values])

    def append_links(self, node: Node, links: list[tuple[str, str, str]]) -> None:
        """Add links to those a node has."""
        written = []
        for url, title, kind in links:
            parts = ([f"title: {flow(title)}"] if title else []) + [f"url: {flow(url)}"]
            parts += [f"kind: {kind}"] if kind else []
            written.append(flow(url) if len(parts) == 1 else f"{{{', '.join(parts)}}}")
        sequence = _value(self.nodes[node.id], "links")
        if isinstance(sequence, yaml.SequenceNode):
            self._append_to(sequence, written, written)
        else:
            old = self.text[sequence.start_mark.index : self._end(sequence)].strip()
            self._replace(sequence.start_mark.index, self._end(sequence), f"[{', '.join([old, *written])}]")

    def add_child(self, parent: Node | None, after: Node | None, lines: Callable[[], Iterable[str]]) -> None:
        """Add an entry below a node, or a section; `lines` are block style, its `-` at the margin."""
        item = self.nodes[parent.id] if parent else self.root
        key = "sections" if parent is None else "topics" if parent.depth == 1 else "items"
        sequence = _value(item, key)
        rows = list(lines())
        if isinstance(sequence, yaml.SequenceNode) and sequence.value and not sequence.flow_style:
            column = self._dash_column(sequence.value[0])
            if after is None:
                start = self.text.rfind("\n", 0, sequence.value[0].start_mark.index) + 1
                self._replace(start, start, _indented(rows, column))
            else:
                self._insert_after(self._end(self.nodes[after.id]), rows, column)
            return
        if isinstance(sequence, yaml.SequenceNode) and sequence.value:
            text = _as_flow(rows)[1:-1]
            self._replace(sequence.end_mark.index - 1, sequence.end_mark.index - 1, f", {text}")
            return
        self._first_child(parent, item, key, sequence, rows)

    def _first_child(self, parent: Node | None, item: Any, key: str, empty: Any, rows: list[str]) -> None:
        """Begin a list of children, or go on with the one begun."""
        name = parent.id if parent else ""
        if name in self.lists:
            self.lists[name] += rows
            return
        children = self.lists[name] = list(rows)
        column = item.start_mark.column
        if isinstance(item, yaml.MappingNode) and item.flow_style:
            position = item.end_mark.index - 1
            self.edits.append((position, position, len(self.edits), (lambda: f", {key}: {_as_flow(children)}")))
            return
        if empty is not None:  # `items: []`, or nothing after the colon
            where = next(k for k, v in item.value if v is empty)
            end = max(self._end(empty), where.end_mark.index)
            head = where.end_mark.index
            self.edits.append(
                (head, end, len(self.edits), (lambda: ":\n" + _indented(children, column + 2).rstrip("\n")))
            )
            return
        if parent:
            self._lengthen(parent)
        position = self._line_after(self._end(item))
        self.edits.append(
            (position, position, len(self.edits), (lambda: _indented([f"{key}:", *_shifted(children)], column)))
        )

    def add_top(self, lines: list[str]) -> None:
        """Add lines before `sections:`."""
        for key, _ in self.root.value:
            if key.value == "sections":
                start = self.text.rfind("\n", 0, key.start_mark.index) + 1
                self._replace(start, start, "\n".join([*lines, "", ""]))

    # Places

    def _lengthen(self, node: Node) -> None:
        """Make the short form, a text, a mapping with that title."""
        item = self.nodes[node.id]
        if isinstance(item, yaml.ScalarNode) and node.id not in self.long:
            self.long.add(node.id)
            self.edits.append((item.start_mark.index, item.start_mark.index, -1, lambda: "title: "))

    def _append_to(self, sequence: Any, block: list[str], inline: list[str]) -> None:
        if sequence.flow_style or not sequence.value:
            position = sequence.end_mark.index - 1
            comma = ", " if sequence.value else ""
            self._replace(position, position, comma + ", ".join(inline))
        else:
            column = self._dash_column(sequence.value[0])
            self._insert_after(self._end(sequence), [f"- {text}" for text in block], column)

    def _dash_column(self, item: Any) -> int:
        line = self.text.rfind("\n", 0, item.start_mark.index) + 1
        dash = self.text.rfind("-", line, item.start_mark.index)
        return dash - line

    def _end(self, node: Any) -> int:
        """Return where a YAML node's own text ends; a block's mark lies beyond the blank lines after it."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        return max(start, end)

    def _line_after(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end + 1

    def _insert_after(self, position: int, lines: list[str], column: int) -> None:
        start = self._line_after(position)
        self._replace(start, start, _indented(lines, column))

    def _replace(self, start: int, end: int, text: str) -> None:
        self.edits.append((start, end, len(self.edits), lambda: text))


def _value(item: Any, key: str) -> Any:
    if isinstance(item, yaml.MappingNode):
        return next((value for name, value in item.value if name.value == key), None)
    return None


def _indented(lines: Iterable[str], column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)


def _shifted(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


def _as_flow(rows: list[str]) -> str:
    return json.dumps(yaml.load("\n".join(rows), Loader=yaml.BaseLoader), ensure_ascii=False)  # noqa: S506 - our own lines, as texts
