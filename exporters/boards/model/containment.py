"""What holds what: on the board as it should be, and on the board as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from .board import BOARD_REF, CARD, CHECKLIST, ITEM, KINDS, LABEL, LIST, ActualBoard, ObjectKey, WantedBoard


@dataclass(slots=True)
class BoardObject:
    """An object on the board with where it is."""

    value: Any
    parent: str
    """Id of the list, card or checklist that holds it; the board's id is empty."""


Places = Mapping[str, Mapping[str, BoardObject]]
"""Everything on a board, by kind and id."""


def places(actual: ActualBoard) -> Places:
    """Return everything on the board."""
    result: dict[str, dict[str, BoardObject]] = {kind: {} for kind in KINDS}
    for kind, rows in ((LABEL, actual.labels), (LIST, actual.lists)):
        result[kind] = {row.id: BoardObject(row, "") for row in cast("Iterable[Any]", rows)}
    for card in actual.cards:
        result[CARD][card.id] = BoardObject(card, card.list_id)
        for checklist in card.checklists:
            result[CHECKLIST][checklist.id] = BoardObject(checklist, card.id)
            for item in checklist.items:
                result[ITEM][item.id] = BoardObject(item, checklist.id)
    return result


def children_of(wanted: WantedBoard) -> Iterator[tuple[ObjectKey, list[ObjectKey]]]:
    """Yield each parent with what it should hold, in order; labels have no order and are left out."""
    yield BOARD_REF, [ObjectKey(LIST, row.key) for row in wanted.lists]
    for row in wanted.lists:
        yield ObjectKey(LIST, row.key), [ObjectKey(CARD, card.key) for card in row.cards]
        for card in row.cards:
            yield ObjectKey(CARD, card.key), [ObjectKey(CHECKLIST, checklist.key) for checklist in card.checklists]
            for checklist in card.checklists:
                yield ObjectKey(CHECKLIST, checklist.key), [ObjectKey(ITEM, item.key) for item in checklist.items]


def names_of(wanted: WantedBoard) -> Iterator[tuple[ObjectKey, str]]:
    """Yield everything that should be there but the board, with its name, parents first."""
    for label in wanted.labels:
        yield ObjectKey(LABEL, label.key), label.name
    for row in wanted.lists:
        yield ObjectKey(LIST, row.key), row.name
    for row in wanted.lists:
        for card in row.cards:
            yield ObjectKey(CARD, card.key), card.name
            for checklist in card.checklists:
                yield ObjectKey(CHECKLIST, checklist.key), checklist.name
                for item in checklist.items:
                    yield ObjectKey(ITEM, item.key), item.name
