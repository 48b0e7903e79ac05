"""What was last written, kept on the board itself: a fresh checkout, another machine and CI plan as the last push did.

It stands in the descriptions of a few cards in an archived list of their own, packed, each under a marker that says
which part it is. One change is in one part, so it costs one more call. Pure; a push makes what `base_plan` says.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..model.board import BOARD_REF, CARD, KINDS, LIST, ActualBoard, KeptBase, ObjectKey
from ..model.limits import MAX_TEXT
from ..model.marker import unmarked
from .changes import Action, BoardChange, ChangePlan, Turn
from .state import SyncedObject, SyncState, fingerprint

NAME = "roadpress:base"
"""Of the archived list."""
_LIST_REF = ObjectKey(LIST, NAME)
_PART = re.compile(r"base:(\d{1,3})/(\d{1,3})\Z")
_ROOM_FOR_MARKER = 384
_MOST_PARTS = 512
_MOST_BYTES = 4_000_000
"""Of a part when unpacked; more is nothing of ours."""

Records = Mapping[ObjectKey, SyncedObject]


def without_base(actual: ActualBoard) -> ActualBoard:
    """Return a board as people see it, with the base that stands on it apart."""
    found: dict[int, tuple[str, str]] = {}
    own: set[str] = set()
    holders: set[str] = set()
    count, written = 0, ""
    for card in sorted(actual.cards, key=lambda card: card.id):
        part = _PART.match((here := unmarked(card.desc)).key)
        if not part:
            continue
        own.add(card.id)
        holders.add(card.list_id)
        count = max(count, min(int(part.group(2)), _MOST_PARTS))
        found.setdefault(int(part.group(1)), (card.id, here.text))
        written = max(written, card.changed)
    cards = tuple(card for card in actual.cards if card.id not in own)
    used = {card.list_id for card in cards}
    parts = tuple(found.get(number, ("", "")) for number in range(count))
    if actual.base.list_id:  # it has a place of its own, which is no list that people see
        return replace(actual, cards=cards, base=replace(actual.base, parts=parts, written=written))
    rows = [row for row in actual.lists if row.id in holders or row.name == NAME]
    rows = [row for row in rows if row.name == NAME] or rows
    base = KeptBase(rows[0].id if rows else "", bool(rows) and rows[0].closed, parts, written)
    hidden = {row.id for row in rows if row.name == NAME or row.closed} - used  # whatever people call it
    lists = tuple(row for row in actual.lists if row.id not in hidden)
    return replace(actual, cards=cards, lists=lists, base=base)


def digest(records: Records) -> str:
    """Return what tells one base from another."""
    return fingerprint(json.dumps(_rows(records)))


def follow(state: SyncState, actual: ActualBoard, *, unfinished: bool) -> None:
    """Take the board's base where somebody else wrote it; what an unfinished push made here is kept beside it."""
    found = kept_records(actual)
    if found is None or digest(found) == state.base:
        return
    made = {ref: record for ref, record in state.records.items() if unfinished and ref not in found}
    urls = {record.id: record.url for record in state.records.values()}
    state.base = digest(found)
    state.records = {**found, **made}
    for record in state.records.values():
        record.url = record.url or urls.get(record.id, "")
    state.synced = max(state.synced, actual.base.written, key=lambda moment: moment[:19])


def join(state: SyncState, actual: ActualBoard) -> None:
    """Take what another push has made meanwhile, as the board's base says: it would be nobody's otherwise."""
    found = kept_records(actual)
    if found is None or digest(found) == state.base:
        return
    ids = {(ref.kind, record.id) for ref, record in state.records.items()}
    for ref, record in found.items():
        if ref not in state.records and (ref.kind, record.id) not in ids:
            state.records[ref] = record


def kept_records(actual: ActualBoard) -> dict[ObjectKey, SyncedObject] | None:
    """Return what the base on a board says; None where there is none that is whole and of this board."""
    return _unpacked(actual.base.parts, actual.id)


def base_plan(state: SyncState, actual: ActualBoard, room: int = MAX_TEXT) -> ChangePlan:
    """Return what brings the base on a board up to a state; no changes when it says the same.

    `room` is how many characters a description holds.
    """
    base = actual.base
    texts = _packed(state.records, actual.id, len(base.parts), room - _ROOM_FOR_MARKER)
    records = {BOARD_REF: SyncedObject(actual.id)}
    changes = []
    if base.list_id:
        records[_LIST_REF] = SyncedObject(base.list_id)
    else:
        last = max((row.pos for row in actual.lists), default=0.0) + 65536.0
        changes.append(BoardChange(Turn(0, 0), Action.CREATE, _LIST_REF, NAME, None, {"name": NAME, "pos": last}))
    for number, text in enumerate(texts):
        ref = ObjectKey(CARD, f"base:{number}/{len(texts)}")
        id_, before = base.parts[number] if number < len(base.parts) else ("", "")
        fields: dict[str, Any] = {"desc": (text,)}
        if id_:
            records[ref] = SyncedObject(id_)
            if len(texts) != len(base.parts) or _rows_of(before) != _rows_of(text):
                changes.append(BoardChange(Turn(0, number + 1), Action.UPDATE, ref, NAME, None, fields, id_))
        else:
            fields |= {"list": _LIST_REF, "name": NAME, "pos": (number + 1) * 65536.0}
            changes.append(BoardChange(Turn(0, number + 1), Action.CREATE, ref, NAME, _LIST_REF, fields))
    if not base.closed:
        turn = Turn(0, len(texts) + 1)
        changes.append(BoardChange(turn, Action.UPDATE, _LIST_REF, NAME, None, {"closed": True}, base.list_id))
    return ChangePlan(tuple(changes), SyncState(records), actual)


def _rows(records: Records) -> list[list[Any]]:
    rows = []
    for ref, record in sorted(records.items()):
        data = record.data()
        data.pop("url", None)  # the board tells it
        rows.append([ref.kind, ref.key, data])
    return rows


def _packed(records: Records, board: str, count: int, room: int) -> list[str]:
    """Return the parts: each object's is chosen by its key, so that it stays in it; never fewer than there were."""
    rows = _rows(records)
    count = max(count, 1)
    while True:
        parts: list[list[Any]] = [[board] for _ in range(count)]
        for row in rows:
            parts[zlib.crc32(f"{row[0]} {row[1]}".encode("utf-8", "surrogatepass")) % count].append(row)
        texts = [b64encode(zlib.compress(json.dumps(part).encode(), 9)).decode() for part in parts]
        if all(len(text) <= room for text in texts) or count >= _MOST_PARTS:
            return texts
        count *= 2


def _rows_of(text: str) -> list[Any] | None:
    """Return what a part says: the board's id, then the rows; None when it is damaged."""
    try:
        found = json.loads(zlib.decompressobj().decompress(b64decode(text, validate=True), _MOST_BYTES))
    except (ValueError, zlib.error):
        return None
    return found if isinstance(found, list) else None


def _unpacked(parts: tuple[tuple[str, str], ...], board: str) -> dict[ObjectKey, SyncedObject] | None:
    records: dict[ObjectKey, SyncedObject] = {}
    for _, text in parts:
        rows = _rows_of(text)
        if not rows or rows[0] != board:
            return None
        try:
            for kind, key, data in rows[1:]:
                if kind not in KINDS:
                    return None
                records[ObjectKey(str(kind), str(key))] = SyncedObject.of(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
    return records if records.get(BOARD_REF, SyncedObject("")).id == board else None
