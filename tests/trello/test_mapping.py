"""What a roadmap looks like as a board: names, descriptions, labels, checklists, limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from boards import TODAY, Bench
from hypothesis import given
from hypothesis import strategies as st
from roadmaps import TITLES, roadmap
from trees import roadmap as tree

from roadpress.core import text
from roadpress.core.errors import RoadpressError
from roadpress.core.model import Roadmap
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.model.board import WantedBoard, WantedCard
from roadpress.exporters.boards.model.card_text import markdown
from roadpress.exporters.boards.model.colors import BASE, COLORS, tag_colors
from roadpress.exporters.boards.model.from_snapshot import wanted_board
from roadpress.exporters.boards.model.limits import MAX_TEXT, chunks, pieces, units
from roadpress.exporters.boards.model.marker import marked, unmarked


def board(source: Roadmap, **ticks: Tick) -> WantedBoard:
    return wanted_board(Snapshot(source, Progress(ticks), TODAY))


def cards(found: WantedBoard) -> dict[str, WantedCard]:
    return {card.key: card for row in found.lists for card in row.cards}


def test_a_topic_with_everything() -> None:
    found = board(
        roadmap(
            """
            - title: S
              tags: [web]
              topics:
                - title: "Topic *one* with `code`"
                  id: one
                  icon: "🎯"
                  summary: In short
                  notes: |
                    First paragraph.

                    - a list
                  links:
                    - https://example.org/a_b
                    - {title: "A [book]", url: "https://example.org/x(1)", kind: book}
                  hours: 4-8
                  tags: [db]
                  due: 2027-02-01
                  items:
                    - plain
                    - {title: "**bold** and `code`", kind: question, hours: 2, due: 2027-01-20, tags: [web]}
                    - {title: spare, optional: true}
                    - title: Group
                      notes: About the group
                      items: [g1, {title: Inner, items: [i1]}]
            """,
            "tags: {web: {title: Web, color: green}, db: {title: Data}}",
        )
    )
    card = cards(found)["one"]
    assert card.name == "🎯 Topic one with code"
    assert "".join(map(str, card.desc)) == (
        "In short\n\nFirst paragraph.\n\n- a list\n\n- <https://example.org/a_b>\n"
        "- [A \\[book\\]](<https://example.org/x(1)>) (book)\n\n4–8 h\n\n"
        "### **bold** and `code`\n\n2 h · due Wed 20 Jan 2027 · #Web\n\n### Group\n\nAbout the group"
    )
    assert card.due == "2027-02-01T12:00:00.000Z"
    assert card.labels == ("tag:web", "tag:db", "kind:question")
    assert [(checklist.name, [item.name for item in checklist.items]) for checklist in card.checklists] == [
        ("Checklist", ["plain", "? **bold** and `code`", "spare *(optional)*"]),
        ("Group", ["g1"]),
        ("Group › Inner", ["i1"]),
    ]
    assert [(label.name, label.color) for label in found.labels] == [
        ("Web", "green"),
        ("Data", "blue"),
        ("Question", "yellow_light"),
    ]


def test_progress_and_plan() -> None:
    source = roadmap(
        "- title: S\n  topics:\n    - {title: A, id: a, items: [{title: x, id: x}, {title: y, id: y}]}\n    - {title: B, id: b}"
    )
    progress = Progress({"x": Tick(), "y": Tick(State.SKIPPED), "b": Tick()})
    found = cards(wanted_board(Snapshot(source, progress, TODAY)))
    assert [(item.name, item.done) for item in found["a"].checklists[0].items] == [("x", True), ("~~y~~", False)]
    assert found["a"].done is True
    assert found["b"].done is True


def test_a_section_without_topics_can_be_ticked_and_words_of_a_section_have_a_card() -> None:
    found = board(
        roadmap("- title: Lone\n- title: S\n  summary: Why\n  notes: More\n  topics: [t]\n- title: Bare\n  topics: [u]")
    )
    assert [[card.name for card in row.cards] for row in found.lists] == [["Lone"], ["Why", "t"], ["u"]]
    assert found.lists[1].cards[0].desc == ("More",)


def test_an_empty_roadmap() -> None:
    assert board(Roadmap("Nothing")).lists == ()


@pytest.mark.parametrize("count", [200, 201, 400, 401])
def test_long_checklists_are_split(count: int, tmp_path: Path) -> None:
    source = tree("R", [{"title": "S", "items": [{"title": "T", "items": [f"i{n}" for n in range(count)]}]}])
    (card,) = cards(board(source)).values()
    parts = -(-count // 200)
    expected = ["Checklist"] if parts == 1 else [f"Checklist ({n}/{parts})" for n in range(1, parts + 1)]
    assert [checklist.name for checklist in card.checklists] == expected
    assert [item.name for checklist in card.checklists for item in checklist.items] == [f"i{n}" for n in range(count)]
    assert max(len(checklist.items) for checklist in card.checklists) <= 200
    bench = Bench(tmp_path, source)
    bench.push()
    assert bench.plan().changes == ()


def test_growing_over_the_limit_keeps_ticks(tmp_path: Path) -> None:
    def source(names: list[str]) -> Any:
        items = [{"title": name, "id": name} for name in names]
        return tree("R", [{"title": "S", "items": [{"title": "T", "items": items}]}])

    names = [f"i{n}" for n in range(399)]
    bench = Bench(tmp_path, source(names))
    bench.push()
    for number in (0, 198, 199, 200, 398):
        bench.person.tick(bench.person.item(f"i{number}"))
    bench.show(source(["new1", *names[:200], "new2", *names[200:], "new3"]))
    bench.push()
    assert bench.plan().changes == ()
    assert {item["name"] for item in bench.double.items.values() if item["state"] == "complete"} == {
        f"i{number}" for number in (0, 198, 199, 200, 398)
    }
    assert len(bench.double.items) == 402
    order = [
        item["name"]
        for checklist in sorted(bench.double.checklists.values(), key=lambda row: row["pos"])
        for item in sorted(bench.double.items.values(), key=lambda row: row["pos"])
        if item["idChecklist"] == checklist["id"]
    ]
    assert order == ["new1", *names[:200], "new2", *names[200:], "new3"]


@pytest.mark.parametrize("sign", ["x", "é", "😀"])
def test_a_long_description_goes_on_in_a_second_card(sign: str, tmp_path: Path) -> None:
    notes = f"{sign * 50} " * 400
    source = tree("R", [{"title": "S", "items": [{"title": "T", "notes": notes}, "U"]}])
    found = list(cards(board(source)).values())
    count = len(found) - 1
    assert count == -(-units(notes) // 16000)
    assert [card.name for card in found[:-1]] == [f"T ({n}/{count})" for n in range(1, count + 1)]
    assert " ".join("".join(map(str, card.desc)) for card in found[:-1]).split() == notes.split()
    bench = Bench(tmp_path, source)
    bench.push()
    assert all(units(card["desc"]) <= MAX_TEXT for card in bench.double.cards.values())
    assert bench.plan().changes == ()


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ([{"title": "x" * 16385}], "1 'xxx"),
        ([{"title": "S", "items": [{"title": "T", "items": ["😀" * 8193]}]}], "1.1.1"),
        ([f"S{n}" for n in range(501)], "501 sections"),
        ([{"title": f"S{s}", "items": [f"T{t}" for t in range(1000)]} for s in range(6)], "6,000 topics"),
        (
            [
                {
                    "title": "S",
                    "items": [{"title": "T", "items": [{"title": f"G{n}", "items": ["x"]} for n in range(501)]}],
                }
            ],
            "501 groups",
        ),
    ],
)
def test_what_cannot_be_split_is_refused_by_name_before_any_write(
    sections: list[Any], words: str, tmp_path: Path
) -> None:
    with pytest.raises(RoadpressError, match=words):
        Bench(tmp_path, tree("R", sections))


def test_limits_count_what_people_added(tmp_path: Path) -> None:
    source = "- title: S\n  topics:\n    - title: T\n      id: t\n      items: [{title: a, id: a}]"
    bench = Bench(tmp_path, roadmap(source))
    bench.push()
    (checklist,) = bench.double.checklists.values()
    for number in range(199):
        bench.person.add_item(checklist, f"mine {number}")
    bench.show(roadmap(source.replace("id: a}", "id: a}, {title: b, id: b}")))
    plan = bench.plan()
    assert plan.refusals == ("the checklist 'Checklist' would have 201 items, and holds 200",)


def test_thirty_colours() -> None:
    assert len(set(COLORS)) == 30
    assert tag_colors(["", "", ""]) == list(BASE[:3])
    assert tag_colors(["amber", "", "rust", "nonsense"]) == ["orange", "blue", "red", "green"]
    many = tag_colors([""] * 100)
    assert len(many) == 100
    assert set(many) <= set(COLORS)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("plain", "plain"),
        ("**bold** *it* `co``de` ~~no~~", "**bold** *it* ``` co``de ``` ~~no~~"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        (r"\*not\*", r"\*not\*"),
        ("[x](https://example.org)", "[x](https://example.org)"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("<b>text</b>", "<b>text</b>"),
        ("https://example.org", "<https://example.org>"),
    ],
)
def test_inline_markdown_keeps_its_meaning(source: str, shown: str) -> None:
    assert text.spans(markdown(source)) == text.spans(source)
    if "`" not in source:
        assert markdown(source) == shown


@given(TITLES)
def test_what_is_text_stays_text(title: str) -> None:
    escaped = title.translate(str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]~<&"}))
    assert text.plain(markdown(escaped)) == text.plain(escaped)


@given(st.text(st.sampled_from("ab \n😀é"), max_size=300), st.integers(4, 40))
def test_pieces_hold_everything_within_the_limit(source: str, limit: int) -> None:
    parts = list(pieces(source, limit))
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(source.split())


@given(st.lists(st.integers(), max_size=50), st.integers(1, 7))
def test_chunks(values: list[int], limit: int) -> None:
    parts = chunks(values, limit)
    assert [value for part in parts for value in part] == values
    assert len(parts) == -(-len(values) // limit)
    assert all(0 < len(part) <= limit for part in parts)


@given(st.text(max_size=30), st.from_regex(r"[a-zäß0-9/#-]{1,12}", fullmatch=True))
def test_a_marker_is_found_wherever_people_write(words: str, key: str) -> None:
    words = words.replace("`", "").strip()
    assert unmarked(marked(words, key)) == (words, key)
    assert unmarked(f"{marked(words, key)}\n\nadded below").key == key
    assert unmarked(words).key == ""


def test_an_authors_own_marker_does_not_win() -> None:
    assert unmarked(marked("`roadpress:other`", "mine")).key == "mine"
