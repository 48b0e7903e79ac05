"""Hours, needs and pace to dates.

One learner does one thing at a time: the open leaves are put in order (`core.planning.sequencing`), laid one after
another, and each takes its hours of the working days from today on. What was done late has moved the rest by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ..model import Hours, Pace, Roadmap
from ..progress.model import Progress, State
from .estimates import Estimates, estimate
from .schedule import MissedDeadline, Schedule, Slot, Week, WeekAllocation
from .sequencing import Chain, PrecedenceGraph, chain, needed_though_optional, sequence
from .weeks import last_of_week, monday
from .workdays import Workdays

_TINY = 1e-6
"""Hours that are none: what is left of a sum of floats."""


def plan(
    roadmap: Roadmap,
    progress: Progress,
    *,
    today: date,
    start: date | None = None,
    pace: Pace | None = None,
    optional: bool = False,
    estimates: Estimates | None = None,
) -> Schedule | None:
    """Return the plan of what is left, or None when neither the roadmap nor `pace` says how much time there is.

    `start` and `pace` stand in for the roadmap's. Work begins at the later of `start` and `today`; hours of what was
    done today are taken off today's. Optional leaves are planned when something required needs them, or all with
    `optional`.
    Raises UsageError when the pace finishes nothing before the end of year 9999.
    """
    pace = pace or roadmap.pace
    if pace is None:
        return None
    first = max(today, start or roadmap.start or today)
    return _planned(roadmap, progress, today, first, pace, estimates, optional=optional)


def _planned(
    roadmap: Roadmap,
    progress: Progress,
    today: date,
    first: date,
    pace: Pace,
    estimates: Estimates | None,
    *,
    optional: bool,
) -> Schedule:
    estimates = estimates or estimate(roadmap)
    tree = PrecedenceGraph(roadmap.sections)
    days = Workdays(pace, first)
    hours = {index: estimates.hours[tree.nodes[index].id] for index in _open_leaves(tree, progress, optional=optional)}
    if not hours:
        return Schedule(start=first, pace=pace)
    work = {index: (low + high) / 2 for index, (low, high) in hours.items()}
    begin = _spent_today(progress, estimates, days, first, today)
    most = begin + sum(high for _, high in hours.values())
    days.day(days.last_index(most))
    due = _due_moments(tree, days, most)
    events = sequence(tree, work, {index: due[index] for index in work if index in due}, begin=begin)
    ends = {tree.end(index): moment for index, moment in due.items()}
    found = chain(tree, events, work, ends, begin=begin)
    order = [event for event in events if event in work]
    parts = _parts(order, work, days, begin)
    slots = _slots(tree, order, hours, days, parts, found, begin)
    return Schedule(
        slots=MappingProxyType(slots),
        earliest_finish=max(slot.early_finish or slot.due for slot in slots.values()),
        latest_finish=max(slot.late_finish or slot.due for slot in slots.values()),
        finish=max(slot.due for slot in slots.values()),
        start=first,
        pace=pace,
        hours=Hours(sum(low for low, _ in hours.values()), sum(high for _, high in hours.values())),
        assumed=sum(tree.nodes[index].id in estimates.assumed for index in order),
        order=tuple(tree.nodes[index].id for index in order),
        first_day=tuple(_first_day(tree, parts)) if days.day(0) == first else (),
        weeks=tuple(_weeks(tree, parts, days, begin)),
        critical=tuple(tree.nodes[index].id for index in found.critical),
        misses=tuple(
            MissedDeadline(node.id, node.due, slots[node.id].due)
            for node in tree.nodes
            if node.due and node.id in slots and slots[node.id].due > node.due
        ),
    )


def _open_leaves(tree: PrecedenceGraph, progress: Progress, *, optional: bool) -> Iterator[int]:
    """Yield the leaves to plan, in reading order."""
    needed = set() if optional else needed_though_optional(tree)
    for index, node in enumerate(tree.nodes):
        if tree.children[index]:
            continue
        tick = progress.ticks.get(node.id)
        is_open = tick is None or tick.state is State.OPEN
        if is_open and (optional or not tree.optional[index] or index in needed):
            yield index


def _spent_today(progress: Progress, estimates: Estimates, days: Workdays, first: date, today: date) -> float:
    """Return the hours of today that are used up; at most a day's."""
    if first != today or days.day(0) != today:
        return 0.0
    ticks = progress.ticks.items()
    done = (estimates.hours.get(key) for key, tick in ticks if tick.state is State.DONE and tick.on == today)
    return min(days.hours_a_day, sum((hours.low + hours.high) / 2 for hours in done if hours))


def _due_moments(tree: PrecedenceGraph, days: Workdays, most: float) -> dict[int, float]:
    """Return the moment by which each node has to be done, its own or one of a node above, by index."""
    due: dict[int, float] = {}
    known: dict[date, float] = {}
    for index, node in enumerate(tree.nodes):
        above = due.get(tree.parents[index])
        if node.due:
            if node.due not in known:
                known[node.due] = days.hours_until(node.due, most)
            own = known[node.due]
            due[index] = own if above is None else min(own, above)
        elif above is not None:
            due[index] = above
    return due


_Parts = Mapping[int, list[tuple[int, float]]]
"""On which working days how many hours are done of each leaf, in the order of the plan."""


def _parts(order: list[int], work: Mapping[int, float], days: Workdays, begin: float) -> _Parts:
    parts = {}
    moment = begin
    for index in order:
        parts[index] = days.parts(moment, work[index])
        moment += work[index]
    return parts


def _slots(
    tree: PrecedenceGraph,
    order: list[int],
    hours: Mapping[int, Hours],
    days: Workdays,
    parts: _Parts,
    found: Chain,
    begin: float,
) -> dict[str, Slot]:
    low = high = begin
    slots: list[Slot | None] = [None] * tree.count
    critical = set(found.critical)
    day, last = days.day, days.last_index
    for index in order:
        estimated = hours[index]
        low += estimated.low
        high += estimated.high
        start, due = parts[index][0][0], parts[index][-1][0]
        slack = last(found.latest[index]) - due if found.latest[index] > -_TINY else -1 - due
        slots[index] = Slot(day(start), day(due), day(last(low)), day(last(high)), estimated, slack, index in critical)
    for index in range(tree.count - 1, -1, -1):
        slot, parent = slots[index], tree.parents[index]
        if slot is not None and parent >= 0:
            other = slots[parent]
            slots[parent] = slot._replace(critical=parent in critical) if other is None else _joined(slot, other)
    return {tree.nodes[index].id: slot for index, slot in enumerate(slots) if slot is not None}


def _joined(one: Slot, other: Slot) -> Slot:
    """Return the slot of a parent of both; `other` says whether that is critical."""
    return Slot(
        min(one.start, other.start),
        max(one.due, other.due),
        max(one.early_finish or one.due, other.early_finish or other.due),
        max(one.late_finish or one.due, other.late_finish or other.due),
        one.hours + other.hours,
        min(one.slack, other.slack),
        other.critical,
    )


def _first_day(tree: PrecedenceGraph, parts: _Parts) -> Iterator[WeekAllocation]:
    """Yield what there is to do on the first day."""
    for index, ((day, hours), *_) in parts.items():
        if day:
            return
        yield WeekAllocation(tree.nodes[index].id, hours)


def _weeks(tree: PrecedenceGraph, parts: _Parts, days: Workdays, begin: float) -> Iterator[Week]:
    """Yield the weeks that hold work."""
    weeks: dict[date, dict[int, float]] = {}
    end = date.min
    shares: dict[int, float] = {}
    for index, here in parts.items():
        for at, hours in here:
            day = days.day(at)
            if day > end or not weeks:
                first = monday(day)
                end = last_of_week(first)
                shares = weeks.setdefault(first, {})
            shares[index] = shares.get(index, 0.0) + hours
    before = begin
    for first, shares in weeks.items():
        spent = sum(shares.values())
        capacity = days.count_until(last_of_week(first)) * days.hours_a_day - before
        yield Week(
            first,
            spent,
            capacity,
            tuple(WeekAllocation(tree.nodes[index].id, hours) for index, hours in shares.items()),
        )
        before += spent
