"""Whose tick is it? Recorded ids to the leaves of a roadmap that has been edited since.

In this order: the id itself; an id in a node's `was`, its own or one above it; the same title, when only one new leaf
has it, or one in the same place; the same place among leaves that are known, when nothing else can have come there.
A leaf that was there when the record was last written, unticked, never gets another's tick: the record's outline
tells what is new. What cannot be matched stays, as an orphan, and is matched again whenever the roadmap changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .model import Node, Roadmap
from .progress import Tick
from .progress_file import MARK_BYTES, Entry, Record, marks


class Carried(NamedTuple):
    """A record brought to the present roadmap."""

    ticks: Mapping[str, Tick]
    """By the present ids of leaves."""
    moved: Mapping[str, str]
    """Recorded id → present id, where they differ."""
    orphans: Mapping[str, Entry]
    notices: tuple[str, ...]
    """One sentence for each tick that was carried over by title or place, and for each new orphan."""


def carry(record: Record, roadmap: Roadmap) -> Carried:
    """Return whose each recorded tick is now. No entry is lost: each is in `ticks` or in `orphans`."""
    entries = record.all
    if not entries:
        return Carried(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}), ())
    leaves = {leaf.id: leaf for leaf in roadmap.leaves()}
    ticks = {key: entry.tick for key, entry in entries.items() if key in leaves}
    if len(ticks) == len(entries):
        return Carried(MappingProxyType(ticks), MappingProxyType({}), MappingProxyType({}), ())
    missing = [key for key in entries if key not in leaves]
    moved = _by_former_id(missing, roadmap, leaves, ticks)
    silent = set(moved)
    rest = {key: entries[key] for key in missing if key not in moved}
    if rest:
        moved.update(_Likeness(record, leaves, taken={*ticks, *moved.values()}).match(rest))
    ticks.update((now, entries[then].tick) for then, now in moved.items())
    orphans = {key: entry for key, entry in rest.items() if key not in moved}
    notices = [_carried_over(entries[then], leaves[now]) for then, now in moved.items() if then not in silent]
    parents = {node.id for node in roadmap.walk() if node.children}
    notices += [_orphaned(key, entry, parents) for key, entry in orphans.items() if key not in record.orphans]
    return Carried(MappingProxyType(ticks), MappingProxyType(moved), MappingProxyType(orphans), tuple(notices))


def _by_former_id(
    missing: list[str], roadmap: Roadmap, leaves: Mapping[str, Node], taken: Mapping[str, Tick]
) -> dict[str, str]:
    """Match through `was`, also of a node above: with `was: [old]` on `new`, `old/a/b` is `new/a/b`."""
    former = {old: node.id for node in roadmap.walk() for old in node.was}
    moved: dict[str, str] = {}
    if not former:
        return moved
    used = set(taken)
    for key in missing:
        head, tail = key, ""
        while head:
            if head in former and (now := former[head] + tail) in leaves and now not in used:
                moved[key] = now
                used.add(now)
                break
            head, _, last = head.rpartition("/")
            tail = f"/{last}{tail}"
    return moved


class _Likeness:
    """Matching by title and place."""

    def __init__(self, record: Record, leaves: Mapping[str, Node], *, taken: set[str]) -> None:
        outline = record.outline
        self.then = [outline[at : at + MARK_BYTES] for at in range(0, len(outline), MARK_BYTES)]
        self.leaves = leaves
        self.order = list(leaves)
        now = marks(self.order)
        self.now = [now[at : at + MARK_BYTES] for at in range(0, len(now), MARK_BYTES)]
        known = set(self.then)
        self.new = {
            key: index
            for index, (key, mark) in enumerate(zip(self.order, self.now, strict=True))
            if mark not in known and key not in taken
        }

    def match(self, missing: Mapping[str, Entry]) -> dict[str, str]:
        places = self._places(missing)
        by_title: dict[str, list[str]] = defaultdict(list)
        for key in self.new:
            by_title[_folded(self.leaves[key].title)].append(key)
        rivals: dict[str, int] = defaultdict(int)
        for entry in missing.values():
            rivals[_folded(entry.title)] += 1
        moved: dict[str, str] = {}
        for key, entry in missing.items():
            title = _folded(entry.title)
            alike = by_title.get(title, []) if title else []
            if places.get(key) in alike:
                moved[key] = places[key]
            elif len(alike) == 1 and rivals[title] == 1:
                moved[key] = alike[0]
            elif alike and (near := _nearest(key, alike)):
                moved[key] = near
        used: dict[str, int] = defaultdict(int)
        for now in moved.values():
            used[now] += 1
        moved = {key: now for key, now in moved.items() if used[now] == 1}
        for key, now in places.items():
            if key not in moved and now not in used and _parent(key) == _parent(now):
                moved[key] = now
                used[now] += 1
        return moved

    def _places(self, missing: Mapping[str, Entry]) -> dict[str, str]:
        """Return for recorded ids the new leaf in the same place: as many came between two kept leaves as went."""
        if not self.then:
            return {}
        position = {mark: index for index, mark in enumerate(self.now)}
        recorded = {mark: key for key in missing for mark in (marks([key]),)}
        fresh = set(self.new.values())
        places: dict[str, str] = {}
        gone: list[bytes] = []
        left = -1
        for mark in [*self.then, b""]:
            here = position.get(mark) if mark else len(self.now)
            if here is None:
                gone.append(mark)
                continue
            came = range(left + 1, here)
            if gone and len(came) == len(gone) and all(index in fresh for index in came):
                for old, index in zip(gone, came, strict=True):
                    if old in recorded:
                        places[recorded[old]] = self.order[index]
            gone = []
            left = here
        return places


def _nearest(key: str, candidates: list[str]) -> str:
    """Return the one candidate whose path shares most with a recorded id, or nothing when two share as much."""
    path = set(key.split("/"))
    ranked = sorted(((len(path & set(other.split("/"))), other) for other in candidates), reverse=True)
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] > ranked[1][0] else ""


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _parent(key: str) -> str:
    return key.rpartition("/")[0]


def _carried_over(entry: Entry, leaf: Node) -> str:
    now = f"{leaf.number} {leaf.title!r}"
    if _folded(entry.title) == _folded(leaf.title):
        return f"{entry.tick.state.value} {entry.title!r} has moved and is now {leaf.number}; its tick went along."
    return f"{entry.tick.state.value} {entry.title!r} is now {now}: its tick was carried over by its place."


def _orphaned(key: str, entry: Entry, parents: set[str]) -> str:
    title = repr(entry.title or key)
    if key in parents:
        return f"{title} was ticked and now has items of its own; its tick is kept until it has none."
    return f"{title} was ticked and is no longer in the roadmap; its tick is kept and comes back when it does."
