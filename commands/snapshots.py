"""The FILE argument, and the snapshot that commands make of it."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.present import present
from ..core.snapshot import Snapshot
from .console import Console, today

DEFAULT_FILE = "roadmap.yaml"


def roadmap_argument() -> click.Argument:
    """Return the FILE argument that most commands have."""
    return click.Argument(["file"], type=click.Path(path_type=Path), default=DEFAULT_FILE, metavar="[FILE]")


def snapshot_of(file: Path, learner: str | None = None) -> Snapshot:
    """Return the roadmap of a file as it stands today, its progress and plan with it, and tell what there is to tell.

    Raises what `roadpress.core.present.present` raises.
    """
    found = present(file, today=today(), learner=learner)
    context = click.get_current_context(silent=True)
    console = context.find_object(Console) if context else None
    for notice in found.notices if console else ():
        (console or Console()).notice(notice)
    return found.snapshot
