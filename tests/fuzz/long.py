"""Hours of what `test_readers.py` tries shortly: every reader in turn, with figures at the end. `make fuzz MINUTES=60 SEED=1`.

An input that ends in anything but a result or a RoadpressError, takes more than ten seconds of CPU or a gigabyte, is written
to `tests/data/fuzz/<reader>/`; make it small, name it, and keep it there as a test. One in two hundred is large.
"""

from __future__ import annotations

import hashlib
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from readers import READERS, document, large

from roadpress.core.errors import RoadpressError

FOLDER = Path(__file__).parents[1] / "data" / "fuzz"
SECONDS = 10
MEMORY = 2**30
BATCH = 200
LARGE = 200
"""One input of so many is large."""


class HangError(BaseException):
    """An input took too long; no reader's `except Exception` may catch it."""


def _alarm(*_: Any) -> None:
    raise HangError


def _highest() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _bound_memory() -> None:
    """Let the process have a gigabyte more than it has: what would take that is a MemoryError."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY,) * 2)


class Figures:
    """What was tried and found."""

    def __init__(self) -> None:
        self.inputs: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.memory: Counter[str] = Counter()
        """By how many bytes a reader raised the most that the process ever had."""
        self.highest = _highest()
        self.kinds: set[str] = set()

    def take(self, name: str, data: bytes) -> None:
        """Give one input to a reader, and keep it when it is a finding."""
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            READERS[name].take(data)
        except RoadpressError:
            pass
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            self._keep(name, data, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self.inputs[name] += 1
        self.slowest[name] = max(self.slowest.get(name, 0.0), time.process_time() - start)
        self.memory[name] += -self.highest + (highest := _highest())
        self.highest = highest

    def _keep(self, name: str, data: bytes, error: BaseException) -> None:
        self.found[name] += 1
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{name}: {type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
        if kind in self.kinds:
            return
        self.kinds.add(kind)
        print(f"{kind}: {str(error)[:200]}", flush=True)
        target = FOLDER / name / hashlib.sha256(data).hexdigest()[:12]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main(minutes: float, start: int) -> int:
    """Fuzz for so many minutes, from a seed on; return 1 when there was a finding."""
    signal.signal(signal.SIGPROF, _alarm)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _bound_memory()
    figures, end, random = Figures(), time.monotonic() + 60 * minutes, Random(start)
    with suppress(KeyboardInterrupt):
        while time.monotonic() < end:
            for name in READERS:
                for at in range(BATCH):
                    figures.take(name, (document if at % LARGE else large)(name, random))
    for name, count in figures.inputs.items():
        print(
            f"{name:14}{count:>10,} inputs, {figures.found[name]} findings, slowest {figures.slowest[name]:.2f} s, ",
            end="",
        )
        print(f"{figures.memory[name] / 2**20:,.0f} MB more")
    print(
        f"{sum(figures.inputs.values()):,} inputs, {sum(figures.found.values())} findings, {_highest() / 2**20:,.0f} MB at most"
    )
    return 1 if figures.found else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2])))
