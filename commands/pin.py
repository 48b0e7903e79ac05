"""`roadpress pin`: ids into the roadmap."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import RoadpressError
from ..core.files import write_file
from ..core.progress.model import progress_path
from ..core.progress.recording import brought_up
from ..core.progress.store import update
from ..core.roadmap_file.loading import load_source
from ..core.roadmap_file.pinning import pin
from ..core.roadmap_file.source import read_source
from ..core.snapshot.selectors import select
from .console import Console
from .locating import file_option, words_apart
from .params import NodeWord


@click.pass_context
def run(ctx: click.Context, words: tuple[str, ...], file: Path, *, was: bool, dry_run: bool) -> None:
    """Write an `id` into the roadmap for every entry that has none, or for WHAT and all below it.

    An entry with an id of its own keeps its ticks, its card and its place in a browser whatever you retitle or move.
    Comments and layout stay as they are. The id that an entry had so far is kept under `was`.
    """
    console: Console = ctx.obj
    before = file.read_bytes() if file.is_file() else b""
    source = read_source(file)
    roadmap = load_source(source)
    nodes = select(roadmap, words) if words else roadmap.sections
    chosen = {node.id for top in nodes for node in top.walk() if not node.own_id}
    if not chosen:
        console.say("Every entry has an id of its own." if not words else "All of that has ids of its own.")
        return
    pinned = pin(source.text, roadmap, chosen, keep_former=was)
    if dry_run:
        from difflib import unified_diff

        lines = unified_diff(source.text.splitlines(), pinned.text.splitlines(), str(file), str(file), lineterm="")
        click.echo("\n".join(lines))
        return
    if file.read_bytes() != before:
        raise RoadpressError(f"{file} has changed in the meantime.", remedy="Run it again.")
    write_file(file, pinned.text.encode())
    path = progress_path(file)
    if path.exists():
        update(path, lambda record: brought_up(record, pinned.roadmap, {}), name=file.name)
    console.say(f"{file}  {len(pinned.ids)} id{'s' if len(pinned.ids) != 1 else ''} written")


command = click.Command(
    "pin",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["words"], nargs=-1, callback=words_apart, is_eager=True, type=NodeWord(), metavar="[WHAT…]"),
        file_option(),
        click.Option(
            ["--was/--no-was"],
            default=True,
            show_default=True,
            help="Keep the former id under `was`, for outputs that are out there.",
        ),
        click.Option(["--dry-run"], is_flag=True, help="Only show what would change, as a diff."),
    ],
)
