"""Titles in lines of about one length.

Most titles are words in scripts that break at spaces alone: they are measured word by word, and shared among as many
lines as they need. Only the others are broken by `wrap`, which knows every script, and takes several times as long.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from ...typeset import Run, Segment, Style, TextLine, Word, shape, wrap
from ...typeset.ascii_fast_path import is_plain, widths
from ...typeset.shaping import space_width


class PlainLine(NamedTuple):
    """A line of plain words: measured, and shaped only for those who ask for its segments, as a `TextLine` has them."""

    text: str
    """Words with a space between two of them."""
    width: float
    """In em."""
    style: Style
    lead: Run | None = None
    """A word in another style before the first: a number."""

    @property
    def segments(self) -> list[Segment]:
        """The line as a `TextLine` has it."""
        found: list[Segment] = []
        x = 0.0
        if self.lead:
            word = shape(self.lead.text.strip(), self.lead.style)
            found.append(Segment(self.lead.style, self.lead.mark, [word], 0.0, word.width))
            x = word.width + space_width(self.lead.style)
        words = [shape(word, self.style) for word in self.text.split()]
        return [*found, Segment(self.style, None, words, x, self.width - x)] if words else found


class _Words(NamedTuple):
    """What no line parts: words, or words of several runs without a space between them. Lengths in em."""

    sizes: list[float]
    spaces: list[float]
    """What stands before each within a line."""
    parts: list[list[tuple[Word, Run]]]


_Share = tuple[int, int, float]
"""Which words are one line, from the first to before the last, and its width in em."""
_MOST = 8
"""A text of more lines gets a wider measure."""
_SHARES = (1.02, 1.08, 1.16, 1.26)


_NUMBER = re.compile(r"[\d.]+ ", re.ASCII)


def balanced(runs: list[Run], measure: float, leading: float = 1.3) -> Sequence[TextLine | PlainLine]:
    """Break runs into lines of at most `measure` em and of about one length; very long text gets a wider measure."""
    *before, last = runs
    if len(before) < 2 and last.mark is None and is_plain(last.text):
        found = _numbered(before[0], last, measure) if before else plain_lines(last.text, last.style, measure)
        if found:
            return found
    return _spaced_lines(runs, measure) or _wrapped(runs, measure, leading)


def plain_lines(text: str, style: Style, measure: float) -> list[PlainLine] | None:
    """Break plain text (`typeset.ascii_fast_path`) as `balanced` does; None when it or a word is too long for that."""
    words = text.split()
    known = widths(style)
    sizes = [known[word] for word in words]
    space = known.space
    whole = sum(sizes) + space * (len(words) - 1)
    if whole <= measure:
        return [PlainLine(" ".join(words), max(whole, 0.0), style)]
    shares = _evened(sizes, [space] * len(words), measure)
    if shares is None:
        return None
    return [PlainLine(" ".join(words[start:stop]), width, style) for start, stop, width in shares]


def _numbered(number: Run, title: Run, measure: float) -> list[PlainLine] | None:
    """Return a number (with the space after it) and a plain title as one line, if they are that and fit."""
    words = title.text.split()
    if not _NUMBER.fullmatch(number.text) or not words:
        return None
    known = widths(title.style)
    lead = shape(number.text[:-1], number.style).width + space_width(number.style)
    width = lead + sum([known[word] for word in words]) + known.space * (len(words) - 1)
    return [PlainLine(" ".join(words), width, title.style, number)] if width <= measure else None


def _spaced_lines(runs: list[Run], measure: float) -> list[TextLine] | None:
    """Break runs at their spaces; None when that is not all there is to break them."""
    if not all(_is_spaced(run.text) for run in runs):
        return None
    words = _words(runs)
    if words is None or not words.sizes:
        return None
    shares = _evened(words.sizes, words.spaces, measure)
    return None if shares is None else [_line(words, *share) for share in shares]


def _is_spaced(text: str) -> bool:
    """Whether a text breaks at its spaces and reads from left to right: Latin, Greek, Cyrillic, signs and emoji."""
    return text.isprintable() and (  # no control, and no space but the common one
        text.isascii()
        or all(
            char < "\u0590" or "\u2010" <= char < "\u2e80" or "\U0001f300" <= char <= "\U0001faff"
            for char in text
            if char > "\x7f"
        )
    )


def _words(runs: list[Run]) -> _Words | None:
    """Return runs cut at their spaces; None when a word goes on from one run to the next in one style."""
    sizes: list[float] = []
    spaces: list[float] = []
    parts: list[list[tuple[Word, Run]]] = []
    space = 0.0
    for run in runs:
        style = run.style
        own = space_width(style)
        for index, text in enumerate(run.text.split(" ")):
            if index:
                space = max(space, own)
            if not text:
                continue
            word = shape(text, style)
            if space or not sizes:
                sizes.append(word.width)
                spaces.append(space)
                parts.append([(word, run)])
            else:
                last = parts[-1][-1][1]
                if last.style == style and last.mark is run.mark:
                    return None
                sizes[-1] += word.width
                parts[-1].append((word, run))
            space = 0.0
    return _Words(sizes, spaces, parts)


def _line(words: _Words, first: int, stop: int, width: float) -> TextLine:
    """Return words as a line; neighbours of one look, with its space between them, are one segment."""
    segments: list[Segment] = []
    set_words: list[Word] = []
    owner = words.parts[first][0][1]
    x = start = 0.0
    for index in range(first, stop):
        space = words.spaces[index] if index > first else 0.0
        for word, run in words.parts[index]:
            same = run is owner or (run.style == owner.style and run.mark is owner.mark)
            if set_words and not (same and space == space_width(run.style)):
                segments.append(Segment(owner.style, owner.mark, set_words, start, x - start))
                set_words = []
            if not set_words:
                owner, start = run, x + space
            set_words.append(word)
            x += space + word.width
            space = 0.0
    return TextLine(width, [*segments, Segment(owner.style, owner.mark, set_words, start, x - start)])


def _wrapped(runs: list[Run], measure: float, leading: float) -> list[TextLine]:
    """Break runs of any script."""
    lines = wrap(runs, measure)
    count = len(lines)
    if count == 1:
        return lines
    total = sum(line.width for line in lines)
    if count > _MOST:
        return wrap(runs, max(measure, math.sqrt(total * leading * 3)))
    if any(run.text == "\n" for run in runs):
        return lines
    for share in _SHARES:
        width = total / count * share
        if width >= measure:
            break
        narrower = wrap(runs, width)
        if len(narrower) == count:
            return narrower
    return lines


def _evened(sizes: Sequence[float], spaces: Sequence[float], measure: float) -> list[_Share] | None:
    """Share words among as many lines as they need, all of about one length.

    `spaces` stand before each. None when the lines are too many, or a word is wider than `measure`.
    """
    whole = sum(sizes) + sum(spaces) - spaces[0]
    if whole <= measure:
        return [(0, len(sizes), whole)]
    if max(sizes) > measure:
        return None
    shares = _halved(sizes, spaces, whole)
    if all(width <= measure for _, _, width in shares):
        return shares
    count = len(_filled(sizes, spaces, measure))
    if count > _MOST:
        return None
    total = whole - max(spaces) * (count - 1)
    for share in (*_SHARES, measure * count / total):
        shares = _filled(sizes, spaces, min(total / count * share, measure) + 1e-9)
        if len(shares) == count:
            break
    return shares


def _filled(sizes: Sequence[float], spaces: Sequence[float], room: float) -> list[_Share]:
    """Share words among lines, each as full as can be."""
    shares: list[_Share] = []
    start, used = 0, 0.0
    for index, size in enumerate(sizes):
        space = spaces[index] if index > start else 0.0
        if used + space + size > room and index > start:
            shares.append((start, index, used))
            start, used, space = index, 0.0, 0.0
        used += space + size
    shares.append((start, len(sizes), used))
    return shares


def _halved(sizes: Sequence[float], spaces: Sequence[float], whole: float) -> list[_Share]:
    """Share two words or more between two lines whose longer one is as short as can be."""
    first = sizes[0]
    index = 1
    while index < len(sizes) - 1:
        longer = first + spaces[index] + sizes[index]
        if longer >= whole - first - spaces[index]:  # the first line would be longer than the second is now
            break
        first = longer
        index += 1
    return [(0, index, first), (index, len(sizes), whole - first - spaces[index])]
