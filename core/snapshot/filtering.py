"""Narrowing: what `--only`, `--tag` and `--open` leave of a snapshot, before any exporter sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import is_not
from typing import NamedTuple

from ..errors import UsageError
from ..model import Node, Roadmap
from ..planning.schedule import NO_HOURS, Schedule, Slot
from ..progress.model import State
from .selectors import select
from .snapshot import Snapshot

_CLOSED = frozenset({State.DONE, State.SKIPPED})


class Filter(NamedTuple):
    """What to leave; an entry must pass all that are given."""

    only: tuple[str, ...] = ()
    """Entries by number, id or title, with all below them."""
    tag: tuple[str, ...] = ()
    """Entries that carry one of these tags, with all below them."""
    open: bool = False
    """Entries that are neither done nor skipped."""


class Narrowed(NamedTuple):
    """A narrowed snapshot, and what there is to say about it."""

    snapshot: Snapshot
    notices: tuple[str, ...] = ()


def narrowed(snapshot: Snapshot, chosen: Filter) -> Narrowed:
    """Return a snapshot of the entries that pass a filter, and of what leads to them.

    Numbers, ids and days stay, counts are of what is left; `Snapshot.whole` is the roadmap as it was. Raises UsageError
    for what names nothing, and when entries pass each filter but none passes all.
    """
    if not any(chosen):
        return Narrowed(snapshot)
    roadmap = snapshot.roadmap
    passing = [*_named(roadmap, chosen.only), *_tagged(roadmap, chosen.tag)]
    kept = {leaf.id for leaf in roadmap.leaves()}.intersection(*passing)
    if not kept and passing:
        raise UsageError(
            "No entry passes both --only and --tag.", remedy="Nothing was written; leave one of them out, or widen it."
        )
    if chosen.open:
        kept.intersection_update(leaf.id for leaf in roadmap.leaves() if snapshot.state(leaf) not in _CLOSED)
    notices = () if kept else ("All of it is done or skipped: nothing is left to show.",)
    left = replace(roadmap, sections=_left(roadmap.sections, kept))
    schedule = _cut(snapshot.schedule, left, roadmap) if snapshot.schedule else None
    words = [f"{name}={','.join(value)}" for name, value in (("only", chosen.only), ("tag", chosen.tag)) if value]
    said = " ".join([*words, *(["open"] if chosen.open else [])])
    part = replace(snapshot, roadmap=left, schedule=schedule, narrowed_from=snapshot.whole, narrowed_by=said)
    return Narrowed(part, notices)


def _named(roadmap: Roadmap, words: tuple[str, ...]) -> list[set[str]]:
    """Return the ids of what words name and of all below it, in a list; an empty list without words."""
    if not words:
        return []
    try:
        return [_with_below(select(roadmap, words))]
    except UsageError as error:
        remedy = "Nothing was written; `roadpress status --all` shows every number and id."
        raise UsageError(error.message, remedy=remedy) from None


def _tagged(roadmap: Roadmap, tags: tuple[str, ...]) -> list[set[str]]:
    """Return the ids of what carries one of some tags and of all below it, in a list; an empty list without tags."""
    if not tags:
        return []
    asked = frozenset(tags)
    used = {tag for node in roadmap.walk() for tag in node.tags}
    if missing := [tag for tag in tags if tag not in used]:
        there = f"Nothing was written; there are: {', '.join(sorted(used))}." if used else "The roadmap has no tags."
        raise UsageError(f"No entry has the tag {' or '.join(map(repr, missing))}.", remedy=there)
    return [_with_below(node for node in roadmap.walk() if not asked.isdisjoint(node.tags))]


def _with_below(nodes: Iterable[Node]) -> set[str]:
    return {below.id for node in nodes for below in node.walk()}


def _left(nodes: tuple[Node, ...], leaves: set[str]) -> tuple[Node, ...]:
    """Return some leaves and what leads to them; a node that loses nothing stays the same object."""
    result = []
    for node in nodes:
        if not node.children:
            if node.id in leaves:
                result.append(node)
        elif children := _left(node.children, leaves):
            lost = len(children) < len(node.children) or any(map(is_not, children, node.children))
            result.append(node._replace(children=children) if lost else node)
    return tuple(result)


def _cut(schedule: Schedule, left: Roadmap, whole: Roadmap) -> Schedule:
    """Return the part of a plan that is about what is left. No day moves: the learner's weeks stay what they are."""
    former = whole.by_id()
    slots = {node.id: schedule.slots[node.id] for node in left.walk() if node.id in schedule.slots}
    for node in reversed(list(left.walk())):  # children before their parents
        if node.id in slots and node is not former[node.id]:
            slots[node.id] = _around(slots[node.id], [slots[child.id] for child in node.children if child.id in slots])
    weeks = [
        week._replace(shares=shares, hours=sum(share.hours for share in shares))
        for week in schedule.weeks
        if (shares := tuple(share for share in week.shares if share.id in slots))
    ]
    order = tuple(id_ for id_ in schedule.order if id_ in slots)
    end = _around(Slot(date.max, date.min), [slots[id_] for id_ in order]) if order else None
    return replace(
        schedule,
        slots=slots,
        weeks=tuple(weeks),
        order=order,
        first_day=tuple(share for share in schedule.first_day if share.id in slots),
        critical=tuple(id_ for id_ in schedule.critical if id_ in slots),
        misses=tuple(miss for miss in schedule.misses if miss.id in slots),
        finish=end.due if end else None,
        earliest_finish=end.early_finish if end else None,
        latest_finish=end.late_finish if end else None,
        hours=end.hours if end else NO_HOURS,
    )


def _around(slot: Slot, parts: Sequence[Slot]) -> Slot:
    """Return a slot with the days and hours of its parts."""
    return slot._replace(
        start=min(part.start for part in parts),
        due=max(part.due for part in parts),
        early_finish=max(part.early_finish or part.due for part in parts),
        late_finish=max(part.late_finish or part.due for part in parts),
        hours=sum((part.hours for part in parts), NO_HOURS),
    )
