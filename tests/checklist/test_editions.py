"""A page opened with what another edition of the roadmap left: ticks that follow, what is kept apart, what is new."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap, wide

from roadpress.core.identity.matching import match
from roadpress.core.identity.outline import outline_of
from roadpress.core.model import Roadmap
from roadpress.core.progress.model import State
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.importers.collect.checklist import read_saved

pytestmark = pytest.mark.browser


def box(page, number):
    return page.locator(f"[id='{number}'] input").first


def ticked(page):
    """The titles that are ticked, of leaves."""
    return page.evaluate(
        """[...document.querySelectorAll("main li:not(.g) > label > input:checked, main h2 input:checked")]
            .filter((box) => !box.closest("section:has(> ul) > header"))
            .map((box) => [...box.parentElement.childNodes].filter((n) => !["B", "I", "SMALL"].includes(n.nodeName))
                .map((n) => n.textContent).join("").trim())"""
    )


def remembered(page):
    """Wait until this edition is the one that is remembered."""
    settles(
        lambda: page.evaluate(
            """Object.entries(localStorage).some(([key, text]) => key.endsWith(":=")
                && JSON.parse(text).edition === JSON.parse(document.getElementById("data").textContent).edition)"""
        ),
        True,
    )


def written(page):
    settles(lambda: page.evaluate("Object.keys(localStorage).some((key) => key.endsWith(':+'))"), False)


def tick(page, *numbers):
    """Tick, and wait until all is kept."""
    for number in numbers:
        box(page, number).check()
    remembered(page)
    written(page)


def story(sections):
    return roadmap("Nineteen", sections)


NINETEEN = [
    {"title": "Basics", "items": ["Install it", "Say hello", "Read the guide", "Ask a question", "Join the list"]},
    {
        "title": "Two",
        "items": [
            "Learn joins well",
            "Learn sums",
            {"title": "Practice", "items": ["Exercise", "Exercise", "Exercise", "Project"]},
        ],
    },
    {"title": "Three", "items": ["North", "East", "South", "West", "Above", "Below", "Within", "Without"]},
]


def test_ticks_follow_two_retitled_leaves_and_a_section(open_page):
    page = open_page(story(NINETEEN))
    tick(page, "1.2", "2.1", "2.3.4", "3.5")
    expect(page.locator("#count")).to_have_text("4 of 19 · 21 %")
    edited = json.loads(json.dumps(NINETEEN))
    edited[1]["title"] = "The second part"
    edited[1]["items"][0] = "Joins, my way"
    edited[2]["items"][4] = "Over our heads"
    page = open_page(story(edited), page=page)
    expect(page.locator("#count")).to_have_text("4 of 19 · 21 %")
    settles(lambda: ticked(page), ["Say hello", "Joins, my way", "Project", "Over our heads"])
    expect(page.locator("#guesses")).to_have_text(
        "Placed by a guess: “Learn joins well” → 2.1 Joins, my way; “Above” → 3.5 Over our heads"
    )
    again = open_page.again(open_page.again(page))
    settles(lambda: ticked(again), ["Say hello", "Joins, my way", "Project", "Over our heads"])
    expect(again.locator("#news")).to_be_hidden()


def test_an_entry_that_was_there_and_open_gets_no_others_tick(open_page):
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "Exercise", "b", "Exercise", "c", "Exercise", "d"]}]))
    tick(page, "1.4")
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "b", "Exercise", "c", "Exercise", "d"]}]), page=page)
    expect(page.locator("#count")).to_contain_text("1 of 6")
    settles(lambda: [box(page, f"1.{n}").is_checked() for n in range(1, 7)], [False, False, True, False, False, False])
    page = open_page.again(page)
    settles(lambda: [box(page, f"1.{n}").is_checked() for n in range(1, 7)], [False, False, True, False, False, False])


def test_ticks_of_an_older_browser_without_an_outline_follow(open_page):
    page = open_page(roadmap("R", [{"title": "Old", "items": ["Learn joins well", "Sums"]}, "Three"]))
    tick(page, "1.1", "2")
    page.evaluate("localStorage.removeItem('roadpress:r:=')")
    page = open_page(
        roadmap("R", ["Three", {"title": "New", "items": ["More", "Learn joins well", "Sums"]}]), page=page
    )
    settles(lambda: ticked(page), ["Three", "Learn joins well"])
    page = open_page.again(page)
    settles(lambda: ticked(page), ["Three", "Learn joins well"])
    expect(page.locator("#news")).to_be_hidden()


def test_what_has_no_entry_is_told_and_kept_and_comes_back(open_page):
    before = roadmap("R", [{"title": "S", "items": ["Keep", {"title": "T", "items": ["Quite odd thing", "x"]}]}])
    without = roadmap("R", [{"title": "S", "items": ["Keep"]}])
    page = open_page(before)
    tick(page, "1.1", "1.2.1")
    page = open_page(without, page=page)
    expect(page.locator("#straycount")).to_have_text("1 tick of an entry that is not here")
    expect(page.locator("#count")).to_contain_text("1 of 1")
    page = open_page.again(page)
    expect(page.locator("#straycount")).to_have_text("1 tick of an entry that is not here")
    elsewhere = roadmap("R", [{"title": "S", "items": ["Keep"]}, {"title": "Z", "items": ["Quite odd thing"]}])
    page = open_page(elsewhere, page=page)
    settles(lambda: ticked(page), ["Keep", "Quite odd thing"])
    expect(page.locator("#astray")).to_be_hidden()
    settles(lambda: ticked(open_page(before, page=page)), ["Keep", "Quite odd thing"])


def astray(open_page, *, dialog=True):
    """A page with three ticks of entries that are gone."""
    page = open_page(
        roadmap("R", [{"title": "First", "items": ["Learn sailing", "b", {"title": "T", "items": ["Odd", "Q"]}]}, "Z"])
    )
    box(page, "1.3.1").focus()
    page.keyboard.press("n")
    page.keyboard.type("mine")
    tick(page, "1.1", "1.3.1", "1.3.2", "2")
    items = ["e", "c", "Learn the art of sailing big ships", "d"]
    page = open_page(roadmap("R", ["Z", {"title": "Other", "items": items}]), page=page)
    expect(page.locator("#straycount")).to_have_text("3 ticks of entries that are not here")
    if dialog:
        page.get_by_role("button", name="Place them").click()
    return page


def test_a_tick_is_put_to_what_is_like_it_by_hand(open_page):
    page = astray(open_page)
    dialog = page.get_by_role("dialog", name="Ticks of entries that are not here")
    expect(dialog.locator("#strays > li")).to_have_count(3)
    expect(dialog.locator("#strays > li strong")).to_have_text(["Learn sailing", "Odd", "Q"])
    odd = dialog.locator("#strays > li").nth(1)
    expect(odd.locator("small").first).to_have_text(re.compile(r"^First › T · done \w"))
    expect(odd.locator("q")).to_have_text("mine")
    odd.get_by_role("searchbox").fill("d")
    odd.get_by_role("button", name="2.4 d").click()
    expect(dialog.locator("#placedtext")).to_have_text("Put to 2.4 d.")
    expect(dialog.locator("#strays > li")).to_have_count(2)
    settles(lambda: ticked(page), ["Z", "d"])
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog.locator("#strays > li")).to_have_count(3)
    settles(lambda: ticked(page), ["Z"])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Place them").click()
    odd = dialog.locator("#strays > li", has_text="Odd")
    odd.get_by_role("searchbox").fill("2.4")
    odd.get_by_role("searchbox").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("[id='2.4'] textarea")).to_have_value("mine")
    expect(page.locator("#straycount")).to_have_text("2 ticks of entries that are not here")
    written(page)
    page = open_page.again(page)
    settles(lambda: ticked(page), ["Z", "d"])
    expect(page.locator("#straycount")).to_have_text("2 ticks of entries that are not here")


def test_likely_entries_are_offered_first_and_taken_by_keyboard(open_page):
    page = astray(open_page, dialog=False)
    page.get_by_role("button", name="Place them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Learn sailing: Put to")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="2.3 Learn the art of sailing big ships Other")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settles(lambda: ticked(page), ["Z", "Learn the art of sailing big ships"])
    expect(page.get_by_role("searchbox", name="Odd: Put to")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Place them")).to_be_focused()


def test_what_is_forgotten_stays_so_and_can_be_undone(open_page):
    page = astray(open_page)
    page.get_by_role("button", name="Forget: Odd").click()
    expect(page.locator("#placedtext")).to_have_text("1 forgotten.")
    page.get_by_role("button", name="Forget all").click()
    expect(page.locator("#apart")).to_be_hidden()
    expect(page.locator("#told")).to_have_text("2 forgotten.")
    expect(page.locator("#astray")).to_be_hidden()
    page.keyboard.press("u")
    expect(page.locator("#straycount")).to_have_text("2 ticks of entries that are not here")
    page.keyboard.press("u")
    expect(page.locator("#straycount")).to_have_text("3 ticks of entries that are not here")
    page.get_by_role("button", name="Place them").click()
    page.get_by_role("button", name="Forget all").click()
    settles(lambda: page.evaluate("localStorage.getItem('roadpress:r:~')"), None)
    expect(open_page.again(page).locator("#astray")).to_be_hidden()


def test_forgetting_reaches_other_tabs(open_page):
    page = astray(open_page, dialog=False)
    other = open_page((open_page.folder / "page.html").read_text("utf-8"), "copy.html")
    expect(other.locator("#straycount")).to_have_text("3 ticks of entries that are not here")
    page.get_by_role("button", name="Place them").click()
    page.get_by_role("button", name="Forget all").click()
    expect(other.locator("#astray")).to_be_hidden()
    box(other, "2.1").check()
    written(other)
    expect(open_page.again(page).locator("#astray")).to_be_hidden()


OLD = roadmap("Tabs", [{"title": "S", "items": ["One", "Two", "Three", "Exercise", "Exercise", "Only old"]}, "End"])
NEW = roadmap(
    "Tabs", ["Start", {"title": "Now S", "items": ["One", "Exercise", "Two", "Three", "x", "Exercise"]}, "End"]
)


def test_two_editions_open_at_once_do_not_fight(open_page):
    old = open_page(OLD, "old.html")
    tick(old, "1.1", "1.5")
    new = open_page(NEW, "new.html")
    settles(lambda: ticked(new), ["One", "Exercise"])
    assert box(new, "2.6").is_checked()
    box(old, "1.2").check()
    expect(box(new, "2.3")).to_be_checked()
    box(new, "1").check()
    box(new, "2.2").check()
    expect(box(old, "1.4")).to_be_checked()
    box(old, "1.6").check()
    expect(new.locator("#straycount")).to_have_text("1 tick of an entry that is not here")
    new.get_by_role("button", name="Place them").click()
    new.locator("#strays").get_by_role("searchbox").fill("x")
    new.locator("#strays").get_by_role("searchbox").press("Enter")
    expect(new.locator("#astray")).to_be_hidden()
    box(old, "1.1").uncheck()
    expect(box(new, "2.1")).not_to_be_checked()
    expect(new.locator("#astray")).to_be_hidden()
    everything = ["Start", "Exercise", "Two", "x", "Exercise"]
    settles(lambda: sorted(ticked(new)), sorted(everything))
    old.close()
    new.close()
    new = open_page(NEW, "new.html")
    settles(lambda: sorted(ticked(new)), sorted(everything))
    expect(new.locator("#astray")).to_be_hidden()
    new.close()
    old = open_page(OLD, "old.html")
    settles(lambda: ticked(old), ["Two", "Exercise", "Exercise"])
    expect(old.locator("#straycount")).to_have_text("2 ticks of entries that are not here")
    old.close()
    settles(lambda: sorted(ticked(open_page(NEW, "new.html"))), sorted(everything))


def test_what_is_ticked_in_an_old_tab_waits_for_the_new_edition(open_page):
    old = open_page(OLD, "old.html")
    tick(old, "1.1")
    new = open_page(NEW, "new.html")
    settles(lambda: ticked(new), ["One"])
    new.close()
    box(old, "1.5").check()
    box(old, "2").check()
    old.close()
    new = open_page(NEW, "new.html")
    settles(lambda: sorted(ticked(new)), ["End", "Exercise", "One"])
    assert box(new, "2.6").is_checked()


def test_what_is_new_is_marked_shown_and_dismissed(open_page):
    page = open_page(OLD)
    remembered(page)
    expect(page.locator("#news")).to_be_hidden()
    page = open_page(NEW, page=page)
    expect(page.locator("#freshcount")).to_have_text("2 new since you were here")
    news = "[...document.querySelectorAll('main .new')].map((mark) => mark.closest('[id]').id)"
    settles(lambda: page.evaluate(news), ["1", "2.5"])
    page = open_page.again(page)
    expect(page.locator("#freshcount")).to_have_text("2 new since you were here")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#found")).to_have_text("2 found")
    expect(page.locator("[id='2.1']")).to_be_hidden()
    expect(page.locator("[id='2.5']")).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(page.locator("#news")).to_be_hidden()
    expect(page.locator("[id='2.1']")).to_be_visible()
    expect(page.locator(".new")).to_have_count(0)
    expect(page.locator("#state option[value=new]")).to_have_count(0)
    expect(open_page.again(page).locator("#news")).to_be_hidden()


def test_what_the_build_marked_as_new_is_not_marked_twice(open_page):
    page = open_page(OLD)
    remembered(page)
    today = date(2026, 11, 23)
    marked = replace(Snapshot.of(NEW, today=today), new_since=today, new=frozenset({"start"}))
    page = open_page(marked, page=page)
    expect(page.locator("#since")).to_contain_text("1 new")
    expect(page.locator("#freshcount")).to_have_text("2 new since you were here")
    expect(page.locator("[id='2.5'] .new")).to_have_text("new")
    expect(page.locator("[id='1'] .n")).to_have_count(1)
    expect(page.locator("[id='1'] .new")).to_have_count(0)


def test_what_was_new_and_not_looked_at_stays_new_in_the_next_edition(open_page):
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "b"]}]))
    remembered(page)
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "b", "c"]}]), page=page)
    expect(page.locator("#freshcount")).to_have_text("1 new since you were here")
    page = open_page(roadmap("R", [{"title": "S", "items": ["a", "d", "b", "c"]}]), page=page)
    expect(page.locator("#freshcount")).to_have_text("2 new since you were here")


def test_a_saved_file_of_another_edition_is_placed_by_its_outline(open_page, new_opener, tmp_path):
    page = open_page(OLD)
    for number in ("1.1", "1.5", "1.6", "2"):
        box(page, number).check()
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    file = tmp_path / "saved.json"
    file.write_bytes(download.value.path().read_bytes())
    assert read_saved(file.read_bytes()).outline == outline_of(OLD)
    elsewhere = new_opener()(NEW)
    elsewhere.locator("#file").set_input_files(file)
    expect(elsewhere.locator("#told")).to_have_text("3 taken in. 1 are of items that are not here; they are kept.")
    settles(lambda: sorted(ticked(elsewhere)), ["End", "Exercise", "One"])
    assert box(elsewhere, "2.6").is_checked()
    expect(elsewhere.locator("#straycount")).to_have_text("1 tick of an entry that is not here")
    elsewhere.evaluate("delete window.showSaveFilePicker")
    with elsewhere.expect_download() as download:
        elsewhere.keyboard.press("Control+s")
    leaves = {leaf.id: leaf for leaf in read_saved(download.value.path().read_bytes()).leaves}
    assert (leaves["s/only-old"].title, leaves["s/only-old"].now) == ("Only old", State.DONE)


def test_an_older_file_without_an_outline_is_placed_by_its_ids(open_page, tmp_path):
    file = tmp_path / "saved.json"
    items = {"s/one": {"state": "done", "on": "2026-11-20"}, "end": {"state": "done", "on": "2026-11-20"}}
    file.write_text(json.dumps({"roadpress": "checklist", "format": 1, "items": items}))
    page = open_page(NEW)
    page.locator("#file").set_input_files(file)
    settles(lambda: ticked(page), ["One", "End"])


def test_a_link_of_the_edition_that_is_remembered_is_followed(open_page):
    page = open_page(OLD)
    tick(page, "1.1", "1.5", "1.6")
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name="Link with my ticks").click()
    page.wait_for_url("**#t1.*")
    link = page.evaluate("location.hash")
    page.evaluate("history.replaceState(null, '', location.pathname)")
    box(page, "1.1").uncheck()
    written(page)
    page = open_page(NEW, page=page, anchor=link)
    expect(page.locator("#told")).to_have_text("0 taken in.")
    settles(lambda: ticked(page), ["Exercise"])
    page.close()
    page = open_page(OLD)
    page.evaluate("Object.keys(localStorage).forEach((key) => key.endsWith(':=') || localStorage.removeItem(key))")
    page = open_page(NEW, page=page, anchor=link)
    expect(page.locator("#told")).to_have_text("2 taken in. 1 are of items that are not here; they are kept.")
    settles(lambda: ticked(page), ["One", "Exercise"])
    expect(page.locator("#straycount")).to_have_text("1 tick of an entry that is not here")
    page = open_page.again(page, anchor=link)
    expect(page.locator("#told")).to_contain_text("another edition")


ODD = """roadpress: 1
title: Odd
sections:
  - title: Basics
    id: mine
    icon: ★
    links: [https://www.example.org/a/?q=1&r=<2>, "http://example.org/a/"]
    topics:
      - title: '[A link](https://e.org) and `code` &amp; **more** by https://e.org/?a=1&b=%20'
        links: [https://e.org, https://e.org/other]
      - Exercise
      - Exercise
      - title: Exercise 2
        links: [https://example.org]
      - '**!** <b>x</b>  y'
      - A title that is so very long that the identifier which is made of it must be cut
      - title: Group
        items: ['機械学習', Ünïcode, {title: With own, id: own-one}]
  - Mine
  - title: Last
    topics: [{title: Deep, items: [{title: Deeper, items: [a, b, a]}]}]
"""


@pytest.mark.parametrize("lazy", [0, 1])
def test_the_pages_outline_is_the_roadmaps(open_page, lazy):
    source = load_bytes(ODD.encode(), "roadmap.yaml")
    page = open_page(source, lazy_from=lazy)
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    ours = outline_of(source)
    theirs = read_saved(download.value.path().read_bytes()).outline
    words = [match((ours[i]._replace(parent=-1),), (theirs[i]._replace(parent=-1),)).pairs for i in range(len(ours))]
    assert words == [{0: 0}] * len(ours)
    assert [entry._replace(title="") for entry in theirs] == [entry._replace(title="") for entry in ours]


@pytest.mark.parametrize("lazy", [0, 1])
def test_ticks_follow_in_pages_whose_rows_wait(open_page, lazy):
    page = open_page(OLD, lazy_from=lazy)
    page.evaluate("document.querySelector('[data-do=openall]').click()")
    tick(page, "1.5", "1.6")
    page = open_page(NEW, page=page, lazy_from=lazy)
    expect(page.locator("#count")).to_contain_text("1 of 8")
    page.evaluate("document.querySelector('[data-do=openall]').click()")
    expect(box(page, "2.6")).to_be_checked()
    expect(page.locator("[id='2.5'] .new")).to_have_text("new")


def test_full_storage_keeps_ticks_rather_than_the_outline(open_page):
    open_page.context.add_init_script(
        """const real = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (key.endsWith(":=") && value.length > 200) throw new DOMException("full", "QuotaExceededError");
            real.call(this, key, value);
        };"""
    )
    page = open_page(OLD)
    tick(page, "1.1", "1.6")
    expect(page.locator("#toast")).to_be_hidden()
    page = open_page(NEW, page=page)
    settles(lambda: ticked(page), ["One"])
    expect(page.locator("#straycount")).to_have_text("1 tick of an entry that is not here")


def test_a_tick_that_has_no_room_gets_that_of_the_outline(open_page):
    page = open_page(wide(400))
    remembered(page)
    page.evaluate(
        """let room = "x".repeat(1 << 20);
        for (let n = 0; room.length > 1; n++) {
            try { localStorage.setItem("filler" + n, room) } catch { room = room.slice(room.length / 2) }
        }"""
    )
    box(page, "1.1.1").check()
    written(page)
    expect(page.locator("#toast")).to_be_hidden()
    assert "outline" not in page.evaluate("localStorage.getItem('roadpress:a-wide-roadmap:=')")
    page = open_page.again(page)
    expect(box(page, "1.1.1")).to_be_checked()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "[]",
        '{"edition": 5, "outline": 7, "fresh": 8}',
        '{"edition": "x", "outline": {"length": 9}, "fresh": [null, {}, "__proto__"]}',
        '{"edition": "x", "outline": [null, 7, "\\t", "      deep", "  __proto__\\tid=__proto__ links=,,", ["a"]], "fresh": ["s/one"]}',
    ],
)
def test_a_hostile_outline_does_nothing(open_page, text):
    page = open_page(OLD)
    tick(page, "1.1")
    page.evaluate("(text) => localStorage.setItem('roadpress:tabs:=', text)", text)
    page = open_page.again(page)
    settles(lambda: ticked(page), ["One"])
    assert page.evaluate("({}).title") is None


def test_hostile_titles_stay_text(open_page):
    evil = "<img src=x onerror=top.hit=1> <script>top.hit=1</script>"
    page = open_page(roadmap("R", [{"title": evil, "items": [evil + " a", "b"]}]))
    tick(page, "1.1")
    page = open_page(roadmap("R", [{"title": "S", "items": ["b", evil + " new"]}]), page=page)
    page.wait_for_timeout(50)
    if page.locator("#astray").is_visible():
        page.get_by_role("button", name="Place them").click()
        page.get_by_role("searchbox").fill("img")
    assert page.evaluate("top.hit") is None
    assert page.locator("dialog img").count() == 0


def test_ten_thousand_entries_are_matched_within_a_second(open_page):
    page = open_page(wide(10_000))
    tick(page, "1.1.1", "10.100.10")
    sections = [section._replace(title=f"Part {section.title}") for section in wide(10_000).sections]
    page.close()
    page = open_page(Roadmap("A wide roadmap", tuple(sections[1:] + sections[:1])))
    expect(page.locator("#count")).to_contain_text("2 of 10000")
