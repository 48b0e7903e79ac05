"""The board as outlines for the matcher: as the state remembers it, and as the roadmap has it.

An entry is what one node of the roadmap became. Of what had to be split only the first part is one; all that the parts
hold stands below it. An id is kind and key: a list is no card, though both be of one section.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from ....core.identity.outline import TOP, Entry, Outline
from ....core.text import plain
from ..model.board import ABOVE, BELOW, BOARD_REF, CHECKLIST, ITEM, ObjectKey, WantedBoard
from ..model.containment import Places, children_of
from .state import SyncedObject

_PART = re.compile(r" \(\d+/\d+\)\Z")


class Outlined(NamedTuple):
    """An outline, and which object each of its entries is."""

    refs: tuple[ObjectKey, ...]
    outline: Outline


def wanted_outline(wanted: WantedBoard, names: Mapping[ObjectKey, str]) -> Outlined:
    """Return the board as it should be."""
    children: dict[ObjectKey, list[ObjectKey]] = defaultdict(list)
    for parent, refs in children_of(wanted):
        children[first(parent, names)] += [ref for ref in refs if first(ref, names) == ref]

    def entry(ref: ObjectKey, parent: int) -> Entry:
        was = tuple(f"{ref.kind} {key}" for key in wanted.was.get(ref.key, ()))
        return Entry(_title(ref, names[ref], names), parent, " ".join(ref), ref.key in wanted.given, was)

    return _outlined(children, entry)


def remembered_outline(
    records: Mapping[ObjectKey, SyncedObject], by_id: Places, given: Container[str] | None
) -> Outlined:
    """Return the board as it was after the last push: names as they were sent, everything where it was put.

    `given` are the keys that say of themselves who is who; None when all do, for an unfinished push gave them.
    """
    order = {
        ObjectKey(BELOW[parent.kind], key): (len(parent.key), parent.key, place)
        for parent, record in records.items()
        for place, key in enumerate(record.order)
    }
    owners = {(ref.kind, record.id): ref for ref, record in records.items()}
    children: dict[ObjectKey, list[ObjectKey]] = defaultdict(list)
    for ref in sorted(records, key=lambda ref: order.get(ref, (sys.maxsize, "", 0))):
        if ref.kind in ABOVE and first(ref, records) == ref:
            record, above = records[ref], ABOVE[ref.kind]
            parent = ObjectKey(above, record.sent.get(above, order[ref][1] if ref in order else ""))
            if parent not in records:
                place = by_id[ref.kind].get(record.id)
                parent = owners.get((above, place.parent if place else ""), BOARD_REF)
            children[first(parent, records)].append(ref)

    def entry(ref: ObjectKey, parent: int) -> Entry:
        record = records[ref]
        name = record.sent.get("name")
        known = given is None or name is None or ref.key in given
        place = by_id[ref.kind].get(record.id) if name is None else None
        return Entry(_title(ref, place.value.name if place else name or "", records), parent, " ".join(ref), known)

    return _outlined(children, entry)


def first(ref: ObjectKey, known: Container[ObjectKey]) -> ObjectKey:
    """Return the first part of what was split, if it is known."""
    whole = ObjectKey(ref.kind, ref.key.partition("#")[0])
    return whole if whole in known else ref


def _outlined(children: Mapping[ObjectKey, Sequence[ObjectKey]], entry: Callable[[ObjectKey, int], Entry]) -> Outlined:
    refs: list[ObjectKey] = []
    entries: list[Entry] = []
    stack = [(ref, TOP) for ref in reversed(children.get(BOARD_REF, ()))]
    while stack:
        ref, parent = stack.pop()
        stack += [(child, len(refs)) for child in reversed(children.get(ref, ()))]
        refs.append(ref)
        entries.append(entry(ref, parent))
    return Outlined(tuple(refs), tuple(entries))


def _title(ref: ObjectKey, name: str, known: Container[ObjectKey]) -> str:
    """Return a name as a title: a group's without what is above it, an item's without Markdown, `(1/2)` left out."""
    if ObjectKey(ref.kind, f"{ref.key}#2") in known:
        name = _PART.sub("", name)
    if ref.kind == CHECKLIST:
        return name.rpartition(" › ")[2]
    return plain(name) if ref.kind == ITEM else name
