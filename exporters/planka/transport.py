"""One call to Planka, with values in and out; how it is repeated is the same for every service."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from ...core.errors import CredentialsError, RoadpressError
from ..boards.api.errors import RefusedError, blocked
from ..boards.api.exchange import AGAIN, Exchange, Trouble
from ..boards.api.http import Answer, Send
from .credentials import Credentials


class Transport:
    """Calls with JSON in and out."""

    def __init__(
        self,
        credentials: Credentials,
        send: Send,
        *,
        sleep: Callable[[float], None] = time.sleep,
        stopped: Callable[[], bool] = lambda: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._credentials = credentials
        self._exchange = Exchange("Planka", send, sleep=sleep, stopped=stopped, now=now)
        self._spoken = False
        self.pause = self._exchange.pause

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> Any:
        """Send, wait and repeat; return the values of the answer. All but POST may be repeated unless it is said.

        Raises AmbiguousError, RefusedError, CredentialsError, GaveUpError, StoppedError.
        """
        failures = 0

        def judge(answer: Answer) -> Trouble | None:
            nonlocal failures
            status = answer.status_code
            found, is_json = _values(answer)
            if status == 200 and is_json:
                self._spoken = True
                if isinstance(found, dict) and not {"item", "items"}.isdisjoint(found):
                    return None
                return Trouble("it answered with what is no object of its own", lasting=True)
            if status == 200 and not self._spoken:
                raise RoadpressError(
                    "PLANKA_URL leads to a web page, not to a Planka 2.",
                    remedy="Give the address at which its page opens, with the path if it has one.",
                )
            if status != 200 and status not in AGAIN:
                raise self._refusal(status, found, answer.text, method, path)
            failures += status == 500  # some of its 500s are for good
            words = "it answered without JSON" if status == 200 else f"it answered {status}"
            return Trouble(words, undone=status in (429, 503), lasting=failures > 1)

        answer = self._exchange.request(
            method,
            f"/api{path}",
            query or {},
            json.dumps(body) if body is not None else None,
            repeatable=method != "POST" if repeatable is None else repeatable,
            judge=judge,
        )
        return answer.json()

    def _refusal(self, status: int, found: Any, text: str, method: str, path: str) -> RoadpressError:
        """Return the error of an answer; what the server says is shown without the secret, on one line."""
        message = str(found.get("message", "")) if isinstance(found, dict) else ""
        if isinstance(found, dict) and found.get("problems"):
            message = f"{message} {found['problems'][0]}"
        said = " ".join(self._credentials.redacted(message).split())[:200] or "nothing more"
        where = f"{method} /api{path}"
        if status == 401:
            return CredentialsError(
                "Planka does not know the key or token: it is wrong, or it has expired.",
                remedy="Ask an administrator for a new key, and set PLANKA_API_KEY.",
            )
        if status == 400 and not text.strip():
            status = 413
        if between := blocked(status, "Planka", where, "Set PLANKA_URL to where the page opens in the end."):
            return between
        if status == 403:
            return RefusedError(
                status,
                f"Planka refuses this ({where}): {said}.",
                remedy="The account must be an editor of the board, and a manager of the project to make one.",
            )
        if status == 404:
            return RefusedError(
                status,
                f"Planka does not find what was asked for ({where}): it is gone, or this account is no editor there.",
            )
        return RefusedError(status, f"Planka answered {status} to {where}: {said}.")


def _values(answer: Answer) -> tuple[Any, bool]:
    try:
        return answer.json(), True
    except ValueError:
        return None, False
