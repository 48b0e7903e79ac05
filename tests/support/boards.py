"""Pushing to the Trello double in tests: one bench with a clock, a folder and a roadmap that can be edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from trello_double import Direct, Double, Fault
from trello_double.direct import FakeClock
from trello_double.people import Person

from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.model.board import WantedBoard
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.changes import ChangePlan
from roadpress.exporters.boards.planning.three_way import ConflictPolicy
from roadpress.exporters.boards.sync import Settings, SyncResult, make_plan, run_push
from roadpress.exporters.trello.api.client import ApiClient
from roadpress.exporters.trello.api.credentials import Credentials
from roadpress.exporters.trello.api.retry import Transport

TODAY = date(2027, 1, 1)
BASE_CALLS = 3
"""What a first push writes beside the objects: the base's list, its card, and that the list is archived."""


def replaced(source: str, *changes: tuple[str, str]) -> str:
    """Return a text with each first part replaced by its second; each must be in it."""
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return source


class Bench:
    """A double, and everything a push needs beside it."""

    def __init__(self, folder: Path, roadmap: Roadmap, **double: Any) -> None:
        self.clock = FakeClock()
        self.double = Double(clock=self.clock, **double)
        self.person = Person(self.double)
        self.folder = folder
        self.state_file = folder / "roadmap.trello.json"
        self.wanted: WantedBoard
        self.show(roadmap)

    def show(self, roadmap: Roadmap | Snapshot) -> None:
        """Take another roadmap."""
        snapshot = roadmap if isinstance(roadmap, Snapshot) else Snapshot.of(roadmap, today=TODAY)
        self.wanted = wanted_board(snapshot)

    def calls(self, faults: Mapping[int, Fault] | None = None, *, send: Direct | None = None, **kill: Any) -> ApiClient:
        credentials = Credentials(self.double.key, self.double.token)
        send = send or Direct(self.double, faults, **kill)
        return ApiClient(
            Transport(credentials, send, clock=self.clock, sleep=self.clock.sleep, now=lambda: self.clock.now)
        )

    def push(
        self,
        faults: Mapping[int, Fault] | None = None,
        *,
        board: str = "",
        copy_of: str = "",
        **kill_or_policy: Any,
    ) -> SyncResult:
        known = [one.name for one in fields(ConflictPolicy)]
        policy = {name: kill_or_policy.pop(name) for name in known if name in kill_or_policy}
        settings = Settings(board, policy=ConflictPolicy(**policy), copy_of=copy_of)
        calls = self.calls(faults, **kill_or_policy)
        return run_push(
            self.wanted,
            calls,
            self.state_file,
            settings,
            nonce=lambda: f"a1b2c{3 + len(self.double.boards)}",
            clock=self.clock,
        )

    def plan(self, *, board: str = "", copy_of: str = "", **policy: Any) -> ChangePlan:
        settings = Settings(board, policy=ConflictPolicy(**policy), copy_of=copy_of)
        return make_plan(self.wanted, self.calls(), self.state_file, settings)

    @property
    def board(self) -> dict[str, Any]:
        """The one board there is."""
        (found,) = self.double.boards.values()
        return found

    def shown(self) -> list[Any]:
        """Return the board as people see it: lists, cards, checklists and items in order, without ids."""
        return shown(self.double)

    def sizes(self) -> Counter[str]:
        """Return how many objects of each kind there are, beside the base."""
        tables = ("boards", "labels", "lists", "cards", "checklists", "items")
        return Counter(
            {table: sum(row["name"] != NAME for row in getattr(self.double, table).values()) for table in tables}
        )


def shown(double: Double, board: str = "") -> list[Any]:
    """Return a board as people see it, or all of them as if they were one."""

    def ordered(rows: Any) -> list[Any]:
        return sorted(rows, key=lambda row: (row["pos"], row["id"]))

    def inside(table: dict[str, dict[str, Any]], parent: str) -> dict[str, list[Any]]:
        result: dict[str, list[Any]] = {}
        for row in table.values():
            result.setdefault(row[parent], []).append(row)
        return result

    items, checklists = inside(double.items, "idChecklist"), inside(double.checklists, "idCard")
    cards = inside(double.cards, "idList")
    names = {label["id"]: (label["name"], label["color"]) for label in double.labels.values()}
    own = (names[id_] for id_, label in double.labels.items() if board in ("", label["idBoard"]))
    return [
        sorted(own, key=str),
        [
            (
                row["name"],
                row["closed"],
                [
                    (
                        card["name"],
                        card["desc"],
                        card["closed"],
                        card["due"],
                        card["start"],
                        card["dueComplete"],
                        sorted(names[id_] for id_ in card["idLabels"]),
                        [
                            (
                                checklist["name"],
                                [(item["name"], item["state"]) for item in ordered(items.get(checklist["id"], ()))],
                            )
                            for checklist in ordered(checklists.get(card["id"], ()))
                        ],
                    )
                    for card in ordered(cards.get(row["id"], ()))
                ],
            )
            for row in ordered(double.lists.values())
            if row["name"] != NAME and board in ("", row["idBoard"])
        ],
    ]
