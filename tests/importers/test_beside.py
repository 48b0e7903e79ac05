"""What stands beside the plan in documents: advice, outcomes, facts in tables, offers in the middle of a farewell."""

from __future__ import annotations

import pytest
from imports import imported, outline

PLAN = "# Pottery\n\n## Clay\n\n- wedge\n- centre\n- pull\n- trim\n\n"


@pytest.mark.parametrize(
    "title",
    [
        *("💡 Study tips", "Tips for success", "Learning philosophy", "Success criteria", "Expected outcomes"),
        *("Lerntipps", "Consejos para estudiar", "Resultados esperados", "Dicas", "Conseils pour réussir"),
        *(
            "Strategia di apprendimento",
            "Советы по обучению",
            "学习建议",
            "学習のコツ",
            "학습 팁",
            "نصائح",
            "Wskazówki",
        ),
    ],
)
def test_advice_and_outcomes_beside_the_plan_are_nothing_to_tick(title: str) -> None:
    result = imported(f"{PLAN}## {title}\n\n- a little each day\n- rest\n")
    assert [section.title for section in result.roadmap.sections] == ["Clay"]
    assert "a little each day" in "\n".join(left.text for left in result.account.left_out)
    kept = imported(f"{PLAN}## {title}\n\n- a little each day\n", keep=(title,))
    assert len(kept.roadmap.sections) == 2


@pytest.mark.parametrize(
    "text",
    [
        "# Weeks\n\n## Week 1\n\n### Tips\n\n- one\n- two\n\n## Week 2\n\n- three\n",
        "# Tips\n\n## Tips for success\n\n- one\n- two\n- three\n\n## More\n\n- four\n",
        f"{PLAN}## Tips and tricks of the wheel\n\n- one\n",
    ],
)
def test_advice_that_is_the_plan_stays(text: str) -> None:
    assert "one" in "".join(outline(text))


@pytest.mark.parametrize(
    ("head", "title"),
    [("講座名 | 時間 | 内容", "釉薬"), ("Modul | Stunden | Inhalt", "釉薬"), ("週 | 内容", "1時間")],
)
def test_a_column_of_contents_is_the_title_only_where_no_other_is(head: str, title: str) -> None:
    width = head.count("|") + 1
    cells = "釉薬 | 1時間 | 灰の使い方" if width == 3 else "1週目 | 1時間"
    rows = imported(f"# 陶芸\n\n| {head} |\n{'|---' * width}|\n| {cells} |\n").roadmap.walk()
    assert [row.title for row in rows if not row.children] == [title]


def test_hours_and_contents_of_a_row_stand_in_their_fields() -> None:
    text = "# 陶芸\n\n| 講座名 | 時間 | 内容 |\n|---|---|---|\n| 釉薬 | 30分 | 灰の使い方 |\n"
    row = next(row for row in imported(text).roadmap.walk() if not row.children)
    assert (row.title, row.hours, row.summary) == ("釉薬", "30m", "灰の使い方")


def test_a_table_of_facts_is_nothing_to_tick() -> None:
    facts = "| Information | Details |\n|---|---|\n| Exam | in spring |\n| Length | 90 minutes |\n\n"
    assert outline(f"# Exam\n\n## Overview of the exam\n\n{facts}## Clay\n\n- wedge\n") == ["Clay", "  wedge"]
    week = imported(f"# Exam\n\n## Week 1\n\n{facts}- wedge\n\n## Week 2\n\n- pull\n").roadmap.sections[0]
    assert [child.title for child in week.children] == ["wedge"]
    assert "in spring" in week.notes


def test_codes_of_rows_name_what_comes_first_and_a_state_in_a_link_is_read() -> None:
    text = (
        "# Weaving\n\n| ID | Course | Requirements | Status |\n|---|---|---|---|\n"
        "| W1 | Warp | None | [Completed](https://example.org/w) |\n| W2 | Weft | W1 | Not started |\n"
    )
    warp, weft = (row for row in imported(text).roadmap.walk() if not row.children)
    assert (warp.done, weft.done) == ("true", "")
    assert (warp.id, weft.needs) == ("warp", ["warp"])
    assert [url for url, _, _ in warp.links] == ["https://example.org/w"]


def test_an_icon_in_bold_is_an_icon() -> None:
    text = "# Plan\n\n| Day | Topic |\n|---|---|\n| Mon | warp |\n| **Sun** | **🛌 Rest** |\n"
    rest = list(imported(text).roadmap.walk())[-1]
    assert (rest.icon, rest.title) == ("🛌", "Rest")


def test_a_line_like_its_neighbours_in_a_series_heads_its_list() -> None:
    text = "Level 1: Warp\n\n- beam\n\nLevel 2: Weft\n\n- shuttle\n\nPractice project: A scarf\n\n1. plan\n2. weave\n"
    assert outline(text) == [
        *("Level 1: Warp", "  beam", "Level 2: Weft", "  shuttle"),
        *("Practice project: A scarf", "  plan", "  weave"),
    ]


def test_an_offer_with_a_list_goes_with_the_last_word_after_it() -> None:
    result = imported(
        "I'll widen our plan. Here's a learning path specifically for mastering Weaving in the context of our loom:\n\n"
        "## Warp\n\n- beam\n\n## Weft\n\n- shuttle\n\nWould you like to:\n\n1. Start with a scarf?\n"
        "2. See a loom?\n\nEach part builds on the one before it.\n"
    )
    assert result.roadmap.title == "Weaving Learning Path"
    assert [draft.title for draft in result.roadmap.walk()] == ["Warp", "beam", "Weft", "shuttle"]
    told = [left.text for left in result.account.left_out if left.why == "closing offer"]
    assert len(told) == 3
    assert not any(draft.notes for draft in result.roadmap.walk())


def test_a_farewell_or_a_name_in_bold_at_the_end_is_no_entry() -> None:
    assert outline(f"{PLAN}---\n\n**🍀 Good luck!**\n\n> written in spring\n")[0:1] == ["Clay"]
    assert len(outline(f"{PLAN}---\n\n**🍀 Good luck!**\n\n> written in spring\n")) == 5
    assert len(outline(f"{PLAN}## Kiln\n\n- fire\n\n---\n**Anna**\n")) == 7


@pytest.mark.parametrize("heading", ["Advanced topics and projects", "A framework for projects"])
def test_not_all_below_a_heading_that_also_names_projects_is_one(heading: str) -> None:
    kinds = [draft.kind for draft in imported(f"# T\n\n## {heading}\n\n- a book\n- a loom\n").roadmap.walk()]
    assert "project" not in kinds
