"""One roadmap, several boards: a new one beside an old one, and each remembered for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from boards import Bench
from roadmaps import roadmap
from trello_double import Direct, Killed

from roadpress.core.errors import RoadpressError
from roadpress.exporters.boards.api.http import Answer
from roadpress.exporters.boards.planning.journal import journal_path

SMALL = """
- title: S
  id: s
  topics:
    - {title: A, id: a, tags: [web], items: [a1, a2, {title: G, items: [g1]}]}
    - {title: B, id: b, needs: [a]}
- title: T
  id: t
  topics: [{title: D, id: d, items: [d1, d2]}]
"""
TAGS = "tags: {web: {title: Web}}"


def names(bench: Bench, board: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return what a board holds: lists, their cards, and the items of each."""
    double = bench.double

    def inside(table: dict[str, dict[str, Any]], key: str, id_: str) -> list[dict[str, Any]]:
        return sorted((row for row in table.values() if row[key] == id_), key=lambda row: row["pos"])

    def items(card: str) -> list[str]:
        return [
            item["name"]
            for checklist in inside(double.checklists, "idCard", card)
            for item in inside(double.items, "idChecklist", checklist["id"])
        ]

    return [
        (row["name"], [(card["name"], items(card["id"])) for card in inside(double.cards, "idList", row["id"])])
        for row in inside(double.lists, "idBoard", board)
    ]


def pushed(folder: Path) -> tuple[Bench, str]:
    folder.mkdir(exist_ok=True)
    bench = Bench(folder, roadmap(SMALL, TAGS))
    bench.push()
    return bench, next(iter(bench.double.boards))


def test_a_new_board_over_an_old_one_survives_a_kill_at_every_request(tmp_path: Path) -> None:
    clean, old = pushed(tmp_path / "clean")
    begun = len(clean.double.log)
    clean.push(board="new")
    requests = len(clean.double.log) - begun
    assert requests > 12
    for number in range(1, requests + 1):
        for before in (True, False):
            bench, old = pushed(tmp_path / f"{number}-{before}")
            whole = names(bench, old)
            with pytest.raises(Killed):
                bench.push(board="new", kill=number, kill_before=before)
            bench.push(board="new")
            (new,) = set(bench.double.boards) - {old}
            assert names(bench, new) == whole, (number, before)
            assert names(bench, old) == whole
            assert bench.plan().changes == ()
            assert not journal_path(bench.state_file).exists()


def test_a_new_board_that_was_refused_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    bench, old = pushed(tmp_path)

    class Refusing(Direct):
        def __call__(self, method: str, path: str, params: Any, body: str | None) -> Answer:
            if method == "POST" and path.endswith("/boards"):
                return Answer(400, {"content-type": "text/plain"}, "invalid value for idOrganization")
            return super().__call__(method, path, params, body)

    with pytest.raises(RoadpressError, match="idOrganization"):
        bench.push(board="new", send=Refusing(bench.double))
    bench.push(board="new")
    assert len(bench.double.boards) == 2
    (new,) = set(bench.double.boards) - {old}
    assert names(bench, new) == names(bench, old)


def test_each_board_is_remembered_for_itself(tmp_path: Path) -> None:
    bench, first = pushed(tmp_path)
    bench.push(board="new")
    second = next(id_ for id_ in bench.double.boards if id_ != first)
    for number, board in enumerate((first, second, first, second, first)):
        bench.show(roadmap(SMALL.replace("title: A,", f"title: A{number},").replace("a2", f"a2 of {number}"), TAGS))
        outcome = bench.push(board=board)
        assert not any("both" in notice for notice in outcome.plan.notices)
        assert names(bench, board)[0][1][0] == (f"A{number}", ["a1", f"a2 of {number}", "g1"])
        assert bench.plan(board=board).changes == ()
    for board in (first, second):
        card = next(
            row
            for row in bench.double.cards.values()
            if bench.double.lists[row["idList"]]["idBoard"] == board and row["name"] == "D"
        )
        card["name"] = f"Mine on {board}"
    for board in (first, second, first):
        bench.push(board=board)
        assert names(bench, board)[1][1][0][0] == f"Mine on {board}"
