"""Whatever a reader made of a foreign document, brought to what a roadmap.yaml can hold.

The one place where that is decided, by the loader's own parsers, so that no importer can write a file that does not
load. A value that does not fit is left out or told as text, and recorded; the entry it stood at stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...core.model import MAX_DEPTH, LinkKind, Node
from ...core.roadmap_file import value_parsers as parsers
from ...core.roadmap_file.field_reader import CONTROL
from ...core.roadmap_file.format import COLORS, NODE, FieldType
from ...core.roadmap_file.ids import ID
from ...core.roadmap_file.loading import read_with_problems
from ...core.roadmap_file.prerequisites import find_circle
from ...core.text import is_safe_url
from .decoding import cleaned
from .draft import Account, DraftNode, DraftRoadmap, Imported
from .yaml_writer import yaml_text

_PARSERS: dict[FieldType, Callable[[str], object]] = {
    FieldType.HOURS: parsers.parse_hours,
    FieldType.DATE: parsers.parse_date,
    FieldType.DONE: parsers.parse_done,
}
_LINK_KINDS = frozenset(kind.value for kind in LinkKind)
_LONGEST_KEY = 200
"""Characters of a tag's or exporter's name; YAML has no keys above a thousand."""
_OPTION_DEPTH = 10
_MOST_CIRCLES = 50


def make_loadable(imported: Imported) -> None:
    """Change a roadmap in the making so that what is written of it loads."""
    roadmap, account = imported.roadmap, imported.account
    fitter = _Fitter(account)
    fitter.head(roadmap)
    _bound_depth(roadmap)
    for draft in roadmap.walk():
        fitter.entry(draft)
    if fitter.removed:
        account.notices.append(f"{fitter.removed} control characters were removed.")
    if any(draft.needs for draft in roadmap.walk()):
        _settle_needs(roadmap, account)


class _Fitter:
    """Brings values within what a file can hold."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.ids: set[str] = set()
        self.removed = 0
        """Control characters that went."""

    def head(self, roadmap: DraftRoadmap) -> None:
        """Bring the roadmap's own fields within it."""
        roadmap.title = self.line(roadmap.title) or "…"
        roadmap.description = self.text(roadmap.description)
        roadmap.authors = [name for name in map(self.line, roadmap.authors) if name]
        roadmap.learner = self.line(roadmap.learner)
        for key, parse in (("language", parsers.parse_language), ("start", parsers.parse_date), ("pace", _parse_pace)):
            value = getattr(roadmap, key)
            if value and not _fits(parse, value):
                self.account.leave_out(0, f"`{key}` that does not fit", str(value)[:200])
                setattr(roadmap, key, "")
        roadmap.tags = {
            name: self.tag(tag) for name, tag in roadmap.tags.items() if _is_key(name) and isinstance(tag, dict)
        }
        roadmap.exports = {
            name: {key: value for key, value in options.items() if _is_key(key) and _is_option(value)}
            for name, options in roadmap.exports.items()
            if _is_key(name) and isinstance(options, dict)
        }

    def entry(self, draft: DraftNode) -> None:
        """Bring an entry's fields within it."""
        draft.title = self.line(draft.title) or self.line(draft.icon) or "…"
        if draft.id and (not ID.match(draft.id) or draft.id in self.ids):
            self.account.leave_out(draft.line, "id that does not fit", draft.id)
            draft.id = ""
        self.ids.add(draft.id)
        for field in NODE:
            value = getattr(draft, field.key)
            if not value:
                continue
            match field.type:
                case FieldType.SIGN | FieldType.LINE:
                    value = self.line(value)
                case FieldType.BLOCKS:
                    value = self.text(value)
                case FieldType.NAMES | FieldType.NODES:
                    value = [name for name in map(self.line, value) if name]
                case FieldType.CHOICE:
                    value = self.kept(draft, field.key, fits=value in {choice.value for choice in field.choices})
                case FieldType.HOURS | FieldType.DATE | FieldType.DONE:
                    value = self.kept(draft, field.key, fits=_fits(_PARSERS[field.type], value))
                case FieldType.LINKS:
                    value = list(self.links(draft, value))
            setattr(draft, field.key, value)

    def links(self, draft: DraftNode, links: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
        """Yield the links that fit; an address that is refused stays as text."""
        for url, title, kind in links:
            link = self.line(url), self.line(title), kind if kind in _LINK_KINDS else ""
            if is_safe_url(link[0]):
                yield link
            else:
                draft.add_link(*link)

    def kept(self, draft: DraftNode, key: str, *, fits: bool) -> str:
        """Return a field's value when it fits; else record it."""
        value: str = getattr(draft, key)
        if not fits:
            self.account.leave_out(draft.line, f"`{key}` that does not fit", value)
        return value if fits else ""

    def tag(self, tag: dict[str, Any]) -> dict[str, str]:
        """Return how a tag is shown."""
        title, color = self.line(tag.get("title") or ""), tag.get("color")
        return ({"title": title} if title else {}) | ({"color": color} if color in COLORS else {})

    def line(self, text: Any) -> str:
        """Return a text as one line, as the loader does."""
        return " ".join(self.text(str(text)).split())

    def text(self, text: str) -> str:
        """Return a text without control characters."""
        if not CONTROL.search(text):
            return text
        text, removed = cleaned(text)
        self.removed += removed
        return text


def _bound_depth(roadmap: DraftRoadmap) -> None:
    """Turn what lies deeper than a roadmap nests into notes of the deepest entry."""
    stack = [(section, 1) for section in roadmap.sections]
    while stack:
        draft, depth = stack.pop()
        if depth < MAX_DEPTH:
            stack.extend((child, depth + 1) for child in draft.children)
            continue
        below = [f"- {inner.title}" for inner in draft.walk() if inner is not draft]
        draft.children = []
        draft.add_note("\n".join(below))


def _settle_needs(roadmap: DraftRoadmap, account: Account) -> None:
    """Take out needs that no entry answers to, and those that run in a circle."""
    loaded = read_with_problems(yaml_text(roadmap))[0]
    pairs = list(zip(roadmap.walk(), loaded.walk(), strict=True))
    nodes = {node.id: node for _, node in pairs}
    drafts = {node.id: draft for draft, node in pairs}

    def drop(node: Node, needs: set[str], why: str) -> None:
        draft = drafts[node.id]
        for need in needs & set(draft.needs):
            account.leave_out(draft.line, why, need)
        draft.needs = [need for need in draft.needs if need not in needs]
        nodes[node.id] = node._replace(needs=tuple(draft.needs))

    for node in list(nodes.values()):
        if node.needs:
            drop(node, set(node.needs) - nodes.keys(), "`needs` of what is not there")
    for _ in range(_MOST_CIRCLES):
        circle = find_circle(nodes)
        if not circle:
            return
        for one in {node.id for node in circle}:
            drop(nodes[one], {node.id for node in circle}, "`needs` in a circle")
    for node in list(nodes.values()):
        drop(node, set(node.needs), "`needs` in a circle")


def _is_key(name: str) -> bool:
    return bool(name) and len(name) <= _LONGEST_KEY and not CONTROL.search(name) and "\n" not in name


def _is_option(value: Any, depth: int = 0) -> bool:
    """Whether a value is plain data that a file can hold."""
    if isinstance(value, (list, dict)) and depth < _OPTION_DEPTH:
        keys = value if isinstance(value, dict) else ()
        members = value.values() if isinstance(value, dict) else value
        return all(map(_is_key, keys)) and all(_is_option(one, depth + 1) for one in members)
    if isinstance(value, str):
        return not CONTROL.search(value)
    return value is None or isinstance(value, (bool, int, float))


def _parse_pace(value: Any) -> None:
    """Raise ValueError when a pace, a text or a mapping of plain values, is none."""
    if isinstance(value, str):
        parsers.parse_pace(value)
    elif not _is_option(value) or read_with_problems(yaml_text(DraftRoadmap("…", pace=value)))[1]:
        raise ValueError


def _fits(parse: Callable[[Any], object], value: Any) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True
