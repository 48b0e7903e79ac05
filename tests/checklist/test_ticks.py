"""Ticking: parents, ranges, undo, skipping, optional items, the day, counts and hours."""

from __future__ import annotations

import re
from datetime import date

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours

pytestmark = pytest.mark.browser
PLAN = roadmap(
    "Plan",
    [
        {
            "title": "First",
            "items": [
                {"title": "Topic", "items": ["One", "Two", {"title": "Extra", "optional": True}]},
                {"title": "Other", "items": ["a", "b", "c", "d"]},
            ],
        },
        {"title": "Second", "items": [{"title": "Three", "hours": Hours(2, 4)}, {"title": "Four", "hours": 1}]},
        "A section that is a leaf",
    ],
)


def box(page, number):
    return page.locator(f"[id='{number}'] input").first


def state(page, *numbers):
    return "".join("x" if box(page, number).is_checked() else "." for number in numbers)


def test_a_tick_moves_topic_section_and_whole(open_page):
    page = open_page(PLAN)
    expect(page.locator("#count")).to_have_text("0 of 9 · 0 % · 0 of 1 optional · 3–5 h left")
    box(page, "1.1.1").check()
    assert box(page, "1.1").evaluate("box => box.indeterminate && !box.checked")
    expect(page.locator("#count")).to_contain_text("1 of 9 · 11 %")
    expect(page.locator("[id='1'] .q").first).to_have_text("1/6")
    expect(page.locator("[id='1.1'] .q").first).to_have_text("1/2")
    assert page.locator("[id='1.1'] progress").first.evaluate("bar => [bar.value, bar.max]") == [1, 2]
    expect(page.locator("#n1")).to_have_text("16 %")
    box(page, "1.1.2").check()
    assert box(page, "1.1").is_checked(), "optional items don't hold a parent back"
    box(page, "2.1").check()
    expect(page.locator("#count")).to_contain_text("1 h left")


def test_ticking_a_parent_ticks_all_below_and_back(open_page):
    page = open_page(PLAN)
    box(page, "1").check()
    settles(lambda: state(page, "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2.4"), "xxxxx")
    box(page, "1.1").uncheck()
    settles(lambda: state(page, "1", "1.1", "1.1.1", "1.2"), "...x")
    assert box(page, "1").evaluate("box => box.indeterminate")
    box(page, "1").click()
    settles(lambda: state(page, "1", "1.1.1"), "xx")


def test_shift_click_ticks_the_range(open_page):
    page = open_page(PLAN)
    box(page, "1.1.2").check()
    page.locator("[id='1.2.3'] label").click(modifiers=["Shift"])
    settles(lambda: state(page, "1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2", "1.2.3", "1.2.4"), ".xxxxx.")
    assert page.evaluate("getSelection().toString()") == ""
    page.keyboard.press("Control+z")
    settles(lambda: state(page, "1.1.2", "1.2.3"), "x.")


def test_undo_takes_back_one_step_at_a_time(open_page):
    page = open_page(PLAN)
    box(page, "2.1").check()
    box(page, "1").check()
    page.locator("#toast").get_by_role("button", name="Undo").click()
    settles(lambda: state(page, "1", "1.1.1", "2.1"), "..x")
    page.keyboard.press("u")
    settles(lambda: state(page, "2.1"), ".")
    page.keyboard.press("u")
    expect(page.locator("#told")).to_have_text("There is nothing to undo.")


def test_what_is_undone_stays_undone(open_page):
    page = open_page(PLAN)
    box(page, "2.1").check()
    page.wait_for_timeout(300)
    page.keyboard.press("u")
    again = open_page.again(page)
    settles(lambda: state(again, "2.1"), ".")


def test_skipped_items_count_apart_and_100_percent_can_be_reached(open_page):
    page = open_page(PLAN)
    box(page, "3").focus()
    page.keyboard.press("s")
    expect(page.locator("[id='3']")).to_have_class(re.compile(r"\bk\b"))
    for number in ("1", "2"):  # last, for only a tick is congratulated
        box(page, number).check()
    expect(page.locator("#count")).to_have_text("8 of 8 · 100 % · 1 of 1 optional · 1 skipped")
    expect(page.locator("#percent")).to_have_text("100 %")
    expect(page.locator("html")).to_have_class(re.compile("full"))
    expect(page.locator("#told")).to_have_text("All done. Well done!")
    box(page, "3").focus()
    page.keyboard.press("s")
    expect(page.locator("#count")).to_contain_text("8 of 9 · 88 %")


def test_ticking_a_parent_leaves_skipped_items_alone(open_page):
    page = open_page(PLAN)
    box(page, "1.2.1").focus()
    page.keyboard.press("s")
    box(page, "1.2").check()
    settles(lambda: state(page, "1.2", "1.2.1", "1.2.2"), "x.x")


def test_the_day_is_kept_and_shown(open_page):
    page = open_page(PLAN)
    page.clock.set_fixed_time("2027-01-04T12:00:00")
    box(page, "2.1").check()
    expect(page.locator("[id='2.1'] .on")).to_have_text("done Mon 4 Jan")
    kept = "() => JSON.parse(localStorage['roadpress:plan:second'] ?? '{}')['second/three']?.on"
    settles(lambda: page.evaluate(kept), "2027-01-04")
    again = open_page.again(page)
    settles(lambda: again.evaluate(kept), "2027-01-04")


def test_a_roadmap_with_only_optional_items_can_be_ticked(open_page):
    page = open_page(roadmap("O", [{"title": "S", "items": [{"title": "a", "optional": True}]}]))
    box(page, "1.1").check()
    assert box(page, "1").is_checked()
    expect(page.locator("#count")).to_have_text("0 of 0 · 0 % · 1 of 1 optional")


def test_what_is_given_is_shown_and_can_be_unticked(open_page):
    given = roadmap(
        "G", [{"title": "S", "items": [{"title": "a", "done": date(2026, 11, 1)}, {"title": "b", "done": True}]}]
    )
    page = open_page(given)
    settles(lambda: state(page, "1", "1.1", "1.2"), "xxx")
    expect(page.locator("[id='1.1'] .on")).to_have_text("done Sun 1 Nov")
    box(page, "1.1").uncheck()
    again = open_page.again(page)
    settles(lambda: state(again, "1.1", "1.2"), ".x")


def test_an_empty_roadmap_opens(open_page):
    page = open_page(roadmap("Nothing"))
    expect(page.locator("main")).to_contain_text("There is nothing to tick yet.")
    expect(page.locator("#count")).to_have_text("0 of 0 · 0 %")
