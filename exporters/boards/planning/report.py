"""A plan for people, and for programs."""

from __future__ import annotations

from typing import Any

from ..model.board import BOARD_REF, CARD, CHECKLIST, ITEM, LABEL, ObjectKey
from .changes import Action, BoardChange, ChangePlan, Turn

_INDENT = {CARD: 1, CHECKLIST: 2, ITEM: 3}
_WORDS = {
    Action.CREATE: "create",
    Action.UPDATE: "update",
    Action.MOVE: "move",
    Action.TICK: "tick",
    Action.ARCHIVE: "archive",
}
_FIELDS = {"desc": "description", "done": "complete", "pos": "position", "closed": "archived", "marker": "id"}


def plan_text(plan: ChangePlan, *, limit: int | None = None) -> str:
    """Return a plan as lines: each change with its sign, below what it belongs to; then how many calls and how long.

    `limit` cuts the list of changes, and says so.
    """
    lines = [change_line(change) for change in in_reading_order(plan)]
    if limit is not None and len(lines) > limit:
        lines = [*lines[:limit], f"  … and {len(lines) - limit:,} more"]
    return "\n".join([*lines, *([""] if lines else []), summary(plan)])


def summary(plan: ChangePlan) -> str:
    """Return the plan in one line."""
    counts = plan.counts()
    if not counts:
        return "Nothing to change: the board is up to date."
    parts = ", ".join(f"{count:,} to {_WORDS[action]}" for action, count in counts.items())
    calls = len(plan.changes)
    line = f"{parts}: {calls:,} call{'s' if calls != 1 else ''}"
    if plan.seconds is None:
        return f"{line}."
    return f"{line}, about {duration(plan.seconds)} at {plan.service.name}'s rate."


def duration(seconds: float) -> str:
    """Return a length of time in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def change_line(change: BoardChange) -> str:
    """Return one change: sign, kind, name, and what changes of it."""
    title = " ".join(change.title.split())
    title = title if len(title) <= 100 else f"{title[:99]}…"
    detail = ""
    if change.action in (Action.UPDATE, Action.MOVE):
        detail = "  (" + ", ".join(_FIELDS.get(name, name) for name in change.fields) + ")"
    elif change.action is Action.CREATE and change.fields.get("done"):
        detail = "  ✓"
    elif change.deletes:
        detail = "  (deleted: it can't be archived)"
    return f"{'  ' * _INDENT.get(change.ref.kind, 0)}{change.action.value} {change.ref.kind} {title}{detail}"


def in_reading_order(plan: ChangePlan) -> list[BoardChange]:
    """Return the changes with each below what it belongs to; they are made in another order."""
    below: dict[ObjectKey | None, list[BoardChange]] = {}
    refs = {change.ref for change in plan.changes}
    for change in plan.changes:
        parent = change.parent if change.parent in refs and change.ref.kind != LABEL else None
        below.setdefault(None if parent == BOARD_REF else parent, []).append(change)
    result: list[BoardChange] = []
    stack = sorted(below.get(None, []), key=_shown, reverse=True)
    while stack:
        change = stack.pop()
        result.append(change)
        stack += sorted(below.get(change.ref, []), key=_shown, reverse=True) if change.ref != BOARD_REF else []
    return result


def _shown(change: BoardChange) -> tuple[int, float, Turn]:
    pos = change.fields.get("pos")
    return change.turn.phase, float(pos) if pos is not None else 0.0, change.turn


def plan_data(plan: ChangePlan) -> dict[str, Any]:
    """Return a plan as JSON values."""
    return {
        "board": plan.board.url if plan.board else None,
        "calls": len(plan.changes),
        "seconds": None if plan.seconds is None else round(plan.seconds, 1),
        "counts": {_WORDS[action]: count for action, count in plan.counts().items()},
        "changes": [
            {
                "action": _WORDS[change.action],
                "kind": change.ref.kind,
                "key": change.ref.key,
                "title": change.title,
                "fields": sorted(change.fields),
            }
            for change in plan.changes
        ],
        "notices": list(plan.notices),
        "needs_decision": list(plan.refusals),
    }
