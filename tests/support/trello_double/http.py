"""The double on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from roadpress.tests.support.trello_double.double import Double, Reply
from roadpress.tests.support.trello_double.faults import Fault


class Hold:
    """A moment in which the server has done a write and not answered yet, for as long as a test wants."""

    def __init__(self, writes: int) -> None:
        self.writes = writes
        self.reached = threading.Event()
        self.released = threading.Event()

    def wait(self, double: Double) -> None:
        if len(double.writes) == self.writes and not self.reached.is_set():
            self.reached.set()
            self.released.wait(60)


@contextmanager
def serve(
    double: Double, faults: Mapping[int, Fault] | None = None, *, slow: float = 0.5, hold: Hold | None = None
) -> Iterator[str]:
    """Serve a double and yield its address; request numbers count from 1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"double": double}))
    server.daemon_threads = True
    server.faults = dict(faults or {})  # type: ignore[attr-defined]
    server.number = 0  # type: ignore[attr-defined]
    server.slow = slow  # type: ignore[attr-defined]
    server.hold = hold or Hold(-1)  # type: ignore[attr-defined]
    server.lock = threading.Lock()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    double: Double
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Any

    def log_message(self, *args: Any) -> None:
        pass

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        address = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(address.query, keep_blank_values=True).items()}
        with self.server.lock:
            self.server.number += 1
            fault = self.server.faults.get(self.server.number)
            if fault in (Fault.CLOSE, Fault.BUSY, Fault.UNAVAILABLE):
                reply = refusal(fault)
            else:
                reply = self.double.handle(self.command, address.path, query, dict(self.headers.items()), body)
        self.server.hold.wait(self.double)
        match fault:
            case Fault.CLOSE | Fault.COMMIT_CLOSE:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            case Fault.COMMIT_502:
                reply = Reply(502, {"content-type": "text/html"}, "<html>Bad Gateway</html>")
            case Fault.HTML:
                reply = Reply(200, {"content-type": "text/html"}, "<html>We'll be right back</html>")
            case Fault.SLOW:
                time.sleep(self.server.slow)
            case _:
                pass
        data = reply.text.encode()
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if fault is Fault.TRUNCATED:
                self.wfile.write(data[: len(data) // 2])
                self.close_connection = True
            else:
                self.wfile.write(data)
        except OSError:
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's names


def refusal(fault: Fault) -> Reply:
    """Return the answer of a fault that does nothing."""
    if fault is Fault.BUSY:
        text = '{"error":"API_TOKEN_LIMIT_EXCEEDED","message":"Rate limit exceeded"}'
        return Reply(429, {"content-type": "application/json; charset=utf-8", "retry-after": "1"}, text)
    return Reply(503, {"content-type": "text/html"}, "<html>Service Unavailable</html>")
