"""`roadpress serve`: who gets in, what is written, what the page hears of."""

from __future__ import annotations

import json
import os
import re
import socket
import stat
import threading
import time
from datetime import date, datetime, timezone
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import expect

from roadpress.cli import main
from roadpress.commands import http_server
from roadpress.commands.console import Console
from roadpress.commands.http_server import HOST, Server
from roadpress.commands.live_page import LivePage
from roadpress.commands.serving import ticket_page
from roadpress.commands.snapshots import tell_present
from roadpress.core.progress.model import State, progress_path
from roadpress.core.progress.store import read
from roadpress.importers.collect.checklist import read_saved

ROADMAP = """roadpress: 1
title: Served
sections:
  - title: First
    topics: [One, Two, {title: Three, done: true}]
"""


@pytest.fixture
def server(tmp_path):
    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    desk = LivePage(tmp_path / "roadmap.yaml", lambda: date(2026, 11, 23))
    with Server(desk, 0) as opened:
        thread = threading.Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield opened
        desk.close()
        opened.shutdown()
        thread.join()


def ask(server, method, path, body=None, **headers):
    connection = HTTPConnection(HOST, server.server_port, timeout=5)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    result = answer.status, answer.read().decode(), answer.headers
    connection.close()
    return result


def own(server):
    return {
        "Cookie": f"roadpress-{server.server_port}={server.cookie}",
        "Origin": f"http://{HOST}:{server.server_port}",
        "Content_Type": "application/json",
    }


def saved(**items):
    return json.dumps({"roadpress": "checklist", "format": 1, "items": {f"first/{k}": v for k, v in items.items()}})


def recorded(tmp_path):
    return {key: entry.tick for key, entry in read(progress_path(tmp_path / "roadmap.yaml")).ticks.items()}


def test_ticks_that_went_to_another_entry_are_told_once(tmp_path, capsys):
    file = tmp_path / "roadmap.yaml"
    file.write_text(ROADMAP)
    assert main(["-q", "tick", "-f", str(file), "1.2"]) == 0
    desk = LivePage(file, lambda: date(2026, 11, 23), lambda found: tell_present(Console(), found, file))
    assert capsys.readouterr().err == ""
    for title in ("Something else", "A third thing"):
        file.write_text(ROADMAP.replace("Two", title))
        for _ in range(3):
            desk.look()
        said = capsys.readouterr().err
        assert said.count(f"was taken for 1.2 {title!r}, which stands in its place: its tick went along") == 1
    assert main(["status", str(file)]) == 0
    assert capsys.readouterr().err == ""


def test_only_the_printed_address_lets_one_in(server):
    assert ask(server, "GET", "/")[0] == 403
    assert ask(server, "GET", "/?token=guess")[0] == 403
    status, _, headers = ask(server, "GET", server.url.partition(str(server.server_port))[2])
    assert (status, headers["Location"]) == (303, "/")
    assert "HttpOnly; SameSite=Strict" in headers["Set-Cookie"]
    assert server.token not in headers["Set-Cookie"]
    status, page, headers = ask(server, "GET", "/", Cookie=headers["Set-Cookie"].partition(";")[0])
    assert status == 200
    assert "Served" in page
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": ""}, 403),
        ({"Cookie": ""}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"Content_Length": "99999999999"}, 413),
        ({"Content_Length": "-1"}, 413),
        ({"Content_Length": "\u00b2".encode()}, 413),
        ({"Content_Length": "\u0662".encode()}, 413),
        ({"Content_Length": "+1"}, 413),
        ({"Content_Length": ""}, 413),
        ({"Transfer_Encoding": "chunked"}, 413),
    ],
)
def test_other_sites_and_other_hosts_change_nothing(server, tmp_path, changed, status):
    body = saved(one={"state": "done"})
    assert ask(server, "POST", "/ticks", body, **{**own(server), **changed})[0] == status
    assert recorded(tmp_path) == {}


def test_ticks_go_to_the_progress_file_and_the_newest_wins(server, tmp_path):
    body = saved(one={"state": "done", "on": "2026-11-20", "at": "2026-11-20T10:00:00.000Z", "note": "n"})
    assert ask(server, "POST", "/ticks", body, **own(server))[0] == 200
    tick = recorded(tmp_path)["first/one"]
    assert (tick.state, tick.on, tick.source, tick.note) == (State.DONE, date(2026, 11, 20), "checklist", "n")
    older = saved(one={"state": "open", "at": "2026-11-19T10:00:00.000Z", "note": "n"})
    ask(server, "POST", "/ticks", older, **own(server))
    assert recorded(tmp_path)["first/one"].state is State.DONE
    newer = saved(one={"state": "open", "at": "2026-11-21T10:00:00.000Z", "note": "n"}, gone={"state": "done"})
    assert json.loads(ask(server, "POST", "/ticks", newer, **own(server))[1]) == {"unknown": ["first/gone"]}
    assert recorded(tmp_path)["first/one"].state is State.OPEN


@pytest.mark.parametrize("body", ["", "[]", "{", saved(one="x")])
def test_nonsense_is_refused(server, body):
    status, text, _ = ask(server, "POST", "/ticks", body, **own(server))
    assert status == 409
    assert "progress file" in text


@pytest.mark.browser
def test_the_page_ticks_into_the_file_and_follows_the_files(server, browser, tmp_path):
    page = browser.new_context().new_page()
    page.set_default_timeout(20000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server.url)
    assert server.token not in page.url
    box = "[id='{}'] input"
    expect(page.locator(box.format("1.3"))).to_be_checked()
    page.locator(box.format("1.1")).check()
    wait_for(lambda: recorded(tmp_path).get("first/one"))
    page.locator(box.format("1.3")).uncheck()
    wait_for(lambda: recorded(tmp_path).get("first/three") and recorded(tmp_path)["first/three"].state is State.OPEN)
    page.locator(box.format("1.2")).focus()
    page.keyboard.press("n")
    page.keyboard.type("hello")
    wait_for(lambda: recorded(tmp_path).get("first/two") and recorded(tmp_path)["first/two"].note == "hello")
    page.locator("h1").click()

    noted = saved(two={"state": "done", "at": "2099-01-01T00:00:00.000Z", "note": "hello"})
    server.site.record(read_saved(noted.encode()))
    expect(page.locator(box.format("1.2"))).to_be_checked()

    path = tmp_path / "roadmap.yaml"
    path.write_text(ROADMAP.replace("topics", "topicz"))
    expect(page.locator("#problems")).to_contain_text("topicz")
    expect(page.locator(box.format("1.1"))).to_be_checked()
    path.write_text(ROADMAP.replace("First", "Renamed\n    id: first"))
    expect(page.locator("[id='1'] h2")).to_contain_text("Renamed")
    expect(page.locator("#problems")).to_be_hidden()
    expect(page.locator(box.format("1.1"))).to_be_checked()
    assert errors == []
    page.context.close()


def wait_for(what):
    import time

    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_broken_roadmap_is_served_with_its_problems(tmp_path):
    (tmp_path / "roadmap.yaml").write_text("nonsense: true")
    sight = LivePage(tmp_path / "roadmap.yaml", lambda: date(2026, 11, 23)).look()
    assert sight.problems
    assert "<main" in sight.page


def test_the_command_says_what_is_wrong(server, capsys):
    from roadpress.cli import main

    assert main(["serve", "nowhere.yaml", "--no-open"]) == 1
    assert "There is no file nowhere.yaml." in capsys.readouterr().err
    assert main(["serve", "--no-open", "--port", str(server.server_port)]) == 1
    assert "can't be used" in capsys.readouterr().err


def test_a_page_of_another_learner_changes_nothing(server, tmp_path):
    progress_path(tmp_path / "roadmap.yaml").write_text('roadpress-progress: 1\nlearner: "Ada"\n')
    body = json.loads(saved(one={"state": "done"}))
    status, text, _ = ask(server, "POST", "/ticks", json.dumps({**body, "learner": "Ben"}), **own(server))
    assert status == 409
    assert "Ben" in text
    assert "Ada" in text
    assert recorded(tmp_path) == {}
    assert ask(server, "POST", "/ticks", json.dumps({**body, "learner": "Ada"}), **own(server))[0] == 200
    assert recorded(tmp_path)["first/one"].state is State.DONE
    assert read(progress_path(tmp_path / "roadmap.yaml")).learner == "Ada"


def test_a_new_learner_is_a_new_page(server, tmp_path):
    before = server.site.look()
    progress_path(tmp_path / "roadmap.yaml").write_text('roadpress-progress: 1\nlearner: "Ada Lovelace"\n')
    after = server.site.look()
    assert "Ada Lovelace" in after.page
    assert after.version != before.version


def test_a_tick_of_an_entry_that_is_gone_at_that_moment_is_kept_and_comes_back(server, tmp_path):
    path = tmp_path / "roadmap.yaml"
    path.write_text(ROADMAP.replace("One, Two, ", ""))  # half saved
    body = saved(two={"state": "done", "on": "2026-11-20", "at": "2026-11-20T10:00:00.000Z", "note": "n"})
    status, text, _ = ask(server, "POST", "/ticks", body, **own(server))
    assert (status, json.loads(text)) == (200, {"unknown": ["first/two"]})
    kept = read(progress_path(path)).orphans["first/two"]
    assert (kept.tick.state, kept.tick.on, kept.tick.note, kept.title) == (State.DONE, date(2026, 11, 20), "n", "Two")
    assert "'Two' is not in the roadmap now" in " ".join(server.site.look().problems)
    path.write_text(ROADMAP)
    assert server.site.look().problems == ()
    assert '"first/two": {"state": "done"' in server.site.look().marks
    assert ask(server, "POST", "/ticks", saved(one={"state": "done"}), **own(server))[0] == 200
    assert {"first/one", "first/two"} <= recorded(tmp_path).keys()


def test_what_says_nothing_of_an_entry_that_is_gone_is_no_orphan(server, tmp_path):
    ask(server, "POST", "/ticks", saved(gone={"state": "open"}), **own(server))
    assert read(progress_path(tmp_path / "roadmap.yaml")).orphans == {}
    ask(server, "POST", "/ticks", saved(gone={"state": "done", "at": "2026-11-20T10:00:00.000Z"}), **own(server))
    ask(server, "POST", "/ticks", saved(gone={"state": "open", "at": "2026-11-19T10:00:00.000Z"}), **own(server))
    assert read(progress_path(tmp_path / "roadmap.yaml")).orphans["first/gone"].tick.state is State.DONE
    ask(server, "POST", "/ticks", saved(gone={"state": "open", "at": "2026-11-21T10:00:00.000Z"}), **own(server))
    assert read(progress_path(tmp_path / "roadmap.yaml")).orphans["first/gone"].tick.state is State.OPEN


def test_a_clock_in_the_year_9999_does_not_win_for_ever(tmp_path):
    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    now = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
    desk = LivePage(tmp_path / "roadmap.yaml", lambda: date(2026, 11, 23), now=lambda: now)
    take = read_saved
    desk.record(take(saved(one={"state": "done", "at": "9999-12-31T23:59:59.999Z"}).encode()))
    assert (recorded(tmp_path)["first/one"].at - now).total_seconds() <= 1
    desk.record(take(saved(one={"state": "open", "at": "2026-11-23T12:00:05.000Z"}).encode()))
    assert recorded(tmp_path)["first/one"].state is State.OPEN
    progress_path(tmp_path / "roadmap.yaml").write_text(
        "roadpress-progress: 2\nticks:\n  first/one: {done: 9999-12-31, at: 9999-12-31T23:59:59Z}\n"
    )
    desk.record(take(saved(one={"state": "open", "at": "2026-11-23T11:00:00.000Z"}).encode()))
    assert recorded(tmp_path)["first/one"].state is State.OPEN


def test_the_browser_is_let_in_once_by_a_file_of_its_owners_alone(server, tmp_path):
    page = ticket_page(server, tmp_path)
    assert os.name == "nt" or stat.S_IMODE(page.stat().st_mode) == 0o600
    address = re.search(r"url=(http://[^\"]+)", page.read_text())[1].partition(str(server.server_port))[2]
    assert server.token not in page.read_text()
    status, body, headers = ask(server, "GET", address)
    assert status == 200
    assert "url=/" in body
    assert "SameSite=Strict" in headers["Set-Cookie"]
    assert ask(server, "GET", "/", Cookie=headers["Set-Cookie"].partition(";")[0])[0] == 200
    assert ask(server, "GET", address)[0] == 403
    assert ask(server, "GET", "/?ticket=")[0] == 403


def test_the_file_expires(server, tmp_path, monkeypatch):
    monkeypatch.setattr(http_server, "TICKET", 0.0)
    address = server.ticket_url().partition(str(server.server_port))[2]
    assert ask(server, "GET", address)[0] == 403


@pytest.mark.browser
def test_a_browser_comes_in_by_the_file(server, browser, tmp_path):
    page = browser.new_context().new_page()
    page.goto(ticket_page(server, tmp_path).as_uri())
    expect(page.locator("h1")).to_have_text("Served")
    assert page.url == f"http://{HOST}:{server.server_port}/"
    page.context.close()


def test_the_command_line_of_the_browser_holds_no_token(tmp_path, monkeypatch):
    """Every user of the machine can read it."""
    from roadpress.commands import serve

    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    launched, servers, held = threading.Event(), [], []

    def launch(what):
        held.append((what, Path(what).read_text(), stat.S_IMODE(Path(what).parent.stat().st_mode)))
        launched.set()

    def begin(self, poll_interval):
        servers.append(self)
        launched.wait(20)
        raise KeyboardInterrupt

    monkeypatch.setattr("click.launch", launch)
    monkeypatch.setattr(Server, "serve_forever", begin)
    serve.run(Console(quiet=True), tmp_path / "roadmap.yaml", port=0, opens=True)
    ((what, text, mode),) = held
    assert "ticket" not in what
    assert servers[0].token not in what
    assert "?ticket=" in text
    assert os.name == "nt" or mode == 0o700
    assert not Path(what).parent.exists()


def test_slow_and_many_clients_are_bounded(server, monkeypatch):
    monkeypatch.setattr(http_server, "READING", 1.0)
    before = threading.active_count()
    clients = [socket.create_connection((HOST, server.server_port)) for _ in range(200)]
    for client in clients:
        client.settimeout(10)
        try:
            client.sendall(b"GET / HTTP/1.1\r\n")
        except OSError:
            continue
    time.sleep(0.3)
    assert threading.active_count() - before <= http_server.CONNECTIONS
    end = time.monotonic() + 20
    while threading.active_count() > before:  # their time is over
        for client in clients[: http_server.CONNECTIONS]:
            try:
                client.sendall(b"a")  # a byte now and then buys no more
            except OSError:
                continue
        assert time.monotonic() < end
        time.sleep(0.05)
    assert ask(server, "GET", "/", **own(server))[0] == 200
    for client in clients:
        client.close()


def test_a_body_that_never_comes_holds_no_thread(server, tmp_path, monkeypatch):
    monkeypatch.setattr(http_server, "READING", 0.5)
    before = threading.active_count()
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in own(server).items())
    with socket.create_connection((HOST, server.server_port), timeout=20) as client:
        client.sendall(
            f"POST /ticks HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\n{head}Content-Length: 9\r\n\r\n{{".encode()
        )
        assert client.recv(1000) == b""
    wait_for(lambda: threading.active_count() <= before)
    assert recorded(tmp_path) == {}


def test_what_is_refused_is_not_read_as_the_next_request(server):
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in own(server).items())
    inner = f"GET / HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\n{head}\r\n"
    with socket.create_connection((HOST, server.server_port), timeout=20) as client:
        client.sendall(
            f"POST /other HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\n{head}"
            f"Content-Length: {len(inner)}\r\n\r\n{inner}".encode()
        )
        answer = b""
        while chunk := client.recv(65536):
            answer += chunk
    assert answer.startswith(b"HTTP/1.1 404")
    assert answer.count(b"HTTP/1.1 ") == 1
