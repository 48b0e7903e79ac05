"""A request sent, and sent again only where that cannot do a thing twice; what an answer means its service says.

| what came of a request | what it means | POST | GET, PUT, PATCH, DELETE |
|---|---|---|---|
| 429 | refused before any work | again, after its wait | again |
| never sent | not done | again | again |
| dropped, too late, 5xx, 200 without JSON | unknown | `AmbiguousError` | again: they name absolute values |
| other 4xx | refused | an error in plain words | the same |
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ....core.errors import GaveUpError
from .errors import AmbiguousError, StoppedError, retry_after
from .http import Answer, NoAnswerError, Send
from .rate_limit import RateLimiter

ATTEMPTS = 6
LONGEST_WAIT = 60.0
REFUSAL_WAIT = 10.0
"""Seconds after a 429 that does not say how long: one whole window of Trello's allowance."""
AGAIN = frozenset({408, 429, 449, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
"""Answers after which the same request may be answered."""


class Trouble(NamedTuple):
    """Why an answer is none."""

    words: str
    undone: bool = False
    """Whether it is sure that nothing was done."""
    lasting: bool = False
    """Whether trying again is of no use."""


class Exchange:
    """Requests to one service, one after the other."""

    def __init__(
        self,
        service: str,
        send: Send,
        *,
        limiter: RateLimiter | None = None,
        sleep: Callable[[float], None] = time.sleep,
        stopped: Callable[[], bool] = lambda: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.service = service
        self.requests = 0
        """How many requests were sent, repeated ones too."""
        self._send = send
        self._limiter = limiter
        self._sleep = sleep
        self._stopped = stopped
        self._now = now

    def pause(self, seconds: float) -> None:
        """Wait between two looks at the board."""
        self._sleep(seconds)

    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        body: str | None,
        *,
        repeatable: bool,
        judge: Callable[[Answer], Trouble | None],
    ) -> Answer:
        """Send, wait and repeat as the table says; return the answer in which `judge` finds no trouble.

        Raises AmbiguousError, GaveUpError, StoppedError, and what `judge` raises.
        """
        for attempt in range(1, ATTEMPTS + 1):
            if self._stopped():
                raise StoppedError("Stopped.", remedy="What was done is kept. Run it again to go on.")
            if self._limiter:
                self._limiter.wait()
            self.requests += 1
            answer: Answer | None = None
            try:
                answer = self._send(method, path, query, body)
            except NoAnswerError as error:
                trouble = Trouble(error.reason, undone=not error.sent)
            else:
                if self._limiter:
                    self._limiter.learn(answer.headers)
                found = judge(answer)
                if found is None:
                    return answer
                trouble = found
            if not (trouble.undone or repeatable):
                raise AmbiguousError(trouble.words)
            if trouble.lasting:
                break
            if attempt < ATTEMPTS:
                self._wait(attempt, answer)
        raise gave_up(self.service, trouble.words, attempt)

    def _wait(self, attempt: int, answer: Answer | None) -> None:
        hint = retry_after(answer.headers, self._now()) if answer is not None else None
        if answer is not None and answer.status_code == 429:
            self._sleep(REFUSAL_WAIT if hint is None else min(hint, LONGEST_WAIT))
            return
        doubling = 2.0 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - apart from other clients, no secret
        self._sleep(min(LONGEST_WAIT, max(hint or 0.0, doubling)))


def gave_up(service: str, trouble: str, times: int = 1) -> GaveUpError:
    """Return the error of a service that does not answer as it should."""
    often = "" if times == 1 else f", {times} times"
    return GaveUpError(
        f"{service} did not answer as it should{often}: {trouble}.",
        remedy="What was done is kept. Run it again to go on.",
    )
