"""`roadpress build`: every offline output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..core.errors import ExitCode, RoadpressError, UsageError
from ..core.model import Roadmap
from ..exporters.card import PICTURE
from ..exporters.missing import MissingPackageError
from ..exporters.options import FilterOptions, specs
from ..exporters.registry import BUILT_IN, load_exporter
from ..exporters.run import run as export
from .console import Console, explain
from .export import option_of
from .locating import expanded, roadmaps_argument
from .outputs import FOLDER, folder_of, say_written, stem_of, write_export
from .params import learner_option
from .since import marks_new, new_since_option, with_new
from .snapshots import snapshot_of


@click.pass_context
def run(ctx: click.Context, /, files: tuple[Path, ...], folder: Path | None, *, watch: bool, **options: Any) -> int:
    """Write the PDF, the mind map and the checklist, into output/.

    Several roadmaps, and folders of them, are built in one run, each into a folder of its own:
    `output/web/roadmap.pdf` is of `web/roadmap.yaml`. A plug-in's output is written too when the roadmap names it
    under `exports:`.
    """
    console: Console = ctx.obj
    found = expanded(files)
    _apart(found, folder)
    if watch:
        from .watching import watched

        return watched(console, lambda: expanded(files), lambda some: _each(console, some, folder, options))
    if len(found) == 1:
        build_one(console, found[0], folder, **options)
        return ExitCode.DONE
    return _each(console, found, folder, options)


def _each(console: Console, files: Iterable[Path], folder: Path | None, options: Mapping[str, Any]) -> int:
    """Build each of some roadmaps, tell what is wrong with one and go on; return the worst exit code."""
    code: int = ExitCode.DONE
    for file in files:
        try:
            build_one(console, file, folder, **options)
        except RoadpressError as error:
            code = max(code, explain(error))
    return code


def _apart(files: Iterable[Path], folder: Path | None) -> None:
    """Raise UsageError where two roadmaps would write the same files."""
    places: dict[Path, Path] = {}
    for file in files:
        place = folder_of(file, folder) / stem_of(file)
        if place in places:
            raise UsageError(
                f"{places[place]} and {file} would both write {place}.*.", remedy="Rename one, or build one at a time."
            )
        places[place] = file


def build_one(
    console: Console,
    file: Path,
    folder: Path | None,
    *,
    outputs: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    tag: tuple[str, ...] = (),
    learner: str | None = None,
    new_since: date | None = None,
    **options: bool,
) -> None:
    """Write the outputs of one roadmap, and say what was written.

    Raises MissingPackageError, after all that can be written, when one needs a package that is not there.
    """
    snapshot = with_new(console, snapshot_of(file, learner), file, new_since)
    outputs, only = _outputs_apart(console, snapshot.roadmap, outputs, only)
    given = {key: value for key, value in {"only": only, "tag": tag, **options}.items() if value}
    silent, missing = [], []
    place = folder_of(file, folder)
    names = outputs or outputs_of(snapshot.roadmap)
    for name in names:
        exporter = load_exporter(name)
        more = {"card": stem_of(file) + PICTURE} if name == "checklist" and "card" in names else {}
        try:
            result = export(exporter, name, snapshot, {**given, **more})
        except MissingPackageError as error:
            missing.append(error)
            continue
        first = place / (stem_of(file) + result.files[0].suffix)
        say_written(console, write_export(result, file, first))
        for notice in result.notices:
            console.notice(f"{name}: {notice}")
        if not marks_new(exporter):
            silent.append(name)
    if silent and snapshot.new:
        console.notice(f"What is new is not marked in: {', '.join(silent)}.")
    if missing:
        raise MissingPackageError(
            "\n".join(error.message for error in missing),
            remedy=" ".join(dict.fromkeys(error.remedy for error in missing)),
        )


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
        roadmaps_argument(),
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
            help="Where to write.",
            show_default=str(FOLDER),
        ),
        click.Option(["--watch"], is_flag=True, help="Build again whenever a roadmap or its progress changes."),
        learner_option(),
        new_since_option(),
    ],
)
