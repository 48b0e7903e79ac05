"""What py-trello sends through, and what Trello's answers mean; how it is repeated is the same for every service."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from ....core.errors import CredentialsError, RoadpressError
from ...boards.api.errors import RefusedError, TooMuchError, blocked
from ...boards.api.exchange import AGAIN, Exchange, Trouble
from ...boards.api.http import Answer, Send
from ...boards.api.rate_limit import RateLimiter
from ..address import OFFICIAL
from .credentials import APPS_PAGE, Credentials

TOO_MANY_CARDS = "API_TOO_MANY_CARDS_REQUESTED"
"""The one 429 that waiting does not help."""
TOO_SLOW, PATIENCE = frozenset({449, 504}), 2
"""Answers to a read of too much, and how many of them are enough to ask for less."""


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
        limiter = RateLimiter(clock, sleep)
        self._exchange = Exchange("Trello", send, limiter=limiter, sleep=sleep, stopped=stopped, now=now)
        self._credentials = credentials
        self.pause = self._exchange.pause

    @property
    def requests(self) -> int:
        """How many requests were sent, repeated ones too."""
        return self._exchange.requests

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
        """Send, wait and repeat; return the answer with status 200 and JSON in it.

        Raises AmbiguousError, RefusedError, TooMuchError, CredentialsError, GaveUpError, StoppedError.
        """
        path = url.removeprefix(OFFICIAL)
        query = {key: value for key, value in (params or {}).items() if key not in ("key", "token")}
        reads_many = method == "GET" and not query.keys().isdisjoint(("cards", "limit"))
        slow = 0

        def judge(answer: Answer) -> Trouble | None:
            nonlocal slow
            status = answer.status_code
            if status == 200:
                return None if _is_json(answer) else Trouble("it answered without JSON")
            if status == 429 and TOO_MANY_CARDS in answer.text:
                raise TooMuchError("Trello does not give so many cards at once.")
            if status == 429:
                return Trouble("its allowance of requests is used up", undone=True)
            if status not in AGAIN:
                raise self._refusal(status, answer.text, method, path)
            slow += reads_many and status in TOO_SLOW
            if slow == PATIENCE:
                raise TooMuchError(
                    f"Trello does not manage to give so much at once (it answered {status}).",
                    remedy="What was done is kept. Run it again to go on.",
                )
            return Trouble(f"it answered {status}")

        body = None if method == "GET" else data
        return self._exchange.request(method, path, query, body, repeatable=method != "POST", judge=judge)

    def _refusal(self, status: int, text: str, method: str, path: str) -> RoadpressError:
        """Return the error of an answer; the server's text is shown without the secrets, on one line."""
        if status == 401:
            return refused_credentials(text)
        said = " ".join(self._credentials.redacted(_message(text)).split())[:200]
        where = self._credentials.redacted(f"{method} {path}")
        if between := blocked(status, "Trello", where, "Sign in to the network in a browser, then run it again."):
            return between
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
