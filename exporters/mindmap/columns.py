"""An outline whose top branches stand in columns: only on paper, for its shape follows the sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .layouts import MARGIN, Extent
from .tree import Topic

COLUMNS = "columns"
"""The layout's name."""
_GAP = 26.0


def in_columns(root: Topic, extent: Extent, shape: float) -> Extent:
    """Spread an outline's top branches over as many columns as come nearest to the sheet's width by height."""
    spans = [_span(branch) for branch in root.children]
    if len(spans) < 2:
        return extent
    top = spans[0].top
    total = spans[-1].bottom - top
    width = max(span.right for span in spans) - min(span.left for span in spans) + _GAP
    best, chosen = extent, 1
    for count in range(2, min(len(spans), 12) + 1):
        height = max(column[-1].bottom - column[0].top for column in _filled(spans, total, count))
        spread = Extent(max(root.width, width * count) + 2 * MARGIN, height + top)
        if _distance(spread, shape) < _distance(best, shape):
            best, chosen = spread, count
    if chosen == 1:
        return extent
    branches = iter(root.children)
    lowest = 0.0
    for index, column in enumerate(_filled(spans, total, chosen)):
        for _ in column:
            for topic in next(branches).walk():
                topic.x += index * width
                topic.y -= column[0].top - top
        lowest = max(lowest, column[-1].bottom - column[0].top + top)
    right = max(topic.x + topic.width / 2 for topic in root.walk())
    return Extent(right + MARGIN, lowest + MARGIN)


def _distance(extent: Extent, shape: float) -> float:
    """Return how large a sheet of a shape (width by height) must be for a map, as its height."""
    return max(extent.height, extent.width / shape)


class _Span(NamedTuple):
    """What a branch covers."""

    left: float
    top: float
    right: float
    bottom: float


def _span(branch: Topic) -> _Span:
    topics = list(branch.walk())
    return _Span(
        min(topic.x - topic.width / 2 for topic in topics),
        min(topic.y - topic.height / 2 for topic in topics),
        max(topic.x + topic.width / 2 for topic in topics),
        max(topic.y + topic.height / 2 for topic in topics),
    )


def _filled(spans: Sequence[_Span], total: float, count: int) -> list[list[_Span]]:
    """Return spans in at most so many columns, in order, of about one height."""
    low, high = max(total / count, *(span.bottom - span.top for span in spans)), total
    best = _packed(spans, high)
    for _ in range(12):
        middle = (low + high) / 2
        packed = _packed(spans, middle)
        if len(packed) <= count:
            best, high = packed, middle
        else:
            low = middle
    return best


def _packed(spans: Sequence[_Span], height: float) -> list[list[_Span]]:
    columns: list[list[_Span]] = []
    for span in spans:
        if columns and span.bottom - columns[-1][0].top <= height + 1e-6:
            columns[-1].append(span)
        else:
            columns.append([span])
    return columns
