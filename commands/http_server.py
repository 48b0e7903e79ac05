"""The server behind `roadpress serve` and `roadpress edit`: from this machine to this machine.

Whoever shows the token once gets a cookie; nobody else gets anything. Requests must name this host (against DNS
rebinding) and, where they change something, come from the page itself (against other sites' forms). Nothing is logged.
Whoever is slow, or many, is turned away: connections are counted, and a request has to be there in time.
"""

from __future__ import annotations

import io
import re
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, urlsplit

HOST = "127.0.0.1"
CONNECTIONS = 64
"""How many there may be at a time: a browser has at most six, and one more for each further page."""
READING = 10.0
"""Seconds for a whole request to come in, and for the next on the same connection to begin."""
WRITING = 30.0
"""Seconds for one answer to be taken."""
TICKET = 120.0
"""Seconds in which the browser that we open has to come."""
TEXT, HTML, JSON = "text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json"


class Content(NamedTuple):
    """What a request is answered."""

    data: bytes
    kind: str = TEXT
    status: HTTPStatus = HTTPStatus.OK


class Event(NamedTuple):
    """What a page hears without asking (HTML Standard §9.2, server-sent events)."""

    name: str
    data: str


class Site(Protocol):
    """What a server shows to whoever was let in; called from several threads at a time."""

    @property
    def command(self) -> str:
        """Whose it is, as the command line calls it."""

    @property
    def max_body(self) -> int:
        """Bytes that a request may bring."""

    def get(self, path: str) -> Content | None:
        """Return what is at a path."""

    def post(self, path: str, body: bytes) -> Content | None:
        """Take what the page sends to a path."""

    def events(self, version: str) -> Iterator[Event | None]:
        """Yield what a page of a version has to hear, as it happens, and now and then None; ends with `close`."""

    def close(self) -> None:
        """End what is waited for."""


class Server(ThreadingHTTPServer):
    """Serves one site on the loopback address."""

    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.site = site
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
        """Answer `/?token=…`, `/?ticket=…`, `/events`, and what the site has."""
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        if not self._is_own_host():
            self._refuse("This address is not served here.")
        elif url.path == "/" and "token" in query:
            self._let_in(query["token"][0])
        elif url.path == "/" and "ticket" in query:
            self._let_in_once(query["ticket"][0])
        elif not self._is_known():
            self._refuse(f"Open the address that `roadpress {self.server.site.command}` printed.")
        elif url.path == "/events":
            self._stream(query.get("version", [""])[0])
        else:
            self._answer(self.server.site.get(url.path) or _NOTHING)

    def do_POST(self) -> None:
        """Take what the page itself sends."""
        origin = self.headers.get("Origin", "")
        own = self._is_own_host() and origin == f"http://{self.headers.get('Host')}"
        if not own or not self._is_known() or self.headers.get_content_type() != JSON:
            self._refuse("Only the page itself may change anything.")
            return
        length = self._length()
        if length is None:
            self._refuse("That is too much at once.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._answer(self.server.site.post(self.path, self.rfile.read(length)) or _NOTHING)

    def _length(self) -> int | None:
        """Return the length of the body (RFC 9112 §6.2: ASCII's digits, once); None when it is too long, or unclear."""
        given = self.headers.get_all("Content-Length", [])
        if len(given) != 1 or not re.fullmatch(r"[0-9]{1,12}", given[0]) or "Transfer-Encoding" in self.headers:
            return None
        return int(given[0]) if int(given[0]) <= self.server.site.max_body else None

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
            self._refuse(
                f"This is an old address. Open the one that `roadpress {self.server.site.command}` printed last."
            )
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self._send_cookie()
        self._end(b"")

    def _let_in_once(self, ticket: str) -> None:
        """Let the browser in that comes from our file.

        It is sent on by a page, not by a status: what a page of another origin begins, a file's too, gets no cookie
        that is `SameSite=Strict`, however often it is redirected (RFC 6265bis §5.2).
        """
        if not self.server.takes_ticket(ticket):
            self._refuse(
                f"This address was for one time. Open the one that `roadpress {self.server.site.command}` printed."
            )
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", HTML)
        self._send_cookie()
        self._end(redirect_page("/").encode())

    def _send_cookie(self) -> None:
        self.send_header("Set-Cookie", f"{self._cookie_name()}={self.server.cookie}; HttpOnly; SameSite=Strict; Path=/")

    def _refuse(self, why: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> None:
        """Answer, and read no more on this connection: a body may be waiting that nobody asked for."""
        self.close_connection = True
        self._answer(Content(why.encode(), status=status))

    def _answer(self, content: Content) -> None:
        self.send_response(content.status)
        self.send_header("Content-Type", content.kind)
        self._end(content.data)

    def _end(self, data: bytes) -> None:
        self.connection.settimeout(WRITING)
        self.send_header("Content-Length", str(len(data)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, version: str) -> None:
        """Tell the page of changes as they come."""
        self.close_connection = True
        self.connection.settimeout(WRITING)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for event in self.server.site.events(version):
                self._send(*(event or Event("ping", "")))
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
        f'<a href="{address}">Open it</a></html>\n'
    )


_NOTHING = Content(b"There is nothing here.", status=HTTPStatus.NOT_FOUND)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
