"""Whatever fails, whenever: the push, or the push after it, ends in the same board, and nothing is there twice."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from boards import TODAY, Bench, shown
from roadmaps import roadmap
from trello_double import Direct, Fault, Hold, Killed, serve

from roadpress.core.errors import GaveUpError, RoadpressError
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.boards.planning.journal import journal_path
from roadpress.exporters.boards.sync import Settings, run_push
from roadpress.exporters.trello.api.client import ApiClient
from roadpress.exporters.trello.api.credentials import Credentials
from roadpress.exporters.trello.api.retry import Transport

TABLES = ("boards", "labels", "lists", "cards", "checklists", "items", "actions", "_serial")
SMALL = """
- title: S
  id: s
  summary: About this
  tags: [web]
  topics:
    - {title: A, id: a, items: [a1, a2, a1, {title: G, items: [g1]}]}
    - {title: B, id: b, needs: [c]}
    - {title: C, id: c, kind: project, due: 2027-03-01}
- title: T
  id: t
  topics: [{title: D, id: d, items: [d1, d2, d3]}, {title: D, id: d2}]
- title: T
  id: t2
"""
EDITED = """
- title: T
  id: t
  topics: [{title: D, id: d, items: [d3, {title: d1, done: true}, new, d2]}, {title: A, id: a, items: [a2, a1]}]
- title: Renamed
  id: s
  summary: About that
  topics:
    - {title: New, id: new, items: [n1, n2]}
    - {title: C, id: c, kind: question, notes: Words, done: true}
    - {title: B, id: b, needs: [new]}
- title: T
  id: t2
"""


class ByObject(Direct):
    """Faults by the number of the object that is made or changed, from 1; repeated requests are not counted."""

    def __init__(self, bench: Bench, faults: dict[int, Fault]) -> None:
        super().__init__(bench.double)
        self.by_object = faults
        self.seen: set[tuple[str, str, str | None]] = set()

    def __call__(self, method: str, path: str, params: Any, body: str | None) -> Any:
        if method != "GET" and (method, path, body) not in self.seen:
            self.seen.add((method, path, body))
            fault = self.by_object.get(len(self.seen))
            self.faults = {self.number + 1: fault} if fault else {}
        return super().__call__(method, path, params, body)


def push_through(bench: Bench, send: Direct) -> None:
    credentials = Credentials(bench.double.key, bench.double.token)
    transport = Transport(credentials, send, clock=bench.clock, sleep=bench.clock.sleep, now=lambda: bench.clock.now)
    run_push(bench.wanted, ApiClient(transport), bench.state_file, Settings(), nonce=lambda: "a1b2c3")


@pytest.fixture(scope="module")
def brief(root: Path) -> Snapshot:
    return Snapshot.of(load(root / "roadmap.yaml"), today=TODAY)


@pytest.fixture(scope="module")
def pushed(brief: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The brief's board after an untroubled push."""
    bench = Bench(tmp_path_factory.mktemp("clean"), brief.roadmap)
    bench.push()
    return bench


STRIDE = 16


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_at_every_object_of_the_first_push(
    fault: Fault, brief: Snapshot, pushed: Bench, tmp_path: Path
) -> None:
    """One run has the fault at every sixteenth object, the next at their neighbours, until each object had it."""
    objects = len(pushed.double.writes)
    covered: set[int] = set()
    for offset in range(1, STRIDE + 1):
        folder = tmp_path / str(offset)
        folder.mkdir()
        bench = Bench(folder, brief.roadmap)
        numbers = range(offset, objects + 1, STRIDE)
        covered.update(numbers)
        push_through(bench, ByObject(bench, dict.fromkeys(numbers, fault)))
        assert bench.shown() == pushed.shown()
        assert bench.sizes() == pushed.sizes()
        assert bench.plan().changes == ()
    assert covered == set(range(1, objects + 1))


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_at_the_reads(fault: Fault, brief: Snapshot, pushed: Bench, tmp_path: Path) -> None:
    for number in (1, len(pushed.double.writes) + 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        bench = Bench(folder, brief.roadmap)
        bench.push({number: fault})
        assert (bench.shown(), bench.sizes()) == (pushed.shown(), pushed.sizes())


def test_a_process_killed_at_every_request_of_the_first_push(brief: Snapshot, pushed: Bench, tmp_path: Path) -> None:
    """What a kill leaves behind is caught at each request, before it is done and after; each is then run again."""
    bench = Bench(tmp_path, brief.roadmap)
    moments: list[tuple[bytes, dict[str, bytes]]] = []

    class Watched(Direct):
        def __call__(self, *request: Any) -> Any:
            remember()
            answer = super().__call__(*request)
            remember()
            return answer

    def remember() -> None:
        tables = pickle.dumps({name: getattr(bench.double, name) for name in TABLES})
        moments.append((tables, {path.name: path.read_bytes() for path in tmp_path.iterdir()}))

    push_through(bench, Watched(bench.double))
    assert len(moments) == 2 * (len(pushed.double.writes) + 2)
    for tables, files in moments:
        for path in tmp_path.iterdir():
            path.unlink()
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        for name, value in pickle.loads(tables).items():
            setattr(bench.double, name, value)
        bench.push()
        assert bench.sizes() == pushed.sizes()
        assert bench.shown() == pushed.shown()
        assert not journal_path(bench.state_file).exists()


def edited(tmp_path: Path, name: str) -> Bench:
    folder = tmp_path / name
    folder.mkdir()
    bench = Bench(folder, roadmap(SMALL, "tags: {web: {title: Web}}"))
    bench.push()
    bench.show(roadmap(EDITED, "tags: {web: {title: Web}}"))
    return bench


def test_every_fault_and_kill_at_every_request_of_a_later_push(tmp_path: Path) -> None:
    clean = edited(tmp_path, "clean")
    made = len(clean.double.log)
    clean.push(prune=True, force=True)
    requests = len(clean.double.log) - made
    assert requests > 15
    for number in range(1, requests + 1):
        for fault in Fault:
            bench = edited(tmp_path, f"{number}-{fault.name}")
            bench.push({number: fault}, prune=True, force=True)
            assert (bench.shown(), bench.sizes()) == (clean.shown(), clean.sizes()), (number, fault)
            assert bench.plan(prune=True).changes == ()
        for before in (True, False):
            bench = edited(tmp_path, f"{number}-{before}")
            with pytest.raises(Killed):
                bench.push(kill=number, kill_before=before, prune=True, force=True)
            bench.push(prune=True, force=True)
            assert (bench.shown(), bench.sizes()) == (clean.shown(), clean.sizes()), (number, before)
            assert bench.plan(prune=True).changes == ()


def test_it_gives_up_after_a_while_and_goes_on_later(tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap(SMALL))
    with pytest.raises(GaveUpError) as caught:
        bench.push(dict.fromkeys(range(8, 400), Fault.UNAVAILABLE))
    assert caught.value.exit_code == 4
    assert "Run it again" in caught.value.remedy
    assert journal_path(bench.state_file).exists()
    bench.push()
    sizes = bench.sizes()
    assert sizes["cards"] == bench.wanted.sizes()["card"]
    assert sizes["items"] == bench.wanted.sizes()["item"]
    assert bench.plan().changes == ()


def test_board_new_goes_on_with_the_board_that_was_begun(tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap(SMALL))
    with pytest.raises(Killed):
        bench.push(board="new", kill=6)
    outcome = bench.push(board="new")
    assert "An unfinished push goes on" in outcome.plan.notices[0]
    assert len(bench.double.boards) == 1


def test_a_second_push_at_the_same_time_is_told(tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap(SMALL))

    class Nested(Direct):
        def __call__(self, *request: Any) -> Any:
            if self.number == 3:
                with pytest.raises(RoadpressError, match="Another push"):
                    bench.push()
            return super().__call__(*request)

    push_through(bench, Nested(bench.double))
    assert bench.sizes()["boards"] == 1


@pytest.mark.parametrize("fault", Fault)
def test_faults_over_http(fault: Fault, tmp_path: Path) -> None:
    """The same over a socket, where the libraries below say in their own way what happened."""
    from roadpress.exporters.boards.api.http import requests_sender

    clean = Bench(tmp_path, roadmap(SMALL))
    clean.push()
    (tmp_path / "http").mkdir()
    bench = Bench(tmp_path / "http", roadmap(SMALL))
    credentials = Credentials(bench.double.key, bench.double.token)
    with serve(bench.double, dict.fromkeys(range(1, 200, 7), fault), slow=1.0) as url:
        send = requests_sender(credentials, url, (5.0, 0.4))
        transport = Transport(credentials, send, clock=bench.clock, sleep=bench.clock.sleep)
        run_push(bench.wanted, ApiClient(transport), bench.state_file, Settings())
    assert clean.sizes() == bench.sizes()
    assert shown(clean.double)[1][0][0] == shown(bench.double)[1][0][0]
    assert bench.plan().changes == ()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("writes", [1, 15])
def test_a_real_kill_9_over_http(writes: int, tmp_path: Path) -> None:
    bench = Bench(tmp_path, roadmap(SMALL), allowance=1000)
    (tmp_path / "roadmap.yaml").write_text("roadpress: 1\ntitle: Test\nsections:\n" + textwrap.indent(SMALL, "  "))
    program = [sys.executable, "-m", "roadpress", "trello", "push"]
    hold = Hold(writes)
    with serve(bench.double, hold=hold) as url:
        environment = {
            **os.environ,
            "TRELLO_API_URL": url,
            "TRELLO_API_KEY": bench.double.key,
            "TRELLO_TOKEN": bench.double.token,
        }
        process = subprocess.Popen(program, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        assert hold.reached.wait(60)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        hold.released.set()
        again = subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert again.returncode == 0, again.stderr
    sizes = bench.sizes()
    assert sizes["boards"] == 1
    assert {kind: sizes[f"{kind}s"] for kind in bench.wanted.sizes()} == bench.wanted.sizes()
