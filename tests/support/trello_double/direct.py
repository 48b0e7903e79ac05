"""The double under the transport without a socket, for runs by the thousand; and a clock that sleeping moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roadpress.exporters.boards.api.http import Answer, NoAnswerError
from roadpress.tests.support.trello_double.double import Double
from roadpress.tests.support.trello_double.faults import Fault, Killed
from roadpress.tests.support.trello_double.http import refusal


class FakeClock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += max(0.0, seconds)


class Direct:
    """Sends to a double; `faults` by request number from 1, `kill` is the number at which the process dies."""

    def __init__(
        self, double: Double, faults: Mapping[int, Fault] | None = None, *, kill: int = 0, kill_before: bool = False
    ) -> None:
        self.double = double
        self.faults = dict(faults or {})
        self.kill, self.kill_before = kill, kill_before
        self.number = 0
        self.headers = {"Authorization": f'OAuth oauth_consumer_key="{double.key}", oauth_token="{double.token}"'}

    def __call__(self, method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        """Answer one request, or fail as a connection does."""
        self.number += 1
        fault = self.faults.get(self.number)
        if self.number == self.kill and self.kill_before:
            raise Killed
        if fault in (Fault.BUSY, Fault.UNAVAILABLE):
            return Answer(*refusal(fault))
        if fault is Fault.CLOSE:
            raise NoAnswerError("closed", sent=True)
        reply = self.double.handle(method, path, params, self.headers, body or "")
        if self.number == self.kill:
            raise Killed
        match fault:
            case Fault.COMMIT_CLOSE | Fault.SLOW:
                raise NoAnswerError("closed", sent=True)
            case Fault.COMMIT_502:
                return Answer(502, {"content-type": "text/html"}, "<html>Bad Gateway</html>")
            case Fault.HTML:
                return Answer(200, {"content-type": "text/html"}, "<html>We'll be right back</html>")
            case Fault.TRUNCATED:
                return Answer(200, reply.headers, reply.text[: len(reply.text) // 2])
            case _:
                return Answer(*reply)
