"""What every test is promised: no network, none of the person's settings, golden files that say what changed."""

from __future__ import annotations

import os
import socket
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roadpress.exporters.trello.api.credentials import credentials_path

pytest_plugins = ["pytester"]

OUTSIDE = "192.0.2.1"
"""An address for documentation (RFC 5737), which is nobody's."""


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((OUTSIDE, 80), timeout=1),
        lambda: socket.socket().connect_ex((OUTSIDE, 80)),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (OUTSIDE, 53)),
        lambda: socket.getaddrinfo("example.org", 80),
    ],
    ids=["connect", "connect_ex", "sendto", "look-up"],
)
def test_no_test_leaves_the_machine(reach) -> None:
    with pytest.raises(AssertionError, match="reached for the network"):
        reach()


def test_a_test_runs_in_an_empty_folder_with_settings_of_its_own(tmp_path: Path) -> None:
    assert Path.cwd() == tmp_path
    assert not list(tmp_path.iterdir())
    assert "nobody" in str(credentials_path(os.environ))


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *_: object) -> None:
        pass


def test_the_browser_reaches_files_and_loopback_only(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>x</title>")
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True).start()
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(page.as_uri())
    fetched = "url => fetch(url).then(answer => answer.text(), () => 'refused')"
    assert opened.evaluate(fetched, f"http://127.0.0.1:{server.server_port}/") == "here"
    assert opened.evaluate(fetched, f"http://{OUTSIDE}/") == "refused"
    assert opened.evaluate(fetched, "https://example.org/") == "refused"
    context.close()
    server.shutdown()
    server.server_close()


def test_a_golden_file_says_what_changed(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        "def test_it(snapshot):\n    snapshot('a\\nb\\n', 'one.txt')\n    snapshot(b'\\xff', 'two.bin')"
    )
    assert pytester.runpytest_inprocess("--snapshot-update").ret == 0
    assert pytester.runpytest_inprocess().ret == 0
    (pytester.path / "golden" / "one.txt").write_text("a\nc\n")
    (pytester.path / "golden" / "two.bin").unlink()
    shown = pytester.runpytest_inprocess()
    assert shown.ret == 1
    shown.stdout.fnmatch_lines(["*one.txt changed:*", "*-c*", "*+b*", "*two.bin: there is no such golden file yet*"])
