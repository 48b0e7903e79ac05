"""On a phone: what to do now is on the first screen, one slim bar stays, fingers hit, and nothing is cut off."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours, Link, Pace
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress
from roadpress.core.snapshot import Snapshot

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = "This plan came out of many months of work, and of as many mistakes. You need not do as much as it says. "
ITEM = "Explain the difference between a thing and another that looks like it, and when to take which"
SOME = [
    {"title": f"Part {n}", "summary": LONG, "items": [ITEM, {"title": ITEM, "items": [ITEM] * 3}]} for n in range(3)
]


def planned(source):
    progress, today = Progress.of_author(source), date(2026, 11, 23)
    return Snapshot(source, progress, today, plan(source, progress, today=today))


FIVE = {
    "much to read first": roadmap("A university of one's own", SOME, description=f"> {LONG * 3}\n\n{LONG * 6}"),
    "planned": planned(
        roadmap(
            "Open source society",
            [{"title": "S", "items": [{"title": ITEM, "hours": Hours(2, 3)} for _ in range(30)]}],
            pace=Pace(6, "week"),
            description=LONG,
            authors=("Ada Lovelace", "Grace Hopper"),
        )
    ),
    "deep": roadmap("Deep", [{"title": "1", "items": [{"title": "2", "items": [{"title": "3", "items": [ITEM]}]}]}]),
    "Chinese": roadmap(
        "計算機科學自學路線圖與計畫",
        [{"title": "數學", "items": ["線性代數與微積分的基礎知識" * 4]}] * 1,
        language="zh-TW",
    ),
    "Arabic": roadmap(
        "خارطة طريق طويلة العنوان لتعلم البرمجة",
        [{"title": "الأساسيات", "items": ["سلسلة الخوارزميات " * 6]}],
        language="ar",
    ),
}


@pytest.fixture
def phone(new_opener):
    return new_opener(**PHONE)


@pytest.mark.parametrize("name", FIVE)
def test_the_first_box_is_on_the_first_screen(phone, name):
    page = phone(FIVE[name])
    first = page.locator("#next li").first
    box = first.bounding_box()
    assert box["y"] + box["height"] < 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first.locator("label").tap()
    expect(page.locator("main input:checked").first).to_be_attached()


def test_a_long_description_is_three_lines_and_the_rest_is_a_tap_away(phone):
    page = phone(FIVE["much to read first"])
    about = page.locator("#about")
    line = 16 * 1.4
    assert about.bounding_box()["height"] < 3.2 * line
    page.get_by_role("button", name="more", exact=True).tap()
    assert about.bounding_box()["height"] > 9 * line
    page.get_by_role("button", name="less", exact=True).tap()
    assert about.bounding_box()["height"] < 3.2 * line


def test_one_slim_bar_stays(phone):
    page = phone(FIVE["much to read first"])
    page.evaluate("scrollTo(0, 900)")
    bar = page.locator(".bar").bounding_box()
    assert bar["y"] == 0
    assert bar["height"] <= 52
    for part in ("#search", "#filter", "#more", "#far"):
        expect(page.locator(part)).to_be_in_viewport()
    expect(page.locator("#state")).to_be_hidden()
    page.locator("#filter").tap()
    expect(page.locator("#filter")).to_have_attribute("aria-expanded", "true")
    page.locator("#state").select_option("done")
    expect(page.locator("#found")).to_have_text("0 found")
    page.locator("#clear").tap()
    assert page.evaluate("getComputedStyle(document.querySelector('main section>header')).position") == "static"


def test_everything_to_tap_is_44_pixels(phone):
    page = phone(FIVE["planned"])
    small = page.evaluate(
        """[...document.querySelectorAll('button,select,input:not([type=checkbox]),label,nav a,nav summary,#next a')]
            .filter((part) => part.offsetParent && !part.closest('[popover],dialog') && part.id !== 'aboutmore')
            .map((part) => [part.id || part.className || part.textContent.slice(0, 20), part.getBoundingClientRect()])
            .filter(([, { width, height }]) => height < 43.5 || width < 43.5).map(([name]) => name)"""
    )
    assert small == []


def test_no_key_is_named_where_there_are_none(phone):
    page = phone(FIVE["planned"])
    page.locator("#more").tap()
    assert page.locator("#menu kbd").evaluate_all("keys => keys.filter((key) => key.offsetParent).length") == 0
    expect(page.locator("#menu").get_by_role("button", name="Keyboard")).to_be_hidden()


def test_days_stand_at_titles_ends_and_what_is_done_says_no_day(phone):
    page = phone(FIVE["planned"])
    row = page.locator("[id='1.1']")
    expect(row.locator("label .on time")).to_be_visible()
    row.locator("label").tap()
    expect(row.locator(".on")).to_be_hidden()
    row.locator(".a").tap()
    expect(page.locator("#actwhen")).to_contain_text("done ")


def test_50_levels_stay_readable(phone):
    deep = ITEM
    for level in range(49, 0, -1):
        deep = {"title": f"Level {level}", "items": [deep, ITEM]}
    page = phone(roadmap("Deep", [deep]))
    assert page.locator("#next span").first.bounding_box()["width"] > 180
    title = page.evaluate(
        """(() => { const range = new Range(); range.selectNodeContents([...document.querySelectorAll('main label')].at(-1));
            return Math.max(...[...range.getClientRects()].map((rect) => rect.width)) })()"""
    )
    assert title > 180
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_wrapped_titles_hang(phone):
    page = phone(roadmap("R", [{"title": "S", "items": [ITEM]}]))
    lines = page.evaluate(
        """(() => { const text = [...document.querySelector("[id='1.1'] label").childNodes].find((part) => part.nodeType === 3 && part.data.trim());
            const range = new Range(); range.selectNodeContents(text); return [...range.getClientRects()].map((rect) => Math.round(rect.left)) })()"""
    )
    assert len(lines) > 1
    assert max(lines) - min(lines) <= 8


def test_resources_are_as_easy_to_tap(phone):
    links = tuple(Link(f"https://example.org/{n}", f"Resource {n}") for n in range(3))
    page = phone(roadmap("R", [{"title": "S", "items": [{"title": "a", "links": links}]}]))
    boxes = [link.bounding_box() for link in page.locator("main .l a").all()]
    assert min(later["y"] - earlier["y"] for earlier, later in itertools.pairwise(boxes)) >= 30
