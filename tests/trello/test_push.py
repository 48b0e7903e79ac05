"""Pushing: what a first push makes, what a second one leaves alone, what an edit changes."""

from pathlib import Path
from typing import Any

import pytest
from boards import BASE_CALLS, TODAY, Bench
from roadmaps import roadmap
from trees import wide

from roadpress.core import text
from roadpress.core.errors import ExitCode, UndecidedError
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot.current import snapshot_of
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.changes import Action
from roadpress.exporters.boards.planning.planner import plan_new
from roadpress.exporters.boards.planning.report import change_line, plan_text, summary
from roadpress.exporters.boards.planning.state import SyncState
from roadpress.exporters.trello.api import client


@pytest.fixture
def brief(tmp_path: Path, root: Path) -> Bench:
    bench = Bench(tmp_path, load(root / "roadmap.yaml"))
    bench.show(snapshot_of(root / "roadmap.yaml", today=TODAY))
    return bench


def bench(tmp_path: Path, sections: str, head: str = "") -> Bench:
    return Bench(tmp_path, roadmap(sections, head))


THREE = """
- title: Basics
  id: basics
  topics:
    - title: One
      id: one
      items: [a, b, c]
    - title: Two
      id: two
    - title: Three
      id: three
"""


def names(rows: dict[str, dict[str, Any]]) -> list[str]:
    return [row["name"] for row in sorted(rows.values(), key=lambda row: row["pos"]) if row["name"] != NAME]


def test_first_push_takes_one_call_an_object_and_the_second_none(brief: Bench) -> None:
    sizes = brief.wanted.sizes()
    outcome = brief.push()
    reads = [entry for entry in brief.double.log if entry.method == "GET"]
    assert len(brief.double.writes) == 1 + sum(sizes.values()) + BASE_CALLS
    assert len(reads) <= 3
    assert len(outcome.done) == len(brief.double.writes) - BASE_CALLS
    assert brief.double.refused == 0
    made = len(brief.double.log)

    again = brief.push()

    assert again.done == []
    assert [entry.method for entry in brief.double.log[made:]] == ["GET"]
    assert brief.plan().changes == ()


def test_every_word_of_the_roadmap_is_on_the_board(brief: Bench, root: Path) -> None:
    brief.push()
    said = str(brief.shown()) + brief.board["name"] + brief.board["desc"]
    said = said.replace("`", "").replace("**", "").replace("\\\\", "\\")
    source: Roadmap = load(root / "roadmap.yaml")
    for node in source.walk():
        for words in (node.title, node.summary, node.notes):
            assert text.plain(words) in said
        assert node.icon in said
    assert source.description.strip() in said


def test_pace_stays_under_the_allowance(brief: Bench) -> None:
    begin = brief.clock.now
    brief.push()
    assert brief.double.refused == 0
    assert (brief.clock.now - begin) < len(brief.double.log) / 8


def test_offline_plan_is_the_first_push(brief: Bench) -> None:
    offline = plan_new(brief.wanted, SyncState())
    outcome = brief.push()
    assert [change_line(change) for change in offline.changes] == [change_line(change) for change in outcome.done]
    shown = plan_text(offline)
    assert "+ list 🎯 ML for Frontend Developers" in shown
    assert shown.endswith("at Trello's rate.")
    backwards = offline.changes[::-1]
    assert sorted(backwards) == list(offline.changes)


def test_an_edit_changes_only_what_it_touches(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE)
    it.push()
    it.show(roadmap(THREE.replace("title: Two", "title: Second\n      notes: Why")))
    plan = it.plan()
    assert [(change.action, change.ref.key, set(change.fields)) for change in plan.changes] == [
        (Action.UPDATE, "two", {"name", "desc"})
    ]
    it.push()
    assert names(it.double.cards) == ["One", "Second", "Three"]
    assert it.person.card("Second")["desc"] == "Why\n\n`roadpress:two`"
    assert it.plan().changes == ()


def test_a_reordering_takes_the_fewest_moves(tmp_path: Path) -> None:
    topics = [f"    - {{title: T{number}, id: t{number}}}" for number in range(8)]
    it = bench(tmp_path, "\n".join(["- title: S", "  topics:", *topics]))
    it.push()
    it.show(roadmap("\n".join(["- title: S", "  topics:", *topics[1:], topics[0]])))
    (change,) = it.plan().changes
    assert (change.action, change.ref.key, set(change.fields)) == (Action.MOVE, "t0", {"pos"})
    it.push()
    assert names(it.double.cards) == [f"T{n}" for n in (1, 2, 3, 4, 5, 6, 7, 0)]
    assert it.plan().changes == ()


def test_what_is_new_goes_to_its_place(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE)
    it.push()
    it.show(roadmap(THREE.replace("items: [a, b, c]", "items: [a, a2, b, c, d]")))
    it.push()
    assert names(it.double.items) == ["a", "a2", "b", "c", "d"]
    assert it.plan().changes == ()


def test_a_topic_moves_to_another_list(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE + "\n- title: More\n  id: more\n  topics: [Last]\n")
    it.push()
    card = it.person.card("Two")
    moved = THREE.replace("    - title: Two\n      id: two\n", "")
    it.show(roadmap(moved + "\n- title: More\n  id: more\n  topics:\n    - {title: Two, id: two}\n    - Last\n"))
    assert summary(it.plan()).startswith("1 to move: 1 call")
    it.push()
    assert it.double.cards[card["id"]]["idList"] == next(
        row["id"] for row in it.double.lists.values() if row["name"] == "More"
    )
    assert it.plan().changes == ()


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("- title: S\n  topics:\n    - title: Old name\n      items: [a, b]\n    - Other", "Old name -> New name"),
        ("- title: S\n  topics:\n    - title: T\n      items: [a, old words, b]", "old words -> other words"),
        ("- title: Old section\n  topics:\n    - title: T\n      items: [a, b]\n    - U", "Old section -> New section"),
    ],
)
def test_a_renamed_node_keeps_its_card_and_items(tmp_path: Path, then: str, now: str) -> None:
    it = bench(tmp_path, then)
    it.push()
    ids = {*it.double.cards, *it.double.lists, *it.double.items}
    before, after = now.split(" -> ")
    it.show(roadmap(then.replace(before, after)))
    outcome = it.push()
    assert {*it.double.cards, *it.double.lists, *it.double.items} == ids
    assert all(change.action is Action.UPDATE for change in outcome.done)
    assert any(after in str(notice) for notice in outcome.plan.notices)
    assert it.plan().changes == ()


def test_was_keeps_a_card_wherever_it_goes(tmp_path: Path) -> None:
    it = bench(
        tmp_path, "- title: S\n  topics:\n    - title: A\n      id: a\n      items: [x, y]\n- title: Z\n  topics: [q]"
    )
    it.push()
    card = it.person.card("A")
    it.show(
        roadmap(
            "- title: S\n- title: Z\n  topics:\n    - q\n    - title: Entirely other\n      id: b\n      was: [a]\n"
            "      items: [y, x]"
        )
    )
    it.push()
    assert it.double.cards[card["id"]]["name"] == "Entirely other"
    assert it.double.cards[card["id"]]["desc"].endswith("`roadpress:b`")
    assert names(it.double.items) == ["y", "x"]
    assert it.plan().changes == ()


def test_needs_become_links_to_cards(tmp_path: Path) -> None:
    sections = "- title: S\n  topics:\n    - {title: Later, id: later, needs: [first]}\n    - {title: First, id: first}"
    it = bench(tmp_path, sections)
    it.push()
    first = it.person.card("First")
    url = next(card.url for card in it.calls().board(it.board["id"])[0].cards if card.id == first["id"])
    assert f"Needs:\n- [First]({url})" in it.person.card("Later")["desc"]
    assert len(it.double.writes) == 1 + 1 + 2 + BASE_CALLS
    assert it.plan().changes == ()


def test_a_circle_of_needs_between_cards_still_ends(tmp_path: Path) -> None:
    it = bench(
        tmp_path,
        "- title: S\n  topics:\n"
        "    - {title: A, items: [{title: a1, id: a1, needs: [b2]}, {title: a2, id: a2}]}\n"
        "    - {title: B, items: [{title: b1, id: b1, needs: [a2]}, {title: b2, id: b2}]}",
    )
    it.push()
    assert it.plan().changes == ()


def test_a_lost_state_file_is_rebuilt_from_the_board(brief: Bench) -> None:
    brief.push()
    shown, sizes = brief.shown(), brief.sizes()
    brief.state_file.unlink()
    with pytest.raises(UndecidedError) as caught:
        brief.push()
    assert brief.board["url"] in str(caught.value)
    assert caught.value.exit_code is ExitCode.UNDECIDED
    outcome = brief.push(board=brief.board["url"])
    assert outcome.done == []
    assert (brief.shown(), brief.sizes()) == (shown, sizes)
    assert brief.plan().changes == ()


def test_a_foreign_board_keeps_what_it_has(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE)
    made = it.calls().create("board", "", {"name": "Mine", "desc": "My words", "visibility": "private"})
    row = it.person.add_list(made["id"], "Basics")
    card = it.person.add_card(row, "My own")
    it.push(board=made["url"])
    assert (it.board["name"], it.board["desc"]) == ("Mine", "My words")
    assert it.sizes()["lists"] == 1
    assert it.double.cards[card["id"]]["name"] == "My own"
    assert it.plan().changes == ()


def test_board_new_makes_another(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE)
    it.push()
    it.push(board="new")
    assert len(it.double.boards) == 2
    it.push()
    assert len(it.double.boards) == 2


def test_a_closed_or_missing_board_needs_a_person(tmp_path: Path) -> None:
    it = bench(tmp_path, THREE)
    it.push()
    it.board["closed"] = True
    with pytest.raises(UndecidedError, match="closed"):
        it.push()
    it.double.boards.clear()
    with pytest.raises(UndecidedError, match="not there"):
        it.plan()


def test_a_board_too_large_for_one_read_is_read_in_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PAGE", 20)
    it = Bench(tmp_path, wide(225, topic=5, sections=3), nested_cards=30, allowance=10**6)
    it.push()
    assert it.sizes()["cards"] == 45
    assert it.plan().changes == ()
    assert [entry.query.get("before", "") != "" for entry in it.double.log[-3:]] == [False, True, True]
