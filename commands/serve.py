"""`roadpress serve`: the checklist in the browser, ticks straight into the progress file."""

from __future__ import annotations

import gc
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import RoadpressError
from ..core.files import write_file
from .console import Console, today
from .locating import roadmap_argument
from .snapshots import tell_present

if TYPE_CHECKING:
    from .http_server import Server


def run(console: Console, file: Path, *, port: int, opens: bool) -> None:
    """Show the checklist in the browser: ticks go straight to the progress file, edits of the roadmap to the page.

    Only this machine is served, and only whoever opens the address that is printed. Ctrl+C ends it. The browser is
    opened with a file that leads there once, within two minutes: every user of a machine can read what is run on it.
    """
    from .http_server import HOST, LivePage, Server

    if not file.is_file():
        raise RoadpressError(f"There is no file {file}.", remedy="Name a roadmap, or start one with `roadpress new`.")
    desk = LivePage(file, today, lambda found: tell_present(console, found, file))
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
    gc.set_threshold(2_000)  # unlike other commands it lives on: it may not keep its garbage
    with _opened(server, opens=opens):
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            console.say("Ended.")
        finally:
            desk.close()
            server.server_close()


@contextmanager
def _opened(server: Server, *, opens: bool) -> Iterator[None]:
    """Open the browser, and take away what it was opened with when that has expired, or at the end."""
    from .http_server import TICKET

    if not opens:
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="roadpress-"))  # its owner's alone
    launch = threading.Timer(0.2, click.launch, (str(ticket_page(server, folder)),))
    tidy = threading.Timer(TICKET, shutil.rmtree, (folder,), {"ignore_errors": True})
    for timer in (launch, tidy):
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        launch.cancel()
        tidy.cancel()
        shutil.rmtree(folder, ignore_errors=True)


def ticket_page(server: Server, folder: Path) -> Path:
    """Write a file, for its owner alone, that leads a browser to the server once."""
    from .http_server import redirect_page

    page = folder / "roadpress.html"
    write_file(page, redirect_page(server.ticket_url()).encode(), private=True)
    return page


@click.pass_context
def _callback(ctx: click.Context, file: Path, port: int, opens: bool) -> None:
    run(ctx.obj, file, port=port, opens=opens)


command = click.Command(
    "serve",
    callback=_callback,
    help=run.__doc__,
    params=[
        roadmap_argument(beside=True),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=0, help="The port; by default any free one."),
        click.Option(["--open/--no-open", "opens"], default=True, help="Open the browser."),
    ],
)
