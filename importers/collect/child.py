"""A reader of foreign binary files in a process of its own, which such a file may hang or fill, but not this one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from threading import Timer
from typing import Any

_CODE = f"import sys, json; sys.path[:] = json.loads(sys.argv[1]); from {__name__} import main; main()"
_MEMORY = 2**30
"""Bytes for a small file; a larger one gets ten times its size on top."""
_KEPT_BYTES = 16 * 2**20
"""What a process that stays reads at most at once; larger files get one of their own."""
_KEPT_FILES = 500
"""How many it reads before another takes its place."""
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


class KeptReader:
    """The same for many files, in one process that stays: another is started when a file has ended it."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def extracted(self, data: bytes) -> Any:
        """Return what `extracted` returns. Raises what it raises."""
        if len(data) > _KEPT_BYTES:
            return extracted(self._module, data)
        if self._process is None or self._read == _KEPT_FILES:
            self.close()
            words = [json.dumps(sys.path), self._module, str(_MEMORY + 10 * _KEPT_BYTES), "0"]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - as above
                    [sys.executable, "-I", "-c", _CODE, *words],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError:
                return extracted(self._module, data)
        self._read += 1
        assert self._process.stdin
        assert self._process.stdout
        watch = Timer(_SECONDS, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(len(data).to_bytes(8, "big") + data)
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            watch.cancel()
        if not answer.endswith(b"\n"):
            self.close()
            raise ValueError("it cannot be read, or takes too long")
        found = json.loads(answer)
        if found is None:
            raise ValueError("it cannot be read")
        return found

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._read = None, 0

    def __enter__(self) -> KeptReader:  # noqa: PYI034 - `Self` is of 3.11
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def main() -> None:
    """Be the other process: read standard input, within limits where the system has them, and write JSON."""
    module, memory, seconds = sys.argv[2:]
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        if int(seconds):
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    except (ImportError, OSError, ValueError):
        pass
    if not int(seconds):
        _serve(_extract(module))
        return
    found = _extract(module)(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode())


def _serve(extract: Callable[[bytes], Any]) -> None:
    """Answer a line of JSON for each file, `null` for one that cannot be read, until there is none."""
    while head := sys.stdin.buffer.read(8):
        data = sys.stdin.buffer.read(int.from_bytes(head, "big"))
        try:
            found = json.dumps(extract(data))
        except Exception:  # noqa: BLE001 - a damaged file may break the reader anywhere
            found = "null"
        sys.stdout.buffer.write(found.encode() + b"\n")
        sys.stdout.buffer.flush()


def _extract(module: str) -> Callable[[bytes], Any]:
    extract: Callable[[bytes], Any] = import_module(f"{__package__}.{module}").extract
    return extract
