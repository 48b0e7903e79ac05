"""What must change on the board: the roadmap against the board against what was written last. Pure.

Where only the roadmap changed, the board follows. Where only people changed the board, it stays as they have it. Where
both did, `ours` decides, and without it people win, with a notice. A tick goes only where somebody took it back here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ..model.board import (
    BOARD,
    BOARD_REF,
    CARD,
    CHECKLIST,
    ITEM,
    LABEL,
    LIST,
    ActualBoard,
    ActualCard,
    ObjectKey,
    Text,
    WantedBoard,
    WantedCard,
    WantedItem,
    template_of,
)
from ..model.containment import children_of, names_of
from ..model.marker import marked, unmarked
from .board_matching import Matched, match
from .changes import OUT_OF_CHECKLISTS, PHASES, Action, BoardChange, ChangePlan, Turn
from .copies import all_copied, before_copying, copied_records
from .duplicates import duplicate_changes, duplicates
from .journal import PendingPush
from .order import arrange
from .prune import leftover_changes
from .state import SyncedObject, SyncState, fingerprint
from .three_way import ConflictPolicy, FieldMerger

MOST_NAMES = 20
"""So many differences are named in a notice."""
ALARM, ALARM_SHARE = 10, 0.1
"""When more objects than this, and than this part of ours, seem to be gone at once, a person must say that it is so."""
STEADY = timedelta(days=7)
"""By how much a planned date must have moved to be written again."""
ORDER = "order"
_GONE = "gone"
"""What is noted of an object whose being gone was told."""


@dataclass(frozen=True, slots=True)
class NewBoard:
    """What only the making of a board needs."""

    workspace: str = ""
    visibility: str = "private"
    background: str = "blue"


def plan_new(wanted: WantedBoard, state: SyncState, new: NewBoard | None = None) -> ChangePlan:
    """Return the plan of a board that does not exist yet. No reading is needed."""
    new = new or NewBoard()
    state = state.copy()
    fields: dict[str, Any] = {"name": wanted.name, "desc": wanted.desc, "visibility": new.visibility}
    fields |= {"background": new.background, **({"workspace": new.workspace} if new.workspace else {})}
    board = BoardChange(Turn(PHASES[BOARD], 0), Action.CREATE, BOARD_REF, wanted.name, None, fields)
    empty = ActualBoard("", wanted.name, wanted.desc, "", False)
    state.records = {}
    rest = _Planner(
        wanted, empty, SyncState({BOARD_REF: SyncedObject("")}, nonce=state.nonce), PendingPush(), ConflictPolicy()
    ).run()
    return replace(rest, changes=(board, *rest.changes), state=state, board=None, known=frozenset())


def plan_copy(
    wanted: WantedBoard,
    source: ActualBoard,
    records: Mapping[ObjectKey, SyncedObject],
    state: SyncState,
    new: NewBoard | None = None,
    policy: ConflictPolicy | None = None,
) -> ChangePlan:
    """Return the plan of a board that is made by copying another, of which so much is known."""
    state = state.copy()
    state.records = {}
    copy = before_copying(source)
    known = SyncState(copied_records(source, records, copy), nonce=state.nonce)
    rest = _Planner(wanted, copy, known, all_copied(wanted), policy or ConflictPolicy()).run()
    change = BoardChange(
        Turn(PHASES[BOARD], 0), Action.CREATE, BOARD_REF, wanted.name, None, {**_prefs(new), "copy_of": source.id}
    )
    return replace(rest, changes=(change, *rest.changes), state=state, board=None, known=frozenset())


def _prefs(new: NewBoard | None) -> dict[str, Any]:
    """Return what a copy is told of itself; its background is the other's."""
    new = new or NewBoard()
    return {"visibility": new.visibility, **({"workspace": new.workspace} if new.workspace else {})}


def plan_changes(
    wanted: WantedBoard,
    actual: ActualBoard,
    state: SyncState,
    unfinished: PendingPush,
    policy: ConflictPolicy | None = None,
) -> ChangePlan:
    """Return the plan for a board as it is."""
    return _Planner(wanted, actual, state, unfinished, policy or ConflictPolicy()).run()


class _Planner:
    def __init__(
        self,
        wanted: WantedBoard,
        actual: ActualBoard,
        state: SyncState,
        unfinished: PendingPush,
        policy: ConflictPolicy,
    ) -> None:
        self.wanted = wanted
        self.actual = actual
        self.policy = policy
        self.matched: Matched = match(wanted, actual, state, unfinished)
        self.unfinished = self.matched.unfinished
        self.state = self.matched.state
        self.records = self.state.records
        self.names = dict(names_of(wanted))
        self.children = dict(children_of(wanted))
        self.parents = {child: parent for parent, refs in self.children.items() for child in refs}
        self.missing: set[ObjectKey] = set()
        self.notices = list(self.matched.notices)
        self.alarms: list[str] = []
        self.staying: list[str] = []
        """Items that the service does not move to where the roadmap has them."""
        self.to = FieldMerger(
            self.records, self.names, wanted.name, self.unfinished, policy, self.missing, wanted.numbers
        )

    def run(self) -> ChangePlan:
        self._settle_gone()
        self._board()
        for label in self.wanted.labels:
            self._named(ObjectKey(LABEL, label.key), {"name": label.name, "color": label.color})
        for row in self.wanted.lists:
            self._named(ObjectKey(LIST, row.key), {"name": row.name})
            for card in row.cards:
                self._card(card, ObjectKey(LIST, row.key))
        for parent, refs in self.children.items():
            self._order(parent, refs)
        twice = self._merge_duplicates()
        changes = self._changes()
        self._tell_hidden(changes)
        moving = {
            self.records[ref].id
            for ref, fields in self.to.fields.items()
            if not {"list", "checklist"}.isdisjoint(fields)
            if ref in self.matched.there
        }
        leftovers, notices, refusals = leftover_changes(
            self.matched, moving, self.policy.prune, self.policy.force, self.wanted.limits.deleted
        )
        self.notices += notices
        self._tell_conflicts()
        refusals = [*self.alarms, *self._over_limits(), *refusals]
        known = frozenset(id_ for table in self.matched.by_id.values() for id_ in table)
        return ChangePlan(
            tuple(sorted([*changes, *leftovers, *twice])),
            self.state,
            self.actual,
            tuple(self.notices),
            tuple(refusals),
            known,
            {ObjectKey(CARD, card.key): card.labels for row in self.wanted.lists for card in row.cards},
            {parent: tuple(ref.key for ref in refs) for parent, refs in self.children.items()},
            self.wanted.limits,
        )

    # -- what people deleted -------------------------------------------------------------------------------------

    def _settle_gone(self) -> None:
        """Leave what people deleted deleted, with all below it, unless `ours`."""
        gone = self.matched.gone
        for ref in self.matched.there:
            self.records[ref].sent.pop(_GONE, None)
        for ref in [ref for ref in gone if self.policy.takes_ours(ref)]:
            del self.records[ref]
            gone.remove(ref)
            if ref.kind == LABEL:
                self._take_off(ref.key)
        for ref in self.names:
            if ref in gone or self.parents.get(ref) in self.missing:
                self.missing.add(ref)
        news = [ref for ref in self.names if ref in gone and not self.records[ref].sent.get(_GONE)]
        for ref in news:
            self.records[ref].sent[_GONE] = True
        if not news:
            return
        shown = ", ".join(repr(self.names[ref]) for ref in news[:5]) + (" …" if len(news) > 5 else "")
        count, one = _some(len(news), "object"), len(news) == 1
        self.notices.append(
            f"{count} deleted on the board {'stays' if one else 'stay'} so: {shown}; `--ours` makes them again."
        )
        if len(news) > max(ALARM, ALARM_SHARE * (len(self.matched.there) + len(gone))) and not self.policy.force:
            self.alarms.append(f"{count} that were there seem to be gone from the board")

    def _take_off(self, label: str) -> None:
        """Forget that cards had a label that is made again: they get it with their other labels."""
        for ref, record in self.records.items():
            if ref.kind == CARD and label in record.sent.get("labels", ()):
                record.sent["labels"] = [key for key in record.sent["labels"] if key != label]

    # -- fields --------------------------------------------------------------------------------------------------

    def _board(self) -> None:
        record = self.records.setdefault(BOARD_REF, SyncedObject(self.actual.id))
        record.url = self.actual.url
        if record.adopted or not self.actual.id:
            return
        here = unmarked(self.actual.desc)
        self.to.decide(BOARD_REF, "name", self.wanted.name, self.actual.name)
        if self.to.decide(BOARD_REF, "desc", fingerprint(self.wanted.desc), fingerprint(here.text)):
            self.to.fields[BOARD_REF]["desc"] = marked(self.wanted.desc, here.key or f"board:{self.state.nonce}")

    def _named(self, ref: ObjectKey, wanted: dict[str, Any]) -> None:
        """Decide the fields of a label, list, checklist or item."""
        place = self.matched.there.get(ref)
        if place is None:
            if ref not in self.missing:
                self.to.fields[ref] = dict(wanted)
            return
        for name, value in wanted.items():
            self.to.decide(ref, name, value, getattr(place.value, name))
        self.to.reopen(ref, place.value)

    def _card(self, card: WantedCard, parent: ObjectKey) -> None:
        ref = ObjectKey(CARD, card.key)
        place = self.matched.there.get(ref)
        if place is None:
            if ref not in self.missing:
                self.to.fields[ref] = {
                    "list": parent,
                    "name": card.name,
                    "desc": card.desc,
                    "start": card.start,
                    "due": card.due,
                    "done": card.done,
                    "labels": tuple(r for key in card.labels if (r := ObjectKey(LABEL, key)) not in self.missing),
                }
        else:
            self._existing_card(ref, card, place.value, parent)
        for checklist in card.checklists:
            holder = ObjectKey(CHECKLIST, checklist.key)
            self._named(holder, {"name": checklist.name})
            for item in checklist.items:
                self._item(item, holder)

    def _existing_card(self, ref: ObjectKey, card: WantedCard, actual: ActualCard, parent: ObjectKey) -> None:
        record = self.records[ref]
        record.url = actual.url
        self.to.decide(ref, "name", card.name, actual.name)
        here = unmarked(actual.desc)
        if self._decide_description(ref, card.desc, here.text):
            self.to.fields[ref]["desc"] = card.desc
        elif here.key and here.key != card.key:  # the node has a new id: the marker follows, people's text stays
            self.to.write(ref, "marker", (here.text,))
        start, due = (card.start, card.due) if self.to.is_copied(ref) else _steady(card, record)
        self.to.decide(ref, "start", start, actual.start)
        self.to.decide(ref, "due", due, actual.due)
        self.to.decide_done(ref, card.done, actual.done, taken_back=card.taken_back)
        self.to.merge_labels(ref, card.labels, actual.label_ids)
        self.to.decide_parent(ref, "list", parent, actual.list_id)
        self.to.reopen(ref, actual)

    def _decide_description(self, ref: ObjectKey, wanted: Text, actual: str) -> bool:
        """Decide a description; what it points to may be made by this very push, so its template is compared."""
        record = self.records[ref]
        template, shown = fingerprint(template_of(wanted)), fingerprint(actual)
        resolved = self._resolved(wanted)
        if resolved == actual:
            record.sent["desc"], record.kept["desc"] = template, shown
            return False
        moved = resolved is None or self.to.is_copied(ref)  # a card that it points to is made again, or another
        if moved and record.sent.get("desc") == template and record.seen("desc") == shown:
            self.to.write(ref, "desc", wanted)
            return True
        return self.to.decide(ref, "desc", template, shown)

    def _item(self, item: WantedItem, parent: ObjectKey) -> None:
        ref = ObjectKey(ITEM, item.key)
        place = self.matched.there.get(ref)
        if place is None:
            if ref not in self.missing:
                self.to.fields[ref] = {"name": item.name, "done": item.done}
            return
        self.to.decide(ref, "name", item.name, place.value.name)
        self.to.decide_done(ref, item.done, place.value.done, taken_back=item.taken_back)
        if self._may_move(parent, place.parent):
            self.to.decide_parent(ref, "checklist", parent, place.parent)
        else:
            self.to.stay(ref, "checklist", parent, place.parent)
            self.staying.append(item.name)

    def _may_move(self, parent: ObjectKey, actual: str) -> bool:
        """Whether the service would move an item to where the roadmap has it."""
        holder = self.matched.by_id[CHECKLIST].get(actual)
        card = self.records.get(self.parents[parent])
        return self.wanted.limits.moves_items or bool(holder and card and holder.parent == card.id)

    def _resolved(self, text: Text) -> str | None:
        """Return a description with the addresses in it, or None when one is not known yet."""
        parts = []
        for part in text:
            if isinstance(part, str):
                parts.append(part)
                continue
            record = self.records.get(part)
            if record is None or not record.url:
                return None
            parts.append(record.url)
        return "".join(parts).strip()

    # -- order ---------------------------------------------------------------------------------------------------

    def _order(self, parent: ObjectKey, refs: list[ObjectKey]) -> None:
        """Give positions to what is new or moved in, and move what the roadmap has moved."""
        if parent in self.missing or not refs:
            return
        record = self.records.get(parent)
        inside = "list" if refs[0].kind == CARD else "checklist"
        there: dict[ObjectKey, float] = {}
        new: set[ObjectKey] = set()
        for ref in refs:
            place = self.matched.there.get(ref)
            if place is None:
                new |= {ref} - self.missing
            elif inside in self.to.fields.get(ref, {}):
                new.add(ref)
            elif record and place.parent in ("", record.id) and not getattr(place.value, "closed", False):
                there[ref] = place.value.pos
            elif "closed" in self.to.fields.get(ref, {}):
                new.add(ref)
        ours = {self.records[ref].id for ref in there}
        others = [
            place.value.pos
            for id_, place in self._inside(refs[0].kind, record)
            if id_ not in ours and not getattr(place.value, "closed", False)
        ]
        wanted = [ref for ref in refs if ref in there or ref in new]
        frozen = self._order_is_theirs(parent, record, [ref for ref in refs if ref in there], there)
        positions = arrange(wanted, there, others, frozen=frozen, least_gap=self.wanted.limits.least_gap)
        for ref, pos in positions.items():
            self.to.write(ref, "pos", pos)

    def _inside(self, kind: str, record: SyncedObject | None) -> list[tuple[str, Any]]:
        if record is None:
            return []
        if not hasattr(self, "_by_parent"):
            self._by_parent: dict[tuple[str, str], list[tuple[str, Any]]] = {}
            for name, table in self.matched.by_id.items():
                for id_, place in table.items():
                    self._by_parent.setdefault((name, place.parent), []).append((id_, place))
        return self._by_parent.get((kind, "" if kind == LIST else record.id), [])

    def _order_is_theirs(
        self, parent: ObjectKey, record: SyncedObject | None, wanted: list[ObjectKey], there: dict[ObjectKey, float]
    ) -> bool:
        """Whether people's order stays: they changed it, and the roadmap did not, or they win."""
        actual = sorted(wanted, key=lambda ref: (there[ref], self.records[ref].id))
        if actual == wanted and record is not None:
            record.settle(ORDER)
        if actual == wanted or record is None or parent in self.unfinished.ordering:
            return False
        base = {key: index for index, key in enumerate(record.order)}
        known = [ref for ref in wanted if ref.key in base]
        before = sorted(known, key=lambda ref: base[ref.key])
        ours = [ref for ref in wanted if ref.key in base] != before
        theirs = [ref for ref in actual if ref.key in base] != before
        if not theirs:
            return False
        if ours or not base:
            if self.policy.takes_ours(parent):
                return False
            self.to.lose(parent, ORDER)
        return not self.to.is_ours_again(parent, ORDER)

    def _merge_duplicates(self) -> list[BoardChange]:
        """Return what takes away what two pushes at once have made twice; its ticks go to what stays."""
        found = duplicates(self.matched)
        for one in found:
            first = self.matched.there[one.first].value
            if getattr(one.place.value, "done", False) and not first.done:
                self.to.write(one.first, "done", True)
        changes = list(duplicate_changes(found, self.wanted.limits.deleted))
        if changes:
            verb = "stands" if len(changes) == 1 else "stand"
            self.notices.append(
                f"{_some(len(changes), 'object')} {verb} twice, made by two pushes at once: "
                "the second goes, its ticks stay."
            )
        return changes

    # -- changes -------------------------------------------------------------------------------------------------

    def _changes(self) -> list[BoardChange]:
        result = []
        sequence = {ref: index for index, ref in enumerate(self._sequence())}
        for ref, fields in self.to.fields.items():
            if not fields:
                continue
            place = self.matched.there.get(ref)
            exists = place is not None or ref == BOARD_REF
            turn = Turn(PHASES[ref.kind] + exists, sequence.get(ref, 0))
            if exists and "checklist" in fields:  # the last first
                turn = Turn(OUT_OF_CHECKLISTS, -sequence[ref])
            title = self.names.get(ref, self.wanted.name)
            id_ = self.records[ref].id if exists else ""
            within = self.matched.by_id[CHECKLIST][place.parent].parent if place and ref.kind == ITEM else ""
            action = _action(fields, exists=exists)
            result.append(BoardChange(turn, action, ref, title, self.parents.get(ref), fields, id_, within))
        return result

    def _tell_hidden(self, changes: list[BoardChange]) -> None:
        """Tell of what is made where nobody sees it: in an archived list, on an archived card."""
        hidden: dict[ObjectKey, int] = {}
        for change in changes:
            holder = change.parent if change.action is Action.CREATE else None
            while holder in self.matched.there and not getattr(self.matched.there[holder].value, "closed", False):
                holder = self.parents.get(holder)
            if holder in self.matched.there and "closed" not in self.to.fields.get(holder, {}):
                hidden[holder] = hidden.get(holder, 0) + 1
        for holder, count in hidden.items():
            new = f"{_some(count, 'new object')} {'goes' if count == 1 else 'go'}"
            self.notices.append(f"{new} into the archived {holder.kind} {self.names[holder]!r}; reopen it to see them.")

    def _sequence(self) -> list[ObjectKey]:
        """Return everything in reading order, but cards after those they point to."""
        pointing = {
            ObjectKey(CARD, card.key): [part for part in card.desc if isinstance(part, ObjectKey)]
            for row in self.wanted.lists
            for card in row.cards
        }
        result: dict[ObjectKey, None] = {}
        for ref in self.names:
            stack = [ref]
            while stack:
                one = stack[-1]
                waiting = [other for other in pointing.get(one, ()) if other not in result and other in pointing]
                if one in result or not waiting:
                    result[one] = None
                    stack.pop()
                else:
                    stack += waiting
        return list(result)

    def _tell_conflicts(self) -> None:
        if self.staying:
            shown = _named([repr(name) for name in self.staying])
            self.notices.append(
                f"{self.wanted.limits.name} moves no item to another card, so {_some(len(self.staying), 'item')} "
                f"{'stays' if len(self.staying) == 1 else 'stay'} where they were: {shown}; delete one there, and "
                "`--ours` makes it in its new place."
            )
        if self.to.conflicts:
            self.notices.append(
                f"{_some(len(self.to.conflicts), 'thing')} changed on both sides: {_named(self.to.conflicts)}; the "
                "board's side was taken (`--ours` takes the roadmap's)."
            )
        earlier = [name for name in self.to.unsettled if name not in self.to.conflicts]
        if earlier:
            are, so = ("is", "it") if len(earlier) == 1 else ("are", "them")
            self.notices.append(
                f"{_some(len(earlier), 'difference')} {are} not settled, and as on the board: {_named(earlier)}; "
                f"`--ours` takes the roadmap's side, `--theirs` leaves {so} so."
            )

    def _over_limits(self) -> list[str]:
        """Return which limits the board would cross with what people added to it."""
        made: dict[str, int] = {}
        inside: dict[ObjectKey, int] = {}
        for ref, fields in self.to.fields.items():
            if ref not in self.matched.there:
                made[ref.kind] = made.get(ref.kind, 0) + 1
            parent = self.parents.get(ref)
            if ref.kind == ITEM and parent and (ref not in self.matched.there or "checklist" in fields):
                inside[parent] = inside.get(parent, 0) + 1
        limits = self.wanted.limits
        lists = sum(not row.closed for row in self.actual.lists) + made.get(LIST, 0)
        cards = sum(not card.closed for card in self.actual.cards) + made.get(CARD, 0)
        result = []
        if lists > limits.max_lists and made.get(LIST):
            result.append(f"the board would have {lists:,} lists, and holds {limits.max_lists}")
        if cards > limits.max_cards and made.get(CARD):
            result.append(f"the board would have {cards:,} cards, and holds {limits.max_cards:,}")
        for parent, count in inside.items():
            total = len(self._inside(ITEM, self.records.get(parent))) + count
            if total > limits.max_items and self._leaving(parent) < total - limits.max_items:
                result.append(
                    f"the checklist {self.names[parent]!r} would have {total} items, and holds {limits.max_items}"
                )
        return result

    def _leaving(self, checklist: ObjectKey) -> int:
        """Return how many items leave a checklist for another one."""
        record = self.records.get(checklist)
        return sum(
            "checklist" in fields and place.parent == (record.id if record else "")
            for ref, fields in self.to.fields.items()
            if ref.kind == ITEM and (place := self.matched.there.get(ref))
        )


def _steady(card: WantedCard, record: SyncedObject) -> tuple[str, str]:
    """Return a card's start and due; planned ones as they were last written where they hardly differ.

    A plan moves with every tick and every day; each of its dates is written again when it has moved by a week, or when
    days begin at another hour than they did.
    """
    written = str(record.sent.get("due", ""))
    if card.has_fixed_date or not written or not card.due:
        return card.start, card.due
    moved = abs(datetime.fromisoformat(card.due[:19]) - datetime.fromisoformat(written[:19]))
    hours = moved.seconds / 3600
    if moved >= STEADY or 1 < hours < 23:  # an hour is summer time
        return card.start, card.due
    return str(record.sent.get("start", card.start)), written


def _action(fields: dict[str, Any], *, exists: bool) -> Action:
    if not exists:
        return Action.CREATE
    names = set(fields)
    if names == {"done"}:
        return Action.TICK
    return Action.MOVE if names <= {"pos", "list", "checklist"} else Action.UPDATE


def _named(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"
