"""When things happen: the dates a plan gives to each node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of one node in the plan."""

    start: date
    due: date
    """The day it is finished by, at the likely pace."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan: a slot for every node that is not done, and when all of it ends."""

    slots: Mapping[str, Slot] = field(default_factory=lambda: MappingProxyType({}))
    """By node id."""
    earliest_finish: date | None = None
    latest_finish: date | None = None
