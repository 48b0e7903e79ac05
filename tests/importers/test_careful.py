"""What a careful person would type: one kind of fault, one small document."""

from __future__ import annotations

import pytest
from imports import imported, outline

from roadpress.importers.markdown import dates, durations


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("약 4시간 40분", "280m"),
        ("1h30", "90m"),
        ("2 hours and 15 minutes", "135m"),
        ("1 h 0 min", "1"),
        ("3 Std. 20 Min.", "200m"),
        ("2小时30分钟", "150m"),
        ("4h 75", ""),
    ],
)
def test_hours_and_minutes(text: str, hours: str) -> None:
    assert durations.hours_of(text) == hours


def test_hours_and_minutes_in_a_list_and_in_a_table() -> None:
    draft = imported("# Plan\n\n## Bread\n\n- Total time: 1 h 20 min\n- flour\n").roadmap.sections[0]
    assert (draft.hours, [child.title for child in draft.children]) == ("80m", ["flour"])
    rows = imported(
        "# 계획\n\n| 강의 | 소요 시간 |\n|---|---|\n| 빵 | 약 1시간 30분 |\n| 떡 | 약 2시간 |\n"
    ).roadmap.walk()
    assert [row.hours for row in rows if not row.children] == ["90m", "2"]


def test_a_rate_is_nothing_to_tick() -> None:
    result = imported("# Plan\n\n## Day 1-2\n- **Time**: 4-5 hours/day\n- [ ] flour\n- [ ] water\n").roadmap
    assert [draft.title for draft in result.sections[0].children] == ["flour", "water"]
    assert "Time: 4-5 hours/day" in result.sections[0].notes


def test_a_label_that_waits_for_a_value_is_left_out_and_told() -> None:
    result = imported(
        "# Plan\n\n## Bread\n- **Owner**:\n- **Content**: how to bake.\n\n## Cake\n- **Owner**:\n  - Ann\n"
    )
    assert [draft.title for draft in result.roadmap.walk()] == ["Bread", "Content", "Cake", "Owner", "Ann"]
    assert [left.text for left in result.account.left_out if left.why == "label without a value"] == ["Owner"]


def test_of_weeks_one_is_read_as_the_others_are() -> None:
    text = "# Plan\n\n## A\n- **Week 1**: Bake the first loaf of bread\n- **Week 2**: {}\n- **Week 3**: Invite people to eat it\n"
    assert outline(text.format("Flour, water"))[1:] == ["  Week 1", "  Week 2", "  Week 3"]


def test_clauses_of_a_chinese_sentence_are_no_list() -> None:
    assert outline(
        "# 计划\n\n## 面包\n- **内容**：了解面粉的各种不同用途，学习怎样在家里烤出第一个面包\n- **工具**：刀、碗、秤\n"
    ) == [
        "面包",
        "  内容",
        "  工具",
        "    刀",
        "    碗",
        "    秤",
    ]


def test_headings_once_more_are_left_out_and_told() -> None:
    text = "# Plan\n\n## Phase 1: Flour\n- a\n\n## Phase 2: Water\n- b\n\n## Phase 3: Salt\n- c\n\n## Recap\n"
    again = "- **Phase 1**: Flour\n- **Phase 2**: Water\n- **Phase 3**: Salt\n"
    result = imported(text + again)
    assert [section.title for section in result.roadmap.sections] == [
        f"Phase {n}" for n in ("1: Flour", "2: Water", "3: Salt")
    ]
    assert {left.line for left in result.account.left_out if left.why == "headings once more"} == {12, 13}
    assert outline(f"{text}{again}- Pepper\n")[-4:-3] == ["  Phase 1"]


def test_contributing_to_open_source_is_something_to_learn() -> None:
    text = "# Plan\n\n## Flour\n- a\n\n## Contribuer à des projets open source\n- b\n\n## Contribuer\n- c\n"
    assert outline(text) == ["Flour", "  a", "Contribuer à des projets open source", "  b"]


def test_a_first_heading_below_the_level_of_the_others_is_the_title() -> None:
    result = imported(
        "### 🚀 **How to Bake**\n\nWords.\n\n---\n\n## Flour\n- a\n\n## Water\n- b\n\n### Notes on it\n- c\n"
    )
    assert (result.roadmap.title, result.roadmap.description.strip()) == ("How to Bake", "Words.")
    assert [section.title for section in result.roadmap.sections] == ["Flour", "Water"]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("35-day study plan to help you bake. Each day is a loaf.", "35-day study plan"),
        ("A bread baking roadmap for beginners that needs no oven:", "Bread baking roadmap for beginners"),
    ],
)
def test_a_first_sentence_names_the_plan(sentence: str, title: str) -> None:
    result = imported(f"{sentence}\n\n### Week 1: Flour\n- a\n\n### Week 2: Water\n- b\n").roadmap
    assert (result.title, result.description.strip()) == (title, sentence)


def test_phases_months_weeks_and_days_without_any_markup_nest() -> None:
    text = (
        "Plano de Estudos Detalhado: pão para quem nunca fez pão (1 hora por dia)\n\nFase 1: Farinha\n\nSemana 1\n\n"
        "Dia 1-2: Trigo\n\nDia 3: Milho\n\nSemana 2\n\nDia 8: Água\n\nDia 9: Sal\n\nFase 2: Forno\n\nSemana 5\n\nDia 31: Fogo\n"
    )
    result = imported(text)
    assert result.roadmap.title == "Plano de Estudos Detalhado: pão para quem nunca fez pão (1 hora por dia)"
    assert outline(text) == [
        *("Fase 1: Farinha", "  Semana 1", "    Dia 1-2: Trigo", "    Dia 3: Milho", "  Semana 2", "    Dia 8: Água"),
        *("    Dia 9: Sal", "Fase 2: Forno", "  Semana 5", "    Dia 31: Fogo"),
    ]
    assert outline(text.replace("\n\n", "\n").replace(")\n", ")\n\n", 1)) == outline(text)


def test_numbered_headings_below_the_one_that_announces_them() -> None:
    text = "## Plan\n\n### Courses\n\n### 1. Bread\n- a\n\n### 2. Cake\n- b\n\n### Aims\n- c\n"
    assert outline(text) == ["Courses", "  Bread", "    a", "  Cake", "    b", "Aims", "  c"]


def test_lines_in_bold_that_come_again_between_numbered_ones_are_below_them() -> None:
    text = "# Plan\n\n## Phase\n\n**1. Flour**\n- a\n\n**Exercise**:\n- b\n\n**2. Water**\n- c\n\n**Exercise**:\n- d\n"
    rows = ["Phase", "  Flour", "    a", "    Exercise", "      b", "  Water", "    c", "    Exercise", "      d"]
    assert outline(text) == rows


def test_titles_of_books_in_bold_and_in_quotes_stay_in_their_sentence() -> None:
    assert (
        outline('# T\n\n## S\n- Read **"Bread"**, **"Cake"** and rest\n- b\n')[1]
        == '  Read **"Bread"**, **"Cake"** and rest'
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(
            (text, "2027-01-04")
            for text in ("January 4, 2027", "4th January 2027", "Monday, 4 Jan. 2027", "4 de enero de 2027")
        ),
        *(
            (text, "2027-01-04")
            for text in ("4. Januar 2027", "4 января 2027", "2027年1月4日", "2027년 1월 4일", "04.01.2027")
        ),
        *(
            (text, "")
            for text in ("04/05/2027", "January 2027", "4 January", "12 monkeys 2027", "2027-13-01", "4 4 2027")
        ),
    ],
)
def test_dates(text: str, day: str) -> None:
    assert dates.date_of(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Nov 22–28, 2025", ("2025-11-22", "2025-11-28")),
        ("Dec 28 – Jan 3, 2027", ("2026-12-28", "2027-01-03")),
        ("5–11 January 2027", ("2027-01-05", "2027-01-11")),
        ("2027-01-05 – 2027-02-02", ("2027-01-05", "2027-02-02")),
        ("06.01.–12.01.2025", ("2025-01-06", "2025-01-12")),
        ("del 4 al 10 de enero de 2027", ("2027-01-04", "2027-01-10")),
        *((text, None) for text in ("Jan 5 – Feb 2", "Feb 2, 2027 – Jan 5, 2027", "Weeks 1-4", "1-2", "")),
    ],
)
def test_spans_of_dates(text: str, days: tuple[str, str] | None) -> None:
    assert dates.span_of(text) == days


def test_days_in_headings_are_due_and_the_first_is_the_start() -> None:
    text = "# Plan\n\n## Week 1 (Nov 22–28, 2025)\n- a\n\n## Week 2: Nov 29 – Dec 5, 2025\n- b\n\n## Week 3 (Jan 5 – Feb 2)\n- c\n"
    roadmap = imported(text).roadmap
    assert [(section.title, section.due) for section in roadmap.sections] == [
        ("Week 1 (Nov 22–28, 2025)", "2025-11-28"),
        ("Week 2: Nov 29 – Dec 5, 2025", "2025-12-05"),
        ("Week 3 (Jan 5 – Feb 2)", ""),
    ]
    assert roadmap.start == "2025-11-22"


def test_a_single_day_in_a_heading_counts_only_in_a_series() -> None:
    text = (
        "# Plan\n\n## Day 1 - Monday, 30 June 2025\n- a\n\n## Day 2 - 1 July 2025\n- b\n\n## Since 1 July 2020\n- c\n"
    )
    roadmap = imported(text).roadmap
    assert [section.due for section in roadmap.sections] == ["2025-06-30", "2025-07-01", ""]
    assert roadmap.start == "2025-06-30"


@pytest.mark.parametrize(
    "line",
    [
        "**Start Date:** January 4, 2027",
        "- Start: 2027-01-04",
        "> Fecha de inicio: 4 de enero de 2027",
        "Beginn: 4. Januar 2027",
    ],
)
def test_the_day_on_which_all_begins(line: str) -> None:
    roadmap = imported(f"# Plan\n\n{line}\n\n## Week 1 (Jan 11–17, 2027)\n- a\n- b\n").roadmap
    assert roadmap.start == "2027-01-04"
    assert [draft.title for draft in roadmap.walk() if not draft.children] == ["a", "b"]


def test_several_beginnings_are_none() -> None:
    text = "# Plan\n\n## Bread\n\nStart: 2027-01-04\n\n- a\n\n## Cake\n\nStart: 2027-02-04\n\n- b\n"
    roadmap = imported(text).roadmap
    assert (roadmap.start, roadmap.sections[0].notes.strip()) == ("", "Start: 2027-01-04")


def test_a_due_date_among_what_is_to_do_is_the_group_s() -> None:
    section = imported("# Plan\n\n## Bread\n- Deadline: 4 January 2027\n- flour\n").roadmap.sections[0]
    assert (section.due, [child.title for child in section.children]) == ("2027-01-04", ["flour"])


def test_weeks_in_titles_are_hours_at_the_pace_that_is_stated() -> None:
    text = (
        "# Plan\n\n> About 8 hours per week.\n\n## Weeks 1–4: Flour\n- a\n\n## Water (2-3 weeks)\n- b\n\n"
        "## Phase (Weeks 8-10)\n### Weeks 8-9\n- c\n### Week 10\n- d (2h)\n\n## Week 11\n- e\n"
    )
    roadmap = imported(text).roadmap
    assert roadmap.pace == "8h/week"
    assert [draft.hours for draft in roadmap.walk() if draft.children] == ["32", "16-24", "", "16", "", ""]
    without = imported(text.replace("About 8 hours per week.", "Slowly.")).roadmap
    assert [draft.hours for draft in without.walk() if draft.children] == [""] * 6


def test_what_is_struck_out_is_left_out_with_what_is_below_it_and_told() -> None:
    text = (
        "# Plan\n\n## Bread\n- ~~[Old flour](https://a.org)~~ (gone)\n  - sieve\n- Use ~~cold~~ warm water\n- [x] ~~Salt~~\n- `~~a~~`\n"
        "- <del>Yeast</del>\n- Rest\n\n## ~~Cake~~\n- eggs\n"
    )
    result = imported(text)
    assert outline(text) == ["Bread", "  Use warm water", "  Salt", "  `~~a~~`", "  Rest"]
    assert [draft.title for draft in result.roadmap.walk() if draft.done] == ["Salt"]
    told = "\n".join(f"{left.line} {left.text}" for left in result.account.left_out if left.why == "struck out")
    assert all(
        words in told
        for words in ("4 Old flour", "https://a.org", "5 sieve", "6 cold", "9 Yeast", "12 Cake", "13 eggs")
    )


@pytest.mark.parametrize(
    "line",
    [
        "Old oven (deprecated)",
        "[DEPRECATED] Old oven",
        "⚠️ Deprecated: old oven",
        "Old oven (no longer recommended)",
        "Alter Ofen (veraltet)",
    ],
)
def test_what_is_deprecated_is_optional_and_keeps_the_word(line: str) -> None:
    section = imported(f"# Plan\n\n## Bread\n- {line}\n- Deprecated methods and why\n").roadmap.sections[0]
    assert [child.optional for child in section.children] == [True, False]
    assert any(word in section.children[0].title.lower() for word in ("deprecated", "no longer", "veraltet"))
