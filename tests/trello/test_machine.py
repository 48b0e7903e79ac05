"""Anything in any order: edits of the roadmap, people at the board, pushes, pulls, faults and kills."""

from __future__ import annotations

import copy
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from boards import TODAY, Bench
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from trees import roadmap
from trello_double import Fault, Killed

from roadpress.core.errors import RoadpressError
from roadpress.core.progress.model import Progress, State
from roadpress.core.progress.three_way import Prefer, merge
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.journal import journal_path
from roadpress.exporters.boards.planning.state import load_state
from roadpress.exporters.boards.pull import pulled
from roadpress.exporters.boards.sync import Settings, read_matched, remember_ticks

TITLES = st.sampled_from(
    ["a", "b", "Über", "x *y*", "C", "C++", "Learn joins", "Learn joins well", "Checklist", "a (1/2)"]
)
PICK = st.integers(0, 10_000)
NOW = datetime(2027, 1, 6, tzinfo=timezone.utc)
TABLES = ("labels", "lists", "cards", "checklists", "items")


class BoardMachine(RuleBasedStateMachine):
    """The roadmap is a tree of `[title, id or None, children]`; people's objects are remembered as they left them."""

    @initialize(own_ids=st.booleans())
    def begin(self, own_ids: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.own_ids = own_ids
        self.serial = 0
        self.ticks: dict[str, Any] = {}
        self.tree: list[Any] = [self.node("a", [self.node("b", [self.node("c"), self.node("d")])]), self.node("b")]
        self.foreign: dict[str, dict[str, Any]] = {}
        self.nobodys: set[str] = set()
        self.bench = Bench(Path(self.folder.name), self.roadmap())

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    # -- the roadmap ---------------------------------------------------------------------------------------------

    def node(self, title: str, children: list[Any] | None = None) -> list[Any]:
        self.serial += 1
        return [title, f"id-{self.serial}" if self.own_ids else None, children or []]

    def roadmap(self) -> Any:
        def fields(node: list[Any]) -> dict[str, Any]:
            return {
                "title": node[0],
                "items": [fields(child) for child in node[2]],
                **({"id": node[1]} if node[1] else {}),
            }

        return roadmap("Machine", [fields(node) for node in self.tree])

    def show(self) -> None:
        made = self.roadmap()
        leaves = {leaf.id for leaf in made.leaves()}
        progress = Progress({key: tick for key, tick in self.ticks.items() if key in leaves})
        self.bench.show(Snapshot(made, progress, TODAY))

    def parents(self) -> list[list[Any]]:
        found, stack = [], [self.tree]
        while stack:
            children = stack.pop()
            found.append(children)
            stack += [node[2] for node in children]
        return found

    @rule(where=PICK, at=PICK, title=TITLES)
    def add(self, where: int, at: int, title: str) -> None:
        parents = self.parents()
        if sum(map(len, parents)) < 25:
            children = parents[where % len(parents)]
            children.insert(at % (len(children) + 1), self.node(title))
            self.show()

    def some(self, where: int, at: int) -> tuple[list[Any], int] | None:
        parents = [children for children in self.parents() if children]
        if not parents:
            return None
        children = parents[where % len(parents)]
        return children, at % len(children)

    @rule(where=PICK, at=PICK)
    def remove(self, where: int, at: int) -> None:
        if found := self.some(where, at):
            del found[0][found[1]]
            self.show()

    @rule(where=PICK, at=PICK, title=TITLES)
    def rename(self, where: int, at: int, title: str) -> None:
        if found := self.some(where, at):
            found[0][found[1]][0] = title
            self.show()

    @rule(where=PICK, at=PICK, to=PICK)
    def reorder(self, where: int, at: int, to: int) -> None:
        if found := self.some(where, at):
            node = found[0].pop(found[1])
            found[0].insert(to % (len(found[0]) + 1), node)
            self.show()

    @rule(where=PICK, at=PICK, into=PICK)
    def move(self, where: int, at: int, into: int) -> None:
        if found := self.some(where, at):
            node = found[0].pop(found[1])
            parents = self.parents()
            parents[into % len(parents)].append(node)
            self.show()

    # -- people --------------------------------------------------------------------------------------------------

    def pick(self, table: str, number: int, *, ours: bool = True) -> dict[str, Any] | None:
        rows = [
            row
            for row in getattr(self.bench.double, table).values()
            if (row["id"] not in self.foreign) == ours and row["name"] != NAME
        ]
        return rows[number % len(rows)] if rows else None

    def mine(self, row: dict[str, Any]) -> None:
        self.foreign[row["id"]] = row

    @rule(number=PICK, title=TITLES)
    def people_rename(self, number: int, title: str) -> None:
        table = TABLES[number % len(TABLES)]
        if row := self.pick(table, number):
            row["name"] = f"people's {title}"

    @rule(number=PICK, done=st.booleans())
    def people_tick(self, number: int, done: bool) -> None:
        if number % 2 and (item := self.pick("items", number)):
            self.bench.person.tick(item, state="complete" if done else "incomplete")
        elif card := self.pick("cards", number):
            self.bench.person.complete(card, done=done)

    @rule(number=PICK, pos=st.floats(0.5, 10**6))
    def people_reorder(self, number: int, pos: float) -> None:
        table = ("lists", "cards", "checklists", "items")[number % 4]
        if row := self.pick(table, number):
            row["pos"] = pos

    @rule(number=PICK, to=PICK)
    def people_move(self, number: int, to: int) -> None:
        card, row = self.pick("cards", number), self.pick("lists", to)
        if card and row:
            card["idList"] = row["id"]

    @rule(number=PICK)
    def people_delete(self, number: int) -> None:
        if number % 2 and (item := self.pick("items", number)):
            del self.bench.double.items[item["id"]]
        elif card := self.pick("cards", number):
            self.bench.person.delete_card(card)
            for id_ in [id_ for id_ in self.foreign if not any(id_ in getattr(self.bench.double, t) for t in TABLES)]:
                del self.foreign[id_]

    @rule(number=PICK, closed=st.booleans())
    def people_archive(self, number: int, closed: bool) -> None:
        if row := self.pick("cards" if number % 3 else "lists", number):
            row["closed"] = closed

    @rule(number=PICK, text=TITLES)
    def people_describe(self, number: int, text: str) -> None:
        if card := self.pick("cards", number):
            card["desc"] = f"{text}\n\n{card['desc']}" if number % 3 else text

    @rule(number=PICK, title=TITLES, pos=st.floats(0.5, 10**6))
    def people_add(self, number: int, title: str, pos: float) -> None:
        person, name = self.bench.person, f"people's own {title}"
        if not self.bench.double.boards:
            return
        board = next(iter(self.bench.double.boards))
        if number % 4 == 0:
            self.mine(person.add_list(board, name, pos))
        elif number % 4 == 1 and (row := self.pick("lists", number)):
            self.mine(person.add_card(row, name, pos))
        elif number % 4 == 2 and (card := self.pick("cards", number)):
            self.mine(person.add_checklist(card, name))
        elif checklist := self.pick("checklists", number):
            self.mine(person.add_item(checklist, name, pos))

    # -- roadpress -----------------------------------------------------------------------------------------------

    @rule(
        fault=st.one_of(st.none(), st.sampled_from(Fault)),
        number=st.integers(1, 12),
        kill=st.integers(0, 12),
        before=st.booleans(),
        ours=st.booleans(),
        prune=st.booleans(),
    )
    def push(self, fault: Fault | None, number: int, kill: int, before: bool, ours: bool, prune: bool) -> None:
        foreign = copy.deepcopy(self.foreign)
        ticked = {id_ for id_, item in self.bench.double.items.items() if item["state"] == "complete"}
        policy = {"ours": ours, "prune": prune}
        try:
            self.bench.push({number: fault} if fault else None, kill=kill, kill_before=before, **policy)
        except Killed:
            self.bench.push(**policy, force=True)
        except RoadpressError as error:
            assert "third" in error.message  # noqa: PT017 - the only refusal there may be
            self.bench.push(**policy, force=True)
        assert self.foreign == foreign
        for plan in (self.bench.plan(**policy), self.bench.plan()):
            assert [(*change.ref, change.action, change.fields) for change in plan.changes] == []
        items = self.bench.double.items
        assert all(items[id_]["state"] == "complete" for id_ in ticked if id_ in items)
        assert not journal_path(self.bench.state_file).exists()
        self.nothing_doubles()

    @precondition(lambda self: self.bench.state_file.exists())
    @rule(prefer=st.sampled_from(Prefer))
    def pull(self, prefer: Prefer) -> None:
        made = self.roadmap()
        matched, actions, _ = read_matched(self.bench.wanted, self.bench.calls(), self.bench.state_file, Settings())
        found = pulled(matched, made, self.ticks, actions)
        leaves = [leaf.id for leaf in made.leaves()]
        result = merge(self.ticks, found.returned, leaves, now=NOW, prefer=prefer)
        self.ticks = dict(result.applied(self.ticks))
        remember_ticks(matched, self.bench.state_file, now=NOW)
        self.show()
        matched, _, _ = read_matched(self.bench.wanted, self.bench.calls(), self.bench.state_file, Settings())
        again = pulled(matched, made, self.ticks, actions)
        assert all(seen.now is seen.given for seen in again.returned.leaves if seen.given is not None)
        assert all(change.after.state in (State.DONE, State.OPEN) for change in result.changes)

    @precondition(lambda self: self.bench.state_file.exists())
    @rule()
    def lose_the_state(self) -> None:
        self.bench.state_file.unlink()
        (board,) = self.bench.double.boards.values()
        self.bench.push(board=board["url"])
        known = {record.id for record in load_state(self.bench.state_file).records.values()}
        for table in TABLES:  # what had left the roadmap before is nobody's now
            for row in getattr(self.bench.double, table).values():
                if row["id"] not in known:
                    self.nobodys.add(row["id"])

    def nothing_doubles(self) -> None:
        """What is on the board is somebody's, or remembered as ours, once."""
        state = load_state(self.bench.state_file)
        recorded = {record.id for record in state.records.values()}
        assert len(recorded) == len(state.records)
        assert len(self.bench.double.boards) == 1
        assert self.on_board() - set(self.foreign) - self.nobodys <= recorded

    def on_board(self) -> set[str]:
        return {
            id_ for table in TABLES for id_, row in getattr(self.bench.double, table).items() if row["name"] != NAME
        }


BoardMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestBoard = BoardMachine.TestCase
