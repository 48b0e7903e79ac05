"""`roadpress serve`: the checklist in the browser, ticks straight into the progress file."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from ..core.errors import RoadpressError, UsageError
from .console import Console, today
from .snapshots import roadmap_argument, tell_present


def run(console: Console, file: Path, *, port: int, opens: bool) -> None:
    """Show the checklist in the browser: ticks go straight to the progress file, edits of the roadmap to the page.

    Only this machine is served, and only whoever opens the address that is printed. Ctrl+C ends it.
    """
    from .http_server import HOST, Desk, Server

    if not file.is_file():
        raise UsageError(f"{file} is not there.", remedy="Name a roadmap, or start one with `roadpress new`.")
    desk = Desk(file, today, lambda found: tell_present(console, found, file))
    try:
        server = Server(desk, port)
    except OSError as error:
        raise RoadpressError(
            f"Port {port} of {HOST} can't be used: {error.strerror or error}.",
            remedy="Leave --port out for a free one.",
        ) from None
    click.echo(f"{file} is served at\n  {server.url}\nCtrl+C ends it.")
    for line in desk.look().problems:
        console.notice(line)
    if opens:
        threading.Timer(0.2, click.launch, (server.url,)).start()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        console.say("Ended.")
    finally:
        desk.close()
        server.server_close()


@click.pass_context
def _callback(ctx: click.Context, file: Path, port: int, opens: bool) -> None:
    run(ctx.obj, file, port=port, opens=opens)


command = click.Command(
    "serve",
    callback=_callback,
    help=run.__doc__,
    params=[
        roadmap_argument(),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=0, help="The port; by default any free one."),
        click.Option(["--open/--no-open", "opens"], default=True, help="Open the browser."),
    ],
)
