"""A board copied from another: what is known of the first is known of its copy, under the copy's ids. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ..model.board import BOARD_REF, CHECKLIST, LIST, ActualBoard, ActualCard, ObjectKey, WantedBoard
from ..model.containment import names_of, places
from ..model.marker import marked, unmarked
from .journal import PendingPush
from .state import SyncedObject
from .three_way import COPIED

Row = TypeVar("Row")


def copied_part(source: ActualBoard) -> ActualBoard:
    """Return what a copy of a board has: all that is open."""
    lists = tuple(row for row in source.lists if not row.closed)
    shown = {row.id for row in lists}
    cards = tuple(card for card in source.cards if not card.closed and card.list_id in shown)
    return replace(source, lists=lists, cards=cards)


def copied_records(
    source: ActualBoard, records: Mapping[ObjectKey, SyncedObject], copy: ActualBoard
) -> dict[ObjectKey, SyncedObject]:
    """Return the records of a board for its copy.

    What was deleted or archived there is so on the copy; what did not come with it has no record, and is made.
    """
    part = copied_part(source)
    ids, there = dict(_pairs(part, copy)), places(part)
    urls = {card.id: card.url for card in copy.cards}
    result = {BOARD_REF: SyncedObject(copy.id)}
    for ref, record in records.items():
        if ref == BOARD_REF:
            result[ref].order = list(record.order)
        elif record.id in ids or record.id not in there[ref.kind]:
            id_ = ids.get(record.id, record.id)
            kept = {
                name: ids.get(value, value) if name in (LIST, CHECKLIST) else value
                for name, value in record.kept.items()
            }
            result[ref] = replace(record, id=id_, kept=kept, url=urls.get(id_, record.url))
    return result


def all_copied(wanted: WantedBoard) -> PendingPush:
    """Return what is open of a copy: everything that came with it is yet to be made this roadmap's own."""
    return PendingPush(writing={(ref, COPIED) for ref, _ in names_of(wanted)}, open=True)


def before_copying(source: ActualBoard) -> ActualBoard:
    """Return the copy of a board as far as it is known before there is one: its cards' addresses are not."""
    part = copied_part(source)
    cards = tuple(card._replace(url="") for card in part.cards)
    return replace(part, id="", desc=marked("", "board:"), cards=cards)


def _pairs(source: ActualBoard, copy: ActualBoard) -> Iterator[tuple[str, str]]:
    """Yield the id of each object with its copy's: in the same place under the same name, in order."""
    for label, its in _alike(source.labels, copy.labels, lambda row: (row.name, row.color)):
        yield label.id, its.id
    lists = [(row.id, its.id) for row, its in _alike(source.lists, copy.lists, lambda row: row.name)]
    yield from lists
    held, holding = _by_list(source), _by_list(copy)
    for before, after in lists:
        for card, its_card in _alike(held.get(before, ()), holding.get(after, ()), _card_name):
            yield card.id, its_card.id
            for checklist, its_list in _alike(card.checklists, its_card.checklists, lambda row: row.name):
                yield checklist.id, its_list.id
                for item, its_item in _alike(checklist.items, its_list.items, lambda row: row.name):
                    yield item.id, its_item.id


def _alike(rows: Iterable[Row], others: Iterable[Row], name: Callable[[Row], Any]) -> Iterator[tuple[Row, Row]]:
    """Yield what has the same name on both sides, the first with the first."""
    free: dict[Any, list[Row]] = {}
    for other in others:
        free.setdefault(name(other), []).append(other)
    for row in rows:
        if same := free.get(name(row)):
            yield row, same.pop(0)


def _card_name(card: ActualCard) -> tuple[str, str]:
    return unmarked(card.desc).key, card.name


def _by_list(board: ActualBoard) -> dict[str, list[ActualCard]]:
    result: dict[str, list[ActualCard]] = {}
    for card in board.cards:
        result.setdefault(card.list_id, []).append(card)
    return result
