"""Which entry is which: the cases that the page's script is held to as well, and laws over random outlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from outlines import CASES, outline_of_rows, outlines

from roadpress.core.identity.matching import Rule, match
from roadpress.core.identity.outline import TOP, Entry


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict) -> None:
    found = match(outline_of_rows(case["old"]), outline_of_rows(case["new"]))
    olds, news = [row[0] for row in case["old"]], [row[0] for row in case["new"]]
    assert {olds[old]: news[new] for old, new in found.pairs.items()} == case["pairs"]
    assert [key for place, key in enumerate(olds) if place not in found.pairs] == case["gone"]
    assert [key for place, key in enumerate(news) if place not in found.origins] == case["added"]


@given(outlines())
def test_every_outline_matches_itself_whatever_became_of_its_ids(outline: tuple[Entry, ...]) -> None:
    renamed = tuple(entry._replace(id=f"other/{entry.id}") for entry in outline)
    assert match(outline, renamed).pairs == {place: place for place in range(len(outline))}


@given(outlines(), outlines())
def test_nothing_is_matched_twice_and_doubts_are_unmatched(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    found = match(old, new, surest=Rule.ALIKE)
    assert len(set(found.pairs.values())) == len(found.pairs) == len(found.rules)
    assert max(found.rules.values(), default=Rule.ID) <= Rule.ALIKE
    for there, here in found.doubts:
        assert there not in found.pairs
        assert here not in found.origins


@given(outlines(), outlines())
def test_matching_is_the_same_every_time(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    assert match(old, new) == match(old, new)


@given(outlines(), outlines())
def test_nothing_is_left_that_a_second_look_would_find(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    found = match(old, new)
    assert match(old, new, known=found.pairs).pairs == found.pairs


def test_namesakes_that_changed_places_are_told_by_what_they_hold() -> None:
    def group(*leaves: str) -> list[list[object]]:
        return [["-", 2, "Exercises", {}], *([leaf, 3, leaf, {}] for leaf in leaves)]

    top = ["s", 1, "Section", {}]
    old = outline_of_rows([top, *group("loops", "lists", "old"), *group("joins", "views")])
    new = outline_of_rows([top, *group("joins", "views", "new"), *group("loops", "lists")])
    assert {1: 5, 5: 1}.items() <= match(old, new).pairs.items()


@given(outlines(), outlines())
def test_a_title_that_is_there_once_on_each_side_is_found(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    bare = tuple(entry._replace(links=()) for entry in old), tuple(entry._replace(links=()) for entry in new)
    found = match(*bare)
    for place, entry in enumerate(old):
        same = [other.title for other in new].count(entry.title)
        if same == 1 == [other.title for other in old].count(entry.title):
            assert place in found.pairs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("Calculus 1", "Calculus 2"),
        ("Week 1", "Week 4"),
        ("Year 2021 recap", "Year 2022 recap"),
    ],
)
def test_what_only_looks_alike_is_another(old: str, new: str) -> None:
    kept = Entry("Something that stays")
    outlines_ = (kept, Entry(old, 0)), (kept, Entry("Put before", 0), Entry(new, 0))
    assert 1 not in match(*outlines_).pairs


def test_long_titles_are_compared_whole() -> None:
    long = "a long sentence about " + "everything and nothing that one could say of it " * 6
    old = (Entry("A", TOP), Entry(long + "at the end of the day", 0), Entry("b", 0))
    new = (Entry("A", TOP), Entry("x", 0), Entry(long + "in the end", 0), Entry("b", 0))
    assert match(old, new).pairs[1] == 2


def test_an_entry_new_below_a_group_that_moved_is_new() -> None:
    old = outline_of_rows([["s", 1, "Sites", {}], ["a", 2, "a", {}], ["m", 1, "Misc", {}], ["o", 2, "one", {}]])
    new = outline_of_rows(
        [["s", 1, "Sites", {}], ["a", 2, "a", {}], ["m", 2, "Misc", {}], ["o", 3, "one", {}], ["n", 3, "new", {}]]
    )
    found = match(old, new)
    assert found.pairs == {0: 0, 1: 1, 2: 2, 3: 3}
