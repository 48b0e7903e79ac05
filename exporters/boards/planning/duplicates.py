"""What stands twice because two pushes ran at once: found, and merged into the one that is remembered. Pure.

Of our own making is only what says the same in the same place as one of ours, and was made within minutes of it; what
a person copied, wrote or changed is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..model.board import ABOVE, CARD, CHECKLIST, ITEM, LABEL, LIST, ActualCard, ActualChecklist, ObjectKey
from ..model.containment import BoardObject
from ..model.marker import unmarked
from .board_matching import Matched
from .changes import DOUBLE, Action, BoardChange, Turn
from .prune import as_text

WINDOW = 600
"""Seconds between the makings of the two, at most."""
_ADDRESS = re.compile(r"https?://\S+/c(?:ards)?/\w+")


class Duplicate(NamedTuple):
    """A second one."""

    kind: str
    place: BoardObject
    first: ObjectKey
    """The one that stays."""


def duplicates(matched: Matched) -> list[Duplicate]:
    """Return what stands twice; what goes with something that goes is told, too, for its ticks."""
    return list(_Search(matched).found())


def duplicate_changes(found: list[Duplicate], deleted: frozenset[str]) -> Iterator[BoardChange]:
    """Yield the changes that take duplicates away; what can't be archived is deleted, and kept as text."""
    gone = {one.place.value.id for one in found}
    for index, one in enumerate(sorted(found, key=lambda one: (one.kind == LIST, one.kind == LABEL))):
        value = one.place.value
        if one.kind in (CHECKLIST, ITEM) and one.place.parent in gone:
            continue
        deletes = one.kind in deleted or one.kind == LABEL
        text = as_text(one.kind, value) if one.kind in (CHECKLIST, ITEM) else ""
        ref = ObjectKey(one.kind, f"={value.id}")
        fields = {"closed": True}
        yield BoardChange(
            Turn(DOUBLE, index),
            Action.ARCHIVE,
            ref,
            value.name,
            None,
            fields,
            value.id,
            one.place.parent,
            deletes,
            text,
        )


class _Search:
    def __init__(self, matched: Matched) -> None:
        self.matched = matched
        self.by_id = matched.by_id
        self.refs = {(ref.kind, place.value.id): ref for ref, place in matched.there.items()}
        known = {(ref.kind, record.id) for ref, record in matched.state.records.items()}
        self.strange = {
            kind: {id_: place for id_, place in table.items() if (kind, id_) not in known and place.value.made}
            for kind, table in self.by_id.items()
        }

    def found(self) -> Iterator[Duplicate]:
        cards = [one for place in self.strange[CARD].values() if (one := self._card(place))]
        going = {one.place.value.id for one in cards}
        for card in cards:
            yield card
            yield from self._inside(card)
        for id_, place in self.strange[LIST].items():
            held = [one for one in self.by_id[CARD].values() if one.parent == id_ and not one.value.closed]
            if not place.value.closed and all(one.value.id in going for one in held):
                yield from self._like(LIST, place, "")
        used = {
            label for card in self.by_id[CARD].values() if card.value.id not in going for label in card.value.label_ids
        }
        for id_, place in self.strange[LABEL].items():
            if id_ not in used:
                yield from self._like(LABEL, place, "")
        for kind in (CHECKLIST, ITEM):
            for place in self.strange[kind].values():
                if (ABOVE[kind], place.parent) in self.refs:
                    yield from self._like(kind, place, place.parent)

    def _card(self, place: BoardObject) -> Duplicate | None:
        value: ActualCard = place.value
        ref = ObjectKey(CARD, unmarked(value.desc).key)
        first = self.matched.there.get(ref)
        if value.closed or not ref.key or first is None or not _at_once(value, first.value):
            return None
        same = all(_said(value, name) == _said(first.value, name) for name in ("name", "desc", "start", "due"))
        alike = {row.name: row for row in first.value.checklists}
        inside = all(row.name in alike and _holds(alike[row.name], row) for row in value.checklists)
        if same and inside and not value.comments and self._labels(value) <= self._labels(first.value):
            return Duplicate(CARD, place, ref)
        return None

    def _inside(self, card: Duplicate) -> Iterator[Duplicate]:
        """Yield what a duplicate card holds, item by item, with what it doubles."""
        first = self.matched.there[card.first].value
        for checklist in card.place.value.checklists:
            its = next(row for row in first.checklists if row.name == checklist.name)
            yield from self._items(checklist, its, card.place.value.id)

    def _items(self, checklist: ActualChecklist, first: ActualChecklist, holder: str) -> Iterator[Duplicate]:
        """Yield each item with the one that it doubles; it goes with what holds it."""
        free = list(first.items)
        for item in checklist.items:
            its = next((row for row in free if row.name == item.name), None)
            if its is not None:
                free.remove(its)
                if ref := self.refs.get((ITEM, its.id)):
                    yield Duplicate(ITEM, BoardObject(item, holder), ref)

    def _like(self, kind: str, place: BoardObject, parent: str) -> Iterator[Duplicate]:
        """Yield a duplicate of one of ours of that name beside it, and what it holds."""
        value = place.value
        for (its_kind, _), ref in self.refs.items():
            first = self.matched.there[ref]
            if its_kind != kind or first.parent != parent or first.value.name != value.name:
                continue
            if not _at_once(value, first.value) or getattr(value, "color", "") != getattr(first.value, "color", ""):
                continue
            if kind == CHECKLIST:
                if not _holds(first.value, value):
                    continue
                yield from self._items(value, first.value, value.id)
            yield Duplicate(kind, place, ref)
            return

    def _labels(self, card: ActualCard) -> set[tuple[str, str]]:
        found = (self.by_id[LABEL].get(id_) for id_ in card.label_ids)
        return {(one.value.name, one.value.color) for one in found if one}


def _said(card: ActualCard, name: str) -> str:
    """Return a field; addresses of cards are other ones on each side."""
    return _ADDRESS.sub("", str(getattr(card, name))) if name == "desc" else str(getattr(card, name))


def _holds(first: ActualChecklist, other: ActualChecklist) -> bool:
    """Whether a checklist has every item of another one."""
    names = [item.name for item in first.items]
    for item in other.items:
        if item.name not in names:
            return False
        names.remove(item.name)
    return True


def _at_once(value: Any, other: Any) -> bool:
    """Whether two objects were made within minutes."""
    return bool(other.made) and abs(value.made - other.made) <= WINDOW
