"""Colours: every look keeps its contrast, whatever accent one asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadpress.core.errors import UsageError
from roadpress.core.theme import BRANCHES, THEMES, accent_color, contrast, palette, with_contrast

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
LEAST = {"light": 4.5, "dark": 7.0, "contrast": 7.0, "serif": 4.5}


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#1860bc", "#1860bc") == 1


@pytest.mark.parametrize("name", THEMES)
@given(accent=COLORS | st.just(""))
def test_text_of_every_look_can_be_read(name: str, accent: str) -> None:
    colors = palette(name, accent)
    for strong, tint in colors.branches:
        assert contrast(strong, colors.ground) >= LEAST[name]
        assert contrast(strong, tint) >= LEAST[name]
    assert contrast(colors.ink, colors.ground) >= 7
    assert contrast(colors.muted, colors.ground) >= (7 if name == "contrast" else 4.5)
    assert contrast(colors.control, colors.ground) >= 3


@given(color=COLORS, ground=COLORS, least=st.sampled_from([1.0, 3.0, 4.5]))
def test_a_colour_is_changed_no_more_than_it_must_be(color: str, ground: str, least: float) -> None:
    found = with_contrast(color, ground, least)
    assert contrast(found, ground) >= least
    if contrast(color, ground) >= least:
        assert found == color


@pytest.mark.parametrize(
    ("said", "color"), [("#1860BC", "#1860bc"), ("18f", "#1188ff"), ("blue", BRANCHES[0].strong), (" Sky ", "#007795")]
)
def test_colours_by_name_and_number(said: str, color: str) -> None:
    assert accent_color(said) == color


@pytest.mark.parametrize("said", ["", "bleu", "#12", "#12345g", "rgb(1,2,3)", "#1234567"])
def test_what_is_no_colour_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="is no colour"):
        accent_color(said)
