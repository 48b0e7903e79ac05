"""The tree of a roadmap.yaml to a `Roadmap`, with every problem on the way collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from . import format as keys
from . import values
from .errors import Problem
from .ids import ID, derive
from .model import (
    FORMAT_VERSION,
    MAX_DEPTH,
    DateRange,
    Kind,
    Link,
    LinkKind,
    Node,
    OptionValue,
    Pace,
    Place,
    Roadmap,
    Tag,
    new_leaf,
)
from .yaml_tree import Mapping, Scalar, Sequence, Tree, place_of

T = TypeVar("T")

_NONE: frozenset[str] = frozenset()
_NOT_DONE: bool | date = False
_NODE_KEYS = keys.SECTION | keys.ITEM
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_KINDS = {kind.value: kind for kind in Kind}
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


class Draft(NamedTuple):
    """A node before its siblings are known, and so its id."""

    title: str
    tree: Tree
    given: dict[str, Tree] | None = None
    """Its keys; None when it is only a title."""
    own_id: str = ""


class Reader:
    """Reads one file. `problems` grows as it goes; a value with a problem is left out of the result."""

    def __init__(self, path: str, *, complete: bool = True) -> None:
        self.path = path
        self.complete = complete
        """Whether the tree is whole; what is missing from half a file is no problem of its own."""
        self.problems: list[Problem] = []
        self.own_ids: dict[str, Place] = {}
        """The ids that the author gave, and where first. Known before any is derived, for none may equal them."""
        self.needs: list[tuple[str, Place]] = []
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
        pace = self._pace(given.get("pace"))
        sections = given.get("sections")
        self.own_ids = _own_ids(sections)
        return Roadmap(
            title,
            self.nodes(sections, Parent()),
            self.text(given.get("description")),
            self.each(given.get("author"), self.line),
            self.value(given.get("language"), values.parse_language, "en"),
            self.value(given.get("start"), values.parse_date, None),
            pace,
            self._tags(given.get("tags")),
            self._exports(given.get("exports")),
            self.path,
        )

    # Problems

    def problem(self, at: Tree, message: str, hint: str = "") -> None:
        """Note a problem at a value of the tree."""
        self.problems.append(Problem(place_of(at), message, hint))

    # Nodes

    def nodes(self, tree: Tree | None, parent: Parent) -> tuple[Node, ...]:
        """Return the nodes of a list: texts are the short form, mappings the long one."""
        if tree is None or _is_empty(tree):
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
            node = new_leaf(draft.title, *itself, *place_of(draft.tree))
            result.append(
                node._replace(
                    children=self.nodes(children, itself) if children is not None else (),
                    own_id=bool(draft.own_id),
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
            new_leaf(text.value, name, f"{prefix}{index}", depth, (mark := text.start_mark).line + 1, mark.column + 1)
            for index, (text, name) in enumerate(zip(texts, names, strict=True), 1)
        ])  # fmt: skip

    def _ids(self, titles: list[str], parent: Parent) -> list[str]:
        """Return derived ids; at the top none may equal an author's, below they hold a `/` and can't."""
        return derive(parent.id, titles, _NONE if parent.id else self.own_ids.keys())

    def draft(self, tree: Tree, depth: int) -> Draft:
        """Return a node's title and keys; one without a title when there is nothing to make it of."""
        what = ("section", "topic", "item")[min(depth, 3) - 1]
        if isinstance(tree, Scalar):
            title = self.line(tree)
            if not title:
                self.problem(tree, f"this {what} is empty", "write its title after the `- `, or delete the line")
            return Draft(title, tree)
        if not isinstance(tree, Mapping):
            self.problem(tree, "a list stands directly in a list", "give it a `title`, and put the list under `items`")
            return Draft("", tree)
        if len(tree.children) == 2 and self._is_accident(tree):
            return Draft("", tree)
        given = self.mapping(tree, keys.SECTION if depth == 1 else keys.ITEM, f"a {what}")
        return Draft(
            self.required_line(tree, given, "title", f"this {what}"), tree, given, self._own_id(given.get("id"))
        )

    def _is_accident(self, tree: Mapping) -> bool:
        """Complain about `- Types: a, b`, which YAML takes for a mapping, and about `- Basics:` with a list below."""
        key, value = tree.children
        if not isinstance(key, Scalar):
            return False
        if key.value in _NODE_KEYS or self._suggestion(key.value, _NODE_KEYS, synonyms=False):
            return False
        if isinstance(value, Scalar):
            text = f"{key.value}: {value.value}".strip().replace('"', '\\"')
            hint = f'put it in quotes: `- "{_short(text)}"`'
            self.problem(key, "this text with a `: ` in it reads as a key and a value", hint)
        else:
            self.problem(
                key, f"`{key.value}` is no key of an item", f"write `title: {key.value}`, and the list under `items:`"
            )
        return True

    def _own_id(self, tree: Tree | None) -> str:
        name = self.line(tree)
        if tree is None or not name:
            return ""
        if not ID.match(name):
            self.problem(tree, f"`{name}` can't be an id", "use small letters, digits and single hyphens")
            return ""
        first = self.own_ids[name]
        if first != place_of(tree):
            self.problem(tree, f"the id `{name}` is used twice, first in line {first.line}", "change one of them")
            return ""
        return name

    def need(self, tree: Tree) -> str:
        """Return an id that must be somewhere in the file; whether it is shows only at its end."""
        name = self.line(tree)
        self.needs.append((name, place_of(tree)))
        return name

    def link(self, tree: Tree) -> Link | None:
        """Return a link: an address, or a mapping with `url`."""
        if isinstance(tree, Scalar):
            url = self.value(tree, values.parse_url, "")
            return Link(url) if url else None
        given = self.mapping(tree, keys.LINK, "a link")
        if "url" not in given:
            self.problem(tree, "this link has no `url`", "add `url: https://…`")
            return None
        url = self.value(given["url"], values.parse_url, "")
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

    def _pace(self, tree: Tree | None) -> Pace | None:
        if tree is None or _is_empty(tree):
            return None
        if isinstance(tree, Scalar):
            return self.value(tree, values.parse_pace, None)
        given = self.mapping(tree, keys.PACE, "a pace")
        if "hours" not in given:
            self.problem(tree, "this pace has no `hours`", "add `hours: 8`")
            return None
        per = self.choice(given.get("per"), {"week": "week", "day": "day"}, "per") or "week"
        names = dict(zip(values.WEEKDAYS, range(7), strict=True))
        days = sorted(set(self.each(given.get("days"), lambda one: self.choice(one, names, "days"))))
        off: Iterable[DateRange] = self.each(
            given.get("off"), lambda one: self.value(one, values.parse_date_range, None)
        )

        def hours_of(text: str) -> float:
            return values.checked_pace(values.parse_hours(text).high, per)

        hours = self.value(given["hours"], hours_of, 0.0)
        return Pace(hours, per, tuple(days) or tuple(range(7)), tuple(sorted(off))) if hours else None

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
                option: OptionValue(_plain(given), place_of(given)) for option, given in self.open_mapping(value, name)
            }
            result[name] = MappingProxyType(options)
        return MappingProxyType(result)

    # Mappings

    def mapping(self, tree: Tree, known: keys.Keys, what: str) -> dict[str, Tree]:
        """Return a mapping's values by key, complaining about unknown and repeated ones; empty when it is none."""
        if not isinstance(tree, Mapping):
            self.problem(tree, f"{what} must be a mapping", "write `key: value` lines")
            return {}
        result: dict[str, Tree] = {}
        for key, value in zip(tree.children[::2], tree.children[1::2], strict=True):
            name = key.value if key.__class__ is Scalar else None
            if name in known and name not in result:
                result[name] = value
            elif name == "<<":
                return self.mapping(_merged(tree), known, what)
            elif name is None:
                self.problem(key, "a key must be a text", "`[`, `{` and `? ` begin something else in YAML: use quotes")
            elif name in result:
                self.problem(key, f"the key `{name}` stands twice", "keep one")
            else:
                near = self._suggestion(name, known)
                hint = f"did you mean `{near}`?" if near else f"it may have: {', '.join(known)}"
                self.problem(key, f"`{_short(name)}` is no key of {what}", hint)
        return result

    @staticmethod
    def _suggestion(word: str, names: keys.Keys, *, synonyms: bool = True) -> str:
        lower = word.strip().lower()
        if lower in names:
            return lower
        if synonyms and keys.SYNONYMS.get(lower) in names:
            return keys.SYNONYMS[lower]
        near = get_close_matches(lower, names, 1, 0.75)
        return near[0] if near else ""

    def open_mapping(self, tree: Tree | None, what: str) -> list[tuple[str, Tree]]:
        """Return the pairs of a mapping whose keys the author names."""
        if tree is None or _is_empty(tree):
            return []
        if not isinstance(tree, Mapping):
            self.problem(tree, f"`{what}` must be a mapping", "write `name: …` lines below it")
            return []
        result: dict[str, Tree] = {}
        for key, value in _merged(tree).pairs():
            if not isinstance(key, Scalar) or not key.value:
                self.problem(key, "a key must be a text", "name it")
            elif key.value in result:
                self.problem(key, f"the key `{key.value}` stands twice", "keep one")
            else:
                result[key.value] = value
        return list(result.items())

    # Values

    def each(self, tree: Tree | None, read: Callable[[Tree], T | None]) -> tuple[T, ...]:
        """Return what `read` makes of each member of a list; a single value is a list of one."""
        if tree is None or _is_empty(tree):
            return ()
        members = tree.children if isinstance(tree, Sequence) and not isinstance(tree, Mapping) else [tree]
        results = (read(member) for member in members)
        return tuple(result for result in results if result is not None and result != "")

    def value(self, tree: Tree | None, parse: Callable[[str], T], default: T) -> T:
        """Return a single value by its parser, or the default when there is none or it is wrong."""
        if tree is None or _is_empty(tree):
            return default
        if not isinstance(tree, Scalar):
            self.problem(tree, "a single value belongs here", "write it on the same line")
            return default
        try:
            return parse(tree.value)
        except ValueError as error:
            self.problem(tree, f"`{_short(tree.value)}` does not fit here", str(error))
            return default

    def choice(self, tree: Tree | None, choices: dict[str, T], key: str) -> T | None:
        """Return one of a few words' meaning."""
        word = self.line(tree)
        if not word or tree is None:
            return None
        if word.lower() in choices:
            return choices[word.lower()]
        near = get_close_matches(word.lower(), choices, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(choices)}"
        self.problem(tree, f"`{word[:60]}` is no {key}", hint)
        return None

    def required_line(self, owner: Tree, given: dict[str, Tree], key: str, what: str) -> str:
        """Return a text that must be there."""
        text = self.line(given.get(key))
        if not text and (self.complete or key in given):
            self.problem(given.get(key, owner), f"{what} has no `{key}`", f"add `{key}: …`")
        return text

    def line(self, tree: Tree | None) -> str:
        """Return a text as one line: white space and line breaks inside become single spaces."""
        return " ".join(self.text(tree).split())

    def text(self, tree: Tree | None) -> str:
        """Return a text: every scalar is its text, whatever YAML would make of it."""
        if tree is None:
            return ""
        if not isinstance(tree, Scalar):
            self.problem(tree, "a text belongs here, not a list or mapping", "put it in quotes if it holds `: ` or `[`")
            return ""
        text: str = tree.value
        if tree.style == '"' and (found := _CONTROL.search(text)):  # only double quotes can write one
            self.problem(tree, f"the control character U+{ord(found[0]):04X} stands in this text", "delete it")
            return _CONTROL.sub("", text)
        return text


def _is_empty(tree: Tree) -> bool:
    """Whether a value was left out: `key:` with nothing after it, or YAML's null."""
    return isinstance(tree, Scalar) and not tree.style and tree.value in ("", "~", "null", "Null", "NULL")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _merged(tree: Mapping) -> Mapping:
    """Return a mapping with the pairs that `<<` brings in, which never replace its own (YAML merge key)."""
    result = Mapping(tree.start_mark)
    brought: list[Any] = []
    for key, value in tree.pairs():
        if isinstance(key, Scalar) and key.value == "<<":
            brought += value.children if value.__class__ is Sequence else [value]
        else:
            result.children += key, value
    seen = {key.value for key in result.children[::2] if isinstance(key, Scalar)}
    for source in brought:
        for key, value in _merged(source).pairs() if isinstance(source, Mapping) else ():
            if isinstance(key, Scalar) and key.value not in seen:
                seen.add(key.value)
                result.children += key, value
    return result


def _foreign_origin(root: Mapping) -> str:
    """Return whose roadmap a file is when it is plainly another tool's."""
    found = {key.value for key in root.children[::2] if isinstance(key, Scalar)}
    return next((origin for signs, origin in _FOREIGN.items() if signs <= found), "")


def _own_ids(sections: Tree | None) -> dict[str, Place]:
    """Return every id that the author gave, and where first."""
    result: dict[str, Place] = {}
    stack: list[Any] = [sections]
    while stack:
        tree = stack.pop()
        if tree.__class__ is Mapping:
            for key, value in zip(tree.children[::2], tree.children[1::2], strict=True):
                if value.__class__ is not Scalar:
                    stack.append(value)
                elif key.value == "id" and key.__class__ is Scalar:
                    result.setdefault(value.value.strip(), place_of(value))
        elif tree.__class__ is Sequence:
            stack += [child for child in reversed(tree.children) if child.__class__ is not Scalar]
    return result


def _plain(tree: Tree) -> Any:
    """Return a value under `exports:` as plain Python, by YAML 1.2's core schema."""
    if isinstance(tree, Mapping):
        return {key.value if isinstance(key, Scalar) else "": _plain(value) for key, value in tree.pairs()}
    if isinstance(tree, Sequence):
        return [_plain(child) for child in tree.children]
    text: str = tree.value
    if tree.style:
        return text
    if _is_empty(tree):
        return None
    for parse in (values.parse_bool, int, float):
        try:
            return parse(text)
        except ValueError:
            continue
    return text


_NODE_READERS: dict[str, Callable[[Reader, Tree], Any]] = {
    "icon": Reader.line,
    "summary": Reader.line,
    "notes": Reader.text,
    "tags": lambda reader, tree: reader.each(tree, reader.line),
    "links": lambda reader, tree: reader.each(tree, reader.link),
    "hours": lambda reader, tree: reader.value(tree, values.parse_hours, None),
    "needs": lambda reader, tree: reader.each(tree, reader.need),
    "due": lambda reader, tree: reader.value(tree, values.parse_date, None),
    "kind": lambda reader, tree: reader.choice(tree, _KINDS, "kind") or Kind.TASK,
    "optional": lambda reader, tree: reader.value(tree, values.parse_bool, default=False),
    "done": lambda reader, tree: reader.value(tree, values.parse_done, _NOT_DONE),
    "was": lambda reader, tree: reader.each(tree, reader.line),
}
"""How each key of a node is read; the others (title, id, topics, items) make the node itself."""
