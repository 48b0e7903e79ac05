"""Titles in lines of about one length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..typeset import Line, Run, Segment, Style, Word, shape, wrap
from ..typeset.plain import is_plain, widths
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


_Part = tuple[int, int, float]
"""Which words are one line, from the first to before the last, and its width in em."""
_MOST = 8
"""A text of more lines gets a wider measure."""
_SHARES = (1.02, 1.08, 1.16, 1.26)


def lines_of(runs: list[Run], measure: float, leading: float) -> Sequence[Line | PlainLine]:
    """Break runs into lines as `balanced` does, without shaping what is plain, with or without a number first."""
    *before, last = runs
    if len(before) < 2 and last.mark is None and is_plain(last.text):
        if not before:
            return plain_lines(last.text, last.style, measure) or balanced(runs, measure, leading)
        if before[0].style == "figures" and (line := _numbered(before[0], last, measure)):
            return [line]
    return balanced(runs, measure, leading)


def plain_lines(text: str, style: Style, measure: float) -> list[PlainLine] | None:
    """Break plain text (see `typeset.plain`) as `balanced` does; None when it is too long for that, or a word is."""
    words = text.split()
    known = widths(style)
    sizes = [known[word] for word in words]
    space = known.space
    whole = sum(sizes) + space * (len(words) - 1)
    if whole <= measure:
        return [PlainLine(" ".join(words), max(whole, 0.0), style)]
    parts = _halved(sizes, space)
    if any(width > measure for _, _, width in parts):
        count = len(_filled(sizes, space, measure))
        if count > _MOST or max(sizes) > measure:
            return None
        parts = _evened(sizes, space, count, measure)
    return [PlainLine(" ".join(words[start:stop]), width, style) for start, stop, width in parts]


def _numbered(number: Run, title: Run, measure: float) -> PlainLine | None:
    """Return a number (with the space after it) and a title as one line, if they fit."""
    words = title.text.split()
    known = widths(title.style)
    lead = shape(number.text.strip(), number.style).width + space_width(number.style)
    width = lead + sum([known[word] for word in words]) + known.space * (len(words) - 1)
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
    return [Line(width, [Segment(run.style, run.mark, words[start:stop], 0.0, width)]) for start, stop, width in parts]


def _evened(sizes: Sequence[float], space: float, count: int, measure: float) -> list[_Part]:
    """Share words among as many lines as they need, all of about one length."""
    if count == 2:
        return _halved(sizes, space)
    total = sum(sizes) + space * (len(sizes) - count)
    for share in (*_SHARES, measure * count / total):
        parts = _filled(sizes, space, min(total / count * share, measure) + 1e-9)
        if len(parts) == count:
            break
    return parts


def _filled(sizes: Sequence[float], space: float, room: float) -> list[_Part]:
    """Share words among lines, each as full as can be."""
    parts: list[_Part] = []
    start, used = 0, -space
    for index, width in enumerate(sizes):
        if used + space + width > room and index > start:
            parts.append((start, index, used))
            start, used = index, -space
        used += space + width
    parts.append((start, len(sizes), used))
    return parts


def _halved(sizes: Sequence[float], space: float) -> list[_Part]:
    """Share words between two lines whose longer one is as short as can be."""
    whole = sum(sizes) + space * (len(sizes) - 1)
    first = sizes[0]
    index = 1
    while index < len(sizes) - 1:
        longer = first + space + sizes[index]
        if longer >= whole - first - space:  # the first line would be longer than the second is now
            break
        first = longer
        index += 1
    return [(0, index, first), (index, len(sizes), whole - first - space)]
