"""For everybody: axe, headings, live region, motion, zoom, right-to-left, no JavaScript, paper."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from languages import texts
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours, Kind, Link, Tag

pytestmark = pytest.mark.browser
RICH = roadmap(
    "Everything at once",
    [
        {
            "title": "First **section**",
            "icon": "★",
            "summary": "What it is about",
            "tags": ("one",),
            "notes": "A note with `code`, a [link](https://example.org/) and\n\n- a\n- list\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\ncode\n```",
            "items": [
                {
                    "title": "Topic",
                    "items": [
                        {"title": "Task", "hours": Hours(4, 8), "due": date(2026, 1, 4)},
                        {"title": "Extra", "optional": True},
                    ],
                },
                {"title": "Why?", "kind": Kind.QUESTION, "links": (Link("https://example.org/a", "An article"),)},
                {"title": "Build it", "kind": Kind.PROJECT, "done": date(2026, 11, 1), "notes": "long " * 200},
                {
                    "title": "Deeper",
                    "items": [
                        {
                            "title": "4",
                            "items": [
                                {"title": "5", "items": [{"title": "6", "items": [{"title": "7", "items": ["8"]}]}]}
                            ],
                        }
                    ],
                },
            ],
        },
        *({"title": f"Section {n}", "items": ["Item"]} for n in range(2, 11)),
    ],
    tags={"one": Tag("one", "Tag one")},
    authors=("A", "B"),
    description="What this is *about*.",
)
FULL = roadmap("Full", [{"title": "S", "items": [{"title": "a", "done": True}, {"title": "b", "done": True}]}])
RTL = roadmap(
    "خارطة طريق",
    [{"title": "القسم الأول", "items": [{"title": "موضوع", "items": ["عنصر abc 123", "שלום"]}]}],
    language="ar",
)


@cache
def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page):
    page.evaluate(axe_source())
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(found["id"], [node["html"][:120] for node in found["nodes"]][:3]) for found in result["violations"]]


STATES = {
    "light": (RICH, {}, ""),
    "dark": (RICH, {"color_scheme": "dark"}, ""),
    "high contrast": (RICH, {}, "setLook('contrast')"),
    "dark high contrast": (RICH, {"color_scheme": "dark"}, "setLook('contrast')"),
    "phone": (RICH, {"viewport": {"width": 390, "height": 844}}, ""),
    "empty": (roadmap("Empty"), {}, ""),
    "full": (FULL, {}, ""),
    "right to left": (RTL, {}, ""),
}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(new_opener, name):
    source, settings, look = STATES[name]
    page = new_opener(**settings, bypass_csp=True)(source)
    if look:
        page.get_by_role("button", name="Menu").click()
        page.locator("#contrast").check()
        page.keyboard.press("Escape")
    assert violations(page) == []


def test_axe_finds_nothing_in_menus_dialogs_notes_and_messages(new_opener):
    page = new_opener(bypass_csp=True, viewport={"width": 1440, "height": 900})(RICH)
    page.get_by_role("button", name="Menu").click()
    assert violations(page) == []
    page.locator("#menu").get_by_role("button", name="Keyboard").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("[id='1.1.1'] input").focus()
    page.keyboard.press("n")
    page.keyboard.type("a note")
    page.locator("[id='1.1'] input").first.check()
    page.locator("[id='1.1.1'] input").focus()
    page.keyboard.press("m")
    page.locator("#search").evaluate("field => { field.value = 'section'; field.dispatchEvent(new Event('input')) }")
    page.wait_for_timeout(100)
    assert violations(page) == []


AWAY = roadmap("Ed", [{"title": "S", "items": ["Keep", {"title": "T", "items": ["Learn the joins", "Odd one"]}]}])
NOW = roadmap(
    "Ed", [{"title": "S", "items": ["Keep"]}, {"title": "Z", "items": ["Learn joins, all of them", "x", "y", "z"]}]
)
EDITIONS = {
    "light": (AWAY, NOW, {}, ""),
    "dark": (AWAY, NOW, {"color_scheme": "dark"}, ""),
    "high contrast": (AWAY, NOW, {}, "more"),
    "dark high contrast": (AWAY, NOW, {"color_scheme": "dark"}, "more"),
    "phone": (AWAY, NOW, {"viewport": {"width": 390, "height": 844}}, ""),
    "narrow": (AWAY, NOW, {"viewport": {"width": 320, "height": 600}}, ""),
    "right to left": (RTL, roadmap(RTL.title, ["آخر"], language="ar"), {"viewport": {"width": 390, "height": 844}}, ""),
}


def another_edition(opener, before, after):
    """The page of a roadmap whose former edition was opened, wholly ticked, with a note."""
    page = opener(before)
    page.locator("[id='1'] input").first.check()
    page.locator("main li:not(.g) input").last.focus()
    page.keyboard.press("n")
    page.keyboard.type("a note")
    settles(
        lambda: page.evaluate("Object.keys(localStorage).filter((key) => /:[=+]$/.test(key)).join().slice(-1)"), "="
    )
    return opener(after, page=page)


@pytest.mark.parametrize("name", EDITIONS)
def test_axe_finds_nothing_in_what_is_kept_apart_and_new(new_opener, name):
    before, after, settings, contrast = EDITIONS[name]
    page = another_edition(new_opener(**settings, bypass_csp=True), before, after)
    if contrast:
        page.evaluate("localStorage.setItem('roadpress:look', JSON.stringify({ contrast: 'more' }))")
        page.reload()
    expect(page.locator("#astray")).to_be_visible()
    assert violations(page) == []
    said = texts(after.language, "checklist")
    page.get_by_role("button", name=said["place"]).click()
    width = page.viewport_size["width"]
    page.locator("#strays input").last.fill("1")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('#apart').scrollWidth") <= width - 16
    page.locator("#strays li").first.get_by_role("button", name=said["forget"]).click()
    assert violations(page) == []


def test_paper_has_nothing_of_what_is_kept_apart_and_new(open_page):
    page = another_edition(open_page, AWAY, NOW)
    page.get_by_role("button", name="Place them").click()
    page.emulate_media(media="print")
    for part in ("#news", "#apart", "main .new"):
        expect(page.locator(part).first).to_be_hidden()


def test_headings_follow_the_tree_and_boxes_have_names(open_page):
    page = open_page(RICH)
    levels = page.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].slice(0, 7).map((h) => h.tagName).join()"
    )
    assert levels == "H2,H3,H3,H4,H5,H6,H6"
    expect(page.locator("main").get_by_role("checkbox", name="1.1.1 Task")).to_be_visible()
    expect(page.get_by_role("heading", name="1 ★ First section")).to_be_visible()


def test_progress_is_announced(open_page):
    page = open_page(RICH)
    page.locator("[id='2.1'] input").check()
    expect(page.locator("#say[role=status]")).to_have_text("2 Section 2 is done. 2: 1/1. 2 of 13 · 15 %")


def test_nothing_moves_for_those_who_want_it_still(new_opener):
    page = new_opener(reduced_motion="reduce")(FULL)
    assert page.evaluate("getComputedStyle(document.querySelector('.ring svg')).animationName") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('#ring')).transitionDuration") == "0s"


@pytest.mark.parametrize(("width", "source"), [(320, RICH), (390, RICH), (768, RICH), (1440, RICH), (320, RTL)])
def test_nothing_is_cut_off_at_any_width_or_at_400_percent(new_opener, width, source):
    page = new_opener(viewport={"width": width, "height": 800})(source)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_words_and_50_levels_fit(new_opener):
    deep = "Level 50"
    for level in range(49, 0, -1):
        deep = {"title": f"Level {level}", "items": [deep, "Donaudampfschifffahrtsgesellschaft" * 8]}
    page = new_opener(viewport={"width": 390, "height": 800})(roadmap("Deep", [deep]))
    page.locator("[id='1'] input").first.check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("main label").last.bounding_box()["width"] > 200


def test_right_to_left_is_mirrored(open_page):
    page = open_page(RTL)
    assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar"]
    box, label = (page.locator(f"[id='1.1.1'] {part}").first.bounding_box() for part in ("input", "b"))
    assert box["x"] > label["x"]


def test_the_look_is_switched_and_kept(open_page):
    page = open_page(RICH)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Menu").click()
    page.locator("#theme").select_option("dark")
    assert page.evaluate(ground) == "rgb(18, 21, 26)"
    again = open_page.again(page)
    assert again.evaluate(ground) == "rgb(18, 21, 26)"


def test_it_may_begin_in_high_contrast_and_a_reader_may_leave_that(open_page, new_opener):
    page = open_page(RICH, theme="contrast")
    black = "getComputedStyle(document.body).color === 'rgb(0, 0, 0)'"
    assert page.evaluate(black)
    page.get_by_role("button", name="Menu").click()
    assert page.locator("#contrast").is_checked()
    page.locator("#contrast").uncheck()
    assert not page.evaluate(black)
    assert not open_page.again(page).evaluate(black)
    assert new_opener(java_script_enabled=False)(RICH, theme="contrast").evaluate(black)


def test_without_javascript_it_reads_ticks_and_prints(new_opener):
    for lazy in (0, 1):
        page = new_opener(java_script_enabled=False)(RICH, lazy_from=lazy)
        page.locator("[id='1.1.1'] input").check()
        expect(page.locator("[id='1.1.1'] input")).to_be_checked()
        expect(page.locator("[id='1.3'] input")).to_be_checked()
        expect(page.locator("#search")).to_be_hidden()
        expect(page.locator("[id='1.1'] input").first).to_be_hidden()
        expect(page.get_by_role("link", name="1 First section")).to_be_visible()


def test_paper_has_boxes_and_addresses_and_no_controls(open_page, tmp_path):
    from pypdf import PdfReader

    page = open_page(RICH)
    page.locator("[id='1.1.1'] input").focus()
    page.keyboard.press("n")
    page.keyboard.type("my own note")
    page.locator("[id='1'] [data-do=fold]").first.click()
    (tmp_path / "page.pdf").write_bytes(page.pdf(format="A4"))
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages)
    assert "1.1.1" in text, "folds are opened on paper"
    assert "<https://example.org/a>" in text.replace("\n", "")
    assert "Menu" not in text
    assert "Contents" not in text
    assert "my own note" in text


def test_titles_hang_beside_their_numbers_and_kinds_stand_behind_them(open_page):
    word = "x" * 300
    items = [{"title": word}, {"title": "Why?", "kind": Kind.QUESTION}]
    page = open_page(roadmap("R", [{"title": word, "items": [{"title": word, "items": items}]}]))
    tops = """id => {
        const row = document.getElementById(id), label = row.querySelector("label");
        const range = document.createRange();
        range.selectNodeContents([...label.childNodes].find(part => part.nodeType === 3 && part.textContent.trim()));
        const [first] = range.getClientRects(), number = label.querySelector("b").getBoundingClientRect();
        return [first.top < number.bottom && first.left >= number.right, row.querySelector(":scope>small")?.offsetTop];
    }"""
    for number in ("1", "1.1", "1.1.1"):
        assert page.evaluate(tops, number)[0]
    question = page.locator("[id='1.1.2']")
    behind = question.locator(":scope > small").bounding_box()
    title = question.locator("label").bounding_box()
    assert title["x"] + title["width"] <= behind["x"]
    assert behind["y"] < title["y"] + title["height"]
