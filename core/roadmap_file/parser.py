"""The tree of a roadmap.yaml to a `Roadmap`, with every problem on the way collected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ..errors import Problem
from ..model import (
    FORMAT_VERSION,
    MAX_DEPTH,
    Link,
    LinkKind,
    Node,
    OptionValue,
    Roadmap,
    SourcePosition,
    Tag,
    new_leaf,
)
from . import format as keys
from . import value_parsers
from .field_reader import FieldReader, is_empty, plain, short, texts
from .ids import ID, derive
from .yaml_tree import Mapping, Scalar, Sequence, Tree, place_of

T = TypeVar("T")

_NONE: frozenset[str] = frozenset()
_NOT_DONE: bool | date = False
_NODE_KEYS = keys.SECTION | keys.ITEM
_LINK_KINDS = {kind.value: kind for kind in LinkKind}
_FOREIGN = {
    frozenset({"milestones"}): "SierraSoftworks/roadmap",
    frozenset({"objectives"}): "SierraSoftworks/roadmap",
    frozenset({"nodes", "edges"}): "roadmap.sh",
    frozenset({"lists", "cards"}): "Trello",
    frozenset({"gantt"}): "a Gantt tool",
}


class Parent(NamedTuple):
    """What a node's place in the tree gives to its children."""

    id: str = ""
    number: str = ""
    depth: int = 0


class PendingNode(NamedTuple):
    """A node before its siblings are known, and so its id."""

    title: str
    tree: Tree
    given: dict[str, Tree] | None = None
    """Its keys; None when it is only a title."""
    own_id: str = ""


class Reader(FieldReader):
    """Reads one file."""

    def __init__(self, path: str, *, complete: bool = True) -> None:
        super().__init__(complete=complete)
        self.path = path
        self.own_ids: dict[str, SourcePosition] = {}
        """The ids that the author gave, and where first."""
        self.reserved: frozenset[str] = frozenset()
        """Those of them that a section's derived id would equal."""
        self.needs: list[tuple[str, SourcePosition]] = []
        """Every id that some node needs, and where it says so."""

    def roadmap(self, root: Tree) -> Roadmap:
        """Return the roadmap that a document holds."""
        if not isinstance(root, Mapping):
            what = "a list" if isinstance(root, Sequence) else "a text"
            self.problem(root, f"this file holds {what} at the top", "begin with `roadpress: 1` and `title: …`")
            return Roadmap("")
        given = self.mapping(root, keys.ROADMAP, "a roadmap")
        if "roadpress" not in given and (origin := _foreign_origin(root)):
            self.problems.clear()
            self.problem(root, f"this looks like a roadmap of {origin}", f"run `roadpress import {self.path}`")
            return Roadmap("")
        self._version(root, given.get("roadpress"))
        title = self.required_line(root, given, "title", "the roadmap")
        pace = self.pace(given.get("pace"))
        return Roadmap(
            title,
            self._sections(given.get("sections")),
            self.text(given.get("description")),
            self.each(given.get("author"), self.line),
            self.line(given.get("learner")),
            self.value(given.get("language"), value_parsers.parse_language, "en"),
            self.value(given.get("start"), value_parsers.parse_date, None),
            pace,
            self._tags(given.get("tags")),
            self._exports(given.get("exports")),
            self.path,
        )

    # Nodes

    def _sections(self, tree: Tree | None) -> tuple[Node, ...]:
        """Return the sections. Where one's derived id turns out to be an author's, all are read again without it."""
        problems, needs = len(self.problems), len(self.needs)
        sections = self.nodes(tree, Parent())
        self.reserved = frozenset(node.id for node in sections if not node.own_id and node.id in self.own_ids)
        if not self.reserved:
            return sections
        self.reserved = frozenset(self.own_ids)
        del self.problems[problems:], self.needs[needs:]
        self.own_ids.clear()
        return self.nodes(tree, Parent())

    def nodes(self, tree: Tree | None, parent: Parent) -> tuple[Node, ...]:
        """Return the nodes of a list: texts are the short form, mappings the long one."""
        if tree is None or is_empty(tree):
            return ()
        depth = parent.depth + 1
        if not isinstance(tree, Sequence) or isinstance(tree, Mapping):
            self.problem(tree, "a list of nodes belongs here", "begin each entry with `- `")
            return ()
        if depth > MAX_DEPTH:
            self.problem(tree, "this is nested too deep", f"at most {MAX_DEPTH} levels of items")
            return ()
        if all(child.__class__ is Scalar and not child.style and child.value for child in tree.children):
            return self._plain_nodes(tree.children, parent)
        drafts = [self.draft(child, depth) for child in tree.children]
        names = self._ids([draft.title for draft in drafts], parent)
        prefix = f"{parent.number}." if parent.number else ""
        result = []
        for index, (draft, name) in enumerate(zip(drafts, names, strict=True), 1):
            given, number = draft.given, f"{prefix}{index}"
            if given is None:
                if draft.title:
                    result.append(new_leaf(draft.title, name, number, depth, *place_of(draft.tree)))
                continue
            itself = Parent(draft.own_id or name, number, depth)
            children = given.get("topics" if depth == 1 else "items")
            fields = {key: _NODE_READERS[key](self, value) for key, value in given.items() if key in _NODE_READERS}
            result.append(
                Node(
                    draft.title,
                    *itself,
                    self.nodes(children, itself) if children is not None else (),
                    own_id=bool(draft.own_id),
                    line=draft.tree.line,
                    column=draft.tree.column,
                    **fields,
                )
            )
        return tuple(result)

    def _plain_nodes(self, texts: list[Any], parent: Parent) -> tuple[Node, ...]:
        """Return the nodes of a list of plain texts, which most lists are: the path that must be fast."""
        depth = parent.depth + 1
        prefix = f"{parent.number}." if parent.number else ""
        names = self._ids([text.value for text in texts], parent)
        return tuple([
            new_leaf(title, name, f"{prefix}{index}", depth, line, column)
            for index, ((title, line, column, _), name) in enumerate(zip(texts, names, strict=True), 1)
        ])  # fmt: skip

    def _ids(self, titles: list[str], parent: Parent) -> list[str]:
        """Return derived ids; at the top none may equal an author's, below they hold a `/` and can't."""
        return derive(parent.id, titles, _NONE if parent.id else self.reserved)

    def draft(self, tree: Tree, depth: int) -> PendingNode:
        """Return a node's title and keys; one without a title when there is nothing to make it of."""
        what = ("section", "topic", "item")[min(depth, 3) - 1]
        if isinstance(tree, Scalar):
            told = len(self.problems)
            title = self.line(tree)
            if not title and len(self.problems) == told:
                self.problem(tree, f"this {what} is empty", "write its title after the `- `, or delete the line")
            return PendingNode(title, tree)
        if not isinstance(tree, Mapping):
            self.problem(tree, "a list stands directly in a list", "give it a `title`, and put the list under `items`")
            return PendingNode("", tree)
        if len(tree.children) == 2 and self._is_accident(tree):
            return PendingNode("", tree)
        given = self.mapping(tree, keys.SECTION if depth == 1 else keys.ITEM, f"a {what}")
        own_id = self._own_id(given["id"]) if "id" in given else ""
        return PendingNode(self.required_line(tree, given, "title", f"this {what}"), tree, given, own_id)

    def _is_accident(self, tree: Mapping) -> bool:
        """Complain about `- Types: a, b`, which YAML takes for a mapping, and about `- Basics:` with a list below."""
        key, value = tree.children
        if not isinstance(key, Scalar):
            return False
        if key.value in _NODE_KEYS or self.suggestion(key.value, _NODE_KEYS, synonyms=False):
            return False
        if isinstance(value, Scalar):
            text = f"{key.value}: {value.value}".strip().replace('"', '\\"')
            hint = f'put it in quotes: `- "{short(text)}"`'
            self.problem(key, "this text with a `: ` in it reads as a key and a value", hint)
        else:
            self.problem(
                key, f"`{key.value}` is no key of an item", f"write `title: {key.value}`, and the list under `items:`"
            )
        return True

    def _own_id(self, tree: Tree) -> str:
        name = self.line(tree)
        if not name:
            return ""
        if not ID.match(name):
            self.problem(tree, f"`{name}` can't be an id", "use small letters, digits and single hyphens")
            return ""
        if first := self.own_ids.get(name):  # in another line, or in this one again through an alias
            at, line = max(first, place_of(tree)), min(first, place_of(tree)).line
            self.problems.append(
                Problem(at, f"the id `{name}` is used twice, first in line {line}", "change one of them")
            )
            return ""
        self.own_ids[name] = place_of(tree)
        return name

    def need(self, tree: Tree) -> str:
        """Return an id that must be somewhere in the file; whether it is shows only at its end."""
        name = self.line(tree)
        self.needs.append((name, place_of(tree)))
        return name

    def link(self, tree: Tree) -> Link | None:
        """Return a link: an address, or a mapping with `url`."""
        if isinstance(tree, Scalar):
            url = self.value(tree, value_parsers.parse_url, "")
            return Link(url) if url else None
        given = self.mapping(tree, keys.LINK, "a link")
        if "url" not in given:
            self.problem(tree, "this link has no `url`", "add `url: https://…`")
            return None
        url = self.value(given["url"], value_parsers.parse_url, "")
        title, kind = self.line(given.get("title")), self.choice(given.get("kind"), _LINK_KINDS, "kind")
        return Link(url, title, kind) if url else None

    # The roadmap's own keys

    def _version(self, root: Tree, tree: Tree | None) -> None:
        if tree is None:
            if self.complete:
                self.problem(
                    root, "`roadpress`, the format's version, is missing", "begin the file with `roadpress: 1`"
                )
        elif not isinstance(tree, Scalar) or tree.value != str(FORMAT_VERSION):
            self.problem(
                tree, "this is a format that this roadpress does not know", "write `roadpress: 1`, or update it"
            )

    def _tags(self, tree: Tree | None) -> MappingProxyType[str, Tag]:
        result = {}
        for key, value in self.open_mapping(tree, "tags"):
            if isinstance(value, Scalar):
                result[key] = Tag(key, self.line(value) or key)
                continue
            given = self.mapping(value, keys.TAG, "a tag")
            color = self.choice(given.get("color"), {name: name for name in keys.COLORS}, "color") or ""
            result[key] = Tag(key, self.line(given.get("title")) or key, color)
        return MappingProxyType(result)

    def _exports(self, tree: Tree | None) -> MappingProxyType[str, MappingProxyType[str, OptionValue]]:
        result = {}
        for name, value in self.open_mapping(tree, "exports"):
            options = {
                option: OptionValue(plain(given), place_of(given), texts(given))
                for option, given in self.open_mapping(value, name)
            }
            result[name] = MappingProxyType(options)
        return MappingProxyType(result)


def _foreign_origin(root: Mapping) -> str:
    """Return whose roadmap a file is when it is plainly another tool's."""
    found = {key.value for key in root.children[::2] if isinstance(key, Scalar)}
    return next((origin for signs, origin in _FOREIGN.items() if signs <= found), "")


_READERS: dict[keys.FieldType, Callable[[Reader, Tree], Any]] = {
    keys.FieldType.SIGN: Reader.line,
    keys.FieldType.LINE: Reader.line,
    keys.FieldType.BLOCKS: Reader.text,
    keys.FieldType.NAMES: lambda reader, tree: reader.each(tree, reader.line),
    keys.FieldType.NODES: lambda reader, tree: reader.each(tree, reader.need),
    keys.FieldType.LINKS: lambda reader, tree: reader.each(tree, reader.link),
    keys.FieldType.HOURS: lambda reader, tree: reader.value(tree, value_parsers.parse_hours, None),
    keys.FieldType.DATE: lambda reader, tree: reader.value(tree, value_parsers.parse_date, None),
    keys.FieldType.FLAG: lambda reader, tree: reader.value(tree, value_parsers.parse_bool, default=False),
    keys.FieldType.DONE: lambda reader, tree: reader.value(tree, value_parsers.parse_done, _NOT_DONE),
}


def _reader(field: keys.NodeField) -> Callable[[Reader, Tree], Any]:
    if not field.choices:
        return _READERS[field.type]
    values = {choice.value: choice for choice in field.choices}
    return lambda reader, tree: reader.choice(tree, values, field.key) or field.choices[0]


_NODE_READERS = {field.key: _reader(field) for field in keys.NODE}
"""How each field of a node is read; the other keys (title, id, topics, items) make the node itself."""
