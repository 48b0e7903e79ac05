"""The marks of leaves, as paths in a square of 8 by 8 points: what one ticks, by kind and state."""

from __future__ import annotations

from ....core.model import Kind, Node
from ....core.progress.model import State

_BOX = "M1.5 0L6.5 0C7.33 0 8 .67 8 1.5L8 6.5C8 7.33 7.33 8 6.5 8L1.5 8C.67 8 0 7.33 0 6.5L0 1.5C0 .67 .67 0 1.5 0Z"
_CIRCLE = "M4 0C6.21 0 8 1.79 8 4C8 6.21 6.21 8 4 8C1.79 8 0 6.21 0 4C0 1.79 1.79 0 4 0Z"
OUTLINES = {
    Kind.TASK: _BOX,
    Kind.QUESTION: _CIRCLE,
    Kind.PROJECT: "M4 -.5L8.5 4L4 8.5L-.5 4Z",
    Kind.RESOURCE: _BOX,
    Kind.MILESTONE: "M1 8L1 0L8 2.4L1 4.8Z",
}
"""Closed, filled when done."""
SIGNS = {
    Kind.TASK: "",
    Kind.QUESTION: "M2.7 3.1C2.7 1.4 5.3 1.4 5.3 3.1C5.3 4.1 4 4 4 5.1M4 6.4L4 6.45",
    Kind.PROJECT: "",
    Kind.RESOURCE: "M2.5 5.5L5.5 2.5M3.1 2.5L5.5 2.5L5.5 4.9",
    Kind.MILESTONE: "",
}
"""Strokes inside, while open."""
TICK = "M1.7 4.2L3.4 5.9L6.4 2.3"
STRIKE = "M1.5 4L6.5 4"


def mark_id(node: Node, state: State) -> str:
    """Return the name of a leaf's mark: the kind's first letter, `d` for done, `x` for skipped, `o` for optional."""
    suffix = {State.DONE: "d", State.SKIPPED: "x"}.get(state, "")
    return f"m{node.kind.value[0]}{suffix}{'o' if node.optional else ''}"


def mark_parts(node: Node, state: State) -> tuple[str, str]:
    """Return a mark's outline and the strokes inside it."""
    inside = {State.DONE: TICK, State.SKIPPED: STRIKE}.get(state, SIGNS[node.kind])
    if node.kind is Kind.MILESTONE and state is not State.OPEN:
        inside = "M2.6 2.4L5.4 2.4" if state is State.SKIPPED else "M2.2 2.3L3.1 3.2L4.9 1.6"
    return OUTLINES[node.kind], inside
