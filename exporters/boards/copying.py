"""A board made by copying another one of this roadmap, in a few requests instead of one for each object.

A copy has no marker of its own until it is named, so it is made under a name that nothing else has: whatever happens
in between, it is found again. What came with it is then noted in the journal, and an ordinary push makes it this one's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .model.board import BOARD, BOARD_REF, ActualBoard, WantedBoard
from .model.marker import marked, unmarked
from .planning.base import without_base
from .planning.changes import Source
from .planning.copies import all_copied, copied_part, copied_records
from .planning.journal import Journal, PendingPush
from .planning.state import SyncState, fingerprint
from .planning.three_way import COPIED
from .push import make_once
from .target import Target

WAITS = (2.0, 5.0, 10.0)
"""Seconds before each look whether a copy has everything: it is not documented that it is whole when it is answered."""


def make_copy(
    wanted: WantedBoard,
    source: Source,
    fields: Mapping[str, Any],
    calls: Target,
    journal: Journal,
    state: SyncState,
    *,
    resumed: bool,
) -> tuple[ActualBoard, PendingPush]:
    """Make the copy, or find the one that was begun, and bring `state` to it; return it and what is yet to be written.

    `state` has its nonce, and the journal knows it; `resumed` when that is from an earlier push.
    """
    passing = f"{wanted.name} roadpress:{state.nonce}"
    marker = f"board:{state.nonce}"

    def found() -> dict[str, Any] | None:
        rows = calls.siblings(BOARD, "")
        ours = (row for row in rows if row["name"] == passing or unmarked(row.get("desc") or "").key == marker)
        return next(ours, None)

    def make() -> dict[str, Any]:
        return calls.create(BOARD, "", {**fields, "name": passing, "copy_of": source.actual.id})

    made = (found() if resumed else None) or make_once(calls, make, found)
    id_ = str(made["id"])
    calls.update(BOARD, id_, {"name": wanted.name, "desc": marked(wanted.desc, marker)})
    actual = _whole(calls, id_, len(copied_part(source.actual).cards))
    state.records = copied_records(source.actual, source.records, actual)
    state.records[BOARD_REF].url = actual.url
    state.records[BOARD_REF].sent = {"name": wanted.name, "desc": fingerprint(wanted.desc)}
    unfinished = all_copied(wanted)
    for ref, record in state.records.items():
        journal.made(ref, record)
    for ref, _ in sorted(unfinished.writing):
        journal.tries(ref, (COPIED,))
    journal.copied()
    return actual, unfinished


def _whole(calls: Target, id_: str, cards: int) -> ActualBoard:
    actual = without_base(calls.board(id_)[0])
    for seconds in WAITS:
        if len(actual.cards) >= cards:
            break
        calls.transport.pause(seconds)
        actual = without_base(calls.board(id_)[0])
    return actual
