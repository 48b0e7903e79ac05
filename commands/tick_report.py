"""What is said of ticks that came back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..core import text
from ..core.progress.model import State, Tick
from .console import Console, paint, today
from .localized import Localized

if TYPE_CHECKING:
    from ..core.model import Node, Roadmap
    from ..core.progress.collecting import CollectedOutput, CollectResult

MARKS = {State.DONE: "✓", State.SKIPPED: "–", State.PARTLY: "◐", State.OPEN: "○"}
_SHOWN = 40


def tell(console: Console, roadmap: Roadmap, collected: CollectResult) -> None:
    """Say what came back from each output."""
    nodes = {leaf.id: leaf for leaf in roadmap.leaves()}
    say = Localized(roadmap.language, today())
    for notice in collected.notices:
        console.notice(notice)
    for part in collected.parts:
        changes = part.merge.changes
        count = say.count("changes", len(changes)) if changes else say["nothing_new"]
        console.say(f"{part.label}  {part.returned.source}, {count}")
        for change in changes[:_SHOWN]:
            leaf = nodes[change.id]
            on = f"  {paint(say.day(change.after.on), dim=True)}" if change.after.on else ""
            mark = paint(MARKS[change.after.state], fg="green")
            console.say(f"  {mark} {leaf.number} {text.plain(leaf.title)}{on}")
        if len(changes) > _SHOWN:
            console.say(f"  {say.say('and_more', n=len(changes) - _SHOWN)}")
        tell_doubts(console, roadmap, part)


def tell_doubts(console: Console, roadmap: Roadmap, part: CollectedOutput) -> None:
    """Say what one output's ticks were taken for, and which were changed on both sides, or fit no entry."""
    nodes = {leaf.id: leaf for leaf in roadmap.leaves()} if part.conflicts else {}
    for notice in part.notices:
        console.notice(notice)
    for conflict in part.conflicts:
        leaf = nodes[conflict.id]
        console.notice(
            f"{_named(leaf)} was changed on both sides: {_side(conflict.mine)} here, {_side(conflict.theirs)} in "
            f"{part.label}; {'theirs' if conflict.taken == 'theirs' else 'mine'} was taken."
        )
    for observed in part.merge.unknown:
        console.notice(
            f"{observed.title or observed.id!r} in {part.label} is not in the roadmap; its tick is kept, and comes "
            "back when it does."
        )


def _named(leaf: Node) -> str:
    return f"{leaf.number} {text.plain(leaf.title)!r}"


def _side(tick: Tick) -> str:
    day: date | None = tick.at.date() if tick.at else tick.on
    return f"{tick.state.value} {f'on {day.isoformat()}' if day else 'on an unknown day'}"
