"""Which way a language reads: by its script, and the same in book, map and page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from books import reader
from languages import LANGUAGES, texts
from trees import roadmap

from roadpress.core.locale.direction import direction
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, mindmap

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        *((tag, "rtl") for tag in ("ar", "AR-eg", "he", "iw", "fa", "ks", "az-Arab", "ku_Arab", "ckb", "nqo", "arz", "yi", "ur-PK")),
        *((tag, "rtl") for tag in ("pa-PK", "uz-AF", "ff-Adlm", "en-Arab", "prs", "az-Arab-IR")),
        *((tag, "ltr") for tag in ("en", "de-AT", "fa-Latn", "ar-Latn", "az", "ku", "pa", "sd-IN", "ks-Deva", "sw", "tlh")),
        *((tag, "ltr") for tag in ("zh-Hant-HK", "ug-KZ", "und", "", "../ar")),
    ],
)  # fmt: skip
def test_a_tag_reads_as_its_script_or_its_likely_one(tag: str, wanted: str) -> None:
    assert direction(tag) == wanted


@pytest.mark.parametrize(
    ("language", "title", "wanted"),
    [
        ("en", "خريطة الطريق", "rtl"),
        ("en-GB", "3. תוכנית", "rtl"),
        ("en", "Python خريطة", "ltr"),
        ("en", "12 — …", "ltr"),
        ("de", "خريطة", "ltr"),
        ("ar", "Roadmap", "rtl"),
    ],
)
def test_a_title_decides_where_no_language_is_named(language: str, title: str, wanted: str) -> None:
    assert direction(language, title) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_what_the_table_says(language: str) -> None:
    assert texts(language, "locale")["direction"] == direction(f"{language}-001")


@pytest.mark.parametrize("language", ["ks", "az-Arab", "fa-Latn", "ar", "de", "en"])
@pytest.mark.parametrize("title", ["Plan", "خطة"])
def test_book_map_and_page_agree(language: str, title: str) -> None:
    snapshot = Snapshot.of(roadmap(title, [{"title": "A", "items": ["one"]}], language=language), today=TODAY)
    wanted = direction(language, title)
    page = checklist.export(snapshot, checklist.Options()).files[0].data.decode()
    assert re.search(r"<html [^>]*dir=\"(\w+)\"", page)[1] == wanted
    found = mindmap.export(snapshot, mindmap.Options(interactive=True)).files[0].data.decode()
    assert re.search(r"<aside [^>]*dir=(\w+)", found)[1] == wanted
    box = reader(snapshot, cover=False, toc=False).pages[0]["/Annots"][0].get_object()
    assert ("rtl" if box["/Rect"][0] > 400 else "ltr") == wanted
