"""Entries that were retitled and moved keep their objects on the board, with the ticks and comments on them."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from boards import Bench
from roadmaps import roadmap
from trello_double import Killed

from roadpress.exporters.boards.model.board import ObjectKey
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.boards.planning.changes import Action
from roadpress.exporters.boards.planning.state import load_state
from roadpress.exporters.boards.sync import Settings, SyncResult, read_matched, remember_ticks

TABLES = ("lists", "cards", "checklists", "items")


class Story:
    """A roadmap that was pushed; people then worked with its board."""

    def __init__(self, folder: Path, sections: str) -> None:
        self.it = Bench(folder, roadmap(sections))
        self.it.push()
        self.was = self.names()

    def names(self) -> dict[str, str]:
        """Return the name of everything on the board by its id."""
        return {id_: row["name"] for table in TABLES for id_, row in getattr(self.it.double, table).items()}

    def work(self, *names: str) -> list[dict[str, Any]]:
        """Tick items and comment cards, and return them."""
        found = []
        for name in names:
            if name in [item["name"] for item in self.it.double.items.values()]:
                found.append(self.it.person.item(name))
                self.it.person.tick(found[-1])
            else:
                found.append(self.it.person.card(name))
                found[-1]["comments"] = 3
        return found

    def goes_on(self, sections: str, **policy: bool) -> SyncResult:
        self.it.show(roadmap(sections))
        outcome = self.it.push(**policy)
        assert self.it.plan().changes == ()
        assert self.it.push().done == []
        recorded = [record.id for record in load_state(self.it.state_file).records.values()]
        assert len(recorded) == len(set(recorded))
        return outcome

    def keeps_all(self, sections: str) -> SyncResult:
        """Push an edit after which everything on the board is still what it was, and nothing else is there."""
        outcome = self.goes_on(sections)
        assert self.names().keys() == self.was.keys()
        assert "left the roadmap" not in str(outcome.plan.notices)
        return outcome

    def place(self, item: dict[str, Any]) -> tuple[str, str]:
        """Return the card and the checklist that hold an item."""
        checklist = self.it.double.checklists[item["idChecklist"]]
        return self.it.double.cards[checklist["idCard"]]["name"], checklist["name"]

    def column(self, card: dict[str, Any]) -> str:
        return self.it.double.lists[card["idList"]]["name"]


def test_a_leaf_that_was_retitled_and_moved_to_another_section(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        """
        - title: First
          topics: [{title: A, items: [Window functions in SQL, a2, a3]}, Normal forms of tables]
        - title: Second
          topics: [{title: B, items: [b1, b2]}, c]
        """,
    )
    item, card = story.work("Window functions in SQL", "Normal forms of tables")
    outcome = story.keeps_all(
        """
        - title: First
          topics: [{title: A, items: [a2, a3]}]
        - title: Second
          topics: [{title: B, items: [b1, b2, Window functions of SQL]}, c, The normal forms of tables]
        """
    )
    assert (item["name"], item["state"], story.place(item)) == (
        "Window functions of SQL",
        "complete",
        ("B", "Checklist"),
    )
    assert (card["name"], card["comments"], story.column(card)) == ("The normal forms of tables", 3, "Second")
    assert "'Window functions in SQL' is now 'Window functions of SQL': its item was kept" in str(outcome.plan.notices)


def test_a_section_retitled_with_one_of_its_leaves(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        """
        - title: Two
          topics: [{title: T, items: [x, Learn joins, y]}, U]
        - {title: Three, topics: [V]}
        """,
    )
    item, card = story.work("Learn joins", "U")
    outcome = story.keeps_all(
        """
        - title: Something else
          topics: [{title: T, items: [x, "Learn joins well, my way", y]}, U]
        - {title: Three, topics: [V]}
        """
    )
    assert (item["name"], item["state"]) == ("Learn joins well, my way", "complete")
    assert (story.column(card), card["comments"]) == ("Something else", 3)
    assert "'Two' is now 'Something else': its list was kept" in str(outcome.plan.notices)
    assert {(change.ref.kind, *change.fields) for change in outcome.done} == {
        ("list", "name"),
        ("item", "name"),
        ("card", "marker"),
    }


def test_a_group_put_above_leaves(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [x, y, z]}, U]}")
    (item,) = story.work("y")
    story.keeps_all("- {title: S, topics: [{title: T, items: [{title: Week 1, items: [x, y, z]}]}, U]}")
    assert (item["state"], story.place(item)) == ("complete", ("T", "Week 1"))


def test_a_section_put_above_topics(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [x, y]}, {title: U, items: [v, w]}]}")
    item, card = story.work("y", "U")
    outcome = story.goes_on(
        "- {title: S, topics: [{title: T, items: [x, y]}]}\n- {title: More, topics: [{title: U, items: [v, w]}]}"
    )
    assert [change.ref for change in outcome.done if change.action is Action.CREATE] == [ObjectKey("list", "more")]
    assert (item["state"], story.column(card), card["comments"]) == ("complete", "More", 3)


def test_of_two_namesakes_the_one_that_stays_keeps_its_own(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        "- {title: S, topics: [{title: T, items: [a, Exercise, b, Exercise, c]}, {title: Exercise, items: [q]}]}",
    )
    first, second = (item for item in story.it.double.items.values() if item["name"] == "Exercise")
    story.it.person.tick(second)
    story.it.person.card("Exercise")["comments"] = 1
    outcome = story.goes_on(
        "- {title: S, topics: [{title: T, items: [a, b, Exercise, c]}, {title: Exercise, items: [q]}]}"
    )
    assert outcome.done == []
    state = load_state(story.it.state_file)
    assert state.records[ObjectKey("item", "s/t/exercise")].id == second["id"]
    assert "1 object left the roadmap" in str(outcome.plan.notices)
    story.goes_on(
        "- {title: S, topics: [{title: T, items: [a, b, Exercise, c]}, {title: Exercise, items: [q]}]}", prune=True
    )
    assert (first["id"] in story.it.double.items, second["id"] in story.it.double.items) == (False, True)


def test_was_on_a_section_carries_all_below_it(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        """
        - {title: Old, summary: Why, topics: [{title: T, items: [x, y, {title: G, items: [x, y]}]}, Read]}
        - {title: Other, topics: [{title: T, items: [x, y, {title: G, items: [x, y]}]}, Read]}
        """,
    )
    item = next(iter(story.it.double.items.values()))
    story.it.person.tick(item)
    story.keeps_all(
        """
        - {title: Other, topics: [{title: T, items: [x, y, {title: G, items: [x, y]}]}, Read]}
        - title: New
          was: [old]
          summary: Quite another reason
          topics: [{title: T, items: [x, y, {title: G, items: [x, y]}]}, Read]
        """
    )
    assert item["state"] == "complete"
    assert story.column(story.it.double.cards[story.it.double.checklists[item["idChecklist"]]["idCard"]]) == "New"
    assert "Quite another reason" in [card["name"] for card in story.it.double.cards.values()]


def test_markdown_dropped_from_a_title(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        """
        - title: S
          topics:
            - {title: "**Bold** topic", items: ["**Bold** entry", "`code` and [a link](https://example.org)", other]}
            - T
        """,
    )
    bold, link, card = story.work("**Bold** entry", "`code` and [a link](https://example.org)", "Bold topic")
    outcome = story.keeps_all(
        "- {title: S, topics: [T, {title: Bold topic, items: [other, code and a link, Bold entry]}]}"
    )
    assert [(item["name"], item["state"]) for item in (bold, link)] == [
        ("Bold entry", "complete"),
        ("code and a link", "complete"),
    ]
    assert card["comments"] == 3
    assert not outcome.plan.notices  # none of it was a guess


def test_a_topic_moved_below_another_section_with_a_reworded_title_takes_its_group_along(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        """
        - {title: One, topics: [{title: Databases, items: [p, {title: Queries, items: [q1, q2]}]}, A]}
        - {title: Two, topics: [B]}
        """,
    )
    item, card = story.work("q2", "Databases")
    story.keeps_all(
        """
        - {title: One, topics: [A]}
        - {title: Two, topics: [B, {title: All about data, items: [p, {title: Asking, items: [q1, q2]}]}]}
        """
    )
    assert (story.place(item), item["state"]) == (("All about data", "Asking"), "complete")
    assert (story.column(card), card["comments"]) == ("Two", 3)


def test_a_group_that_moves_to_another_topic_has_a_checklist_there(tmp_path: Path) -> None:
    """Trello does not move checklists; their items move."""
    before = """
        - title: S
          topics:
            - {title: A, items: [a, {title: Group, id: g, items: [x, y]}]}
            - {title: B, items: [b]}
        """
    after = """
        - title: S
          topics:
            - {title: A, items: [a]}
            - {title: B, items: [b, {title: Group, id: g, items: [x, y]}]}
        """
    story = Story(tmp_path, before)
    (item,) = story.work("y")
    outcome = story.goes_on(after)
    assert (story.place(item), item["state"]) == (("B", "Group"), "complete")
    assert "1 object left the roadmap" in str(outcome.plan.notices)
    story.goes_on(after, prune=True)
    assert sorted(row["name"] for row in story.it.double.checklists.values()) == ["Checklist", "Checklist", "Group"]
    story.goes_on(before)
    assert (story.place(item), item["state"]) == (("A", "Group"), "complete")


def test_another_entry_whose_derived_id_is_the_same(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [C, b]}, U]}")
    (item,) = story.work("C")
    outcome = story.goes_on("- {title: S, topics: [{title: T, items: [b, C++, C#, new]}, U]}")
    assert (item["name"], item["state"]) == ("C", "complete")
    assert "1 object left the roadmap" in str(outcome.plan.notices)
    assert sorted(row["name"] for row in story.it.double.items.values()) == ["C", "C#", "C++", "b", "new"]
    story.goes_on("- {title: S, topics: [{title: T, items: [b, C++, C, C#, new]}, U]}")
    assert len(story.it.double.items) == 5
    assert (item["name"], item["state"]) == ("C", "complete")


@pytest.mark.parametrize(
    "after",
    [
        "- {title: S, topics: [{title: T, items: [a]}, {title: Grown, items: [g1]}, U]}",  # an item became a card
        "- {title: S, topics: [{title: U, items: [{title: T, items: [a, Grown]}]}]}",  # a card became a checklist
        "- {title: S, topics: [U]}\n- {title: T, topics: [a, Grown]}",  # a card became a list, its items cards
        "- {title: R, topics: [{title: S, items: [{title: T, items: [a, Grown]}, U]}]}",  # a list became a card
    ],
)
def test_what_becomes_another_kind_is_made_and_the_old_one_stays(tmp_path: Path, after: str) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [a, Grown]}, U]}")
    item, card = story.work("Grown", "T")
    outcome = story.goes_on(after)
    assert story.was.keys() <= story.names().keys()
    assert (item["state"], card["comments"]) == ("complete", 3)
    assert "left the roadmap" in str(outcome.plan.notices)
    outcome = story.goes_on(after, prune=True)
    assert card["closed"] is False
    assert "Kept, for comments, ticks" in str(outcome.plan.notices)


def test_what_people_deleted_stays_deleted_when_it_moves_and_is_made_when_it_is_replaced(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [a, b, c]}, {title: U, items: [u, v, w]}]}")
    for name in ("b", "v"):
        del story.it.double.items[story.it.person.item(name)["id"]]
    story.goes_on("- {title: S, topics: [{title: T, items: [a, c]}, {title: U, items: [u, Other matter, w, b]}]}")
    assert sorted(row["name"] for row in story.it.double.items.values()) == ["Other matter", "a", "c", "u", "w"]


def test_a_card_that_people_moved_stays_there_when_its_list_is_retitled(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [A, B, C]}\n- {title: Other, topics: [D]}")
    row = story.it.person.add_list(story.it.board["id"], "Doing")
    card = story.it.person.card("B")
    card["idList"] = row["id"]
    story.goes_on("- {title: Basics, topics: [A, B, C]}\n- {title: Other, topics: [D]}")
    assert story.column(card) == "Doing"
    assert story.column(story.it.person.card("A")) == "Basics"


def test_a_persons_own_objects_are_never_taken_for_likeness(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [a, b]}, U]}")
    card = story.it.person.add_card(next(iter(story.it.double.lists.values())), "Learn joins")
    item = story.it.person.add_item(next(iter(story.it.double.checklists.values())), "Window function")
    mine = story.it.person.add_list(story.it.board["id"], "more")
    story.goes_on(
        "- {title: S, topics: [{title: T, items: [a, b, Window functions]}, U, Learn joins]}\n- {title: More, topics: [x]}"
    )
    assert (card["desc"], item["name"], mine["name"]) == ("", "Window function", "more")
    assert sorted(row["name"] for row in story.it.double.lists.values() if row["name"] != NAME) == ["More", "S", "more"]
    assert [row["name"] for row in story.it.double.cards.values()].count("Learn joins") == 2


def test_a_pull_between_edit_and_push_changes_nothing_of_it(tmp_path: Path) -> None:
    before = "- {title: S, topics: [{title: T, items: [a, b]}, U]}\n- {title: Z, topics: [{title: Y, items: [p, q]}]}"
    after = (
        "- {title: Z, topics: [{title: Y, items: [p, q]}]}\n"
        "- {title: Quite new, was: [s], topics: [{title: Likewise, was: [s/t], items: [a, b]}, U]}"
    )
    story = Story(tmp_path, before)
    item, card = story.work("b", "T")
    story.it.show(roadmap(after))
    for _ in range(2):
        matched, _, _ = read_matched(story.it.wanted, story.it.calls(), story.it.state_file, Settings())
        remember_ticks(matched, story.it.state_file, now=datetime(2027, 1, 6, tzinfo=timezone.utc))
    story.keeps_all(after)
    assert (item["state"], card["name"], story.column(card)) == ("complete", "Likewise", "Quite new")


@pytest.mark.parametrize("before", [True, False])
def test_a_kill_amid_retitling_and_another_edit_after_it(tmp_path: Path, before: bool) -> None:
    source = "- {title: S, topics: [{title: T, items: [a, Learn of joins, c]}, U]}\n- {title: Z, topics: [z]}"
    edit = "- {title: Basics, topics: [N, {title: T, items: [a, Quite other, c]}, U]}\n- {title: Z, topics: [z]}"
    later = (
        "- {title: Ground, topics: [N, {title: T, items: [new, a, Quite another, c]}, U]}\n- {title: Z, topics: [z]}"
    )
    for number in range(2, 8):
        (tmp_path / str(number)).mkdir()
        story = Story(tmp_path / str(number), source)
        (item,) = story.work("Learn of joins")
        story.it.show(roadmap(edit))
        with pytest.raises(Killed):
            story.it.push(kill=number, kill_before=before)
        story.goes_on(later)
        assert (item["name"], item["state"]) == ("Quite another", "complete")
        assert story.it.sizes()["cards"] == 4
        assert story.it.sizes()["items"] == 4
        assert story.it.sizes()["lists"] == 2


def test_a_lost_state_file_and_a_retitled_section(tmp_path: Path) -> None:
    story = Story(tmp_path, "- {title: S, topics: [{title: T, items: [a, b]}, U]}\n- {title: Z, topics: [z]}")
    item, card = story.work("b", "U")
    story.it.state_file.unlink()
    story.it.show(roadmap("- {title: Basics, topics: [{title: T, items: [a, b]}, U]}\n- {title: Z, topics: [z]}"))
    story.it.push(board=story.it.board["url"], ours=True)
    assert story.names().keys() == story.was.keys()
    assert story.column(card) == "Basics"
    assert (item["state"], card["comments"]) == ("complete", 3)
    assert card["desc"].endswith("`roadpress:basics/u`")
    assert story.it.plan().changes == ()
