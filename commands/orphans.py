"""`roadpress orphans`: ticks that fit no entry."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.errors import printable
from ..core.progress.model import State, progress_path
from ..core.progress.orphans import Orphan, forgotten, meant, orphans_of
from ..core.progress.store import ProgressFile, read, update
from ..core.roadmap_file.loading import load
from .console import Console, paint, today
from .localized import Localized
from .locating import roadmap_argument
from .params import json_option
from .streams import print_json
from .tick_report import MARKS


@click.pass_context
def run(ctx: click.Context, file: Path, *, forget: str | None, as_json: bool) -> None:
    """List the ticks that fit no entry of the roadmap: each with the place that it had, its day and its note.

    They are kept, and come back by themselves when their entries do. `roadpress tick 3.3 --adopt 1` gives the first of
    them to 3.3; an entry that it may be is named.
    """
    console: Console = ctx.obj
    roadmap = load(file)
    path = progress_path(file)
    say = Localized(roadmap.language, today())
    if forget is not None:
        now = datetime.now(timezone.utc).replace(microsecond=0)
        gone: list[Orphan] = []

        def change(record: ProgressFile) -> ProgressFile:
            gone[:] = [meant(orphans_of(record, roadmap), forget, whole=True)]
            return forgotten(record, roadmap, gone[0], now=now)

        update(path, change, name=file.name)
        console.say(say.say("forgot", title=_line(gone[0], say)))
        return
    orphans = orphans_of(read(path), roadmap)
    if as_json:
        print_json([_plain(orphan) for orphan in orphans])
        return
    if not orphans:
        console.say(say["all_fit"])
    for number, orphan in enumerate(orphans, 1):
        click.echo(f"{number:>3} {_line(orphan, say)}")
        if orphan.entry.tick.note:
            click.echo(f"      {paint(printable(' '.join(orphan.entry.tick.note.split())), dim=True)}")
        if orphan.maybe:
            command = f"roadpress tick {orphan.maybe.number} --adopt {number}"
            click.echo(f"      {say.say('may_be', entry=say.entry(orphan.maybe), command=command)}")


def _line(orphan: Orphan, say: Localized) -> str:
    tick = orphan.entry.tick
    state = say["open_state" if tick.state is State.OPEN else tick.state.value]
    day = f"  {state} {tick.on.isoformat()}" if tick.on else f"  {state}"
    where = f"  {say.say('inside', where=printable(orphan.entry.where))}" if orphan.entry.where else ""
    return f"{paint(MARKS[tick.state], fg='green')} {printable(orphan.title)}{paint(day + where, dim=True)}"


def _plain(orphan: Orphan) -> dict[str, Any]:
    tick, maybe = orphan.entry.tick, orphan.maybe
    return {
        "id": orphan.id,
        "title": orphan.title,
        "in": orphan.entry.where,
        "state": tick.state.value,
        "on": tick.on.isoformat() if tick.on else None,
        "note": tick.note,
        "from": tick.source,
        "maybe": {"id": maybe.id, "number": maybe.number, "title": text.plain(maybe.title)} if maybe else None,
    }


command = click.Command(
    "orphans",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(beside=True),
        click.Option(["--forget"], metavar="OLD", help="Throw one away: its number here, its id or its title."),
        json_option(),
    ],
)
