"""What both sides changed stays listed until somebody settles it, whole or for one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from boards import Bench, replaced
from roadmaps import roadmap
from trello_double import Killed

ROADMAP = """
- title: S
  id: s
  topics:
    - {title: A, id: a, tags: [web], notes: Our words, items: [{title: a1, id: a1}, {title: a2, id: a2}]}
    - {title: B, id: b, tags: [web], items: [{title: b1, id: b1}]}
    - {title: C, id: c}
- title: T
  id: t
  topics: [{title: D, id: d}]
"""
TAGS = "tags: {web: {title: Web}}"


@pytest.fixture
def it(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path, roadmap(ROADMAP, TAGS))
    bench.push()
    return bench


def show(it: Bench, *changes: tuple[str, str]) -> None:
    it.show(roadmap(replaced(ROADMAP, *changes), TAGS))


OURS = (("title: A,", "title: A of ours,"), ("title: b1", "title: b1 of ours"))


@pytest.fixture
def differing(it: Bench) -> Bench:
    """A board on which a card and an item are called otherwise than in the roadmap, both renamed on both sides."""
    it.person.card("A")["name"] = "A of theirs"
    it.person.item("b1")["name"] = "b1 of theirs"
    show(it, *OURS)
    assert "changed on both sides" in str(it.push().plan.notices)
    return it


def unsettled(it: Bench) -> str:
    return " ".join(notice for notice in it.plan().notices if "not settled" in notice)


def test_a_difference_stays_listed_by_name_and_number(differing: Bench) -> None:
    for _ in range(2):
        assert "1.1 'A of ours' (name)" in unsettled(differing)
        assert "1.2.1 'b1 of ours' (name)" in unsettled(differing)
        assert differing.push().done == []


def test_a_lost_state_does_not_settle_it(differing: Bench) -> None:
    differing.state_file.unlink()
    differing.push(board=differing.board["url"])
    assert "1.1 'A of ours'" in unsettled(differing)
    assert "b1 of ours" in unsettled(differing)


def test_ours_settles_it_later(differing: Bench) -> None:
    assert len(differing.push(ours=True).done) == 2
    assert differing.person.card("A of ours")
    assert differing.person.item("b1 of ours")
    assert differing.plan().notices == ()
    assert differing.plan().changes == ()


def test_theirs_settles_it_later(differing: Bench) -> None:
    assert differing.push(theirs=True).done == []
    assert differing.person.card("A of theirs")
    assert differing.plan().notices == ()
    show(differing, *OURS, ("title: D", "title: D anew"))
    assert len(differing.push(ours=True).done) == 1


def test_one_place_is_settled_and_the_others_stay(differing: Bench) -> None:
    differing.push(ours_at=frozenset({"a", "a1", "a2"}))
    assert differing.person.card("A of ours")
    assert "A of ours" not in unsettled(differing)
    assert "b1 of ours" in unsettled(differing)
    differing.push(theirs_at=frozenset({"b", "b1"}))
    assert differing.person.item("b1 of theirs")
    assert unsettled(differing) == ""


def test_what_becomes_equal_by_itself_is_settled(differing: Bench) -> None:
    differing.person.card("A of theirs")["name"] = "A of ours"
    show(differing, OURS[0], ("title: b1", "title: b1 of theirs"))
    differing.push()
    assert unsettled(differing) == ""


def test_ours_at_a_place_decides_when_it_happens(it: Bench) -> None:
    it.person.card("A")["name"] = "A of theirs"
    it.person.item("b1")["name"] = "b1 of theirs"
    show(it, *OURS)
    outcome = it.push(ours_at=frozenset({"b", "b1"}))
    assert it.person.item("b1 of ours")
    assert it.person.card("A of theirs")
    assert "'A of ours' (name)" in str(outcome.plan.notices)
    assert "b1 of ours" not in str(outcome.plan.notices)


def test_places_and_orders_are_settled_later_too(it: Bench) -> None:
    lists = {row["name"]: row["id"] for row in it.double.lists.values()}
    third = it.person.add_list(it.board["id"], "Mine")
    it.person.card("C")["idList"] = third["id"]
    it.person.card("B")["pos"] = 1
    show(
        it,
        ("    - {title: C, id: c}\n", ""),
        ("topics: [{title: D, id: d}]", "topics: [{title: D, id: d}, {title: C, id: c}]"),
        ("    - {title: B, id: b, tags: [web], items: [{title: b1, id: b1}]}\n", ""),
        ("    - {title: A,", "    - {title: B, id: b, tags: [web], items: [{title: b1, id: b1}]}\n    - {title: A,"),
    )
    it.person.card("A")["pos"] = 0.5
    it.push()
    assert it.person.card("C")["idList"] == third["id"]
    assert "'C' (list)" in unsettled(it)
    it.push(ours=True)
    assert it.person.card("C")["idList"] == lists["T"]
    assert unsettled(it) == ""
    assert it.plan().changes == ()


def test_what_was_deleted_is_made_again_for_one_place(it: Bench) -> None:
    for name in ("A", "B"):
        it.person.delete_card(it.person.card(name))
    it.push()
    it.push(ours_at=frozenset({"b", "b1"}))
    names = [card["name"] for card in it.double.cards.values()]
    assert "B" in names
    assert "A" not in names
    assert it.person.item("b1")
    assert it.plan().changes == ()


@pytest.mark.parametrize("kill", [0, 3])
def test_a_label_that_ours_makes_again_is_on_its_cards_again(it: Bench, kill: int) -> None:
    (label,) = it.double.labels
    del it.double.labels[label]
    for card in it.double.cards.values():
        card["idLabels"] = [id_ for id_ in card["idLabels"] if id_ != label]
    it.push()
    assert it.double.labels == {}
    if kill:
        with pytest.raises(Killed):
            it.push(ours=True, kill=kill)
        it.push()
    else:
        it.push(ours=True)
    (label,) = it.double.labels
    assert it.person.card("A")["idLabels"] == [label]
    assert it.person.card("B")["idLabels"] == [label]
    assert it.plan().changes == ()


def test_a_second_change_of_the_roadmap_does_not_overwrite_what_people_won(differing: Bench) -> None:
    show(differing, ("title: A,", "title: A of ours too,"), ("title: b1", "title: b1 of ours too"))
    assert "A of ours too" in str(differing.push().plan.notices)
    assert differing.person.card("A of theirs")
    assert differing.person.item("b1 of theirs")
    assert len(differing.push(ours=True).done) == 2
    assert differing.person.card("A of ours too")
