"""Pages of the checklist, opened from a disk in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist

PATIENCE = 20_000
"""Milliseconds: busy machines are slow, and a test that passes waits for nothing."""
expect.set_options(timeout=PATIENCE)
TODAY = date(2026, 11, 23)


def html_of(source: Roadmap | Snapshot, **options: Any) -> str:
    """Return the checklist's page."""
    snapshot = source if isinstance(source, Snapshot) else Snapshot.of(source, today=TODAY)
    return checklist.export(snapshot, checklist.Options(**options)).files[0].data.decode()


@dataclass
class Opener:
    """Writes pages to a disk and opens them; remembers what went wrong and what was asked of the network."""

    context: BrowserContext
    folder: Path
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __call__(
        self,
        source: Roadmap | Snapshot | str,
        name: str = "page.html",
        *,
        anchor: str = "",
        page: Page | None = None,
        **options: Any,
    ) -> Page:
        """Write a page and open it; in the place of another, which is closed first, if one is given."""
        path = self.folder / name
        path.write_text(source if isinstance(source, str) else html_of(source, **options), encoding="utf-8")
        if page:
            page.close()
        opened = self._new_page()
        opened.goto(path.as_uri() + anchor)
        opened.locator("html.begun,html:not(.js)").wait_for(state="attached")
        return opened

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.refused.append(request.url) if request.failure == "csp" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        return page

    def again(self, page: Page, *, anchor: str = "") -> Page:
        """Leave a page and open the file again."""
        return self((self.folder / "page.html").read_text("utf-8"), anchor=anchor, page=page)

    @property
    def strange_requests(self) -> list[str]:
        """Requests for anything but the pages themselves."""
        own = tuple(path.as_uri() for path in self.folder.glob("*.html"))
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def new_opener(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opener]]:
    """A fresh profile, with the context's settings as keywords; no page may fail or ask for anything."""
    openers: list[Opener] = []

    def make(**settings: Any) -> Opener:
        openers.append(Opener(browser.new_context(**settings), tmp_path))
        return openers[-1]

    yield make
    for opener in openers:
        opener.context.close()
        assert opener.errors == []
        assert opener.strange_requests == []


@pytest.fixture
def open_page(new_opener: Callable[..., Opener]) -> Opener:
    """A fresh profile of a wide screen."""
    return new_opener(viewport={"width": 1440, "height": 900})
