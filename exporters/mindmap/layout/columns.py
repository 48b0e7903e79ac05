"""Branches that hang in columns below their root: only on paper, for the shape follows the sheet's.

What comes one below the other in a column is joined by a trunk at its side; a branch higher than the columns spreads
its own branches over several.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..nodes.tree import MapNode
from .curves import Curve, curve
from .layouts import INDENT, MARGIN, Extent, lift, step
from .page_node import PageNode

COLUMNS = "columns"
"""The layout's name."""
_GAP = 28.0
_ROOT_CHANNEL, _CHANNEL = 44.0, 22.0
"""Between what spreads and its columns."""
_TRIES = 14


class _Size(NamedTuple):
    width: float
    height: float


class _Column(NamedTuple):
    """Branches one below the other, or a single one that spreads."""

    branches: list[PageNode]
    size: _Size
    inner: _Spread | None


class _Spread(NamedTuple):
    """A node above its columns."""

    node: PageNode
    columns: list[_Column]
    indent: float
    """How far the branches stand from their trunk; 0 where there is none."""
    size: _Size


def in_columns(root: PageNode, shape: float) -> Extent:
    """Place a labelled tree in as many columns as come nearest to a sheet's width by height."""
    sizes = _sizes(root)
    low = min((topic.height for topic in root.walk()), default=0.0)
    high = max(sizes[root.key].height, 1.0)
    best = _spread(root, high, sizes)
    for _ in range(_TRIES):
        middle = (low * high) ** 0.5
        found = _spread(root, middle, sizes)
        if _distance(found.size, shape) < _distance(best.size, shape):
            best = found
        if found.size.width > found.size.height * shape:
            low = middle
        else:
            high = middle
    if len(best.columns) < 2 and not any(column.inner for column in best.columns):
        _hang(root, 0.0, 0.0)
        best = best._replace(size=sizes[root.key])
    else:
        _place(best, 0.0, 0.0)
        root.x = best.size.width / 2
    for topic in root.walk():
        topic.x += MARGIN
        topic.y += MARGIN
        if topic.trunk:
            topic.trunk = (topic.trunk[0] + MARGIN, topic.trunk[1] + MARGIN)
    return Extent(best.size.width + 2 * MARGIN, best.size.height + 2 * MARGIN)


def bends(parent: MapNode, child: MapNode, layout: str, *, top: bool) -> Iterator[Curve]:
    """Yield the curves from a node to its child; `top` says whether the parent is the page's root."""
    if not child.joined:
        return
    if layout != COLUMNS or not isinstance(parent, PageNode) or not isinstance(child, PageNode):
        yield curve(parent, child, layout, top=top)
    elif not parent.spread:
        yield curve(parent, child, "outline")
    elif child.trunk is None:
        yield curve(parent, child, "down", top=True)
    else:
        x, y = child.trunk
        bend = curve(parent, child, "outline")
        if child.leads:
            start = (parent.x if top else bend.start[0], parent.y + parent.height / 2)
            middle = (start[1] + y) / 2
            yield Curve((start, (start[0], middle), (x, middle), (x, y)), curve(parent, child, "down", top=True).width)
        arrives = bend.end[1]
        corner = min(INDENT * 0.6, arrives - y) * 0.3
        yield Curve(((x, y), (x, arrives - corner), (x + 2, arrives), bend.end), bend.width)


def _sizes(root: PageNode) -> dict[str, _Size]:
    """Return what each node covers with all below it, one below the other."""
    sizes: dict[str, _Size] = {}
    for topic in reversed(list(root.walk())):
        below = [(step(child), sizes[child.key]) for child in topic.children]
        sizes[topic.key] = _Size(
            max([topic.width, *(INDENT + size.width for _, size in below)]),
            topic.height + sum(gap + size.height for gap, size in below),
        )
    return sizes


def _spread(node: PageNode, limit: float, sizes: dict[str, _Size]) -> _Spread:
    """Return a node's branches in columns that are about as high as `limit`."""
    columns: list[_Column] = []
    for child in node.children:
        size = sizes[child.key]
        inner = None
        rest = limit - child.height - _CHANNEL
        if size.height > limit and len(child.children) > 1 and rest > max(limit / 2, 40.0):
            inner = _spread(child, rest, sizes)
            size = inner.size
        last = columns[-1] if columns else None
        if last and not inner and not last.inner and last.size.height + step(child) + size.height <= limit:
            both = _Size(max(last.size.width, size.width), last.size.height + step(child) + size.height)
            columns[-1] = _Column([*last.branches, child], both, None)
        else:
            columns.append(_Column([child], size, inner))
    indent = INDENT if any(len(column.branches) > 1 for column in columns) else 0.0
    wide = sum(column.size.width + indent + _GAP for column in columns) - _GAP if columns else 0.0
    high = max((column.size.height for column in columns), default=0.0)
    head = node.height + _channel(node) if columns else node.height
    return _Spread(node, columns, indent, _Size(max(node.width, wide), head + high))


def _channel(node: PageNode) -> float:
    return _CHANNEL if node.depth else _ROOT_CHANNEL


def _place(spread: _Spread, x: float, y: float) -> None:
    node = spread.node
    node.spread, node.lift = True, 0.0
    node.x, node.y = x + node.width / 2, y + node.height / 2
    y += node.height + _channel(node)
    for column in spread.columns:
        low = y
        for index, branch in enumerate(column.branches):
            low += step(branch) if index else 0.0
            branch.leads = not index
            branch.trunk = (x + INDENT * 0.4, y - _CHANNEL * 0.2) if spread.indent else None
            if column.inner:
                _place(column.inner, x + spread.indent, low)
            else:
                low = _hang(branch, x + spread.indent, low)
        x += spread.indent + column.size.width + _GAP


def _hang(branch: PageNode, x: float, y: float) -> float:
    """Stack a branch, indented by depth; returns where it ends."""
    for topic in branch.walk():
        topic.spread, topic.lift = False, lift(topic)
        if topic is not branch:
            y += step(topic)
            topic.trunk = None
        topic.x = x + (topic.depth - branch.depth) * INDENT + topic.width / 2
        topic.y = y + topic.height / 2
        y += topic.height
    return y


def _distance(size: _Size, shape: float) -> float:
    """Return how large a sheet of a shape (width by height) must be for a map, as its height."""
    return max(size.height, size.width / shape)
