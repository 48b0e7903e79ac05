"""The server behind `roadpress serve`: the checklist from this machine to this machine.

Whoever shows the token once gets a cookie; nobody else gets anything. Requests must name this host (against DNS
rebinding) and, where they change something, come from the page itself (against other sites' forms). Nothing is logged.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..core.errors import RoadpressError
from ..core.learner import check_learners
from ..core.model import Roadmap
from ..core.progress.model import Progress, State, Tick, progress_path
from ..core.progress.recording import change_progress
from ..core.progress.store import read
from ..core.progress.three_way import Returned
from ..core.roadmap_file.loading import load
from ..core.snapshot import Snapshot
from ..core.snapshot.current import Present, present_of
from ..exporters import checklist
from ..exporters.options import from_keywords
from ..exporters.registry import load_exporter
from ..importers.collect.checklist import read_saved

HOST = "127.0.0.1"
MAX_BODY = 8_000_000
"""Bytes of one request: all ticks of a very large roadmap."""
POLL = 0.3
"""Seconds between looks at the files."""
PING = 15.0
"""Seconds of silence after which a line is sent, so that a closed page is noticed."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The files as they were at the last look."""

    version: str
    """Of the last roadmap that was whole."""
    page: str
    problems: tuple[str, ...]
    marks: str
    """What is recorded of every leaf, as the page reads it."""
    stamp: tuple[float, ...]


class Desk:
    """The two files, and the page made of them; made anew when one of them changes.

    `tell` is called with what there is to tell of them, when that is something else than before.
    """

    def __init__(self, path: Path, today: Callable[[], date], tell: Callable[[Present], None] = lambda _: None) -> None:
        self.path = path
        self._today = today
        self._tell = tell
        self._told: tuple[str, ...] = ()
        self._options = checklist.Options()
        self._changed = threading.Condition()
        self._snapshot = Snapshot.of(Roadmap(path.name), today=today())
        self._closed = False
        self._sight = Sight("none", "", (), "{}", ())
        self.look()

    def look(self) -> Sight:
        """Return what the files say now."""
        stamp = self._stamp()
        with self._changed:
            if stamp != self._sight.stamp:
                self._sight = self._read(stamp)
                self._changed.notify_all()
            return self._sight

    def watch(self) -> Iterator[Sight | None]:
        """Yield each new sight, and None now and then; ends with `close`."""
        seen = self._sight
        silent = 0.0
        while not self._closed:
            sight = self.look()
            if sight is not seen:
                seen, silent = sight, 0.0
                yield sight
                continue
            silent += POLL
            if silent >= PING:
                silent = 0.0
                yield None
            with self._changed:
                self._changed.wait(POLL)

    def close(self) -> None:
        """End every `watch`."""
        self._closed = True
        with self._changed:
            self._changed.notify_all()

    def record(self, returned: Returned) -> tuple[str, ...]:
        """Write ticks to the progress file; what was recorded later stays. Returns the ids that are not in the roadmap.

        Raises RoadpressError when the roadmap or its progress can't be read, or nothing can be written; UndecidedError
        when they are another learner's.
        """
        roadmap = load(self.path)
        check_learners(read(progress_path(self.path)).learner or roadmap.learner, [("This page", returned.learner)])
        leaves = {leaf.id for leaf in roadmap.leaves()}
        change_progress(roadmap, self.path, lambda progress: _newer(progress, returned, leaves))
        return tuple(observed.id for observed in returned.leaves if observed.id not in leaves)

    def _stamp(self) -> tuple[float, ...]:
        return tuple(_modified(path) for path in (self.path, progress_path(self.path)))

    def _read(self, stamp: tuple[float, ...]) -> Sight:
        version = self._sight.version
        problems: tuple[str, ...] = ()
        try:
            data = self.path.read_bytes()
            roadmap = load(self.path)
            self._options = from_keywords(load_exporter("checklist"), "checklist", roadmap, {}).options
            found = present_of(roadmap, self.path, today=self._today())
            if found.notices != self._told:
                self._told = found.notices
                self._tell(found)
            self._snapshot = found.snapshot
            version = hashlib.sha256(data + self._snapshot.learner.encode()).hexdigest()[:16]
        except RoadpressError as error:
            problems = tuple(error.lines())
        except OSError as error:
            problems = (f"{self.path}: {error.strerror or error}.",)
        page = checklist.served_page(self._snapshot, self._options, version)
        return Sight(version, page, problems, _marks(self._snapshot.progress), stamp)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _newer(progress: Progress, returned: Returned, leaves: set[str]) -> Mapping[str, Tick]:
    changes: dict[str, Tick] = {}
    for seen in returned.leaves:
        old = progress.ticks.get(seen.id)
        at = seen.at.replace(microsecond=0) if seen.at else datetime.now(timezone.utc).replace(microsecond=0)
        if seen.id not in leaves or (old and old.when and old.when > at and old.note == seen.note):
            continue
        new = Tick(seen.now, seen.on, returned.source, seen.note or "", at)
        if old and old.when and old.when > at:  # only the note is new
            new = old._replace(note=seen.note or "")
        if (old or Tick(State.OPEN)) != new._replace(at=old.at if old else None, source=old.source if old else ""):
            changes[seen.id] = new
    return changes


def _marks(progress: Progress) -> str:
    def one(tick: Tick) -> dict[str, str]:
        at = tick.at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if tick.at else ""
        parts = {"state": tick.state.value, "on": tick.on.isoformat() if tick.on else "", "at": at, "note": tick.note}
        return {name: value for name, value in parts.items() if value}

    return json.dumps({id_: one(tick) for id_, tick in progress.ticks.items()})


class Server(ThreadingHTTPServer):
    """Serves one desk on the loopback address."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        self.cookie = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """The address to open: whoever does gets the cookie. It is of no use once this process has ended."""
        return f"http://{HOST}:{self.server_port}/?token={self.token}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page that goes away in the middle of an answer is no error."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "roadpress"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer `/`, `/?token=…` and `/events`."""
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        if not self._is_own_host():
            self._refuse("This address is not served here.")
        elif url.path == "/" and "token" in query:
            self._let_in(query["token"][0])
        elif not self._is_known():
            self._refuse("Open the address that `roadpress serve` printed.")
        elif url.path == "/":
            self._answer(HTTPStatus.OK, self.server.desk.look().page, "text/html; charset=utf-8")
        elif url.path == "/events":
            self._stream(query.get("version", [""])[0])
        else:
            self._answer(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_POST(self) -> None:
        """Take ticks at `/ticks`."""
        origin = self.headers.get("Origin", "")
        own = self._is_own_host() and origin == f"http://{self.headers.get('Host')}"
        if not own or not self._is_known() or self.headers.get_content_type() != "application/json":
            self._refuse("Only the page itself may change anything.")
            return
        if self.path != "/ticks":
            self._answer(HTTPStatus.NOT_FOUND, "There is nothing here.")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too much at once.")
            return
        try:
            unknown = self.server.desk.record(read_saved(self.rfile.read(int(length))))
        except RoadpressError as error:
            self._answer(HTTPStatus.CONFLICT, " ".join(error.lines()))
        else:
            self._answer(HTTPStatus.OK, json.dumps({"unknown": unknown}), "application/json")

    def _is_own_host(self) -> bool:
        port = self.server.server_port
        return self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")

    def _is_known(self) -> bool:
        parts = (part.strip().partition("=") for part in self.headers.get("Cookie", "").split(";"))
        given = next((value for name, _, value in parts if name == self._cookie_name()), "")
        return secrets.compare_digest(given.encode(), self.server.cookie.encode())

    def _cookie_name(self) -> str:
        return f"roadpress-{self.server.server_port}"

    def _let_in(self, token: str) -> None:
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse("This is an old address. Open the one that `roadpress serve` printed last.")
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self.send_header("Set-Cookie", f"{self._cookie_name()}={self.server.cookie}; HttpOnly; SameSite=Strict; Path=/")
        self._end("")

    def _refuse(self, why: str) -> None:
        self.close_connection = True
        self._answer(HTTPStatus.FORBIDDEN, why)

    def _answer(self, status: HTTPStatus, body: str, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self._end(body)

    def _end(self, body: str) -> None:
        data = body.encode()
        self.send_header("Content-Length", str(len(data)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, version: str) -> None:
        """Tell the page of changes as they come (HTML Standard §9.2, server-sent events)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        told: tuple[str, ...] = ()
        marks = ""
        first: list[Sight | None] = [self.server.desk.look()]
        try:
            for sight in _chain(first, self.server.desk.watch()):
                if sight is None:
                    self._send("ping", "")
                    continue
                if sight.version != version:
                    self._send("reload", sight.version)
                    version = sight.version
                if sight.problems != told:
                    told = sight.problems
                    self._send("problems", json.dumps(told))
                if sight.marks != marks:
                    marks = sight.marks
                    self._send("marks", marks)
        except OSError:
            return  # the page is gone

    def _send(self, event: str, data: str) -> None:
        self.wfile.write(f"event: {event}\ndata: {data}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Log nothing: the first address holds the token."""


def _chain(first: list[Sight | None], rest: Iterator[Sight | None]) -> Iterator[Sight | None]:
    yield from first
    yield from rest


_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
