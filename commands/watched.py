"""Files that are looked at again and again while a server runs, and who hears of it when they change."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

POLL = 0.3
"""Seconds between looks at the files."""
PING = 15.0
"""Seconds of silence after which a line is sent, so that a closed page is noticed."""
T = TypeVar("T")


class FileStamp(NamedTuple):
    """What tells that a file was written anew, without reading it."""

    written: int
    """In nanoseconds."""
    size: int


class Watched(ABC, Generic[T]):
    """What some files say; read anew when one of them changes."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._changed = threading.Condition()
        self._closed = False
        self._stamp = self._stamps()
        self._sight = self._read()

    @abstractmethod
    def _read(self) -> T:
        """Return what the files say now."""

    def look(self) -> T:
        """Return what the files say now."""
        stamp = self._stamps()
        with self._changed:
            if stamp != self._stamp:
                self._stamp, self._sight = stamp, self._read()
                self._changed.notify_all()
            return self._sight

    def watch(self) -> Iterator[T | None]:
        """Yield what the files say, now and when it is something new, and None now and then; ends with `close`."""
        seen = self.look()
        yield seen
        silent = 0.0
        while not self._closed:
            sight = self.look()
            if sight is not seen:
                seen, silent = sight, 0.0
                yield sight
                continue
            silent += POLL
            if silent >= PING:
                silent = 0.0
                yield None
            with self._changed:
                self._changed.wait(POLL)

    def close(self) -> None:
        """End every `watch`."""
        self._closed = True
        with self._changed:
            self._changed.notify_all()

    def _stamps(self) -> tuple[FileStamp, ...]:
        return tuple(map(stamp_of, self._paths))


def stamp_of(path: Path) -> FileStamp:
    """Return when a file was written and its size; -1 bytes where there is none."""
    try:
        found = path.stat()
    except OSError:
        return FileStamp(0, -1)
    return FileStamp(found.st_mtime_ns, found.st_size)
