"""The base that stands on the board: whoever has no state, an old one or another machine's plans as the last push did."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from boards import TODAY, Bench
from roadmaps import roadmap
from trello_double import Killed

from roadpress.core.model import Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.planning.base import NAME

TAGS = "tags: {web: {title: Web}}"


def plan_of(title: str = "A", *, first: str = "read the first chapter", more: str = "") -> Roadmap:
    return roadmap(
        f"""
- title: S
  id: s
  topics:
    - {{title: {title}, id: a, summary: About {title}, tags: [web], items: ["{first}", "build a boat"{more}]}}
    - {{title: B, id: b, needs: [a]}}
""",
        TAGS,
    )


class Machines:
    """Several machines on one board: each has a state file of its own, or none."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder, plan_of())
        self.bench.push()
        self.url = self.bench.board["url"]
        self.files = {"first": self.bench.state_file}

    def on(self, name: str) -> Bench:
        self.bench.state_file = self.files.setdefault(name, self.bench.folder / f"{name}.trello.json")
        return self.bench

    def push(self, name: str, shown: Roadmap, **more: Any) -> list[str]:
        bench = self.on(name)
        bench.show(shown)
        outcome = bench.push(board=self.url, **more)
        return [*outcome.plan.notices, *outcome.notices]

    def items(self) -> list[str]:
        return [item["name"] for item in self.bench.double.items.values()]

    def card(self, name: str) -> dict[str, Any]:
        (card,) = (row for row in self.bench.double.cards.values() if row["name"] == name)
        return card

    def writes(self) -> int:
        return len(self.bench.double.writes)


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(tmp_path)


@pytest.mark.parametrize("how", ["lost", "another machine", "older"])
def test_an_edit_reaches_the_board_from_anywhere(machines: Machines, how: str) -> None:
    older = machines.files["first"].read_bytes()
    machines.push("first", plan_of("A two", first="read the second chapter"))
    name = {"lost": "first", "another machine": "second", "older": "first"}[how]
    if how == "lost":
        machines.files["first"].unlink()
    elif how == "older":
        machines.files["first"].write_bytes(older)
    told = machines.push(name, plan_of("A three", first="write to the harbour master"))
    assert not any("both sides" in notice for notice in told)
    assert machines.card("A three")["desc"].startswith("About A three")
    assert sorted(machines.items()) == ["build a boat", "write to the harbour master"]
    assert machines.bench.plan(board=machines.url).changes == ()


def test_what_people_wrote_survives_a_lost_state(machines: Machines) -> None:
    machines.card("B")["name"] = "Mine"
    machines.push("ci", plan_of("A two"))
    machines.push("ci again", plan_of("A three"))
    assert {card["name"] for card in machines.bench.double.cards.values()} == {"A three", "Mine", NAME}


def test_deleted_on_the_board_stays_deleted_for_a_fresh_checkout(machines: Machines) -> None:
    double = machines.bench.double
    gone = next(id_ for id_, item in double.items.items() if item["name"] == "build a boat")
    del double.items[gone]
    machines.push("ci", plan_of())
    machines.push("ci again", plan_of("A two"))
    assert machines.items() == ["read the first chapter"]


def test_quiet_pushes_write_nothing_anywhere(machines: Machines) -> None:
    machines.push("second", plan_of("A two", more=", swim"))
    machines.push("first", plan_of("A two", more=", swim"))
    before = machines.writes()
    for name in ("first", "second", "ci", "first", "other ci"):
        machines.push(name, plan_of("A two", more=", swim"))
    assert machines.writes() == before


def test_the_base_is_out_of_sight(machines: Machines) -> None:
    (hidden,) = (row for row in machines.bench.double.lists.values() if row["name"] == NAME)
    assert hidden["closed"]
    hidden["closed"] = False
    machines.push("first", plan_of("A two"))
    assert hidden["closed"]


def test_one_tick_is_two_writes_in_a_plan_of_hundreds_of_items(tmp_path: Path) -> None:
    words = [f"x{blake2b(str(n).encode(), digest_size=18).hexdigest()}" for n in range(600)]
    rows = [f'- {{title: "T{n}", id: t{n}, items: [{", ".join(words[n::30])}]}}' for n in range(30)]
    made = roadmap("- title: S\n  id: s\n  topics:\n" + "\n".join(f"    {row}" for row in rows))
    bench = Bench(tmp_path, made)
    bench.push()
    assert sum(row["name"] == NAME for row in bench.double.cards.values()) > 1
    before = len(bench.double.writes)
    leaf = next(leaf.id for leaf in made.leaves() if leaf.title == words[77])
    progress = Progress({leaf: Tick(on=TODAY)})
    bench.show(Snapshot(made, progress, TODAY, plan(made, progress, today=TODAY)))
    bench.push()
    assert len(bench.double.writes) - before == 2


def test_a_damaged_or_foreign_base_is_written_anew(machines: Machines) -> None:
    part = machines.card(NAME)
    whole = part["desc"]
    for damage in (
        whole[:40] + whole[60:],
        "`roadpress:base:0/1`",
        "x`roadpress:base:0/1`",
        whole.replace("0/1", "0/2"),
    ):
        part["desc"] = damage
        machines.push("first", plan_of())
        assert machines.bench.plan().changes == ()
        assert machines.items() == ["read the first chapter", "build a boat"]
    machines.push("ci", plan_of("A two"))
    assert machines.card("A two")


def test_a_kill_at_any_request_and_then_another_machine(tmp_path: Path) -> None:
    for number in range(1, 30):
        for before in (True, False):
            folder = tmp_path / f"{number}-{before}"
            folder.mkdir()
            machines = Machines(folder)
            machines.on("first").show(plan_of("A two", first="read the second chapter", more=", swim"))
            try:
                machines.bench.push(kill=number, kill_before=before)
            except Killed:
                pass
            else:
                assert number > 5
                return
            for name in ("second", "first"):
                machines.push(name, plan_of("A two", first="read the second chapter", more=", swim"))
            assert sorted(machines.items()) == ["build a boat", "read the second chapter", "swim"], (number, before)
            assert sum(row["name"] == NAME for row in machines.bench.double.lists.values()) == 1
            assert machines.bench.plan(board=machines.url).changes == ()
    raise AssertionError("every push was killed")
