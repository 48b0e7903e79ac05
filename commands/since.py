"""`--new-since`: which entries came since a day, for the outputs that mark them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ..core.errors import RoadpressError
from ..core.locale.dates import day_text
from ..core.snapshot import Snapshot
from ..exporters.contract import Exporter
from .console import Console
from .params import Day


def new_since_option() -> click.Option:
    """Return `--new-since`."""
    return click.Option(
        ["--new-since"], type=Day(), metavar="DATE", help="Mark what came since that day, by git or by imports."
    )


def marks_new(exporter: Exporter) -> bool:
    """Whether an output shows what is new."""
    return bool(getattr(exporter, "MARKS_NEW", False))


def with_new(console: Console, snapshot: Snapshot, file: Path, since: date | None) -> Snapshot:
    """Return a snapshot that knows what came since a day, and say what there is to say of that.

    Raises RoadpressError where nothing remembers how the roadmap was.
    """
    if since is None:
        return snapshot
    from ..core.history.arrivals import arrivals

    found = arrivals(snapshot.roadmap, file, since)
    if found is None:
        raise RoadpressError(
            f"Nothing remembers how {file} was on {since}: it is in no commit of a git repository, and nothing was "
            "imported into it.",
            remedy="`--new-since` needs its history: commit it, and build again when it has changed.",
        )
    result = replace(snapshot, new=found.ids, new_since=found.since)
    said = day_text(found.since, today=snapshot.today, weekday=False)
    if found.since > since:
        console.notice(f"The history of {file} begins on {said}: what came after that day is marked.")
    if not result.new_leaves:
        console.notice(f"Nothing is new since {said}.")
    return result
