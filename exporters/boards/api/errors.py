"""What a request may end in, for every service."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from datetime import datetime, timezone

from ....core.errors import GaveUpError, RoadpressError


class AmbiguousError(Exception):
    """A POST that may have been done or not; whoever sent it must look before it is sent again."""


class RefusedError(RoadpressError):
    """The service said no to one request, and would say it again."""

    def __init__(self, status: int, message: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.status = status


class StoppedError(RoadpressError):
    """The person asked to stop; what was sent has been answered."""

    exit_code = 130  # type: ignore[assignment]  # the shell's code for Ctrl-C


class TooMuchError(GaveUpError):
    """The service does not manage to answer a read of so much at once."""


def blocked(status: int, service: str, where: str, elsewhere: str) -> RefusedError | None:
    """Return the error of an answer that is not the service's own, but of what stands between; None for any other.

    `elsewhere` is the remedy where it sends to another address.
    """
    if status in (301, 302, 303, 307, 308):
        return RefusedError(
            status, f"What answers for {service} sends elsewhere ({status}): a proxy, or a sign-in.", remedy=elsewhere
        )
    if status == 407:
        return RefusedError(
            status,
            f"A proxy between here and {service} wants to know who you are (407).",
            remedy="Set HTTPS_PROXY to its address with your name and password, as http://NAME:PASSWORD@HOST:PORT.",
        )
    if status == 413:
        return RefusedError(
            status,
            f"What was sent is too large for {service}, or for a proxy before it ({where}).",
            remedy="Shorten the longest notes, or divide them.",
        )
    return None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds of a `Retry-After`, given as seconds or a date (RFC 9110 §10.2.3), or None."""
    value = (headers.get("retry-after") or headers.get("Retry-After") or "").strip()
    if not value:
        return None
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - datetime.fromtimestamp(now, timezone.utc)).total_seconds())
