"""Both pages in the three families of browsers, from a disk: what a reader does there in a day."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import chromium_tab
import firefox
import pymupdf
import pytest
import webkit
from driven import ESCAPE
from pypdf import PdfReader
from trees import roadmap

import roadpress
from roadpress.core.model import Link
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, mindmap

needs_firefox = pytest.mark.skipif(not firefox.find(), reason="install Debian's package `firefox-esr` to run it")
needs_webkit = pytest.mark.skipif(
    not webkit.find(), reason="install Debian's packages `webkit2gtk-driver` and `xvfb` to run it"
)
CHROMIUM = pytest.param("chromium", marks=pytest.mark.browser)
FIREFOX = pytest.param("firefox", marks=needs_firefox)
ALL = [CHROMIUM, FIREFOX, pytest.param("webkit", marks=needs_webkit)]
PLAN = Snapshot.of(
    roadmap(
        "Three browsers",
        [
            {
                "title": "Bread",
                "icon": "★",
                "items": ["Flour and water", {"title": "Dough", "items": ["Knead", "Rest"]}],
            },
            {
                "title": "Soup",
                "items": [{"title": "Stock", "links": (Link("https://example.org/", "How"),)}, "Noodles"],
            },
        ],
        language="en",
    ),
    today=date(2026, 11, 23),
)


@pytest.fixture(scope="module")
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def process(kind, request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(kind)
    if kind == "chromium":
        opened = chromium_tab.Chromium(request.getfixturevalue("browser"), folder)
    else:
        opened = {"firefox": firefox.Firefox, "webkit": webkit.WebKit}[kind](folder)
    yield opened
    opened.close()


@pytest.fixture
def new_tab(process):
    tabs = []

    def make(path):
        tabs.append(process.tab())
        tabs[-1].open(path.as_uri())
        return tabs[-1]

    yield make
    complaints = [said for tab in tabs for said in tab.complaints()]
    for tab in tabs:
        tab.close()
    assert complaints == []


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "plan.checklist.html"
    path.write_bytes(checklist.export(PLAN, checklist.Options()).files[0].data)
    return path


@pytest.fixture
def tab(new_tab, page):
    opened = new_tab(page)
    opened.wait("document.documentElement.classList.contains('begun')")
    return opened


def box(number):
    return f'[id="{number}"] input'


BOX = """const { left, top, right, bottom } = document.querySelector(arguments[0]).getBoundingClientRect();
return [left, top, right, bottom]"""
LOWEST = "return Math.max(...[...document.querySelector(arguments[0]).children].map((part) => part.getBoundingClientRect().bottom))"
TICKED = "[...document.querySelectorAll('main input:checked')].map((box) => box.closest('[id]').id).join()"
SHOWN = "[...document.querySelectorAll('main li[id]:not(.g)')].filter((row) => row.offsetParent).map((row) => row.id).join()"


@pytest.mark.parametrize("kind", ALL, indirect=True)
def test_ticks_stay_over_a_reload(tab):
    tab.click(box("1.2.1"))
    tab.wait("document.querySelector('#count').textContent.startsWith('1 of 5')")
    tab.reload()
    tab.wait("document.documentElement.classList.contains('begun')")
    assert tab.js(f"return {TICKED}") == "1.2.1"


@pytest.mark.parametrize("kind", ALL, indirect=True)
def test_menus_are_as_high_as_what_they_offer_and_leave_their_button_free(tab):
    width, height = tab.js("return [innerWidth, innerHeight]")
    for button, menu in (("#more", "#menu"), ('[id="1.1"] .a', "#actions")):
        tab.click(button)
        tab.wait(f"document.querySelector('{menu}:popover-open')?.style.top")
        left, top, right, bottom = tab.js(BOX, menu)
        assert left >= 0
        assert right <= width
        assert bottom <= height
        assert bottom - tab.js(LOWEST, menu) < 20, "there is empty room below what it offers"
        assert top >= tab.js(BOX, button)[3] - 1, "it covers its button"
        tab.type(ESCAPE)
        tab.wait(f"!document.querySelector('{menu}').matches(':popover-open')")


@pytest.mark.parametrize("kind", ALL, indirect=True)
def test_search_shows_what_has_the_word(tab):
    tab.click("#search")
    tab.type("knead")
    tab.wait(f"{SHOWN} === '1.2.1'")


@pytest.mark.parametrize("kind", ALL, indirect=True)
def test_a_saved_file_brings_the_ticks_to_another_profile(tab, new_tab, page):
    tab.click(box("2.1"))
    tab.click("#more")
    tab.click("#menu [data-do=save]")
    saved = tab.saved_file()
    assert json.loads(saved.read_text("utf-8"))["items"]["soup/stock"]["state"] == "done"
    other = new_tab(page)
    other.wait("document.documentElement.classList.contains('begun')")
    assert other.js(f"return {TICKED}") == ""
    other.choose("#file", saved)
    other.wait(f"{TICKED} === '2.1'")


@pytest.mark.parametrize("kind", [CHROMIUM, FIREFOX], indirect=True)  # WebKitWebDriver cannot print
def test_paper_has_every_row_and_no_controls(tab):
    tab.click('[id="1"] .f')
    printed = PdfReader(io.BytesIO(tab.pdf()))
    text = "\n".join(sheet.extract_text() for sheet in printed.pages)
    assert all(title in text for title in ("Flour and water", "Knead", "Noodles"))
    assert "<https://example.org/>" in text
    assert "Menu" not in text


@pytest.mark.parametrize("kind", [CHROMIUM, FIREFOX], indirect=True)
def test_no_head_stands_alone_at_the_foot_of_a_sheet(new_tab, tmp_path):
    """A head asks for the room of what follows it, for Firefox knows no `break-after: avoid`."""
    path = tmp_path / "long.html"
    sections = [
        {
            "title": f"Section {at}",
            "items": [
                {"title": f"Topic {at}.{place}", "items": [f"Item {n}" for n in range((at * 7 + place * 3) % 5 + 1)]}
                for place in range(3)
            ],
        }
        for at in range(25)
    ]
    source = Snapshot.of(roadmap("Long", sections), today=date(2026, 11, 23))
    path.write_bytes(checklist.export(source, checklist.Options()).files[0].data)
    tab = new_tab(path)
    tab.wait("document.documentElement.classList.contains('begun')")
    with pymupdf.open(stream=tab.pdf()) as printed:
        lowest = [
            max((word[3], word[4]) for word in sheet.get_text("words") if word[4] in ("Section", "Topic", "Item"))[1]
            for sheet in printed
        ]
    assert len(lowest) > 5
    assert set(lowest) == {"Item"}


@pytest.mark.parametrize("kind", ALL, indirect=True)
def test_text_on_the_maps_page_is_no_wider_than_its_box(new_tab, tmp_path):
    path = tmp_path / "map.html"
    source = Snapshot.of(roadpress.load(Path(roadpress.__file__).parent / "roadmap.yaml"), today=date(2026, 11, 23))
    path.write_bytes(mindmap.export(source, mindmap.Options(interactive=True)).files[0].data)
    tab = new_tab(path)
    tab.wait("document.documentElement.classList.contains('ready') || document.body.classList.contains('ready')")
    # WebKit sets some letters wider than they were measured: by less than the room around a title
    wide = tab.js(
        """return [...document.querySelectorAll("main [role=treeitem]")].flatMap((node) => {
            const box = node.querySelector(".box"), text = node.querySelector("text");
            if (!box || !text) return [];
            const [outer, inner] = [box.getBoundingClientRect(), text.getBoundingClientRect()];
            return inner.left < outer.left - 4 || inner.right > outer.right + 4 ? [text.textContent] : [];
        })"""
    )
    assert wide == []
    assert tab.js("return document.querySelectorAll('main [role=treeitem] .box').length") > 20
