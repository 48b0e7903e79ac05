"""How each line was understood, and what was left out, for people."""

from __future__ import annotations

from collections import Counter

from ..core.roadmap_file.format import NODE
from .common.draft import DraftNode, Imported

_WIDTH = 100


def explained(imported: Imported) -> list[str]:
    """Return one line for each piece of the source, in its order: line number, how it was understood, the text."""
    rows: list[tuple[int, int, str, str]] = []
    for line, how, text in imported.account.understood:
        rows.append((line, 1, how, text))
    for depth, draft in _with_depth(imported.roadmap.sections):
        facts = [f"{key}: {value}" for key, value in _facts(draft)]
        level = ("section", "topic", "item")[min(depth, 2)]
        shown = "  " * depth + draft.title + (f"   [{', '.join(facts)}]" if facts else "")
        rows.append((draft.line, 0, f"{draft.how} → {level}", shown))
    rows += [(left.line, 2, f"left out: {left.why}", left.text) for left in imported.account.left_out]
    rows.sort(key=lambda row: (row[0], row[1]))
    return [f"{line:6}  {how:28}  {_short(text)}" for line, _, how, text in rows]


def _with_depth(sections: list[DraftNode]) -> list[tuple[int, DraftNode]]:
    result = []
    stack = [(0, section) for section in reversed(sections)]
    while stack:
        depth, draft = stack.pop()
        result.append((depth, draft))
        stack.extend((depth + 1, child) for child in reversed(draft.children))
    return result


def _facts(draft: DraftNode) -> list[tuple[str, object]]:
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
