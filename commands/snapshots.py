"""The FILE argument, and the snapshot that commands make of it."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.loading import load
from ..core.snapshot import Snapshot
from .console import today

DEFAULT_FILE = "roadmap.yaml"


def roadmap_argument() -> click.Argument:
    """Return the FILE argument that most commands have."""
    return click.Argument(["file"], type=click.Path(path_type=Path), default=DEFAULT_FILE, metavar="[FILE]")


def snapshot_of(file: Path) -> Snapshot:
    """Return the roadmap of a file as it stands today. Raises what `load` raises."""
    return Snapshot.of(load(file), today=today())
