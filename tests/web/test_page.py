"""The page in the web: what is pasted there gives what the command line gives, and nothing leaves the browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime, timezone
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

BRIEF = Path(__file__).parents[1] / "data" / "brief.md"
NOON = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
PLANNED = """roadpress: 1
title: Ours  # a remark that stays
pace: 8h/week
sections:
  - title: S
    topics:
      - {title: a, hours: 3}
      - b
"""


def paste(page: Page, text: str) -> None:
    page.locator("#paste").fill(text)
    page.get_by_role("button", name="Make a roadmap").click()
    expect(page.locator("#work")).to_be_visible()
    page.locator("#tab-outline").click()
    expect(page.locator(".item").first).to_be_visible()


def checklist(page: Page):
    return page.frame_locator("#view-checklist iframe:not([data-old])")


def downloaded(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


@cache
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[object]:
    page.evaluate(axe())
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'], iframes: false })")
    return [(found["id"], [node["html"][:120] for node in found["nodes"]][:3]) for found in result["violations"]]


def numbers(drawing: bytes) -> tuple[str, list[float]]:
    """Return a drawing without the numbers in it, and them."""
    text = drawing.decode()
    return re.sub(r"-?\d+\.?\d*", "#", text), [float(found) for found in re.findall(r"-?\d+\.?\d*", text)]


SCRIPTS = """roadpress: 1
title: 学习路线图
exports:
  mindmap: {layout: needs}
sections:
  - title: "مرحبا بالعالم"
    topics: ["基础、进阶", {title: "שלום (abc 123)", needs: [مرحبا-بالعالم/基础-进阶]}]
"""


def test_scripts_and_prerequisites_are_drawn_as_on_the_command_line(new_visit, tmp_path):
    """Fonts of Chinese, Arabic and Hebrew come when a text has them, and so does Graphviz."""
    (tmp_path / "roadmap.yaml").write_text(SCRIPTS, encoding="utf-8")
    epoch = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOON.timestamp())), "ROADPRESS_SYSTEM_FONTS": "0"}
    subprocess.run([sys.executable, "-m", "roadpress", "-q", "pdf"], cwd=tmp_path, env=epoch, check=True, timeout=120)
    visit = new_visit(timezone_id="UTC")
    visit.context.clock.set_fixed_time(NOON)
    page = visit.open()
    paste(page, SCRIPTS)
    page.locator("#tab-pdf").click()
    expect(page.locator("#view-pdf canvas[data-drawn]").first).to_be_visible()
    made = downloaded(page, "Download", tmp_path)
    assert made.read_bytes() == (tmp_path / "output" / "roadmap.pdf").read_bytes()
    page.locator("#tab-mindmap").click()
    expect(page.frame_locator("#view-mindmap iframe:not([data-old])").locator("svg").first).to_be_visible()


def test_a_pasted_text_gives_the_bytes_of_the_command_line(new_visit, tmp_path):
    native = tmp_path / "native"
    native.mkdir()
    epoch = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOON.timestamp())), "ROADPRESS_SYSTEM_FONTS": "0"}

    def run(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "roadpress", "-q", *words], cwd=native, env=epoch, check=True, timeout=120
        )

    run("import", str(BRIEF))
    for output in ("pdf", "checklist", "ics", "markdown", "mindmap"):
        run(output)
    visit = new_visit(timezone_id="UTC")
    visit.context.clock.set_fixed_time(NOON)
    page = visit.open()
    paste(page, BRIEF.read_text("utf-8"))
    expect(checklist(page).locator("main input").first).to_be_visible()
    with zipfile.ZipFile(downloaded(page, "Download all", tmp_path)) as bundle:
        found = {name: bundle.read(name) for name in bundle.namelist()}
    assert found["roadmap.yaml"] == (native / "roadmap.yaml").read_bytes()
    for name in ("roadmap.pdf", "roadmap.checklist.html", "roadmap.ics", "roadmap.md"):
        assert found[name] == (native / "output" / name).read_bytes(), name
    mine, theirs = (
        numbers(data) for data in (found["roadmap.mindmap.svg"], (native / "output/roadmap.mindmap.svg").read_bytes())
    )
    assert mine[0] == theirs[0]  # the last place of a coordinate is the machine's
    assert max(abs(one - other) for one, other in zip(mine[1], theirs[1], strict=True)) < 0.11


def test_every_output_is_seen_and_axe_finds_nothing(new_visit, tmp_path):
    page = new_visit(bypass_csp=True, service_workers="block").open()
    assert violations(page) == []
    page.get_by_role("button", name="Show me an example").click()
    expect(page.locator("#lines li").first).to_contain_text("Machine Learning Roadmap")
    assert violations(page) == []
    expect(checklist(page).locator("main input").first).to_be_visible()
    page.locator("#tab-pdf").click()
    expect(page.locator("#view-pdf canvas[data-drawn]").first).to_be_visible()
    page.locator("#tab-yaml").click()
    expect(page.locator("#code .cm-line").first).to_be_visible()
    page.locator("#tab-mindmap").click()
    expect(page.frame_locator("#view-mindmap iframe:not([data-old])").locator("svg").first).to_be_visible()
    picture = downloaded(page, "PNG", tmp_path)
    assert picture.name == "roadmap.mindmap.png"
    with Image.open(picture) as opened:
        assert min(opened.size) > 500
        assert len(opened.convert("RGB").getcolors(10**6)) > 50  # something is drawn
    page.locator("#tab-outline").click()
    assert violations(page) == []


def test_the_outline_is_edited_and_the_text_keeps_its_remarks(new_visit):
    page = new_visit().open()
    paste(page, PLANNED)
    items = page.locator(".item .t")
    expect(items).to_have_text(["S", "a", "b"])
    page.locator(".item").nth(1).click()
    page.keyboard.press("Enter")
    page.keyboard.type("a thing")
    page.keyboard.press("Enter")
    expect(items).to_have_text(["S", "a thing", "b"])
    page.keyboard.press("Alt+ArrowDown")
    expect(items).to_have_text(["S", "b", "a thing"])
    page.locator("#hours").fill("5")
    page.locator("#hours").press("Enter")
    expect(page.locator(".item .h").nth(2)).to_have_text("5 h")
    page.locator("#start").fill("2031-01-06")
    expect(page.locator("#finish")).to_contain_text("2031")
    page.locator("#tab-yaml").click()
    expect(page.locator("#code .cm-content")).to_contain_text("title: Ours  # a remark that stays")
    page.locator("#tab-outline").click()
    for _ in range(4):
        page.locator("#undo").click()
    expect(items).to_have_text(["S", "a", "b"])


def test_a_mistake_in_the_text_is_told_with_its_place(new_visit):
    page = new_visit().open()
    paste(page, PLANNED)
    page.locator("#tab-yaml").click()
    page.locator("#code .cm-line").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("autor: me")
    expect(page.locator("#problems")).to_contain_text("did you mean `author`")
    expect(page.locator("#code .cm-lintRange-error").first).to_be_attached()
    page.locator("#code .cm-line").nth(2).click()
    page.keyboard.press("End")
    for _ in "autor: me":
        page.keyboard.press("Backspace")
    page.keyboard.type("lan")
    expect(page.locator("#code .cm-completionLabel").first).to_have_text("language")


def test_ticks_and_the_roadmap_are_there_again_without_a_network(new_visit):
    visit = new_visit()
    page = visit.open()
    paste(page, PLANNED)
    checklist(page).locator("main input").nth(1).check()
    page.locator("#tab-markdown").click()
    expect(page.locator("#view-markdown")).to_contain_text("[x] a")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()  # now the service worker keeps what is loaded
    page.get_by_role("button", name="Ours", exact=True).click()
    expect(checklist(page).locator("main input").nth(1)).to_be_checked()
    visit.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Ours", exact=True).click()
    expect(checklist(page).locator("main input").nth(1)).to_be_checked()


def test_a_link_holds_the_roadmap_itself(new_visit):
    page = new_visit().open()
    paste(page, PLANNED)
    page.get_by_role("button", name="Share").click()
    expect(page.locator("#address")).to_have_value(re.compile("#r="))  # it is packed meanwhile
    address = page.locator("#address").input_value()
    other = new_visit()
    opened = other.open(address.removeprefix(other.address))
    expect(opened.locator(".item .t")).to_have_text(["S", "a", "b"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_usable_on_a_phone(new_visit, scheme):
    page = new_visit(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True).open()
    assert violations(page) == []
    page.locator("#paste").fill(PLANNED)
    page.get_by_role("button", name="Make a roadmap").click()
    expect(checklist(page).locator("main input").first).to_be_visible()
    assert page.locator("header").bounding_box()["height"] < 844 / 15
    page.locator("#more").click()
    expect(page.locator("#pace")).to_be_visible()
    assert violations(page) == []
    page.locator("#more").click()
    expect(page.locator("#pace")).to_be_hidden()
    page.locator("#sides").get_by_role("button", name="Edit").click()
    expect(page.locator(".item").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


HOSTILE = (
    "# <script>parent.hit = 1</script>\n- <img src=x onerror='top.hit=1'>\n- [a](javascript:hit=1)\n- </script><script>hit=1</script>",
    "roadpress: 1\ntitle: '</title><script>top.hit=1</script>'\nsections: [\"<svg onload=top.hit=1>\"]\n",
    "a: &a [x]\n" * 300 + "\x00\ufffe",
    "[" * 5000,
    "- " * 3000 + "x",
    "> " * 2000,
    "|" * 20_000,
    "# \u202e\u2066" + "a" * 100_000,
)


def test_no_script_of_a_pasted_text_runs_and_nothing_hangs(new_visit):
    page = new_visit().open()
    for text in HOSTILE:
        page.locator("#paste").fill(text)
        page.get_by_role("button", name="Make a roadmap").click()
        expect(page.locator("#work:not([hidden]),#notice:not([hidden])").first).to_be_visible()
        expect(page.locator("body[aria-busy]")).to_have_count(0)
        assert page.evaluate("window.hit") is None
        if page.locator("#work").is_visible():
            page.locator("#fresh").click()
