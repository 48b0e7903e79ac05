"""People's work on the board is theirs."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from boards import Bench, replaced
from roadmaps import roadmap
from trello_double import Direct, Killed

from roadpress.core.errors import UndecidedError, UsageError
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.api.http import Answer
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.planning.changes import Action
from roadpress.exporters.boards.planning.state import load_state

ROADMAP = """
- title: S
  id: s
  topics:
    - title: A
      id: a
      notes: Our words
      tags: [web]
      due: 2027-03-01
      items: [{title: a1, id: a1}, {title: a2, id: a2}, {title: a3, id: a3}]
    - {title: B, id: b}
    - {title: C, id: c}
    - {title: D, id: d}
- title: T
  id: t
  topics: [{title: E, id: e}]
"""
TAGS = "tags: {web: {title: Web}, db: {title: Data}}"


@pytest.fixture
def it(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path, roadmap(ROADMAP, TAGS))
    bench.push()
    return bench


def show(it: Bench, *changes: tuple[str, str]) -> None:
    it.show(roadmap(replaced(ROADMAP, *changes), TAGS))


def cards(it: Bench, name: str = "S") -> list[str]:
    row = next(row for row in it.double.lists.values() if row["name"] == name)
    found = sorted((c for c in it.double.cards.values() if c["idList"] == row["id"]), key=lambda c: c["pos"])
    return [card["name"] for card in found if not card["closed"]]


def test_what_people_changed_stays_and_what_they_added(it: Bench) -> None:
    card = it.person.card("A")
    card.update(name="My name for it", desc="My words\n\n`roadpress:a`", due="2028-01-01T00:00:00.000Z")
    it.person.card("B")["closed"] = True
    row = next(iter(it.double.lists.values()))
    row["name"] = "My list"
    it.person.add_card(row, "Mine", pos=1)
    it.person.add_item(it.person.add_checklist(card, "Mine"), "my item")
    it.person.add_item(it.double.checklists[it.person.item("a1")["idChecklist"]], "my item, too", pos=20000)
    label = it.person.add_label(it.board["id"], "Mine", "red")
    card["idLabels"].append(label["id"])
    it.person.add_list(it.board["id"], "Mine", pos=3)
    it.person.tick(it.person.item("a2"))
    before = it.shown()
    assert it.push().done == []
    assert it.shown() == before

    show(it, ("a3, id: a3}", "a3, id: a3}, new"), ("{title: C, id: c}", "{title: C, id: c, notes: More}"))
    it.push()
    assert it.double.cards[card["id"]]["name"] == "My name for it"
    assert it.double.cards[card["id"]]["desc"].startswith("My words")
    assert label["id"] in card["idLabels"]
    assert it.person.item("a2")["state"] == "complete"
    assert cards(it, "My list") == ["Mine", "My name for it", "C", "D"]
    assert it.plan().changes == ()


@pytest.mark.parametrize("ours", [False, True])
def test_a_conflict_is_decided_and_told(it: Bench, ours: bool) -> None:
    card = it.person.card("A")
    card["name"] = "Theirs"
    show(it, ("title: A", "title: Ours"))
    outcome = it.push(ours=ours)
    assert it.double.cards[card["id"]]["name"] == ("Ours" if ours else "Theirs")
    assert any("changed on both sides" in notice for notice in outcome.plan.notices) is not ours
    assert it.plan().changes == ()
    show(it, ("title: A", "title: Third"))
    it.push()
    assert it.double.cards[card["id"]]["name"] == ("Third" if ours else "Theirs"), "it is people's until it is settled"


def test_an_order_that_people_changed_stays(it: Bench) -> None:
    it.person.card("D")["pos"] = 5
    assert it.push().done == []
    show(it, ("    - {title: C, id: c}\n", "    - {title: C, id: c}\n    - {title: C2, id: c2}\n"))
    it.push()
    assert cards(it) == ["D", "A", "B", "C", "C2"]
    assert it.plan().changes == ()
    show(
        it,
        ("    - {title: B, id: b}\n    - {title: C, id: c}\n", "    - {title: C, id: c}\n    - {title: B, id: b}\n"),
    )
    outcome = it.push()
    assert "'S' (order)" in str(outcome.plan.notices)
    assert cards(it)[0] == "D"
    assert it.plan().changes == ()


def test_a_card_that_people_moved_stays_where_it_is(it: Bench) -> None:
    other = next(row["id"] for row in it.double.lists.values() if row["name"] == "T")
    it.person.card("B")["idList"] = other
    assert it.push().done == []
    show(it, ("{title: B, id: b}", "{title: B, id: b, notes: More}"))
    it.push()
    assert it.person.card("B")["idList"] == other
    assert it.person.card("B")["desc"].startswith("More")


def test_what_people_deleted_stays_deleted(it: Bench) -> None:
    it.person.delete_card(it.person.card("A"))
    del it.double.items[it.person.add_item(it.person.add_checklist(it.person.card("B"), "x"), "y")["id"]]
    outcome = it.push()
    assert outcome.done == []
    assert "deleted on the board" in str(outcome.plan.notices)
    it.push(ours=True)
    assert it.person.card("A")["desc"].startswith("Our words")
    assert cards(it) == ["A", "B", "C", "D"]
    assert it.plan().changes == ()


def test_a_copy_of_a_card_is_theirs(it: Bench) -> None:
    card = it.person.card("A")
    copy = it.person.add_card(it.double.lists[card["idList"]], "A", desc=card["desc"])
    show(it, ("title: A", "title: A two"))
    it.push()
    assert copy["name"] == "A"
    assert it.double.cards[card["id"]]["name"] == "A two"
    it.state_file.unlink()
    it.push(board=it.board["url"])
    assert copy["name"] == "A"


def test_ticks_are_never_taken_away(it: Bench) -> None:
    it.person.tick(it.person.item("a1"))
    it.person.complete(it.person.card("B"))
    it.push()
    it.push(ours=True)
    assert it.person.item("a1")["state"] == "complete"
    assert it.person.card("B")["dueComplete"] is True
    show(it, ("{title: a2, id: a2}", "{title: a2, id: a2, done: true}"))
    plan = it.plan()
    assert [(change.action, change.ref.key) for change in plan.changes] == [(Action.TICK, "a2")]
    it.push()
    it.person.tick(it.person.item("a2"), state="incomplete")
    assert it.push().done == []
    show(it)
    it.push()
    assert it.person.item("a1")["state"] == "complete"


def test_labels_are_merged(it: Bench) -> None:
    card = it.person.card("A")
    card["idLabels"].clear()
    assert it.push().done == []
    show(it, ("tags: [web]", "tags: [web, db]"))
    it.push()
    assert [it.double.labels[id_]["name"] for id_ in card["idLabels"]] == ["Data"]
    show(it, ("tags: [web]", "tags: []"))
    it.push()
    assert card["idLabels"] == []
    assert it.plan().changes == ()


def test_what_left_the_roadmap_stays_unless_pruned(it: Bench) -> None:
    show(it, ("    - {title: C, id: c}\n", ""), (", {title: a2, id: a2}", ""))
    outcome = it.push()
    assert outcome.done == []
    assert "2 objects left the roadmap" in str(outcome.plan.notices)
    outcome = it.push(prune=True)
    assert [change.action for change in outcome.done] == [Action.ARCHIVE, Action.ARCHIVE]
    assert it.person.card("C")["closed"] is True
    assert [item["name"] for item in it.double.items.values()] == ["a1", "a3"]
    assert it.plan(prune=True).changes == ()
    show(it)
    it.push()
    assert it.person.card("C")["closed"] is False
    assert cards(it) == ["A", "B", "C", "D"]
    assert it.plan().changes == ()


def test_pruning_spares_comments_ticks_and_additions(it: Bench) -> None:
    it.person.card("B")["comments"] = 2
    it.person.complete(it.person.card("C"))
    it.person.add_item(it.person.add_checklist(it.person.card("D"), "Mine"), "mine")
    it.person.tick(it.person.item("a2"))
    gone = [("    - {title: B, id: b}\n", ""), ("    - {title: C, id: c}\n", ""), ("    - {title: D, id: d}\n", "")]
    show(it, *gone, (", {title: a2, id: a2}", ""))
    outcome = it.push(prune=True)
    assert outcome.done == []
    assert all(name in str(outcome.plan.notices) for name in "BCD")
    it.push(prune=True, force=True)
    assert cards(it) == ["A"]
    assert it.sizes()["cards"] == 5


def test_pruning_spares_what_people_wrote(it: Bench) -> None:
    it.person.item("a2")["name"] = "call the library about this"
    it.person.card("B")["desc"] = "My words\n\n" + it.person.card("B")["desc"]
    it.person.card("C")["name"] = "Mine"
    it.person.card("D")["due"] = "2027-05-01T10:00:00.000Z"
    gone = [(f"    - {{title: {name}, id: {name.lower()}}}\n", "") for name in "BCD"]
    show(it, *gone, (", {title: a2, id: a2}", ""))
    outcome = it.push(prune=True)
    assert outcome.done == []
    told = str(outcome.plan.notices)
    assert all(name in told for name in ("call the library about this", "'B'", "'Mine'", "'D'"))
    it.push(prune=True, force=True)
    assert "call the library about this" not in [item["name"] for item in it.double.items.values()]


def test_what_pruning_deletes_is_kept_as_text(it: Bench) -> None:
    show(it, (", {title: a2, id: a2}", ""))
    it.push(prune=True)
    assert [item["name"] for item in it.double.items.values()] == ["a1", "a3"]
    assert load_state(it.state_file).removed == ["- [ ] a2"]
    show(it)
    it.push()
    assert [item["name"] for item in it.double.items.values() if item["name"] == "a2"] == ["a2"]
    assert load_state(it.state_file).removed == ["- [ ] a2"]


def test_what_is_deleted_on_the_board_is_named_once(it: Bench) -> None:
    it.person.delete_card(it.person.card("C"))
    assert "'C'" in str(it.push().plan.notices)
    assert it.push().plan.notices == ()
    assert "'C'" not in str(it.push().plan.notices)
    it.push(ours=True)
    assert it.person.card("C")["closed"] is False


def test_when_much_seems_to_be_gone_a_person_is_asked(tmp_path: Path) -> None:
    topics = ", ".join(f"{{title: T{number}, id: t{number}}}" for number in range(40))
    it = Bench(tmp_path, roadmap(f"- title: S\n  id: s\n  topics: [{topics}]"))
    it.push()
    for number in range(12):
        it.person.delete_card(it.person.card(f"T{number}"))
    writes = len(it.double.writes)
    with pytest.raises(UndecidedError, match="12 objects that were there seem to be gone"):
        it.push()
    assert len(it.double.writes) == writes
    it.push(force=True)
    assert it.push().plan.notices == ()


def test_what_is_made_where_nobody_sees_it_is_told(it: Bench) -> None:
    it.person.card("A")["closed"] = True
    next(row for row in it.double.lists.values() if row["name"] == "T")["closed"] = True
    show(
        it,
        ("{title: a2, id: a2}", "{title: a2, id: a2}, {title: a4, id: a4}"),
        ("{title: E, id: e}", "{title: E, id: e}, {title: F, id: f}"),
    )
    told = str(it.push().plan.notices)
    assert "1 new object goes into the archived card 'A'" in told
    assert "1 new object goes into the archived list 'T'" in told


def plan_of(rows: int, today: date, done: tuple[str, ...] = ()) -> Snapshot:
    topics = "\n".join(f"    - {{title: T{n}, id: t{n}, hours: 2}}" for n in range(rows))
    made = roadmap(f"- title: S\n  id: s\n  topics:\n{topics}", "pace: 10h/week\nstart: 2027-01-04")
    progress = Progress({name: Tick(on=today) for name in done})
    return Snapshot(made, progress, today, plan(made, progress, today=today))


def test_a_rolling_plan_does_not_flood_the_board(tmp_path: Path) -> None:
    it = Bench(tmp_path, roadmap("- S"))
    it.show(plan_of(60, date(2027, 1, 4)))
    it.push()
    for day, most in ((date(2027, 1, 5), 2), (date(2027, 1, 7), 2), (date(2027, 1, 8), 2)):
        it.show(plan_of(60, day, ("t0",)))
        assert len(it.push().done) <= most
        assert it.plan().changes == ()
    it.show(plan_of(60, date(2027, 1, 25), ("t0",)))
    assert len(it.push().done) > 50
    it.show(plan_of(60, date(2027, 1, 26), ("t0",)))
    assert it.push().done == []


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("", "2027-02-01T12:00:00.000Z"),
        ("Asia/Bangkok", "2027-02-01T10:00:00.000Z"),
        ("Pacific/Auckland", "2027-02-01T04:00:00.000Z"),
        ("Pacific/Honolulu", "2027-02-02T03:00:00.000Z"),
    ],
)
def test_a_date_is_that_day_where_people_look_at_it(zone: str, due: str) -> None:
    made = Snapshot.of(roadmap("- {title: S, topics: [{title: A, due: 2027-02-01}]}"), today=date(2027, 1, 1))
    assert wanted_board(made, zone=zone).lists[0].cards[0].due == due


def test_noon_is_the_same_day_from_hawaii_to_new_caledonia() -> None:
    made = Snapshot.of(roadmap("- {title: S, topics: [{title: A, due: 2027-02-01}]}"), today=date(2027, 1, 1))
    moment = datetime.fromisoformat(wanted_board(made).lists[0].cards[0].due.replace("Z", "+00:00"))
    assert {moment.astimezone(timezone(timedelta(hours=hours))).date() for hours in range(-12, 12)} == {
        date(2027, 2, 1)
    }


def test_dates_as_one_chooses(tmp_path: Path) -> None:
    made = plan_of(3, date(2027, 1, 4))
    assert all(card.due for card in wanted_board(made).lists[0].cards)
    assert not any(card.due for card in wanted_board(made, dates="fixed").lists[0].cards)
    with pytest.raises(UsageError, match="time zone"):
        wanted_board(made, zone="Mars/Olympus")


def test_pruning_a_third_of_the_board_needs_force(it: Bench) -> None:
    it.show(roadmap("- title: S\n  id: s\n  topics: [{title: B, id: b}]", TAGS))
    writes = len(it.double.writes)
    with pytest.raises(UndecidedError, match="more than a third"):
        it.push(prune=True)
    assert len(it.double.writes) == writes
    it.push(prune=True, force=True)
    assert cards(it) == ["B"]
    assert [row["closed"] for row in it.double.lists.values() if row["name"] == "T"] == [True]


def test_a_list_with_peoples_cards_is_not_pruned(it: Bench) -> None:
    row = next(row for row in it.double.lists.values() if row["name"] == "T")
    it.person.add_card(row, "Mine")
    show(it, ("- title: T\n  id: t\n  topics: [{title: E, id: e}]\n", ""))
    it.push(prune=True)
    assert row["closed"] is False
    assert cards(it, "T") == ["Mine"]


def test_a_kill_in_the_midst_of_a_reordering(it: Bench) -> None:
    rows = [f"    - {{title: {name}, id: {name.lower()}}}\n" for name in "BCD"]
    show(it, ("".join(rows), "".join(reversed(rows))))
    wanted = ["A", "D", "C", "B"]
    count = len(it.plan().changes)
    assert count == 2
    for number in range(2, count + 2):
        for before in (True, False):
            with pytest.raises(Killed):
                it.push(kill=number, kill_before=before)
            it.push()
            assert cards(it) == wanted
            assert it.plan().changes == ()
            show(it)
            it.push()
            show(it, ("".join(rows), "".join(reversed(rows))))


def test_a_card_deleted_during_the_push_is_left_out(it: Bench) -> None:
    show(it, ("title: B", "title: B two"), ("title: C", "title: C two"))
    plan = it.plan()
    assert len(plan.changes) == 2

    class Deleting(Direct):
        def __call__(self, *request: Any) -> Answer:
            if request[0] == "PUT" and "B two" in str(request[3]):
                it.person.delete_card(it.person.card("B"))
            return super().__call__(*request)

    outcome = it.push(send=Deleting(it.double))
    assert "was deleted on the board meanwhile" in str(outcome.notices)
    assert cards(it) == ["A", "C two", "D"]


def test_a_description_that_people_changed_stays_when_it_would_point_to_a_new_card(it: Bench) -> None:
    it.person.card("B")["desc"] = "Theirs\n\n`roadpress:b`"
    show(it, ("{title: B, id: b}", "{title: B, id: b, needs: [fresh]}\n    - {title: Fresh, id: fresh}"))
    outcome = it.push()
    assert "changed on both sides" in str(outcome.plan.notices)
    assert it.person.card("B")["desc"].startswith("Theirs")
    assert it.plan().changes == ()


def test_links_follow_a_card_that_is_made_again(it: Bench) -> None:
    linked = ("{title: B, id: b}", "{title: B, id: b, needs: [c]}")
    show(it, linked)
    it.push()
    before = it.person.card("B")["desc"]
    it.person.delete_card(it.person.card("C"))
    it.push(ours=True)
    after = it.person.card("B")["desc"]
    assert "[C](https://trello.com/c/" in after
    assert after != before
    assert it.plan().changes == ()


def test_a_section_leaves_and_its_topic_moves_on_without_a_group(it: Bench) -> None:
    topic = "{title: E, id: e, items: [e1, {title: G, items: [g1, g2]}]}"
    show(it, ("{title: E, id: e}", topic))
    it.push()
    show(
        it,
        ("- title: T\n  id: t\n  topics: [{title: E, id: e}]\n", ""),
        ("{title: D, id: d}", "{title: D, id: d}\n    - {title: E, id: e, items: [e1]}"),
    )
    it.push(prune=True, force=True)
    assert cards(it) == ["A", "B", "C", "D", "E"]
    assert [row["name"] for row in it.double.checklists.values() if row["idCard"] == it.person.card("E")["id"]] == [
        "Checklist"
    ]
    assert it.plan(prune=True).changes == ()
