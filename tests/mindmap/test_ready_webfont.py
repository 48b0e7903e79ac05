"""Where there is no HarfBuzz: the map's fonts are made of what is ready, and set text as the whole fonts do."""

from __future__ import annotations

import json
import re
import sys
from datetime import date

import pytest
from trees import roadmap

from roadpress.core.snapshot import Snapshot
from roadpress.exporters import mindmap
from roadpress.exporters.mindmap.screen.ready_webfont import ready_web_font
from roadpress.exporters.run import run
from roadpress.exporters.typeset import FontFace, Style, primary

TEXTS = ("AVATAR To. LTd Ynés 1971", "Wąż, „Über” 40%: 100.111", "Types & Taxes → Ty")


def advances(font: object, text: str, features: dict[str, bool]) -> list[int]:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, features)
    return [place.x_advance for place in buffer.glyph_positions]


@pytest.mark.wheels
@pytest.mark.parametrize(
    ("style", "figures"),
    [("regular", False), ("regular", True), ("bold", False), ("italic", False), ("code", False)],
)
def test_it_sets_text_as_the_whole_font_does(style: Style, figures: bool) -> None:
    import uharfbuzz

    face: FontFace = primary(style)
    features = {"kern": True, "tnum": figures, "liga": False, "calt": False}
    for text in TEXTS:
        made = ready_web_font(face, "".join(sorted(set(text))))
        assert made
        font = uharfbuzz.Font(uharfbuzz.Face(made))
        font.scale = (1000, 1000)
        assert advances(font, text, features) == advances(face.font, text, features)


def test_what_is_not_ready_is_not_made() -> None:
    assert ready_web_font(primary("regular"), "aЖ") is None


def drawn() -> str:
    source = roadmap("Bread ✅", [{"title": "AVATAR 1971", "items": ["Water — über 40 %"]}])
    return run(mindmap, "mindmap", Snapshot.of(source, today=date(2027, 1, 4)), {}).files[0].data.decode()


def test_a_map_without_it_differs_only_in_its_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = re.compile(r"src:url\(data:font/woff;base64,[^)]*\)")
    whole = drawn()
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    bare = drawn()
    assert len(fonts.findall(bare)) >= 3
    assert fonts.sub("", bare) == fonts.sub("", whole)


@pytest.mark.browser
def test_a_browser_takes_them(browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    rules = re.search(r"<style>(.*?)</style>", drawn(), re.DOTALL)
    assert rules
    page = browser.new_page()
    try:
        page.set_content(f"<style>{rules[1]}</style><p>x")
        states = page.evaluate(
            "Promise.all([...document.fonts].map(font => font.load().then(() => 'loaded', error => String(error))))"
        )
    finally:
        page.close()
    assert states
    assert set(states) == {"loaded"}, json.dumps(states)
