"""The server behind `roadpress serve`: the checklist from this machine to this machine.

Whoever shows the token once gets a cookie; nobody else gets anything. Requests must name this host (against DNS
rebinding) and, where they change something, come from the page itself (against other sites' forms). Nothing is logged.
Whoever is slow, or many, is turned away: connections are counted, and a request has to be there in time.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..core.errors import RoadpressError
from ..core.model import Roadmap
from ..core.progress.model import Progress, Tick, progress_path
from ..core.progress.reported import record_reported
from ..core.progress.three_way import ReturnedOutput
from ..core.roadmap_file.loading import load
from ..core.snapshot import Snapshot
from ..core.snapshot.current import CurrentState, present_of
from ..core.text import plain
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
CONNECTIONS = 64
"""How many there may be at a time: a browser has at most six, and one more for each further page."""
READING = 10.0
"""Seconds for a whole request to come in, and for the next on the same connection to begin."""
WRITING = 30.0
"""Seconds for one answer to be taken."""
TICKET = 120.0
"""Seconds in which the browser that we open has to come."""


@dataclass(frozen=True, slots=True)
class FileState:
    """The files as they were at the last look."""

    version: str
    """Of the last roadmap that was whole."""
    page: str
    problems: tuple[str, ...]
    marks: str
    """What is recorded of every leaf, as the page reads it."""
    stamp: tuple[float, ...]


class LivePage:
    """The two files, and the page made of them; made anew when one of them changes.

    `tell` is called with what there is to tell of them, when that is something else than before.
    """

    def __init__(
        self,
        path: Path,
        today: Callable[[], date],
        tell: Callable[[CurrentState], None] = lambda _: None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.path = path
        self._today = today
        self._tell = tell
        self._told: tuple[str, ...] = ()
        self._now = now
        self._titles: dict[str, str] = {}
        """Of every leaf that a page of ours has had, by id."""
        self._kept: set[str] = set()
        """Titles of entries that were ticked while they were not in the roadmap."""
        self._options = checklist.Options()
        self._changed = threading.Condition()
        self._snapshot = Snapshot.of(Roadmap(path.name), today=today())
        self._closed = False
        self._sight = FileState("none", "", (), "{}", ())
        self.look()

    def look(self) -> FileState:
        """Return what the files say now."""
        stamp = self._stamp()
        with self._changed:
            if stamp != self._sight.stamp:
                self._sight = self._read(stamp)
                self._changed.notify_all()
            return self._sight

    def watch(self) -> Iterator[FileState | None]:
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

    def record(self, returned: ReturnedOutput) -> tuple[str, ...]:
        """Write ticks to the progress file, see `record_reported`. Returns the ids that are not in the roadmap."""
        strays = record_reported(self.path, load(self.path), returned, now=self._now(), titles=self._titles)
        self._kept.update(entry.title or key for key, entry in strays.items())
        return tuple(strays)

    def _stamp(self) -> tuple[float, ...]:
        return tuple(_modified(path) for path in (self.path, progress_path(self.path)))

    def _read(self, stamp: tuple[float, ...]) -> FileState:
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
            self._titles.update((leaf.id, plain(leaf.title)) for leaf in roadmap.leaves())
            problems = tuple(_KEPT.format(repr(title)) for title in found.orphans if title in self._kept)
            version = hashlib.sha256(data + self._snapshot.learner.encode()).hexdigest()[:16]
        except RoadpressError as error:
            problems = tuple(error.lines())
        except OSError as error:
            problems = (f"{self.path}: {error.strerror or error}.",)
        page = checklist.served_page(self._snapshot, self._options, version)
        return FileState(version, page, problems, _marks(self._snapshot.progress), stamp)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


_KEPT = "{} is not in the roadmap now. Its tick is kept: it comes back with its entry; `roadpress orphans` lists it."


def _marks(progress: Progress) -> str:
    def one(tick: Tick) -> dict[str, str]:
        at = tick.at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if tick.at else ""
        parts = {"state": tick.state.value, "on": tick.on.isoformat() if tick.on else "", "at": at, "note": tick.note}
        return {name: value for name, value in parts.items() if value}

    return json.dumps({id_: one(tick) for id_, tick in progress.ticks.items()})


class Server(ThreadingHTTPServer):
    """Serves one desk on the loopback address."""

    daemon_threads = True

    def __init__(self, desk: LivePage, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        self.cookie = secrets.token_urlsafe(24)
        self._free = threading.BoundedSemaphore(CONNECTIONS)
        self._ticket, self._ticket_ends = "", 0.0
        self._ticket_lock = threading.Lock()

    @property
    def url(self) -> str:
        """The address to open: whoever does gets the cookie. It is of no use once this process has ended."""
        return f"http://{HOST}:{self.server_port}/?token={self.token}"

    def ticket_url(self) -> str:
        """Return an address that lets one browser in, once, and soon; the one before it is of no use any more."""
        with self._ticket_lock:
            self._ticket, self._ticket_ends = secrets.token_urlsafe(24), time.monotonic() + TICKET
            return f"http://{HOST}:{self.server_port}/?ticket={self._ticket}"

    def takes_ticket(self, ticket: str) -> bool:
        """Whether it is the one that is out; it is used up by that."""
        with self._ticket_lock:
            valid = bool(self._ticket) and secrets.compare_digest(ticket.encode(), self._ticket.encode())
            if valid:
                self._ticket = ""
            return valid and time.monotonic() < self._ticket_ends

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, or hang up where there are too many already."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page that goes away in the middle of an answer is no error."""


class _InTime(io.RawIOBase):
    """What comes in on a connection, as long as it comes in time."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.end = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "roadpress"
    sys_version = ""

    def setup(self) -> None:
        """Read through a clock: a time-out of the socket alone begins anew with each byte."""
        super().setup()
        self._in_time = _InTime(self.connection)
        self.rfile = io.BufferedReader(self._in_time)

    def handle_one_request(self) -> None:
        """Answer one request of a connection."""
        self._in_time.end = time.monotonic() + READING
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer `/`, `/?token=…`, `/?ticket=…` and `/events`."""
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        if not self._is_own_host():
            self._refuse("This address is not served here.")
        elif url.path == "/" and "token" in query:
            self._let_in(query["token"][0])
        elif url.path == "/" and "ticket" in query:
            self._let_in_once(query["ticket"][0])
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
            self._refuse("There is nothing here.", HTTPStatus.NOT_FOUND)
            return
        length = self._length()
        if length is None:
            self._refuse("That is too much at once.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            unknown = self.server.desk.record(read_saved(self.rfile.read(length)))
        except RoadpressError as error:
            self._answer(HTTPStatus.CONFLICT, " ".join(error.lines()))
        else:
            self._answer(HTTPStatus.OK, json.dumps({"unknown": unknown}), "application/json")

    def _length(self) -> int | None:
        """Return the length of the body (RFC 9112 §6.2: ASCII's digits, once); None when it is too long, or unclear."""
        given = self.headers.get_all("Content-Length", [])
        if len(given) != 1 or not re.fullmatch(r"[0-9]{1,12}", given[0]) or "Transfer-Encoding" in self.headers:
            return None
        return int(given[0]) if int(given[0]) <= MAX_BODY else None

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
        self._send_cookie()
        self._end("")

    def _let_in_once(self, ticket: str) -> None:
        """Let the browser in that comes from our file.

        It is sent on by a page, not by a status: what a page of another origin begins, a file's too, gets no cookie
        that is `SameSite=Strict`, however often it is redirected (RFC 6265bis §5.2).
        """
        if not self.server.takes_ticket(ticket):
            self._refuse("This address was for one time. Open the one that `roadpress serve` printed.")
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self._send_cookie()
        self._end(redirect_page("/"))

    def _send_cookie(self) -> None:
        self.send_header("Set-Cookie", f"{self._cookie_name()}={self.server.cookie}; HttpOnly; SameSite=Strict; Path=/")

    def _refuse(self, why: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> None:
        """Answer, and read no more on this connection: a body may be waiting that nobody asked for."""
        self.close_connection = True
        self._answer(status, why)

    def _answer(self, status: HTTPStatus, body: str, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self._end(body)

    def _end(self, body: str) -> None:
        self.connection.settimeout(WRITING)
        data = body.encode()
        self.send_header("Content-Length", str(len(data)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, version: str) -> None:
        """Tell the page of changes as they come (HTML Standard §9.2, server-sent events)."""
        self.close_connection = True
        self.connection.settimeout(WRITING)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        told: tuple[str, ...] = ()
        marks = ""
        first: list[FileState | None] = [self.server.desk.look()]
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


def redirect_page(address: str) -> str:
    """Return a page that leads on to an address."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="refresh" content="0; url={address}"><title>roadpress</title>'
        f'<a href="{address}">Open the checklist</a></html>\n'
    )


def _chain(first: list[FileState | None], rest: Iterator[FileState | None]) -> Iterator[FileState | None]:
    yield from first
    yield from rest


_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
