"""`roadpress build`: every offline output."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..core.model import Roadmap
from ..exporters.options import FilterOptions, specs
from ..exporters.registry import BUILT_IN, load_exporter
from ..exporters.run import run as export
from .console import Console
from .export import option_of
from .outputs import FOLDER, say_written, stem_of, write_export
from .params import learner_option
from .since import marks_new, new_since_option, with_new
from .snapshots import roadmap_argument, snapshot_of


@click.pass_context
def run(
    ctx: click.Context,
    /,
    file: Path,
    outputs: tuple[str, ...],
    only: tuple[str, ...],
    tag: tuple[str, ...],
    folder: Path,
    learner: str | None,
    new_since: date | None,
    **options: bool,
) -> None:
    """Write the PDF, the mind map and the checklist, into output/.

    A plug-in's output is written too when the roadmap names it under `exports:`.
    """
    console: Console = ctx.obj
    snapshot = with_new(console, snapshot_of(file, learner), file, new_since)
    outputs, only = _outputs_apart(console, snapshot.roadmap, outputs, only)
    given = {key: value for key, value in {"only": only, "tag": tag, **options}.items() if value}
    silent = []
    for name in outputs or outputs_of(snapshot.roadmap):
        exporter = load_exporter(name)
        result = export(exporter, name, snapshot, given)
        first = folder / (stem_of(file) + result.files[0].suffix)
        say_written(console, write_export(result, file, first))
        for notice in result.notices:
            console.notice(f"{name}: {notice}")
        if not marks_new(exporter):
            silent.append(name)
    if silent and snapshot.new:
        console.notice(f"What is new is not marked in: {', '.join(silent)}.")


def _outputs_apart(
    console: Console, roadmap: Roadmap, outputs: tuple[str, ...], only: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return outputs and entries; `--only pdf` named an output before `--exporter` did, and still does."""
    known = {*BUILT_IN, *roadmap.exports}
    old = tuple(word for word in only if word in known)
    if old:
        console.notice(f"`--only` names entries; for an output write `--exporter {old[0]}`, as it was understood.")
    return (*outputs, *old), tuple(word for word in only if word not in known)


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
        click.Option(
            ["--exporter", "outputs"],
            multiple=True,
            metavar="NAME",
            help="Only this output; repeatable.",
        ),
        *map(option_of, specs(FilterOptions)),
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
