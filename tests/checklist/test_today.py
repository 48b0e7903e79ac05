"""Today, the palette, and what a tick feels like."""

from __future__ import annotations

import re
from datetime import date

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours, Pace
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.snapshot import Snapshot

pytestmark = pytest.mark.browser
NOW = "2026-11-23T09:00:00Z"
ITEMS = [
    {"title": "Late", "due": date(2026, 11, 20)},
    {"title": "First", "hours": Hours(4, 4)},
    {"title": "Second", "hours": Hours(4, 4)},
    {"title": "Third", "hours": Hours(4, 4)},
    {"title": "Fourth", "hours": Hours(4, 4)},
    {"title": "Fifth", "hours": Hours(4, 4)},
]


def snapshot():
    source = roadmap(
        "Plan",
        [{"title": "S", "items": ITEMS}, {"title": "Z", "items": ["x"]}],
        start=date(2026, 11, 23),
        pace=Pace(4, "day"),
    )
    progress, today = Progress.of_author(source), date(2026, 11, 23)
    return Snapshot(source, progress, today, plan(source, progress, today=today))


@pytest.fixture
def page(open_page):
    open_page.context.clock.set_fixed_time(NOW)
    return open_page(snapshot())


def titles(page):
    return page.locator("#next span").all_text_contents()


def test_today_has_what_is_overdue_and_planned_for_today(page):
    expect(page.locator("#todayname")).to_have_text("Today")
    assert titles(page)[:2] == ["Late", "First"]
    expect(page.locator("#next .on").first).to_have_class(re.compile("late"))
    expect(page.locator("#next .on").first).to_contain_text("overdue: ")


def test_what_is_ticked_in_today_is_ticked_and_stays_where_it_was(page):
    page.locator("#next input").first.check()
    expect(page.locator("[id='1.1'] input")).to_be_checked()
    page.wait_for_timeout(500)
    assert titles(page)[:2] == ["Late", "First"]
    expect(page.locator("#next li").first).to_have_class(re.compile(r"\bd\b"))
    page.locator("#next input").first.uncheck()
    expect(page.locator("[id='1.1'] input")).not_to_be_checked()
    page.locator("[id='1.1'] input").check()
    settles(lambda: "Late" in titles(page), False)


def test_without_a_plan_it_has_what_is_next(open_page):
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "b", "c", "d"]}]))
    expect(page.locator("#todayname")).to_have_text("Up next")
    assert titles(page) == ["a", "b", "c"]
    page.locator("[id='1'] input").first.check()
    expect(page.locator("#today")).to_be_hidden()


def test_the_week_and_the_whole_are_one_step_away(page):
    page.get_by_role("button", name="This week:").click()
    expect(page.locator("#state")).to_have_value("week")
    page.locator("#clear").click()
    page.locator("#next .go").nth(1).click()
    expect(page.locator("[id='1.2'] input")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#next input").first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("[id='1'] input").first).to_be_focused()


def test_keys_work_on_what_is_shown_in_today(page):
    page.locator("#next input").nth(1).focus()
    page.keyboard.press("n")
    expect(page.locator("[id='1.2'] textarea")).to_be_focused()


def test_a_section_that_is_done_is_marked_and_told(page):
    page.locator("[id='2.1'] input").check()
    expect(page.locator("[id='2']")).to_have_class(re.compile(r"\bd\b"))
    expect(page.locator("#n2")).to_have_text("✓ 100\u00a0%")
    expect(page.locator("#say")).to_contain_text("2 Z is done.")
    assert "✓" in page.evaluate("getComputedStyle(document.querySelector(\"[id='2'] .q\"), '::before').content")


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", "pop"), ("reduce", "none")])
def test_a_tick_moves_a_little_where_that_is_wanted(new_opener, motion, moves):
    page = new_opener(reduced_motion=motion)(roadmap("R", [{"title": "S", "items": ["a", "b"]}]))
    seen = page.evaluate(
        "(() => { const box = document.querySelector(\"[id='1.1'] input\"); box.click(); return getComputedStyle(box).animationName })()"
    )
    assert seen == moves
    assert page.evaluate("document.querySelector(\"[id='1.1'] input\").checked")


def test_the_ring_closes(open_page):
    page = open_page(roadmap("R", [{"title": "S", "items": ["a"]}]))
    expect(page.locator("#ring")).to_have_attribute("stroke-dasharray", "0 100")
    page.locator("[id='1.1'] input").check()
    expect(page.locator("#ring")).to_have_attribute("stroke-dasharray", "none")


def aim(page, text):
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    settles(lambda: page.locator("#goal").input_value(), text)


def test_the_palette_goes_to_entries_and_ticks_them(page):
    aim(page, "third")
    expect(page.locator("#goals [aria-selected=true]")).to_have_text("1.4 Third")
    page.keyboard.press("Enter")
    expect(page.locator("[id='1.4'] input")).to_be_focused()
    aim(page, "fourth")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[id='1.5'] input")).to_be_checked()


def test_the_palette_filters_and_changes_the_look(page):
    aim(page, "show done")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_value("done")
    aim(page, "dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    aim(page, "zzz")
    expect(page.locator("#goals > *")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_arrows_choose_in_the_palette_and_it_says_which(page):
    aim(page, "s")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#goals [aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(page.locator("#goal")).to_have_attribute("aria-activedescendant", "goal1")
    expect(chosen).to_have_attribute("id", "goal1")


def test_a_note_on_what_has_parts_says_where_notes_stand(page):
    page.locator("[id='1'] input").first.focus()
    page.keyboard.press("n")
    expect(page.locator("#told")).to_have_text("Notes stand at what can be ticked: choose an entry below 1.")
