"""How each line was understood, and what was left out, for people."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ..core.roadmap_file.format import NODE
from .common.draft import DraftNode, Imported

_WIDTH = 100


class Explained(NamedTuple):
    """What became of a piece of the source."""

    line: int
    """Where it begins, from 1; 0 where the source has no lines."""
    kind: str
    """`entry`; `told` when it became something else of the roadmap; `out` when it is not in it."""
    how: str
    """How it was understood, or why it was left out."""
    text: str
    depth: int = 0
    """Of an entry, from 0."""


def explained(imported: Imported) -> list[Explained]:
    """Return what became of each piece of the source, in its order."""
    account = imported.account
    rows = [
        Explained(
            draft.line, "entry", f"{draft.how} → {('section', 'topic', 'item')[min(depth, 2)]}", _shown(draft), depth
        )
        for depth, draft in _with_depth(imported.roadmap.sections)
    ]
    rows += [Explained(line, "told", how, text) for line, how, text in account.understood]
    rows += [Explained(left.line, "out", f"left out: {left.why}", left.text) for left in account.left_out]
    return sorted(rows, key=lambda row: row.line)


def explained_lines(imported: Imported) -> list[str]:
    """Return one line for each piece of the source, in its order: line number, how it was understood, the text."""
    rows = explained(imported)
    return [f"{row.line:6}  {row.how:28}  {'  ' * row.depth}{_short(row.text)}" for row in rows]


def _shown(draft: DraftNode) -> str:
    told = ", ".join(f"{key}: {value}" for key, value in facts(draft))
    return draft.title + (f"   [{told}]" if told else "")


def _with_depth(sections: list[DraftNode]) -> list[tuple[int, DraftNode]]:
    result = []
    stack = [(0, section) for section in reversed(sections)]
    while stack:
        depth, draft = stack.pop()
        result.append((depth, draft))
        stack.extend((depth + 1, child) for child in reversed(draft.children))
    return result


def facts(draft: DraftNode) -> list[tuple[str, object]]:
    """Return what an entry has beside its texts: key and value, of lists how many."""
    found = [(field.key, getattr(draft, field.key)) for field in NODE if field.key not in ("summary", "notes")]
    return [(key, len(value) if isinstance(value, list) else value) for key, value in found if value]


def left_out(imported: Imported, *, most: int = 12) -> list[str]:
    """Return what was left out: each piece with its line, at most `most` of one kind, and how many more there are."""
    totals = Counter(left.why for left in imported.account.left_out)
    shown: Counter[str] = Counter()
    rows = []
    for left in sorted(imported.account.left_out, key=lambda one: one.line):
        shown[left.why] += 1
        if shown[left.why] <= most:
            rows.append(f"{left.line:6}  {left.why:28}  {_short(left.text)}")
    rows += [f"        … and {totals[why] - most} more: {why}" for why in totals if totals[why] > most]
    return rows


def _short(text: str) -> str:
    line = " ⏎ ".join(part.strip() for part in text.split("\n") if part.strip())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
