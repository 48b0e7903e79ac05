"""The interactive page, opened from a disk in a real Chromium."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile import ROADMAPS
from patience import settles
from playwright.sync_api import Browser, Page
from trees import roadmap, wide

from roadpress.core import text
from roadpress.core.model import Link, Roadmap
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, mindmap

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


def html_of(source: Roadmap, **options: Any) -> str:
    result = mindmap.export(Snapshot.of(source, today=date(2026, 11, 23)), mindmap.Options(interactive=True, **options))
    assert [file.suffix for file in result.files] == [".mindmap.html"]
    return result.files[0].data.decode()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []

    def open_page(source: Roadmap, anchor: str = "", **options: Any) -> Page:
        path = tmp_path / "map.html"
        path.write_text(html_of(source, **options), "utf-8")
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on(
            "request", lambda request: None if request.url.startswith(("file:", "data:")) else wrong.append(request.url)
        )
        page.goto(path.as_uri() + anchor)
        return page

    yield open_page
    context.close()
    assert wrong == []


def shown(page: Page) -> int:
    return page.locator("[role=treeitem]:not(.off)").count()


def item(page: Page, name: str) -> Any:
    return page.get_by_role("treeitem", name=re.compile(name)).first


@pytest.fixture
def brief(root: Path) -> Roadmap:
    return load(root / "roadmap.yaml")


def test_every_title_is_an_entry_of_the_tree(opened: Opener, brief: Roadmap) -> None:
    page = opened(brief)
    names = page.eval_on_selector_all("[role=treeitem]", "all => all.map(one => one.getAttribute('aria-label'))")
    together = re.sub(r"\s+", "", "".join(names))
    assert len(names) == 1 + sum(1 for _ in brief.walk())
    assert all(re.sub(r"\s+", "", text.plain(node.title)) in together for node in brief.walk())
    levels = page.eval_on_selector_all("[role=treeitem]", "all => all.map(one => +one.getAttribute('aria-level'))")
    assert sorted(set(levels)) == [1, 2, 3, 4]


def test_a_click_on_the_knob_folds_and_the_address_keeps_it_over_a_reload(opened: Opener, brief: Roadmap) -> None:
    page = opened(brief)
    everything = shown(page)
    section = item(page, "ML Tools")
    section.locator(".toggle").click()
    folded = everything - sum(1 for _ in brief.sections[5].walk()) + 1
    assert shown(page) == folded
    assert section.get_attribute("aria-expanded") == "false"
    page.wait_for_url("**#*turned=*")
    page.reload()
    assert shown(page) == folded
    item(page, "ML Tools").locator(".toggle").click()
    assert shown(page) == everything


@pytest.mark.parametrize("layout", mindmap.LAYOUTS)
def test_folding_closes_the_map_up_and_no_two_entries_overlap(opened: Opener, brief: Roadmap, layout: str) -> None:
    page = opened(brief, layout=layout)
    page.select_option("#level", "2")
    assert shown(page) == 1 + sum(1 for node in brief.walk() if node.depth <= 2)
    for section in ("ML for Frontend", "ML for SDE"):
        item(page, section).locator(".toggle").click()
    assert overlapping(page) == []
    page.select_option("#level", "99")
    before = page.evaluate(CORNERS)
    last = page.locator(".toggle").last
    last.click()
    last.click()
    assert page.evaluate(CORNERS) == [[pytest.approx(point, abs=1) for point in box] for box in before]


@pytest.mark.parametrize("layout", mindmap.LAYOUTS)
def test_curves_follow_when_something_is_folded(opened: Opener, brief: Roadmap, layout: str) -> None:
    page = opened(brief, layout=layout)
    drawn = page.evaluate(CURVES)
    page.locator("[role=treeitem]:has(.toggle)").last.focus()
    page.keyboard.press("Space")
    moved = [(one, two) for one, two in zip(drawn, page.evaluate(CURVES), strict=True) if two["shown"]]
    alike = 0
    for before, after in moved:
        (left, top, *_), tip, (*_, right, bottom) = after["path"], after["path"][6:8], after["path"]
        for end, (x, y, radius) in zip((((left + right) / 2, (top + bottom) / 2), tip), after["ends"], strict=True):
            assert math.hypot(end[0] - x, end[1] - y) < radius + 2
        shifts = [end[at] - old[at] for end, old in zip(after["ends"], before["ends"], strict=True) for at in (0, 1)]
        if shifts[:2] == pytest.approx(shifts[2:], abs=0.02):
            alike += 1
            expected = [value + shift for value, shift in zip(before["path"], shifts[:2] * 7, strict=True)]
            assert after["path"] == pytest.approx(expected, abs=0.12)
    assert len(moved) > 100
    assert alike > 10 or layout == "radial"


CURVES = """() => {
    const { nodes } = JSON.parse(document.getElementById('data').textContent);
    const numbers = (text) => (text.match(/-?[0-9.]+/g) ?? []).map(Number);
    const place = ([key, , x, y, w, h]) => {
        const transform = document.getElementById(key).getAttribute('transform') ?? '';
        const [dx, dy] = transform.startsWith('translate') ? numbers(transform) : [0, 0];
        return [x + dx, y + dy, Math.hypot(w, h) / 2];
    };
    return nodes.filter(([, parent]) => parent >= 0).map((node) => {
        const edge = document.getElementById(`e${node[0].slice(1)}`);
        const path = numbers(edge.getAttribute('d'));
        return { path, ends: [place(nodes[node[1]]), place(node)], shown: !edge.classList.contains('off') };
    });
}"""

CORNERS = """() => [...document.querySelectorAll('[role=treeitem]:not(.off)')].map((one) => {
    const shape = one.querySelector('.box') ?? one.querySelector('text');
    const { x, y, width, height } = shape.getBBox();
    const matrix = shape.getCTM();
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]].map(([left, top]) => {
        const point = new DOMPoint(left, top).matrixTransform(matrix);
        return [point.x, point.y];
    });
})"""


def overlapping(page: Page) -> list[Any]:
    """Return the pairs of entries that overlap, turned as they are (separating axis theorem)."""
    boxes = page.evaluate(CORNERS)
    return [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :] if not apart(one, other)]


def apart(one: list[list[float]], other: list[list[float]]) -> bool:
    for box in (one, other):
        for end in (1, 3):
            x, y = box[end][0] - box[0][0], box[end][1] - box[0][1]
            length = math.hypot(x, y)
            first, second = ([(px * x + py * y) / length for px, py in points] for points in (one, other))
            if max(first) <= min(second) + 0.5 or max(second) <= min(first) + 0.5:
                return True
    return False


def test_a_folded_wheel_is_smaller_and_as_it_was_when_it_is_unfolded(opened: Opener) -> None:
    page = opened(wide(140), layout="radial")
    spans = {}
    for level in ("99", "1", "2", "99"):
        page.select_option("#level", level)
        assert overlapping(page) == []
        corners = [point for box in page.evaluate(CORNERS) for point in box]
        scale = page.evaluate("document.querySelector('main > svg').getScreenCTM().a")
        span = (max(x for x, _ in corners) - min(x for x, _ in corners)) / scale
        assert spans.setdefault(level, span) == pytest.approx(span, abs=1)
    assert spans["1"] < spans["2"] < spans["99"]


def test_search_finds_titles_and_notes_unfolds_and_is_kept(opened: Opener) -> None:
    source = roadmap(
        "Search", [{"title": "One", "items": [{"title": "Éclair", "notes": "made of choux"}, "Two"]}, "Three"]
    )
    page = opened(source)
    page.select_option("#level", "1")
    assert shown(page) == 3
    page.keyboard.press("Escape")
    page.locator("#find").fill("eclair")
    assert page.locator("#found").inner_text() == "1 found"
    page.keyboard.press("Enter")
    assert item(page, "Éclair").is_visible()
    assert page.locator("#found").inner_text() == "1 of 1"
    page.locator("#find").fill("choux")
    assert page.locator("#found").inner_text() == "1 found"
    page.locator("#find").fill("nowhere")
    assert page.locator("#found").inner_text() == "Nothing found"
    page.wait_for_url("**find=nowhere*")
    page.reload()
    assert page.locator("#find").input_value() == "nowhere"
    assert page.locator("#found").inner_text() == "Nothing found"


def test_the_page_speaks_the_roadmaps_language(opened: Opener) -> None:
    page = opened(roadmap("Karte", ["Eins", "Zwei"], language="de"))
    page.get_by_role("searchbox", name="Die Karte durchsuchen").fill("ei")
    assert page.locator("#found").inner_text() == "2 gefunden"
    page.keyboard.press("Enter")
    assert page.locator("#found").inner_text() == "1 von 2"
    page.locator("#find").fill("xyz")
    assert page.locator("#found").inner_text() == "Nichts gefunden"
    page.get_by_role("button", name="Tasten").click()
    assert "Auf- oder zuklappen" in page.get_by_role("dialog").inner_text()


def test_the_keyboard_goes_through_the_tree(opened: Opener) -> None:
    page = opened(roadmap("Keys", [{"title": "One", "items": ["First", "Second"]}, "Two"]))
    focused = "document.activeElement.getAttribute('aria-label')"
    page.locator("[role=treeitem]").first.focus()
    for key, wanted in (
        ("ArrowDown", "1 One"),
        ("ArrowRight", "1.1 First"),
        ("ArrowDown", "1.2 Second"),
        ("ArrowLeft", "1 One"),
        ("ArrowLeft", "1 One"),
        ("ArrowDown", "2 Two"),
        ("ArrowUp", "1 One"),
        ("ArrowRight", "1 One"),
        ("ArrowDown", "1.1 First"),
        ("End", "2 Two"),
        ("Home", "Keys"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(focused) == wanted, key
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_an_entry_shows_its_notes_and_links(opened: Opener) -> None:
    link = Link("https://example.org/a", "The paper")
    page = opened(roadmap("Notes", [{"title": "One", "notes": "Read *slowly*.", "links": (link,)}]))
    item(page, "One").focus()
    page.keyboard.press("Enter")
    assert "Read slowly." in page.locator("#facts").inner_text()
    anchor = page.locator("#links a")
    assert anchor.get_attribute("href") == "https://example.org/a"
    assert "The paper" in anchor.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#about").is_hidden()


def test_arrows_of_needs_follow_their_entries(opened: Opener) -> None:
    source = roadmap(
        "Needs",
        [
            {"title": "One", "items": ["a", {"title": "b", "id": "b"}]},
            {"title": "Two", "items": [{"title": "c", "needs": ("b",)}, "d"]},
            {"title": "Three", "needs": ("b",), "items": ["e"]},
        ],
    )
    page = opened(source, needs=True, layout="right")
    arrow = page.locator(".needs > path")
    assert arrow.count() == 2
    before = [arrow.nth(index).get_attribute("d") for index in range(2)]
    item(page, "Two").locator(".toggle").click()
    assert sorted(arrow.nth(index).is_visible() for index in range(2)) == [False, True]
    assert [arrow.nth(index).get_attribute("d") for index in range(2)] != before
    item(page, "Two").locator(".toggle").click()
    assert [arrow.nth(index).get_attribute("d") for index in range(2)] == before


def box_of(page: Page) -> list[float]:
    return [float(part) for part in (page.locator("main > svg").get_attribute("viewBox") or "").split()]


def test_wheel_zooms_at_the_pointer_and_dragging_moves(opened: Opener, brief: Roadmap) -> None:
    page = opened(brief)
    before = box_of(page)
    page.mouse.move(720, 480)
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"document.querySelector('main > svg').viewBox.baseVal.width < {before[2] * 0.8}")
    near = box_of(page)
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(700, 380, steps=4)
    page.mouse.up()
    moved = box_of(page)
    assert moved[0] < near[0] - 10
    assert moved[1] < near[1] - 10
    page.keyboard.press("0")
    assert box_of(page) == pytest.approx(before, abs=1)


def test_a_large_map_begins_folded(opened: Opener) -> None:
    page = opened(wide(1000))
    assert 5 < shown(page) <= 160


@pytest.mark.parametrize("hostile", ["script", "html", "graphviz", "quotes", "dollar", "markdown", "rtl", "5000"])
def test_titles_are_text(opened: Opener, hostile: str) -> None:
    source = ROADMAPS[hostile]
    page = opened(source)
    name = page.locator("[role=treeitem]").first.get_attribute("aria-label") or ""
    if hostile != "rtl":
        assert re.sub(r"\s+", "", name) == re.sub(r"\s+", "", text.plain(source.title))
    assert page.locator("main img, main b, main i, main table").count() == 0


@pytest.mark.parametrize(
    "anchor", ["#turned=%E0%A4%A", "#level=abc&at=1,2", "#at=1e9,1e9,99", "#turned=<img>,,n1&find=%"]
)
def test_a_broken_address_shows_the_whole_map(opened: Opener, brief: Roadmap, anchor: str) -> None:
    page = opened(brief, anchor)
    assert shown(page) == 1 + sum(1 for _ in brief.walk())


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opener, brief: Roadmap, theme: str, width: int) -> None:
    axe = Axe()
    page = opened(brief, theme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    for _ in range(2):
        assert [(found["id"], len(found["nodes"])) for found in axe.run(page).response["violations"]] == []
        item(page, "ML for Backend").focus()
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    assert axe.run(page).response["violations"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawing_follows_the_screen_and_has_contrast(
    browser: Browser, brief: Roadmap, scheme: str, tmp_path: Path
) -> None:
    """WCAG 2.2, 1.4.3: text has at least 4.5:1 on what it stands on; axe doesn't look into drawings."""
    snapshot = Snapshot.of(brief, today=date(2026, 11, 23))
    (tmp_path / "map.svg").write_bytes(mindmap.export(snapshot, mindmap.Options()).files[0].data)
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of its two
    page = context.new_page()
    page.goto((tmp_path / "map.svg").as_uri())
    pairs = page.evaluate(
        """() => [...document.querySelectorAll('g[id^=n]')].flatMap((node) => {
            const box = node.querySelector('.box');
            const under = getComputedStyle(box ?? document.querySelector('.ground')).fill;
            return [...node.querySelectorAll('text,tspan')].map((text) => [getComputedStyle(text).fill, under]);
        })"""
    )
    grounds = {under for _, under in pairs}
    context.close()
    assert len(pairs) > 100
    assert len(grounds) > 10
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as CSS computes them (WCAG 2.2, relative luminance)."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(color: str) -> float:
    parts = (int(part) / 255 for part in re.findall(r"\d+", color)[:3])
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_phone_shows_an_outline_no_wider_than_its_screen(browser: Browser, brief: Roadmap, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(html_of(brief), "utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.goto(path.as_uri())
    assert shown(page) == 1 + len(brief.sections)
    for index in range(shown(page)):
        box = page.locator("[role=treeitem]:not(.off) .box").nth(index).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    item(page, "ML for SDE").locator(".toggle").click()
    assert shown(page) > 1 + len(brief.sections)
    context.close()


def test_without_scripts_the_whole_map_is_there(browser: Browser, brief: Roadmap, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(html_of(brief), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert "Machine Learning" in page.locator("main svg").inner_html()
    assert page.locator("header").is_hidden()
    context.close()


SMALL = {"title": "Basics", "items": [{"title": "Loops"}, {"title": "Deploy a page", "items": ["Deploy once", "Look"]}]}


DONE = {"title": "Done", "items": [{"title": "Before", "done": True}]}


def test_ticks_are_shared_with_the_checklist_on_the_same_machine(browser: Browser, tmp_path: Path) -> None:
    source = roadmap("Shared ticks", [SMALL, {"title": "More", "items": ["One", "Two"], "optional": True}, DONE])
    today = date(2026, 11, 23)
    snapshot = Snapshot.of(source, today=today)
    map_file, list_file = tmp_path / "map.html", tmp_path / "list.html"
    map_file.write_text(html_of(source), "utf-8")
    list_file.write_bytes(checklist.export(snapshot, checklist.Options()).files[0].data)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    drawn = context.new_page()
    drawn.goto(map_file.as_uri())
    box = drawn.locator("g.d2:has-text('1.1 Loops') > .tick")
    box.click()
    assert item(drawn, "Loops").get_attribute("aria-checked") == "true"
    settles(lambda: "1 of 3 · 33 %" in item(drawn, "Basics").text_content(), True)
    settles(lambda: "2 of 4 · 50 %" in item(drawn, "Shared ticks").text_content(), True)

    ticked = context.new_page()
    ticked.goto(list_file.as_uri())
    ticked.locator("html.begun").wait_for(state="attached")
    assert ticked.locator("[id='1.1'] input").is_checked()
    ticked.locator("[id='1.2.1'] input").check()
    settles(lambda: item(drawn, "Deploy once").get_attribute("aria-checked"), "true")  # at once, in the other tab
    item(drawn, "Loops").focus()
    drawn.keyboard.press("Space")
    settles(lambda: ticked.locator("[id='1.1'] input").is_checked(), False)

    again = context.new_page()
    again.goto(map_file.as_uri())
    assert [item(again, name).get_attribute("aria-checked") for name in ("Loops", "Deploy once", "Look", "One")] == [
        "false",
        "true",
        "false",
        "false",
    ]
    item(again, "One").focus()
    again.keyboard.press("Space")
    assert item(again, "One").get_attribute("aria-checked") == "true"
    assert "2 of 4 · 50 %" in item(again, "Shared ticks").text_content()  # what is optional counts apart
    context.close()


def test_a_search_counts_what_holds_the_words_and_opens_the_ways_to_it_alone(opened: Opener) -> None:
    source = roadmap("R", [SMALL, {"title": "More", "items": [{"title": "Topic", "items": ["Two", "Three"]}]}])
    page = opened(source)
    everything = shown(page)
    page.locator("#find").fill("deploy")
    settles(lambda: page.locator("#found").text_content(), "2 found")
    names = page.eval_on_selector_all(
        "[role=treeitem]:not(.off)", "all => all.map(one => one.getAttribute('aria-label'))"
    )
    assert not any("Topic" in name or "Three" in name for name in names)
    assert any("Deploy once" in name for name in names)
    page.locator("#find").fill("once deploy")
    settles(lambda: page.locator("#found").text_content(), "1 found")
    page.locator("#find").fill("")
    settles(lambda: shown(page), everything)


@pytest.mark.parametrize("size", [(1440, 900), (800, 600), (390, 844)])
@pytest.mark.parametrize("layout", ["two-sided", "right", "down", "radial", "outline"])
def test_a_lopsided_map_opens_with_its_centre_in_view(
    browser: Browser, tmp_path: Path, layout: str, size: tuple[int, int]
) -> None:
    many = {
        "title": "Large",
        "items": [{"title": f"Topic {at}", "items": [f"Item {at} {n}" for n in range(6)]} for at in range(20)],
    }
    source = roadmap("The centre of it all", [many, "Small"])
    path = tmp_path / "map.html"
    path.write_text(html_of(source, layout=layout), "utf-8")
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(path.as_uri())
    box, pane = item(page, "The centre of it all").bounding_box(), page.locator("#map").bounding_box()
    context.close()
    assert box
    assert pane
    assert box["x"] >= pane["x"] - 4
    assert box["y"] >= pane["y"] - 4
    assert box["x"] + box["width"] <= pane["x"] + pane["width"] + 4
    assert box["y"] + box["height"] <= pane["y"] + pane["height"] + 4


@pytest.mark.parametrize("layout", ["two-sided", "right", "down"])
def test_the_page_fits_the_paper(opened: Opener, brief: Roadmap, layout: str) -> None:
    page = opened(brief, layout=layout)
    page.locator("#in").click()  # whatever is seen on the screen
    page.locator("#in").click()
    with pymupdf.open(stream=page.pdf(prefer_css_page_size=True)) as document:
        assert len(document) == 1
        words = document[0].get_text("words")
        page_rect = document[0].rect
    assert all(page_rect.contains(pymupdf.Rect(word[:4])) for word in words)
    together = re.sub(r"\s+", "", "".join(word[4] for word in words))
    for node in brief.sections:
        assert re.sub(r"\s+", "", text.plain(node.title)) in together
