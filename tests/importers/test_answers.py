"""Answers of assistants, links that are entries, lines of a series, tables by days: one rule, one small document."""

from __future__ import annotations

import pytest
from imports import imported, outline

from roadpress.importers.common.draft import DraftNode


def first(text: str) -> DraftNode:
    return imported(f"# T\n\n## S\n\n{text}").roadmap.sections[0].children[0]


# chats


@pytest.mark.parametrize(
    ("person", "assistant"),
    [
        ("**You said:**", "**ChatGPT said:**"),
        ("## User:", "## Assistant:"),
        ("You:", "Claude:"),
        ("**Du hast gesagt:**", "**ChatGPT hat gesagt:**"),
        ("你说：", "ChatGPT 说："),
    ],
)
def test_of_a_conversation_the_answer_is_the_roadmap(person: str, assistant: str) -> None:
    result = imported(f"{person}\nA plan for bread, please.\n\n{assistant}\n\n## Dough\n- flour\n\n## Oven\n- heat\n")
    assert [section.title for section in result.roadmap.sections] == ["Dough", "Oven"]
    assert any("A plan for bread" in left.text and left.line == 1 for left in result.account.left_out)


def test_of_several_answers_the_last_whole_one_is_taken_and_that_is_told() -> None:
    whole = "## Dough\n- flour\n- {}\n## Oven\n- heat\n"
    result = imported(
        f"You:\nA plan\n\nGemini:\n\n{whole.format('salt')}\nYou:\nNo salt\n\nGemini:\n\n{whole.format('yeast')}\nYou:\nThanks\n\n"
        "Gemini:\n\nYou are welcome!\n"
    )
    assert [draft.title for draft in result.roadmap.walk() if not draft.children] == ["flour", "yeast", "heat"]
    assert "The text has 3 answers; the one that begins in line 15 was imported." in result.account.notices


@pytest.mark.parametrize(
    "mark",
    [
        *(" :contentReference[oaicite:3]{index=3}", " 【12†source】", " [cite: 3]", " [cite: 3, 4]", " turn0search1"),
        *("\ue200cite\ue202turn0search1\ue201", "[^1_2]"),
    ],
)
def test_marks_of_citations_go(mark: str) -> None:
    result = imported(f"## Dough\n- flour{mark}\n- water\n## Oven\n- heat\n")
    assert [draft.title for draft in result.roadmap.walk() if not draft.children] == ["flour", "water", "heat"]
    assert any(mark.strip() in left.text for left in result.account.left_out)


def test_numbered_sources_and_their_list_go() -> None:
    text = "## Dough\n- flour [1]\n- `a[1]`\n## Oven\n- heat [1][2]\n\n### Sources\n[1] Miller — https://a.org\n[2] Smith\n"
    assert outline(text) == ["Dough", "  flour", "  `a[1]`", "Oven", "  heat"]


def test_a_list_of_references_to_read_stays() -> None:
    assert outline("## Dough\n- flour\n## References\n- A book\n") == ["Dough", "  flour", "References", "  A book"]


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (r"Sorting in \( n \log n \)", "Sorting in n log n"),
        (r"\(a \leq b\)", "a ≤ b"),
        (r"Powers \(x^2\)", "Powers `x^2`"),
    ],
)
def test_formulas_read_as_text(formula: str, plain: str) -> None:
    assert first(f"- {formula}\n- x").title == plain


def test_thinking_times_go() -> None:
    assert imported("Thought for 12 seconds\n\n## Dough\n- flour\n## Oven\n- heat\n").roadmap.description == ""


def test_the_name_of_an_assistant_alone_heads_its_list() -> None:
    assert outline("# T\n## S\nClaude:\n- a\n\nGemini:\n- b\n") == ["S", "  Claude", "    a", "  Gemini", "    b"]


def test_ticks_below_a_line_in_bold_are_its_entries() -> None:
    text = "# T\n## S\n**✅ Build:**\n✔ a loaf\n✔ a bun\n\n**✅ Read:**\n- a book\n"
    assert outline(text) == ["S", "  Build", "    a loaf", "    a bun", "  Read", "    a book"]


# titles and levels


def test_headings_of_one_series_are_sections_and_none_is_the_title() -> None:
    assert outline("# Semana 1\n- a\n# Semana 2\n- b\n") == ["Semana 1", "  a", "Semana 2", "  b"]


def test_a_first_heading_that_names_the_plan_of_all_that_is_below_it_is_the_title() -> None:
    text = "Great!\n\n## 30-Day Bread Plan\n### Dough\n- flour\n### Oven\n- heat\n## Extra\n- butter\n"
    assert imported(text).roadmap.title == "30-Day Bread Plan"


def test_a_heading_that_repeats_the_front_matter_is_no_level() -> None:
    assert outline("---\ntitle: Bread\n---\n# Bread\n\n## Dough\n- flour\n") == ["Dough", "  flour"]


def test_a_goal_right_below_a_heading_is_its_summary() -> None:
    result = imported(
        "# T\n## Dough\n### 🎯 Goal: a soft crumb\n**Day 1**\n- flour\n\n**Day 2**\n- salt\n## Oven\n- heat\n"
    )
    assert "a soft crumb" in result.roadmap.sections[0].summary
    assert [child.title for child in result.roadmap.sections[0].children] == ["Day 1", "Day 2"]


def test_lines_of_a_series_are_entries_or_head_their_lists() -> None:
    assert outline("# T\n## S\n\nWeek 1: flour, water\n\nWeek 2: salt\n") == [
        "S",
        "  Week 1: flour, water",
        "  Week 2: salt",
    ]
    assert outline("Week 1: Dough\n• flour\n• salt\n\nWeek 2: Oven\n• heat\n") == [
        *("Week 1: Dough", "  flour", "  salt", "Week 2: Oven", "  heat"),
    ]


# links


def test_a_link_alone_in_a_paragraph_is_an_entry() -> None:
    text = "# T\n## A\n[Flour](https://a.org/home)\n\n[Salt](salt.md)：a pinch of it\n\nYeast: it lives\n\n## B\n[Oven](https://b.org)\n"
    assert outline(text) == ["A", "  Flour", "  Salt", "  Yeast", "B", "  Oven"]
    flour, salt, _ = imported(text).roadmap.sections[0].children
    assert (flour.links[0][0], salt.summary) == ("https://a.org/home", "a pinch of it")


def test_a_link_in_a_sentence_is_none() -> None:
    assert outline("# T\n## A\n- x\n\nSee [here](https://a.org).\n\n[This](https://b.org) is long.\n") == ["A", "  x"]


def test_the_address_behind_a_badge_stays() -> None:
    item = first("1. Playlist: [![YouTube](https://img.shields.io/badge/y.svg)](https://youtube.com/p)\n2. x")
    assert "https://youtube.com/p" in item.title + str(item.links)


@pytest.mark.parametrize(("kind", "written"), [("Course", "course"), ("Book", "book"), ("Docs", "docs")])
def test_a_label_before_a_link_is_its_kind(kind: str, written: str) -> None:
    item = first(f"- {kind}: [Bread](https://a.org)\n- x")
    assert (item.title, item.links) == ("Bread", [("https://a.org", "", written)])


@pytest.mark.parametrize("text", ["Bread (https://x.org/).", "Bread — https://x.org/", "Bread: https://x.org/"])
def test_signs_around_an_address_are_no_part_of_it(text: str) -> None:
    item = first(f"- {text}\n- x")
    assert (item.title, item.links[0][0]) == ("Bread", "https://x.org/")


@pytest.mark.parametrize(("text", "links"), [("Bread [🔗](https://a.org)", 1), ("Bread [✔️][✔️]", 0)])
def test_a_sign_at_the_end_is_no_part_of_a_title(text: str, links: int) -> None:
    item = first(f"- {text}\n- x")
    assert (item.title, len(item.links)) == ("Bread", links)


@pytest.mark.parametrize(
    "text", ["Bread (optional)", "Bread (Optional, Advanced)", "Bread (facultatif)", "Bread（选修）"]
)
def test_optional_entries(text: str) -> None:
    assert (first(f"- {text}\n- x").title, first(f"- {text}\n- x").optional) == ("Bread", True)


# times


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(
            ("Kneading (8h)", "8"),
            ("Kneading – 1.5 h", "1.5"),
            ("Kneading (4 Std.)", "4"),
            ("Kneading (1-2 horas)", "1-2"),
        ),
        *(
            ("Kneading (1,5 Stunden)", "1.5"),
            ("Замес (2 ч)", "2"),
            ("揉面（2小时）", "2"),
            ("こねる（45分）", "45m"),
            ("반죽 (3시간)", "3"),
        ),
    ],
)
def test_hours_at_the_end_of_a_title(text: str, hours: str) -> None:
    assert first(f"- {text}\n- x").hours == hours


@pytest.mark.parametrize("text", ["Vitamin B (12 µg)", "Chapter 3 (2 parts)", "HTTP (80)", "Kneading (2 hens)"])
def test_what_is_no_time_stays_in_the_title(text: str) -> None:
    assert (first(f"- {text}\n- x").title, first(f"- {text}\n- x").hours) == (text, "")


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        *(
            ("About 6 hours a week.", "6h/week"),
            ("5 Stunden pro Woche", "5h/week"),
            ("à raison de 5 h/semaine", "5h/week"),
        ),
        *(("20–25 h/week", "20h/week"), ("10 horas por semana", "10h/week"), ("每周5小时", "5h/week")),
    ],
)
def test_the_pace_of_the_whole(text: str, pace: str) -> None:
    assert imported(f"# T\n\n{text}\n\n## A\n- x\n## B\n- y\n").roadmap.pace == pace


def test_facts_below_a_heading() -> None:
    dough, oven = imported(
        "# T\n\n5 hours per week.\n\n## Week 1: Dough\n**Duration: 4 weeks**\n\n- flour\n\n## Week 2: Oven\n"
        "Prerequisites: Dough\nDue: January 4, 2027\n\n- heat\n"
    ).roadmap.sections
    assert (oven.needs, oven.due) == ([dough.id], "2027-01-04")
    assert "Prerequisites: Dough" in oven.notes


def test_a_date_that_may_be_two_stays_text() -> None:
    section = imported("# T\n## A\nDue: 04/05/2027\n\n- x\n## B\n- y\n").roadmap.sections[0]
    assert (section.due, section.notes) == ("", "Due: 04/05/2027")


# tables


def test_a_day_or_week_is_never_the_title_of_a_row() -> None:
    text = "# T\n## S\n| Jour | Sujet | Durée |\n|-|-|-|\n| Lun. | Farine | 1,5 h |\n| Mar. | Sel | 45 min |\n"
    assert outline(text) == ["S", "  Farine", "  Sel"]
    assert [row.hours for row in imported(text).roadmap.sections[0].children] == ["1.5", "45m"]


def test_a_week_of_several_rows_is_their_group() -> None:
    text = "# T\n## S\n| Week | Topic |\n|-|-|\n| 1 | Flour |\n| | Salt |\n| 2 | Heat |\n"
    assert outline(text) == ["S", "  Week 1", "    Flour", "    Salt", "  Week 2", "    Heat"]
