"""One field, three ways: what the roadmap says, what the board shows, what was written last."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ..model.board import LABEL, ObjectKey
from .journal import PendingPush
from .state import SyncedObject

COPIED = "copied"
"""What is noted as being written of what came with a copy: its ticks, dates and links are another board's."""


@dataclass(frozen=True, slots=True)
class ConflictPolicy:
    """What the person decided."""

    ours: bool = False
    """Whether the roadmap wins where both sides changed, and makes again what was deleted on the board."""
    theirs: bool = False
    """Whether it is settled that the board's side stands where both changed."""
    ours_at: frozenset[str] = frozenset()
    theirs_at: frozenset[str] = frozenset()
    """Ids of nodes for which alone it is so."""
    prune: bool = False
    """Whether what left the roadmap is archived."""
    force: bool = False
    """Whether also where it holds comments or ticks, or is more than a third of the board."""

    def takes_ours(self, ref: ObjectKey) -> bool:
        """Whether the roadmap wins for one object."""
        key = ref.key.partition("#")[0]
        return key in self.ours_at or (self.ours and key not in self.theirs_at)

    def takes_theirs(self, ref: ObjectKey) -> bool:
        """Whether it is settled that people win for one object."""
        return not self.takes_ours(ref) and (self.theirs or ref.key.partition("#")[0] in self.theirs_at)


class FieldMerger:
    """Decides field by field; what is to be written gathers in `fields`, what people won in `conflicts`."""

    def __init__(
        self,
        records: dict[ObjectKey, SyncedObject],
        names: Mapping[ObjectKey, str],
        board_name: str,
        unfinished: PendingPush,
        policy: ConflictPolicy,
        missing: AbstractSet[ObjectKey],
        numbers: Mapping[str, str] | None = None,
    ) -> None:
        self.records = records
        self.names = names
        self.board_name = board_name
        self.unfinished = unfinished
        self.policy = policy
        self.missing = missing
        self.numbers = numbers or {}
        self.fields: dict[ObjectKey, dict[str, Any]] = {}
        self.conflicts: list[str] = []
        self.unsettled: list[str] = []
        """What people won earlier, and nobody has settled."""

    def decide(self, ref: ObjectKey, name: str, wanted: Any, actual: Any) -> bool:
        """Decide one field three ways; return whether it is to be written. Conflicts that people win are settled."""
        record = self.records[ref]
        if wanted == actual:
            record.sent[name] = wanted
            record.kept.pop(name, None)
            record.settle(name)
            return False
        pending = (ref, name) in self.unfinished.writing
        if name in record.sent and not pending:
            if wanted == record.sent[name]:
                return self._decide_again(ref, name, wanted)
            conflict = actual != record.seen(name) or name in record.unsettled
        else:
            conflict = not pending
        if conflict and not self.policy.takes_ours(ref):
            self.lose(ref, name)
            record.sent[name], record.kept[name] = wanted, actual
            return False
        self.write(ref, name, wanted)
        return True

    def lose(self, ref: ObjectKey, name: str) -> None:
        """Note that people win a field; it stays listed until somebody settles it."""
        self.conflicts.append(self._called(ref, name))
        if not self.policy.takes_theirs(ref) and name not in self.records[ref].unsettled:
            self.records[ref].unsettled.append(name)

    def is_ours_again(self, ref: ObjectKey, name: str) -> bool:
        """Whether the roadmap takes back what people won earlier; tells of it where nobody has settled it."""
        record = self.records[ref]
        if name not in record.unsettled:
            return False
        if self.policy.takes_ours(ref):
            return True
        if self.policy.takes_theirs(ref):
            record.settle(name)
        else:
            self.unsettled.append(self._called(ref, name))
        return False

    def _decide_again(self, ref: ObjectKey, name: str, wanted: Any) -> bool:
        if self.is_ours_again(ref, name):
            self.write(ref, name, wanted)
            return True
        return False

    def _called(self, ref: ObjectKey, name: str) -> str:
        shown = f"{self.names.get(ref, self.board_name)!r} ({name})"
        number = self.numbers.get(ref.key.partition("#")[0], "")
        return f"{number} {shown}" if number else shown

    def decide_done(self, ref: ObjectKey, wanted: bool, actual: bool, *, taken_back: bool) -> None:
        """Decide a tick: it follows the roadmap where that alone changed, set anew there or plainly taken back.

        That the roadmap has no tick is no reason: it may have lost it, or never pulled what a person ticked. What came
        with a copy is nobody's tick here.
        """
        record = self.records[ref]
        base = record.sent.get("done", False)
        if wanted == actual:
            record.sent["done"] = wanted
        elif self.is_copied(ref) or (wanted != base and (wanted or taken_back)):
            self.write(ref, "done", wanted)

    def is_copied(self, ref: ObjectKey) -> bool:
        """Whether something came with the copy of another board, and is yet to be made this roadmap's own."""
        return (ref, COPIED) in self.unfinished.writing

    def decide_parent(self, ref: ObjectKey, name: str, wanted: ObjectKey, actual_id: str) -> None:
        """Decide where something is: like a field, but written as one of ours, which may be made by this push."""
        record = self.records[ref]
        target = self.records.get(wanted)
        here = target is not None and target.id == actual_id
        if here or wanted in self.missing:
            record.sent[name] = wanted.key
            record.kept.pop(name, None)
            record.settle(name)
            return
        base = record.sent.get(name)
        pending = (ref, name) in self.unfinished.writing
        if not pending:
            if base is None:
                record.sent[name], record.kept[name] = wanted.key, actual_id
                return
            then = self.records.get(ObjectKey(wanted.kind, base))
            moved_by_people = (
                actual_id != record.kept.get(name, then.id if then else actual_id) or name in record.unsettled
            )
            if base == wanted.key:
                if not self.is_ours_again(ref, name):
                    return
            elif moved_by_people and not self.policy.takes_ours(ref):
                self.lose(ref, name)
                record.sent[name], record.kept[name] = wanted.key, actual_id
                return
        self.write(ref, name, wanted)

    def stay(self, ref: ObjectKey, name: str, wanted: ObjectKey, actual_id: str) -> None:
        """Take it that something stays where it is, though the roadmap has it elsewhere."""
        record = self.records[ref]
        record.sent[name], record.kept[name] = wanted.key, actual_id

    def merge_labels(self, ref: ObjectKey, keys: tuple[str, ...], actual: tuple[str, ...]) -> None:
        """Merge labels as a set: what people added or took away stays so."""
        record = self.records[ref]
        base = record.sent.get("labels", [])
        add = [ObjectKey(LABEL, key) for key in keys if key not in base]
        drop = {
            self.records[ObjectKey(LABEL, key)].id
            for key in base
            if key not in keys and ObjectKey(LABEL, key) in self.records
        }
        new: list[str | ObjectKey] = [id_ for id_ in actual if id_ not in drop]
        for label in add:
            known = self.records.get(label)
            if label not in self.missing and (known is None or known.id not in actual):
                new.append(label)
        if new == list(actual):
            record.sent["labels"] = list(keys)
        else:
            self.write(ref, "labels", tuple(new))

    def reopen(self, ref: ObjectKey, actual: Any) -> None:
        """Bring back what we archived ourselves, now that the roadmap has it again."""
        record = self.records[ref]
        if getattr(actual, "closed", False) and record.sent.get("closed"):
            self.write(ref, "closed", False)
        elif not getattr(actual, "closed", False):
            record.sent.pop("closed", None)

    def write(self, ref: ObjectKey, name: str, value: Any) -> None:
        """Note that a field is to be written."""
        self.fields.setdefault(ref, {})[name] = value
