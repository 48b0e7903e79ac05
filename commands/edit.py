"""`roadpress edit`: the editor in the browser, on the file itself."""

from __future__ import annotations

from pathlib import Path

import click

from .console import Console, today
from .locating import roadmap_argument
from .serving import OPTIONS, serve


def run(console: Console, file: Path, *, port: int, opens: bool) -> None:
    """Edit the roadmap in the browser, beside its outputs: outline, YAML, start and pace. Ticks go to its progress.

    "Save" writes the file, whole or not at all, with its comments; what somebody else changed meanwhile is told, and
    never overwritten. A file that is not there begins with what you paste. Only this machine is served, and only
    whoever opens the address that is printed. Ctrl+C ends it.
    """
    from .edited_file import EditedFile

    serve(console, EditedFile(file, today), file, port=port, opens=opens)


@click.pass_context
def _callback(ctx: click.Context, file: Path, port: int, opens: bool) -> None:
    run(ctx.obj, file, port=port, opens=opens)


command = click.Command("edit", callback=_callback, help=run.__doc__, params=[roadmap_argument(beside=True), *OPTIONS])
