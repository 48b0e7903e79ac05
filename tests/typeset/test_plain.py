"""Plain text is measured by pairs of characters, and comes out exactly as HarfBuzz would have shaped the whole."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.exporters.typeset import shape
from roadpress.exporters.typeset.ascii_fast_path import is_plain, measure, shaped
from roadpress.exporters.typeset.fonts import STYLES, Style, primary

CHARS = string.digits + string.ascii_letters + string.punctuation.replace("`", "")


@pytest.mark.parametrize("style", STYLES)
@given(text=st.text(CHARS, min_size=1, max_size=30))
def test_pairs_say_what_shaping_the_whole_would_say(style: Style, text: str) -> None:
    whole = shaped(primary(style), text)
    piece = shape(text, style).pieces[0]
    assert piece.glyphs == tuple(glyph for glyph, _ in whole)
    assert piece.advances == pytest.approx([advance for _, advance in whole])
    assert shape(text, style).width == pytest.approx(sum(advance for _, advance in whole))


@pytest.mark.parametrize("style", STYLES)
def test_spaces_are_as_wide_as_they_are_alone(style: Style) -> None:
    space = shaped(primary(style), " ")[0][1]
    assert measure("AV To", style) == pytest.approx(measure("AV", style) + space + measure("To", style))


@pytest.mark.parametrize("text", ["a`b", "naïve", "tab\there", "x\x7fy", "✓", "1️⃣"])
def test_all_else_is_shaped(text: str) -> None:
    assert not is_plain(text)
    assert not shape(text, "regular").plain
