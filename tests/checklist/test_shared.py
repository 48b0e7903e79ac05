"""A page that is passed on says what it is and how its ticks come back; served, it goes on a home screen."""

from __future__ import annotations

import http.server
import json
import re
import threading
from datetime import date
from functools import partial

import pytest
from patience import settles
from playwright.sync_api import expect
from trees import roadmap

PLAN = roadmap(
    "A plan", [{"title": "S", "icon": "🚀", "items": ["a", "b"]}], description="What **this** is about.\n\nMore."
)


@pytest.mark.browser
def test_it_tells_other_programs_what_it_is(open_page):
    page = open_page(PLAN)
    said = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('meta[content]')].map((tag) => [tag.getAttribute('property') ?? tag.name + (tag.media || ''), tag.content]))"
    )
    assert said["og:title"] == "A plan"
    assert said["og:description"] == "What this is about. More."
    assert page.locator("meta[name=description]").get_attribute("content") == said["og:description"]
    assert said["theme-color(prefers-color-scheme:light)"] == "#ffffff"
    assert said["theme-color(prefers-color-scheme:dark)"] == "#12151a"
    assert page.locator("link[rel=icon]").get_attribute("href").startswith("data:image/svg+xml,")
    size = page.evaluate(
        """new Promise((done, fail) => { const picture = new Image(); picture.onload = () => done(picture.width);
            picture.onerror = fail; picture.src = document.querySelector("link[rel=icon]").href })"""
    )
    assert size > 0


@pytest.mark.browser
def test_one_line_says_where_ticks_are_kept(open_page):
    expect(open_page(PLAN).locator("footer")).to_contain_text("Ticks stay in this browser.")


@pytest.mark.browser
def test_of_a_file_the_link_offers_the_saved_file(open_page):
    page = open_page(PLAN)
    page.evaluate("delete window.showSaveFilePicker")
    page.locator("[id='1.1'] input").check()
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name="Link with my ticks").click()
    expect(page.locator("#told")).to_contain_text("This page is a file on this device")
    with page.expect_download() as download:
        page.locator("#toast").get_by_role("button", name="Save progress").click()
    assert json.loads(download.value.path().read_text("utf-8"))["items"]["s/a"]["state"] == "done"


@pytest.mark.browser
def test_sharing_hands_out_the_saved_file(open_page):
    open_page.context.add_init_script(
        "navigator.canShare = () => true; navigator.share = async ({ files }) => { window.shared = [files[0].name, await files[0].text()] }"
    )
    page = open_page(PLAN)
    page.locator("[id='1.1'] input").check()
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name="Share").click()
    settles(lambda: bool(page.evaluate("window.shared")), True)
    name, text = page.evaluate("window.shared")
    assert re.fullmatch(r"a-plan-[\d-]+\.progress\.json", name)
    assert json.loads(text)["items"]["s/a"]["state"] == "done"


@pytest.mark.browser
def test_where_a_browser_cannot_share_nothing_offers_it(open_page):
    open_page.context.add_init_script("delete Navigator.prototype.share")
    page = open_page(PLAN)
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#share")).to_be_hidden()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        self.server.asked.append(self.path)


@pytest.fixture
def server(tmp_path):
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    served.asked = []
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()


@pytest.mark.browser
def test_on_a_server_it_can_be_installed_and_a_link_carries_the_ticks(browser, server, tmp_path):
    from roadpress.core.snapshot import Snapshot
    from roadpress.exporters import checklist

    exported = checklist.export(Snapshot.of(PLAN, today=date(2026, 11, 23)), checklist.Options())
    (tmp_path / "plan.html").write_bytes(exported.files[0].data)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    address = f"http://127.0.0.1:{server.server_port}/plan.html"
    page.goto(address)
    page.locator("html.begun").wait_for(state="attached")
    client = context.new_cdp_session(page)
    manifest = client.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == address
    errors = {error["errorId"] for error in client.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}, "a test's profile is a private one"
    page.locator("[id='1.1'] input").check()
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name="Link with my ticks").click()
    expect(page.locator("#told")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{address}#t1.")
    assert server.asked == ["/plan.html"], "no picture is asked for"
    assert said == []
    context.close()


@pytest.mark.wheels
@pytest.mark.browser
def test_icons_are_drawings_and_stay_text_for_who_reads(open_page):
    page = open_page(PLAN)
    icon = page.locator("[id='1'] h2 i")
    assert icon.locator("svg").bounding_box()["width"] > 15
    assert page.evaluate("document.getElementById('icon-🚀').querySelector('path').getBBox().width") > 20
    assert icon.evaluate("icon => getComputedStyle(icon).color") == "rgb(24, 96, 188)"
    expect(page.get_by_role("heading", name="1 🚀 S")).to_be_visible()
