"""Which object on the board is which of ours. Pure.

The matcher of the core decides it, of whole outlines: of what the state remembers by all its rules, and of what stands
on the board and nobody remembers by those that don't guess.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ....core.identity.matching import Rule
from ....core.identity.matching import match as match_outlines
from ..model.board import ABOVE, BELOW, BOARD_REF, CARD, CHECKLIST, LIST, ActualBoard, ObjectKey, WantedBoard
from ..model.containment import BoardObject, Places, children_of, names_of, places
from ..model.marker import unmarked
from .adoption import adopted, marked_cards
from .board_outlines import Outlined, first, remembered_outline, wanted_outline
from .journal import PendingPush
from .state import SyncedObject, SyncState

_REASONS = {Rule.SHARE: "what it holds", Rule.ALIKE: "its words", Rule.GAP: "its place", Rule.FAR: "its words"}


@dataclass(slots=True)
class Matched:
    """Who is who."""

    state: SyncState
    """Records under their present keys, of what is on the board or was deleted there."""
    unfinished: PendingPush
    """What an earlier push left open, under the present keys."""
    there: dict[ObjectKey, BoardObject]
    """Ours that are wanted and there."""
    gone: set[ObjectKey]
    """Wanted, and deleted by a person."""
    leftovers: dict[ObjectKey, BoardObject]
    """Ours that are there and no longer in the roadmap."""
    by_id: Places
    """Everything on the board."""
    notices: list[str] = field(default_factory=list)


def match(wanted: WantedBoard, actual: ActualBoard, state: SyncState, unfinished: PendingPush) -> Matched:
    """Return which objects are ours. `state` and `unfinished` are not changed."""
    names, by_id, records = dict(names_of(wanted)), places(actual), state.copy().records
    lost = not any(ref != BOARD_REF for ref in records) and unmarked(actual.desc).key.startswith("board:")
    former = {key for keys in wanted.was.values() for key in keys}
    claims = {
        ref: record
        for ref, record in marked_cards(actual, records).items()
        if lost or ref in names or ref in unfinished.tried or ref.key.partition("#")[0] in former
    }
    kept: dict[ObjectKey, _Kept] = {}
    if claims or not _is_as_it_was(records, names, wanted):
        records |= claims
        given = None if unfinished.open else wanted.given
        surest = {
            ref: Rule.TITLE if ref in claims else Rule.FAR if record.id in by_id[ref.kind] else Rule.SHARE
            for ref, record in records.items()
        }
        kept = _kept(remembered_outline(records, by_id, given), wanted_outline(wanted, names), surest, names)
        present = {ref: _present(ref, record, kept, names) for ref, record in records.items()}
        records = {
            present[ref]: _rekeyed(ref, record, present)
            for ref, record in records.items()
            if ref not in claims or first(ref, kept) in kept
        }
        unfinished = PendingPush(
            unfinished.tried,
            {present.get(ref, ref) for ref in unfinished.ordering},
            {(present.get(ref, ref), name) for ref, name in unfinished.writing},
            unfinished.open,
        )
    claimed = {kept[ref].ref for ref in claims if ref in kept}
    for ref, id_, by_name in adopted(wanted, by_id, records, claimed):
        records[ref] = SyncedObject(id_, adopted=by_name and not lost and ref not in unfinished.tried)
    on_board = {ref: by_id[ref.kind][record.id] for ref, record in records.items() if record.id in by_id[ref.kind]}
    left = {ref: record for ref, record in records.items() if ref in names or ref in on_board or ref == BOARD_REF}
    return Matched(
        SyncState(left, state.synced, state.nonce, list(state.removed), state.base, state.pulled, dict(state.others)),
        unfinished,
        {ref: on_board[ref] for ref in names if ref in on_board},
        {ref for ref in names if ref in records and ref not in on_board},
        {ref: place for ref, place in on_board.items() if ref not in names},
        by_id,
        [
            f"{one.before!r} is now {one.after!r}: its {ref.kind} was kept, by {_REASONS[one.rule]}."
            for ref, one in kept.items()
            if one.rule in _REASONS and one.before != one.after
        ],
    )


class _Kept(NamedTuple):
    """What became of a remembered object."""

    ref: ObjectKey
    rule: Rule
    before: str
    after: str
    """Its titles."""


def _is_as_it_was(
    records: Mapping[ObjectKey, SyncedObject], names: Mapping[ObjectKey, str], wanted: WantedBoard
) -> bool:
    """Whether the roadmap has the entries, names and order of the last push."""
    return (
        records.keys() == {BOARD_REF, *names}
        and all(records[ref].sent.get("name") == name for ref, name in names.items())
        and all(records[parent].order == [ref.key for ref in refs] for parent, refs in children_of(wanted))
    )


def _kept(
    old: Outlined, new: Outlined, surest: Mapping[ObjectKey, Rule], names: Container[ObjectKey]
) -> dict[ObjectKey, _Kept]:
    """Return which remembered object is which wanted one; each goes as far in the rules as `surest` says."""
    found = match_outlines(old.outline, new.outline)
    kept: dict[ObjectKey, _Kept] = {}
    for place, other in found.pairs.items():
        ref, now, rule = old.refs[place], new.refs[other], found.rules[place]
        before, after = old.outline[place], new.outline[other]
        if ref.kind != now.kind or rule > surest.get(ref, Rule.ID) or not ref.key:
            continue
        if ref.kind == CHECKLIST:  # Trello does not move one to another card
            card = kept.get(old.refs[before.parent])
            if card is None or card.ref != new.refs[after.parent]:
                continue
        kept[ref] = _Kept(now, rule, before.title, after.title)
    taken = {one.ref for one in kept.values()}
    for ref, one in list(kept.items()):  # a section's own card and a topic's own checklist go with it
        if ref.kind in (LIST, CARD):
            own, its = ObjectKey(BELOW[ref.kind], ref.key), ObjectKey(BELOW[ref.kind], one.ref.key)
            if own in surest and own not in kept and its in names and its not in taken:
                kept[own] = one._replace(ref=its, rule=Rule.SIBLING)
    return kept


def _present(
    ref: ObjectKey, record: SyncedObject, kept: Mapping[ObjectKey, _Kept], names: Container[ObjectKey]
) -> ObjectKey:
    """Return what an object is now; what left the roadmap makes room for what has its key."""
    whole = first(ref, kept)
    if whole in kept:
        return (
            kept[whole].ref
            if whole == ref
            else ObjectKey(ref.kind, f"{kept[whole].ref.key}#{ref.key.partition('#')[2]}")
        )
    return ObjectKey(ref.kind, f"~{record.id}") if ref.kind in ABOVE and first(ref, names) in names else ref


def _rekeyed(ref: ObjectKey, record: SyncedObject, present: Mapping[ObjectKey, ObjectKey]) -> SyncedObject:
    """Return a record that speaks of others by their present keys."""
    above, below = ABOVE.get(ref.kind, ""), BELOW.get(ref.kind, "")
    if above in record.sent:
        record.sent[above] = present.get(holder := ObjectKey(above, record.sent[above]), holder).key
    record.order = [present.get(held := ObjectKey(below, key), held).key for key in record.order]
    return record
