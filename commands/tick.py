"""`roadpress tick`, `untick`, `skip`: record what is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from pathlib import Path

import click

from ..core import text
from ..core.loading import load
from ..core.model import Node
from ..core.progress import Progress, State, Tick
from ..core.recording import change_progress, ticked
from ..core.selecting import select
from .console import Console, paint, today
from .params import Day, NodeWord, file_option

_WORDS = {State.DONE: ("done", "✓"), State.OPEN: ("open again", "○"), State.SKIPPED: ("skipped", "–")}


def ticking_command(name: str, state: State, help_text: str, on_help: str) -> click.Command:
    """Return a command that brings leaves into a state."""

    @click.pass_context
    def run(ctx: click.Context, words: tuple[str, ...], file: Path, on: date | None, note: str | None) -> None:
        record(ctx.obj, words, file, state=state, on=on, note=note)

    return click.Command(
        name,
        callback=run,
        help=help_text,
        params=[
            click.Argument(["words"], nargs=-1, required=True, type=NodeWord(), metavar="WHAT…"),
            click.Option(["--on"], type=Day(), metavar="DATE", help=on_help),
            click.Option(["--note"], help="A note of your own, Markdown."),
            file_option(),
        ],
    )


def record(
    console: Console, words: tuple[str, ...], file: Path, *, state: State, on: date | None, note: str | None
) -> None:
    """Record a state for what words name, and say what changed."""
    roadmap = load(file)
    nodes = select(roadmap, words)
    now = datetime.now(timezone.utc).replace(microsecond=0)
    day = on or today()
    changed: dict[str, Tick] = {}

    def decide(progress: Progress) -> Mapping[str, Tick]:
        changed.clear()
        changed.update(ticked(nodes, progress, state, on=day, at=now, again=on is not None))
        if note is not None:
            for leaf in (leaf for node in nodes for leaf in node.leaves()):
                tick = changed.get(leaf.id) or progress.ticks.get(leaf.id) or Tick(state, day, "cli")
                changed[leaf.id] = Tick(tick.state, tick.on, tick.source, note, now)
        return changed

    change_progress(roadmap, file, decide)
    _tell(console, nodes, changed, state)


def _tell(console: Console, nodes: list[Node], changed: Mapping[str, Tick], state: State) -> None:
    word, mark = _WORDS[state]
    already = 0
    for leaf in (leaf for node in nodes for leaf in node.leaves()):
        if leaf.id in changed:
            console.say(f"{paint(mark, fg='green')} {leaf.number} {text.plain(leaf.title)}")
        else:
            already += 1
    if already:
        console.say(f"{already} already {word}" if changed else f"Nothing to change: {already} already {word}.")


command = ticking_command(
    "tick",
    State.DONE,
    """Record what is done.

    WHAT is a number (3.2), a range (3.5-3.8), an id, or a part of a title that fits one entry only. A parent stands for
    everything below it.
    """,
    "The day it was done; today if not given.",
)
