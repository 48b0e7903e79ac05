"""Tidy drawings of trees whose nodes have sizes of their own, in linear time.

A. van der Ploeg, "Drawing non-layered tidy trees in linear time", Software: Practice and Experience 44 (2014): subtrees
are pushed together along their contours, which threads keep reachable in constant time, and what a push leaves free is
shared among the siblings between.
"""

from __future__ import annotations

from collections.abc import Sequence


class LayoutBox:
    """One node to place; `along` runs from root to leaves, `across` from the first sibling to the last."""

    __slots__ = (
        "across",
        "along",
        "breadth",
        "change",
        "children",
        "first",
        "first_mod",
        "gap",
        "last",
        "last_mod",
        "length",
        "mod",
        "prelim",
        "shift",
        "thread_first",
        "thread_last",
    )

    def __init__(self, length: float, breadth: float, children: Sequence[LayoutBox] = (), *, gap: float = 0.0) -> None:
        self.length = length
        """Its size along, the way to its children included."""
        self.breadth = breadth
        """Its size across."""
        self.children = children
        self.gap = gap
        """What lies at least between its children, and all below them."""
        self.along = 0.0
        """Where it begins along: set by `place`."""
        self.across = 0.0
        """Where it begins across: set by `place`."""
        self.prelim = self.mod = self.shift = self.change = 0.0
        self.thread_first: LayoutBox | None = None
        self.thread_last: LayoutBox | None = None
        self.first = self.last = self  # the deepest nodes of the two contours
        self.first_mod = self.last_mod = 0.0

    @property
    def end(self) -> float:
        """Where it ends along."""
        return self.along + self.length


class _Lowest:
    """A stack of siblings by how far they reach along, the shortest on top, for finding who is in the way."""

    __slots__ = ("end", "index", "next")

    end: float
    index: int
    next: _Lowest | None

    def __init__(self, end: float, index: int, following: _Lowest | None) -> None:
        while following is not None and end >= following.end:
            following = following.next
        self.end = end
        self.index = index
        self.next = following


def place(root: LayoutBox, *, along: float = 0.0) -> None:
    """Set `along` and `across` of a tree; its root begins at `along`, `across` is relative."""
    root.along = along
    order = [root]
    for box in order:
        if box.children:
            end = box.along + box.length
            for child in box.children:
                child.along = end
            order += box.children
    for box in reversed(order):  # children before parents, and nothing recursive
        if box.children:
            _join(box)
    root.across = root.prelim + root.mod
    mods = {id(root): root.mod}
    for box in order:
        if not box.children:
            continue
        mod = mods.pop(id(box))
        shift = change = 0.0
        for child in box.children:
            shift += child.shift
            change += shift + child.change
            child.mod += change
            child.across = child.prelim + mod + child.mod
            if child.children:
                mods[id(child)] = mod + child.mod


def _join(box: LayoutBox) -> None:
    """Push the finished children of a node together and put the node in their middle."""
    children = box.children
    first, last = children[0], children[-1]
    lowest = _Lowest(first.first.end, 0, None)
    for index in range(1, len(children)):
        end = children[index].last.end
        _separate(box, index, lowest)
        lowest = _Lowest(end, index, lowest)
    box.prelim = (first.prelim + first.mod + last.mod + last.prelim + last.breadth - box.breadth) / 2
    box.first, box.first_mod = first.first, first.first_mod
    box.last, box.last_mod = last.last, last.last_mod


def _separate(box: LayoutBox, index: int, lowest: _Lowest | None) -> None:
    """Move the child at `index` away from all before it: down their facing contours, whichever ends first goes on."""
    children, gap = box.children, box.gap
    before: LayoutBox | None = children[index - 1]
    after: LayoutBox | None = children[index]
    before_mod, after_mod = children[index - 1].mod, children[index].mod
    while before is not None and after is not None:
        if lowest is not None and before.along + before.length > lowest.end:
            lowest = lowest.next
        overlap = before_mod + before.prelim + before.breadth + gap - after_mod - after.prelim
        if overlap > 0:
            after_mod += overlap
            _move(children, index, lowest.index if lowest is not None else index - 1, overlap)
        before_end, after_end = before.along + before.length, after.along + after.length
        if before_end <= after_end:
            before = before.children[-1] if before.children else before.thread_last
            if before is not None:
                before_mod += before.mod
        if before_end >= after_end:
            after = after.children[0] if after.children else after.thread_first
            if after is not None:
                after_mod += after.mod
    if before is None and after is not None:
        _thread_first(children, index, after, after_mod)
    elif before is not None and after is None:
        _thread_last(children, index, before, before_mod)


def _move(children: Sequence[LayoutBox], index: int, obstacle: int, distance: float) -> None:
    child = children[index]
    child.mod += distance
    child.first_mod += distance
    child.last_mod += distance
    between = index - obstacle
    if between > 1:  # the siblings between share what became free
        children[obstacle + 1].shift += distance / between
        child.shift -= distance / between
        child.change -= distance - distance / between


def _thread_first(children: Sequence[LayoutBox], index: int, target: LayoutBox, target_mod: float) -> None:
    first = children[0]
    deepest = first.first
    deepest.thread_first = target
    difference = target_mod - target.mod - first.first_mod
    deepest.mod += difference
    deepest.prelim -= difference
    first.first, first.first_mod = children[index].first, children[index].first_mod


def _thread_last(children: Sequence[LayoutBox], index: int, target: LayoutBox, target_mod: float) -> None:
    child = children[index]
    deepest = child.last
    deepest.thread_last = target
    difference = target_mod - target.mod - child.last_mod
    deepest.mod += difference
    deepest.prelim -= difference
    child.last, child.last_mod = children[index - 1].last, children[index - 1].last_mod
