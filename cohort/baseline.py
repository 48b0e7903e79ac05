"""The plan that a learner began with: what was to be done by when, had it all gone as planned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from ..core.errors import RoadpressError
from ..core.model import Pace, Roadmap
from ..core.planning.estimates import estimate
from ..core.planning.planner import plan
from ..core.progress.model import Progress

_ANY = Pace(10)


class Baseline:
    """A plan from its first day on, with nothing done; leaves are named by their places in the whole roadmap."""

    def __init__(self, whole: Roadmap, own: Roadmap, today: date) -> None:
        leaves = list(own.leaves())
        places = {leaf.id: place for place, leaf in enumerate(whole.leaves())}
        self.places = [places[leaf.id] for leaf in leaves]
        self.size = len(places)
        self.sections = [
            [places[leaf.id] for leaf in section.leaves() if leaf.id in {one.id for one in leaves}]
            for section in whole.sections
        ]
        self.required = _required(own, places)
        self.is_planned = own.start is not None and own.pace is not None
        self.start = own.start
        untouched = replace(own, start=own.start or today, pace=own.pace or _ANY)
        try:
            schedule = plan(untouched, Progress(), today=untouched.start or today)
        except RoadpressError:  # it would run past the calendar's end
            schedule, self.is_planned = None, False
        order = [id_ for id_ in schedule.order if places[id_] in self.required] if schedule else []
        self.order = [places[id_] for id_ in order] or [place for place in self.places if place in self.required]
        self.due = [schedule.slots[id_].due.toordinal() for id_ in order] if schedule and self.is_planned else []
        hours = estimate(own).hours
        self._hours = {places[leaf.id]: sum(hours[leaf.id]) / 2 for leaf in leaves}
        self._until = list(accumulate(self._hours[place] for place in self.order))

    def next(self, days: Sequence[int]) -> int | None:
        """Return the place of the first required leaf in planned order that is open."""
        return next((place for place in self.order if days[place] == 0), None)

    def behind(self, days: Sequence[int], today: date) -> int | None:
        """Return by how many days a learner is behind the plan, below 0 ahead of it; None without a plan.

        The hours of what is done or skipped are put to the plan's beginning: what they reach is where the learner is.
        """
        if not self.due:
            return None
        done = sum(self._hours[place] for place in self.order if days[place])
        reached = bisect_right(self._until, done + 1e-9)
        now = today.toordinal()
        if reached < len(self.due) and self.due[reached] < now:
            return now - self.due[reached]
        if reached and self.due[reached - 1] > now:
            return now - self.due[reached - 1]
        return 0

    def planned_by(self, day: int) -> int:
        """Return how many leaves were to be done by the end of a day."""
        return bisect_right(self.due, day)

    @property
    def end(self) -> date | None:
        """The day on which all was to be done."""
        return date.fromordinal(self.due[-1]) if self.due else None


def _required(own: Roadmap, places: dict[str, int]) -> frozenset[int]:
    """Return the places of leaves that are not optional, nor below anything that is."""
    required = set()
    stack = [(section, section.optional) for section in own.sections]
    while stack:
        node, optional = stack.pop()
        if node.is_leaf and not optional:
            required.add(places[node.id])
        stack.extend((child, optional or child.optional) for child in node.children)
    return frozenset(required)


def weeks_between(first: date, last: date, most: int = 60) -> list[date]:
    """Return days from first to last, both included, a week or more apart."""
    step = 7 * max(1, -(-((last - first).days) // (7 * most)))
    days = [first + timedelta(days=at) for at in range(0, (last - first).days, step)]
    return [*days, last]
