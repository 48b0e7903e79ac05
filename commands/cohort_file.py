"""The COHORT argument, and what commands read of it."""

from __future__ import annotations

from pathlib import Path

import click

from ..cohort.model import LoadedCohort
from ..core.errors import RoadpressError
from .locating import roadmap_argument

DEFAULT_FILE = "cohort.yaml"


def cohort_argument() -> click.Argument:
    """Return FILE, which is a cohort here."""
    return roadmap_argument(beside=True, usual=DEFAULT_FILE, metavar="[FILE]")


def loaded(file: Path) -> LoadedCohort:
    """Return a cohort with its roadmaps. Raises what `roadpress.cohort.loading.load_cohort` raises."""
    from ..cohort.loading import load_cohort

    if not file.exists() and str(file) == DEFAULT_FILE:
        raise RoadpressError(
            f"There is no file {file}.",
            remedy="Name one, or make one of a class list: `roadpress cohort new ROSTER.csv`.",
        )
    return load_cohort(file)
