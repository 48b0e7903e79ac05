"""A roadmap.yaml as blocks of text, one an entry, to be edited, moved and joined again.

What nobody edits or moves stays as it is to the byte: comments, blank lines, quotes. A block that moves takes along the
comment lines directly above it, and is indented anew as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from ..errors import RoadpressError
from ..model import Node, Roadmap
from ..yaml_text import flow, scalar

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Edit(NamedTuple):
    start: int
    end: int
    order: int
    text: str


class _Piece:
    """A range of the file's text with edits inside."""

    __slots__ = ("edits", "end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.edits: list[_Edit] = []

    def edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(_Edit(start, end, len(self.edits), text))

    def text(self, source: str) -> str:
        if not self.edits:
            return source[self.start : self.end]
        parts, at = [], self.start
        for edit in sorted(self.edits):
            parts += [source[at : edit.start], edit.text]
            at = edit.end
        return "".join([*parts, source[at : self.end]])


@dataclass(eq=False, slots=True)
class Block:
    """An entry with what is below it. Blocks of new entries hold lines, those of the file pieces of its text."""

    depth: int
    """1 for a section; 0 for the file itself, whose children are the sections."""
    children: list[Block] = field(default_factory=list)
    lines: Sequence[str] = ()
    """A new entry's own lines without its children, its `-` at the margin."""
    title: str = ""
    node: Node | None = None
    yaml: Any = None
    """The entry's YAML node."""
    column: int = 0
    """Where its `-` stands."""
    lead: _Piece | None = None
    """Comment lines directly above it."""
    head: _Piece | None = None
    """Its own text up to its first child."""
    tail: _Piece | None = None
    """Its own text after its last child."""
    gaps: dict[int, _Piece] = field(default_factory=dict)
    """Text between children that belongs to none: place of the child it stands before → text."""
    child_column: int = -1
    """Where the `-` of its children stands in the file; -1 when it has none there."""
    children_yaml: Any = None
    """The YAML node of its children, if it has that key."""
    flow_list: bool = False
    """Whether its children stand in `[…]`; they are then no pieces of their own."""
    original: list[Block] = field(default_factory=list)
    """Its children as they were."""
    holder: Block | None = None
    """The block whose text holds it, where that is not its own: what is around a `[…]`."""


class Blocks:
    """The text of a roadmap.yaml in blocks."""

    def __init__(self, text: str, roadmap: Roadmap) -> None:
        self.newline = "\r\n" if 0 < text.count("\r\n") == text.count("\n") else "\n"  # of both kinds, both stay
        text = text.replace(self.newline, "\n")
        self.text = text if text.endswith("\n") else text + "\n"
        tree = yaml.compose(self.text, Loader=_LOADER)
        assert isinstance(tree, yaml.MappingNode)
        self.root = Block(0, yaml=tree)
        self.by_id: dict[str, Block] = {}
        self._build(roadmap)

    # -- reading -----------------------------------------------------------------------------------------------------

    def _build(self, roadmap: Roadmap) -> None:
        self._own(self.root, 0, len(self.text))
        self.root.flow_list = bool(getattr(self.root.children_yaml, "flow_style", False) and roadmap.sections)
        stack: list[tuple[Block, tuple[Node, ...]]] = [(self.root, roadmap.sections)]
        while stack:
            block, nodes = stack.pop()
            block.children = [self._child(block, item, node) for item, node in self._items(block, nodes)]
            block.original = list(block.children)
            if block.children and not block.flow_list:
                self._cut(block)
            stack.extend((child, child.node.children) for child in block.children if child.node and child.node.children)

    def _items(self, block: Block, nodes: tuple[Node, ...]) -> list[tuple[Any, Node]]:
        if not isinstance(block.children_yaml, yaml.SequenceNode):
            return []
        return list(zip(block.children_yaml.value, nodes, strict=True))

    def _child(self, block: Block, item: Any, node: Node) -> Block:
        child = Block(block.depth + 1, title=node.title, node=node, yaml=item)
        child.children_yaml = _value(item, _children_key(child.depth))
        child.flow_list = block.flow_list or (
            isinstance(child.children_yaml, yaml.SequenceNode) and bool(child.children_yaml.flow_style)
        )
        child.flow_list &= bool(node.children)
        if block.flow_list:
            child.holder = block.holder or block
        if node.id in self.by_id or item.start_mark.index < block.yaml.start_mark.index:
            raise by_hand(node.line)
        self.by_id[node.id] = child
        return child

    def _own(self, block: Block, start: int, end: int) -> None:
        """Give a block its range of the text as its head, until its children are cut out of it."""
        block.children_yaml = block.children_yaml or _value(block.yaml, _children_key(block.depth))
        block.head = _Piece(start, end)
        block.tail = _Piece(end, end)

    def _cut(self, block: Block) -> None:
        """Cut the children of a block list out of their parent's text."""
        assert block.head
        dashes = [self._dash(child) for child in block.children]
        starts = [self.text.rfind("\n", 0, dash) + 1 for dash in dashes]
        last = block.head.end
        block.child_column = dashes[0] - starts[0]
        child_end = head_end = self._comments_above(starts[0], block.head.start)
        for place, child in enumerate(block.children):
            lead = head_end if not place else self._comments_above(starts[place], child_end)
            if place and lead > child_end:
                block.gaps[place] = _Piece(child_end, lead)
            child_end = self._line_after(self._end(child.yaml))
            child.lead = _Piece(lead, starts[place])
            child.column = dashes[place] - starts[place]
            self._own(child, starts[place], child_end)
        block.head = _Piece(block.head.start, head_end)
        block.tail = _Piece(child_end, last)

    def _comments_above(self, line: int, least: int) -> int:
        """Return where the comment lines directly above a line begin, none of them before `least`."""
        at = line
        while at > least:
            before = self.text.rfind("\n", 0, at - 1) + 1
            if before < least or not self.text[before:at].lstrip().startswith("#"):
                break
            at = before
        return at

    def _dash(self, child: Block) -> int:
        """Return where the `-` of a list's member stands: before it, or alone in a line above."""
        at = int(child.yaml.start_mark.index)
        while True:
            line = self.text.rfind("\n", 0, at) + 1
            before = self.text[line:at].split("#")[0].rstrip()
            if before.endswith("-"):
                return line + len(before) - 1
            if not line or before:
                raise by_hand(child.node.line if child.node else 1)
            at = line - 1

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

    # -- editing -----------------------------------------------------------------------------------------------------

    def edit(self, node: Node, fields: Mapping[str, list[str]], *, title: str = "") -> None:
        """Give an entry another title, and keys in place of those it may have; no lines take a key away.

        Lines are block style, at the margin. To be called once an entry.
        """
        block = self.by_id[node.id]
        item = block.yaml
        if isinstance(item, yaml.ScalarNode) and block.head is None:
            written = flow(title) if title else self.text[item.start_mark.index : self._end(item)]
            given = [self._in_flow(key, lines) for key, lines in fields.items() if lines]
            text = f"{{{', '.join([f'title: {written}', *given])}}}" if given else written
            self._replace(block, item.start_mark.index, self._end(item), text)
        else:
            if title:
                value = item if isinstance(item, yaml.ScalarNode) else _value(item, "title")
                in_flow = isinstance(item, yaml.MappingNode) and item.flow_style
                self._replace(block, value.start_mark.index, self._end(value), (flow if in_flow else scalar)(title))
            for key, lines in fields.items():
                self._set_field(block, key, lines)
        block.title = title or block.title

    def _set_field(self, block: Block, key: str, lines: list[str]) -> None:
        item = block.yaml
        at = next((place for place, (name, _) in enumerate(_pairs(item)) if name.value == key), -1)
        if isinstance(item, yaml.MappingNode) and item.flow_style:
            self._set_in_flow(block, at, key, lines)
        elif at >= 0:
            self._set_in_block(block, at, lines)
        elif lines:
            self._lengthen(block)
            title = item if isinstance(item, yaml.ScalarNode) else _value(item, "title")
            position = self._line_after(self._end(title))
            self._replace(block, position, position, _indented(lines, item.start_mark.column))

    def _set_in_block(self, block: Block, at: int, lines: list[str]) -> None:
        pairs = _pairs(block.yaml)
        key, value = pairs[at]
        start, end = key.start_mark.index, max(self._end(value), key.end_mark.index + 1)
        if len(lines) == 1 and self.text.find("\n", start, end) < 0:
            self._replace(block, start, end, lines[0])  # a comment behind it stays
            return
        column, first = key.start_mark.column, self.text.rfind("\n", 0, start) + 1
        after = self._line_after(end)
        comment = self.text[end:after].strip()
        inside = [] if isinstance(value, yaml.ScalarNode) else _comments(self.text[start:end])
        rows = [*inside, *lines, *([comment] if comment else [])]
        if not self.text[first:start].strip():
            self._replace(block, first, after, _indented(rows, column))
        elif rows:  # it stands behind the `-`
            self._replace(block, start, after, _indented(rows, column).lstrip(" "))
        elif at + 1 < len(pairs):
            self._replace(block, start, pairs[at + 1][0].start_mark.index, "")
        else:
            raise by_hand(block.node.line if block.node else 1)

    def _set_in_flow(self, block: Block, at: int, key: str, lines: list[str]) -> None:
        pairs = _pairs(block.yaml)
        if at < 0 and lines:
            last, value = pairs[-1]  # a comma or a comment may follow
            end = max(self._end(value), last.end_mark.index + 1)
            self._replace(block, end, end, f", {self._in_flow(key, lines)}")
        elif at >= 0:
            start, end = pairs[at][0].start_mark.index, max(self._end(pairs[at][1]), pairs[at][0].end_mark.index + 1)
            if lines:
                self._replace(block, start, end, self._in_flow(key, lines))
            elif at + 1 < len(pairs):
                self._replace(block, start, pairs[at + 1][0].start_mark.index, "")
            else:
                before = max(self._end(pairs[at - 1][1]), pairs[at - 1][0].end_mark.index + 1)
                self._replace(block, before, end, "")

    @staticmethod
    def _in_flow(key: str, lines: list[str]) -> str:
        data = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - our own lines, as texts
        return f"{key}: {_flow_value(data[key])}"

    def add_name(self, node: Node, key: str, name: str) -> None:
        """Add a name to those that an entry has under a key; a list stays as it is written."""
        block = self.by_id[node.id]
        tree = _value(block.yaml, key)
        start, end = tree.start_mark.index, self._end(tree)
        if isinstance(tree, yaml.ScalarNode):
            self._replace(block, start, end, f"[{self.text[start:end]}, {flow(name)}]")
        elif self.text[start] == "[":
            self._replace(block, start + 1, start + 1, f"{flow(name)}, ")
        elif self.text[start] == "-":
            self._replace(block, start, start, f"- {flow(name)}\n{' ' * tree.start_mark.column}")
        else:
            raise by_hand(node.line)

    def set_top(self, key: str, lines: list[str]) -> None:
        """Give the roadmap a key, in place of the one it may have, before `sections:`."""
        pairs = _pairs(self.root.yaml)
        at = next((place for place, (name, _) in enumerate(pairs) if name.value == key), -1)
        if at >= 0:
            self._set_in_block(self.root, at, lines)
            return
        sections = next(k for k, _ in pairs if k.value == "sections")
        start = self.text.rfind("\n", 0, sections.start_mark.index) + 1
        self._replace(self.root, start, start, "\n".join([*lines, "", ""]))

    def rename_needs(self, names: Mapping[str, str], *, apart: Collection[str]) -> None:
        """Write other ids wherever `needs` names some, but for the entries `apart`."""
        for id_, block in self.by_id.items():
            tree = _value(block.yaml, "needs")
            if tree is None or id_ in apart:
                continue
            for need in tree.value if isinstance(tree, yaml.SequenceNode) else [tree]:
                name = names.get(need.value, need.value)
                if name != need.value:
                    self._replace(block, need.start_mark.index, self._end(need), flow(name))

    def _lengthen(self, block: Block) -> None:
        """Make the short form, a text, a mapping with that title."""
        item = block.yaml
        if isinstance(item, yaml.ScalarNode):
            start, end = item.start_mark.index, self._end(item)
            assert block.head
            assert block.node
            if any(edit.order < 0 for edit in block.head.edits):
                return
            is_edited = any((edit.start, edit.end) == (start, end) for edit in block.head.edits)
            if "\n" in self.text[start:end] and not is_edited:  # its further lines would stand too far out
                block.head.edits.append(_Edit(start, end, -1, f"title: {scalar(block.node.title)}"))
            else:
                block.head.edits.append(_Edit(start, start, -1, "title: "))

    def _replace(self, block: Block, start: int, end: int, text: str) -> None:
        holder = block.holder or block
        assert holder.head
        assert holder.tail
        in_head = start <= holder.head.end and end <= holder.head.end
        (holder.head if in_head else holder.tail).edit(start, end, text)

    # -- writing -----------------------------------------------------------------------------------------------------

    def result(self) -> str:
        """Return the text with all that was edited and moved."""
        text = self._rendered(self.root, 0)
        return text.replace("\n", self.newline) if self.newline != "\n" else text

    def _rendered(self, block: Block, column: int) -> str:
        if block.head is None:
            return self._new(block, column)
        assert block.tail
        changed = block.children != block.original
        self._rename_children_key(block)
        lead = block.lead.text(self.text) if block.lead else ""
        if block.flow_list and block.original:
            head = self._with_flow_list(block) if self._is_changed(block) else block.head.text(self.text)
        elif changed and not block.original:
            head = self._with_first_children(block)
        elif not block.children and block.original:
            head = self._without_children(block)
        else:
            head = block.head.text(self.text)
        parts = [lead, head, *self._rendered_children(block), block.tail.text(self.text)]
        text = "".join(parts)
        return _shifted(text, column - block.column) if block.depth else text

    def _rendered_children(self, block: Block) -> Iterator[str]:
        if block.flow_list:
            return
        gap, gaps = "", {}
        here = set(map(id, block.children))
        for place, child in enumerate(block.original):
            gap += block.gaps[place].text(self.text) if place in block.gaps else ""
            if id(child) in here:
                gaps[id(child)] = gap
                gap = ""
        column = block.child_column if block.child_column >= 0 else block.yaml.start_mark.column + 2
        for child in block.children:
            yield gaps.get(id(child), "")
            yield self._rendered(child, column)
        yield gap

    def _is_changed(self, block: Block) -> bool:
        """Whether anything was put into a `[…]` or taken out of it, at any depth."""
        return block.children != block.original or any(map(self._is_changed, block.children))

    def _rename_children_key(self, block: Block) -> None:
        """Name the children's key as a new depth asks: a section has topics, all else items."""
        if not block.node or not block.children_yaml or not block.children:
            return
        key = _children_key(block.depth)
        name = next(name for name, value in block.yaml.value if value is block.children_yaml)
        if name.value != key:
            self._replace(block, name.start_mark.index, name.end_mark.index, key)

    def _with_first_children(self, block: Block) -> str:
        """Begin a list of children below an entry that has none."""
        assert block.head
        key = _children_key(block.depth)
        item = block.yaml
        if isinstance(item, yaml.MappingNode) and item.flow_style:
            end = item.end_mark.index - 1
            inside = ", ".join(self._flow_of(child) for child in block.children)
            if block.children_yaml is not None:
                block.head.edit(block.children_yaml.start_mark.index, self._end(block.children_yaml), f"[{inside}]")
            else:
                block.head.edit(end, end, f", {key}: [{inside}]")
            block.flow_list = True
            return block.head.text(self.text)
        if block.children_yaml is not None:  # `items: []`, or nothing behind the colon
            where = next(k for k, v in item.value if v is block.children_yaml)
            end = max(self._end(block.children_yaml), where.end_mark.index + 1)
            block.head.edit(where.end_mark.index, end, ":")
            split = self._line_after(end)
            assert block.tail
            head, block.tail = _Piece(block.head.start, split), _Piece(split, block.head.end)
            head.edits = [edit for edit in block.head.edits if edit.start < split]
            block.tail.edits = [edit for edit in block.head.edits if edit.start >= split]
            block.head = head
            if block.depth == 0:
                block.child_column = 2
            return block.head.text(self.text)
        self._lengthen(block)
        return f"{block.head.text(self.text)}{' ' * item.start_mark.column}{key}:\n"

    def _without_children(self, block: Block) -> str:
        """Take the key of the children away with the last of them."""
        assert block.head
        if block.depth == 0:
            key = next(k for k, _ in block.yaml.value if k.value == "sections")
            block.head.edit(key.end_mark.index, key.end_mark.index + 1, ": []")
            return block.head.text(self.text)
        key = next(k for k, v in block.yaml.value if v is block.children_yaml)
        start = self.text.rfind("\n", 0, key.start_mark.index) + 1
        if self.text[start : key.start_mark.index].strip():
            block.head.edit(key.end_mark.index, key.end_mark.index + 1, ": []")
        else:
            block.head.edit(start, self._line_after(key.end_mark.index), "")
        return block.head.text(self.text)

    def _with_flow_list(self, block: Block) -> str:
        """Write the members of a `[…]` anew, those that stay as they were written."""
        assert block.head
        start, end = block.children_yaml.start_mark.index, block.children_yaml.end_mark.index
        inside = ", ".join(self._flow_of(child) for child in block.children)
        kept = [edit for edit in block.head.edits if not start <= edit.start < end]
        block.head.edits = [*kept, _Edit(start, end, len(kept), f"[{inside}]")]
        return block.head.text(self.text)

    def _flow_of(self, block: Block) -> str:
        """Return an entry as a member of a `[…]`."""
        if block.node and block.head is None and not self._is_changed(block):
            return self._flow_text(block)
        data: Any = yaml.load(self._rendered(block, 0), Loader=yaml.BaseLoader)  # noqa: S506 - loaded before
        return json.dumps(data[0], ensure_ascii=False)

    def _flow_text(self, block: Block) -> str:
        """Return the text of an entry in a `[…]`, with what was edited in it."""
        start, end = block.yaml.start_mark.index, self._end(block.yaml)
        assert block.holder
        assert block.holder.head
        piece = _Piece(start, end)
        piece.edits = [edit for edit in block.holder.head.edits if start <= edit.start and edit.end <= end]
        return piece.text(self.text)

    def _new(self, block: Block, column: int) -> str:
        """Return an entry that has no lines of its own in the file: a new one, or one out of a `[…]`."""
        lines = list(block.lines)
        if not lines:
            data = yaml.load(self._flow_text(block), Loader=yaml.BaseLoader)  # noqa: S506 - loaded before, as texts
            fields = data if isinstance(data, dict) else {"title": str(data)}
            rest = {key: value for key, value in fields.items() if key not in ("title", "items", "topics")}
            title = scalar(fields["title"])
            lines = [f"- title: {title}" if rest or block.children else f"- {title}"]
            lines += [f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in rest.items()]
        text = _indented(lines, column)
        if not block.children:
            return text
        text += " " * (column + 2) + f"{_children_key(block.depth)}:\n"
        return text + "".join(self._rendered(child, column + 4) for child in block.children)


def by_hand(line: int) -> RoadpressError:
    """Return the error of an entry whose text can't be edited without changing more than that."""
    return RoadpressError(
        f"The entry in line {line} can't be changed without changing more than that (is there a YAML anchor?).",
        remedy="Nothing was written. Change it by hand, then run this again.",
    )


def _children_key(depth: int) -> str:
    return "sections" if depth == 0 else "topics" if depth == 1 else "items"


def _pairs(item: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = item.value if isinstance(item, yaml.MappingNode) else []
    return pairs


def _value(item: Any, key: str) -> Any:
    return next((value for name, value in _pairs(item) if name.value == key), None)


def _flow_value(value: Any) -> str:
    """Return texts, and lists and mappings of them, in one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow_value(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(_flow_value, value))}]" if isinstance(value, list) else flow(value)


_COMMENT = re.compile(r"^[^\n\"']*?(?<!\S)(#.*)", re.MULTILINE)


def _comments(text: str) -> list[str]:
    """Return the comments in the lines of a list; where quotes stand before the sign it may be none."""
    return [found[1].rstrip() for found in _COMMENT.finditer(text)]


def _indented(lines: Sequence[str], column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)


def _shifted(text: str, by: int) -> str:
    """Return lines further in, or further out as far as each can go."""
    if by == 0:
        return text
    if by > 0:
        return re.sub(r"(?m)^(?=[^\n])", " " * by, text)
    return re.sub(rf"(?m)^[ ]{{1,{-by}}}", "", text)
