"""Chromium behind the face that the other browsers have."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driven import ESCAPE, PATIENCE, WINDOW, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download


class Chromium:
    """The session's browser, which others close."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def tab(self) -> ChromiumTab:
        return ChromiumTab(self)

    def close(self) -> None:
        """Leave it to the session."""


class ChromiumTab(Tab):
    def __init__(self, chromium: Chromium) -> None:
        width, height = WINDOW
        self.saved = Path(tempfile.mkdtemp(dir=chromium.folder))
        self.context = chromium.browser.new_context(viewport={"width": width, "height": height})
        self.context.add_init_script("delete window.showSaveFilePicker")  # its window is not the page's
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.heard: list[str] = []
        self.page.on("download", self._save)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("console", lambda said: self.heard.append(said.text) if said.type == "error" else None)
        self.page.on("request", self._request)

    def _save(self, download: Download) -> None:
        download.save_as(self.saved / download.suggested_filename)

    def _request(self, request: Any) -> None:
        self.heard += [] if request.url.startswith(("file:", "blob:", "data:")) else [request.url]

    def open(self, address: str) -> None:
        self.page.goto(address)

    def reload(self) -> None:
        self.page.reload()

    def js(self, body: str, *args: Any) -> Any:
        return self.page.evaluate(f"(given) => (function () {{ {body} }}).apply(null, given)", list(args))

    def press(self, x: int, y: int) -> None:
        self.page.mouse.click(x, y)

    def type(self, text: str) -> None:
        if text == ESCAPE:
            self.page.keyboard.press("Escape")
        else:
            self.page.keyboard.type(text)

    def choose(self, css: str, path: Path) -> None:
        self.page.locator(css).set_input_files(path)

    def saved_file(self) -> Path:
        for _ in range(PATIENCE * 50):
            if found := list(self.saved.iterdir()):
                return found[0]
            self.page.wait_for_timeout(20)  # events come only while one waits here
        raise AssertionError("nothing saved")

    def pdf(self) -> bytes:
        return self.page.pdf(format="A4")

    def complaints(self) -> list[str]:
        return self.heard

    def close(self) -> None:
        self.context.close()
