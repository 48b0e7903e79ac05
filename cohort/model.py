"""A cohort as values: who learns, which roadmap, from when and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..core.model import Pace, Roadmap

FORMAT_VERSION = 1


class Learner(NamedTuple):
    """One of a cohort; what the cohort says for all is already in place."""

    id: str
    """Unique in the cohort; what files are called by."""
    name: str
    """As outputs carry it: two of one name are told apart by their ids."""
    email: str = ""
    """Stands in no output but the mentor's own."""
    start: date | None = None
    """None where the roadmap's counts, like the next two."""
    pace: Pace | None = None
    language: str = ""
    skip: tuple[str, ...] = ()
    """Ids and tags of entries that are not theirs."""
    roadmap: str = ""
    """The name of theirs among the cohort's."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cohort.yaml."""

    title: str
    path: Path
    roadmaps: Mapping[str, str]
    """Paths beside the cohort's file by their names; a single one has the empty name."""
    learners: tuple[Learner, ...] = ()

    @property
    def stem(self) -> str:
        """What its outputs' folder and its index are called."""
        return self.path.name.removesuffix(".yaml").removesuffix(".yml")

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.path.parent

    def progress_base(self, learner: Learner) -> Path:
        """Return the path that a learner's progress file is named after: `progress/ada.yaml`."""
        return self.folder / "progress" / f"{learner.id}.yaml"


class SourceRoadmap(NamedTuple):
    """A roadmap of a cohort, as it is and as it travels."""

    name: str
    path: str
    """As messages call it."""
    data: bytes
    roadmap: Roadmap
    digest: str
    """SHA-256 of the bytes."""


class LoadedCohort(NamedTuple):
    """A cohort with its roadmaps."""

    cohort: Cohort
    sources: Mapping[str, SourceRoadmap]
    """By name."""

    def source_of(self, learner: Learner) -> SourceRoadmap:
        """Return the roadmap that a learner follows, as it is for all."""
        return self.sources[learner.roadmap]
