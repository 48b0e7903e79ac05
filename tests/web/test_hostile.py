"""Whatever is pasted into the page in the web: no script of it runs, nobody is asked for anything, and nothing hangs."""

from __future__ import annotations

import os

from pastes import pastes
from patience import settles
from playwright.sync_api import Page, expect

COUNT = int(os.environ.get("ROADPRESS_PASTES", "40"))
SEED = 20
SETTLED = """() => !document.body.hasAttribute("aria-busy")
    && ["work", "notice"].some((id) => !document.getElementById(id).hidden)"""

TRAP = "Object.defineProperty(window, 'hit', { set() { console.error('a script of the paste ran') } })"
"""In every frame: `hit` is what the scripts set."""


def take(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => { document.getElementById("paste").value = text; document.getElementById("make").click(); }""",
        text,
    )
    page.wait_for_function(SETTLED)


def test_no_script_of_a_paste_runs_and_nothing_hangs(new_visit):
    """A script that is kept from running by the page's policy alone is one, too: the policy's complaint is an error."""
    visit = new_visit()
    visit.context.add_init_script(TRAP)
    page = visit.open()
    for number, text in enumerate(pastes(SEED, COUNT)):
        if not text.strip():
            continue
        page.locator(f"#tab-{('checklist', 'mindmap', 'markdown')[number % 3]}").evaluate("(tab) => tab.click()")
        take(page, text)
        assert visit.errors == [], text
        assert "longer than a minute" not in page.locator("#notice").inner_text(), text
        if page.locator("#work").is_visible():
            page.locator("#fresh").evaluate("(button) => button.click()")
            expect(page.locator("#empty")).to_be_visible()


NEVER = """addEventListener("message", ({ data }) => postMessage({ event: "began", id: data.id }));
postMessage({ event: "ready" });"""


def test_a_worker_past_its_time_is_ended_and_the_next_one_answers(new_visit):
    visit = new_visit(service_workers="block")
    visit.context.clock.install()
    visit.context.route("**/worker.js", lambda route: route.fulfill(body=NEVER, content_type="text/javascript"))
    page = visit.open()
    page.locator("#paste").fill("# Bread\n\n- Flour\n")
    page.get_by_role("button", name="Make a roadmap").click()
    expect(page.locator("body[aria-busy]")).to_be_visible()
    visit.context.unroute("**/worker.js")

    def said_a_minute_later() -> bool:
        page.clock.fast_forward(61_000)  # again, where the worker had not begun yet
        return "longer than a minute" in page.locator("#notice").inner_text()

    settles(said_a_minute_later, expected=True, seconds=90)
    page.get_by_role("button", name="Make a roadmap").click()
    expect(page.locator("#name")).to_have_text("Bread")
