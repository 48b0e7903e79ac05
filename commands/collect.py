"""`roadpress collect`: ticks that come back from outputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path

import click

from ..core import text
from ..core.errors import printable
from ..core.locale.dates import day_text
from ..core.model import Node, Roadmap
from ..core.progress.collecting import Collected, Part, collect
from ..core.progress.model import State, Tick, progress_path
from ..core.progress.store import Record, read, update
from ..core.progress.three_way import Prefer, Returned
from ..core.roadmap_file.loading import load
from ..importers.collect.dispatch import is_board, read_output
from .console import Console, paint, today
from .params import file_option

MARKS = {State.DONE: "✓", State.OPEN: "○", State.SKIPPED: "–"}
_SHOWN = 40


@click.pass_context
def run(
    ctx: click.Context, sources: tuple[str, ...], file: Path, prefer: str, *, from_anyone: bool, dry_run: bool
) -> None:
    """Bring ticks back: from a filled PDF, a checklist's saved file or its link, an edited Markdown export, a Trello
    board, or another copy of the progress file.

    Only what was changed out there is taken, so that ticks made in several places all arrive. What was changed here as
    well is told, with both dates, and the newest counts, unless you say --mine (what is recorded here) or --theirs.

    Another learner's ticks, and two people's at once, are not taken unless you say --from-anyone.
    """  # noqa: D205 - click joins the first lines
    console: Console = ctx.obj
    boards = [source for source in sources if is_board(source)]
    roadmap = load(file)
    edition = read(progress_path(file)).outline
    outputs = [(source, read_output(source, roadmap, edition)) for source in sources if source not in boards]
    if outputs:
        take(console, file, roadmap, outputs, prefer=Prefer(prefer), from_anyone=from_anyone, dry_run=dry_run)
    for board in boards:
        _pull(ctx, file, board, prefer, dry_run=dry_run)


def _pull(ctx: click.Context, file: Path, board: str, prefer: str, *, dry_run: bool) -> None:
    """Do what `roadpress trello pull --board` does."""
    from .trello import command as trello

    words = [str(file), "--board", board, f"--{prefer}", *(["--dry-run"] if dry_run else [])]
    pull = trello.commands["pull"]
    pull.invoke(pull.make_context("pull", words, parent=ctx))


def take(
    console: Console,
    file: Path,
    roadmap: Roadmap,
    outputs: Sequence[tuple[str, Returned]],
    *,
    prefer: Prefer = Prefer.NEWEST,
    from_anyone: bool = False,
    dry_run: bool = False,
) -> tuple[Part, ...]:
    """Record what came back in outputs, each under the name that a person knows it by, and say what changed.

    Returns what came of each. Raises what `core.progress.collecting.collect` and `core.progress.store.update` raise;
    nothing is then recorded.
    """
    now = datetime.now(timezone.utc).replace(microsecond=0)
    found: list[Collected] = []
    names: list[str] = []

    def change(record: Record) -> Record:
        found[:] = [collect(record, roadmap, outputs, now=now, prefer=prefer, from_anyone=from_anyone)]
        names[:] = [found[0].record.learner] if found[0].record.learner != record.learner else []
        return found[0].record

    path = progress_path(file)
    if dry_run:
        change(read(path))
    else:
        update(path, change, name=file.name)
    tell(console, roadmap, found[0])
    for name in names:
        console.say(f"{path.name} is of {printable(name)} from now on.")
    if dry_run:
        console.say("Nothing was written.")
    return found[0].parts


def tell(console: Console, roadmap: Roadmap, collected: Collected) -> None:
    """Say what came back from each output."""
    nodes = {leaf.id: leaf for leaf in roadmap.leaves()}
    for notice in collected.notices:
        console.notice(notice)
    for part in collected.parts:
        changes = part.merge.changes
        count = f"{len(changes)} change{'s' if len(changes) != 1 else ''}" if changes else "nothing new"
        console.say(f"{part.label}  {part.returned.source}, {count}")
        for change in changes[:_SHOWN]:
            leaf = nodes[change.id]
            on = f"  {paint(day_text(change.after.on, today=today()), dim=True)}" if change.after.on else ""
            mark = paint(MARKS[change.after.state], fg="green")
            console.say(f"  {mark} {leaf.number} {text.plain(leaf.title)}{on}")
        if len(changes) > _SHOWN:
            console.say(f"  and {len(changes) - _SHOWN} more")
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


command = click.Command(
    "collect",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["sources"], nargs=-1, required=True, metavar="FILE|URL…"),
        file_option(),
        click.Option(
            ["--newest", "prefer"], flag_value="newest", default="newest", help="The newest counts (default)."
        ),
        click.Option(["--mine", "prefer"], flag_value="mine", help="What is recorded here counts."),
        click.Option(["--theirs", "prefer"], flag_value="theirs", help="What came back counts."),
        click.Option(["--from-anyone"], is_flag=True, help="Take ticks of other learners and roadmaps, too."),
        click.Option(["--dry-run"], is_flag=True, help="Only tell what would change."),
    ],
)
