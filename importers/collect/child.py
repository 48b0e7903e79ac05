"""A reader of foreign binary files in a process of its own, which such a file may hang or fill, but not this one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

_CODE = f"import sys, json; sys.path[:] = json.loads(sys.argv[1]); from {__name__} import main; main()"
_MEMORY = 2**30
"""Bytes for a small file; a larger one gets ten times its size on top."""
_SECONDS = 20
"""For a small file; a larger one gets a second for each 200 kB."""


def extracted(module: str, data: bytes) -> Any:
    """Return what `extract(data)` of a module of this folder returns: plain values, as JSON has them.

    Raises ValueError when that fails, or takes more time or memory than any honest file of that size.
    """
    seconds = _SECONDS + len(data) // 200_000
    words = [json.dumps(sys.path), module, str(_MEMORY + 10 * len(data)), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, isolated; the file comes by its standard input
            [sys.executable, "-I", "-c", _CODE, *words], input=data, capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise ValueError("it takes too long to read") from None
    except (OSError, ValueError):  # where there are no processes, in a browser, or no Python to start
        return _extract(module)(data)
    if done.returncode:
        raise ValueError("it cannot be read")
    return json.loads(done.stdout)


def main() -> None:
    """Be the other process: read standard input, within limits where the system has them, and write JSON."""
    module, memory, seconds = sys.argv[2:]
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    except (ImportError, OSError, ValueError):
        pass
    found = _extract(module)(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode())


def _extract(module: str) -> Callable[[bytes], Any]:
    extract: Callable[[bytes], Any] = import_module(f"{__package__}.{module}").extract
    return extract
