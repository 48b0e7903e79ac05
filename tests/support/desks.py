"""Both services behind one face: machines that push to a double, and people who work on its board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from boards import TODAY
from planka_double import KEY, PlankaDirect, PlankaDouble
from trello_double import Direct, Double, Fault
from trello_double.direct import FakeClock
from trello_double.people import Person

from roadpress.core.model import Roadmap
from roadpress.core.progress.model import Tick
from roadpress.core.progress.three_way import Prefer, merge
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.api.http import Answer
from roadpress.exporters.boards.model.board import CARD, CHECKLIST, ITEM, LABEL, LIST, WantedBoard
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.model.service import TRELLO, Service
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.changes import ChangePlan
from roadpress.exporters.boards.planning.three_way import ConflictPolicy
from roadpress.exporters.boards.pull import pulled
from roadpress.exporters.boards.sync import Settings, SyncResult, make_plan, read_matched, remember_ticks, run_push
from roadpress.exporters.boards.target import Target
from roadpress.exporters.planka.client import HIDDEN, PlankaClient
from roadpress.exporters.planka.credentials import Credentials as PlankaKey
from roadpress.exporters.planka.service import PLANKA
from roadpress.exporters.planka.transport import Transport as PlankaTransport
from roadpress.exporters.trello.api.client import ApiClient
from roadpress.exporters.trello.api.credentials import Credentials
from roadpress.exporters.trello.api.retry import Transport

NOW = datetime(2027, 1, 6, tzinfo=timezone.utc)
POLICY = [one.name for one in fields(ConflictPolicy)]
BELOW_CARDS = (CHECKLIST, ITEM)
Sender = Callable[[str, str, Mapping[str, Any], "str | None"], Answer]


class Thing(NamedTuple):
    """One object as people see it."""

    kind: str
    id: str
    parent: str
    name: str
    text: str
    done: bool
    away: bool
    """Whether it is archived itself."""


class Before:
    """Does something, once, before the request of a number; with `reads` only reading ones count."""

    def __init__(self, send: Sender, number: int, act: Callable[[], None], *, reads: bool = False) -> None:
        self.send, self.left, self.act, self.reads = send, number, act, reads
        self.number = 0

    def __call__(self, method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        self.number += 1
        if method == "GET" or not self.reads:
            self.left -= 1
            if self.left == 0:
                self.act()
        return self.send(method, path, params, body)


class Desk:
    """A double with a board on it, and every machine's state file."""

    service: Service

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.wanted: WantedBoard

    def show(self, shown: Roadmap | Snapshot) -> None:
        """Take another roadmap."""
        snapshot = shown if isinstance(shown, Snapshot) else Snapshot.of(shown, today=TODAY)
        self.roadmap = snapshot.roadmap
        self.wanted = wanted_board(snapshot, service=self.service)

    # -- machines ------------------------------------------------------------------------------------------------

    def file(self, machine: str) -> Path:
        return self.folder / machine / f"roadmap.{self.service.key}.json"

    def direct(self, faults: Mapping[int, Fault] | None = None, **kill: Any) -> Sender:
        raise NotImplementedError

    def calls(self, send: Sender | None = None) -> Target:
        raise NotImplementedError

    def push(
        self,
        machine: str = "one",
        faults: Mapping[int, Fault] | None = None,
        *,
        board: str = "",
        send: Sender | None = None,
        **kill_or_policy: Any,
    ) -> SyncResult:
        policy = {name: kill_or_policy.pop(name) for name in POLICY if name in kill_or_policy}
        self.sender = send or self.direct(faults, **kill_or_policy)
        return run_push(
            self.wanted,
            self.calls(self.sender),
            self.file(machine),
            Settings(board, policy=ConflictPolicy(**policy)),
            nonce=lambda: f"a1b2c{3 + len(self.boards())}",
            now=lambda: NOW,
            clock=self.clock,
        )

    def plan(self, machine: str = "one", *, board: str = "", **policy: Any) -> ChangePlan:
        settings = Settings(board, policy=ConflictPolicy(**policy))
        return make_plan(self.wanted, self.calls(), self.file(machine), settings)

    def pull(self, machine: str, ticks: Mapping[str, Tick], *, board: str = "", keep: bool = True) -> dict[str, Tick]:
        """Return the ticks with what people ticked on the board."""
        matched, actions, _ = read_matched(self.wanted, self.calls(), self.file(machine), Settings(board))
        found = pulled(matched, self.roadmap, ticks, actions, source=self.service.key)
        leaves = [leaf.id for leaf in self.roadmap.leaves()]
        result = dict(merge(ticks, found.returned, leaves, now=NOW, prefer=Prefer.NEWEST).applied(ticks))
        if keep:
            remember_ticks(matched, self.file(machine), now=NOW)
        return result

    # -- what is there -------------------------------------------------------------------------------------------

    def boards(self) -> list[str]:
        """Return the ids of all boards."""
        raise NotImplementedError

    def things(self) -> list[Thing]:
        """Return everything on all boards but the boards themselves and what is kept there for other machines."""
        raise NotImplementedError

    def requests(self) -> int:
        """How many requests there were."""
        raise NotImplementedError

    def writes(self) -> int:
        """How many of them changed something."""
        raise NotImplementedError

    def shown(self) -> list[Any]:
        """Return the names, texts and ticks of everything in sight, each with those of what holds it."""
        things = {one.id: one for one in self.things()}

        def path(one: Thing) -> list[str]:
            above = things.get(one.parent)
            return [*(path(above) if above else ()), f"{one.kind} {one.name}"]

        def in_sight(one: Thing | None) -> bool:
            return one is None or (not one.away and in_sight(things.get(one.parent)))

        return sorted((path(one), _no_address(one.text), one.done) for one in things.values() if in_sight(one))

    # -- people --------------------------------------------------------------------------------------------------

    def rename(self, one: Thing, name: str) -> None:
        raise NotImplementedError

    def describe(self, one: Thing, text: str) -> None:
        raise NotImplementedError

    def tick(self, one: Thing, *, done: bool) -> None:
        raise NotImplementedError

    def place(self, one: Thing, pos: float) -> None:
        raise NotImplementedError

    def move(self, card: Thing, to: Thing) -> None:
        raise NotImplementedError

    def delete(self, one: Thing) -> None:
        raise NotImplementedError

    def archive(self, card: Thing, *, away: bool) -> None:
        raise NotImplementedError

    def add(self, kind: str, parent: str, name: str) -> str:
        raise NotImplementedError


class TrelloDesk(Desk):
    """Trello's double."""

    service = TRELLO
    tables: ClassVar = {LABEL: "labels", LIST: "lists", CARD: "cards", CHECKLIST: "checklists", ITEM: "items"}
    above: ClassVar = {LABEL: "idBoard", LIST: "idBoard", CARD: "idList", CHECKLIST: "idCard", ITEM: "idChecklist"}

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.double = Double(clock=self.clock)
        self.person = Person(self.double)

    def direct(self, faults: Mapping[int, Fault] | None = None, **kill: Any) -> Sender:
        return Direct(self.double, faults, **kill)

    def calls(self, send: Sender | None = None) -> Target:
        credentials, send = Credentials(self.double.key, self.double.token), send or self.direct()
        return ApiClient(
            Transport(credentials, send, clock=self.clock, sleep=self.clock.sleep, now=lambda: self.clock.now)
        )

    def boards(self) -> list[str]:
        return list(self.double.boards)

    def things(self) -> list[Thing]:
        return [
            Thing(
                kind,
                row["id"],
                row[self.above[kind]],
                row["name"],
                row.get("desc", ""),
                bool(row.get("dueComplete")) or row.get("state") == "complete",
                bool(row.get("closed")),
            )
            for kind in self.tables
            for row in self._table(kind).values()
            if row["name"] != NAME
        ]

    def requests(self) -> int:
        return len(self.double.log)

    def writes(self) -> int:
        return len(self.double.writes)

    def rename(self, one: Thing, name: str) -> None:
        self._row(one)["name"] = name

    def describe(self, one: Thing, text: str) -> None:
        self._row(one)["desc"] = text

    def tick(self, one: Thing, *, done: bool) -> None:
        if one.kind == ITEM:
            self.person.tick(self._row(one), state="complete" if done else "incomplete")
        else:
            self.person.complete(self._row(one), done=done)

    def place(self, one: Thing, pos: float) -> None:
        self._row(one)["pos"] = pos

    def move(self, card: Thing, to: Thing) -> None:
        self._row(card)["idList"] = to.id

    def delete(self, one: Thing) -> None:
        if one.kind == CARD:
            self.person.delete_card(self._row(one))
        else:
            del self._table(one.kind)[one.id]

    def archive(self, card: Thing, *, away: bool) -> None:
        self._row(card)["closed"] = away

    def add(self, kind: str, parent: str, name: str) -> str:
        made = {
            LIST: lambda: self.person.add_list(parent, name),
            CARD: lambda: self.person.add_card(self.double.lists[parent], name),
            CHECKLIST: lambda: self.person.add_checklist(self.double.cards[parent], name),
            ITEM: lambda: self.person.add_item(self.double.checklists[parent], name),
        }[kind]()
        return str(made["id"])

    def _table(self, kind: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = getattr(self.double, self.tables[kind])
        return found

    def _row(self, one: Thing) -> dict[str, Any]:
        return self._table(one.kind)[one.id]


class PlankaDesk(Desk):
    """Planka's double."""

    service = PLANKA
    tables: ClassVar = {LABEL: "labels", LIST: "lists", CARD: "cards", CHECKLIST: "task-lists", ITEM: "tasks"}
    above: ClassVar = {LABEL: "boardId", LIST: "boardId", CARD: "listId", CHECKLIST: "cardId", ITEM: "taskListId"}

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.double = PlankaDouble()

    def direct(self, faults: Mapping[int, Fault] | None = None, **kill: Any) -> Sender:
        return PlankaDirect(self.double, faults, **kill)

    def calls(self, send: Sender | None = None) -> Target:
        transport = PlankaTransport(
            PlankaKey(KEY), send or self.direct(), sleep=self.clock.sleep, now=lambda: self.clock.now
        )
        return PlankaClient(transport, "https://planka.example.org/kanban")

    def boards(self) -> list[str]:
        return list(self.double.tables["boards"])

    def things(self) -> list[Thing]:
        lists = self.double.tables["lists"]
        found = []
        trash = set()
        for kind, room in self.tables.items():
            for row in self.double.tables[room].values():
                parent = row[self.above[kind]]
                type_ = lists[parent]["type"] if kind == CARD else row.get("type") if kind == LIST else ""
                if (
                    type_ == "trash"
                    or (kind == LIST and type_ != "active")
                    or (kind in BELOW_CARDS and parent in trash)
                ):
                    trash.add(row["id"])
                elif row["name"] not in (HIDDEN, NAME):
                    done = bool(row.get("isCompleted") or row.get("isDueCompleted"))
                    parent = row["prevListId"] if type_ == "archive" else parent
                    away, text = type_ == "archive", row.get("description") or ""
                    found.append(Thing(kind, row["id"], parent or "", row["name"], text, done, away))
        return found

    def requests(self) -> int:
        return self.double.requests

    def writes(self) -> int:
        return self.double.writes

    def rename(self, one: Thing, name: str) -> None:
        self._change(one, name=name)

    def describe(self, one: Thing, text: str) -> None:
        self._change(one, description=text or None)

    def tick(self, one: Thing, *, done: bool) -> None:
        self._change(one, **{"isCompleted" if one.kind == ITEM else "isDueCompleted": done})

    def place(self, one: Thing, pos: float) -> None:
        if not one.away:
            self._change(one, position=pos)

    def move(self, card: Thing, to: Thing) -> None:
        self._change(card, listId=to.id, position=65536)

    def delete(self, one: Thing) -> None:
        if one.kind == CARD:
            self._change(one, listId=self._list("trash", one))
        else:
            self.double.handle("DELETE", f"/api/{self.tables[one.kind]}/{one.id}", {}, {"X-Api-Key": KEY}, "")

    def archive(self, card: Thing, *, away: bool) -> None:
        row = self.double.tables["cards"][card.id]
        if away and not card.away:
            self._change(card, listId=self._list("archive", card))
        elif card.away and not away and row["prevListId"] in self.double.tables["lists"]:
            self._change(card, listId=row["prevListId"], position=65536)

    def add(self, kind: str, parent: str, name: str) -> str:
        more = {LIST: {"type": "active"}, CARD: {"type": "project"}}.get(kind, {})
        rows = [row for row in self.double.tables[self.tables[kind]].values() if row[self.above[kind]] == parent]
        last = max((row["position"] or 0 for row in rows), default=0)
        return str(self.double.made(self.tables[kind], parent, name=name, position=last + 65536, **more)["id"])

    def _list(self, type_: str, card: Thing) -> str:
        board = self.double.tables["cards"][card.id]["boardId"]
        rows = self.double.tables["lists"].values()
        return next(row["id"] for row in rows if (row["type"], row["boardId"]) == (type_, board))

    def _change(self, one: Thing, **fields: Any) -> None:
        self.double.person(f"/{self.tables[one.kind]}/{one.id}", **fields)


DESKS: tuple[type[Desk], ...] = (TrelloDesk, PlankaDesk)


def _no_address(text: str) -> str:
    return "".join(part.partition(")")[2] if index else part for index, part in enumerate(text.split("](https://")))
