"""Lines: where a text may break (UAX #14 in what roadmaps need), and breaking it to a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from .bidi import has_rtl, is_rtl, levels, reorder
from .char_classes import WIDE
from .clusters import THAI, clusters, phrases
from .fonts import Style
from .shaping import Word, shape, space_width


class Run(NamedTuple):
    """Text in one style; `mark` is the caller's (a link, a colour) and comes back with every segment."""

    text: str
    style: Style = "regular"
    mark: Any = None


class Segment(NamedTuple):
    """Neighbouring words of one run in one line."""

    style: Style
    mark: Any
    words: list[Word]
    """In drawing order, a space between two of them."""
    x: float
    """From the line's start, in em."""
    width: float
    """In em, without the space that may follow."""


class TextLine(NamedTuple):
    """One line: its width in em and its segments, left to right."""

    width: float
    segments: list[Segment]
    rtl: bool = False
    """Whether the paragraph reads from right to left, and the line belongs to the right edge."""


class _Atom(NamedTuple):
    """What can't be broken: a word of one run, and the space before it (0 where the line may break without one)."""

    word: Word
    style: Style
    mark: Any
    space: float
    glued: bool
    """Whether it must stay in the line of the atom before it."""


_SPACES = re.compile("[ \t\n\r\u2002-\u2006\u2008-\u200a\u205f]+")
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥%,.:;?!)]}"
)
_NOT_LAST = frozenset("‘“（〔［｛〈《「『【([{")
_AFTER = re.compile(r"(?<=[/\\\-_.?&=,;:+@|\u2010\u2013\u2014])")
"""Where a word too long for a line breaks best."""


def wrap(runs: Sequence[Run], width: float, *, first: float | None = None) -> list[TextLine]:
    """Break runs into lines of at most `width` em (the first of at most `first`), greedily.

    A run of the text `\\n` is a forced break. A word wider than the line is cut, at a sign of punctuation where one is
    near. Returns at least one line.
    """
    if len(runs) == 1 and runs[0].text.isascii():
        return _plain(runs[0], width, width if first is None else first)
    lines: list[TextLine] = []
    rtl = is_rtl("".join(run.text for run in runs))
    atoms: list[_Atom] = []
    space, glued = 0.0, False
    for run in runs:
        if run.text == "\n":
            lines += _filled(atoms, width, first if first is not None and not lines else width, rtl=rtl)
            atoms, space, glued = [], 0.0, False
            continue
        for text, before, free in _atoms(run.text):
            space = max(space, space_width(run.style) if before else 0.0)
            if text:
                stays = (glued or text[0] in _NOT_FIRST) and not (space or free)
                atoms.append(_Atom(shape(text, run.style), run.style, run.mark, space, stays))
                space, glued = 0.0, not _breaks_after(text)
            elif before:
                glued = False
    lines += _filled(atoms, width, first if first is not None and not lines else width, rtl=rtl)
    return lines


def _plain(run: Run, width: float, room: float) -> list[TextLine]:
    """Break one run of ASCII, which most titles are."""
    style = run.style
    space = space_width(style)
    lines: list[TextLine] = []
    words: list[Word] = []
    used = 0.0
    for text in run.text.split():
        word = shape(text, style)
        needed = used + space + word.width if words else word.width
        if needed > room and words:
            lines.append(TextLine(used, [Segment(style, run.mark, words, 0.0, used)]))
            words, room, needed = [], width, word.width
        if word.width > room:
            *cut, word = _cut(word, style, room, width)
            for part in cut:
                lines.append(TextLine(part.width, [Segment(style, run.mark, [part], 0.0, part.width)]))
                room = width
            needed = word.width
        words.append(word)
        used = needed
    if words or not lines:
        lines.append(TextLine(used, [Segment(style, run.mark, words, 0.0, used)] if words else []))
    return lines


def _atoms(text: str) -> list[tuple[str, bool, bool]]:
    """Split a text where it may break: (word, whether white space comes before it, whether it may begin a line).

    A last `("", True, True)` tells of white space at the end.
    """
    result: list[tuple[str, bool, bool]] = []
    position = 0
    before = False
    for found in _SPACES.finditer(text):
        if found.start() > position:
            result += _parts(text[position : found.start()], before)
        before, position = True, found.end()
    if position < len(text):
        result += _parts(text[position:], before)
    elif before:
        result.append(("", True, True))
    return result


def _parts(word: str, before: bool) -> list[tuple[str, bool, bool]]:
    if word.isascii() or not (THAI.found_in(word) or WIDE.found_in(word) or "\u200b" in word):
        return [(word, before, before)]
    found = [part for whole in word.split("\u200b") if whole for wide in _wide_parts(whole) for part in phrases(wide)]
    first = before or (bool(found) and found[0][0] in WIDE and found[0][0] not in _NOT_FIRST)
    return [(part, before and not index, first if not index else True) for index, part in enumerate(found)]


def _wide_parts(word: str) -> list[str]:
    """Cut a word between characters of Chinese, Japanese and Korean, but not before or after certain signs."""
    if not WIDE.found_in(word):
        return [word]
    starts = [0]
    for index in range(1, len(word)):
        last, char = word[index - 1], word[index]
        if not (
            char in _NOT_FIRST
            or last in _NOT_LAST
            or not (char in WIDE or last in WIDE)
            or "\u0300" <= char <= "\u036f"
            or char in "\u3099\u309a\ufe0e\ufe0f"
        ):
            starts.append(index)
    return [word[start:end] for start, end in pairwise([*starts, len(word)])]


def _breaks_after(text: str) -> bool:
    """Whether a line may end after a word even where no space follows."""
    return text[-1] in WIDE and text[-1] not in _NOT_LAST


def _filled(atoms: Sequence[_Atom], width: float, room: float, *, rtl: bool) -> list[TextLine]:
    lines: list[list[_Atom]] = [[]]
    used = 0.0
    for group in _unbreakable(atoms):
        length = sum(atom.word.width for atom in group)
        space = group[0].space if lines[-1] else 0.0
        if used + space + length > room and lines[-1]:
            lines.append([])
            used, space, room = 0.0, 0.0, width
        if length > room:
            for atom in group:
                for part in _cut(atom.word, atom.style, room - used, width):
                    if used + part.width > room and lines[-1]:
                        lines.append([])
                        used, room = 0.0, width
                    lines[-1].append(_Atom(part, atom.style, atom.mark, 0.0, False))
                    used += part.width
            continue
        lines[-1].append(group[0]._replace(space=space))
        lines[-1].extend(group[1:])
        used += space + length
    return [_line(line, rtl=rtl) for line in lines]


def _unbreakable(atoms: Sequence[_Atom]) -> list[list[_Atom]]:
    groups: list[list[_Atom]] = []
    for atom in atoms:
        if groups and atom.glued:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return groups


def _cut(word: Word, style: Style, room: float, width: float) -> list[Word]:
    """Cut a word into parts of at most `room`, then `width` em; every part but the last fills its line."""
    parts: list[Word] = []
    rest = ""
    for chunk in _chunks(word.text, style, width):
        joined = shape(rest + chunk, style) if rest else shape(chunk, style)
        if joined.width <= (room if not parts else width) or not rest:
            rest += chunk
            continue
        parts.append(shape(rest, style))
        rest = chunk
    return [*parts, shape(rest, style)]


def _chunks(text: str, style: Style, width: float) -> list[str]:
    """Return pieces that fit a line: cut after punctuation, and where that is too long, between clusters."""
    result: list[str] = []
    for part in _AFTER.split(text):
        if not part:
            continue
        if len(part) < 200 and shape(part, style).width <= width:
            result.append(part)
            continue
        fits: Callable[[str], bool] = lambda chars: shape(chars, style).width <= width  # noqa: E731 - short and local
        result += _by_cluster(part, fits)
    return result


def _by_cluster(text: str, fits: Callable[[str], bool]) -> list[str]:
    parts = clusters(text)
    result: list[str] = []
    start = 0
    guess = 16
    while start < len(parts):
        size = max(1, min(guess, len(parts) - start))
        while size > 1 and not fits("".join(parts[start : start + size])):
            size -= max(1, size // 8)
        while start + size < len(parts) and fits("".join(parts[start : start + size + 1])):
            size += 1
        result.append("".join(parts[start : start + size]))
        start += size
        guess = size + 2
    return result


def _line(atoms: Sequence[_Atom], *, rtl: bool) -> TextLine:
    """Put atoms in drawing order, and neighbours of one run in one segment."""
    atoms = _joined(atoms)
    placed: list[tuple[_Atom, Word, float]] = [(atom, atom.word, atom.space) for atom in atoms]
    if rtl or any(has_rtl(atom.word.text) for atom in atoms):
        placed = _visual(atoms, rtl=rtl)
    segments: list[Segment] = []
    x = 0.0
    for atom, word, space in placed:
        last = segments[-1] if segments else None
        same = last is not None and last.style == atom.style and last.mark is atom.mark
        if same and last is not None and abs(space - space_width(atom.style)) < 1e-9:
            last.words.append(word)
            segments[-1] = last._replace(width=x + space + word.width - last.x)
        else:
            segments.append(Segment(atom.style, atom.mark, [word], x + space, word.width))
        x += space + word.width
    return TextLine(x, segments, rtl)


def _joined(atoms: Sequence[_Atom]) -> list[_Atom]:
    """Put together again what stands in one line without a space: one word to shape, place and search."""
    if not any(map(_follows, atoms, atoms[1:])):
        return list(atoms)
    result: list[_Atom] = []
    group: list[_Atom] = []
    for at, atom in enumerate(atoms):
        group.append(atom)
        if at + 1 < len(atoms) and _follows(atom, atoms[at + 1]):
            continue
        whole = shape("".join(part.word.text for part in group), atom.style)
        fits = whole.width <= sum(part.word.width for part in group) + 1e-6  # kerning may widen, then it stays apart
        result += [group[0]._replace(word=whole)] if fits else group
        group = []
    return result


def _follows(last: _Atom, atom: _Atom) -> bool:
    return not atom.space and atom.style == last.style and atom.mark is last.mark


def _visual(atoms: Sequence[_Atom], *, rtl: bool) -> list[tuple[_Atom, Word, float]]:
    """Return the words of a line in drawing order (UAX #9, L2), each with the space to its left."""
    text = ""
    parts: list[tuple[_Atom | None, int, str]] = []
    for index, atom in enumerate(atoms):
        if atom.space and index:
            parts.append((None, index, " "))
            text += " "
        parts.append((atom, index, atom.word.text))
        text += atom.word.text
    found = levels(text, int(rtl))
    leveled: list[tuple[int, tuple[_Atom | None, int, str]]] = []
    position = 0
    for part in parts:
        start, end = position, position + len(part[2])
        position = end
        while start < end:
            stop = start
            while stop < end and found[stop] == found[start]:
                stop += 1
            leveled.append((found[start], (part[0], part[1], text[start:stop])))
            start = stop
    result: list[tuple[_Atom, Word, float]] = []
    space = 0.0
    for level, (owner, index, chars) in reorder(leveled):
        if owner is None:
            space += atoms[index].space
        else:
            result.append((owner, _at_level(chars, owner.style, level), space))
            space = 0.0
    return result


def _at_level(text: str, style: Style, level: int) -> Word:
    """Shape part of a line at the level that the whole line gives it."""
    word = shape(text, style)
    if all(piece.level % 2 == level % 2 for piece in word.pieces):
        return word
    from .shaping import shape_at

    return shape_at(text, style, level)
