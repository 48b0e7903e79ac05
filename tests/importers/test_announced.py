"""What assistants and their readers write around a plan: announcements, offers, forms to fill in, what is crossed off."""

from __future__ import annotations

import pytest
from imports import imported

from roadpress.core.errors import RoadpressError
from roadpress.importers.registry import read


def test_the_sentence_that_announces_a_plan_names_it_and_the_offer_may_be_its_last_item() -> None:
    result = imported(
        "You're right, that was too short. Here is a 6-week pottery plan for beginners:\n\n**Week 1: Clay**\n\n- wedge\n"
        "- centre\n\n**Week 2: Wheel**\n\n- pull\n- trim\n- Would you like a shopping list?\n"
    )
    assert result.roadmap.title == "6-week pottery plan for beginners"
    assert [draft.title for draft in result.roadmap.sections[1].children] == ["pull", "trim"]
    assert {left.why for left in result.account.left_out} == {"greeting", "closing offer"}


def test_who_strikes_out_much_of_a_plan_crosses_off_what_is_done() -> None:
    text = "# Pottery\n\n## Clay\n\n" + "".join(f"- ~~step {at}~~\n" for at in range(5))
    leaves = imported(text + "".join(f"- later {at}\n" for at in range(6))).roadmap.sections[0].children
    assert [draft.title for draft in leaves if draft.done] == [f"step {at}" for at in range(5)]
    few = imported(text + "".join(f"- later {at}\n" for at in range(16))).roadmap.sections[0].children
    assert [draft.title for draft in few] == [f"later {at}" for at in range(16)]


def test_lines_of_a_form_are_nothing_to_tick() -> None:
    result = imported("# Pottery\n\n## Clay\n\n- wedge\n- Start date: ________\n- Budget: ____\n- centre\n")
    assert [draft.title for draft in result.roadmap.sections[0].children] == ["wedge", "centre"]
    assert {left.why for left in result.account.left_out} == {"label without a value"}


def test_a_section_that_begins_with_a_tree_of_files_explains_a_repository() -> None:
    tree = "```\n.\n├── clay\n└── wheel\n```\n\n- clay: notes on clay\n"
    result = imported(f"# Pottery\n\n## Clay\n\n- wedge\n- centre\n\n## Wheel\n\n- trim\n\n## Structure\n\n{tree}")
    assert [section.title for section in result.roadmap.sections] == ["Clay", "Wheel"]
    assert "files of a repository" in {left.why for left in result.account.left_out}


@pytest.mark.parametrize(("title", "is_left_out"), [("Mode d'emploi", True), ("Git basics", False)])
def test_a_section_that_has_readers_clone_the_repository_is_about_it(title: str, is_left_out: bool) -> None:
    steps = "1. Get it\n   ```\n   git clone https://example.org/pottery.git\n   ```\n2. Open it\n"
    sections = imported(f"# Pottery\n\n## Clay\n\n- wedge\n- centre\n\n## {title}\n\n{steps}").roadmap.sections
    assert [section.title for section in sections] == ["Clay", *([] if is_left_out else [title])]


def test_weeks_by_ordinals_are_no_titles_but_days_of_a_name_are() -> None:
    text = "# Pottery\n\n| When | Content |\n|---|---|\n| {} | clay |\n| {} | wheel |\n| {} | glaze |\n"
    for cells, titles in (
        (("FirstWeek", "Second week", "Twenty-first week"), ["clay", "wheel", "glaze"]),
        (("Birthday", "Holiday", "Rest day"), ["Birthday", "Holiday", "Rest day"]),
    ):
        leaves = [draft for draft in imported(text.format(*cells)).roadmap.walk() if not draft.children]
        assert [draft.title for draft in leaves] == titles


def test_what_a_week_is_about_is_the_title_and_its_activities_are_what_it_says() -> None:
    result = imported(
        "# Pottery\n\n| Week | Activities | Focus |\n|---|---|---|\n| 1 | wedge, centre | Clay |\n| 2 | pull, trim | Wheel |\n"
    )
    leaves = [draft for draft in result.roadmap.walk() if not draft.children]
    assert [draft.title for draft in leaves] == ["Clay", "Wheel"]
    assert [draft.summary for draft in leaves] == ["wedge, centre", "pull, trim"]


def test_an_ampersand_that_a_program_forgot_to_escape_in_opml_is_one() -> None:
    outlines = '<outline text="Clay & glaze"/><outline text="A &amp; B"/><outline text="x &lt; y"/>'
    text = f'<opml version="2.0"><head><title>R & D</title></head><body>{outlines}</body></opml>'
    roadmap = read(text.encode(), "x.opml").roadmap
    leaves = [draft.title for draft in roadmap.walk() if not draft.children]
    assert (roadmap.title, leaves) == ("R & D", ["Clay & glaze", "A & B", "x < y"])


@pytest.mark.parametrize("body", ["<body><outline text='a & b'>", "<body><outline text='a & b' text='c'/></body>"])
def test_opml_that_is_damaged_otherwise_is_told_at_its_place(body: str) -> None:
    with pytest.raises(RoadpressError, match=r"not well-formed XML: see line 1, column"):
        read(f"<opml>{body}</opml>".encode(), "x.opml")


@pytest.mark.parametrize("state", ["PROJ", "STRT", "WAIT", "IDEA", "LOOP"])
def test_an_open_state_of_org_is_no_part_of_the_title(state: str) -> None:
    roadmap = read(f"#+title: P\n* Clay\n** {state} wedge\n** DONE centre\n".encode(), "x.org").roadmap
    assert [(draft.title, bool(draft.done)) for draft in roadmap.sections[0].children] == [
        ("wedge", False),
        ("centre", True),
    ]
