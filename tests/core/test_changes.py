"""What changed between two roadmaps: each field, each move, each entry once."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roadmaps import roadmap, trees

from roadpress.core.history import diff
from roadpress.core.history.diff import NODE_STRUCTURE, ROADMAP_STRUCTURE, Difference, as_data, compare
from roadpress.core.history.diff_words import lines_of, summary
from roadpress.core.model import (
    DateRange,
    Hours,
    Kind,
    Link,
    LinkKind,
    Node,
    OptionValue,
    Pace,
    Roadmap,
    SourcePosition,
    Tag,
)

NODE_VALUES = {
    "notes": "Other notes",
    "tags": ("x",),
    "links": (Link("https://example.org"),),
    "hours": Hours(2, 4),
    "needs": ("a/one",),
    "due": date(2027, 1, 4),
    "kind": Kind.QUESTION,
    "optional": True,
    "done": True,
}
ROADMAP_VALUES = {
    "authors": ("Me",),
    "start": date(2027, 1, 4),
    "pace": Pace(8),
    "tags": MappingProxyType({"x": Tag("x", "X", "blue")}),
    "exports": MappingProxyType({"pdf": {"paper": OptionValue("a5", SourcePosition(1, 1), ("a5",))}}),
}
"""Another value of each field whose default is no text."""
BASE = roadmap("""
- title: A
  topics: [one, two, three, four, five]
- title: B
  topics: [six, seven]
""")


def edited(node_id: str, roadmap: Roadmap = BASE, **values: object) -> Roadmap:
    """Return a roadmap with some fields of one entry set."""

    def visit(node: Node) -> Node:
        node = node._replace(children=tuple(map(visit, node.children)))
        return node._replace(**values) if node.id == node_id else node

    return replace(roadmap, sections=tuple(map(visit, roadmap.sections)))


def words(difference: Difference, *, everything: bool = False) -> list[str]:
    """Return all that is told, in plain words."""
    found = []
    for part in difference.parts:
        for line in lines_of(part, everything=everything):
            told = ["".join(piece.text for piece in pieces) for pieces in (line.pieces, *line.details) if pieces]
            below = [f"{ref.number} {ref.title}" for ref in line.below]
            more = [f"+{line.more}"] if line.more else []
            found.append(" | ".join([line.verb, *told, *below, *more]))
    return found


@pytest.mark.parametrize("name", [name for name in Node._fields if name not in NODE_STRUCTURE])
def test_every_field_of_an_entry_is_compared(name: str) -> None:
    value = NODE_VALUES.get(name, "two things")
    (part,) = compare(BASE, edited("a/two", **{name: value})).parts
    (change,) = part.changes
    (field,) = change.fields
    assert field.field == name
    back = compare(edited("a/two", **{name: value}), BASE).parts[0].changes[0].fields[0]
    assert (back.old, back.new) == (field.new, field.old)


@pytest.mark.parametrize("name", [field.name for field in fields(Roadmap) if field.name not in ROADMAP_STRUCTURE])
def test_every_field_of_a_roadmap_is_compared(name: str) -> None:
    value = ROADMAP_VALUES.get(name, "Other")
    (part,) = compare(BASE, replace(BASE, **{name: value})).parts
    (change,) = part.changes
    assert part.heading.number == ""
    assert [field.field for field in change.fields] == [name]


def test_what_is_declared_structural_exists() -> None:
    assert set(Node._fields) >= NODE_STRUCTURE
    assert {field.name for field in fields(Roadmap)} >= ROADMAP_STRUCTURE


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"hours": Hours(6, 6)}, "hours 6 h added"),
        ({"hours": Hours(4, 8)}, {"hours": Hours(6, 6)}, "hours 4–8 h → 6 h"),
        ({"due": date(2027, 1, 4)}, {}, "due 2027-01-04 gone"),
        ({"kind": Kind.TASK}, {"kind": Kind.PROJECT}, "kind task → project"),
        ({}, {"optional": True}, "now optional"),
        ({"optional": True}, {}, "no longer optional"),
        ({}, {"done": True}, "done"),
        ({"done": date(2027, 1, 4)}, {"done": date(2027, 1, 5)}, "done 2027-01-04 → 2027-01-05"),
        ({"done": True}, {}, "no longer done"),
        ({"icon": "✅"}, {"icon": "★"}, "icon ✅ → ★"),
        ({"tags": ("a", "b")}, {"tags": ("b", "c")}, "tag c added | tag a gone"),
        ({"tags": ("a", "b")}, {"tags": ("b", "a")}, "tag in another order"),
        ({}, {"needs": ("b/six",)}, "needs 2.1 six added"),
        ({}, {"links": (Link("https://e.org/a", "Book"),)}, "link Book https://e.org/a added"),
        (
            {"links": (Link("https://e.org/a", "Book"),)},
            {"links": (Link("https://e.org/a", "The book"),)},
            "link Book → The book",
        ),
        (
            {"links": (Link("https://e.org/a"),)},
            {"links": (Link("https://e.org/a", kind=LinkKind.BOOK),)},
            "link https://e.org/a, kind book added",
        ),
        ({}, {"notes": "Read\nthis."}, "notes added: Read this."),
        ({"notes": "Read this."}, {"notes": "Read\nthis.\n"}, "notes broken into other lines"),
        (
            {"notes": "Read the three chapters of it, then all the exercises that are in there."},
            {"notes": "Read the four chapters of it, then all the exercises that are in there."},
            "notes: Read the threefour chapters of it, …",
        ),
    ],
)
def test_a_field_in_words(before: dict, after: dict, told: str) -> None:
    (line,) = words(compare(edited("a/two", **before), edited("a/two", **after)))
    assert line == f"changed | 1.2 two | {told}"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"pace": Pace(8)}, {"pace": Pace(2, "day", (0, 2))}, "pace 8 h/week → 2 h/day, on mon wed"),
        (
            {},
            {"pace": Pace(8, off=(DateRange(date(2026, 12, 24), date(2027, 1, 2)),))},
            "pace 8 h/week, off 2026-12-24..2027-01-02 added",
        ),
        ({}, {"language": "de"}, "language en → de"),
        ({}, {"title": "Other"}, "title Test → Other"),
        ({}, {"authors": ("Me",)}, "author Me added"),
        ({}, {"tags": {"x": Tag("x", "X")}}, "tags x.id x added"),
        ({"description": "A. B."}, {"description": "A. C."}, "description: A. BC."),
    ],
)
def test_the_roadmap_s_own_fields_in_words(before: dict, after: dict, told: str) -> None:
    line = words(compare(replace(BASE, **before), replace(BASE, **after)))[0]
    assert told in line


def test_added_and_gone_with_all_below() -> None:
    new = roadmap("""
    - title: A
      topics: [one, two, three, four, five]
    - title: B
      topics:
        - six
        - seven
        - title: Deployment with care
          items: [a1, a2, a3, a4, a5, a6, {title: a7, items: [a8]}]
    """)
    assert words(compare(BASE, new)) == [
        "added | 2.3 Deployment with care with 8 entries below | 2.3.1 a1 | 2.3.2 a2 | 2.3.3 a3 | 2.3.4 a4 | 2.3.5 a5 | +3"
    ]
    assert len(words(compare(BASE, new), everything=True)[0].split(" | ")) == 10
    assert words(compare(new, BASE))[0].startswith("gone | 2.3 Deployment with care with 8 entries below | 2.3.1 a1")
    assert compare(BASE, new).counts == {"added": 9}
    assert summary(compare(new, BASE)) == "9 gone"
    assert summary(compare(new, new)) == "nothing changed"


def test_a_section_that_is_gone_stands_where_it_was() -> None:
    old = roadmap(
        "- {title: First, topics: [a b]}\n- {title: Middle, topics: [c d, e f, g h]}\n- {title: Last, topics: [i j]}"
    )
    new = roadmap("- {title: First, topics: [a b]}\n- {title: Last, topics: [i j, k l]}")
    found = compare(old, new)
    assert [part.heading.title for part in found.parts] == ["Middle", "Last"]
    assert words(found) == ["gone | with 3 entries below | 2.1 c d | 2.2 e f | 2.3 g h", "added | 2.2 k l"]


def test_many_leaves_below_one_entry_share_a_line() -> None:
    new = roadmap("""
    - title: A
      topics: [one, {title: two, items: [a1, a2, a3, a4, a5, a6, a7, a8]}, three, four, five]
    - title: B
      topics: [six, seven]
    """)
    assert words(compare(BASE, new)) == [
        "changed | 1.2 two | became a group",
        "added | 8 entries below 1.2 two | 1.2.1 a1 | 1.2.2 a2 | 1.2.3 a3 | 1.2.4 a4 | 1.2.5 a5 | +3",
    ]
    assert words(compare(new, BASE))[0] == "changed | 1.2 two | became a leaf"


def test_moved_says_from_where_to_where() -> None:
    new = roadmap("- title: A\n  topics: [one, two, four, five]\n- title: B\n  topics: [six, three, seven]")
    assert words(compare(BASE, new)) == ["moved | 2.2 three from 1 A to 2 B"]


def test_what_moved_together_shares_a_line() -> None:
    new = roadmap("""
    - title: A
      topics: [{title: Week of numbers, items: [one, two, three, four, five]}]
    - title: B
      topics: [six, seven]
    """)
    assert words(compare(BASE, new)) == [
        "added | 1.1 Week of numbers",
        "moved | 5 entries from 1 A to 1.1 Week of numbers | 1.1.1 one | 1.1.2 two | 1.1.3 three | 1.1.4 four | 1.1.5 five",
    ]


def test_a_retitle_and_a_move_are_one_line() -> None:
    old = roadmap("- {title: A, topics: [Gradient descent explained, one]}\n- {title: B, topics: [two]}")
    new = roadmap("""
    - {title: A, topics: [one]}
    - {title: B, topics: [two, {title: Gradient descents explained, hours: 3}]}
    """)
    (line,) = words(compare(old, new))
    assert line == (
        "retitled | 2.2 Gradient descent explained → Gradient descents explained"
        " | moved from 1 A to 2 B | hours 3 h added"
    )
    assert compare(old, new).counts == {"retitled": 1, "moved": 1, "changed": 1}


def test_only_the_markup_of_a_title() -> None:
    new = edited("a/two", title="`two`")
    assert words(compare(BASE, new)) == ["retitled | 1.2 two → `two`"]


def test_another_order_names_as_few_as_explain_it() -> None:
    new = roadmap("- title: B\n  topics: [six, seven]\n- title: A\n  topics: [five, one, two, three, four]")
    assert words(compare(BASE, new)) == [
        "reordered | 1 B (was 2)",
        "reordered | 2.1 five (was 1.5)",
    ]


def test_what_only_shares_a_place_is_another_entry() -> None:
    old = roadmap("- {title: A, topics: [one, Knitting, three]}")
    new = roadmap("- {title: A, topics: [one, Gradient, three]}")
    assert words(compare(old, new)) == ["gone | 1.2 Knitting", "added | 1.2 Gradient"]
    assert diff.added(old, new) == {"a/gradient"}


def test_what_shares_its_place_and_its_notes_is_retitled() -> None:
    old = roadmap("- {title: A, topics: [one, {title: Knitting, notes: Loops.}, three]}")
    new = roadmap("- {title: A, topics: [one, {title: Gradient, notes: Loops.}, three]}")
    assert words(compare(old, new)) == ["retitled | 1.2 Knitting → Gradient"]


def test_needs_follow_what_they_name() -> None:
    old = roadmap("- {title: A, topics: [one two three, {title: x, needs: [a/one-two-three]}]}")
    new = roadmap("- {title: A, topics: [one two threes, {title: x, needs: [a/one-two-threes]}]}")
    assert words(compare(old, new)) == ["retitled | 1.1 one two three → one two threes"]


def test_ids_and_layout_are_no_change() -> None:
    old = roadmap("- {title: A, topics: [one, two]}")
    new = roadmap("- title: A\n  id: own\n  topics:\n    - title: one\n      was: [a/one]\n    - two\n")
    assert compare(old, new) == Difference()


def test_long_rewritten_notes_stay_short() -> None:
    old, new = (" ".join(f"{word}{n}" for n in range(4000)) for word in ("a", "b"))
    (line,) = words(compare(edited("a/two", notes=old), edited("a/two", notes=new)))
    assert line == "changed | 1.2 two | notes: rewritten, 4,000 words → 4,000 words"
    scattered = " ".join(f"{'b' if n % 40 == 0 else 'a'}{n}" for n in range(400))
    (line,) = words(compare(edited("a/two", notes=" ".join(old.split()[:400])), edited("a/two", notes=scattered)))
    assert line.endswith("(7 more)")
    assert len(line) < 250


TITLES = st.sampled_from(["learn sql", "joins", "index", "trees and graphs", "read", "build it", "test", "deploy", "Ω"])


@given(trees(TITLES))
def test_a_roadmap_does_not_differ_from_itself(one: Roadmap) -> None:
    assert compare(one, one) == Difference()


@given(trees(TITLES), trees(TITLES))
@settings(max_examples=300)
def test_each_entry_is_told_once_and_json_holds_it(old: Roadmap, new: Roadmap) -> None:
    found = compare(old, new)
    came = [
        ref.id
        for part in found.parts
        for change in part.changes
        if change.old is None
        for ref in (change.entry, *change.below)
    ]
    went = [
        ref.id
        for part in found.parts
        for change in part.changes
        if change.new is None
        for ref in (change.entry, *change.below)
    ]
    assert len(came) == len(set(came)) == found.counts["added"]
    assert len(went) == len(set(went)) == found.counts["gone"]
    assert set(came) == diff.added(old, new)
    ids, former = ({node.id for node in each.walk()} for each in (new, old))
    assert set(came) <= ids
    assert set(went) <= former
    assert len(ids) - len(came) == len(former) - len(went)
    data = as_data(found)
    assert json.loads(json.dumps(data)) == data
    told = words(found, everything=True)
    assert bool(told) == bool(found.parts)
    back = compare(new, old).counts
    assert bool(back) == bool(found.counts)


@given(trees(TITLES), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=200)
def test_any_notes_are_told(one: Roadmap, old: str, new: str) -> None:
    base = roadmap("- {title: A, topics: [x]}")
    found = compare(edited("a/x", base, notes=old), edited("a/x", base, notes=new))
    assert bool(found.parts) == (old.rstrip() != new.rstrip())
    assert len(words(found)) == len(found.parts)
