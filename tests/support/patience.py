"""Waiting for what a page does in its own time, however busy the machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def settles(look: Callable[[], T], expected: T, *, seconds: float = 20) -> None:
    """Look until what is seen is what is expected; fail with the difference when it never is."""
    end = time.monotonic() + seconds
    while (seen := look()) != expected:
        assert time.monotonic() < end, f"{seen!r} instead of {expected!r}"
        time.sleep(0.03)
