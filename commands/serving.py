"""Serving a site until Ctrl+C: the port, the printed address, the browser that is opened and how it gets in."""

from __future__ import annotations

import gc
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ..core.errors import RoadpressError
from ..core.files import write_file
from .console import Console
from .http_server import HOST, TICKET, Server, Site, redirect_page

OPTIONS = (
    click.Option(["--port"], type=click.IntRange(0, 65535), default=0, help="The port; by default any free one."),
    click.Option(["--open/--no-open", "opens"], default=True, help="Open the browser."),
)


def serve(console: Console, site: Site, file: Path, *, port: int, opens: bool) -> None:
    """Serve a site of a roadmap's file until Ctrl+C. Raises RoadpressError when the port can't be used."""
    try:
        server = Server(site, port)
    except OSError as error:
        raise RoadpressError(
            f"Port {port} of {HOST} can't be used: {error.strerror or error}.",
            remedy="Leave --port out for a free one.",
        ) from None
    click.echo(f"{file} is served at\n  {server.url}\nCtrl+C ends it.")
    gc.set_threshold(2_000)  # unlike other commands it lives on: it may not keep its garbage
    with _opened(server, opens=opens):
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            console.say("Ended.")
        finally:
            site.close()
            server.server_close()


@contextmanager
def _opened(server: Server, *, opens: bool) -> Iterator[None]:
    """Open the browser, and take away what it was opened with when that has expired, or at the end."""
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
    page = folder / "roadpress.html"
    write_file(page, redirect_page(server.ticket_url()).encode(), private=True)
    return page
