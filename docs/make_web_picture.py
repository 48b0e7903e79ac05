"""The picture of the page in the web, from `output/web/`: `make web`, then `make pictures`. Needs a Chromium."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

import chromium  # type: ignore[import-not-found]  # noqa: E402 - the tests'

BUILT = ROOT / "output" / "web"


def main() -> None:
    """Make it."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(BUILT))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        page = browser.new_page(viewport={"width": 1440, "height": 860})
        page.set_default_timeout(120_000)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.locator("#example").click()
        page.frame_locator("#view-checklist iframe:not([data-old])").locator("main input").first.wait_for()
        page.locator("#pace").fill("8")
        page.locator("#pace").blur()
        page.locator("#finish:not(:empty)").wait_for()
        page.locator("#notice").evaluate("notice => (notice.hidden = true)")
        page.locator("body:not([aria-busy])").wait_for()
        page.wait_for_timeout(1500)
        page.screenshot(path=str(ROOT / "docs" / "pictures" / "web.png"))
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
