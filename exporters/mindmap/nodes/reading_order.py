"""Lines in reading order: what is drawn from left to right is copied and searched as it is read (UAX #9)."""

from __future__ import annotations

from collections.abc import Sequence

from ...typeset import Run, TextLine
from ...typeset.bidi import has_rtl
from .balanced_lines import PlainLine


def reading_order(runs: Sequence[Run], lines: Sequence[TextLine | PlainLine]) -> list[tuple[Run, ...]] | None:
    """Return each line's text in reading order, when any of it reads from right to left.

    Every line holds the next so many characters of the source, white space apart, whatever the order of drawing.
    """
    if not any(has_rtl(run.text) for run in runs if not run.text.isascii()):
        return None
    source = [(char, run) for run in runs for char in run.text]
    result: list[tuple[Run, ...]] = []
    at = 0
    for line in lines:
        wanted = sum(_count(word.text) for segment in line.segments for word in segment.words)
        start = at
        while at < len(source) and wanted:
            wanted -= _count(source[at][0])
            at += 1
        result.append(_joined(source[start:at]))
    return result


def _count(text: str) -> int:
    return sum(not char.isspace() and char != "\u200b" for char in text)


def _joined(chars: Sequence[tuple[str, Run]]) -> tuple[Run, ...]:
    parts: list[Run] = []
    owner: Run | None = None
    for char, run in chars:
        if run is owner:
            parts[-1] = parts[-1]._replace(text=parts[-1].text + char)
        else:
            parts.append(run._replace(text=char))
            owner = run
    if parts:
        parts[0] = parts[0]._replace(text=parts[0].text.lstrip())
    return tuple(part for part in parts if part.text)
