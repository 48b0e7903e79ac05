"""What changed between two roadmaps, as values. Pure: which entry is which is the matcher's to say.

The fields to compare are those that `Node` and `Roadmap` have, so that a new one is compared from its first day; those
that only say who or where an entry is are declared as such.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from ..identity.matching import match
from ..identity.outline import TOP, Outline, outline_of
from ..identity.replaced import replaced
from ..model import Node, OptionValue, Roadmap
from ..text import plain

NODE_STRUCTURE = frozenset({"id", "number", "depth", "children", "was", "own_id", "line", "column"})
"""Fields of a node that say who it is and where it stands, which matching, moves and order tell."""
ROADMAP_STRUCTURE = frozenset({"sections", "path"})
NODE_FIELDS = tuple(name for name in Node._fields if name not in NODE_STRUCTURE)
ROADMAP_FIELDS = tuple(field.name for field in fields(Roadmap) if field.name not in ROADMAP_STRUCTURE)
VERBS = ("added", "gone", "retitled", "moved", "changed", "reordered")
"""What may be told of an entry, in the order in which it is counted."""


class EntryRef(NamedTuple):
    """An entry, named as its own version of the roadmap has it; without id and number the roadmap itself."""

    id: str
    number: str
    title: str
    """Plain text."""


class FieldChange(NamedTuple):
    """A field that says something else now. Values are plain ones, as JSON has them; dates in ISO 8601."""

    field: str
    old: Any
    new: Any


class Move(NamedTuple):
    """Below what an entry stood, and stands."""

    old: EntryRef
    new: EntryRef


class Shift(NamedTuple):
    """An entry that stands elsewhere among its siblings."""

    old: EntryRef
    new: EntryRef


class NodeChange(NamedTuple):
    """All that changed of one entry."""

    old: EntryRef | None
    """None for one that was added."""
    new: EntryRef | None
    """None for one that is gone."""
    fields: tuple[FieldChange, ...] = ()
    moved: Move | None = None
    became: str = ""
    """`group` or `leaf`, where it was the other."""
    order: tuple[Shift, ...] = ()
    """Those of its children that stand elsewhere now, as few as explain the new order."""
    above: EntryRef | None = None
    """Below what it came, or went."""
    below: tuple[EntryRef, ...] = ()
    """All that came, or went, with it."""

    @property
    def entry(self) -> EntryRef:
        """The entry as it is now, or was last."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def is_retitled(self) -> bool:
        """Whether it has another title."""
        return any(change.field == "title" for change in self.fields)

    @property
    def details(self) -> tuple[FieldChange, ...]:
        """The fields without its title."""
        return tuple(change for change in self.fields if change.field != "title")

    def verbs(self) -> Iterator[str]:
        """Yield what is told of it, of `VERBS`."""
        if self.old is None or self.new is None:
            yield "added" if self.old is None else "gone"
            return
        told = (self.is_retitled, self.moved, self.details or self.became, self.order)
        yield from (verb for verb, is_told in zip(VERBS[2:], told, strict=True) if is_told)


class Part(NamedTuple):
    """The changes in one section, or of the roadmap itself."""

    heading: EntryRef
    changes: tuple[NodeChange, ...]


class Difference(NamedTuple):
    """All that changed, in reading order: first the roadmap itself, then section by section."""

    parts: tuple[Part, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """How many entries each verb is told of; what came or went with a group counts too."""
        found: Counter[str] = Counter()
        for part in self.parts:
            for change in part.changes:
                for verb in change.verbs():
                    found[verb] += 1 + len(change.below)
        return found


def compare(old: Roadmap, new: Roadmap) -> Difference:
    """Return what changed from one roadmap to another."""
    return _Comparison(old, new).difference()


def added(old: Roadmap, new: Roadmap) -> frozenset[str]:
    """Return the ids of the entries that a roadmap has and an older one had not."""
    found = _Comparison(old, new)
    return frozenset(node.id for place, node in enumerate(found.new.nodes) if place not in found.origins)


def as_data(value: Any) -> Any:
    """Return a field's value, or any of the values above, as plain data that JSON can hold."""
    if isinstance(value, OptionValue):
        return value.texts[0] if len(value.texts) == 1 else list(value.texts) or as_data(value.value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: as_data(member) for name, member in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): as_data(member) for key, member in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_data(member) for member in value]
    if isinstance(value, str):
        return value.rstrip()  # how a text ends is its YAML's matter
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


class _Side:
    """One of the two roadmaps with its tables, by the places of its outline."""

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self.outline: Outline = outline_of(roadmap)
        self.nodes = list(roadmap.walk())
        self.sections: list[int] = []
        """The section that each entry stands in, by its place."""
        for place, entry in enumerate(self.outline):
            self.sections.append(place if entry.parent == TOP else self.sections[entry.parent])

    @cached_property
    def places(self) -> dict[str, int]:
        return {node.id: place for place, node in enumerate(self.nodes)}

    def ref(self, place: int) -> EntryRef:
        if place == TOP:
            return EntryRef("", "", plain(self.roadmap.title))
        node = self.nodes[place]
        return EntryRef(node.id, node.number, self.outline[place].title)


class _PartKey(NamedTuple):
    """Which part of a difference a change is told in, and where that part comes."""

    section: int
    """The section of the new roadmap that it is, or that it comes after."""
    is_gone: bool = False
    """Whether it is a section of the old one that is gone."""
    gone: int = 0


class _Comparison:
    def __init__(self, old: Roadmap, new: Roadmap) -> None:
        self.old, self.new = _Side(old), _Side(new)
        matching = match(self.old.outline, self.new.outline)
        others = replaced(matching, self.old.nodes, self.new.nodes, self.old.outline, self.new.outline)
        self.pairs = {TOP: TOP, **{old: new for old, new in matching.pairs.items() if old not in others}}
        self.origins = {new: old for old, new in self.pairs.items()}

    def difference(self) -> Difference:
        """Return all changes; a part's key, and a change's in it, is where it belongs in the new roadmap."""
        found: dict[_PartKey, dict[tuple[int, int], NodeChange]] = {}
        top = self._change_of(TOP, TOP)
        if any(top.verbs()):
            found[_PartKey(TOP)] = {(TOP, 0): top}
        for place, entry in enumerate(self.new.outline):
            origin = self.origins.get(place)
            if origin is not None:
                change = self._change_of(origin, place)
            elif entry.parent in self.origins:
                below = _unmatched(self.new, place, self.origins)
                change = NodeChange(None, self.new.ref(place), above=self.new.ref(entry.parent), below=below)
            else:
                continue
            if any(change.verbs()):
                found.setdefault(_PartKey(self.new.sections[place]), {})[place, TOP] = change
        before = TOP, TOP
        for place, entry in enumerate(self.old.outline):
            partner = self.pairs.get(place)
            if partner is not None:
                before = self.new.sections[partner], partner
            elif entry.parent in self.pairs:
                key = self._part_of_gone(place, before[0])
                below = _unmatched(self.old, place, self.pairs)
                change = NodeChange(self.old.ref(place), None, above=self.old.ref(entry.parent), below=below)
                after = before[1] if before[0] == key.section else key.section
                found.setdefault(key, {})[after, place] = change
        return Difference(
            tuple(
                Part(self._heading(key), tuple(change for _, change in sorted(found[key].items())))
                for key in sorted(found)
            )
        )

    def _part_of_gone(self, place: int, before: int) -> _PartKey:
        """Return where a gone entry is told: where its section is now, else apart, after what stood before it."""
        section = self.old.sections[place]
        now = self.pairs.get(section)
        return _PartKey(before, is_gone=True, gone=section) if now is None else _PartKey(self.new.sections[now])

    def _heading(self, key: _PartKey) -> EntryRef:
        return self.old.ref(key.gone) if key.is_gone else self.new.ref(key.section)

    def _change_of(self, old: int, new: int) -> NodeChange:
        """Return what changed of a pair; `TOP` is the roadmap itself."""
        told = NodeChange(self.old.ref(old), self.new.ref(new), order=self._order(old, new))
        if new == TOP:
            names, was, now = ROADMAP_FIELDS, self.old.roadmap, self.new.roadmap
            return told._replace(fields=tuple(_differing(was, now, names)))
        before, after = self.old.nodes[old], self.new.nodes[new]
        above, above_now = self.old.outline[old].parent, self.new.outline[new].parent
        if self.pairs.get(above) != above_now:
            told = told._replace(moved=Move(self.old.ref(above), self.new.ref(above_now)))
        if bool(before.children) != bool(after.children):
            told = told._replace(became="group" if after.children else "leaf")
        changes = tuple(_differing(before, after, [name for name in NODE_FIELDS if name != "needs"]))
        return told._replace(fields=changes + self._needs(before, after))

    def _needs(self, before: Node, after: Node) -> tuple[FieldChange, ...]:
        """Compare what two entries need by what that is now, for ids change with titles."""
        if not before.needs and not after.needs:
            return ()
        was = [self._needed(self.old.places[name]) for name in before.needs]
        now = [self.new.ref(self.new.places[name]) for name in after.needs]
        if sorted(was) == sorted(now):
            return ()
        return (FieldChange("needs", as_data(was), as_data(now)),)

    def _needed(self, old: int) -> EntryRef:
        now = self.pairs.get(old)
        return self.old.ref(old) if now is None else self.new.ref(now)

    def _order(self, old: int, new: int) -> tuple[Shift, ...]:
        """Return which children must be taken out and put back to get from the old order to the new one."""
        owner = self.new.roadmap if new == TOP else self.new.nodes[new]
        children = owner.sections if isinstance(owner, Roadmap) else owner.children
        stayed = []
        for child in children:
            place = self.new.places[child.id]
            origin = self.origins.get(place)
            if origin is not None and self.old.outline[origin].parent == old:
                stayed.append((origin, place))
        kept = _longest_rising([origin for origin, _ in stayed])
        return tuple(Shift(self.old.ref(a), self.new.ref(b)) for a, b in stayed if a not in kept)


def _differing(old: Any, new: Any, names: Sequence[str]) -> Iterator[FieldChange]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            was, now = as_data(before), as_data(after)
            if was != now:
                yield FieldChange(name, was, now)


def _unmatched(side: _Side, place: int, matched: Mapping[int, int]) -> tuple[EntryRef, ...]:
    """Return what came, or went, with an entry: all below it that has no partner, up to what has one."""
    found = []
    members = {place}
    for below in range(place + 1, len(side.outline)):
        parent = side.outline[below].parent
        if parent < place:
            break
        if parent in members and below not in matched:
            members.add(below)
            found.append(side.ref(below))
    return tuple(found)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return a longest rising subsequence of different numbers."""
    ends: list[int] = []
    before: dict[int, int] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        if at:
            before[number] = ends[at - 1]
        ends[at : at + 1] = [number]
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before.get(last)
    return frozenset(kept)
