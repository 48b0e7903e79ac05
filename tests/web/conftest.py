"""The page in the web, as `make web` built it, served from this machine and opened in a real Chromium."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

BUILT = Path(__file__).parents[2] / "output" / "web"
PATIENCE = 90_000
"""Milliseconds: Python in a browser, on a busy machine."""
_HARMLESS = ("Blocked autofocusing on a",)
"""What Chromium says of a frame without an origin, whose page asks for the focus when it opens a dialog."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


@dataclass
class Visit:
    """A fresh profile; remembers what went wrong and what was asked of others."""

    address: str
    context: BrowserContext
    strange: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, fragment: str = "") -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.goto(self.address + fragment)
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.strange.append(url)

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith(_HARMLESS):
            self.errors.append(text)


@pytest.fixture(autouse=True)
def patience() -> None:
    """Before each test: what other folders' tests expect sooner is set for all of them at once."""
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page is served."""
    if not (BUILT / "index.html").exists():
        pytest.skip("there is no output/web: run `make web`, which needs Node.js")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(BUILT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def new_visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """A visit, with the context's settings as keywords; nothing may fail, and nobody else be asked for anything."""
    visits: list[Visit] = []

    def make(**settings: Any) -> Visit:
        visits.append(Visit(address, browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **settings})))
        return visits[-1]

    yield make
    for visit in visits:
        visit.context.close()
        assert visit.errors == []
        assert visit.strange == []
