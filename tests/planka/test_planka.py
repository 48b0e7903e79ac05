"""A Planka board: the laws that hold on every target, and whatever fails, whenever, the same board in the end."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planka_double import KEY, PlankaDirect, PlankaDouble
from roadmaps import roadmap
from trello_double import Fault, Killed
from trello_double.direct import FakeClock

from roadpress.core.errors import CredentialsError, RoadpressError, UndecidedError, UsageError
from roadpress.core.model import Roadmap
from roadpress.core.progress.model import State
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.planning.changes import ChangePlan
from roadpress.exporters.boards.planning.planner import NewBoard
from roadpress.exporters.boards.planning.three_way import ConflictPolicy
from roadpress.exporters.boards.pull import pulled
from roadpress.exporters.boards.sync import Settings, SyncResult, make_plan, read_matched, run_push
from roadpress.exporters.planka.client import PlankaClient
from roadpress.exporters.planka.credentials import Credentials, checked_address, find
from roadpress.exporters.planka.service import PLANKA
from roadpress.exporters.planka.transport import Transport

TODAY = date(2027, 1, 1)
ADDRESS = "https://planka.example.org/kanban"
SMALL = """
- title: S
  id: s
  summary: About this
  tags: [web, deep]
  topics:
    - {title: A, id: a, items: [a1, a2, a1, {title: G, items: [g1]}]}
    - {title: B, id: b, needs: [c]}
    - {title: C, id: c, kind: project, due: 2027-03-01}
- title: T
  id: t
  topics: [{title: D, id: d, items: [d1, d2, d3]}, {title: D, id: d2}]
- title: T
  id: t2
"""
EDITED = """
- title: T
  id: t
  topics: [{title: D, id: d, items: [d3, {title: d1, done: true}, new, d2]}, {title: A, id: a, items: [a2, a1]}]
- title: Renamed
  id: s
  summary: About that
  tags: [web]
  topics:
    - {title: New, id: new, items: [n1, n2]}
    - {title: C, id: c, kind: question, notes: Words, done: true}
    - {title: B, id: b, needs: [new]}
- title: T
  id: t2
"""


class Table:
    """A double, and everything a push needs beside it."""

    def __init__(self, folder: Path, source: str = SMALL, **double: Any) -> None:
        self.double = PlankaDouble(**double)
        self.state_file = folder / "roadmap.planka.json"
        self.clock = FakeClock()
        self.show(roadmap(source))

    def show(self, shown: Roadmap) -> None:
        self.roadmap = shown
        self.wanted = wanted_board(Snapshot.of(shown, today=TODAY), service=PLANKA)

    def calls(self, faults: dict[int, Fault] | None = None, **kill: Any) -> PlankaClient:
        self.send = PlankaDirect(self.double, faults, **kill)
        transport = Transport(Credentials(KEY), self.send, sleep=self.clock.sleep, now=self.clock)
        return PlankaClient(transport, ADDRESS)

    def push(
        self, faults: dict[int, Fault] | None = None, *, board: str = "", project: str = "", **more: Any
    ) -> SyncResult:
        policy = ConflictPolicy(**{name: more.pop(name) for name in ("ours", "prune", "force") if name in more})
        settings = Settings(board, NewBoard(project), policy)
        return run_push(self.wanted, self.calls(faults, **more), self.state_file, settings, nonce=lambda: "a1b2c3")

    def plan(self, **policy: bool) -> ChangePlan:
        settings = Settings(policy=ConflictPolicy(**policy))
        return make_plan(self.wanted, self.calls(), self.state_file, settings)

    def ticks(self) -> dict[str, State]:
        matched, actions, _ = read_matched(self.wanted, self.calls(), self.state_file, Settings())
        found = pulled(matched, self.roadmap, (), actions, source="planka").returned
        return {tick.id: tick.now for tick in found.leaves if tick.now is not tick.given}


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def test_a_push_makes_the_board_and_a_second_one_reads_only(table: Table) -> None:
    result = table.push()
    ((name, labels, lists),) = table.double.shown()
    assert name == table.wanted.name
    assert [(kind, row) for kind, row, _ in lists if kind == "active"] == [
        ("active", "S"),
        ("active", "T"),
        ("active", "T"),
    ]
    assert [label for label, _ in labels] == sorted(label.name for label in table.wanted.labels)
    assert result.url.startswith(f"{ADDRESS}/boards/")
    assert table.plan().changes == ()
    before = table.double.writes
    table.push()
    assert table.double.writes == before


def test_an_edited_roadmap_is_followed_and_nothing_is_lost(table: Table) -> None:
    table.push()
    table.show(roadmap(EDITED))
    table.push()
    assert table.plan().changes == ()
    assert table.double.of("tasks", "d1")["isCompleted"]
    assert {task["name"] for task in table.double.tables["tasks"].values()} >= {"g1", "a1", "a2", "n1"}


def test_a_push_without_its_state_file_finds_everything_again(table: Table) -> None:
    url = table.push().url
    before = table.double.shown()
    table.state_file.unlink()
    with pytest.raises(UndecidedError, match="There is a board of this roadmap already"):
        table.push()
    table.push(board=url)
    assert table.double.shown() == before


def test_ticks_of_people_come_back_also_of_topics_without_items(table: Table) -> None:
    table.push()
    table.double.person(f"/tasks/{table.double.of('tasks', 'd2')['id']}", isCompleted=True)
    table.double.person(f"/tasks/{table.double.of('tasks', 'B')['id']}", isCompleted=True)
    ticks = table.ticks()
    assert {id_ for id_, now in ticks.items() if now is State.DONE} == {"d/d2", "b"}


def test_a_card_that_is_completed_by_a_person_completes_what_it_holds(table: Table) -> None:
    table.push()
    table.double.person(f"/cards/{table.double.of('cards', 'C')['id']}", isDueCompleted=True)
    assert {id_ for id_, now in table.ticks().items() if now is State.DONE} == {"c"}


def test_words_of_people_stay(table: Table) -> None:
    table.push()
    card = table.double.of("cards", "A")
    table.double.person(f"/cards/{card['id']}", name="Mine", description=f"{card['description'][:-1]} `my words")
    table.double.person(f"/tasks/{table.double.of('tasks', 'd3')['id']}", name="d3, by hand")
    before = table.double.shown()
    table.push()
    assert table.double.shown() == before
    table.state_file.unlink()
    (board,) = table.double.tables["boards"]
    cards = len(table.double.tables["cards"])
    table.push(board=board)
    assert len(table.double.tables["cards"]) == cards, "a card is found by its marker, words behind it or not"


def test_what_left_the_roadmap_is_archived_when_it_is_asked_for_and_comes_back(table: Table) -> None:
    table.push()
    table.show(roadmap(SMALL.replace("    - {title: B, id: b, needs: [c]}\n", "")))
    table.push(prune=True)
    (archived,) = (
        row for row in table.double.tables["cards"].values() if row["position"] is None and ":" not in row["name"]
    )
    assert archived["name"] == "B"
    table.show(roadmap(SMALL))
    table.push()
    assert table.double.of("cards", "B")["position"] is not None
    assert table.plan().changes == ()


def test_a_list_that_left_the_roadmap_is_deleted_and_its_cards_are_in_the_archive(table: Table) -> None:
    table.push()
    table.show(roadmap(SMALL[: SMALL.index("- title: T")]))
    table.push(prune=True, force=True)
    rows = table.double.tables["lists"]
    assert [row["name"] for row in rows.values() if row["type"] == "active"] == ["S"]
    for card in table.double.tables["cards"].values():
        assert rows[card["listId"]]["type"] in ("active", "archive")
    assert table.plan().changes == ()


def test_labels_that_people_changed_stay_and_ours_follow(table: Table) -> None:
    table.push()
    card = table.double.of("cards", "A")["id"]
    deep = table.double.of("labels", "deep")["id"]
    del table.double.pairs[card, deep]
    table.show(roadmap(SMALL.replace("tags: [web, deep]", "tags: [deep, more]")))
    table.push()
    names = {table.double.tables["labels"][label]["name"] for one, label in table.double.pairs if one == card}
    assert names == {"more"}


def test_long_names_are_shortened_and_told_and_titles_are_plain_text(table: Table) -> None:
    table.show(roadmap(f"- title: {'long ' * 60}\n  topics: [{{title: 'A *b* <i>', items: ['**c** `d_e`']}}]\n"))
    table.push()
    names = {row["name"] for row in table.double.tables["lists"].values() if row["type"] == "active"}
    assert {len(name) for name in names} <= {127, 128}
    assert table.double.of("tasks", "c d_e")
    assert any("1 name is longer than Planka holds" in notice for notice in table.wanted.notices)
    assert table.plan().changes == ()


def test_the_project_of_a_new_board(tmp_path: Path) -> None:
    table = Table(tmp_path, projects=0)
    table.push()
    assert [row["name"] for row in table.double.tables["projects"].values()] == ["Roadmaps"]
    (tmp_path / "two").mkdir()
    other = Table(tmp_path / "two", projects=2)
    with pytest.raises(UndecidedError, match="more than one project"):
        other.push()
    other.push(project="Courses 1")
    assert (
        next(iter(other.double.tables["boards"].values()))["projectId"]
        == other.double.of("projects", "Courses 1")["id"]
    )


# -- faults ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], int]:
    table = Table(tmp_path_factory.mktemp("clean"))
    table.push()
    return table.double.shown(), table.send.number


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_at_every_request(fault: Fault, pushed: tuple[list[Any], int], tmp_path: Path) -> None:
    shown, requests = pushed
    told: list[int] = []
    for number in range(1, requests + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        table = Table(folder)
        try:
            table.push({number: fault})
        except RoadpressError:  # an address that first answers with a page is told at once
            told.append(number)
            table.push()
        assert table.double.shown() == shown, number
        assert table.plan().changes == ()
    assert told == ([1] if fault in (Fault.HTML, Fault.TRUNCATED) else [])


@pytest.mark.parametrize("before", [True, False])
def test_a_kill_at_every_request(before: bool, pushed: tuple[list[Any], int], tmp_path: Path) -> None:
    shown, requests = pushed
    for number in range(1, requests + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        table = Table(folder)
        with pytest.raises(Killed):
            table.push(kill=number, kill_before=before)
        table.push()
        assert table.double.shown() == shown, number
        assert table.plan().changes == ()


@pytest.mark.parametrize("before", [True, False])
def test_a_kill_at_every_request_of_an_update(before: bool, tmp_path: Path) -> None:
    clean = Table(tmp_path)
    clean.push()
    clean.show(roadmap(EDITED))
    clean.push()
    for number in range(1, clean.send.number + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        table = Table(folder)
        table.push()
        table.show(roadmap(EDITED))
        with pytest.raises(Killed):
            table.push(kill=number, kill_before=before)
        table.push()
        assert table.double.shown() == clean.double.shown(), number


# -- address and key -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["http://planka.example.org", "ftp://x", "https://u:p@x", "https://x/?k=1", "https://x:99999x", "http://[::"]
)
def test_an_address_where_a_key_would_be_read_by_others_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="https"):
        checked_address(url)


def test_addresses_with_a_path_and_on_this_machine() -> None:
    assert checked_address("https://x.org/kanban/") == "https://x.org/kanban"
    assert checked_address("http://127.0.0.1:1337") == "http://127.0.0.1:1337"


def test_the_key_is_in_no_text() -> None:
    credentials = find({"PLANKA_API_KEY": KEY})
    assert KEY not in repr(credentials)
    assert credentials.headers() == {"X-Api-Key": KEY}
    assert find({"PLANKA_TOKEN": "abc"}).headers() == {"Authorization": "Bearer abc"}
    with pytest.raises(CredentialsError) as caught:
        find({"PLANKA_API_KEY": "a\nb"})
    assert "a\nb" not in f"{caught.value} {caught.value.remedy}"


def _unsigned(method: str, path: str, params: Any, body: str | None) -> Any:
    return PlankaDouble().handle(method, path, params, {"X-Api-Key": "wrong"}, body or "")


def test_a_wrong_key_and_a_wrong_address_are_told_at_once(table: Table) -> None:
    calls = PlankaClient(Transport(Credentials("wrong"), _unsigned, sleep=table.clock.sleep), ADDRESS)
    with pytest.raises(CredentialsError, match="does not know the key"):
        calls.boards()
    with pytest.raises(RoadpressError, match="leads to a web page"):
        table.calls({1: Fault.HTML}).boards()
    assert table.clock.slept == []


@pytest.mark.parametrize(
    ("word", "id_"), [("17", "17"), (f"{ADDRESS}/boards/19", "19"), (f"{ADDRESS}/boards/19/", "19")]
)
def test_what_one_may_give_for_a_board(table: Table, word: str, id_: str) -> None:
    assert table.calls().board_id(word) == id_
    for wrong in ("abc", "https://elsewhere.org/boards/19", "0", f"{ADDRESS}/cards/3"):
        with pytest.raises(UsageError):
            table.calls().board_id(wrong)
