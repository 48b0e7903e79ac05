"""The snapshot that commands make of a roadmap's file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from ..core.errors import RoadpressError, UsageError
from ..core.roadmap_file.loading import load_source
from ..core.snapshot import Snapshot
from ..core.snapshot.current import CurrentState, present, present_of
from .console import Console, today
from .locating import DEFAULT_FILE, STANDARD_INPUT, source_at


def present_at(file: Path, learner: str | None = None) -> CurrentState:
    """Return the roadmap of a file as it stands today, and tell what there is to tell.

    Raises what `roadpress.core.snapshot.current.present` raises, and UsageError for a document that is to be imported.
    """
    try:
        if file == STANDARD_INPUT:
            roadmap = load_source(source_at(file))
            found = present_of(roadmap, Path(roadmap.path), today=today(), learner=learner)
        else:
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
