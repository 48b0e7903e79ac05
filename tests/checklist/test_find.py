"""Finding one's way: search, filters, folds, deep links, keys, Markdown, what next, the plan."""

from __future__ import annotations

import re
from datetime import date

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap, wide

from roadpress.core.model import DateRange, Hours, Kind, Link, Pace, Tag
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.snapshot import Snapshot

pytestmark = pytest.mark.browser
GUIDE = roadmap(
    "Guide",
    [
        {
            "title": "Café culture",
            "tags": ("food",),
            "items": [
                {
                    "title": "Beans",
                    "items": [
                        "Arabica & *Robusta*",
                        {"title": "Roasting", "notes": "about the `crack`\n\n" + "long " * 100},
                    ],
                },
                {"title": "How long does it brew?", "kind": Kind.QUESTION},
            ],
        },
        {
            "title": "Tea",
            "items": [
                {"title": "Green", "id": "green", "links": (Link("https://example.org/tea?a=1&b=2", "All of tea"),)},
                {"title": "Black", "needs": ("green",)},
                {"title": "White", "tags": ("rare",)},
            ],
        },
    ],
    tags={"food": Tag("food", "Food & drink")},
)


def rows(page):
    return page.evaluate(
        "[...document.querySelectorAll('main [id]')].filter((row) => row.offsetParent && /^[0-9]/.test(row.id)).map((row) => row.id)"
    )


def search(page, text):
    page.locator("#search").fill(text)
    page.wait_for_timeout(120)


def test_search_finds_titles_notes_links_and_own_notes_whatever_the_accents(open_page):
    page = open_page(GUIDE)
    search(page, "cafe")
    settles(lambda: rows(page), ["1", "1.1", "1.1.1", "1.1.2", "1.2"])
    expect(page.locator("#found")).to_have_text(
        "1 found"
    )  # what holds the word: the section, and not all that is in it
    search(page, "ROBUSTA arabica")
    settles(lambda: rows(page), ["1", "1.1", "1.1.1"])
    assert page.evaluate("CSS.highlights.get('found').size") == 2
    search(page, "crack")
    settles(lambda: rows(page), ["1", "1.1", "1.1.2"])
    assert page.locator("details.x").evaluate("details => details.open"), "what matched is shown"
    search(page, "all of tea")
    settles(lambda: rows(page), ["2", "2.1"])
    page.keyboard.press("Escape")
    assert not page.locator("details.x").evaluate("details => details.open")
    page.locator("[id='2.3'] input").focus()
    page.keyboard.press("n")
    page.keyboard.type("zanzibar")
    search(page, "zanzibar")
    settles(lambda: rows(page), ["2", "2.3"])
    search(page, "nothing has this")
    expect(page.locator("#none")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    settles(lambda: len(rows(page)), 9)


def test_filters_by_state_kind_and_tag(open_page):
    page = open_page(GUIDE)
    page.locator("[id='2.1'] input").check()
    page.locator("[id='2.3'] input").focus()
    page.keyboard.press("s")

    def leaves(**choice):
        for name, value in choice.items():
            page.locator(f"#{name}").select_option(value)
        return [number for number in rows(page) if not page.locator(f"[id='{number}'] li[id]").count()]

    settles(lambda: leaves(state="done"), ["2.1"])
    settles(lambda: leaves(state="skipped"), ["2.3"])
    settles(lambda: leaves(state="open"), ["1.1.1", "1.1.2", "1.2", "2.2"])
    settles(lambda: leaves(state="", pick="kind:question"), ["1.2"])
    settles(lambda: leaves(pick="tag:food"), ["1.1.1", "1.1.2", "1.2"])
    settles(lambda: leaves(pick="tag:rare", state="open"), [])
    assert page.locator("#pick option").all_text_contents()[-2:] == ["Food & drink", "rare"]


def test_a_tick_under_a_filter_does_not_make_the_row_vanish_under_the_finger(open_page):
    page = open_page(GUIDE)
    page.locator("#state").select_option("open")
    page.locator("[id='2.3'] input").check()
    page.wait_for_timeout(400)
    assert "2.3" in rows(page)


def test_what_is_next_waits_for_what_is_needed(open_page):
    page = open_page(GUIDE)
    page.locator("[id='1'] input").first.check()
    page.locator("#state").select_option("next")
    settles(lambda: rows(page), ["2", "2.1", "2.3"])
    expect(page.locator("#next li")).to_have_text([re.compile("Green"), re.compile("White")])
    page.locator("[id='2.1'] input").check()
    expect(page.locator("#next li")).to_have_text([re.compile("Black"), re.compile("White")])


def test_fold_all_expand_all_and_a_deep_link_into_a_fold(open_page):
    page = open_page(GUIDE)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Fold all").click()
    settles(lambda: rows(page), ["1", "2"])
    page.evaluate("location.hash = '#/tea/white'")
    expect(page.locator("[id='2.3'] input")).to_be_focused()
    settles(lambda: rows(page), ["1", "2", "2.1", "2.2", "2.3"])
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Expand all").click()
    settles(lambda: len(rows(page)), 9)
    page.locator("#search").fill("beans")
    page.wait_for_timeout(120)
    page.evaluate("location.hash = '#2.2'")
    expect(page.locator("[id='2.2'] input")).to_be_focused()


def test_the_address_of_an_item_survives_a_move(open_page):
    page = open_page(GUIDE)
    page.locator("[id='2.1'] input").focus()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("l")
    expect(page.locator("#told")).to_have_text("Link copied.")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith("page.html#/green")
    moved = roadmap(
        "Guide", [{"title": "New", "items": ["x", {"title": "Viridian", "id": "verde", "was": ("green",)}]}]
    )
    page.close()
    page = open_page(moved, anchor="#/green")
    expect(page.locator("[id='1.2'] input")).to_be_focused()


def test_copying_as_markdown(open_page):
    page = open_page(GUIDE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[id='1.1.1'] input").check()
    page.locator("[id='1.1'] input").first.focus()
    page.keyboard.press("c")
    expect(page.locator("#told")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "- Beans\n  - [x] Arabica & *Robusta*\n  - [ ] Roasting\n"
    page.locator("[id='2.1'] input").focus()
    page.keyboard.press("c")
    settles(
        lambda: page.evaluate("navigator.clipboard.readText()"),
        "- [ ] Green\n  - [All of tea](<https://example.org/tea?a=1&b=2>)\n",
    )


def test_the_whole_by_keyboard(open_page):
    page = open_page(GUIDE)
    page.keyboard.press("j")
    expect(page.locator("#next [data-node] input").first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("[id='1'] input").first).to_be_focused()
    for key in ("j", "j", " ", "ArrowDown", "x"):
        page.keyboard.press(key)
    assert page.locator("[id='1.1.1'] input").is_checked()
    expect(page.locator("[id='1.1.2'] input")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("f")
    expect(page.locator("[id='1.1.1']")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("[id='1.2'] input")).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("#actions")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("[id='2.1'] input").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog#help")).to_be_visible()
    page.locator("#singles").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.type") != "checkbox", "single keys can be switched off"


def test_tabbing_reaches_everything_in_order(open_page):
    page = open_page(roadmap("R", [{"title": "S", "items": ["a"]}]))
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.ariaLabel || document.activeElement.closest('[id]')?.id || ''"
            )
        )
    assert seen[:4] == ["", "search", "state", "more"]
    assert "Fold 1 S" in seen
    assert "More for 1.1" in seen


def planned(**fields):
    source = roadmap(
        "Planned",
        [{"title": "S", "items": [{"title": name, "hours": Hours(4, 4)} for name in "abcd"]}],
        start=date(2026, 11, 23),
        pace=Pace(8, "week", (0, 2), (DateRange(date(2026, 11, 30), date(2026, 12, 6)),)),
        **fields,
    )
    progress = Progress.of_author(source)
    today = date(2026, 11, 23)
    return Snapshot(source, progress, today, plan(source, progress, today=today))


def test_the_plan_is_made_anew_as_ticks_come(open_page):
    snapshot = planned()
    page = open_page.context.new_page()
    page.close()
    open_page.context.clock.set_fixed_time("2026-11-23T09:00:00Z")
    page = open_page(snapshot)
    assert snapshot.schedule.finish == date(2026, 12, 9)
    expect(page.locator("#count")).to_have_text("0 of 4 · 0 % · 16 h left · ends week of 7 Dec")
    settles(
        lambda: page.locator("main time").all_text_contents(),
        [
            "by Mon 23 Nov",
            "by Wed 25 Nov",
            "by Mon 7 Dec",
            "week of 7 Dec",
        ],
    )
    page.locator("#state").select_option("week")
    settles(lambda: rows(page), ["1", "1.1", "1.2"])
    page.locator("#state").select_option("")
    page.locator("[id='1.1'] input").check()
    expect(page.locator("#count")).to_contain_text("12 h left · ends week of 7 Dec")  # today's hours are done
    expect(page.locator("[id='1.2'] time")).to_have_text("by Wed 25 Nov")


def test_a_day_that_is_past_leaves_no_gap(open_page):
    source = roadmap("Gap", [{"title": "S", "items": ["a", "b"]}], start=date(2026, 11, 23), pace=Pace(8, "week"))
    progress, today = Progress.of_author(source), date(2026, 11, 23)
    open_page.context.clock.set_fixed_time("2026-11-23T09:00:00Z")
    page = open_page(Snapshot(source, progress, today, plan(source, progress, today=today)))
    row = page.locator("[id='1.1']")
    expect(row.locator("time")).to_be_visible()
    row.locator("input").check()
    expect(row.locator(":scope > small")).to_be_hidden()
    row.locator("input").uncheck()
    expect(row.locator("time")).to_be_visible()


def test_what_is_late_says_so_in_words(open_page):
    open_page.context.clock.set_fixed_time("2027-01-10T09:00:00Z")
    page = open_page(roadmap("Late", [{"title": "S", "items": [{"title": "a", "due": date(2027, 1, 4)}, "b"]}]))
    expect(page.locator("[id='1.1'] time")).to_have_text("overdue: Mon 4 Jan")
    page.locator("#state").select_option("week")
    settles(lambda: rows(page), ["1", "1.1"])


def test_a_long_page_is_built_when_opened_and_is_the_same_page(open_page):
    page = open_page(wide(600, sections=6), lazy_from=100)
    assert page.locator("main li").count() == 0
    expect(page.locator("#count")).to_have_text("0 of 600 · 0 %")
    page.locator("[id='2'] input").first.check()
    expect(page.locator("#count")).to_contain_text("100 of 600")
    page.locator("[id='2'] [data-do=fold]").click()
    assert page.locator("[id='2'] input:checked").count() == 111
    search(page, "item 555")
    settles(lambda: rows(page), ["6", "6.6", "6.6.6"])
    page.locator("[id='6.6.6'] input").check()
    again = open_page.again(page, anchor="#/section-3/topic-35/item-355-with-a-title-of-usual-length")
    expect(again.locator("[id='4.6.6'] input")).to_be_focused()
    expect(again.locator("#count")).to_contain_text("101 of 600")


def test_search_in_turkish_knows_its_two_letters_i(open_page):
    page = open_page(roadmap("Rota", ["Işık ve İLİŞKİ", "İİİ kısa", "Başka"], language="tr"))
    for asked in ("ışık", "IŞIK", "isik", "ilişki", "İlişki"):
        search(page, asked)
        assert rows(page) == ["1"]
    search(page, "kısa")  # the capital İ has two letters in small, which must not shift what is marked
    assert rows(page) == ["2"]
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["kısa"]
