"""Titles in lines of about one length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..typeset import Line, Run, Segment, Style, Word, shape, wrap
from ..typeset.plain import is_plain, measure
from ..typeset.shaping import space_width


class PlainLine(NamedTuple):
    """A line of plain words: measured, and shaped only for those who ask for its segments, as a `Line` has them."""

    text: str
    """Words with a space between two of them."""
    width: float
    """In em."""
    style: Style
    lead: Run | None = None
    """A word in another style before the first: a number."""

    @property
    def segments(self) -> list[Segment]:
        """The line as a `Line` has it."""
        found: list[Segment] = []
        x = 0.0
        if self.lead:
            word = shape(self.lead.text.strip(), self.lead.style)
            found.append(Segment(self.lead.style, self.lead.mark, [word], 0.0, word.width))
            x = word.width + space_width(self.lead.style)
        words = [shape(word, self.style) for word in self.text.split()]
        return [*found, Segment(self.style, None, words, x, self.width - x)] if words else found


class _Part(NamedTuple):
    """The words of one line, from `start` to before `stop`."""

    start: int
    stop: int
    width: float


_MOST = 8
"""A text of more lines gets a wider measure."""
_REMEMBERED = 20_000
"""How many words, above the vocabulary of most roadmaps."""
_SHARES = (1.02, 1.08, 1.16, 1.26)


class _Widths(dict[str, float]):
    """The widths in em of a style's words, measured when they are first asked for."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, word: str) -> float:
        if len(self) > _REMEMBERED:
            self.clear()
        width = self[word] = measure(word, self.style) if is_plain(word) else shape(word, self.style).width
        return width


_widths = cache(_Widths)


def lines_of(runs: list[Run], measure: float, leading: float) -> Sequence[Line | PlainLine]:
    """Break runs into lines as `balanced` does, without shaping what is plain ASCII, with or without a number first."""
    *before, last = runs
    if len(before) < 2 and last.mark is None and last.text.isascii():
        if not before:
            return plain_lines(last.text, last.style, measure) or balanced(runs, measure, leading)
        if before[0].style == "figures" and (line := _numbered(before[0], last, measure)):
            return [line]
    return balanced(runs, measure, leading)


def plain_lines(text: str, style: Style, measure: float) -> list[PlainLine] | None:
    """Break ASCII in one style as `balanced` does; None when that takes more than measuring its words."""
    words = text.split()
    known = _widths(style)
    widths = [known[word] for word in words]
    space = space_width(style)
    whole = sum(widths) + space * (len(words) - 1)
    if whole <= measure:
        return [PlainLine(" ".join(words), max(whole, 0.0), style)]
    count = len(_filled(widths, space, measure))
    if count > _MOST or max(widths) > measure:
        return None
    return [
        PlainLine(" ".join(words[part.start : part.stop]), part.width, style)
        for part in _evened(widths, space, count, measure)
    ]


def _numbered(number: Run, title: Run, measure: float) -> PlainLine | None:
    """Return a number (with the space after it) and a title as one line, if they fit."""
    words = title.text.split()
    known = _widths(title.style)
    lead = shape(number.text.strip(), number.style).width + space_width(number.style)
    width = lead + sum([known[word] for word in words]) + space_width(title.style) * (len(words) - 1)
    return PlainLine(" ".join(words), width, title.style, number) if words and width <= measure else None


def balanced(runs: list[Run], measure: float, leading: float = 1.3) -> list[Line]:
    """Break runs into lines of at most `measure` em and of about one length; very long text gets a wider measure."""
    lines = wrap(runs, measure)
    count = len(lines)
    if count == 1:
        return lines
    total = sum(line.width for line in lines)
    if count > _MOST:
        return wrap(runs, max(measure, math.sqrt(total * leading * 3)))
    if any(run.text == "\n" for run in runs):
        return lines
    if len(runs) == 1:
        words = [word for line in lines for segment in line.segments for word in segment.words]
        if len(words) == len(runs[0].text.split()) and not any(line.rtl for line in lines):
            return _as_lines(runs[0], words, count, measure)
    for share in _SHARES:
        width = total / count * share
        if width >= measure:
            break
        narrower = wrap(runs, width)
        if len(narrower) == count:
            return narrower
    return lines


def _as_lines(run: Run, words: list[Word], count: int, measure: float) -> list[Line]:
    """Return words that no line had to cut in as many lines of about one length, without measuring them again."""
    parts = _evened([word.width for word in words], space_width(run.style), count, measure)
    return [
        Line(part.width, [Segment(run.style, run.mark, words[part.start : part.stop], 0.0, part.width)])
        for part in parts
    ]


def _evened(widths: Sequence[float], space: float, count: int, measure: float) -> list[_Part]:
    """Share words among as many lines as they need, all of about one length."""
    if count == 2:
        return _halved(widths, space)
    total = sum(widths) + space * (len(widths) - count)
    for share in (*_SHARES, measure * count / total):
        parts = _filled(widths, space, min(total / count * share, measure) + 1e-9)
        if len(parts) == count:
            break
    return parts


def _filled(widths: Sequence[float], space: float, room: float) -> list[_Part]:
    """Share words among lines, each as full as can be."""
    parts: list[_Part] = []
    start, used = 0, -space
    for index, width in enumerate(widths):
        if used + space + width > room and index > start:
            parts.append(_Part(start, index, used))
            start, used = index, -space
        used += space + width
    parts.append(_Part(start, len(widths), used))
    return parts


def _halved(widths: Sequence[float], space: float) -> list[_Part]:
    """Share words between two lines whose longer one is as short as can be."""
    whole = sum(widths) + space * (len(widths) - 1)
    first = widths[0]
    index = 1
    while index < len(widths) - 1:
        longer = first + space + widths[index]
        if longer >= whole - first - space:  # the first line would be longer than the second is now
            break
        first = longer
        index += 1
    return [_Part(0, index, first), _Part(index, len(widths), whole - first - space)]
