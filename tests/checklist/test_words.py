"""The page's own words: whole in each language, and none of another's in a page."""

from __future__ import annotations

import json
import string
from datetime import date
from pathlib import Path

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours, Kind
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist
from roadpress.exporters.checklist.words import KEYS, page_words

FOLDER = Path(__file__).parents[2] / "templates" / "checklist" / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
ENGLISH = json.loads((FOLDER / "en.json").read_text("utf-8"))
SECTIONS = [
    {"title": "Eins", "items": [{"title": "a", "hours": Hours(1.5, 2.5)}, {"title": "b", "kind": Kind.QUESTION}]},
    {"title": "Zwei", "items": [{"title": "c", "optional": True, "notes": "lang " * 100}]},
]


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def html(language, **fields):
    source = roadmap("Plan", SECTIONS, language=language, **fields)
    return checklist.export(Snapshot.of(source, today=date(2026, 11, 23)), checklist.Options()).files[0].data.decode()


def test_the_languages():
    assert {"en", "de", "fr", "es", "pt", "it", "nl"} <= {*LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_lacks_its_translation(language):
    texts = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    assert [*texts] == [*ENGLISH]
    for key, text in texts.items():
        assert text == text.strip() != ""
        assert places(text) == places(ENGLISH[key]), key
    words = page_words(language)
    assert all(words[name] for _, name in KEYS)


@pytest.mark.parametrize(
    ("asked", "given"), [("de-AT", "de"), ("pt-BR", "pt"), ("FR", "fr"), ("ar", "en"), ("tlh", "en")]
)
def test_a_page_has_the_words_of_one_language(asked, given):
    page = html(asked)
    own = page_words(given)
    assert f'placeholder="{own["search"]}"' in page
    assert own["nothing_undone"] in page
    for other in {"de", "en", "es"} - {given}:
        assert page_words(other)["nothing_undone"] not in page
    assert (" lang=en" in page) == (given != asked.lower().split("-")[0])


@pytest.mark.browser
def test_everything_is_said_in_the_roadmaps_language(open_page):
    page = open_page(roadmap("Plan", SECTIONS, language="de"))
    expect(page.locator("#count")).to_have_text("0 von 2 · 0 % · 0 von 1 freiwilligen · noch 1,5–2,5 h")
    page.locator("[id='1'] input").first.check()
    expect(page.locator("#told")).to_have_text("2 abgehakt.")
    expect(page.locator("[id='1.2'] small").last).to_contain_text("Frage")
    page.keyboard.press("u")
    settles(page.locator("[id='1'] input").first.is_checked, False)
    expect(page.locator("#told")).to_have_text("Zurückgenommen: 2.")
    page.get_by_role("button", name="Menü").click()
    page.locator("#menu").get_by_role("button", name="Tastatur").click()
    expect(page.locator("dialog#help")).to_contain_text("Leertaste")
    expect(page.locator("dialog#help")).to_contain_text("Strg+S")
    page.keyboard.press("Escape")
    said = page.evaluate(
        """[...document.querySelectorAll("body *")].flatMap((e) =>
            [...["aria-label", "title", "placeholder"].map((name) => e.getAttribute(name)),
             ...(e.tagName === "SCRIPT" ? [] : [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()))])
            .filter(Boolean)"""
    )
    german = json.loads((FOLDER / "de.json").read_text("utf-8"))
    english = {text for key, text in ENGLISH.items() if text != german[key] and len(text) > 3}
    assert not english & {*said}
