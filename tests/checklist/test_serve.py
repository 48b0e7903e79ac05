"""`roadpress serve`: who gets in, what is written, what the page hears of."""

from __future__ import annotations

import json
import threading
from datetime import date
from http.client import HTTPConnection

import pytest
from playwright.sync_api import expect

from roadpress.cli import main
from roadpress.commands.console import Console
from roadpress.commands.http_server import HOST, Desk, Server
from roadpress.commands.snapshots import tell_present
from roadpress.core.progress.model import State, progress_path
from roadpress.core.progress.store import read

ROADMAP = """roadpress: 1
title: Served
sections:
  - title: First
    topics: [One, Two, {title: Three, done: true}]
"""


@pytest.fixture
def server(tmp_path):
    (tmp_path / "roadmap.yaml").write_text(ROADMAP)
    desk = Desk(tmp_path / "roadmap.yaml", lambda: date(2026, 11, 23))
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
    desk = Desk(file, lambda: date(2026, 11, 23), lambda found: tell_present(Console(), found, file))
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

    server.desk.record(__import__("roadpress.importers.collect.checklist", fromlist=["read_saved"]).read_saved(
        saved(two={"state": "done", "at": "2099-01-01T00:00:00.000Z", "note": "hello"}).encode()))  # fmt: skip
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
    sight = Desk(tmp_path / "roadmap.yaml", lambda: date(2026, 11, 23)).look()
    assert sight.problems
    assert "<main" in sight.page


def test_the_command_says_what_is_wrong(server, capsys):
    from roadpress.cli import main

    assert main(["serve", "nowhere.yaml", "--no-open"]) == 2
    assert "nowhere.yaml is not there" in capsys.readouterr().err
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
    before = server.desk.look()
    progress_path(tmp_path / "roadmap.yaml").write_text('roadpress-progress: 1\nlearner: "Ada Lovelace"\n')
    after = server.desk.look()
    assert "Ada Lovelace" in after.page
    assert after.version != before.version
