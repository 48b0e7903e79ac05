"""What axe does not see: text spacing, zoom, forced colours, and what is read in which order."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.model import Hours, Kind, Link

pytestmark = pytest.mark.browser
PLAN = roadmap(
    "Everything at once",
    [
        {
            "title": "First section",
            "icon": "🚀",
            "summary": "What it is about",
            "items": [
                {
                    "title": "Topic with a title that is long enough to wrap on any phone",
                    "items": [
                        {"title": "Task", "hours": Hours(4, 8), "due": date(2026, 12, 4)},
                        {"title": "Extra", "optional": True},
                    ],
                },
                {"title": "Why?", "kind": Kind.QUESTION, "links": (Link("https://example.org/a", "An article"),)},
            ],
        },
        {"title": "Second section", "items": [{"title": "Done", "done": date(2026, 11, 1)}]},
    ],
    description="What this is about.",
)
SPACING = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}"


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_wide_spacing_of_text_cuts_nothing_off(new_opener, width):
    """WCAG 2.2, 1.4.12."""
    page = new_opener(viewport={"width": width, "height": 900}, bypass_csp=True)(PLAN)
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """[...document.querySelectorAll('main label,h1,h2,.q,button,#count,nav a')].filter((part) => part.offsetParent)
            .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== 'visible')
            .map((part) => part.textContent)"""
    )
    assert cut == []


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_at_200_percent_all_is_there(new_opener, size):
    width, height = (side // 2 for side in size)
    page = new_opener(viewport={"width": width, "height": height}, device_scale_factor=2)(PLAN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#search", "#more", "#next input", "main input"):
        page.locator(part).first.scroll_into_view_if_needed()
        expect(page.locator(part).first).to_be_in_viewport()


@pytest.mark.wheels
def test_forced_colours_keep_boxes_bars_icons_and_focus(new_opener):
    page = new_opener(forced_colors="active")(PLAN)
    page.locator("[id='1.1.1'] input").check()
    assert page.locator("[id='1.1.1'] input").evaluate("box => getComputedStyle(box).appearance") == "auto"
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert page.locator("[id='1'] h2 i svg").evaluate("icon => getComputedStyle(icon).fill") == ink
    page.keyboard.press("ArrowDown")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    expect(page.locator("main progress").first).to_be_visible()


@pytest.mark.wheels
@pytest.mark.parametrize(("name", "width"), [("tree-desk", 1440), ("tree-phone", 390)])
def test_what_is_read_and_in_which_order(new_opener, snapshot, name, width):
    opener = new_opener(viewport={"width": width, "height": 900})
    opener.context.clock.set_fixed_time("2026-11-23T09:00:00Z")
    page = opener(PLAN)
    expect(page.locator("main progress").last).to_be_attached()
    snapshot(page.locator("body").aria_snapshot() + "\n", f"{name}.yaml")
