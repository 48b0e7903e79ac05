"""A Dask cluster that is up already, on any machines: `dask://host:8786`.

Jobs travel by reference, so each worker must have this roadpress, these fonts and this Python: it is asked first, with
nothing but the standard library, for a worker without roadpress could not even read the question.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast
from uuid import uuid4

from distributed import Client, WorkerPlugin

from ...core.errors import RoadpressError
from ..versions import PYTHON, of_python, this_machine
from . import Engine

BATCH = 32
"""Learners a job: each costs some milliseconds of the scheduler."""
_TIMEOUT = "10s"


def connect(url: str, setup: Callable[[], None], jobs: int | None) -> Engine:
    """Return the cluster's executor. Raises RoadpressError when nobody answers, or a worker has something else."""
    address = f"tcp://{url.partition('://')[2].rstrip('/')}"
    try:
        client = cast("Any", Client)(address, timeout=_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        raise RoadpressError(
            f"No Dask scheduler answers at {address}: {why}.", remedy="Is it running, and is the address right?"
        ) from None
    try:
        threads = _threads(client)
        _refuse_others(client)
        name = f"roadpress-{uuid4()}"
        client.register_plugin(_Setup(setup, name), name=name)
    except BaseException:
        client.close()
        raise
    workers = min(threads, jobs or threads)
    return Engine(_Cluster(client, name), workers, BATCH, lambda: client.status == "running")


class _Setup(WorkerPlugin):
    """Gets a worker ready before its first job; those that join later, too."""

    def __init__(self, setup: Callable[[], None], name: str) -> None:
        self._setup = setup
        self.name = name

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - Dask's signature
        """Get this worker ready."""
        self._setup()


class _Cluster(Executor):
    """Dask's own executor, which leaves the cluster as it found it."""

    def __init__(self, client: Any, plugin: str) -> None:
        self._client = client
        self._plugin = plugin
        self._executor = client.get_executor(pure=False, retries=2)  # pure jobs with equal arguments are one

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a job to the cluster."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster."""
        if self._client.status == "running":
            self._executor.shutdown(wait=wait and not cancel_futures)
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()


def _threads(client: Any) -> int:
    """Return how many jobs the cluster does at a time. Raises RoadpressError for none."""
    count = sum(client.nthreads().values())
    if not count:
        raise RoadpressError("The cluster has no workers.", remedy="Start some, and run it again.")
    return int(count)


def _refuse_others(client: Any) -> None:
    """Raise where a worker would make other bytes than this machine, or none."""
    for name, own in this_machine():
        ask = partial(client.run, platform.python_version) if name == PYTHON else partial(client.run, version, name)
        for worker, answer in ask(on_error="return").items():
            theirs = "none" if isinstance(answer, PackageNotFoundError) else answer
            if isinstance(theirs, Exception):  # it has just died
                continue
            if (of_python(theirs) if name == PYTHON else theirs) != own:
                raise RoadpressError(
                    f"The worker {worker} has {name} {theirs}, and this machine has {own}.",
                    remedy="Give the workers what this machine has: the same outputs are only made of the same.",
                )
