"""A board by copying another one: a few requests instead of one for each object, and then a board like any other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from boards import BASE_CALLS, TODAY, Bench, shown
from roadmaps import roadmap
from trello_double import Fault, Killed, shapes

from roadpress.core.progress.model import Progress, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.journal import journal_path

SMALL = """
- title: S
  id: s
  topics:
    - {title: A, id: a, tags: [web], items: [a1, a2, {title: G, items: [g1, a1]}]}
    - {title: B, id: b, needs: [a]}
- title: T
  id: t
  topics: [{title: D, id: d, due: 2027-03-01, items: [d1, d2]}]
"""
TAGS = "tags: {web: {title: Web}}"
COPYING = 2
"""What a copy costs beside its base: it is made, and gets its name and marker."""
_ADDRESS = re.compile(r"https://trello.com/c/(\w{8})")
DOUBT = (Fault.CLOSE, Fault.COMMIT_CLOSE, Fault.COMMIT_502, Fault.HTML, Fault.BUSY, Fault.UNAVAILABLE)


class Copies:
    """A mentor's board, and learners who have none yet."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.bench = Bench(folder, roadmap(SMALL, TAGS))
        self.bench.push()
        self.source = self.bench.board["url"]
        self.bench.state_file = folder / "ada.trello.json"

    def copy(self, **more: Any) -> Any:
        return self.bench.push(copy_of=self.source, **more)

    def boards(self) -> list[str]:
        return [board["id"] for board in self.bench.double.boards.values()]

    def views(self) -> list[Any]:
        """Return each board as people see it, addresses of cards under their names."""
        return [self.view(id_) for id_ in self.boards()]

    def view(self, board: str) -> Any:
        cards = self.bench.double.cards.values()
        names = {shapes.short_link(card["number"]): card["name"] for card in cards if card["idBoard"] == board}

        def named(value: Any) -> Any:
            if isinstance(value, str):
                return _ADDRESS.sub(lambda found: names.get(found[1], "elsewhere"), value)
            return [named(one) for one in value] if isinstance(value, list | tuple) else value

        return named(shown(self.bench.double, board))


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def test_a_copy_is_made_in_a_few_requests_and_is_a_board_like_any_other(copies: Copies) -> None:
    bench = copies.bench
    whole = len(bench.double.writes)
    copies.copy()
    linked = 1  # B points to A by its address, which is another one here
    assert len(bench.double.writes) - whole == COPYING + linked + BASE_CALLS
    source, copy = copies.views()
    assert copy == source
    assert [board["name"] for board in bench.double.boards.values()] == ["Test", "Test"]
    assert bench.plan().changes == ()
    assert bench.plan().notices == ()
    bench.show(roadmap(SMALL.replace("d2", "d2 anew").replace("title: B", "title: B anew"), TAGS))
    bench.push(copy_of=copies.source)  # said again, it goes on with its board
    assert len(copies.boards()) == 2
    assert bench.sizes()["items"] == 12
    assert any(item["name"] == "d2 anew" for item in bench.double.items.values())


def test_its_base_is_its_own(copies: Copies) -> None:
    copies.copy()
    copies.bench.state_file.unlink()
    copies.bench.show(roadmap(SMALL.replace("d2", "d2 anew"), TAGS))
    outcome = copies.bench.push(board=list(copies.bench.double.boards.values())[1]["url"])
    assert [change.title for change in outcome.done] == ["d2 anew"]
    assert not any("both" in notice for notice in outcome.plan.notices)


@pytest.mark.parametrize("with_ticks", [True, False])
@pytest.mark.parametrize("with_archived", [True, False])
def test_it_has_the_learners_ticks_and_not_the_mentors(
    copies: Copies, *, with_ticks: bool, with_archived: bool
) -> None:
    bench = copies.bench
    bench.double.copies_ticks, bench.double.copies_archived = with_ticks, with_archived
    bench.person.tick(bench.person.item("d1"))
    bench.person.complete(bench.person.card("B"))
    plan = roadmap(SMALL, TAGS)
    bench.show(Snapshot(plan, Progress({_id(plan, "d2"): Tick()}), TODAY))
    copies.copy()
    copy = copies.boards()[1]
    lists = {id_ for id_, row in bench.double.lists.items() if row["idBoard"] == copy and row["name"] != NAME}
    cards = {id_: card for id_, card in bench.double.cards.items() if card["idList"] in lists}
    assert not any(card["dueComplete"] for card in cards.values())
    done = [
        item["name"]
        for item in bench.double.items.values()
        if bench.double.checklists[item["idChecklist"]]["idCard"] in cards and item["state"] == "complete"
    ]
    assert done == ["d2"]
    assert bench.plan().changes == ()
    assert [row["name"] for row in bench.double.lists.values() if row["idBoard"] == copy].count(NAME) == 1


def _id(plan: Any, title: str) -> str:
    return next(node.id for node in plan.walk() if node.title == title)


def test_what_the_mentor_wrote_and_deleted_on_the_board_is_so_on_its_copy(copies: Copies) -> None:
    bench, person = copies.bench, copies.bench.person
    source = bench.board["id"]
    person.item("d1")["name"] = "d1, as the mentor says it"
    person.delete_card(person.card("B"))
    welcome = person.add_list(source, "Welcome")
    person.add_card(welcome, "Hello", desc="Call me when you are stuck.")
    copies.copy()
    names = [card["name"] for card in bench.double.cards.values() if card["idBoard"] == copies.boards()[1]]
    assert sorted(name for name in names if name != NAME) == ["A", "D", "Hello"]
    assert sum(item["name"] == "d1, as the mentor says it" for item in bench.double.items.values()) == 2
    assert bench.plan().changes == ()


def test_the_plan_of_a_copy_is_what_it_costs(copies: Copies) -> None:
    bench = copies.bench
    bench.show(roadmap(SMALL.replace("d2", "d2 anew").replace("2027-03-01", "2027-03-02"), TAGS))
    before = len(bench.double.writes)
    plan = bench.plan(copy_of=copies.source)
    assert len(bench.double.writes) == before
    assert [change.title for change in plan.changes] == ["Test", "B", "D", "d2 anew"]
    copies.copy()
    assert len(bench.double.writes) - before == len(plan.changes) + 1 + BASE_CALLS


def test_a_copy_survives_a_kill_at_every_request(tmp_path: Path) -> None:
    clean = Copies(tmp_path / "clean")
    begun = len(clean.bench.double.log)
    clean.copy()
    requests = len(clean.bench.double.log) - begun
    assert 6 < requests < 14
    for number in range(1, requests + 1):
        for before in (True, False):
            for again in ({"copy_of": clean.source}, {}):  # whoever runs it again need not say so
                one = Copies(tmp_path / f"{number}-{before}-{len(again)}")
                with pytest.raises(Killed):
                    one.copy(kill=number, kill_before=before)
                if not again and len(one.boards()) < 2 and not journal_path(one.bench.state_file).exists():
                    continue  # nothing was begun
                one.bench.push(**dict.fromkeys(again, one.source))
                assert one.views() == clean.views(), (number, before, again)
                assert one.bench.plan().changes == ()


@pytest.mark.parametrize("fault", DOUBT)
def test_a_copy_survives_a_fault_at_every_request(tmp_path: Path, fault: Fault) -> None:
    clean = Copies(tmp_path / "clean")
    begun = len(clean.bench.double.log)
    clean.copy()
    for number in range(1, len(clean.bench.double.log) - begun + 1):
        one = Copies(tmp_path / str(number))
        one.copy(faults={number: fault})
        assert one.views() == clean.views(), number
        assert one.bench.plan().changes == ()


def test_a_copy_that_is_still_being_made_is_waited_for(copies: Copies) -> None:
    double = copies.bench.double
    late = double.cards
    real = double._copy_card

    def slowly(card: Any, *rest: Any) -> None:
        if card["name"] == "D":
            double.later.append(lambda: real(card, *rest))
        else:
            real(card, *rest)

    double.later = []
    double._copy_card = slowly

    def sleep(seconds: float) -> None:
        copies.bench.clock.now += seconds
        for one in double.later:
            one()
        double.later = []

    copies.bench.clock.sleep = sleep
    copies.copy()
    assert sum(card["name"] == "D" for card in late.values()) == 2
    source, copy = copies.views()
    assert copy == source
