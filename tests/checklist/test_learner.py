"""Whose a page is: its head, what it saves, and whose ticks it takes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

from roadpress.core.errors import RoadpressError
from roadpress.core.snapshot import Snapshot
from roadpress.importers.collect.checklist import read_link, read_saved

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
SMALL = roadmap("Small", [{"title": "First", "items": [{"title": "T", "items": ["One", "Two"]}, "Three"]}, "Four"])


def of(learner, source=SMALL):
    return replace(Snapshot.of(source, today=TODAY), learner=learner)


def box(page, number):
    return page.locator(f"[id='{number}'] input").first


def state(page):
    return "".join("x" if box(page, number).is_checked() else "." for number in ("1.1.1", "1.1.2", "1.2", "2"))


def menu(page, name):
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name=name).click()


def saved_by(page):
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        menu(page, "Save progress")
    return download.value.suggested_filename, download.value.path().read_bytes()


def open_saved(page, data):
    page.evaluate("delete window.showOpenFilePicker")
    with page.expect_file_chooser() as chooser:
        menu(page, "Open progress")
    chooser.value.set_files({"name": "saved.json", "mimeType": "application/json", "buffer": data})


def link_of(page):
    menu(page, "Link with my ticks")
    page.wait_for_url("**#t1.*")
    return page.evaluate("location.hash")


EVIL = "</script><img src=x onerror=alert(1)>\u202e \"'&amp;"


@pytest.mark.parametrize("name", ["Ada Lovelace", "מרים כהן", "W" * 200, EVIL])
def test_the_head_says_whose_it_is_and_breaks_with_no_name(open_page, name):
    page = open_page(of(name))
    expect(page.locator(".who")).to_have_text(name)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_name_the_page_says_nothing_of_one(open_page):
    page = open_page(SMALL)
    expect(page.locator(".who")).to_have_count(0)
    assert "learner" not in json.loads(page.locator("#data").text_content())
    assert "learner" not in json.loads(saved_by(page)[1])


@pytest.mark.parametrize(
    ("title", "learner", "key", "name"),
    [
        ("Small", "Ada Lovelace", "", "small-ada-lovelace"),
        ("Small", "", "", "small"),
        ("机器 学习", "山田 太郎", "", "机器-学习-山田-太郎"),
        ("R", "अदिति", "", "r-अदिति"),
        ("R", '../../a:b*?"<>|\\.', "CON", "con-a-b"),
        ("???", "...", "../x", "x"),
    ],
)
def test_the_saved_file_is_named_by_roadmap_learner_and_day(open_page, title, learner, key, name):
    page = open_page(of(learner, replace(SMALL, title=title)), key=key)
    filename, data = saved_by(page)
    assert re.sub(r"\d{4}-\d\d-\d\d", "DAY", filename) == f"{name}-DAY.progress.json"
    returned = read_saved(data)
    assert (returned.learner, returned.title) == (learner, title)


@pytest.mark.parametrize("letter", ["x", "机", "𞤀"])
def test_a_files_name_is_never_too_long(open_page, letter):
    page = open_page(of(letter * 200, replace(SMALL, title=letter * 300)))
    assert len(saved_by(page)[0].encode()) <= 255


def ticked_by(open_page, learner, *numbers, source=SMALL):
    """Return the saved file and the link of a page with some boxes ticked."""
    page = open_page(of(learner, source), "theirs.html")
    for number in numbers:
        box(page, number).check()
    found = saved_by(page)[1], link_of(page)
    page.evaluate("localStorage.clear()")
    page.close()
    return found


@pytest.mark.parametrize("way", ["file", "link"])
@pytest.mark.parametrize("answer", ["Take them in", "Leave them", "Escape"])
def test_anothers_ticks_are_asked_about(new_opener, way, answer):
    data, link = ticked_by(new_opener(), "Ben Nevis", "1.2")
    page = new_opener()(of("Ada Lovelace"), anchor=link if way == "link" else "")
    if way == "file":
        open_saved(page, data)
    expect(page.locator("#asked")).to_contain_text("Ben Nevis")
    expect(page.locator("#asked")).to_contain_text("Ada Lovelace")
    assert state(page) == "...."
    if answer == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name=answer).click()
    expect(page.locator("#ask")).to_be_hidden()
    if answer == "Take them in":
        expect(page.locator("#told")).to_have_text("1 taken in.")
    page.wait_for_timeout(100)
    assert state(page) == ("..x." if answer == "Take them in" else "....")


@pytest.mark.parametrize("way", ["file", "link"])
@pytest.mark.parametrize(("theirs", "mine"), [("Zoë", "ZOE\u0308"), ("", "Ada"), ("Ada", "")])
def test_ones_own_and_nameless_ticks_are_taken_without_a_question(new_opener, way, theirs, mine):
    data, link = ticked_by(new_opener(), theirs, "1.2")
    page = new_opener()(of(mine), anchor=link if way == "link" else "")
    if way == "file":
        open_saved(page, data)
    settles(lambda: state(page), "..x.")


OTHER = roadmap("Cooking", [{"title": "First", "items": [{"title": "T", "items": ["One"]}, "Soup", "Stew"]}])


def test_another_roadmaps_file_is_asked_about(new_opener):
    data, _ = ticked_by(new_opener(), "Ada", "1.1.1", "1.2", "1.3", source=OTHER)
    page = new_opener()(of("Ada"))
    open_saved(page, data)
    expect(page.locator("#asked")).to_contain_text("Cooking")
    page.get_by_role("button", name="Leave them").click()
    expect(page.locator("#ask")).to_be_hidden()
    assert state(page) == "...."
    open_saved(page, data)
    page.get_by_role("button", name="Take them in").click()
    settles(lambda: state(page), "x...")


def test_an_edited_edition_is_taken_without_a_question(new_opener):
    for title, items in (("Small", ["Two", "Soup", "Stew"]), ("Smaller", ["Two", "Soup"])):
        edition = roadmap(title, [{"title": "First", "items": [{"title": "T", "items": items}]}])
        numbers = [f"1.1.{at}" for at in range(1, len(items) + 1)]
        data, _ = ticked_by(new_opener(), "Ada", *numbers, source=edition)
        page = new_opener()(of("Ada"))
        open_saved(page, data)
        settles(lambda page=page: state(page), ".x..")


def test_a_link_of_another_roadmap_is_told_by_its_title(open_page):
    _, link = ticked_by(open_page, "Ada", "1.2", source=OTHER)
    page = open_page(of("Ada"), anchor=link)
    expect(page.locator("#told")).to_contain_text("another roadmap: Cooking.")
    with pytest.raises(RoadpressError, match="another roadmap, 'Cooking'"):
        read_link(link, SMALL)


def test_a_link_says_whose_it_is_and_older_links_hold(open_page):
    _, link = ticked_by(open_page, "Ada", "1.2")
    returned = read_link(link, SMALL)
    assert (returned.learner, returned.title) == ("Ada", "Small")
    assert [leaf.id for leaf in returned.leaves] == ["first/three"]
    older = ".".join(link.split(".")[:4])
    assert [leaf.id for leaf in read_link(older, SMALL).leaves] == ["first/three"]
    settles(lambda: state(open_page(of("Ben"), anchor=older)), "..x.")


def test_two_learners_in_one_browser_keep_apart(open_page):
    page = open_page(of("Ada"))
    box(page, "1.2").check()
    page = open_page(of("Ben"), page=page)  # in the same place
    settles(lambda: state(page), "....")
    box(page, "2").check()
    settles(lambda: state(open_page(of("Ben"), "elsewhere.html")), "...x")
    settles(lambda: state(open_page(of("Ada"), page=page)), "..x.")


def test_ticks_stay_when_a_page_gets_a_name_or_is_built_without_it(open_page):
    page = open_page(SMALL)
    box(page, "1.2").check()
    page = open_page(of("Ada"), page=page)
    settles(lambda: state(page), "..x.")
    page = open_page(SMALL, page=page)
    settles(lambda: state(page), "..x.")
    box(page, "2").check()
    page = open_page(of("Ada"), page=page)
    settles(lambda: state(page), "..xx")
    settles(lambda: state(open_page(of("Ben"), page=page)), "....")


@pytest.mark.parametrize("learner", [["Ada"], 7, {"a": 1}, None])
def test_a_strange_learner_in_a_file_breaks_nothing(open_page, learner):
    page = open_page(of("Ada"))
    item = {"first/three": {"state": "done", "on": "2026-11-01"}}
    open_saved(page, json.dumps({"roadpress": "checklist", "format": 1, "learner": learner, "items": item}).encode())
    settles(lambda: state(page), "..x.")
