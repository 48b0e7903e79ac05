"""How much work is done and left: the one set of hours that every output tells.

Required leaves count, and optional ones that required ones wait for. Estimates are the plan's; what is only assumed
counts where there is a plan, which says so, and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from ..model import Hours, Node, Roadmap
from ..planning.estimates import Estimates, estimate
from ..planning.schedule import NO_HOURS
from ..planning.sequencing import PrecedenceGraph, needed_though_optional
from ..progress.model import State
from .snapshot import Snapshot


class WorkHours(NamedTuple):
    """The hours of a node, or of the whole."""

    done: Hours = NO_HOURS
    left: Hours = NO_HOURS


NO_WORK = WorkHours()


def work_hours(
    snapshot: Snapshot, estimates: Estimates | None = None, needed: frozenset[str] | None = None
) -> Mapping[str, WorkHours]:
    """Return the hours of every node by its id, and of the whole under the empty name.

    `estimates` and `needed` are those of the whole roadmap, where they are known already.
    """
    hours = known_hours(snapshot, estimates)
    needed = needed_optional(snapshot.whole) if needed is None else needed
    found: dict[str, WorkHours] = {}

    def add(node: Node, optional: bool) -> WorkHours:
        optional = optional or node.optional
        if node.children:
            total = _sum([add(child, optional) for child in node.children])
        elif node.id not in hours or (optional and node.id not in needed):
            total = NO_WORK
        else:
            state = snapshot.state(node)
            done = hours[node.id] if state is State.DONE else NO_HOURS
            total = WorkHours(done, hours[node.id] if state is State.OPEN else NO_HOURS)
        found[node.id] = total
        return total

    found[""] = _sum([add(section, False) for section in snapshot.roadmap.sections])
    return found


def known_hours(snapshot: Snapshot, estimates: Estimates | None = None) -> Mapping[str, Hours]:
    """Return the hours of leaves that are told, by id: all with a plan, else those that are more than assumed."""
    estimates = estimates or estimate(snapshot.whole)
    if snapshot.schedule:
        return estimates.hours
    return {id_: hours for id_, hours in estimates.hours.items() if id_ not in estimates.assumed}


def needed_optional(roadmap: Roadmap) -> frozenset[str]:
    """Return the ids of optional leaves that required ones wait for."""
    nodes = list(roadmap.walk())
    if not any(node.optional for node in nodes) or not any(node.needs for node in nodes):
        return frozenset()
    tree = PrecedenceGraph(roadmap.sections)
    return frozenset(tree.nodes[index].id for index in needed_though_optional(tree) if not tree.children[index])


def rounded(hours: float) -> float:
    """Return hours as they are told: to a tenth, halves up, as the page's script does."""
    return math.floor(hours * 10 + 0.5) / 10


def _sum(parts: list[WorkHours]) -> WorkHours:
    low_done = high_done = low_left = high_left = 0.0
    for done, left in parts:
        low_done, high_done = low_done + done.low, high_done + done.high
        low_left, high_left = low_left + left.low, high_left + left.high
    return WorkHours(Hours(low_done, high_done), Hours(low_left, high_left))
