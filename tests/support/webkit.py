"""WebKit as GTK has it, driven by W3C WebDriver over HTTP: a driver, and a browser with a fresh profile, for each tab."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from driven import PATIENCE, WINDOW, Tab

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name of a reference to an element (WebDriver §13.5)."""


def find() -> str | None:
    """Return the path of the browser that the driver drives, if this machine has all that it needs."""
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(browsers[-1]) if browsers and shutil.which("WebKitWebDriver") and shutil.which("Xvfb") else None


class WebKit:
    """A screen that nobody sees, which every tab is shown on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        self.screen = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(
            read, encoding="ascii"
        ) as said:  # when it is ready; it dies of a pipe closed before the line's end
            self.display = f":{said.readline().strip()}"

    def tab(self) -> WebKitTab:
        return WebKitTab(self)

    def close(self) -> None:
        self.screen.terminate()
        self.screen.wait(PATIENCE)


class WebKitTab(Tab):
    def __init__(self, webkit: WebKit) -> None:
        home = Path(tempfile.mkdtemp(dir=webkit.folder))
        self.saved = home / "saved"
        self.saved.mkdir()
        (home / ".config").mkdir()
        (home / ".config/user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{self.saved}"\n')
        self.env = {
            **os.environ,
            "HOME": str(home),
            "DISPLAY": webkit.display,
            "XDG_CONFIG_HOME": str(home / ".config"),
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # tests run as root
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "http_proxy": "http://127.0.0.1:9",  # nobody answers there
            "https_proxy": "http://127.0.0.1:9",
            "no_proxy": "127.0.0.1",
        }
        self._begin()
        width, height = WINDOW
        self._send("POST", "/window/rect", width=width, height=height)

    def _begin(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = ["WebKitWebDriver", f"--port={self.port}", "--host=127.0.0.1"]
        self.process = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.session = ""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                assert time.monotonic() < end, "WebKitWebDriver does not answer"
                time.sleep(0.02)
        asked: dict[str, Any] = {"webkitgtk:browserOptions": {"binary": find(), "args": ["--automation"]}}
        self.session = f"/{self._send('POST', '', capabilities={'alwaysMatch': asked})['sessionId']}"

    def _send(self, method: str, path: str, **body: Any) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, f"/session{self.session}{path}", json.dumps(body) if method == "POST" else None)
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        assert not (isinstance(value, dict) and "error" in value), f"{path}: {value}"
        return value

    def open(self, address: str) -> None:
        self._send("POST", "/url", url=address)
        self.js("window.complaints = []; addEventListener('error', ({ message }) => window.complaints.push(message))")

    def reload(self) -> None:
        self._send("POST", "/refresh")

    def js(self, body: str, *args: Any) -> Any:
        return self._send("POST", "/execute/sync", script=body, args=list(args))

    def _act(self, **source: Any) -> None:
        self._send("POST", "/actions", actions=[source])

    def press(self, x: int, y: int) -> None:
        steps = [{"type": "pointerMove", "x": x, "y": y, "duration": 0}]
        steps += [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        self._act(type="pointer", id="mouse", parameters={"pointerType": "mouse"}, actions=steps)

    def type(self, text: str) -> None:
        steps = [{"type": f"key{way}", "value": sign} for sign in text for way in ("Down", "Up")]
        self._act(type="key", id="keys", actions=steps)

    def choose(self, css: str, path: Path) -> None:
        element = self._send("POST", "/element", using="css selector", value=css)[_ELEMENT]
        self._send("POST", f"/element/{element}/value", text=str(path))

    def complaints(self) -> list[str]:
        return self.js("return window.complaints ?? []")

    def close(self) -> None:
        self._send("DELETE", "")
        self._end()

    def _end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
