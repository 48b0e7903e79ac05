"""`roadpress build`: every offline output."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..core.model import Roadmap
from ..exporters.options import from_keywords
from ..exporters.registry import BUILT_IN, load_exporter
from .console import Console
from .outputs import FOLDER, say_written, stem_of, write_export
from .params import learner_option
from .since import marks_new, new_since_option, with_new
from .snapshots import roadmap_argument, snapshot_of


@click.pass_context
def run(
    ctx: click.Context,
    file: Path,
    only: tuple[str, ...],
    folder: Path,
    learner: str | None,
    new_since: date | None,
) -> None:
    """Write the PDF, the mind map and the checklist, into output/.

    A plug-in's output is written too when the roadmap names it under `exports:`.
    """
    console: Console = ctx.obj
    snapshot = with_new(console, snapshot_of(file, learner), file, new_since)
    silent = []
    for name in only or outputs_of(snapshot.roadmap):
        exporter = load_exporter(name)
        result = exporter.export(snapshot, from_keywords(exporter, name, snapshot.roadmap, {}))
        first = folder / (stem_of(file) + result.files[0].suffix)
        say_written(console, write_export(result, file, first))
        for notice in result.notices:
            console.notice(f"{name}: {notice}")
        if not marks_new(exporter):
            silent.append(name)
    if silent and snapshot.new:
        console.notice(f"What is new is not marked in: {', '.join(silent)}.")


def outputs_of(roadmap: Roadmap) -> list[str]:
    """Return what a plain build makes: our offline outputs, and what the roadmap has settings for."""
    ours = [name for name, entry in BUILT_IN.items() if entry.in_build]
    asked = [name for name in roadmap.exports if name not in ours and name != "trello"]
    return ours + asked


command = click.Command(
    "build",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(),
        click.Option(["--only"], multiple=True, metavar="NAME", help="Only this output; repeatable."),
        click.Option(
            ["--folder"],
            type=click.Path(path_type=Path, file_okay=False),
            default=FOLDER,
            help="Where to write.",
            show_default=True,
        ),
        learner_option(),
        new_since_option(),
    ],
)
