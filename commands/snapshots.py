"""The FILE argument, and the snapshot that commands make of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from ..core.errors import RoadpressError, UsageError
from ..core.snapshot import Snapshot
from ..core.snapshot.current import CurrentState, present
from .console import Console, today

DEFAULT_FILE = "roadmap.yaml"


def roadmap_argument() -> click.Argument:
    """Return the FILE argument that most commands have."""
    return click.Argument(["file"], type=click.Path(path_type=Path), default=DEFAULT_FILE, metavar="[FILE]")


def present_at(file: Path, learner: str | None = None) -> CurrentState:
    """Return the roadmap of a file as it stands today, and tell what there is to tell.

    Raises what `roadpress.core.snapshot.current.present` raises, and UsageError for a document that is to be imported.
    """
    try:
        found = present(file, today=today(), learner=learner)
    except RoadpressError as error:
        if file.suffix.lower() in (".yaml", ".yml", "") or not file.is_file():
            raise
        raise UsageError(
            f"{file} is no roadmap.", remedy=f"`roadpress import {file}` makes a {DEFAULT_FILE} of it."
        ) from error
    context = click.get_current_context(silent=True)
    if context and (console := context.find_object(Console)):
        tell_present(console, found, file)
    return found


def tell_present(console: Console, found: CurrentState, file: Path) -> None:
    """Tell what there is to tell of a roadmap as it stands.

    What became of ticks is told once: the progress file is then brought up to the roadmap, where it can be written.
    """
    for notice in found.notices:
        console.notice(notice)
    if found.moved and not console.quiet:
        from ..core.progress.recording import bring_up

        with suppress(RoadpressError):
            bring_up(found.snapshot.roadmap, file)


def snapshot_of(file: Path, learner: str | None = None) -> Snapshot:
    """Return the snapshot alone. Raises what `roadpress.core.snapshot.current.present` raises."""
    return present_at(file, learner).snapshot
