"""What fits a sheet: trees cut to a page, laid out in each way that suits it, at the largest scale that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ..nodes.tree import MapNode
from .columns import COLUMNS, in_columns
from .layouts import MARGIN, Extent, lay_out
from .page_node import REFERENCE_SIZE, PageNode

HEAD = 20.0
"""Points above the map for the page's head."""
WHOLE = 10_000
"""Deeper than any tree."""
_PAD = 4.0
_BETTER = 1.3
"""How much larger another layout than the one asked for must be to be taken."""
_SHARED = 0.8
"""Of the largest scale: smaller than that, sections do not share a page of an atlas."""
_WAYS = {
    "two-sided": ("two-sided", "right", COLUMNS),
    "right": ("right", COLUMNS),
    "down": ("down", "right", COLUMNS),
    "radial": ("radial", "two-sided", "right", COLUMNS),
    "outline": ("outline", COLUMNS),
}


class TooSmallError(Exception):
    """A page is too small for a node beside its parent."""


class PageFit(NamedTuple):
    """A tree laid out for a sheet."""

    root: MapNode
    extent: Extent
    layout: str
    scale: float
    """Points on paper for a point of the map."""


class PageArea(NamedTuple):
    """The space for a map in points, and how large its text must be."""

    width: float
    height: float
    min_font: float
    most: float
    """The largest scale."""
    sizes: Mapping[str, float]
    """The smallest glyphs of each node, by key."""
    enough: float = 1.0
    """The scale from which on no other layout is tried than the one asked for."""

    def least(self, root: MapNode) -> float:
        """Return the least scale at which all text of a tree is large enough."""
        return self.min_font / min(REFERENCE_SIZE, *(self.sizes[topic.key] for topic in root.walk()))


def text_sizes(root: MapNode) -> dict[str, float]:
    """Return the size in points of the smallest glyphs of each node of a labelled tree, by key."""
    return {topic.key: _smallest(topic) for topic in root.walk()}


def _smallest(topic: MapNode) -> float:
    return min(
        (
            line.size * face.scale
            for line in topic.label.lines
            for segment in line.line.segments
            for word in segment.words
            for face in word.faces
        ),
        default=REFERENCE_SIZE,
    )


def copied(topic: MapNode, limit: Callable[[MapNode], bool]) -> PageNode:
    """Return a copy of a subtree for a page; below nodes for which `limit` holds it goes on elsewhere."""
    root = PageNode(topic, elsewhere=bool(topic.children) and limit(topic))
    stack = [(topic, root)]
    while stack:
        source, copy = stack.pop()
        if copy.elsewhere:
            continue
        for child in source.children:
            below = PageNode(child, elsewhere=bool(child.children) and limit(child))
            copy.children.append(below)
            stack.append((child, below))
    return root


def cut_at(topic: MapNode, depth: int) -> PageNode:
    """Return a subtree down to a depth (counted as the nodes do)."""
    return copied(topic, lambda node: node.depth >= depth)


def with_children(topic: MapNode, children: Sequence[PageNode]) -> PageNode:
    """Return a node of a page with these below it."""
    root = PageNode(topic, elsewhere=False)
    root.children = list(children)
    return root


def fit(root: PageNode, room: PageArea, layout: str, ways: Sequence[str] = ()) -> PageFit | None:
    """Return a copy of a tree, laid out as large as fits, or None when its text would be too small.

    `ways` are the layouts to try, by default those that suit the one asked for.
    """
    least = room.least(root)
    if _area(root) * least**2 > room.width * room.height:
        return None
    most = max(room.most, least)
    best: PageFit | None = None
    for way in ways or _WAYS[layout]:
        if way == "radial" and root.depth:
            continue  # rings are counted from the whole map's centre
        found = _laid_out(root, room, way, most)
        if found.scale >= least and (best is None or found.scale > best.scale * _BETTER):
            best = found
        if best is not None and best.scale >= min(most / _BETTER, room.enough):
            break
    return best


def placed(root: MapNode, extent: Extent, room: PageArea, layout: str) -> PageFit | None:
    """Return a tree as it is laid out already, as large as fits, or None when its text would be too small."""
    least = room.least(root)
    width, height = tight(extent)
    scale = min(room.width / width, room.height / height, max(room.most, least))
    return PageFit(root, extent, layout, scale) if scale >= least else None


def _laid_out(root: PageNode, room: PageArea, way: str, most: float) -> PageFit:
    page = root.unplaced()
    extent = in_columns(page, room.width / room.height) if way == COLUMNS else lay_out(page, way)
    width, height = tight(extent)
    return PageFit(page, extent, way, min(room.width / width, room.height / height, most))


def tight(extent: Extent) -> Extent:
    """Return the map's size with a hair's breadth around it instead of its margins."""
    return Extent(extent.width - 2 * MARGIN + 2 * _PAD, extent.height - 2 * MARGIN + 2 * _PAD)


def _area(root: MapNode) -> float:
    return sum(topic.width * topic.height for topic in root.walk())


class AtlasPage(NamedTuple):
    """One page of an atlas."""

    fit: PageFit
    key: str
    """The node it shows."""
    number: int
    """Which of the pages of that node, from 1."""


def atlas(root: MapNode, room: PageArea, layout: str) -> Iterator[AtlasPage]:
    """Yield pages that show all of a tree at a readable size, in reading order; the first is an overview.

    Raises TooSmallError when a node does not even fit beside its parent.
    """
    for depth in (3, 2):
        overview = fit(cut_at(root, depth - 1), room, layout)
        if overview is not None:
            yield AtlasPage(overview, root.key, 1)
            cut = {section.key for section in overview.root.children if _goes_on(section)}
            break
    else:
        stubs = [cut_at(section, section.depth) for section in root.children]
        yield from _grouped(root, stubs, room, layout)
        cut = {section.key for section in root.children if section.children}
    number = 1
    sections = [section for section in root.children if section.key in cut]  # the others are on the overview, whole
    for is_small, alike in groupby(sections, key=lambda section: _sharing(root, [section], room, layout) > 0):
        run = list(alike)
        if not is_small or len(run) == 1:
            for section in run:
                yield from _pages(section, room, layout)
            continue
        counts: list[int] = []
        while rest := run[sum(counts) :]:
            counts.append(_sharing(root, rest, room, layout))
        forms = [cut_at(section, WHOLE) for section in run]
        for found in _evened(root, forms, room, layout, counts):
            number += 1
            yield AtlasPage(found, root.key, number)


def _sharing(root: MapNode, sections: Sequence[MapNode], room: PageArea, layout: str) -> int:
    """Return how many of the first sections share a page, each whole, and none much smaller than alone."""
    count = 0
    while count < len(sections):
        found = fit(with_children(root, [cut_at(section, WHOLE) for section in sections[: count + 1]]), room, layout)
        if found is None or found.scale < room.most * _SHARED:
            break
        count += 1
    return count


def _goes_on(section: MapNode) -> bool:
    return any(isinstance(leaf, PageNode) and leaf.elsewhere for leaf in section.walk())


def _pages(topic: MapNode, room: PageArea, layout: str) -> Iterator[AtlasPage]:
    """Yield the pages of one node with all below it."""
    whole = fit(cut_at(topic, WHOLE), room, layout)
    if whole is not None:
        yield AtlasPage(whole, topic.key, 1)
        return
    alone = [_fits_alone(topic, child, room, layout) for child in topic.children]
    forms = [
        cut_at(child, WHOLE if whole_child else child.depth)
        for child, whole_child in zip(topic.children, alone, strict=True)
    ]
    large = [child for child, whole_child in zip(topic.children, alone, strict=True) if not whole_child]
    if len(large) == 1 and (deeper := _deepest(topic, large[0], room, layout)):
        yield AtlasPage(deeper, topic.key, 1)
        shown = {leaf.key for leaf in deeper.root.walk() if isinstance(leaf, PageNode) and leaf.elsewhere}
        for node in topic.walk():
            if node.key in shown:
                yield from _pages(node, room, layout)
        return
    yield from _grouped(topic, forms, room, layout)
    for child in large:
        yield from _pages(child, room, layout)


def _fits_alone(topic: MapNode, child: MapNode, room: PageArea, layout: str) -> bool:
    return not child.children or fit(with_children(topic, [cut_at(child, WHOLE)]), room, layout) is not None


def _deepest(topic: MapNode, large: MapNode, room: PageArea, layout: str) -> PageFit | None:
    """Return one page with the only large child as deep as fits, two levels at least; None when that is too much."""
    best: PageFit | None = None
    low, high = large.depth + 1, max(node.depth for node in large.walk())
    while low <= high:
        depth = (low + high) // 2
        children = [cut_at(child, depth if child is large else WHOLE) for child in topic.children]
        found = fit(with_children(topic, children), room, layout)
        if found:
            best, low = found, depth + 1
        else:
            high = depth - 1
    return best


def _grouped(topic: MapNode, forms: Sequence[PageNode], room: PageArea, layout: str) -> Iterator[AtlasPage]:
    """Yield as few pages as hold a node's children, each about as full as the others."""
    counts: list[int] = []
    start, guess = 0, 8
    while start < len(forms):
        guess = _most(topic, forms[start:], room, layout, guess)
        if not guess:
            raise TooSmallError
        counts.append(guess)
        start += guess
    for number, found in enumerate(_evened(topic, forms, room, layout, counts), 1):
        yield AtlasPage(found, topic.key, number)


def _evened(topic: MapNode, forms: Sequence[PageNode], room: PageArea, layout: str, counts: list[int]) -> list[PageFit]:
    """Return the pages of a group, as many as `counts` has: evenly filled and of one kind, where that fits."""
    for shares in (_shares(forms, len(counts)), counts):
        for ways in ((), (COLUMNS,)):
            found = _parted(topic, forms, shares, room, layout, ways)
            if found and len({page.layout == COLUMNS for page in found}) == 1:
                return found
    return _parted(topic, forms, counts, room, layout, ())


def _parted(
    topic: MapNode, forms: Sequence[PageNode], counts: list[int], room: PageArea, layout: str, ways: Sequence[str]
) -> list[PageFit]:
    """Return pages with so many of a node's children each; none when one does not fit."""
    pages: list[PageFit] = []
    start = 0
    for count in counts:
        found = fit(with_children(topic, forms[start : start + count]), room, layout, ways)
        if found is None:
            return []
        pages.append(found)
        start += count
    return pages


def _shares(forms: Sequence[PageNode], pages: int) -> list[int]:
    """Return how many of the children each page gets, so that all pages have about as much to show."""
    weights = [_area(form) + 400.0 for form in forms]
    total = sum(weights)
    counts = [0] * pages
    sofar = 0.0
    for weight in weights:
        counts[min(pages - 1, int((sofar + weight / 2) / total * pages))] += 1
        sofar += weight
    return [count for count in counts if count]


def _most(topic: MapNode, forms: Sequence[PageNode], room: PageArea, layout: str, guess: int) -> int:
    """Return how many of the first children fit one page together."""
    tried: dict[int, bool] = {}

    def fits(count: int) -> bool:
        if count not in tried:
            tried[count] = fit(with_children(topic, forms[:count]), room, layout) is not None
        return tried[count]

    low, high = 0, min(max(guess, 1), len(forms))
    while fits(high):
        low = high
        if high == len(forms):
            break
        high = min(high * 2, len(forms))
    else:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(middle) else (low, middle)
    return low
