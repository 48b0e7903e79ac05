"""The page's own words: whole in each language, and none of another's in a page."""

from __future__ import annotations

from datetime import date

import pytest
from languages import texts
from patience import settles
from playwright.sync_api import expect
from trees import roadmap
from unpacking import unpacked

from roadpress.core.locale.words import words_for
from roadpress.core.model import Hours, Kind
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist
from roadpress.exporters.checklist.words import KEYS

ENGLISH = texts("en", "checklist")
SECTIONS = [
    {"title": "Eins", "items": [{"title": "a", "hours": Hours(1.5, 2.5)}, {"title": "b", "kind": Kind.QUESTION}]},
    {"title": "Zwei", "items": [{"title": "c", "optional": True, "notes": "lang " * 100}]},
]


def html(language, **fields):
    source = roadmap("Plan", SECTIONS, language=language, **fields)
    return checklist.export(Snapshot.of(source, today=date(2026, 11, 23)), checklist.Options()).files[0].data.decode()


def test_every_key_of_the_help_has_a_word():
    assert all(ENGLISH[name] for _, name in KEYS)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("de-AT", "de"), ("pt-BR", "pt"), ("FR", "fr"), ("ar", "ar"), ("zh-TW", "zh-hant"), ("sw", "en"), ("tlh", "en")],
)
def test_a_page_has_the_words_of_one_language(asked, given):
    page = html(asked)
    own = words_for(given, "checklist")
    assert f'placeholder="{own["search"]}"' in page
    _, said, _ = unpacked(page)
    assert own["nothing_undone"] in said
    for other in {"de", "en", "es"} - {given}:
        assert words_for(other, "checklist")["nothing_undone"] not in page + said
    assert (" lang=en" in page) == (given == "en")


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
    german = texts("de", "checklist")
    english = {text for key, text in ENGLISH.items() if text != german[key] and len(text) > 3}
    assert not english & {*said}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {1: "1 tick of", 2: "2 ticks of"}),
        ("sw", {1: "1 tick of", 2: "2 ticks of"}),
        ("ru", {1: "1 отметка", 2: "2 отметки", 5: "5 отметок", 21: "21 отметка"}),
        ("ar", {1: "علامة واحدة", 2: "علامتان", 3: "3 علامات", 11: "11 علامة"}),
        ("ja", {1: "チェック 1 件", 5: "チェック 5 件"}),
    ],
)
def test_the_script_counts_in_the_forms_of_the_language(open_page, language, said):
    page = None
    for number, text in said.items():
        gone = {"title": "T", "items": [f"Odd {n}" for n in range(number)]}
        before, after = (
            roadmap(f"R{number}", [{"title": "S", "items": ["Keep", *more]}], language=language)
            for more in ([gone], [])
        )
        page = open_page(before, page=page)
        page.locator("[id='1.2'] input").first.check()
        page = open_page(after, page=page)
        expect(page.locator("#straycount")).to_contain_text(text)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["4 Jan 2027", "Tue 24 Nov"]),
        ("tr", ["4 Oca 2027", "24 Kas Sal"]),
        ("zh-TW", ["2027年1月4日", "11月24日 週二"]),
        ("ru", ["4 янв. 2027", "вт 24 нояб."]),
        ("sv", ["4 jan. 2027", "tis 24 nov."]),  # which the browser knows
    ],
)
def test_the_script_writes_days_as_the_other_outputs_do(open_page, language, said):
    items = [{"title": "a", "due": date(2027, 1, 4)}, {"title": "b", "due": date(2026, 11, 24)}]
    page = open_page(roadmap("Plan", [{"title": "S", "items": items}], language=language))
    page.locator("[id='1.1'] input").check()
    page.locator("[id='1.1'] input").uncheck()
    for number, text in zip(("1.1", "1.2"), said, strict=True):
        expect(page.locator(f"[id='{number}'] time")).to_contain_text(text)
