"""`roadpress serve`: the checklist in the browser, ticks straight into the progress file."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import RoadpressError
from .console import Console, today
from .locating import roadmap_argument
from .serving import OPTIONS, serve
from .snapshots import tell_present


def run(console: Console, file: Path, *, port: int, opens: bool) -> None:
    """Show the checklist in the browser: ticks go straight to the progress file, edits of the roadmap to the page.

    Only this machine is served, and only whoever opens the address that is printed. Ctrl+C ends it. The browser is
    opened with a file that leads there once, within two minutes: every user of a machine can read what is run on it.
    """
    from .live_page import LivePage

    if not file.is_file():
        raise RoadpressError(f"There is no file {file}.", remedy="Name a roadmap, or start one with `roadpress new`.")
    page = LivePage(file, today, lambda found: tell_present(console, found, file))
    for line in page.look().problems:
        console.notice(line)
    serve(console, page, file, port=port, opens=opens)


@click.pass_context
def _callback(ctx: click.Context, file: Path, port: int, opens: bool) -> None:
    run(ctx.obj, file, port=port, opens=opens)


command = click.Command("serve", callback=_callback, help=run.__doc__, params=[roadmap_argument(beside=True), *OPTIONS])
