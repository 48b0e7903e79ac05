"""In which order one learner works: what is needed first, fixed dates met where they can be, else the roadmap's order.

The order is found from its end (Lawler, "Optimal sequencing of a single machine subject to precedence constraints",
Management Science 19(5), 1973): of the leaves that nothing unplaced waits for, the one that comes last in the roadmap
goes last, provided that its fixed date allows it to finish that late; where none may, the one with the latest fixed
date. This keeps the greatest delay as small as any order can, and pulls what is needed just before what needs it.
Which of those that may go last does, is free: one of the topic that is being placed, so that no topic is left in its
middle for another where that can be. `templates/checklist/plan.js` is its translation.
All moments are hours of work counted from the plan's first one. Cost is linear, but for a heap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from ..errors import RoadpressError
from ..model import Node

_TINY = 1e-6


class PrecedenceGraph:
    """A roadmap as arrays: nodes by their place in reading order, from 0.

    A parent has two events, its begin and its end; a leaf is one. The number of an event is the node's index, and for
    the end of a parent `count` more.
    """

    def __init__(self, sections: Sequence[Node]) -> None:
        self.nodes: list[Node] = []
        self.parents: list[int] = []
        """-1 at the top."""
        self.children: list[list[int]] = []
        stack = [(node, -1) for node in reversed(sections)]
        while stack:
            node, parent = stack.pop()
            index = len(self.nodes)
            self.nodes.append(node)
            self.parents.append(parent)
            self.children.append([])
            if parent >= 0:
                self.children[parent].append(index)
            stack.extend((child, index) for child in reversed(node.children))
        self.count = len(self.nodes)
        self.topics: list[int] = []
        """For each node the topic that it lies in, by index; sections and topics are their own."""
        self.optional: list[bool] = []
        """Whether a node is optional, or lies in one that is."""
        for index, parent in enumerate(self.parents):
            self.optional.append(self.nodes[index].optional or (parent >= 0 and self.optional[parent]))
            inside = parent >= 0 and self.parents[parent] >= 0
            self.topics.append(self.topics[parent] if inside else index)
        self.index = {node.id: index for index, node in enumerate(self.nodes)}
        self.needs = {
            index: [self.end(self.index[need]) for need in node.needs if need in self.index]
            for index, node in enumerate(self.nodes)
            if node.needs
        }
        """The events that a node waits for, by its index."""

    def end(self, index: int) -> int:
        """Return the event at which a node is done."""
        return index + self.count if self.children[index] else index

    def before(self, event: int) -> list[int]:
        """Return the events that come directly before an event."""
        if event >= self.count:
            return [self.end(child) for child in self.children[event - self.count]]
        parent = self.parents[event]
        above = [parent] if parent >= 0 else []
        return self.needs[event] + above if event in self.needs else above


def sequence(tree: PrecedenceGraph, work: Mapping[int, float], due: Mapping[int, float], *, begin: float) -> list[int]:
    """Return all events in the order of the plan.

    `work` has the hours of each leaf that is to be planned, by its index; all else takes no time. `due` has the moments
    by which leaves have to be done. Raises RoadpressError when `needs` run in a circle.
    """
    waiting = _successor_counts(tree)
    moment = begin + sum(work.values())
    backwards: list[int] = []
    released = [event for event in range(2 * tree.count) if not waiting[event] and _exists(tree, event)]
    allowed = _Allowed(tree.topics)
    late: list[tuple[float, int]] = []
    while True:
        while released:
            event = released.pop()
            if event not in work:
                backwards.append(event)
                _release(tree.before(event), waiting, released)
            elif (latest := due.get(event, inf)) >= moment - _TINY:
                allowed.add(event)
            else:
                heappush(late, (-latest, -event))
        while late and -late[0][0] >= moment - _TINY:
            allowed.add(-heappop(late)[1])
        if allowed.count:
            chosen = allowed.take()
        elif late:
            chosen = -heappop(late)[1]
        else:
            break
        backwards.append(chosen)
        moment -= work[chosen]
        _release(tree.before(chosen), waiting, released)
    if any(waiting):
        stuck = next(event % tree.count for event in range(2 * tree.count) if waiting[event])
        raise RoadpressError(f"`needs` run in a circle around {tree.nodes[stuck].title!r}.", remedy="Take one away.")
    backwards.reverse()
    return backwards


def needed_though_optional(tree: PrecedenceGraph) -> set[int]:
    """Return the optional nodes that required ones wait for, with all in them that is not optional in its turn."""
    needed: set[int] = set()
    todo = [index for index in tree.needs if not tree.optional[index]]
    seen = set(todo)
    while todo:
        for event in tree.needs.get(todo.pop(), ()):
            below = [event % tree.count]
            while below:
                index = below.pop()
                if tree.optional[index] and index not in needed:
                    needed.add(index)
                    below += (child for child in tree.children[index] if not tree.nodes[child].optional)
                    above: list[int] = []
                    while index >= 0:
                        above.append(index)
                        index = tree.parents[index]
                    todo += (node for node in above if node not in seen)
                    seen.update(above)
    return needed


class _Allowed:
    """The leaves that may go last, and which of them does: the last of the topic that is being placed, else of all."""

    def __init__(self, topics: Sequence[int]) -> None:
        self.count = 0
        self._topics = topics
        self._all: list[int] = []
        self._by_topic: dict[int, list[int]] = {}
        self._taken: set[int] = set()
        self._topic = -1

    def add(self, leaf: int) -> None:
        self.count += 1
        heappush(self._all, -leaf)
        heappush(self._by_topic.setdefault(self._topics[leaf], []), -leaf)

    def take(self) -> int:
        """Return the leaf that goes last; there must be one."""
        self.count -= 1
        if not self._by_topic.get(self._topic):
            while -self._all[0] in self._taken:
                heappop(self._all)
            self._topic = self._topics[-self._all[0]]
        leaf = -heappop(self._by_topic[self._topic])
        self._taken.add(leaf)
        return leaf


def _exists(tree: PrecedenceGraph, event: int) -> bool:
    return event < tree.count or bool(tree.children[event - tree.count])


def _successor_counts(tree: PrecedenceGraph) -> list[int]:
    """Return for each event how many come directly after it."""
    waiting = [0] * (2 * tree.count)
    for index, parent in enumerate(tree.parents):
        if parent >= 0:
            waiting[tree.end(index)] += 1
        waiting[index] += len(tree.children[index])
    for needed in tree.needs.values():
        for event in needed:
            waiting[event] += 1
    return waiting


def _release(events: list[int], waiting: list[int], released: list[int]) -> None:
    for event in events:
        waiting[event] -= 1
        if not waiting[event]:
            released.append(event)


class Chain(NamedTuple):
    """What the critical path method (Kelley and Walker, 1959) says of an order."""

    latest: list[float]
    """For each event the last moment at which it may happen without moving the plan's end or a fixed date."""
    critical: list[int]
    """The nodes of the longest chain of `needs`, by index, in order; a parent stands for all the work in it."""


def chain(
    tree: PrecedenceGraph, events: Sequence[int], work: Mapping[int, float], due: Mapping[int, float], *, begin: float
) -> Chain:
    """Return latest moments and the critical chain of events in plan order.

    One learner does all the work, so that a parent takes at least the sum of what is in it. `due` here has the moments
    of ends of parents, too, by event.
    """
    total = _work_below(tree, work)
    return Chain(_latest(tree, events, total, due, begin=begin + sum(work.values())), _critical(tree, events, total))


def _work_below(tree: PrecedenceGraph, work: Mapping[int, float]) -> list[float]:
    total = [work.get(index, 0.0) for index in range(tree.count)]
    for index in range(tree.count - 1, -1, -1):
        if tree.parents[index] >= 0:
            total[tree.parents[index]] += total[index]
    return total


def _latest(
    tree: PrecedenceGraph, events: Sequence[int], total: list[float], due: Mapping[int, float], *, begin: float
) -> list[float]:
    latest = [begin] * (2 * tree.count)
    for event, moment in due.items():
        latest[event] = min(latest[event], moment)
    for event in reversed(events):
        moment = latest[event]
        if event >= tree.count:
            start = event - tree.count
            latest[start] = min(latest[start], moment - total[start])
        elif not tree.children[event]:
            moment -= total[event]
        for before in tree.before(event):
            latest[before] = min(latest[before], moment)
    return latest


def _critical(tree: PrecedenceGraph, events: Sequence[int], total: list[float]) -> list[int]:
    linked = {event % tree.count for needed in tree.needs.values() for event in needed} | set(tree.needs)
    if not linked:
        return []
    length = [0.0] * (2 * tree.count)
    via = [-1] * (2 * tree.count)
    for event in events:
        best = -1
        for before in tree.before(event):
            if best < 0 or length[before] > length[best]:
                best = before
        reached = length[best] if best >= 0 else 0.0
        if event >= tree.count:
            start = event - tree.count
            if start in linked and length[start] + total[start] >= reached:
                best, reached = start, length[start] + total[start]
        elif not tree.children[event]:
            reached += total[event]
        length[event], via[event] = reached, best
    return _walk_back(tree, max(events, key=length.__getitem__, default=-1), via, total)


def _walk_back(tree: PrecedenceGraph, event: int, via: list[int], total: list[float]) -> list[int]:
    """Return the nodes on the way to an event; nothing when no `needs` lies on it."""
    found: list[int] = []
    linked = False
    while event >= 0:
        before = via[event]
        index = event % tree.count
        as_block = event >= tree.count and before == index
        is_leaf = event < tree.count and not tree.children[event]
        if (as_block or is_leaf) and total[index] > 0:
            found.append(index)
        linked = linked or before in tree.needs.get(event, ())
        event = before
    return found[::-1] if linked else []
