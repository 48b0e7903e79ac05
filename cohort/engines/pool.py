"""This machine: a pool of processes, started afresh on every system (spawn); one worker is this process itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from . import Engine

BATCH = 8


def connect(url: str, setup: Callable[[], None], jobs: int | None) -> Engine:  # noqa: ARG001 - an engine's signature
    """Return a pool of so many workers, by default one a core."""
    workers = jobs or cores()
    if workers == 1:
        setup()
        return Engine(_Here(), 1, BATCH)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=setup)
    return Engine(pool, workers, BATCH)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Here(Executor):
    """Jobs done one by one as they are submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do a job, and return what came of it."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - told by the future, as by any executor
            future.set_exception(error)
        return future
