"""`roadpress edit`: the page of the web on a file of this machine; who gets in, what is written, what is told."""

from __future__ import annotations

import base64
import difflib
import json
import re
import subprocess
import sys
import threading
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest
from patience import settles
from playwright.sync_api import Page, expect

from roadpress.cli import main
from roadpress.commands.edited_file import EditedFile
from roadpress.commands.http_server import HOST, Server
from roadpress.core.progress.model import progress_path
from roadpress.exporters.html import assets, edit_page

ROADMAP = """# ours
roadpress: 1
title: Ours  # a remark that stays
pace: 8h/week
sections:
  - title: S
    topics:
      - {title: a, hours: 3}
      - b  # and this
"""


def serving(path: Path):
    site = EditedFile(path, lambda: date(2027, 3, 1))
    with Server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        site.close()
        server.shutdown()
        thread.join()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "roadmap.yaml"
    path.write_text(ROADMAP)
    return path


@pytest.fixture
def server(file):
    yield from serving(file)


def ask(server, name, given=None, data=b"", **changed):
    body = json.dumps({"name": name, "given": given or {}, "data": base64.b64encode(data).decode()})
    return post(server, body, **changed)


def post(server, body, **changed):
    headers = {
        "Cookie": f"roadpress-{server.server_port}={server.cookie}",
        "Origin": f"http://{HOST}:{server.server_port}",
        "Content-Type": "application/json",
        **changed,
    }
    connection = HTTPConnection(HOST, server.server_port, timeout=60)
    connection.request("POST", "/ask", body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text)["values"] if answer.status == 200 else text


def test_what_is_saved_keeps_remarks_and_is_told_when_it_would_overwrite(server, file):
    opened = ask(server, "open")[1]
    assert (opened["text"], opened["stem"]) == (ROADMAP, "roadmap")
    text = ask(server, "edit", {"text": opened["text"], "action": "rename", "id": "s/a", "value": "x: y"})[1]["text"]
    assert file.read_text() == ROADMAP  # nothing is written before it is saved
    saved = ask(server, "save", {"text": text, "version": opened["version"]})[1]
    assert file.read_text() == text == ROADMAP.replace("title: a,", "title: 'x: y',").replace("'x: y'", '"x: y"')
    second = ask(server, "save", {"text": "mine", "version": opened["version"]})[1]
    assert second == {"conflict": True, "version": saved["version"]}
    file.write_text("theirs")
    assert ask(server, "save", {"text": "mine", "version": saved["version"]})[1]["conflict"]
    file.unlink()
    assert ask(server, "save", {"text": "mine", "version": saved["version"]})[1]["conflict"]
    assert not file.exists()
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("encoding", "mark", "end"),
    [("utf-8", b"\xef\xbb\xbf", "\r\n"), ("utf-16-le", b"\xff\xfe", "\n"), ("utf-8", b"", "\r\n")],
)
def test_encoding_and_line_ends_stay(tmp_path, encoding, mark, end):
    path = tmp_path / "roadmap.yaml"
    path.write_bytes(mark + ROADMAP.replace("\n", end).encode(encoding))
    site = EditedFile(path, date.today)
    opened = site.answer("open", {}).values
    assert opened["text"] == ROADMAP
    site.answer("save", {"text": ROADMAP.replace("Ours", "Öurs"), "version": opened["version"]})
    assert path.read_bytes() == mark + ROADMAP.replace("Ours", "Öurs").replace("\n", end).encode(encoding)


@pytest.mark.parametrize("text", ["\ud800", 7, None])
def test_what_no_file_can_hold_is_not_saved(server, file, text):
    opened = ask(server, "open")[1]
    assert ask(server, "save", {"text": text, "version": opened["version"]})[1]["error"]
    assert file.read_text() == ROADMAP


def test_ticks_go_to_the_progress_file(server, file):
    ticks = {"roadpress": "checklist", "format": 1, "items": {"s/b": {"state": "done"}}}
    before = ask(server, "open")[1]["progress"]
    answer = ask(server, "tick", {"text": ROADMAP}, json.dumps(ticks).encode())[1]
    assert "s/b" in progress_path(file).read_text()
    assert answer["version"] == ask(server, "open")[1]["progress"] != before


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Cookie": ""}, 403),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Length": "99999999999"}, 413),
    ],
)
def test_nobody_else_reads_or_writes(server, changed, status):
    assert ask(server, "open", **changed)[0] == status


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"name": "open"}', '{"name": ["open"], "given": {}, "data": ""}'],
)
def test_nonsense_is_refused(server, body):
    assert post(server, body)[0] == 400


def test_the_page_cannot_replace_the_progress_file(server, file):
    assert ask(server, "progress", {"clear": True})[0] == 400
    assert ask(server, "open", {"path": "/etc/passwd"})[1]["text"] == ROADMAP


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/local/app.js", "/words/..%2fen.json", "/words/xx.json", "/lib/x"]
)
def test_only_the_page_and_its_parts_are_there(server, path):
    connection = HTTPConnection(HOST, server.server_port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"roadpress-{server.server_port}={server.cookie}"})
    assert connection.getresponse().status == 404
    connection.close()


def test_what_is_no_text_is_told_before_there_is_a_page(tmp_path, capsys):
    (tmp_path / "roadmap.yaml").write_bytes(b"\xff\xff\xff")
    assert main(["edit", str(tmp_path / "roadmap.yaml"), "--no-open"]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_the_scripts_are_made_of_the_sources_here():
    assert edit_page.checksum() in assets.source("edit/local/app.js").partition("\n")[0], "run: make page"


# -- in the browser --------------------------------------------------------------------------------------------------


def visit(new_page, server, **settings) -> Page:
    page = new_page(**settings)
    page.goto(server.url)
    assert server.token not in page.url
    return page


@pytest.fixture
def new_page(browser):
    contexts, errors = [], []

    def make(**settings):
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, **settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(90_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: errors.extend([] if local(request.url) else [request.url]))
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


def local(url: str) -> bool:
    return url.startswith((f"http://{HOST}:", "blob:", "data:"))


def rename(page: Page, place: int, title: str) -> None:
    page.locator("#tab-outline").click()
    page.locator(".item").nth(place).click()
    page.keyboard.press("Enter")
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    expect(page.locator(".item .t").nth(place)).to_have_text(title)


def checklist(page: Page):
    return page.frame_locator("#view-checklist iframe:not([data-old])")


@pytest.mark.browser
def test_a_newcomer_renames_and_saves_and_sees_one_line_changed(new_page, tmp_path):
    """The command as it is typed, in a process of its own."""
    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    command = [sys.executable, "-u", "-m", "roadpress", "edit", "--no-open"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
            page = new_page()
            page.goto(address)
            expect(page.locator("#name")).to_have_text("Ours")
            expect(checklist(page).locator("main input").first).to_be_visible()
            expect(page.locator("#save")).to_be_disabled()
            rename(page, 1, "Bread")
            page.locator("#save").click()
            expect(page.locator("#save")).to_be_disabled()
        finally:
            process.terminate()
    after = (tmp_path / "roadmap.yaml").read_text()
    changed = [line for line in difflib.ndiff(ROADMAP.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed == ["-       - {title: a, hours: 3}", "+       - {title: Bread, hours: 3}"]


@pytest.mark.browser
def test_every_output_is_seen_and_ticks_are_in_the_file(new_page, server, file):
    page = visit(new_page, server)
    checklist(page).locator("main input").nth(1).check()
    page.locator("#tab-markdown").click()
    expect(page.locator("#view-markdown")).to_contain_text("[x] a")
    assert "s/a" in progress_path(file).read_text()
    page.locator("#tab-pdf").click()
    expect(page.locator("#view-pdf canvas[data-drawn]").first).to_be_visible()
    page.locator("#tab-mindmap").click()
    expect(page.frame_locator("#view-mindmap iframe:not([data-old])").locator("svg").first).to_be_visible()
    with page.expect_download() as found:
        page.locator("#png").click()
    assert found.value.suggested_filename == "roadmap.mindmap.png"
    assert Path(found.value.path()).read_bytes().startswith(b"\x89PNG")
    page.locator("#tab-ics").click()
    expect(page.locator("#view-ics h3").first).to_be_visible()
    page.locator("#tab-yaml").click()
    page.locator("#code .cm-line").nth(8).click()
    page.keyboard.press("End")
    page.keyboard.type(", too")
    expect(page.locator("#save")).to_be_enabled()
    page.keyboard.press("Control+s")
    expect(page.locator("#save")).to_be_disabled()
    assert file.read_text() == ROADMAP.replace("and this", "and this, too")


STYLED = """roadpress: 1
title: Ours
sections:
  - title: S
    icon: 🧱
    topics:
      - "**Bold** `x=1` [there](https://e.org) <i>as it is</i>"
      - plain
"""


@pytest.mark.browser
def test_the_outline_shows_titles_as_they_are_read_and_draws_icons(new_page, server, file):
    file.write_text(STYLED)
    page = visit(new_page, server)
    titles = page.locator(".item .t")
    expect(titles).to_have_text(["🧱 S", "Bold x=1 there <i>as it is</i>", "plain"])
    expect(titles.nth(1).locator("b")).to_have_text("Bold")
    expect(titles.nth(1).locator("code")).to_have_text("x=1")
    expect(titles.nth(1).locator("u")).to_have_text("there")
    expect(titles.nth(0).locator("svg use")).to_have_attribute("href", "#icon-🧱")
    assert "m" in page.evaluate("document.getElementById('icon-🧱').firstElementChild.getAttribute('d')")
    page.locator(".item").nth(1).click()
    page.keyboard.press("F2")
    assert page.locator(".item input").input_value() == "**Bold** `x=1` [there](https://e.org) <i>as it is</i>"
    page.keyboard.press("Escape")
    expect(titles.nth(1).locator("b")).to_have_text("Bold")
    page.locator(".item").nth(2).evaluate("(row) => (row.dataset.mine = 'yes')")
    rename(page, 1, "Bread")
    expect(page.locator(".item").nth(2)).to_have_attribute("data-mine", "yes")  # what stays is not made anew


@pytest.mark.browser
def test_a_preview_made_anew_stands_where_the_old_one_stood(new_page, server, file):
    file.write_text(ROADMAP + "".join(f"      - entry {number}\n" for number in range(80)))
    page = visit(new_page, server)
    checklist(page).locator("main input").last.scroll_into_view_if_needed()
    expect(page.locator("#view-checklist iframe")).to_have_attribute("data-scrolled", re.compile("[0-9]{3}"))
    rename(page, 1, "Bread")
    expect(checklist(page).locator("main")).to_contain_text("Bread")
    expect(page.locator("#view-checklist iframe")).to_have_count(1)
    settles(lambda: checklist(page).locator("main").evaluate("() => scrollY > 500"), expected=True, seconds=60)


@pytest.mark.browser
def test_two_editors_of_a_file_hear_of_each_other_and_overwrite_nothing(new_page, server, file):
    one, other = visit(new_page, server), visit(new_page, server)
    for page in (one, other):
        expect(page.locator("#name")).to_have_text("Ours")
    rename(one, 1, "Bread")
    one.locator("#save").click()
    expect(other.locator(".item .t").nth(1)).to_have_text("Bread")  # it had nothing to lose
    rename(other, 2, "Soup")
    rename(one, 1, "Cake")
    one.locator("#save").click()
    expect(one.locator("#save")).to_be_disabled()
    expect(other.locator("#conflict")).to_be_visible()
    other.locator("#save").click()
    expect(other.locator("#conflict")).to_be_visible()
    assert "Cake" in file.read_text()
    assert "Soup" not in file.read_text()
    other.locator("#theirs").click()
    expect(other.locator(".item .t")).to_have_text(["S", "Cake", "b"])
    expect(other.locator("#conflict")).to_be_hidden()
    file.write_text(ROADMAP.replace("title: S", "title: By hand"))
    for page in (one, other):
        expect(page.locator(".item .t").first).to_have_text("By hand")
    main(["-q", "tick", "-f", str(file), "1.2"])
    expect(checklist(one).locator("main input").nth(2)).to_be_checked()


@pytest.mark.browser
def test_a_file_that_is_not_there_begins_with_what_is_pasted(new_page, tmp_path):
    for server in serving(tmp_path / "new" / "plan.yaml"):
        page = visit(new_page, server)
        page.locator("#paste").fill("# Garden\n\n## Beds\n\n- Dig\n- Sow\n")
        page.get_by_role("button", name="Make a roadmap").click()
        expect(page.locator("#name")).to_have_text("Garden")
        assert not (tmp_path / "new").exists()
        page.keyboard.press("Control+s")
        expect(page.locator("#save")).to_be_disabled()
        assert "title: Garden" in (tmp_path / "new" / "plan.yaml").read_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("browsers", "roadmaps", "lang", "direction", "renamed"),
    [
        ("ar-EG", "de", "ar", "rtl", "إعادة تسمية"),
        ("zh-TW", "", "zh-hant", "ltr", "重新命名"),
        ("sv-SE", "he", "he", "rtl", "שינוי שם"),
        ("sv-SE", "", "en", "ltr", "Rename"),
    ],
)
def test_the_page_speaks_the_browsers_language_else_the_roadmaps(
    new_page, server, file, browsers, roadmaps, lang, direction, renamed
):
    file.write_text(ROADMAP + (f"language: {roadmaps}\n" if roadmaps else ""))
    page = visit(new_page, server, locale=browsers)
    expect(page.locator("[data-do=rename]")).to_have_text(renamed)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", lang)
    expect(html).to_have_attribute("dir", direction)
    expect(page.locator(".item").first).to_be_visible()
    start, end = (page.locator(css).bounding_box()["x"] for css in ("#edit", "#see"))
    assert (start > end) == (direction == "rtl")  # the whole page is mirrored


def test_every_word_that_the_page_says_is_there_and_no_other():
    sources = "".join(assets.source(f"edit/{name}") for name in ("page.html", *(f"{n}.js" for n in edit_page.SOURCES)))
    said = set(re.findall(r'\bword\("(\w+)"', sources)) | set(re.findall(r'data-(?:w|label)="(\w+)"', sources))
    kinds = {f"k_{kind}" for kind in ("section", "topic", "item", "note", "left")}
    outputs = {"checklist", "mindmap"}
    for language in edit_page.languages():
        assert said | kinds | outputs == json.loads(edit_page.words(language))["words"].keys()
