"""What left the roadmap: it stays, unless one asks for pruning, and then only what holds nobody's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.board import ABOVE, CARD, CHECKLIST, ITEM, LABEL, LIST, ActualCard, ActualItem, ObjectKey
from ..model.containment import BoardObject
from ..model.marker import unmarked
from .board_matching import Matched
from .changes import LEAVING, Action, BoardChange, Turn
from .state import SyncedObject, fingerprint

SHARE = 1 / 3
"""More than this part of our objects at once asks for `--force`."""


def leftover_changes(
    matched: Matched,
    moving: set[str],
    prune: bool,
    force: bool,
    deleted: frozenset[str] = frozenset({CHECKLIST, ITEM}),
) -> tuple[list[BoardChange], list[str], list[str]]:
    """Return the changes that archive what left the roadmap, notices, and why a person must decide first.

    `moving` are the ids of cards and items that the plan moves elsewhere before; `deleted` are the kinds that can't be
    archived.
    """
    leftovers = {
        ref: place
        for ref, place in matched.leftovers.items()
        if ref.kind != LABEL and not matched.state.records[ref].adopted and not _is_archived(matched, ref.kind, place)
    }
    if not leftovers:
        return [], [], []
    if not prune:
        count = _some(len(leftovers))
        return [], [f"{count} left the roadmap and stay on the board; `--prune` archives them."], []
    going, kept = _Leaving(matched, leftovers, moving, force).parted()
    notices = []
    if kept:
        shown = ", ".join(repr(name) for name in kept[:5]) + (" …" if len(kept) > 5 else "")
        notices.append(f"Kept, for comments, ticks, or what people wrote: {shown}; `--force` archives them, too.")
    refusals = []
    if len(going) > SHARE * (len(matched.there) + len(leftovers)) and not force:
        refusals.append(f"{_some(len(going))} would be archived, more than a third of the board")
    return list(_changes(matched, going, moving, deleted)), notices, refusals


def _is_archived(matched: Matched, kind: str, place: BoardObject) -> bool:
    """Whether something is archived, or what holds it is."""
    holders = (matched.by_id[above].get(id_) for above, id_ in _holders(matched, kind, place))
    return any(getattr(one.value, "closed", False) for one in (place, *holders) if one)


def _holders(matched: Matched, kind: str, place: BoardObject) -> Iterator[tuple[str, str]]:
    """Yield kind and id of what holds something, from the inside out."""
    while kind != LIST:
        kind, id_ = ABOVE[kind], place.parent
        yield kind, id_
        found = matched.by_id[kind].get(id_)
        if found is None:
            return
        place = found


class _Leaving:
    """What may go of what left the roadmap."""

    def __init__(
        self, matched: Matched, leftovers: dict[ObjectKey, BoardObject], moving: set[str], force: bool
    ) -> None:
        self.matched = matched
        self.leftovers = leftovers
        self.moving = moving
        self.force = force
        self.ours = {matched.state.records[ref].id for ref in leftovers} | moving
        self.touched = {
            place.value.id for ref, place in leftovers.items() if _is_touched(matched.state.records[ref], place.value)
        }

    def parted(self) -> tuple[dict[ObjectKey, BoardObject], list[str]]:
        """Return what goes, and the names of what stays because it holds somebody's work."""
        working = {ref for ref, place in self.leftovers.items() if not self.force and self._holds_work(ref, place)}
        staying = {self.leftovers[ref].value.id for ref in working if ref.kind == CARD}
        going = {
            ref: place
            for ref, place in self.leftovers.items()
            if ref not in working and (ref.kind != LIST or self._is_emptied(place, staying))
        }
        return going, [self.leftovers[ref].value.name for ref in self.leftovers if ref in working]

    def _holds_work(self, ref: ObjectKey, place: BoardObject) -> bool:
        """Whether something holds comments, ticks, or what people wrote or added."""
        value = place.value
        if value.id in self.touched:
            return True
        if ref.kind == ITEM:
            return bool(value.done)
        if ref.kind == CHECKLIST:
            return self._any_work(value.items)
        if ref.kind == CARD:
            strange = any(
                checklist.id not in self.ours or checklist.id in self.touched
                for checklist in value.checklists
                if checklist.items
            )
            items = (item for checklist in value.checklists for item in checklist.items)
            return bool(value.done or value.comments or strange or self._any_work(items))
        return False

    def _any_work(self, items: Iterable[ActualItem]) -> bool:
        return any(
            (item.done or item.id not in self.ours or item.id in self.touched) and item.id not in self.moving
            for item in items
        )

    def _is_emptied(self, place: BoardObject, staying: set[str]) -> bool:
        """Whether nothing stays in a list when what goes has gone."""
        return all(
            id_ in self.ours and id_ not in staying
            for id_, card in self.matched.by_id[CARD].items()
            if card.parent == place.value.id and not card.value.closed
        )


def _is_touched(record: SyncedObject, value: Any) -> bool:
    """Whether a field shows anything but what was last written there; one that nobody remembers may be anybody's."""
    shown = {"name": value.name}
    if isinstance(value, ActualCard):
        shown |= {"desc": fingerprint(unmarked(value.desc).text), "due": value.due, "start": value.start}
    return any(record.seen(name) != seen for name, seen in shown.items())


def _changes(
    matched: Matched, going: dict[ObjectKey, BoardObject], moving: set[str], deleted: frozenset[str]
) -> Iterable[BoardChange]:
    """Yield a change for each that goes, but not for what goes with what holds it."""
    ids = {place.value.id for place in going.values()}
    for index, (ref, place) in enumerate(going.items()):
        above = [id_ for _, id_ in _holders(matched, ref.kind, place)]
        held = [id_ for number, id_ in enumerate(above) if moving.isdisjoint(above[:number])]
        if ids.isdisjoint(held):
            deletes = ref.kind in deleted
            yield BoardChange(
                Turn(LEAVING, index),
                Action.ARCHIVE,
                ref,
                place.value.name,
                None,
                {"closed": True},
                place.value.id,
                place.parent,
                deletes=deletes,
                text=as_text(ref.kind, place.value) if deletes and ref.kind in (CHECKLIST, ITEM) else "",
            )


def as_text(kind: str, value: Any) -> str:
    """Return what is deleted as a Markdown list, to be kept."""
    items = value.items if kind == CHECKLIST else (value,)
    rows = [f"- [{'x' if item.done else ' '}] {item.name}" for item in items]
    return "\n".join([f"{value.name}:", *rows] if kind == CHECKLIST else rows)


def _some(count: int) -> str:
    return f"{count:,} object{'s' if count != 1 else ''}"
