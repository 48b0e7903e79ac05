"""Labels too large for a page: cut on the map, and given in full after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ....core import text
from ....core.snapshot import Snapshot
from ...typeset import Run, TextLine, wrap
from ..nodes.balanced_lines import PlainLine, balanced
from ..nodes.label import Label, LabelLine
from ..nodes.labels import LEVELS
from ..nodes.tree import MapNode

SIZE = 10.0
_LEADING = 1.3
_OWN_SIZE_LINES = 6
"""A title of more lines is set small."""
_SHARE = 0.38
"""How much of a page's width and height one label may take, so that a node fits beside its parent."""


class TruncatedLabel(NamedTuple):
    """A node whose label was cut: what it says in full."""

    heading: str
    body: str


def shorten(
    root: MapNode, snapshot: Snapshot, *, width: float, height: float, least: Mapping[str, float], notes: bool
) -> tuple[TruncatedLabel, ...]:
    """Cut the labels that need more than their share of a page of `width` × `height` points; return what they said.

    `least` is the scale by key at which a node's text is only just large enough.
    """
    cuts: list[TruncatedLabel] = []
    for topic in root.walk():
        scale = least[topic.key]
        room_width, room_height = width * _SHARE / scale, height * _SHARE * 2 / scale
        if topic.width <= room_width and topic.height <= room_height:
            continue
        title, summary, body = _said(topic, snapshot)
        topic.label, left = _small(title, topic, room_width, room_height)
        topic.width, topic.height = topic.label.width, topic.label.height
        if left == "part" or (left == "title" and (summary or (body and notes))):
            number = topic.node.number if topic.node else ""
            full = "\n".join(part for part in (title, summary, body if notes else "") if part)
            cuts.append(TruncatedLabel(number, full))
    return tuple(cuts)


def _said(topic: MapNode, snapshot: Snapshot) -> tuple[str, str, str]:
    node = topic.node
    if node is None:
        return text.plain(snapshot.roadmap.title), "", text.plain_blocks(snapshot.roadmap.description)
    return text.plain(node.title), text.plain(node.summary), text.plain_blocks(node.notes)


def _small(title: str, topic: MapNode, width: float, height: float) -> tuple[Label, Literal["all", "title", "part"]]:
    """Return a label of the title alone that fits, and what of it is left: in its own size if it can be."""
    label = topic.label
    level = LEVELS[min(topic.depth, 3)]
    inner = max(40.0, width - (label.width - label.text_width))
    room = height - 2 * label.pad_y - 8
    lines = balanced([Run(title, level.style)], inner / level.size)
    widest = max((line.width for line in lines), default=0.0) * level.size
    if len(lines) * level.size * level.leading <= room and len(lines) <= _OWN_SIZE_LINES and widest <= inner + 0.1:
        cut = _set(label, lines, level.size, level.leading)
        whole = _with_rest(cut, label, sum(not line.soft for line in label.lines) * level.size * level.leading)
        fits = whole.width <= width and whole.height <= height
        return (whole, "all") if fits else (cut, "title")
    most = max(1, int(room / (SIZE * _LEADING)))
    lines = wrap([Run(title)], inner / SIZE)
    complete = len(lines) <= most
    if not complete:
        kept = title[
            : sum(len(word.text) + 1 for line in lines[:most] for part in line.segments for word in part.words)
        ]
        while len(lines) > most:
            kept = kept[: int(len(kept) * 0.97)].rstrip()
            lines = wrap([Run(f"{kept}…")], inner / SIZE)
    return _set(label, lines, SIZE, _LEADING), "title" if complete else "part"


def _with_rest(cut: Label, label: Label, titles: float) -> Label:
    """Return a label with the quiet lines that another has below a title of a height: summary, progress, dates."""
    shift = cut.text_height - titles
    rest = (line._replace(y=line.y + shift) for line in label.lines if line.soft)
    lines = (*cut.lines, *rest)
    wide = max((line.line.width * line.size for line in lines), default=0.0)
    return cut._replace(lines=lines, text_width=wide, text_height=label.text_height + shift)


def _set(label: Label, lines: Sequence[TextLine | PlainLine], size: float, leading: float) -> Label:
    placed = tuple(
        LabelLine(line, size, index * size * leading + size * (leading / 2 + 0.345), soft=False)
        for index, line in enumerate(lines)
    )
    wide = max((line.width for line in lines), default=0.0) * size
    return label._replace(lines=placed, text_width=wide, text_height=len(lines) * size * leading)


def set_notes(cuts: tuple[TruncatedLabel, ...], width: float, size: float) -> Iterator[TextLine | None]:
    """Yield the lines of the endnotes, broken to a width in points; None stands for an empty one."""
    for cut in cuts:
        for paragraph in f"{cut.heading}\u2002{cut.body}".strip().split("\n"):
            yield from wrap([Run(paragraph)], width / size)
        yield None
