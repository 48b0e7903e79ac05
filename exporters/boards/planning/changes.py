"""A plan's parts: one change is one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from ..model.board import BOARD, CARD, CHECKLIST, ITEM, LABEL, LIST, ActualBoard, ObjectKey
from ..model.service import TRELLO, Service
from .state import SyncedObject, SyncState


class Action(Enum):
    """What a change does, with its sign."""

    CREATE = "+"
    UPDATE = "~"
    MOVE = ">"
    TICK = "✓"
    ARCHIVE = "-"


PHASES = {BOARD: 0, LABEL: 1, LIST: 2, CARD: 3, CHECKLIST: 5, ITEM: 8}
"""When things of a kind are made; changes of what exists come one phase later."""
OUT_OF_CHECKLISTS = PHASES[ITEM] - 1
"""When items leave a checklist for another: a full one then has room for those that come."""
LEAVING = PHASES[ITEM] + 2
"""When what left the roadmap goes."""
DOUBLE = LEAVING + 1
"""When what stands twice goes."""


class Turn(NamedTuple):
    """When a change is made: what is made comes before what may point to it."""

    phase: int
    number: int
    """Its place in the phase."""


@dataclass(frozen=True, slots=True)
class BoardChange:
    """One call. Changes sort in the order in which they can be made."""

    turn: Turn
    action: Action
    ref: ObjectKey
    title: str
    """Its name as people see it."""
    parent: ObjectKey | None
    """What it is made in, or moved to."""
    fields: dict[str, Any]
    """Field → value; a `ObjectKey` stands for the id of one of ours, and in texts for its address."""
    id: str = ""
    """Trello's, where it exists."""
    within: str = ""
    """For an item that exists: the id of its card, or of its checklist where it is deleted."""
    deletes: bool = False
    """Whether archiving means deleting, for what cannot be archived."""
    text: str = ""
    """What is deleted, to be kept as text."""

    def __lt__(self, other: BoardChange) -> bool:
        return (self.turn, self.ref) < (other.turn, other.ref)


class Source(NamedTuple):
    """A board that is to be copied."""

    actual: ActualBoard
    records: Mapping[ObjectKey, SyncedObject]
    """What is known of it."""


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """What a push would do."""

    changes: tuple[BoardChange, ...]
    state: SyncState
    """What is known of the board before the first change."""
    board: ActualBoard | None = None
    """None when there is none yet."""
    notices: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    """Why a person must decide first: push does nothing without `--force`."""
    known: frozenset[str] = field(default_factory=frozenset)
    """Ids of everything on the board, ours and strangers'."""

    labels: Mapping[ObjectKey, tuple[str, ...]] = field(default_factory=dict)
    """The keys of each card's labels, to be remembered once they are written."""
    orders: Mapping[ObjectKey, tuple[str, ...]] = field(default_factory=dict)
    """The keys of what each parent holds, to be remembered once all is done."""

    service: Service = TRELLO
    """Where the board is."""
    source: Source | None = None
    """The board that is copied first; the other changes are those of the copy."""

    @property
    def seconds(self) -> float | None:
        """How long its calls take at least, at the service's rate; None where there is none."""
        return len(self.changes) / self.service.rate if self.service.rate else None

    def counts(self) -> dict[Action, int]:
        """Return how many changes there are of each action, without the ones there are none of."""
        found = dict.fromkeys(Action, 0)
        for change in self.changes:
            found[change.action] += 1
        return {action: count for action, count in found.items() if count}
