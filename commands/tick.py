"""`roadpress tick`, `untick`, `skip`: record what is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from pathlib import Path

import click

from ..core import text
from ..core.errors import UsageError, printable
from ..core.model import Node
from ..core.progress.model import Progress, State, Tick, progress_path
from ..core.progress.orphans import Orphan, adopted, meant, orphans_of
from ..core.progress.recording import change_progress, ticked
from ..core.progress.store import ProgressFile, update
from ..core.roadmap_file.loading import load
from ..core.snapshot.selectors import select
from .console import Console, paint, today
from .localized import Localized
from .locating import file_option, words_apart
from .params import Day, NodeWord
from .tick_report import MARKS


def ticking_command(
    name: str, state: State, help_text: str, on_help: str, more: tuple[click.Option, ...] = ()
) -> click.Command:
    """Return a command that brings leaves into a state; `more` are options of its own."""

    @click.pass_context
    def run(
        ctx: click.Context,
        words: tuple[str, ...],
        file: Path,
        on: date | None,
        note: str | None,
        adopt: str | None = None,
    ) -> None:
        if adopt is None:
            record(ctx.obj, words, file, state=state, on=on, note=note)
        elif on is None and note is None:
            give(ctx.obj, words, file, adopt)
        else:
            raise UsageError(
                "A tick that is adopted brings its own day and note.",
                remedy="Leave --on and --note out.",
            )

    return click.Command(
        name,
        callback=run,
        help=help_text,
        params=[
            click.Argument(
                ["words"],
                nargs=-1,
                callback=words_apart,
                is_eager=True,
                required=True,
                type=NodeWord(),
                metavar="WHAT…",
            ),
            click.Option(["--on"], type=Day(), metavar="DATE", help=on_help),
            click.Option(["--note"], help="A note of your own, Markdown."),
            *more,
            file_option(),
        ],
    )


def record(
    console: Console, words: tuple[str, ...], file: Path, *, state: State, on: date | None, note: str | None
) -> None:
    """Record a state for what words name, and say what changed."""
    roadmap = load(file)
    nodes = select(roadmap, words)
    if note is not None:
        _one_each(nodes)
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

    for notice in change_progress(roadmap, file, decide):
        console.notice(notice)
    _tell(console, nodes, changed, state, Localized(roadmap.language, now.date()))


def give(console: Console, words: tuple[str, ...], file: Path, old: str) -> None:
    """Give a tick that fits no entry to the leaf that words name, and say so."""
    roadmap = load(file)
    nodes = select(roadmap, words)
    if len(nodes) != 1 or nodes[0].children:
        raise UsageError("One tick goes to one entry without items of its own.", remedy="Name it. Nothing was changed.")
    (leaf,) = nodes
    now = datetime.now(timezone.utc).replace(microsecond=0)
    placed: list[Orphan] = []

    def change(record: ProgressFile) -> ProgressFile:
        placed[:] = [meant(orphans_of(record, roadmap), old)]
        return adopted(record, roadmap, leaf, placed[0], now=now)

    update(progress_path(file), change, name=file.name)
    state = placed[0].entry.tick.state
    title = printable(placed[0].title)
    was = Localized(roadmap.language, now.date()).say("was", old=repr(title))
    console.say(f"{paint(MARKS[state], fg='green')} {leaf.number} {text.plain(leaf.title)}  {was}")


def _one_each(nodes: list[Node]) -> None:
    """Refuse a note for a node that stands for others. Raises UsageError."""
    for node in nodes:
        if node.children:
            count = sum(1 for _ in node.leaves())
            many = f"has {count} entries to tick below it" if count > 1 else "is not ticked itself"
            raise UsageError(
                f"{node.number} {text.plain(node.title)!r} {many}, and a note belongs to one.",
                remedy=f"Name one, such as {next(node.leaves()).number}. Nothing was changed.",
            )


def _tell(console: Console, nodes: list[Node], changed: Mapping[str, Tick], state: State, say: Localized) -> None:
    already = 0
    for leaf in (leaf for node in nodes for leaf in node.leaves()):
        if leaf.id in changed:
            console.say(f"{paint(MARKS[state], fg='green')} {leaf.number} {text.plain(leaf.title)}")
        else:
            already += 1
    if already:
        said = say.count(f"already_{state.value}", already)
        console.say(said if changed else say.say("unchanged", what=said))


command = ticking_command(
    "tick",
    State.DONE,
    """Record what is done.

    WHAT is a number (3.2), a range (3.5-3.8), an id, or a part of a title that fits one entry only. A parent stands for
    everything below it.
    """,
    "The day it was done; today if not given.",
    (
        click.Option(
            ["--adopt"],
            metavar="OLD",
            help="Give WHAT a tick that fits no entry: its number in `roadpress orphans`, id, or a part of its title.",
        ),
    ),
)
