"""A push obeys its plan: one call a change, each noted before it is sent and after it is answered.

Trello knows no idempotency key. After a POST without a clear answer its parent is read again and searched for what may
have been made, twice with a pause, before it is sent again; what is found is taken as made.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...core.errors import GaveUpError
from .api.errors import AmbiguousError, RefusedError
from .model.board import BOARD, BOARD_REF, CARD, ITEM, LABEL, LIST, ObjectKey, template_of
from .model.containment import BoardObject, places
from .model.marker import marked, unmarked
from .planning.changes import Action, BoardChange, ChangePlan
from .planning.journal import Journal
from .planning.state import SyncedObject, SyncState, fingerprint
from .target import Target

LOOKS = (0.0, 3.0)
"""Seconds before each look for what may have been made: reads may lag behind writes."""
FRESH = 5.0
"""Seconds for which a look at the board holds."""
_SHOWN = {"labels": "label_ids", "marker": "desc"}
_WORK = ("name", "desc", "done", "closed", "comments", "due", "start")
"""What people may have done to something that is about to be archived."""
REMOVED = 500
"""How many deleted checklists and items are kept as text."""
POSTS = 5
"""How often one object is tried."""


@dataclass(slots=True)
class Pushed:
    """What came of a push."""

    state: SyncState
    done: list[BoardChange] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def push(
    plan: ChangePlan,
    calls: Target,
    journal: Journal,
    *,
    told: Callable[[BoardChange], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
    looked: float | None = None,
) -> Pushed:
    """Make a plan's changes, in order; `told` hears of each before it is made.

    What people change on the board after it was read is left to them: the board is read again when the last look at it
    is old. `looked` is when the plan's look began, by the clock; now if not given.

    Raises GaveUpError, CredentialsError, RefusedError, StoppedError; the journal then knows how far it came.
    """
    return _Push(plan, calls, journal, clock, looked).run(told)


def make_once(
    calls: Target, make: Callable[[], dict[str, Any]], find: Callable[[], dict[str, Any] | None]
) -> dict[str, Any]:
    """Make an object and return it; after a doubtful answer look twice whether it is there before it is tried again."""
    for _ in range(POSTS):
        try:
            return make()
        except AmbiguousError as error:
            trouble = str(error)
            for seconds in LOOKS:
                if seconds:
                    calls.transport.pause(seconds)
                if found := find():
                    return found
    raise GaveUpError(
        f"{calls.service.name} did not answer as it should, {POSTS} times: {trouble}.",
        remedy="What was done is kept. Run it again to go on.",
    )


def _shown(place: BoardObject, name: str) -> Any:
    """Return what the board shows in one of our fields; positions, of which only the order counts, are left out."""
    if name in ("list", "checklist"):
        return place.parent
    return None if name == "pos" else getattr(place.value, _SHOWN.get(name, name), None)


class _Push:
    def __init__(
        self, plan: ChangePlan, calls: Target, journal: Journal, clock: Callable[[], float], looked: float | None
    ) -> None:
        self.plan = plan
        self.calls = calls
        self.journal = journal
        self.records = plan.state.records
        self.result = Pushed(plan.state)
        self.known = set(plan.known) | {record.id for record in self.records.values()}
        self.lost: set[ObjectKey] = set()
        self.clock = clock
        self.looked = clock() if looked is None else looked
        self.before = self.now = places(plan.board) if plan.board else {}

    def run(self, told: Callable[[BoardChange], None]) -> Pushed:
        for change in self.plan.changes:
            if change.parent in self.lost:
                self.lost.add(change.ref)
                continue
            if self._changed_meanwhile(change):
                self.result.notices.append(
                    f"{change.title!r} was changed on the board meanwhile and is left as it is; run it again."
                )
                continue
            told(change)
            try:
                self._make(change)
            except RefusedError as error:
                self._lose(change, error)
                continue
            self.result.done.append(change)
        self._settle_orders()
        return self.result

    def _lose(self, change: BoardChange, error: RefusedError) -> None:
        """Leave out what people deleted while we pushed, and a move that Trello does not offer."""
        self.lost.add(change.ref)
        if change.ref.kind == ITEM and "checklist" in change.fields and error.status in (400, 403, 404):
            self.result.notices.append(
                f"{self.calls.service.name} did not move {change.title!r} to another checklist; move it by hand."
            )
        elif error.status == 404:
            self.result.notices.append(f"{change.title!r} was deleted on the board meanwhile; it stays so.")
        else:
            raise error

    def _make(self, change: BoardChange) -> None:
        if change.action is Action.CREATE:
            self._create(change)
        elif change.action is Action.ARCHIVE:
            self._archive(change)
        else:
            self._update(change)

    def _changed_meanwhile(self, change: BoardChange) -> bool:
        """Whether people changed what is about to be written since the board was read; an old look is taken again."""
        if change.action is Action.CREATE or self.plan.board is None or change.ref.kind == BOARD:
            return False
        if self.clock() - self.looked > FRESH:
            self.looked = self.clock()
            self.now = places(self.calls.board(self.plan.board.id)[0])
        before, now = self.before[change.ref.kind].get(change.id), self.now[change.ref.kind].get(change.id)
        if before is None or now is None or before is now:
            return False
        names = _WORK if change.action is Action.ARCHIVE else tuple(change.fields)
        return any(_shown(before, name) != _shown(now, name) for name in names)

    # -- making --------------------------------------------------------------------------------------------------

    def _create(self, change: BoardChange) -> None:
        ref = change.ref
        parent = self._parent_id(change)
        values = self._values(change)
        self.journal.tries(ref)
        data = self._post(ref, parent, values)
        record = SyncedObject(str(data["id"]), url=str(data.get("shortUrl") or data.get("url") or ""))
        self._remember(record, change, values, data)
        self.records[ref] = record
        self.known.add(record.id)
        self.journal.made(ref, record)

    def _post(self, ref: ObjectKey, parent: str, values: dict[str, Any]) -> dict[str, Any]:
        def find() -> dict[str, Any] | None:
            found = self._found(ref, parent, values)
            return self.calls.completed(ref.kind, found, values) if found else None

        return make_once(self.calls, lambda: self.calls.create(ref.kind, parent, values), find)

    def _found(self, ref: ObjectKey, parent: str, values: dict[str, Any]) -> dict[str, Any] | None:
        """Return what an unanswered POST has made, if it has: by marker, else by name, the nearest position first."""
        fresh = [data for data in self.calls.siblings(ref.kind, parent) if data["id"] not in self.known]
        if ref.kind in (BOARD, CARD):
            key = unmarked(values["desc"]).key
            alike = [data for data in fresh if unmarked(data.get("desc") or "").key == key]
        else:
            alike = [data for data in fresh if data["name"] == values["name"]]
        if ref.kind == LABEL:
            alike = [data for data in alike if data["color"] == values["color"]]
        pos = values.get("pos", 0.0)
        return min(alike, key=lambda data: (abs(float(data.get("pos", 0.0)) - pos), data["id"]), default=None)

    # -- changing ------------------------------------------------------------------------------------------------

    def _update(self, change: BoardChange) -> None:
        ref = change.ref
        values = self._values(change)
        orders = change.parent if "pos" in values and not {"list", "checklist"} & set(values) else None
        self.journal.tries(ref, tuple(change.fields), orders=orders)
        record = self.records[ref]
        data = self.calls.update(ref.kind, change.id or record.id, values, card=change.within)
        self._remember(record, change, values, data)
        self.journal.made(ref, record)

    def _archive(self, change: BoardChange) -> None:
        ref = change.ref
        self.journal.tries(ref, ("closed",))
        if change.deletes:
            self.journal.removes(change.text)
            try:
                self.calls.delete(ref.kind, change.id, checklist=change.within)
            except RefusedError as error:
                if error.status != 404:
                    raise
            self.records.pop(ref, None)
            removed = self.plan.state.removed
            if change.text:
                removed.append(change.text)
            del removed[:-REMOVED]
            return
        self.calls.update(ref.kind, change.id, {"closed": True})
        if record := self.records.get(ref):  # what stood twice has none
            record.sent["closed"] = True
            self.journal.made(ref, record)

    def _remember(
        self, record: SyncedObject, change: BoardChange, values: dict[str, Any], data: dict[str, Any]
    ) -> None:
        """Note what was sent, and what Trello made of it where that differs."""
        answered = self.calls.fields_of(change.ref.kind, data)
        for name, value in change.fields.items():
            sent: Any = value
            seen = answered.get(name, value)
            if name == "desc":
                sent = fingerprint(template_of(value))
                seen = fingerprint(unmarked(answered.get(name, values[name])).text)
            elif name in ("labels", "pos", "marker"):
                continue
            elif name in ("list", "checklist"):
                sent = seen = value.key
            elif name == "closed":
                record.sent.pop("closed", None)
                continue
            record.sent[name] = sent
            record.kept.pop(name, None)
            record.settle(name)
            if seen != sent:
                record.kept[name] = seen
        if "labels" in change.fields:
            record.sent["labels"] = list(self.plan.labels[change.ref])
        if change.ref.kind in (CARD, ITEM) and change.parent and change.action is Action.CREATE:
            record.sent["list" if change.ref.kind == CARD else "checklist"] = change.parent.key

    def _settle_orders(self) -> None:
        """Remember the order of everything as the roadmap has it, now that the board follows."""
        for parent, keys in self.plan.orders.items():
            if parent in self.records:
                self.records[parent].order = list(keys)

    # -- values --------------------------------------------------------------------------------------------------

    def _values(self, change: BoardChange) -> dict[str, Any]:
        """Return a change's fields with ids and addresses in place of our own names."""
        result: dict[str, Any] = {}
        for name, value in change.fields.items():
            if name == "labels":
                result[name] = [
                    self._id(part) for part in value if not isinstance(part, ObjectKey) or part in self.records
                ]
            elif name in ("desc", "marker"):
                result["desc"] = self._description(change, value)
            elif name == "list" and change.action is Action.CREATE:
                continue
            else:
                result[name] = self._id(value) if isinstance(value, ObjectKey) else value
        return result

    def _description(self, change: BoardChange, value: Any) -> str:
        if change.ref == BOARD_REF:
            return value if change.action is not Action.CREATE else marked(value, f"board:{self.plan.state.nonce}")
        parts = (part if isinstance(part, str) else self._address(part) for part in value)
        return marked("".join(parts).strip(), change.ref.key)

    def _address(self, ref: ObjectKey) -> str:
        return self.records[ref].url if ref in self.records else self.calls.service.address

    def _id(self, value: str | ObjectKey) -> str:
        return self.records[value].id if isinstance(value, ObjectKey) else value

    def _parent_id(self, change: BoardChange) -> str:
        if change.ref.kind == BOARD:
            return ""
        if change.ref.kind in (LABEL, LIST):
            return self.records[BOARD_REF].id
        assert change.parent is not None
        return self.records[change.parent].id
