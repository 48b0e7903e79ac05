"""Where the work runs: one table for ours, one entry-point group for others', each a function of a URL.

An engine is a function `(url, setup, jobs) -> Engine`: it brings up or reaches an executor
(`concurrent.futures.Executor`) each of whose workers has called `setup` before its first job, and says how it likes to
be fed. `setup` can be pickled; `jobs` is how many workers are asked for, None for as many as there are.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from importlib import import_module
from typing import NamedTuple, cast

from ...core.errors import RoadpressError, UsageError
from ...exporters.missing import pip_install

GROUP = "roadpress.engines"
IN_FLIGHT = 4
"""Jobs a worker: enough that none waits, few enough that 100,000 learners take no memory."""


class Engine(NamedTuple):
    """An executor that is ready, and how to feed it."""

    executor: Executor
    workers: int
    batch: int
    """Learners a job."""
    is_alive: Callable[[], bool] = lambda: True
    """Whether jobs that are under way may still end."""


Connect = Callable[[str, Callable[[], None], int | None], Engine]

_OURS = {"local": "pool", "dask": "dask_cluster"}
_EXTRAS = {"dask": "dask"}


def engine(url: str, setup: Callable[[], None], jobs: int | None) -> Engine:
    """Return the engine that a URL names; an empty one is this machine.

    Raises UsageError for a name that nothing has, RoadpressError when it cannot be reached or its workers do not fit.
    """
    name = url.partition(":")[0].lower() if url else "local"
    return _connect(name)(url, setup, jobs)


def _connect(name: str) -> Connect:
    if name in _OURS:
        try:
            module = import_module(f".{_OURS[name]}", __name__)
        except ImportError:
            raise UsageError(
                f"The engine {name!r} needs a package that is not installed.",
                remedy=pip_install(_EXTRAS.get(name, name)),
            ) from None
        return cast("Connect", module.connect)
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join([*_OURS, *sorted(found)])
        raise UsageError(
            f"There is no engine called {name!r}; there are: {known}.",
            remedy=f"pip install the package that brings {name!r}: it has an entry point in the group `{GROUP}`.",
        )
    try:
        return cast("Connect", found[name].load())
    except Exception as error:
        raise RoadpressError(
            f"The engine {name!r} cannot be loaded: {type(error).__name__}: {error}.", remedy="Update or uninstall it."
        ) from error
