"""Requests evenly spaced, just under the allowance that Trello's answers tell.

100 requests in 10 seconds for a token, 300 for a key ("Rate limits", developer.atlassian.com); the two sides count from
different instants, so a tenth is left unused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

INTERVAL, ALLOWANCE = 10.0, 100
SHARE = 0.9
FEW = 5
"""With fewer requests left, others are using the same allowance: slow down until it recovers."""
RATE = ALLOWANCE * SHARE / INTERVAL
"""Requests a second that a push can't exceed."""


class RateLimiter:
    """When the next request may go."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._spacing = 1 / RATE
        self._next = float("-inf")

    def wait(self) -> None:
        """Sleep until the next request may go."""
        now = self._clock()
        if now < self._next:
            self._sleep(self._next - now)
            now = self._clock()
        self._next = now + self._spacing

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take the allowance from an answer: the strictest of the token's and the key's."""
        spacings = [
            spacing
            for owner in ("token", "key", "member")
            if (
                spacing := _spacing(
                    headers, f"x-rate-limit-api-{owner}" if owner != "member" else "x-rate-limit-member"
                )
            )
        ]
        if spacings:
            last = self._next - self._spacing
            self._spacing = max(spacings)
            self._next = last + self._spacing


def _spacing(headers: Mapping[str, str], prefix: str) -> float | None:
    try:
        interval = float(headers[f"{prefix}-interval-ms"]) / 1000
        allowance = float(headers[f"{prefix}-max"])
        left = float(headers[f"{prefix}-remaining"])
    except (KeyError, ValueError):
        return None
    if not 0 < interval <= 3600 or not allowance > 0 or left < 0:
        return None
    spacing = interval / (allowance * SHARE)
    return max(spacing, interval / (2 * left + 1)) if left < FEW else spacing
