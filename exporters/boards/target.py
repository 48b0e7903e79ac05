"""A service that boards are pushed to: what `push`, `pull` and `plan` ask of it, and which there are.

A plug-in adds one by an entry point of the group `roadpress.targets`: a module or object that is a `TargetModule`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from .model.board import ActualBoard
from .model.service import Service

GROUP = "roadpress.targets"
BUILT_IN = {"trello": "roadpress.exporters.trello.target", "planka": "roadpress.exporters.planka.target"}


class Waits(Protocol):
    """What waits between two looks."""

    def pause(self, seconds: float) -> None:
        """Wait."""


class Target(Protocol):
    """A service's calls. Answers are mappings with `id`, and `name`, `desc`, `color`, `pos`, `url` where there are any.

    Raises AmbiguousError when a making may or may not have been done, RefusedError (404: gone, or not for this
    account), CredentialsError, GaveUpError, StoppedError. Nothing else of HTTP passes here.
    """

    service: Service

    @property
    def transport(self) -> Waits:
        """What waits."""

    def boards(self) -> list[dict[str, Any]]:
        """Return name, description (with the marker of a board of ours), address and `closed` of every board."""

    def board(self, id_: str, *, with_ticks: bool = False, since: str = "") -> tuple[ActualBoard, list[dict[str, Any]]]:
        """Return a board whole, and the actions that tell when things were ticked, newest first, back to `since`."""

    def board_id(self, word: str) -> str:
        """Return the id in what a person gave for a board. Raises UsageError."""

    def create(self, kind: str, parent: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Make one object."""

    def completed(self, kind: str, data: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        """Do what is left of a making that was found done after a doubtful answer, and return the object."""

    def update(self, kind: str, id_: str, fields: dict[str, Any], *, card: str = "") -> dict[str, Any]:
        """Write several fields; `card` is that of an item. `closed` archives or brings back."""

    def delete(self, kind: str, id_: str, *, checklist: str = "") -> None:
        """Delete what can't be archived."""

    def siblings(self, kind: str, parent: str) -> list[dict[str, Any]]:
        """Return all objects of a kind in a parent, to see whether one was made."""

    def fields_of(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return what an answer says of an object, under our names."""


class TargetModule(Protocol):
    """What an entry point of the group gives."""

    SUMMARY: str
    SERVICE: Service

    def connect(
        self, environment: Mapping[str, str], sleep: Callable[[float], None], stopped: Callable[[], bool]
    ) -> Target:
        """Return the calls, with credentials of the environment. Raises CredentialsError, UsageError."""


def load_target(name: str) -> TargetModule | None:
    """Import a target, ours or a plug-in's; None when nothing has that name."""
    if name in BUILT_IN:
        return cast("TargetModule", import_module(BUILT_IN[name]))
    from importlib.metadata import entry_points

    from ...core.errors import RoadpressError

    for point in entry_points(group=GROUP, name=name):
        try:
            return cast("TargetModule", point.load())
        except Exception as error:
            raise RoadpressError(
                f"The target {name!r} cannot be loaded: {type(error).__name__}: {error}.",
                remedy="Update or uninstall it.",
            ) from error
    return None
