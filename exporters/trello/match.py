"""Which object on the board is which of ours.

In this order: the remembered id; an id that the node had before (`was`); for cards the marker; an object that an
earlier push may have made, or a person, with the same name in the same place; and for what has lost its id because its
title was changed, the same title elsewhere, then the same place between kept neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from .journal import Unfinished
from .marker import unmarked
from .state import Record, State
from .values import BOARD, CARD, CHECKLIST, ITEM, KINDS, LABEL, LIST, ActualBoard, Ref, WantedBoard

BOARD_REF = Ref(BOARD, "")


@dataclass(slots=True)
class Place:
    """An object on the board with where it is."""

    value: Any
    parent: str
    """Id of the list, card or checklist that holds it; the board's id is empty."""


@dataclass(slots=True)
class Matched:
    """Who is who."""

    state: State
    """Records under their present keys, of what is on the board or was deleted there."""
    there: dict[Ref, Place]
    """Ours that are wanted and there."""
    gone: set[Ref]
    """Wanted, and deleted by a person."""
    leftovers: dict[Ref, Place]
    """Ours that are there and no longer in the roadmap."""
    by_id: dict[str, dict[str, Place]]
    """Everything on the board: kind → id."""
    notices: list[str] = field(default_factory=list)


def match(wanted: WantedBoard, actual: ActualBoard, state: State, unfinished: Unfinished) -> Matched:
    """Return which objects are ours. `state` is not changed."""
    return _Matcher(wanted, actual, state.copy(), unfinished).run()


class _Matcher:
    def __init__(self, wanted: WantedBoard, actual: ActualBoard, state: State, unfinished: Unfinished) -> None:
        self.wanted = wanted
        self.actual = actual
        self.state = state
        self.unfinished = unfinished
        self.by_id = places(actual)
        self.children = dict(children_of(wanted))
        self.parent = {child: parent for parent, refs in self.children.items() for child in refs}
        self.names = dict(names_of(wanted))
        self.notices: list[str] = []
        self.lost = not any(ref != BOARD_REF for ref in state.records) and unmarked(actual.desc).key.startswith(
            "board:"
        )

    def run(self) -> Matched:
        self._rename_by_was()
        self._claim_marked_cards()
        for kind in (LABEL, LIST, CARD, CHECKLIST, ITEM):
            self._adopt_by_name(kind)
            if kind == LIST:
                self._lists_by_their_cards()
            if kind != LABEL:
                self._same_title(kind)
                self._same_place(kind)
        records = self.state.records
        there = {ref: place for ref in self.names if (place := self._place(ref))}
        gone = {ref for ref in self.names if ref in records and ref not in there}
        leftovers = {
            ref: place
            for ref in list(records)
            if ref not in self.names and ref != BOARD_REF and (place := self._place(ref))
        }
        for ref in [ref for ref in records if ref not in self.names and ref not in leftovers and ref != BOARD_REF]:
            del records[ref]
        return Matched(self.state, there, gone, leftovers, self.by_id, self.notices)

    # -- by id ---------------------------------------------------------------------------------------------------

    def _place(self, ref: Ref) -> Place | None:
        record = self.state.records.get(ref)
        return self.by_id[ref.kind].get(record.id) if record else None

    def _rename_by_was(self) -> None:
        former = self.wanted.former
        records = self.state.records
        if not former:
            return
        for ref in list(records):
            if ref not in self.names and (now := present_key(ref.key, former)) is not None:
                new = Ref(ref.kind, now)
                if new in self.names and new not in records:
                    self._rename(ref, new)

    def _rename(self, old: Ref, new: Ref) -> None:
        self.state.records[new] = self.state.records.pop(old)
        if old in self.unfinished.ordering:
            self.unfinished.ordering.add(new)

    def _claim_marked_cards(self) -> None:
        known = {record.id for ref, record in self.state.records.items() if ref.kind == CARD}
        for card in sorted(self.actual.cards, key=lambda card: (card.closed, card.id)):
            if card.id in known:
                continue
            key = unmarked(card.desc).key
            if key and Ref(CARD, key) not in self.names:
                key = present_key(key, self.wanted.former) or key
            ref = Ref(CARD, key)
            if ref in self.names and ref not in self.state.records:  # a second one is a copy that somebody made
                self.state.records[ref] = Record(card.id, url=card.url)

    # -- by name -------------------------------------------------------------------------------------------------

    def _adopt_by_name(self, kind: str) -> None:
        if kind == CARD:
            return
        taken = {record.id for ref, record in self.state.records.items() if ref.kind == kind}
        free: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for id_, place in self.by_id[kind].items():
            if id_ not in taken:
                free[place.parent, place.value.name].append(place.value)
        if not free:
            return
        for ref in self.names:
            if ref.kind != kind or ref in self.state.records:
                continue
            parent = self._parent_id(ref)
            if parent is None:
                continue
            candidates = free.get((parent, self.names[ref]), [])
            color = self._color(ref)
            if color is not None:
                candidates = sorted(candidates, key=lambda label: label.color != color)
            if candidates:
                found = next((value for value in candidates if not getattr(value, "closed", False)), candidates[0])
                free[parent, self.names[ref]].remove(found)
                adopted = ref not in self.unfinished.tried and not self.lost
                self.state.records[ref] = Record(found.id, adopted=adopted)

    def _color(self, ref: Ref) -> str | None:
        return (
            next((label.color for label in self.wanted.labels if label.key == ref.key), "")
            if ref.kind == LABEL
            else None
        )

    def _parent_id(self, ref: Ref) -> str | None:
        parent = self.parent.get(ref)
        if parent is None or parent == BOARD_REF:
            return ""
        record = self.state.records.get(parent)
        return record.id if record else None

    def _lists_by_their_cards(self) -> None:
        """Find a list that was renamed while the state was lost by the cards it holds."""
        taken = {record.id for ref, record in self.state.records.items() if ref.kind == LIST}
        for row in self.wanted.lists:
            ref = Ref(LIST, row.key)
            if ref in self.state.records:
                continue
            votes: dict[str, int] = defaultdict(int)
            for card in row.cards:
                record = self.state.records.get(Ref(CARD, card.key))
                if record and "list" not in record.sent and (place := self.by_id[CARD].get(record.id)):
                    votes[place.parent] += 1
            best = max((list_id for list_id in votes if list_id not in taken), key=votes.__getitem__, default="")
            if best and best in self.by_id[LIST]:
                self.state.records[ref] = Record(best)
                taken.add(best)

    # -- after a change of title ---------------------------------------------------------------------------------

    def _orphans(self, kind: str) -> list[Ref]:
        return [ref for ref in self.state.records if ref.kind == kind and ref not in self.names and self._place(ref)]

    def _homeless(self, kind: str) -> list[Ref]:
        return [ref for ref in self.names if ref.kind == kind and ref not in self.state.records]

    def _same_title(self, kind: str) -> None:
        for scope in (True, False) if kind in (CARD, ITEM) else (True,):
            orphans, homeless = self._orphans(kind), self._homeless(kind)
            if not orphans or not homeless:
                return
            then: dict[tuple[str | None, str], list[Ref]] = defaultdict(list)
            now: dict[tuple[str | None, str], list[Ref]] = defaultdict(list)
            for ref in orphans:
                name = str(self.state.records[ref].sent.get("name", ""))
                place = self._place(ref)
                then[place.parent if scope and place else None, name].append(ref)
            for ref in homeless:
                now[self._parent_id(ref) if scope else None, self.names[ref]].append(ref)
            for slot, olds in then.items():
                news = now.get(slot, [])
                if slot[1] and (scope or len(olds) == len(news) == 1):
                    for old, new in zip(olds, news, strict=False):
                        self._rename(old, new)

    def _same_place(self, kind: str) -> None:
        orphans, homeless = set(self._orphans(kind)), set(self._homeless(kind))
        if not orphans or not homeless:
            return
        for parent, refs in self.children.items():
            record = self.state.records.get(parent)
            if not record or not refs or refs[0].kind != kind:
                continue
            for old, new in same_place([Ref(kind, key) for key in record.order], refs):
                place = self._place(old)
                if old in orphans and new in homeless and place and place.parent in ("", record.id):
                    before = self.state.records[old].sent.get("name", old.key)
                    self.notices.append(f"{before!r} is now {self.names[new]!r}: its {kind} was kept, by its place.")
                    self._rename(old, new)


def same_place(then: list[Ref], now: list[Ref]) -> Iterator[tuple[Ref, Ref]]:
    """Yield pairs of old and new where as many came as went between two that stayed."""
    position = {ref: index for index, ref in enumerate(now)}
    kept = set(then)
    went: list[Ref] = []
    left = -1
    for ref in [*then, None]:
        here = len(now) if ref is None else position.get(ref)
        if here is None and ref is not None:
            went.append(ref)
            continue
        assert here is not None
        came = now[left + 1 : here]
        if went and len(came) == len(went) and not any(new in kept for new in came):
            yield from zip(went, came, strict=True)
        went, left = [], here


def present_key(key: str, former: Mapping[str, str]) -> str | None:
    """Return the present key of an old one: its own `was`, or that of a node above it; None when nothing says so."""
    body, mark, part = key.partition("#")
    head, tail = body, ""
    while head:
        if head in former:
            return former[head] + tail + mark + part
        head, _, last = head.rpartition("/")
        tail = f"/{last}{tail}"
    return None


def children_of(wanted: WantedBoard) -> Iterator[tuple[Ref, list[Ref]]]:
    """Yield each parent with what it should hold, in order; labels have no order and are left out."""
    yield BOARD_REF, [Ref(LIST, row.key) for row in wanted.lists]
    for row in wanted.lists:
        yield Ref(LIST, row.key), [Ref(CARD, card.key) for card in row.cards]
        for card in row.cards:
            yield Ref(CARD, card.key), [Ref(CHECKLIST, checklist.key) for checklist in card.checklists]
            for checklist in card.checklists:
                yield Ref(CHECKLIST, checklist.key), [Ref(ITEM, item.key) for item in checklist.items]


def names_of(wanted: WantedBoard) -> Iterator[tuple[Ref, str]]:
    """Yield everything that should be there but the board, with its name, parents first."""
    for label in wanted.labels:
        yield Ref(LABEL, label.key), label.name
    for row in wanted.lists:
        yield Ref(LIST, row.key), row.name
    for row in wanted.lists:
        for card in row.cards:
            yield Ref(CARD, card.key), card.name
            for checklist in card.checklists:
                yield Ref(CHECKLIST, checklist.key), checklist.name
                for item in checklist.items:
                    yield Ref(ITEM, item.key), item.name


def places(actual: ActualBoard) -> dict[str, dict[str, Place]]:
    """Return everything on the board by kind and id."""
    result: dict[str, dict[str, Place]] = {kind: {} for kind in KINDS}
    for kind, rows in ((LABEL, actual.labels), (LIST, actual.lists)):
        result[kind] = {row.id: Place(row, "") for row in cast("Iterable[Any]", rows)}
    for card in actual.cards:
        result[CARD][card.id] = Place(card, card.list_id)
        for checklist in card.checklists:
            result[CHECKLIST][checklist.id] = Place(checklist, card.id)
            for item in checklist.items:
                result[ITEM][item.id] = Place(item, checklist.id)
    return result
