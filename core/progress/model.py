"""What has been done so far: ticks by node id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..model import Node, Roadmap


class State(Enum):
    """Where one node stands."""

    OPEN = "open"
    PARTLY = "partly"
    """Only nodes with children: some leaves below are done."""
    DONE = "done"
    SKIPPED = "skipped"


class Tick(NamedTuple):
    """What is recorded of one leaf."""

    state: State = State.DONE
    """DONE or SKIPPED; OPEN when the author's `done:` was taken back."""
    on: date | None = None
    """The day it happened, where known."""
    source: str = ""
    """The output it came from (`pdf`, `checklist`, `trello`), `cli`, or empty for the author's `done:`."""
    note: str = ""
    """The learner's own note, Markdown."""
    at: datetime | None = None
    """When it was recorded, in UTC to the second, where known; decides which of two records is newer."""

    @property
    def when(self) -> datetime | None:
        """The moment to compare by: when it was recorded, else the start of the day it happened."""
        if self.at is not None:
            return self.at
        return datetime(self.on.year, self.on.month, self.on.day, tzinfo=timezone.utc) if self.on else None


def believed(moment: datetime | None, now: datetime) -> datetime | None:
    """Return a moment, or None for one that is more than a year ahead: a clock was wrong, and must not win for ever."""
    return moment if moment is not None and moment - now <= _AHEAD else None


_AHEAD = timedelta(days=366)
"""What lies nearer may be this machine's mistake, and is over soon."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Ticks by the id of their leaf."""

    ticks: Mapping[str, Tick] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of_author(cls, roadmap: Roadmap) -> Progress:
        """Return the starting point that `done:` in the roadmap gives; on a parent it counts for all leaves below."""
        ticks: dict[str, Tick] = {}
        for section in roadmap.sections:
            _collect_done(section, False, ticks)
        return cls(MappingProxyType(ticks))


def _collect_done(node: Node, inherited: bool | date, ticks: dict[str, Tick]) -> None:
    done = node.done or inherited
    if node.children:
        for child in node.children:
            _collect_done(child, done, ticks)
    elif done:
        ticks[node.id] = Tick(on=done if isinstance(done, date) else None)


def progress_path(roadmap_path: str | Path) -> Path:
    """Return the progress file of a roadmap file: `plans/ml.yaml` has `plans/ml.progress.yaml`."""
    path = Path(roadmap_path)
    stem = path.stem if path.suffix.lower() in (".yaml", ".yml") else path.name
    return path.with_name(f"{stem}.progress.yaml")
