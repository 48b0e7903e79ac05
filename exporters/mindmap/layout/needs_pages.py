"""An atlas of prerequisites: the sections, then the steps of each; what they need from other pages is named there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..nodes.tree import MapNode
from .layouts import lay_out
from .names import NEEDS
from .page_fit import AtlasPage, PageArea, PageFit, TooSmallError, cut_at, placed
from .page_node import PageNode

_AT_FIRST = 24
"""How many steps are tried on a page at first."""


def needs_pages(root: MapNode, room: PageArea) -> Iterator[AtlasPage]:
    """Yield pages that show all steps at a readable size, in reading order; the first shows the sections, if it can.

    Raises TooSmallError when a step does not even fit beside what it needs.
    """
    if overview := _fitted(cut_at(root, 1), room):
        yield AtlasPage(overview, root.key, 1)
    shown = {topic.node.id: topic for topic in root.walk() if topic.node and topic.stage}
    for section in root.children:
        steps = [topic for topic in section.walk() if topic.stage and topic is not section]
        number = start = 0
        most = _AT_FIRST
        while start < len(steps) or not number:
            count, page = _fullest(section, steps[start:], shown, room, most)
            number += 1
            yield AtlasPage(page, section.key, number)
            start, most = start + count, count


def _fullest(
    section: MapNode, steps: Sequence[MapNode], shown: dict[str, MapNode], room: PageArea, guess: int
) -> tuple[int, PageFit]:
    """Return how many of the first steps fit a page, and that page."""
    low, high = 0, min(max(guess, 1), len(steps))
    best: PageFit | None = None
    beyond = len(steps) + 1
    while True:
        found = _fitted(_page(section, steps[:high], shown), room)
        if found:
            low, best = high, found
        else:
            beyond = high
        if beyond - low <= 1 and best:
            return low, best
        if beyond <= 1:
            raise TooSmallError
        high = min(low * 2, len(steps)) if beyond > len(steps) else (low + beyond) // 2


def _page(section: MapNode, steps: Sequence[MapNode], shown: dict[str, MapNode]) -> PageNode:
    """Return a section with some of its steps, and what they need from elsewhere."""
    root = PageNode(section, elsewhere=False)
    pages = {section.key: root} | {step.key: PageNode(step, elsewhere=False) for step in steps}
    for step in steps:
        for below in step.children:
            if below.key in pages:
                pages[step.key].children.append(pages[below.key])
    inner = {below.key for page in pages.values() for below in page.children}
    root.children = [pages[step.key] for step in steps if step.key not in inner]
    for topic in (section, *steps):
        for need in topic.node.needs if topic.node else ():
            first = shown.get(need)
            if first and first.key not in pages:
                pages[first.key] = PageNode(first, elsewhere=True)
                root.children.append(pages[first.key])
    return root


def _fitted(page: PageNode, room: PageArea) -> PageFit | None:
    return placed(page, lay_out(page, NEEDS), room, NEEDS)
