"""Whole commands and functions, timed in alternation, so that a drifting machine drifts for all of them alike."""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Command = Sequence[str]


class Result(NamedTuple):
    """Medians of one contestant."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system."""
    peak: float
    """MB, of its largest process; 0 for functions."""


def time_commands(commands: Mapping[str, Command], *, runs: int = 5, cwd: str | None = None) -> dict[str, Result]:
    """Run commands in turn, A B A B …, after one warm-up each, and return their medians."""
    samples: dict[str, list[Result]] = {name: [] for name in commands}
    for index in range(runs + 1):
        for name, command in commands.items():
            sample = _run(command, cwd)
            if index:
                samples[name].append(sample)
    return {
        name: Result(*(statistics.median(column) for column in zip(*rows, strict=True)))
        for name, rows in samples.items()
    }


_LAUNCHER = """
import json, os, sys, time
begin = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
code = os.waitstatus_to_exitcode(status)
with os.fdopen(int(os.environ["RESULT"]), "w") as result:
    json.dump([code, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], result)
"""
"""A child's peak begins with the size of the process that it was started from: this one is as small as Python is."""


def _run(command: Command, cwd: str | None) -> Result:
    # a checkout is compiled once by its first run, as an installed program is
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    read, write = os.pipe()
    launched = subprocess.run(
        [sys.executable, "-S", "-E", "-c", _LAUNCHER, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env={**env, "RESULT": str(write)},
        pass_fds=[write],
        check=False,
    )
    os.close(write)
    with os.fdopen(read) as result:
        said = result.read()
    code, wall, cpu, peak = json.loads(said) if said else (launched.returncode, 0.0, 0.0, 0)
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}:\n{launched.stderr.decode()[-2000:]}")
    return Result(wall, cpu, peak / (1024 if sys.platform == "linux" else 2**20))


def time_functions(functions: Mapping[str, Callable[[], object]], *, runs: int = 5) -> dict[str, Result]:
    """Call functions in turn and return the medians of their CPU seconds, with the collector as our commands set it."""
    gc.set_threshold(1_000_000)
    samples: dict[str, list[float]] = {name: [] for name in functions}
    for index in range(runs + 1):
        for name, function in functions.items():
            begin = time.process_time()
            function()
            if index:
                samples[name].append(time.process_time() - begin)
    return {name: Result(statistics.median(rows), statistics.median(rows), 0.0) for name, rows in samples.items()}


def peak_of_this_process() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(title: str, results: Mapping[str, Result], *, against: str) -> None:
    """Print results with their ratio to one of them."""
    base = results[against]
    print(f"\n{title}")
    for name, result in results.items():
        ratio = f"{result.cpu / base.cpu:6.2f} × {against}" if name != against and base.cpu else ""
        memory = f"{result.peak:8.0f} MB" if result.peak else " " * 11
        print(f"  {name:28}{result.wall:9.3f} s wall{result.cpu:9.3f} s cpu{memory}  {ratio}")


def installed(name: str) -> bool:
    """Whether a peer is there; says so by name when it is not."""
    if shutil.which(name):
        return True
    print(f"  {name}: not installed, skipped")
    return False
