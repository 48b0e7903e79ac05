"""What py-trello sends through: paced, with timeouts, tried again only where that cannot do a thing twice.

| what came of a request | what it means | POST | GET, PUT, DELETE |
|---|---|---|---|
| 429 | refused before any work | again, after its wait | again |
| never sent | not done | again | again |
| dropped, too late, 5xx, 200 without JSON | unknown | `AmbiguousError` | again: they name absolute values |
| other 4xx | refused | an error in plain words | the same |
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from ....core.errors import CredentialsError, GaveUpError, RoadpressError
from ...boards.api.errors import AmbiguousError, RefusedError, StoppedError, retry_after
from ...boards.api.http import OFFICIAL, Answer, NoAnswerError, Send
from ...boards.api.rate_limit import RateLimiter
from .credentials import APPS_PAGE, Credentials

ATTEMPTS = 6
LONGEST_WAIT = 60.0
REFUSAL_WAIT = 10.0
"""Seconds after a 429 that does not say how long: one whole window of the allowance."""
TOO_MANY_CARDS = "API_TOO_MANY_CARDS_REQUESTED"
"""The one 429 that waiting does not help."""
_AGAIN = frozenset({408, 449, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})


class Transport:
    """The `http_service` of a TrelloClient."""

    def __init__(
        self,
        credentials: Credentials,
        send: Send,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        stopped: Callable[[], bool] = lambda: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._credentials = credentials
        self._send = send
        self._sleep = sleep
        self._stopped = stopped
        self._now = now
        self._pace = RateLimiter(clock, sleep)
        self.requests = 0
        """How many requests were sent, repeated ones too."""

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 - py-trello's call; ours are set by the sender
        data: str | None = None,
        auth: object = None,  # noqa: ARG002 - py-trello's OAuth 1 signature is not used
        files: object = None,  # noqa: ARG002
        proxies: object = None,  # noqa: ARG002
    ) -> Answer:
        """Send, wait and repeat as the table says; return the answer with status 200 and JSON in it.

        Raises AmbiguousError, RefusedError, CredentialsError, GaveUpError, StoppedError.
        """
        path = url.removeprefix(OFFICIAL)
        query = {key: value for key, value in (params or {}).items() if key not in ("key", "token")}
        body = None if method == "GET" else data
        trouble = ""
        for attempt in range(1, ATTEMPTS + 1):
            self._stop_here()
            self._pace.wait()
            self.requests += 1
            try:
                answer = self._send(method, path, query, body)
            except NoAnswerError as error:
                trouble = error.reason
                if error.sent and method == "POST":
                    raise AmbiguousError(trouble) from None
                self._wait(attempt, None)
                continue
            self._pace.learn(answer.headers)
            status = answer.status_code
            if status == 200 and _is_json(answer):
                return answer
            if status == 429 and TOO_MANY_CARDS in answer.text:
                raise RefusedError(status, "Trello does not give so many cards at once.")
            if status == 429:
                trouble = "its allowance of requests is used up"
            elif status == 200 or status in _AGAIN:
                trouble = "it answered without JSON" if status == 200 else f"it answered {status}"
                if method == "POST":
                    raise AmbiguousError(trouble)
            else:
                raise self._refusal(status, answer.text, method, path)
            if attempt < ATTEMPTS:
                self._wait(attempt, answer)
        raise GaveUpError(
            f"Trello did not answer as it should, {ATTEMPTS} times: {trouble}.",
            remedy="What was done is kept. Run it again to go on.",
        )

    def pause(self, seconds: float) -> None:
        """Wait between two looks at the board."""
        self._sleep(seconds)

    def _stop_here(self) -> None:
        if self._stopped():
            raise StoppedError("Stopped.", remedy="What was done is kept. Run it again to go on.")

    def _wait(self, attempt: int, answer: Answer | None) -> None:
        if answer is not None and answer.status_code == 429:
            seconds = retry_after(answer.headers, self._now())
            self._sleep(REFUSAL_WAIT if seconds is None else min(seconds, LONGEST_WAIT))
            return
        hint = retry_after(answer.headers, self._now()) if answer is not None else None
        doubling = 2.0 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - apart from other clients, no secret
        self._sleep(min(LONGEST_WAIT, max(hint or 0.0, doubling)))

    def _refusal(self, status: int, text: str, method: str, path: str) -> RoadpressError:
        """Return the error of an answer; the server's text is shown without the secrets, on one line."""
        if status == 401:
            return refused_credentials(text)
        said = " ".join(self._credentials.redacted(_message(text)).split())[:200]
        where = self._credentials.redacted(f"{method} {path}")
        if status == 404:
            return RefusedError(status, f"Trello does not find what was asked for ({where}).")
        if status == 403:
            return RefusedError(
                status,
                f"Trello refuses this ({where}): {said or 'forbidden'}.",
                remedy="A limit of the board or of the plan may be reached.",
            )
        remedy = "Choose the board's workspace by `--workspace`." if "idOrganization" in said else ""
        return RefusedError(status, f"Trello answered {status} to {where}: {said}.", remedy=remedy)


def refused_credentials(text: str) -> CredentialsError:
    """Return the error of a 401: the usual mistakes each in their own words."""
    message = _message(text).lower()
    if "invalid token" in message:
        return CredentialsError(
            "Trello does not know the token: it is wrong, expired or revoked, or it is the Secret in its place.",
            remedy="Run `roadpress trello login` to get a new one.",
        )
    if "invalid key" in message or "invalid app key" in message:
        return CredentialsError(
            "Trello does not know the API key.",
            remedy=f"It has 32 characters and stands at {APPS_PAGE}, under API key. Run `roadpress trello login`.",
        )
    return CredentialsError(
        "The token may not do this: it may only read, or its account has no access to this board.",
        remedy="Run `roadpress trello login` and allow reading and writing, or use another --board.",
    )


def _is_json(answer: Answer) -> bool:
    try:
        json.loads(answer.text)
    except ValueError:
        return False
    return True


def _message(text: str) -> str:
    """Return what an error body says, whether it is JSON or a text."""
    try:
        found = json.loads(text)
    except ValueError:
        return "" if text.lstrip().startswith("<") else text
    return str(found.get("message", text)) if isinstance(found, dict) else text
