"""One rule, one small document: what a person writes, and what comes of it."""

from __future__ import annotations

import pytest
from imports import imported, outline

from roadpress.importers.common.decoding import repair
from roadpress.importers.common.draft import DraftNode
from roadpress.importers.registry import read


def first(text: str) -> DraftNode:
    """Return the first entry of a list below a heading."""
    return imported(f"# T\n\n## S\n\n{text}").roadmap.sections[0].children[0]


@pytest.mark.parametrize(
    ("greeting", "title"),
    [
        (
            "Absolutely! Here's a **structured roadmap for mastering Machine Learning (ML)** — organized …",
            "Machine Learning Roadmap",
        ),
        ("Here’s a **structured roadmap for mastering AWS (Amazon Web Services)** for all.", "AWS Roadmap"),
        (
            "To **master Amazon RDS (Relational Database Service)** from beginner to expert, here’s a roadmap:",
            "Amazon RDS Roadmap",
        ),
        ("Sure! Here is a **comprehensive Data Science roadmap**.", "Data Science Roadmap"),
        (
            "Great question! Here's a step-by-step roadmap to become a **Backend Developer** in 2025:",
            "Backend Developer Roadmap",
        ),
        ("Here's a **comprehensive list of API-related topics** tailored for you.", "API-related topics"),
        ("Certainly — here's a beginner-friendly study plan for learning SQL:", "SQL Study Plan"),
        ("¡Claro! Aquí tienes una **hoja de ruta para aprender Python**:", "Hoja de ruta para aprender Python"),
    ],
)
def test_the_title_of_an_answer(greeting: str, title: str) -> None:
    result = imported(f"{greeting}\n\n---\n\n## 1. A\n- x\n\n## 2. B\n- y\n")
    assert result.roadmap.title == title
    assert [left.why for left in result.account.left_out if left.line == 1] == ["greeting"]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# The *Plan*\n## A\n- x", "x.md", "The *Plan*"),
        ("---\ntitle: From the front\n---\n## A\n- x\n## B\n- y", "x.md", "From the front"),
        ("## A\n- x\n## B\n- y", "my-learning_plan.md", "My learning plan"),
        ("## A\n- x\n## B\n- y", "go-course/README.md", "Go course"),
        ("<h1 align=center>Big Title</h1>\n\n## A\n- x\n## B\n- y", "x.md", "Big Title"),
        ("# Learn_ML_in_3_Months\n## A\n- x", "x.md", "Learn ML in 3 Months"),
        ("**Frontend Roadmap**\n\n**1. HTML**\n* a\n\n**2. CSS**\n* b\n", "x.md", "Frontend Roadmap"),
    ],
)
def test_the_title_of_a_document(text: str, name: str, title: str) -> None:
    assert imported(text, name).roadmap.title == title


@pytest.mark.parametrize(
    ("heading", "icon", "title"),
    [
        ("## ✅ **1. Fundamentals (All Roles)**", "✅", "Fundamentals (All Roles)"),
        ("## 1. 🎯 Goals:", "🎯", "Goals"),
        ("## **🧠 2) Theory**", "🧠", "Theory"),
        ("## 1️⃣ Warm-up", "", "Warm-up"),
        ("## 3.1 Variables", "", "Variables"),
        ("## 97 Things", "", "97 Things"),
        ("## Week 1: Start", "", "Week 1: Start"),
        ("## 🇩🇪 German", "🇩🇪", "German"),
        ("## [Go](https://go.dev)", "", "Go"),
    ],
)
def test_headings(heading: str, icon: str, title: str) -> None:
    section = imported(f"# T\n{heading}\n- x\n## Other\n- y").roadmap.sections[0]
    assert (section.icon, section.title) == (icon, title)


@pytest.mark.parametrize(
    ("item", "children", "summary"),
    [
        ("- **Tools**: Git, GitHub (a, b), `x, y`", ["Git", "GitHub (a, b)", "`x, y`"], ""),
        ("- **Tools**: Git, Docker, and Vim", ["Git", "Docker", "Vim"], ""),
        ("- **Versioning**: keeps old clients working, always", [], "keeps old clients working, always"),
        ("- **Caching**:\n  Store what is slow to make.", [], "Store what is slow to make."),
        ("- **Redis** — for caching", [], "for caching"),
        ("- **Tell me of a time.** What did you do?", [], "What did you do?"),
        ("- Types: a, b, c", [], ""),
        ("- **KMS** for keys", [], ""),
    ],
)
def test_labels(item: str, children: list[str], summary: str) -> None:
    draft = first(item)
    assert ([child.title for child in draft.children], draft.summary) == (children, summary)


@pytest.mark.parametrize(
    ("item", "title", "hours"),
    [
        ("- Learn Go (2h)", "Learn Go", "2"),
        ("- Learn Go (3-4 hours)", "Learn Go", "3-4"),
        ("- Learn Go – 90 min", "Learn Go", "90m"),
        ("- Learn Go *(≈ 10 hours)*", "Learn Go", "10"),
        ("- Part (2 of 3)", "Part (2 of 3)", ""),
        ("- Learn Go\n  - Duration: 2h\n  - more", "Learn Go", "2"),
    ],
)
def test_hours(item: str, title: str, hours: str) -> None:
    draft = first(item)
    assert (draft.title, draft.hours) == (title, hours)


@pytest.mark.parametrize(
    ("items", "done"),
    [
        ("- [x] a\n- [X] b\n- [✔️] c\n- [ ] d", [True, True, True, False]),
        ("- ✅ a\n- b\n- ☑ c", [True, False, True]),
        ("- ✅ a\n- ✅ b", [False, False]),
        ("☐ a\n☑ b", [False, True]),
        ("- a ✅\n- b", [True, False]),
        ("- ✅ a\n- b", [False, False]),  # a bullet
        ("- ✅ a\n- ❌ b", [True, False]),
    ],
)
def test_boxes(items: str, done: list[bool]) -> None:
    section = imported(f"# T\n## S\n{items}").roadmap.sections[0]
    assert [child.done == "true" for child in section.children] == done


def test_an_entry_with_links() -> None:
    draft = first("- [The book](https://a.b/c_(d)) ([pdf](https://e.f), [code](https://g.h)) \n- x")
    assert (draft.title, [link[:2] for link in draft.links]) == (
        "The book", [("https://a.b/c_(d)", ""), ("https://e.f", "pdf"), ("https://g.h", "code")],
    )  # fmt: skip
    assert first("- [a][1] - text\n\n[1]: https://x.y").links == [("https://x.y", "", "")]
    assert first("- Rust – https://rust-lang.org").links == [("https://rust-lang.org", "", "")]
    assert first("- [x](javascript:alert(1)) y").links == []


def test_relative_links_with_and_without_a_base() -> None:
    text = "# T\n## S\n- [Notes](docs/notes.md)\n"
    without = imported(text)
    assert not without.roadmap.sections[0].children[0].links
    assert [left.text for left in without.account.left_out if left.why == "relative address"] == ["docs/notes.md"]
    with_base = imported(text, base="https://github.com/o/r/blob/main/README.md")
    assert with_base.roadmap.sections[0].children[0].links[0][0] == "https://github.com/o/r/blob/main/docs/notes.md"


def test_structure_as_found() -> None:
    assert outline("# T\n#### Deep\n* a\n    + b\n        - c\n## Shallow\n1) d\n   - e\n") == [
        "Deep", "  a", "    b", "      c", "Shallow", "  d", "    e",
    ]  # fmt: skip
    assert outline("## A\n- ### h in item\n  - x\n## B\n- y\n") == ["A", "  h in item", "    x", "B", "  y"]
    assert outline("# T\n## A\n- x\n# B\n## C\n- y\n") == ["A", "  x", "B", "  C", "    y"]
    assert outline("# T\n### 1. a\n- x\n# 2. **b**\n- y\n### 3. c\n- z\n") == ["a", "  x", "b", "  y", "c", "  z"]
    assert outline("# T\nA line of prose\nand more of it.\n---\n\n## A\n- x") == ["A", "  x"]


def test_lists_without_headings_are_sections_and_flat_ones_get_one() -> None:
    assert outline("* A\n  * b\n* C\n  * d\n") == ["A", "  b", "C", "  d"]
    assert outline("- a\n- b\n", "packing.md") == ["Packing", "  a", "  b"]


def test_what_is_no_content_is_left_out_and_named() -> None:
    result = imported(
        "# Awesome X [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n[![a](https://img.shields.io/a)](b) "
        "![c](https://img.shields.io/c)\n\n## Contents\n- [A](#a)\n- [B](#b)\n\n## A\n- x\n\n**[⬆ back to top](#contents)**\n\n"
        "## B\n- y\n\n## License\n\nMIT\n"
    )
    assert [section.title for section in result.roadmap.sections] == ["A", "B"]
    assert result.roadmap.title == "Awesome X"
    assert {left.why for left in result.account.left_out} >= {
        "badges",
        "table of contents",
        "link within the page",
        "licence",
    }


def test_pictures_of_contributors_are_no_section() -> None:
    text = "# T\n## A\n- x\n## Contributors\n\n<a href='https://a.b'><img src='https://c.d/e.png' /></a>\n\n## License\n\nMIT\n"
    assert outline(text) == ["A", "  x"]


def test_questions_projects_resources_milestones() -> None:
    roadmap = imported(
        "# T\n## Interview Questions\n- *“Why?”*\n- How\n## Projects to Build\n### Beginner:\n- App\n## Plan\n**Milestone:** Done.\n"
        "- **Mini-Project:** Build it\n## 📚 Resources\n- [a](https://b.c)\n- talk to people\n## Project Management\n- Scrum\n"
    ).roadmap
    kinds = [(draft.title, draft.kind) for draft in roadmap.walk() if not draft.children]
    assert kinds == [
        ("“Why?”", "question"), ("How", "question"), ("App", "project"), ("Milestone: Done.", "milestone"),
        ("Mini-Project: Build it", "project"), ("a", "resource"), ("talk to people", ""), ("Scrum", ""),
    ]  # fmt: skip


def test_a_table_of_courses() -> None:
    roadmap = imported(
        "# T\n## S\n| # | Course | Duration | Effort | Prerequisites | Done |\n|--|--|--|--|--|--|\n"
        "| 1 | [Algebra: One](https://a.b) | 10-12 weeks | 6-10 hours/week | - | ✅ |\n| 2 | B | 4 weeks | 5 hours/week | Algebra, magic | |\n"
    ).roadmap
    a, b = roadmap.sections[0].children
    assert (a.title, a.hours, a.links, a.done, a.needs) == (
        "Algebra: One",
        "60-120",
        [("https://a.b", "", "")],
        "true",
        [],
    )
    assert (b.hours, b.needs, b.done) == ("20", [a.id], "")
    assert "Prerequisites: Algebra, magic" in b.notes


def test_front_matter_html_footnotes_and_code() -> None:
    result = imported(
        "---\ntitle: T\nauthor: Ann\nlayout: page\n---\n## A\n<details><summary>More</summary>\n\n- x<br>y\n\n</details>\n\nText[^1].\n\n"
        "```py\nprint(1)  # <b>\n```\n\n[^1]: A note.\n\n## B\n- <b>z</b> &amp; `<i>`\n"
    )
    section = result.roadmap.sections[0]
    assert (result.roadmap.authors, section.children[0].title) == (["Ann"], "More")
    assert section.children[0].children[0].title == "x"
    assert section.children[0].children[0].summary == "y"
    assert "print(1)  # <b>" in section.notes
    assert "[^1]: A note." in section.notes
    assert (
        result.roadmap.sections[1].children[0].title == "z & `<i>`"
        or "z" in result.roadmap.sections[1].children[0].title
    )


def test_a_folded_part_below_a_week_that_heads_a_list_stands_in_it() -> None:
    week = "Week {}: Joins\n\n- Inner\n- Outer\n\n<details><summary>More</summary>\n\n- Read {}\n\n</details>\n\n"
    assert outline("# T\n\n## SQL\n\n" + week.format(1, "a") + week.format(2, "b")) == [
        "SQL",
        "  Week 1: Joins", "    Inner", "    Outer", "    More", "      Read a",
        "  Week 2: Joins", "    Inner", "    Outer", "    More", "      Read b",
    ]  # fmt: skip


def test_mostly_prose_gives_the_outline_and_says_so() -> None:
    text = "# T\n" + "".join(f"## Part {i}\n" + "Some words of prose. " * 150 + "\n\n" for i in range(5))
    short, whole = imported(text), imported(text, keep_prose=True)
    assert outline(text) == ["T", *(f"  Part {i}" for i in range(5))]
    assert "mostly prose" in short.account.notices[0]
    assert sum(1 for left in short.account.left_out if left.why == "prose") == 5
    assert sum(1 for draft in whole.roadmap.walk() if draft.notes) == 5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("# خطة\n## أساسيات\n- تعلم اللغة العربية\n", "ar"),
        ("# چک‌لیست\n## بخش\n- گزینه پژوهش\n", "fa"),
        ("# תוכנית\n## פרק\n- ללמוד\n", "he"),
        ("# 学习计划\n## 第一章\n- 数学\n", "zh"),
        ("# 計画\n## はじめに\n- すうがくを学ぶ\n", "ja"),
        ("# Plan\n## Café\n- naïve\n", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert imported(text).roadmap.language == language


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252", "latin-1", "cp437", "cp1251"])
def test_garbled_text_is_repaired_to_the_last_piece(codec: str, root) -> None:
    sound = repair((root / "tests/data/brief.md").read_bytes()).text
    garbled = "".join(_shown(byte, codec) for byte in sound.encode())
    assert repair(garbled.encode()).text == sound


def _shown(byte: int, codec: str) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(encoding: str) -> None:
    text = "# Plán ✅\r\n## A\r\n- x\r\n"
    assert repair(text.encode(encoding)).text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "sound", ["naïve café — “yes”", "Ærøskøbing", "Tiếng Việt", "Ação não é", "机器学习", "مرحبا", "Ünïcödé ✅"]
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair(sound.encode()) == (sound, ())


@pytest.mark.parametrize(
    ("document", "title", "sections"),
    [
        (
            "Week 1: Setup\n\t• Install it\n\t• Run it\nWeek 2: Joins\n\t• inner joins\n\t• outer joins\n",
            "X",
            {"Week 1: Setup": ["Install it", "Run it"], "Week 2: Joins": ["inner joins", "outer joins"]},
        ),
        (
            "Sure! Here is a **structured roadmap to learn Rust**.\n\n## Basics\n- own\n- borrow\n",
            "Rust Roadmap",
            {"Basics": ["own", "borrow"]},
        ),
    ],
)
def test_title_and_sections(document: str, title: str, sections: dict[str, list[str]]) -> None:
    roadmap = imported(document).roadmap
    assert roadmap.title == title
    assert {one.title: [child.title for child in one.children] for one in roadmap.sections} == sections


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("- Learn the parts. Namely:", "Learn the parts"),
        ("- Tools, such as:", "Tools"),
        ("- Werkzeuge, nämlich:", "Werkzeuge"),
        ("- Namely", "Namely"),
        ("- Learn it [✔️][ ]", "Learn it"),
    ],
)
def test_what_says_nothing_at_the_end_of_a_title_goes(item: str, title: str) -> None:
    assert first(f"{item}\n  - one\n  - two").title == title


def test_what_comes_first_is_found_by_a_name_without_its_aside() -> None:
    text = "# T\n## Phase one (weeks 1-4)\n- a\n## Phase two – 3 weeks\nPrerequisites: Phase one\n- b\n"
    one, two = imported(text).roadmap.sections
    assert two.needs == [one.id]


def test_cells_with_tabs_between_are_a_table() -> None:
    data = b"Topic\tHours\tLink\nJoins\t3\thttps://a.example/x\nWindows\t4\t\n"
    joins, windows = read(data, "-").roadmap.sections[0].children
    assert (joins.title, joins.hours, joins.links[0][0]) == ("Joins", "3", "https://a.example/x")
    assert (windows.title, windows.hours) == ("Windows", "4")
