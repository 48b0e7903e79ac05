"""The page as a person has it: opened from a disk, ticked, closed, opened again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from trees import roadmap

SMALL = roadmap(
    "Small",
    [
        {
            "title": "First",
            "items": [{"title": "Topic", "items": ["One", "Two", {"title": "Extra", "optional": True}]}],
        },
        {"title": "Second", "items": ["Three", "Four"]},
    ],
)
pytestmark = pytest.mark.browser


def box(page, number):
    return page.locator(f"[id='{number}'] input").first


def test_a_tick_moves_topic_section_and_whole_and_survives_closing(open_page):
    page = open_page(SMALL)
    expect(page.locator("#count")).to_contain_text("0 of 4 · 0 %")
    box(page, "1.1.1").check()
    assert box(page, "1.1").evaluate("box => box.indeterminate")
    expect(page.locator("#count")).to_contain_text("1 of 4 · 25 %")
    expect(page.locator("[id='1'] .q").first).to_have_text("1/2")
    box(page, "1.1.2").check()
    assert box(page, "1").is_checked()
    page.close(run_before_unload=True)
    again = open_page(SMALL)
    assert box(again, "1.1.2").is_checked()
    expect(again.locator("#count")).to_contain_text("2 of 4 · 50 %")


def test_ticking_a_parent_ticks_all_below(open_page):
    page = open_page(SMALL)
    box(page, "1").check()
    assert [box(page, number).is_checked() for number in ("1.1", "1.1.1", "1.1.2", "1.1.3")] == [True] * 4
    box(page, "1.1").uncheck()
    assert not box(page, "1.1.1").is_checked()
    expect(page.locator("#count")).to_contain_text("0 of 4 · 0 %")


def test_ticks_survive_a_rebuild_with_changed_titles_and_order(open_page):
    before = roadmap("Plan", [{"title": "S", "items": [{"title": "Keep me", "id": "keep"}, {"title": "Old name"}]}])
    after = roadmap(
        "Plan",
        [
            {
                "title": "S",
                "items": [
                    "New",
                    {"title": "New name", "id": "new", "was": ("s/old-name",)},
                    {"title": "Kept", "id": "keep"},
                ],
            }
        ],
    )
    page = open_page(before)
    box(page, "1.1").check()
    box(page, "1.2").check()
    page.close(run_before_unload=True)
    again = open_page(after)
    assert [box(again, n).is_checked() for n in ("1.1", "1.2", "1.3")] == [False, True, True]


def test_two_tabs_agree_at_once(open_page):
    one, two = open_page(SMALL), open_page(SMALL)
    box(one, "2.1").check()
    expect(box(two, "2.1")).to_be_checked()
    box(two, "2.1").uncheck()
    expect(box(one, "2.1")).not_to_be_checked()
