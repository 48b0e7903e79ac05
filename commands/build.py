"""`roadpress build`: every offline output."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.model import Roadmap
from ..exporters.options import from_keywords
from ..exporters.registry import BUILT_IN, load_exporter
from .console import Console
from .outputs import FOLDER, say_written, stem_of, write_export
from .params import learner_option
from .snapshots import roadmap_argument, snapshot_of


@click.pass_context
def run(ctx: click.Context, file: Path, only: tuple[str, ...], folder: Path, learner: str | None) -> None:
    """Write the PDF, the mind map and the checklist, into output/.

    A plug-in's output is written too when the roadmap names it under `exports:`.
    """
    console: Console = ctx.obj
    snapshot = snapshot_of(file, learner)
    for name in only or outputs_of(snapshot.roadmap):
        exporter = load_exporter(name)
        result = exporter.export(snapshot, from_keywords(exporter, name, snapshot.roadmap, {}))
        first = folder / (stem_of(file) + result.files[0].suffix)
        say_written(console, write_export(result, file, first))
        for notice in result.notices:
            console.notice(f"{name}: {notice}")


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
    ],
)
