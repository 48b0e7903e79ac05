"""One face for three browsers, so that a test is written once: a tab of a fresh profile, opened, looked at and used."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

WINDOW = (1280, 900)
CENTRE = """const element = document.querySelector(arguments[0]);
element.scrollIntoView({ block: "center", behavior: "instant" });
const box = element.getBoundingClientRect();
return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)"""
ESCAPE = "\ue00c"
"""The key, as WebDriver writes it."""
PATIENCE = 20
"""Seconds: busy machines are slow, and a test that passes waits for nothing."""


class Tab(ABC):
    """A page in a profile of its own; `close` forgets the profile."""

    saved: Path
    """Where it puts what the page saves."""

    @abstractmethod
    def open(self, address: str) -> None: ...
    @abstractmethod
    def reload(self) -> None: ...
    @abstractmethod
    def js(self, body: str, *args: Any) -> Any:
        """Run the body of a function with these `arguments`, and return what it returns."""

    @abstractmethod
    def press(self, x: int, y: int) -> None: ...
    @abstractmethod
    def type(self, text: str) -> None: ...
    @abstractmethod
    def choose(self, css: str, path: Path) -> None:
        """Give a file to a file input."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Return the errors that the page met, and what it asked of the network, as far as the browser tells."""

    @abstractmethod
    def close(self) -> None: ...

    def click(self, css: str) -> None:
        """Click in the middle of an element, when it is there and stands still."""
        self.wait("!!document.querySelector(arguments[0])", css)
        before, place = None, self.js(CENTRE, css)
        while before != place:
            time.sleep(0.03)
            before, place = place, self.js(CENTRE, css)
        self.press(*place)

    def wait(self, expression: str, *args: Any) -> Any:
        """Look until an expression is true, and return it."""
        end = time.monotonic() + PATIENCE
        while not (seen := self.js(f"return {expression}", *args)):
            assert time.monotonic() < end, expression
            time.sleep(0.02)
        return seen

    def saved_file(self) -> Path:
        """Return the first file that the page saved, when it is whole."""
        end = time.monotonic() + PATIENCE
        while not (found := [p for p in self.saved.iterdir() if p.stat().st_size and p.suffix == ".json"]):
            assert time.monotonic() < end, "nothing saved"
            time.sleep(0.02)
        return found[0]
