"""A year of a board: two machines, CI with fresh checkouts, the roadmap's owner, and people who work on the board.

Whatever happens in whatever order: no word and no tick of anybody's is gone, nothing stands twice, and after a quiet
push everywhere a further one changes nothing. The same for every service.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from boards import TODAY
from desks import Before, Desk, PlankaDesk, Thing, TrelloDesk
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from trees import roadmap
from trello_double import Fault, Killed

from roadpress.core.errors import RoadpressError
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.model.board import CARD, CHECKLIST, ITEM, LABEL, LIST
from roadpress.exporters.boards.model.marker import unmarked
from roadpress.exporters.boards.planning.journal import journal_path
from roadpress.exporters.boards.planning.state import load_state
from roadpress.tests.conftest import EXAMPLES

PICK = st.integers(0, 10_000)
MACHINES = st.sampled_from(["one", "two", "ci"])
WORDS = st.sampled_from(["a", "b", "Über", "x *y*", "C++", "Learn joins", "Learn joins well", "Checklist", "a (1/2)"])


class Year(RuleBasedStateMachine):
    """The roadmap is a tree of `[title, id or None, children]`; what people did on the board is remembered."""

    desk_type: ClassVar[type[Desk]]

    @initialize(own_ids=st.booleans())
    def begin(self, own_ids: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.desk = self.desk_type(Path(self.folder.name))
        self.own_ids, self.serial = own_ids, 0
        self.tree: list[Any] = [self.node("a", [self.node("b", [self.node("c"), self.node("d")])]), self.node("b")]
        self.ticks: dict[str, Tick] = {}
        self.words: dict[tuple[str, str], str] = {}
        """Words that people wrote, by the object's id and `name` or `text`."""
        self.done: dict[str, bool] = {}
        """What people ticked on the board, and nobody undid."""
        self.theirs: set[str] = set()
        """What people added."""
        self.unticked = 0
        self.checkouts: dict[str, Any] = {}
        self.pushed, self.sound = False, True
        self.check_out("one")
        self.push("one")

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            try:
                if self.pushed and self.sound:
                    self.quiet()
            finally:
                self.folder.cleanup()

    # -- the roadmap and its owner -------------------------------------------------------------------------------

    def node(self, title: str, children: list[Any] | None = None) -> list[Any]:
        self.serial += 1
        return [title, f"id-{self.serial}" if self.own_ids else None, children or []]

    def some(self, where: int, at: int) -> tuple[list[Any], int] | None:
        found, stack = [], [self.tree]
        while stack:
            children = stack.pop()
            found += [children] if children else []
            stack += [node[2] for node in children]
        if not found:
            return None
        return found[where % len(found)], at % len(found[where % len(found)])

    @rule(where=PICK, at=PICK, title=WORDS, below=st.booleans())
    def add(self, where: int, at: int, title: str, below: bool) -> None:
        if self.serial < 40 and (found := self.some(where, at)):
            found[0].insert(found[1], self.node(title, [self.node("new"), self.node("new too")] if below else []))

    @rule(where=PICK, at=PICK)
    def remove(self, where: int, at: int) -> None:
        if found := self.some(where, at):
            del found[0][found[1]]

    @rule(where=PICK, at=PICK, title=WORDS)
    def retitle(self, where: int, at: int, title: str) -> None:
        if found := self.some(where, at):
            found[0][found[1]][0] = title

    @rule(where=PICK, at=PICK, into=PICK, to=PICK)
    def put_elsewhere(self, where: int, at: int, into: int, to: int) -> None:
        if found := self.some(where, at):
            node = found[0].pop(found[1])
            other = self.some(into, to) or (self.tree, 0)
            other[0].insert(other[1], node)

    @rule(at=PICK, done=st.booleans())
    def owner_ticks(self, at: int, done: bool) -> None:
        leaves = [leaf.id for leaf in self.roadmap().leaves()]
        if leaves:
            id_ = leaves[at % len(leaves)]
            ticked = self.ticks.get(id_, Tick(State.OPEN)).state is State.DONE
            if ticked != done:
                self.ticks[id_] = Tick(State.DONE if done else State.OPEN)
                self.unticked += not done

    def roadmap(self) -> Any:
        def row(node: list[Any]) -> dict[str, Any]:
            return {"title": node[0], "items": list(map(row, node[2])), **({"id": node[1]} if node[1] else {})}

        return roadmap("Year", list(map(row, self.tree)))

    @rule(machine=MACHINES)
    def check_out(self, machine: str) -> None:
        self.checkouts[machine] = (self.roadmap(), dict(self.ticks))

    # -- people --------------------------------------------------------------------------------------------------

    def pick(self, kinds: tuple[str, ...], number: int) -> Thing | None:
        rows = [one for one in self.desk.things() if one.kind in kinds and one.id not in self.theirs]
        return rows[number % len(rows)] if rows else None

    def word(self) -> str:
        self.serial += 1
        return f"people's {self.serial}"

    def act(self, what: int, number: int, to: int) -> None:
        """Do one of the things that people do on a board."""
        desk = self.desk
        match what % 9:
            case 0 if one := self.pick((LABEL, LIST, CARD, CHECKLIST, ITEM), number):
                self.words[one.id, "name"] = self.word()
                desk.rename(one, self.words[one.id, "name"])
            case 1 if one := self.pick((CARD,), number):
                before = unmarked(one.text)
                self.words[one.id, "text"] = self.word()
                desk.describe(one, f"{self.words[one.id, 'text']}\n\n{one.text}" if before.key else one.text)
                if not before.key:
                    del self.words[one.id, "text"]
            case 2 | 3 if one := self.pick((ITEM,) if number % 3 else (CARD,), number):
                desk.tick(one, done=bool(to % 3))
                self.done[one.id] = next(row.done for row in desk.things() if row.id == one.id)
            case 4 if one := self.pick((LIST, CARD, CHECKLIST, ITEM), number):
                desk.place(one, float(to + 1))
            case 5 if (one := self.pick((CARD,), number)) and (row := self.pick((LIST,), to)):
                desk.move(one, row)
            case 6 if number % 2 and (one := self.pick((ITEM, CARD), number)):
                desk.delete(one)
            case 7 if one := self.pick((CARD,), number):
                desk.archive(one, away=bool(to % 2))
            case 8:
                kind, above = ((CARD, LIST), (CHECKLIST, CARD), (ITEM, CHECKLIST))[number % 3]
                if one := self.pick((above,), to):
                    name = self.word()
                    id_ = desk.add(kind, one.id, name)
                    self.theirs.add(id_)
                    self.words[id_, "name"] = name

    @rule(what=PICK, number=PICK, to=PICK)
    def people_act(self, what: int, number: int, to: int) -> None:
        before = {one.id for one in self.desk.things()}
        self.act(what, number, to)
        self.forget(before - {one.id for one in self.desk.things()})

    def forget(self, gone: set[str]) -> None:
        """What people deleted has no words to be kept."""
        self.words = {key: word for key, word in self.words.items() if key[0] not in gone}
        self.done = {id_: done for id_, done in self.done.items() if id_ not in gone}

    # -- machines ------------------------------------------------------------------------------------------------

    def show(self, machine: str) -> None:
        made, ticks = self.checkouts.get(machine, ((), {})) if machine in self.checkouts else (self.roadmap(), {})
        leaves = {leaf.id for leaf in made.leaves()}
        self.desk.show(Snapshot(made, Progress({key: tick for key, tick in ticks.items() if key in leaves}), TODAY))

    def push(self, machine: str, **more: Any) -> None:
        if machine == "ci":
            self.check_out("ci")
            shutil.rmtree(self.desk.file("ci").parent, ignore_errors=True)
        self.desk.file(machine).parent.mkdir(exist_ok=True)
        board = self.board if self.pushed else ""
        self.show(machine)
        try:
            self.desk.push(machine, board=board, **more)
        except Killed:
            more = {name: value for name, value in more.items() if name == "prune"}
            self.push_again(machine, more)
        except RoadpressError as error:
            assert "third" in error.message or "gone" in error.message  # noqa: PT017 - the only refusals there may be
            more = {name: value for name, value in more.items() if name == "prune"}
            self.push_again(machine, {**more, "force": True})
        if not self.pushed:
            (self.board,) = self.desk.boards()
            self.pushed = True

    def push_again(self, machine: str, more: dict[str, Any]) -> None:
        self.show(machine)
        before = {one.id for one in self.desk.things()}
        try:
            self.desk.push(machine, board=self.board if self.pushed else "", **more)
        except RoadpressError as error:
            assert "third" in error.message or "gone" in error.message  # noqa: PT017
            more = {**more, "force": True}
            self.desk.push(machine, board=self.board, **more)
        if "force" in more:  # somebody said that what people wrote may go
            self.forget(before - {one.id for one in self.desk.things()})

    @rule(
        machine=MACHINES,
        fault=st.one_of(st.none(), st.sampled_from([Fault.COMMIT_CLOSE, Fault.CLOSE, Fault.COMMIT_502, Fault.BUSY])),
        number=st.integers(1, 12),
        kill=st.sampled_from([0, 0, 0, 2, 4, 6, 9, 12]),
        prune=st.booleans(),
    )
    def pushes(self, machine: str, fault: Fault | None, number: int, kill: int, prune: bool) -> None:
        self.push(machine, faults={number: fault} if fault else None, kill=kill, prune=prune)
        self.nothing_is_gone()

    @rule(first=MACHINES, second=MACHINES, number=st.integers(1, 12))
    def two_push_at_once(self, first: str, second: str, number: int) -> None:
        if first != second:
            send = Before(self.desk.direct(), number, lambda: self.push(second))
            self.push(first, send=send)
            self.push(second)  # what was told: "run it again"
            self.nothing_is_gone()

    @rule(machine=MACHINES, number=st.integers(1, 4), what=PICK, which=PICK, to=PICK)
    def people_act_meanwhile(self, machine: str, number: int, what: int, which: int, to: int) -> None:
        def act() -> None:
            self.desk.clock.now += 20.0
            self.people_act(what, which, to)

        self.push(machine, send=Before(self.desk.direct(), number, act, reads=True))
        self.nothing_is_gone()

    @rule(machine=st.sampled_from(["one", "two"]))
    def pulls(self, machine: str) -> None:
        if not self.desk.file(machine).exists():
            return
        self.check_out(machine)
        self.show(machine)
        self.ticks = self.desk.pull(machine, self.ticks)
        self.check_out(machine)

    @rule(machine=st.sampled_from(["one", "two"]))
    def state_is_lost(self, machine: str) -> None:
        if not journal_path(self.desk.file(machine)).exists():
            self.desk.file(machine).unlink(missing_ok=True)

    @rule(machine=st.sampled_from(["one", "two"]), keep=st.booleans())
    def state_is_an_old_one(self, machine: str, keep: bool) -> None:
        file = self.desk.file(machine)
        old = file.with_suffix(".old")
        if keep and file.exists():
            shutil.copy(file, old)
        elif old.exists():
            shutil.copy(old, file)

    # -- laws ----------------------------------------------------------------------------------------------------

    def nothing_is_gone(self) -> None:
        things = {one.id: one for one in self.desk.things()}
        self.sound = False
        for (id_, field), word in self.words.items():
            assert id_ in things, f"what people wrote is gone: {word}"
            assert word in getattr(things[id_], field), f"{word} became {things[id_]}"
        lost = [id_ for id_, done in self.done.items() if done and not things[id_].done]
        assert len(lost) <= self.unticked, [things[id_] for id_ in lost]
        for id_ in lost:
            del self.done[id_]
        self.sound = True

    def quiet(self) -> None:
        """Everybody has the newest roadmap and pushes, twice; then nothing is left to do anywhere."""
        for _ in range(2):
            for machine in ("one", "two", "ci"):
                self.check_out(machine)
                self.push(machine)
                self.nothing_is_gone()
        before, board = self.desk.writes(), self.desk.shown()
        for machine in ("one", "two", "ci", "one"):
            self.show(machine)
            plan = self.desk.plan(machine, board=self.board)
            left = [(machine, *change.ref, change.action, change.fields) for change in plan.changes]
            assert left == [], left
            self.push(machine)
        assert (self.desk.writes(), self.desk.shown()) == (before, board)
        self.nothing_stands_twice()
        self.owners_words_are_there()

    def nothing_stands_twice(self) -> None:
        records = load_state(self.desk.file("one")).records
        ids = [record.id for record in records.values()]
        assert len(set(ids)) == len(ids)
        assert len(self.desk.boards()) == 1
        seen = {one.id: one for one in self.desk.things()}

        def in_sight(one: Thing | None) -> bool:
            return one is None or (not one.away and in_sight(seen.get(one.parent)))

        stray = [one for one in seen.values() if one.id not in {*ids, *self.theirs} and in_sight(one)]
        assert stray == [], stray

    def owners_words_are_there(self) -> None:
        """Everything of the roadmap has its title and its tick, but where people had another or took it away."""
        things = {one.id: one for one in self.desk.things()}
        records = load_state(self.desk.file("one")).records
        for ref, record in records.items():
            one = things.get(record.id)
            if one is None or (record.id, "name") in self.words or not record.sent.get("name"):
                continue
            if "name" in record.unsettled:  # it is listed by its name until somebody settles it
                continue
            assert one.name == record.sent["name"], (ref, one)


def case(desk: type[Desk]) -> type[Year.TestCase]:
    machine = type(f"{desk.__name__}Year", (Year,), {"desk_type": desk})
    machine.TestCase.settings = settings(
        max_examples=max(EXAMPLES // 10, 1), stateful_step_count=25, deadline=None, derandomize=EXAMPLES <= 100
    )
    return machine.TestCase


TestTrello = case(TrelloDesk)
TestPlanka = case(PlankaDesk)
