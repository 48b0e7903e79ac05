"""Markdown spans to rows of marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...core.text import Spans
from ..pdfwriter.shapes import line, rectangle
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Run, Style, TextLine, Word, wrap
from ..typeset.ascii_fast_path import is_plain, measure
from .colors import Branch, ColorScheme
from .page_model import LineBox, LinkAnnotation, Mark, Shape, Text


class RunStyle(NamedTuple):
    """How a run differs from the text around it; the same object is shared by all parts of one run."""

    color: str = ""
    url: str = ""
    target: str = ""
    """The id of a node to lead to."""
    strike: bool = False
    shade: str = ""
    """Behind code."""
    alternate: str = ""


class TextStyle(NamedTuple):
    """What all text of an output shares."""

    look: ColorScheme
    link: str
    """Colour of links."""


class SectionStyle(NamedTuple):
    """What the nodes of one section share."""

    branch: Branch
    setting: TextStyle


_WEIGHTS: dict[tuple[Style, bool, bool], Style] = {
    ("regular", True, False): "semibold",
    ("regular", False, True): "italic",
    ("regular", True, True): "bold-italic",
    ("medium", True, False): "bold",
    ("medium", False, True): "italic",
    ("medium", True, True): "bold-italic",
    ("semibold", True, False): "bold",
    ("semibold", False, True): "bold-italic",
    ("semibold", True, True): "bold-italic",
    ("italic", True, False): "bold-italic",
    ("italic", False, True): "regular",
    ("italic", True, True): "semibold",
}


def runs_of(spans: Spans, style: Style, setting: TextStyle, *, strike: bool = False, links: bool = True) -> list[Run]:
    """Return spans as runs in a base style."""
    if len(spans) == 1 and not strike and not any(spans[0][1:]):
        return [Run(spans[0].text, style)]
    result: list[Run] = []
    for span in spans:
        own: Style = "code" if span.code else style
        if not span.code and (span.strong or span.emphasis):
            own = _WEIGHTS.get((style, span.strong, span.emphasis), style)
        url = span.url if links else ""
        ink = None
        if url or span.code or span.strike or strike:
            shade = setting.look.shade if span.code else ""
            ink = RunStyle(setting.link if url else "", url, "", span.strike or strike, shade, span.text)
        result.append(Run(span.text, own, ink))
    return result


def baseline(size: float, height: float) -> float:
    """Return how far below a row's top the baseline lies, so that capitals stand in its middle."""
    return height / 2 + size * 0.345


def set_text(
    runs: Sequence[Run],
    setting: TextStyle,
    *,
    x: float,
    width: float,
    size: float,
    tag: StructElem | None,
    color: str = "",
    leading: float = 1.4,
    first: float | None = None,
    before: Sequence[Mark] = (),
) -> list[LineBox]:
    """Break runs into rows that are `width` points wide and begin at `x`; `first` is the width of the first line.

    `before` are further marks of the first row, which are read before its text.
    """
    color = color or setting.look.ink
    height = size * leading
    dy = baseline(size, height)
    if len(runs) == 1 and runs[0].mark is None and is_plain(runs[0].text) and not setting.look.rtl:
        text = " ".join(runs[0].text.split())
        if measure(text, runs[0].style) * size <= (width if first is None else first):
            return [LineBox(height, [*before, Text(x, dy, size, color, text, runs[0].style, tag)])]
    lines = wrap(runs, width / size, first=None if first is None else first / size)
    rtl = lines[0].rtl
    if setting.look.rtl:
        lines = [_turned(found) for found in lines]
    own_edge = rtl and len(lines) > 1 and not setting.look.rtl  # a single line stays with its box
    tags: dict[int, StructElem] = {}
    rows: list[LineBox] = []
    for found in lines:
        left = x + width - found.width * size if own_edge else x
        rows.append(LineBox(height, _marks(found, left, dy, size, color, tag, tags)))
    rows[0].marks[:0] = before
    return rows


def _joined(words: list[Word]) -> list[Word] | str:
    """Return words as one text where all of them are plain."""
    return " ".join([word.text for word in words]) if all(word.plain for word in words) else words


def _turned(found: TextLine) -> TextLine:
    """Return a line with its segments' places counted from the right, for a page that is mirrored as a whole."""
    segments = [segment._replace(x=found.width - segment.x - segment.width) for segment in found.segments]
    return found._replace(segments=segments)


def _marks(
    found: TextLine,
    x: float,
    dy: float,
    size: float,
    color: str,
    tag: StructElem | None,
    tags: dict[int, StructElem],
) -> list[Mark]:
    marks: list[Mark] = []
    for segment in found.segments:
        left = x + segment.x * size
        ink: RunStyle | None = segment.mark
        if ink is None:
            marks.append(Text(left, dy, size, color, _joined(segment.words), segment.style, tag))
            continue
        wide = segment.width * size
        shown = ink.color or color
        own = tag
        if (ink.url or ink.target) and tag is not None:
            own = tags.get(id(ink)) or tags.setdefault(id(ink), StructElem("Link", tag))
        if ink.shade:
            shape = rectangle(wide + 3, size * 1.24, ink.shade, radius=2)
            marks.append(Shape(left - 1.5, dy + size * 0.3, shape))
        marks.append(Text(left, dy, size, shown, _joined(segment.words), segment.style, own))
        if ink.strike:
            marks.append(Shape(left, dy - size * 0.27, line(wide, shown, 0.7)))
        if own is not None and (ink.url or ink.target):
            alternate = ink.alternate or ink.url
            marks.append(LinkAnnotation(left, dy + size * 0.25, wide, size * 1.2, ink.url, ink.target, alternate, own))
    return marks
