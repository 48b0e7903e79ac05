"""What stands on the board and nobody remembers: ours by its marker, or its very name in its place; by no likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Any

from ..model.board import BOARD_REF, CARD, LABEL, LIST, ActualBoard, ObjectKey, WantedBoard
from ..model.containment import Places, children_of, names_of
from ..model.marker import unmarked
from .state import SyncedObject


def marked_cards(actual: ActualBoard, records: Mapping[ObjectKey, SyncedObject]) -> dict[ObjectKey, SyncedObject]:
    """Return the cards with a marker that no record has; a second one of a key is a copy that somebody made."""
    known = {record.id for ref, record in records.items() if ref.kind == CARD}
    found: dict[ObjectKey, SyncedObject] = {}
    for card in sorted(actual.cards, key=lambda card: (card.closed, card.id)):
        key = unmarked(card.desc).key if card.id not in known else ""
        if key and ObjectKey(CARD, key) not in records:
            found.setdefault(ObjectKey(CARD, key), SyncedObject(card.id, url=card.url))
    return found


def adopted(
    wanted: WantedBoard, by_id: Places, records: Mapping[ObjectKey, SyncedObject], claimed: Container[ObjectKey]
) -> Iterator[tuple[ObjectKey, str, bool]]:
    """Yield what is wanted and has no record, the id of what it is on the board, and whether it was found by name.

    A list of another name is found by the cards in it that were `claimed` by their markers just now.
    """
    ids = {ref: record.id for ref, record in records.items()} | {BOARD_REF: ""}
    known = {(ref.kind, id_) for ref, id_ in ids.items()}
    free: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for kind, table in by_id.items():
        for id_, place in table.items():
            if kind != CARD and (kind, id_) not in known:
                free[kind, place.parent, place.value.name].append(id_)
    if not free:
        return
    children = dict(children_of(wanted))
    parents = {child: parent for parent, refs in children.items() for child in refs}
    colors = {ObjectKey(LABEL, label.key): label.color for label in wanted.labels}
    for ref, name in names_of(wanted):
        same = free.get((ref.kind, ids.get(parents.get(ref, BOARD_REF), "?"), name)) if ref not in ids else None
        if same:
            ids[ref] = min(same, key=lambda id_: _is_second_choice(by_id[ref.kind][id_].value, colors.get(ref)))
            same.remove(ids[ref])
            known.add((ref.kind, ids[ref]))
            yield ref, ids[ref], True
    for ref in children[BOARD_REF]:
        if ref not in ids:
            votes = Counter(by_id[CARD][ids[card]].parent for card in children[ref] if card in claimed)
            best = next((id_ for id_, _ in votes.most_common() if (LIST, id_) not in known), "")
            if best:
                known.add((LIST, best))
                yield ref, best, False


def _is_second_choice(value: Any, color: str | None) -> bool:
    return getattr(value, "closed", False) or (color is not None and value.color != color)
