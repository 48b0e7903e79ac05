"""`roadpress new`: a starter roadmap."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from ..core.errors import UndecidedError
from ..core.files import write_file
from .console import Console
from .locating import DEFAULT_FILE, roadmap_argument


@click.pass_context
def run(ctx: click.Context, file: Path, *, sample: bool) -> None:
    """Write a starter roadmap, commented; a file that is there stays."""
    console: Console = ctx.obj
    if file.exists():
        raise UndecidedError(f"{file} is there already.", remedy="Name another file: `roadpress new other.yaml`.")
    package = files("roadpress")
    if sample:
        text = (package / "roadmap.yaml").read_text("utf-8")
    else:
        name = "" if str(file) == DEFAULT_FILE else f" {file}"
        text = (package / "templates" / "new.yaml").read_text("utf-8").replace(" {file}", name)
    write_file(file, text.encode())
    console.say(f"{file}  edit it, then run: roadpress build{'' if str(file) == DEFAULT_FILE else f' {file}'}")


command = click.Command(
    "new",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(beside=True, usual=DEFAULT_FILE),
        click.Option(["--sample"], is_flag=True, help="A complete one instead: the machine-learning roadmap."),
    ],
)
