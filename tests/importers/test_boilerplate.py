"""Sections about a document and its makers are nothing to tick: left out, told with their lines, kept on demand."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadpress.cli import main
from roadpress.importers.common.draft import Imported
from roadpress.importers.languages import ALL
from roadpress.importers.languages.words import Words
from roadpress.importers.markdown.reader import MarkdownOptions
from roadpress.importers.registry import read

PLAN = "# Pottery\n\n{before}## Clay\n\n- wedging\n- centring\n\n{after}"


def imported(text: str, **options: tuple[str, ...]) -> Imported:
    return read(text.encode(), "x.md", options=MarkdownOptions(**options))


def sections(text: str, **options: tuple[str, ...]) -> list[str]:
    return [section.title for section in imported(text, **options).roadmap.sections]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Contributing",
            "🤝 How to contribute",
            "Contributors ✨",
            "Code of Conduct",
            "Support my work",
            "Star History",
        ),
        *("Follow me on Mastodon", "Disclaimer", "Team", "FAQ", "Why use it?", "How to use this guide", "Translations"),
        *(
            "Mitwirken",
            "Danksagung",
            "Contribuer",
            "Remerciements",
            "Contribuir",
            "Cómo usar esta guía",
            "Agradecimentos",
        ),
        *(
            "贡献",
            "致谢",
            "貢献",
            "기여하기",
            "مشارکت",
            "المساهمة",
            "Как внести вклад",
            "Jak korzystać z planu",
            "Katkıda bulunanlar",
        ),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_section_about_the_document_is_left_out_wherever_it_stands(title: str, place: str) -> None:
    boilerplate = (
        f"## {title}\n\nPlease read this.\n\n- open an issue\n- [a guide](https://example.org)\n\n### More\n\n- x\n\n"
    )
    text = (
        PLAN.format(before="", after="")
        if place == ""
        else PLAN.format(**{"before": "", "after": "", place: boilerplate})
    )
    result = imported(text)
    assert [section.title for section in result.roadmap.sections] == ["Clay"]
    told = "\n".join(left.text for left in result.account.left_out)
    assert all(words in told for words in ("Please read this.", "open an issue", "https://example.org"))
    assert all(left.line for left in result.account.left_out)


@pytest.mark.parametrize(
    "title", ["Contribute to open source", "Teamwork", "Git: how to use branches", "Supporting walls"]
)
def test_a_lesson_that_only_sounds_so_stays(title: str) -> None:
    assert sections(PLAN.format(before="", after=f"## {title}\n\n- a lesson\n")) == ["Clay", title]


def test_an_introduction_in_prose_describes_the_roadmap() -> None:
    result = imported(PLAN.format(before="## About\n\nFor beginners with an oven.\n\n", after=""))
    assert "For beginners with an oven." in result.roadmap.description
    assert [section.title for section in result.roadmap.sections] == ["Clay"]


def test_an_introduction_with_lessons_stays() -> None:
    assert sections(PLAN.format(before="## Introduction\n\n- what clay is\n\n", after="")) == ["Introduction", "Clay"]


def test_sections_are_kept_and_skipped_by_name() -> None:
    text = PLAN.format(before="", after="## 🤝 Team\n\n- roles\n\n## Glazes\n\n- ash\n")
    assert sections(text) == ["Clay", "Glazes"]
    assert sections(text, keep=("team",)) == ["Clay", "Team", "Glazes"]
    assert sections(text, skip=("Glazes",)) == ["Clay"]


def test_a_name_that_no_section_has_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "x.md"
    source.write_text(PLAN.format(before="", after=""))
    assert main(["import", str(source), "-o", "-", "--keep", "Kilns"]) == 0
    assert "No section is called “kilns”." in capsys.readouterr().err


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_every_language_is_whole(words: Words) -> None:
    assert all(getattr(words, name) for name in words.__slots__)
