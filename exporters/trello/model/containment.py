"""What holds what: on the board as it should be, and on the board as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from .board import BOARD_REF, CARD, CHECKLIST, ITEM, KINDS, LABEL, LIST, ActualBoard, Ref, WantedBoard


@dataclass(slots=True)
class Place:
    """An object on the board with where it is."""

    value: Any
    parent: str
    """Id of the list, card or checklist that holds it; the board's id is empty."""


Places = Mapping[str, Mapping[str, Place]]
"""Everything on a board, by kind and id."""


def places(actual: ActualBoard) -> Places:
    """Return everything on the board."""
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
