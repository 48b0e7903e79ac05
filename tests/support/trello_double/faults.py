"""What can go wrong with one request."""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """A fault, injected at a request number."""

    CLOSE = "the connection closes before anything is done"
    COMMIT_CLOSE = "the work is done, then the connection closes"
    BUSY = "429"
    UNAVAILABLE = "503, nothing done"
    COMMIT_502 = "the work is done, then 502"
    HTML = "the work is done, the answer is 200 with HTML"
    SLOW = "the work is done, the answer comes too late"
    TRUNCATED = "the work is done, the JSON ends early"


class Killed(BaseException):
    """The process is gone: nothing of it runs on, as after `kill -9`."""
