"""The serif of `--theme serif`: PDF, map and page are set in it, and nothing after them is."""

from __future__ import annotations

from datetime import date

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.registry import load_exporter
from roadpress.exporters.run import run
from roadpress.exporters.typeset import STYLES, Style, primary, width, written_in
from roadpress.exporters.typeset.shaping import shape_at

SOURCE = """\
roadpress: 1
title: A book of *letters*
sections:
  - title: Latin **and** code
    topics: [Déjà vu, Книга, "`x`"]
"""


def made(name: str, theme: str) -> bytes:
    snapshot = Snapshot.of(load_bytes(SOURCE.encode(), "roadmap.yaml"), today=date(2026, 11, 2))
    return run(load_exporter(name), name, snapshot, {"theme": theme}).files[0].data


def fonts(pdf: bytes) -> set[str]:
    with pymupdf.open(stream=pdf) as document:
        return {font[3].partition("+")[2] for page in document for font in page.get_fonts()}


def test_a_book_in_serif_has_no_sans() -> None:
    found = fonts(made("pdf", "serif"))
    assert {name for name in found if "Literata" in name} >= {"Literata-Regular", "Literata-SemiBold"}
    assert not any("FiraSans" in name for name in found)


@pytest.mark.parametrize("name", ["pdf", "mindmap", "checklist"])
def test_what_comes_after_a_book_in_serif_is_as_before(name: str) -> None:
    before = made(name, "light")
    serif = made(name, "serif")
    assert serif != before
    assert made(name, "light") == before
    assert made(name, "serif") == serif


def test_page_and_map_name_serifs_of_the_reader() -> None:
    for name in ("mindmap", "checklist"):
        assert b"Georgia" in made(name, "serif")
        assert b"Georgia" not in made(name, "light")


def test_a_letter_that_the_serif_lacks_is_of_the_sans() -> None:
    with written_in("el", "serif"):
        assert [piece.face.name for piece in shape_at("λόγος", "regular", 0).pieces] == ["FiraSans-Regular"]
        assert primary("regular").name == "Literata-Regular"
    assert primary("regular").name == "FiraSans-Regular"


@pytest.mark.parametrize("style", STYLES)
@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="`"), min_size=1))
def test_plain_words_of_the_serif_are_as_wide_as_shaped(style: Style, text: str) -> None:
    """But for the space that is thought to follow, from which a few letters of the italics stand off by a hair."""
    with written_in("en", "serif"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadpress.exporters.typeset.shaping._ready_piece", lambda *_: None)
        shaped = sum(map(sum, (piece.advances for piece in shape_at(text, style, 0).pieces)))
        assert width(text, style, 1) == pytest.approx(shaped, abs=0.01)
