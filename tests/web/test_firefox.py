"""The page in the web in Firefox, which asks nobody but its own server: a paste becomes every output."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import firefox
import pytest

BRIEF = Path(__file__).parents[1] / "data" / "brief.md"
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
pytestmark = pytest.mark.skipif(not firefox.find(), reason="install Debian's package `firefox-esr` to run it")

PASTE = """document.getElementById("paste").value = arguments[0]; document.getElementById("make").click()"""
SEEN = {
    "checklist": "document.querySelector('#view-checklist iframe:not([data-old])')?.srcdoc.includes('Overfitting')",
    "pdf": "document.querySelector('#view-pdf canvas[data-drawn]')?.textContent.includes('Machine Learning')",
    "mindmap": "document.querySelector('#view-mindmap iframe:not([data-old])')?.srcdoc.includes('<svg')",
    "markdown": "document.querySelector('#view-markdown')?.textContent.includes('Overfitting')",
}
LOOK = """axe.run(document, { resultTypes: ["violations"], iframes: false })
    .then(({ violations }) => (window.found = violations.map((one) => one.id).join() || "none"))"""


@pytest.fixture
def tab(address, tmp_path, monkeypatch):
    monkeypatch.setattr("driven.PATIENCE", 90)
    monkeypatch.setattr(firefox, "PATIENCE", 90)
    browser = firefox.Firefox(tmp_path)
    opened = browser.tab()
    opened.open(address)
    yield opened
    others = [said for said in opened.complaints() if not said.startswith((address, "blob:"))]
    browser.close()
    assert others == []


def test_a_paste_becomes_every_output(tab):
    tab.js(PASTE, BRIEF.read_text("utf-8"))
    tab.wait("document.querySelectorAll('.item').length > 50")
    for output, seen in SEEN.items():
        tab.js("document.getElementById(`tab-${arguments[0]}`).click()", output)
        tab.wait(f"!!({seen})")
    tab._call(f"() => {{ {AXE.read_text('utf-8')}; return '' }}")  # the page's policy lets no script of others in
    tab.js(LOOK)
    assert tab.wait("window.found") == "none"
