"""Firefox as its users have it, driven by WebDriver BiDi: one process, and a user context, a fresh profile, for each tab."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

from driven import PATIENCE, WINDOW, Tab

_PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,  # nobody answers there
    "network.proxy.no_proxies_on": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "remote.active-protocols": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def find() -> str | None:
    """Return the path of a Firefox, if this machine has one."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One process, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        from websockets.sync.client import connect

        profile = folder / "profile"
        profile.mkdir()
        lines = (f"user_pref({json.dumps(name)},{json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines))
        program = find()
        assert program
        self.folder = folder
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)],
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        errors = self.process.stderr
        assert errors
        address = next(found[1] for line in errors if (found := re.search(r"BiDi listening on (ws://\S+)", line)))
        threading.Thread(target=errors.read, daemon=True).start()  # a full pipe would stop it
        self.connection = connect(f"{address}/session", max_size=None, compression=None, proxy=None)
        self.socket = self.connection.__enter__()
        self.sent = 0
        self.heard: list[Any] = []
        self("session.new", capabilities={})
        self("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def __call__(self, method: str, **params: Any) -> Any:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=3 * PATIENCE))
            if message.get("type") == "event":
                self.heard.append(message)
            elif message.get("id") == self.sent:
                assert message["type"] != "error", f"{method}: {message}"
                return message["result"]

    def tab(self) -> FirefoxTab:
        return FirefoxTab(self)

    def close(self) -> None:
        self("browser.close")
        self.connection.__exit__(None, None, None)
        self.process.wait(PATIENCE)


class FirefoxTab(Tab):
    def __init__(self, firefox: Firefox) -> None:
        self.firefox = firefox
        self.user = firefox("browser.createUserContext")["userContext"]
        self.saved = firefox.folder / f"saved-{self.user}"
        self.saved.mkdir()
        firefox(
            "browser.setDownloadBehavior",
            downloadBehavior={"type": "allowed", "destinationFolder": str(self.saved)},
            userContexts=[self.user],
        )
        self.id = firefox("browsingContext.create", type="tab", userContext=self.user)["context"]
        width, height = WINDOW
        firefox("browsingContext.setViewport", context=self.id, viewport={"width": width, "height": height})

    def open(self, address: str) -> None:
        self.firefox("browsingContext.navigate", context=self.id, url=address, wait="complete")

    def reload(self) -> None:
        self.firefox("browsingContext.reload", context=self.id, wait="complete")

    def _call(self, function: str, *args: Any) -> Any:
        result = self.firefox(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self.id},
            arguments=[{"type": "string", "value": arg} for arg in args],
        )
        assert result["type"] != "exception", result["exceptionDetails"]["text"]
        return result["result"]

    def js(self, body: str, *args: Any) -> Any:
        function = f"(given) => JSON.stringify((function () {{ {body} }}).apply(null, JSON.parse(given)) ?? null)"
        return json.loads(self._call(function, json.dumps(args))["value"])

    def _act(self, **source: Any) -> None:
        self.firefox("input.performActions", context=self.id, actions=[source])

    def press(self, x: int, y: int) -> None:
        steps = (
            {"type": "pointerMove", "x": x, "y": y},
            *({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")),
        )
        self._act(type="pointer", id="mouse", parameters={"pointerType": "mouse"}, actions=list(steps))

    def type(self, text: str) -> None:
        steps = [{"type": f"key{way}", "value": sign} for sign in text for way in ("Down", "Up")]
        self._act(type="key", id="keys", actions=steps)

    def choose(self, css: str, path: Path) -> None:
        element = self._call("(css) => document.querySelector(css)", css)
        self.firefox("input.setFiles", context=self.id, element={"sharedId": element["sharedId"]}, files=[str(path)])

    def pdf(self) -> bytes:
        return base64.b64decode(self.firefox("browsingContext.print", context=self.id)["data"])

    def complaints(self) -> list[str]:
        found = []
        for event in self.firefox.heard:
            told = event["params"]
            if (
                event["method"] == "log.entryAdded"
                and told["level"] == "error"
                and told["source"]["context"] == self.id
            ):
                found.append(told["text"])
            elif event["method"] == "network.beforeRequestSent" and told["context"] == self.id:
                url = told["request"]["url"]
                found += [] if url.startswith(("file:", "blob:", "data:")) else [url]
        return found

    def close(self) -> None:
        self.firefox("browser.removeUserContext", userContext=self.user)
