"""What an exporter is given: the roadmap, how far it is done, and when the rest is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..learner import one_name
from ..model import Node, Roadmap
from ..progress.model import Progress, State, Tick

if TYPE_CHECKING:
    from ..planning.schedule import Schedule


class Counts(NamedTuple):
    """Leaves below a node. Optional and skipped ones count apart, so that 100 % can be reached."""

    done: int = 0
    """Required leaves that are done."""
    total: int = 0
    """Required leaves that are not skipped."""
    optional_done: int = 0
    optional_total: int = 0
    skipped: int = 0

    @property
    def fraction(self) -> float:
        """0 to 1; 0 when there is nothing to do."""
        return self.done / self.total if self.total else 0.0

    @property
    def percent(self) -> int:
        """Whole percent, rounded down so that 100 means all."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def state(self) -> State:
        """The state of a parent with these leaves."""
        done, total = self.done, self.total
        if not total:  # only optional or skipped leaves
            done, total = self.optional_done, self.optional_total
        if not total:
            return State.SKIPPED if self.skipped else State.OPEN
        if done == total:
            return State.DONE
        return State.PARTLY if self.done or self.optional_done else State.OPEN


@dataclass(frozen=True)
class Snapshot:
    """A roadmap at a moment. All questions an output asks of it are answered from tables made once, in linear time."""

    roadmap: Roadmap
    progress: Progress
    today: date
    schedule: Schedule | None = None
    learner: str = ""
    """Whose it is; empty where nobody is named."""
    new_since: date | None = None
    """From which day on what came counts as new, where that was asked."""
    new: frozenset[str] = frozenset()
    """Ids of the entries that came since."""
    narrowed_from: Roadmap | None = None
    """The whole, where `roadmap` is a part of it that a filter left."""
    narrowed_by: str = ""
    """That filter in short: `only=3 open`."""
    _counts: dict[str, Counts] = field(init=False, repr=False, compare=False)
    _marked: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_marked", _marked(self.roadmap, self.new))
        counts: dict[str, Counts] = {}
        object.__setattr__(self, "_counts", counts)
        for section in self.narrowed_from.sections if self.narrowed_from else ():
            self._count(section, False, counts)  # of what is left out; of the rest what is left counts
        counts[""] = _sum([self._count(section, False, counts) for section in self.roadmap.sections])

    @classmethod
    def of(cls, roadmap: Roadmap, *, today: date) -> Snapshot:
        """Return the roadmap as its author left it: `done:` is the progress, and there is no plan."""
        return cls(roadmap, Progress.of_author(roadmap), today, learner=one_name(roadmap.learner))

    def _count(self, node: Node, optional: bool, counts: dict[str, Counts]) -> Counts:
        optional = optional or node.optional
        if node.children:
            total = _sum([self._count(child, optional, counts) for child in node.children])
        elif tick := self.progress.ticks.get(node.id):
            total = _LEAF_COUNTS[optional, tick.state]
        else:
            total = _OPEN_OPTIONAL if optional else _OPEN
        counts[node.id] = total
        return total

    @property
    def whole(self) -> Roadmap:
        """The roadmap before any filter: what `needs` may name."""
        return self.narrowed_from or self.roadmap

    @property
    def total(self) -> Counts:
        """Counts of the whole roadmap."""
        return self._counts[""]

    def counts(self, node: Node) -> Counts:
        """Return the counts of the leaves below a node (a leaf counts itself)."""
        return self._counts[node.id]

    def tick(self, node: Node) -> Tick | None:
        """Return what is recorded of a leaf, if anything."""
        return self.progress.ticks.get(node.id)

    def state(self, node: Node) -> State:
        """Return where a node stands; a parent by its leaves."""
        if node.children:
            return self._counts[node.id].state
        tick = self.progress.ticks.get(node.id)
        return tick.state if tick else State.OPEN

    def is_done(self, node: Node) -> bool:
        """Whether a node is done; a parent when all its required leaves are."""
        return self.state(node) is State.DONE

    def is_new(self, node: Node) -> bool:
        """Whether a node is to be marked as new: it is, with all below it, and nothing above it says so already."""
        return node.id in self._marked

    @property
    def new_leaves(self) -> int:
        """How many leaves are new."""
        return sum(leaf.id in self.new for leaf in self.roadmap.leaves()) if self.new else 0

    def start(self, node: Node) -> date | None:
        """Return the day the plan begins with a node, if there is a plan and it is not done."""
        slot = self.schedule.slots.get(node.id) if self.schedule else None
        return slot.start if slot else None

    def due(self, node: Node) -> date | None:
        """Return the author's fixed date, else the plan's."""
        if node.due:
            return node.due
        slot = self.schedule.slots.get(node.id) if self.schedule else None
        return slot.due if slot else None


def _marked(roadmap: Roadmap, new: frozenset[str]) -> frozenset[str]:
    """Return the topmost of the nodes that are new with all that is below them."""
    marked: set[str] = set()

    def is_whole(node: Node) -> bool:
        below = [is_whole(child) for child in node.children]
        if node.id not in new or not all(below):
            return False
        marked.difference_update(child.id for child in node.children)
        marked.add(node.id)
        return True

    for section in roadmap.sections if new else ():
        is_whole(section)
    return frozenset(marked)


def _sum(parts: Sequence[Counts]) -> Counts:
    return Counts._make(map(sum, zip(*parts, strict=True))) if parts else Counts()


_OPEN = Counts(total=1)
_OPEN_OPTIONAL = Counts(optional_total=1)
_LEAF_COUNTS = {
    (False, State.OPEN): _OPEN,
    (False, State.DONE): Counts(done=1, total=1),
    (False, State.SKIPPED): Counts(skipped=1),
    (True, State.OPEN): _OPEN_OPTIONAL,
    (True, State.DONE): Counts(optional_done=1, optional_total=1),
    (True, State.SKIPPED): Counts(skipped=1),
}
