"""What an output has no place for, told as a notice, so that nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..core.model import Node
from ..core.snapshot import Snapshot, facts

LINE = frozenset(row.key for row in facts.FACTS if row.place is facts.Place.LINE)
WHOLE = frozenset(("learner", "authors", "description"))
"""What is told of the roadmap itself."""


def everything(*, without: Collection[str] = ()) -> frozenset[str]:
    """Return the keys of all facts but some: what an output shows that renders facts in general."""
    return frozenset(row.key for row in facts.FACTS).difference(without)


def left_out(
    form: str, snapshot: Snapshot, shown: Collection[str], *, of: Iterable[Node] | None = None
) -> tuple[str, ...]:
    """Return a notice that counts what an output leaves out; none where it leaves out nothing.

    `form` names what has no place for it: "A Mermaid mind map". `shown` are the keys that it tells, of the facts
    (`core.snapshot.facts.FACTS`) and of `WHOLE`. `of` are the entries to look at: all of them, and the roadmap itself,
    if not given.
    """
    roadmap, reader = snapshot.roadmap, facts.FactReader(snapshot)
    parts = []
    if of is None:
        there = {"learner": snapshot.learner, "authors": roadmap.authors, "description": roadmap.description}
        parts += [f"the {name}" for name in sorted(WHOLE.difference(shown)) if there[name]]
    rows = [row for row in facts.FACTS if row.noun and row.key not in shown]
    rows = [row for row in rows if row.place is not facts.Place.PART or row.field != "links" or "links" in shown]
    bare = [row for row in rows if not row.field or row.key == "done"]
    counts = dict.fromkeys(rows, 0)
    for node in roadmap.walk() if of is None else of:
        for row in bare if node.is_bare else rows:
            if row.of(node, reader):
                counts[row] += 1
    parts += [f"{row.noun} ({count:,})" for row, count in counts.items() if count]
    return (f"{form} has no place for {', '.join(parts)}: they are left out.",) if parts else ()
