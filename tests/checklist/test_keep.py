"""What is kept: rebuilds, tabs, private windows, full storage, files, links, view."""

from __future__ import annotations

import json

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap, wide

from roadpress.core.progress.model import State
from roadpress.importers.collect.checklist import read_link, read_saved

pytestmark = pytest.mark.browser
SMALL = roadmap("Small", [{"title": "First", "items": [{"title": "T", "items": ["One", "Two"]}, "Three"]}, "Four"])


def box(page, number):
    return page.locator(f"[id='{number}'] input").first


def state(page, *numbers):
    return "".join("x" if box(page, number).is_checked() else "." for number in numbers)


def menu(page, name):
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name=name).click()


def save_by_download(page):
    page.evaluate("delete window.showSaveFilePicker")
    with page.expect_download() as download:
        menu(page, "Save progress")
    return download.value.path().read_bytes()


def test_ticks_survive_closing(open_page):
    page = open_page(SMALL)
    box(page, "1.1.2").check()
    again = open_page.again(page)
    settles(lambda: state(again, "1.1.1", "1.1.2", "1.2", "2"), ".x..")
    expect(again.locator("#count")).to_have_text("1 of 4 · 25 %")


def test_ticks_survive_a_rebuild_with_changed_titles_and_order(open_page):
    before = roadmap("Plan", [{"title": "S", "items": [{"title": "Keep me", "id": "keep"}, "Old name", "Gone"]}])
    after = roadmap(
        "Plan",
        [
            {
                "title": "S",
                "items": [
                    "New",
                    {"title": "New name", "id": "new", "was": ("s/old-name",)},
                    {"title": "K", "id": "keep"},
                ],
            }
        ],
    )
    page = open_page(before)
    box(page, "1").check()
    page = open_page(after, page=page)
    settles(lambda: state(page, "1.1", "1.2", "1.3"), ".xx")
    box(page, "1.1").check()
    settles(lambda: state(open_page(before, page=page), "1.1", "1.3"), "xx")


def test_ticks_survive_a_new_title_of_the_whole(open_page):
    page = open_page(SMALL)
    box(page, "1.1.2").check()
    renamed = roadmap("A better name", [{"title": "First", "items": [{"title": "T", "items": ["One", "Two"]}]}])
    page = open_page(renamed, page=page)
    settles(lambda: state(page, "1.1.2"), "x")
    settles(lambda: state(open_page.again(page), "1.1.2"), "x")


def test_two_roadmaps_keep_apart(open_page):
    page = open_page(SMALL)
    box(page, "1.1.2").check()
    page.wait_for_timeout(250)
    other = open_page(
        roadmap("Other", [{"title": "First", "items": [{"title": "T", "items": ["One", "Two"]}]}]), "other.html"
    )
    settles(lambda: state(other, "1.1.2"), ".")


def test_two_tabs_agree_at_once_and_neither_undoes_the_other(open_page):
    one, two = open_page(SMALL), open_page(SMALL)
    box(one, "1.1.1").check()
    box(two, "1.1.2").check()
    for page in (one, two):
        expect(box(page, "1.1.1")).to_be_checked()
        expect(box(page, "1.1.2")).to_be_checked()
    box(two, "1.1.1").uncheck()
    expect(box(one, "1.1.1")).not_to_be_checked()
    expect(one.locator("#count")).to_contain_text("1 of 4")


def test_a_page_that_can_keep_nothing_says_so_and_offers_a_file(open_page):
    open_page.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page = open_page(SMALL)
    box(page, "1.2").check()
    expect(page.locator("#told")).to_contain_text("This browser keeps nothing")
    expect(page.locator("#toast").get_by_role("button", name="Save progress")).to_be_visible()


def test_a_page_without_storage_works(open_page):
    open_page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = open_page(SMALL)
    expect(page.locator("#told")).to_contain_text("This browser keeps nothing")
    box(page, "1").check()
    expect(page.locator("#count")).to_have_text("3 of 4 · 75 %")


def test_a_saved_file_opens_elsewhere_and_is_read_by_collect(open_page, new_opener, tmp_path):
    page = open_page(SMALL)
    box(page, "1.1.1").check()
    box(page, "2").focus()
    page.keyboard.press("s")
    data = save_by_download(page)
    leaves = {leaf.id: leaf for leaf in read_saved(data).leaves}
    assert (leaves["first/t/one"].now, leaves["four"].now) == (State.DONE, State.SKIPPED)
    assert leaves["first/t/one"].on
    assert leaves["first/t/one"].at
    file = tmp_path / "saved.json"
    file.write_bytes(data)
    elsewhere = new_opener()(SMALL)
    box(elsewhere, "1.2").check()
    elsewhere.locator("#file").set_input_files(file)
    expect(elsewhere.locator("#told")).to_have_text("2 taken in.")
    settles(lambda: state(elsewhere, "1.1.1", "1.1.2", "1.2", "2"), "x.x.")
    elsewhere.locator("#toast").get_by_role("button", name="Undo").click()
    settles(lambda: state(elsewhere, "1.1.1", "1.2"), ".x")


def test_save_writes_back_to_the_chosen_file(open_page):
    open_page.context.add_init_script(
        """window.written = [];
        window.showSaveFilePicker = async () => ({ name: "mine.json", createWritable: async () => ({
            write: async (text) => window.written.push(text), close: async () => {} }) });"""
    )
    page = open_page(SMALL)
    box(page, "1.2").check()
    page.keyboard.press("Control+s")
    expect(page.locator("#told")).to_have_text("Saved as mine.json.")
    assert json.loads(page.evaluate("written[0]"))["items"]["first/three"]["state"] == "done"


def test_an_older_file_takes_nothing_away_and_a_newer_one_wins(open_page, tmp_path):
    page = open_page(SMALL)
    box(page, "1.1.1").check()
    page.wait_for_timeout(20)

    def file(when, what):
        path = tmp_path / "file.json"
        items = {"first/t/one": {"state": what, "at": when}, "first/three": {"state": "done", "on": "2026-01-01"}}
        path.write_text(json.dumps({"roadpress": "checklist", "format": 1, "items": items}))
        return path

    page.locator("#file").set_input_files(file("2020-01-01T00:00:00.000Z", "open"))
    expect(page.locator("#told")).to_have_text("1 taken in.")
    settles(lambda: state(page, "1.1.1", "1.2"), "xx")
    page.locator("#file").set_input_files(file(page.evaluate("new Date().toISOString()"), "open"))
    expect(box(page, "1.1.1")).not_to_be_checked()


def test_ticks_of_unknown_items_are_kept_and_saved_again(open_page, tmp_path):
    path = tmp_path / "file.json"
    items = {"elsewhere/x": {"state": "done", "on": "2026-01-01", "note": "mine"}}
    path.write_text(json.dumps({"roadpress": "checklist", "format": 1, "items": items}))
    page = open_page(SMALL)
    page.locator("#file").set_input_files(path)
    expect(page.locator("#told")).to_contain_text("1 are of items that are not here; they are kept.")
    again = open_page.again(page)
    (leaf,) = [leaf for leaf in read_saved(save_by_download(again)).leaves if leaf.id == "elsewhere/x"]
    assert (leaf.now, leaf.note) == (State.DONE, "mine")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no progress file"),
        ("<script>", "no progress file"),
        ('{"roadpress":"checklist","format":9,"items":{}}', "A newer roadpress"),
        ('{"roadpress":"checklist","items":7}', "no progress file"),
        (
            """{"roadpress":"checklist","format":1,"items":{"__proto__":{"state":"done"},"constructor":{"state":"done"},
            "first":{"state":"done"},"first/t/one":{"state":"<img>"},"first/t/two":null,
            "first/three":{"state":"open","on":"x","at":"9999-01-01T00:00:00Z","note":{"a":1}}}}""",
            "taken in",
        ),
    ],
)
def test_a_hostile_file_does_nothing_and_loses_nothing(open_page, tmp_path, text, told):
    page = open_page(SMALL)
    box(page, "1.1.1").check()
    path = tmp_path / "file.json"
    path.write_text(text)
    page.locator("#file").set_input_files(path)
    expect(page.locator("#told")).to_contain_text(told)
    settles(lambda: state(page, "1.1.1", "1.1.2", "1.2", "2"), "x...")
    assert page.evaluate("({}).state") is None


def test_the_link_holds_all_ticks_and_is_short(open_page, new_opener):
    big = wide(1400)
    page = open_page(big)
    box(page, "1").check()
    box(page, "10.14.10").check()
    menu(page, "Link with my ticks")
    page.wait_for_url("**#t1.*")
    hash_ = page.evaluate("location.hash")
    assert len(hash_) < 300
    assert {leaf.id for leaf in read_link("file:///x" + hash_, big).leaves if leaf.now is State.DONE} == {
        *(leaf.id for leaf in big.sections[0].leaves()),
        list(big.leaves())[-1].id,
    }
    elsewhere = new_opener()(big, anchor=hash_)
    expect(elsewhere.locator("#count")).to_contain_text("141 of 1400")
    settles(lambda: state(elsewhere, "1", "10.14.10", "2.1.1"), "xx.")


def test_a_link_adds_and_never_takes_away(open_page):
    page = open_page(SMALL)
    box(page, "1.1.1").check()
    menu(page, "Link with my ticks")
    page.wait_for_url("**#t1.*")
    hash_ = page.evaluate("location.hash")
    page.evaluate("history.replaceState(null, '', location.pathname)")
    box(page, "1.1.2").check()
    box(page, "1.1.1").uncheck()
    again = open_page.again(page, anchor=hash_)
    settles(lambda: state(again, "1.1.1", "1.1.2"), ".x")


def test_the_link_in_the_address_stays_up_to_date(open_page):
    page = open_page(SMALL)
    menu(page, "Link with my ticks")
    page.wait_for_url("**#t1.*")
    before = page.evaluate("location.hash")
    box(page, "1.2").check()
    page.wait_for_url(lambda url: not url.endswith(before))
    assert [leaf.id for leaf in read_link(page.url, SMALL).leaves] == ["first/three"]


@pytest.mark.parametrize(
    ("hash_", "told"),
    [
        ("#t1", "damaged"),
        ("#t1.a.AAAAAA.gA", "another edition"),
        ("#t1.a.%%%.%%%", "damaged"),
        ("#t1.a.AAAAAA", "damaged"),
        ("#t1.<img src=x onerror=alert(1)>", "damaged"),
        ("#javascript:alert(1)", ""),
        ("#/%E0%A4%A", ""),
        ("#/__proto__", ""),
        ("#1.1.99", ""),
    ],
)
def test_a_hostile_link_does_nothing_and_loses_nothing(open_page, hash_, told):
    page = open_page(SMALL)
    box(page, "1.2").check()
    again = open_page.again(page, anchor=hash_)
    if told:
        expect(again.locator("#told")).to_contain_text(told)
    settles(lambda: state(again, "1.1.1", "1.1.2", "1.2", "2"), "..x.")


def test_notes_folds_filter_and_place_are_kept(open_page):
    page = open_page(wide(400))
    box(page, "1.1.1").focus()
    page.keyboard.press("n")
    page.keyboard.type("read it twice\nthen again <b>")
    page.locator("[id='1.2'] [data-do=fold]").first.click()
    page.locator("#state").select_option("open")
    page.locator("[id='7.2']").scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    top = page.locator("[id='7.2']").bounding_box()["y"]
    again = open_page.again(page)
    settles(lambda: abs(again.locator("[id='7.2']").bounding_box()["y"] - top) < 40, True)
    expect(again.locator("#state")).to_have_value("open")
    expect(again.locator("[id='1.2.1']")).to_be_hidden()
    box(again, "1.1.1").scroll_into_view_if_needed()
    expect(again.locator("[id='1.1.1'] textarea")).to_have_value("read it twice\nthen again <b>")


def test_two_tabs_share_notes(open_page):
    one, two = open_page(SMALL), open_page(SMALL)
    box(one, "1.2").focus()
    one.keyboard.press("n")
    one.keyboard.type("hello")
    expect(two.locator("[id='1.2'] textarea")).to_have_value("hello")


def stored(page):
    """What is kept of marks."""
    return page.evaluate(
        """Object.fromEntries(Object.entries(localStorage).filter(
            ([key]) => key.startsWith('roadpress:small') && !key.endsWith(':=')))"""
    )


def test_a_tick_is_written_before_the_click_is_over(open_page):
    page = open_page(SMALL)
    kept = page.evaluate("document.getElementById('1.2').querySelector('input').click(), {...localStorage}")
    assert json.loads(kept["roadpress:small:+"])["first/three"]["s"] == "d"
    settles(lambda: [*stored(page)], ["roadpress:small:first"])


def test_a_note_is_written_with_each_letter(open_page):
    page = open_page(SMALL)
    box(page, "1.2").focus()
    page.keyboard.press("n")
    page.keyboard.type("abc")
    kept = page.evaluate("document.execCommand('insertText', false, 'd'), {...localStorage}")
    assert json.loads(kept["roadpress:small:+"])["first/three"]["note"] == "abcd"


def test_what_a_crash_left_is_taken_in(open_page):
    page = open_page(SMALL)
    box(page, "1.1.1").check()
    settles(lambda: [*stored(page)], ["roadpress:small:first"])
    page.evaluate(
        """localStorage['roadpress:small:+'] = JSON.stringify({'first/three': {s: 'd', on: '2026-11-01', at: 1}})"""
    )
    page = open_page.again(page)
    settles(lambda: state(page, "1.1.1", "1.1.2", "1.2"), "x.x")
    settles(lambda: [*stored(page)], ["roadpress:small:first"])
    settles(lambda: state(open_page.again(page), "1.1.1", "1.1.2", "1.2"), "x.x")


LATE_ANSWER = """
window.early = [];
let answered = false;
const storage = Object.getOwnPropertyDescriptor(window, "localStorage");
Object.defineProperty(window, "localStorage", {
    get() { if (!answered) early.push(new Error().stack); return storage.get.call(window) } });
const listen = window.addEventListener;
window.addEventListener = (name, ...rest) => {
    if (name === "storage" && !answered) early.push("a listener connects, too");
    return listen.call(window, name, ...rest);
};
const request = navigator.locks.request.bind(navigator.locks);
navigator.locks.request = (name, how, call) =>
    new Promise((go) => setTimeout(() => { answered = true; go(request(name, how, call)) }, 400));
"""


def test_nothing_touches_the_storage_before_the_browser_has_answered(open_page):
    """Chromium connects a page that asks too early to nothing: it reads nothing, and what it writes is lost."""
    page = open_page(SMALL)
    box(page, "1.2").check()
    open_page.context.add_init_script(LATE_ANSWER)
    again = open_page.again(page)
    settles(lambda: state(again, "1.1.1", "1.2"), ".x")
    assert again.evaluate("early") == []


@pytest.mark.parametrize(
    "script", ["delete Navigator.prototype.locks", "navigator.locks.request = () => new Promise(() => {})"]
)
def test_a_browser_that_never_answers_is_not_waited_for(open_page, script):
    open_page.context.add_init_script(script)

    def kept() -> str:
        """A busy Chromium may lose what is asked for without an answer; so it is ticked until it stays."""
        box(open_page(SMALL), "1.2").check()
        return state(open_page(SMALL), "1.1.1", "1.2")

    settles(kept, ".x")
