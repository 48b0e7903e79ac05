"""What to do now: what can be started, what is due, and how much of it today holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..model import Hours, Node
from ..planning.estimates import Estimates, estimate
from ..progress.model import State
from . import Snapshot

SOON = timedelta(days=7)


class NextStep(NamedTuple):
    """One leaf that could be done now."""

    leaf: Node
    path: tuple[Node, ...]
    """The nodes above it, from its section."""
    hours: Hours
    due: date | None
    """The author's fixed date, its own or the nearest above, else the plan's."""
    fixed: bool
    """Whether `due` is the author's."""
    today: float
    """Likely hours of it that the plan has for today; 0 without a plan."""
    waits_for: tuple[Node, ...] = ()
    """What it needs that is not done; empty when it can be started."""

    def is_overdue(self, today: date) -> bool:
        """Whether its fixed date has passed."""
        return self.fixed and self.due is not None and self.due < today


class NextSteps(NamedTuple):
    """What `roadpress next` tells."""

    today: tuple[NextStep, ...]
    """Today's share of the plan, in its order; empty without a plan, on days off, and when today's hours are done."""
    due: tuple[NextStep, ...]
    """Open leaves whose fixed date has passed or comes within a week, by date, whether they can be started or not."""
    ready: tuple[NextStep, ...]
    """Everything that can be started, in planned order, or the roadmap's where there is no plan."""
    blocked: int
    """Open leaves that wait for others."""


def upcoming(snapshot: Snapshot) -> NextSteps:
    """Return what to do on the snapshot's day. Optional leaves come after the required ones."""
    schedule = snapshot.schedule
    estimates = estimate(snapshot.whole)
    shares = _today_shares(snapshot)
    steps = list(_steps(snapshot, estimates, shares))
    position = {key: at for at, key in enumerate(schedule.order)} if schedule else {}
    steps.sort(key=lambda step: position.get(step.leaf.id, len(position)))
    near = [step for step in steps if step.fixed and step.due and step.due <= snapshot.today + SOON]
    return NextSteps(
        tuple(step for step in steps if step.leaf.id in shares),
        tuple(sorted(near, key=lambda step: step.due or date.max)),
        tuple(step for step in steps if not step.waits_for),
        sum(1 for step in steps if step.waits_for),
    )


def _steps(snapshot: Snapshot, estimates: Estimates, shares: dict[str, float]) -> Iterator[NextStep]:
    waiting = unfinished_needs(snapshot)
    stack: list[tuple[Node, tuple[Node, ...], date | None]]
    stack = [(section, (), None) for section in reversed(snapshot.roadmap.sections)]
    while stack:
        node, path, fixed = stack.pop()
        own = min((day for day in (node.due, fixed) if day), default=None)
        if node.children:
            above = (*path, node)
            stack.extend((child, above, own) for child in reversed(node.children))
        elif snapshot.state(node) is State.OPEN:
            due = own or snapshot.due(node)
            hours = estimates.hours[node.id]
            waits = waiting.get(node.id, ())
            yield NextStep(node, path, hours, due, own is not None, shares.get(node.id, 0.0), waits)


def unfinished_needs(snapshot: Snapshot) -> dict[str, tuple[Node, ...]]:
    """Return what each node waits for, by id: what it or anything above it needs and is not over.

    What waits for nothing is not in it.
    """
    nodes = snapshot.whole.by_id()
    needed = {need for node in nodes.values() for need in node.needs if need in nodes}
    unfinished = {need: nodes[need] for need in needed if not is_over(snapshot, nodes[need])}
    found: dict[str, tuple[Node, ...]] = {}
    for node in nodes.values():  # parents before children
        waits = (*found.get(node.id, ()), *(unfinished[need] for need in node.needs if need in unfinished))
        if waits:
            found[node.id] = waits
            found.update((child.id, waits) for child in node.children)
    return found


def is_over(snapshot: Snapshot, node: Node) -> bool:
    """Whether nothing required is left in a node, so that what needs it may begin."""
    if node.children:
        counts = snapshot.counts(node)
        return counts.done == counts.total and (counts.total > 0 or counts.optional_done == counts.optional_total)
    return snapshot.state(node) in (State.DONE, State.SKIPPED)


def _today_shares(snapshot: Snapshot) -> dict[str, float]:
    """Return the likely hours of each leaf that the plan has for today."""
    schedule, today = snapshot.schedule, snapshot.today
    if schedule is None or schedule.start != today:
        return {}
    return dict(schedule.first_day)
