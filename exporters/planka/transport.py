"""One call to Planka: sent, and sent again only where that cannot do a thing twice."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from ...core.errors import CredentialsError, GaveUpError, RoadpressError
from ..boards.api.errors import AmbiguousError, RefusedError, StoppedError, retry_after
from ..boards.api.http import Answer, NoAnswerError
from .credentials import Credentials

Send = Callable[[str, str, Mapping[str, Any], "str | None"], Answer]
ATTEMPTS = 6
LONGEST_WAIT = 60.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


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
        self._send = send
        self._sleep = sleep
        self._stopped = stopped
        self._now = now
        self._spoken = False

    def pause(self, seconds: float) -> None:
        """Wait between two looks at the board."""
        self._sleep(seconds)

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
        again = method != "POST" if repeatable is None else repeatable
        text = json.dumps(body) if body is not None else None
        trouble, failures = "", 0
        for attempt in range(1, ATTEMPTS + 1):
            if self._stopped():
                raise StoppedError("Stopped.", remedy="What was done is kept. Run it again to go on.")
            answer: Answer | None = None
            try:
                answer = self._send(method, f"/api{path}", query or {}, text)
            except NoAnswerError as error:
                trouble = error.reason
                if error.sent and not again:
                    raise AmbiguousError(trouble) from None
            else:
                status = answer.status_code
                found, is_json = _values(answer)
                if status == 200 and is_json:
                    self._spoken = True
                    return found
                if status == 200 and not self._spoken:
                    raise RoadpressError(
                        "PLANKA_URL leads to a web page, not to a Planka 2.",
                        remedy="Give the address at which its page opens, with the path if it has one.",
                    )
                if status != 200 and status not in _AGAIN:
                    raise self._refusal(status, found, answer.text, method, path)
                trouble = "it answered without JSON" if status == 200 else f"it answered {status}"
                failures += status == 500
                if status not in (429, 503) and not again:
                    raise AmbiguousError(trouble)
                if failures > 1:  # some of its 500s are for good
                    break
            if attempt < ATTEMPTS:
                self._wait(attempt, answer)
        raise GaveUpError(
            f"Planka did not answer as it should: {trouble}.",
            remedy="What was done is kept. Run it again to go on.",
        )

    def _wait(self, attempt: int, answer: Answer | None) -> None:
        hint = retry_after(answer.headers, self._now()) if answer is not None else None
        doubling = 2.0 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - apart from other clients, no secret
        self._sleep(min(LONGEST_WAIT, max(hint or 0.0, doubling)))

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
        if status in (301, 302, 303, 307, 308):
            return RefusedError(
                status, "Planka's address sends elsewhere.", remedy="Set PLANKA_URL to where the page opens in the end."
            )
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
        if status == 413 or (status == 400 and not text.strip()):
            return RefusedError(status, f"What was sent is too large for Planka or a proxy before it ({where}).")
        return RefusedError(status, f"Planka answered {status} to {where}: {said}.")


def _values(answer: Answer) -> tuple[Any, bool]:
    try:
        return json.loads(answer.text), True
    except ValueError:
        return None, False
