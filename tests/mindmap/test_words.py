"""The map's own words: by the roadmap's language, in every language that the other outputs speak."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
from languages import LANGUAGES, texts
from programs import module
from trees import roadmap, wide

from roadpress.core.model import Kind, Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap


def exported(source: Roadmap, **options: Any) -> bytes:
    return mindmap.export(Snapshot.of(source, today=date(2026, 11, 23)), mindmap.Options(**options)).files[0].data


def shown(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_in_english(language: str) -> None:
    english = texts("en", "mindmap")
    for key, text in texts(language, "mindmap").items():
        assert language == "en" or text != english[key] or len(text) < 8, key


def test_a_drawing_speaks_the_roadmaps_language() -> None:
    items = [{"title": "q", "kind": Kind.QUESTION, "optional": True}, {"title": "d", "done": True}]
    first = {"title": "Eins", "items": items, "due": date(2027, 1, 4)}
    source = roadmap("R", [first, {"title": "Zwei", "needs": ("eins",)}], language="de")
    drawn = exported(source, needs=True).decode()
    for said in ("Mindmap. Äste: Eins, Zwei.", "Erledigt: 1 von", "1.1 · ? Frage · freiwillig", "1.2 · erledigt"):
        assert said in drawn
    assert ">freiwillig<" in drawn or "freiwillig</tspan>" in drawn
    assert "2 Zwei braucht 1 Eins" in drawn
    assert re.search(r"fällig [^<]*4\. Jan", drawn)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("Print at 100 %", "Column 1 of ")),
        ("de-AT", ("Mit 100 % drucken", "Spalte 1 von ")),
        ("fr", ("Imprimer à 100 %", "Colonne 1 sur ")),
        ("es", ("Imprimir al 100 %", "Columna 1 de ")),
        ("tlh", ("Print at 100 %", "Column 1 of ")),
    ],
)
def test_a_poster_tells_how_to_join_it_in_the_roadmaps_language(language: str, wanted: tuple[str, ...]) -> None:
    found = shown(exported(replace(wide(300), language=language), poster=True))
    assert all(said in found for said in wanted)


def test_an_atlas_names_pages_in_the_roadmaps_language() -> None:
    found = shown(exported(replace(wide(300), language="de"), paper="a4"))
    assert "S. 2" in found
    assert re.search(r"1 von \d", found)


def test_a_page_in_a_language_without_words_says_whose_its_own_are() -> None:
    page = exported(roadmap("R", ["A"], language="tlh"), interactive=True).decode()
    assert re.search(r"<header [^>]*dir=ltr lang=en>", page)
    assert '<html lang="tlh"' in page


def test_a_page_that_reads_from_right_to_left_has_its_frame_so_and_its_drawing_as_it_was_laid_out() -> None:
    page = exported(roadmap("خريطة", ["واحد"], language="ar"), interactive=True).decode()
    assert "<header class=script dir=rtl>" in page
    assert "بحث" in page
    assert not re.search(r"<(html|body|main|svg)[^>]*dir=", page)


def test_chinese_characters_have_the_shapes_of_the_language() -> None:
    module("noto_cjk_sans_jp_regular")
    pictures = {
        language: exported(roadmap("直骨角", [], language=language), format=("png",)) for language in ("zh", "ja")
    }
    assert pictures["zh"] != pictures["ja"]
