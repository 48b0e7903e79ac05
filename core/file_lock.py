"""One at a time: locks between processes and threads, by what the system has.

POSIX has `flock(2)`, Windows `LockFile`, which Python calls `msvcrt.locking`; where there is neither (a browser), there
is one process. A killed process leaves no lock behind: the system gives it back.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".roadpress.lock"
"""The file that is locked where a folder cannot be; it is there only while somebody works."""
PATIENCE = 60.0
"""Seconds to wait for a lock on a file: nobody works longer on a progress file."""
_POLL = 0.02
_FAR = 2**30
"""The byte that is locked on Windows, where nobody may read a locked one: beyond the end of what we write."""
_THREADS = threading.Lock()
"""Held where the system's lock is not known to tell threads apart."""


def try_lock(descriptor: int, *, without: bool = True) -> bool:
    """Lock a whole open file, or return False when another descriptor has it. Closing the file gives the lock back.

    `without` is the answer where the system, or the file system, has no locks.
    """
    try:
        import fcntl
    except ImportError:
        return _try_windows_lock(descriptor, without=without)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return without and error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _try_windows_lock(descriptor: int, *, without: bool) -> bool:
    try:
        import msvcrt
    except ImportError:
        return without
    place = os.lseek(descriptor, 0, os.SEEK_CUR)
    os.lseek(descriptor, _FAR, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # typeshed has it for Windows alone
    except OSError:
        return False
    finally:
        os.lseek(descriptor, place, os.SEEK_SET)
    return True


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder; another process or thread waits. Raises OSError where it waits in vain."""
    descriptor = _locked_folder(folder)
    if descriptor is not None:
        try:
            yield
        finally:
            os.close(descriptor)
        return
    if not _THREADS.acquire(timeout=PATIENCE):
        raise _waited()
    try:
        with _locked_file(folder / NAME):
            yield
    finally:
        _THREADS.release()


def _waited() -> OSError:
    return TimeoutError(errno.ETIMEDOUT, "another roadpress has been writing here for too long")


def _locked_folder(folder: Path) -> int | None:
    """Return a descriptor of the folder, locked: it needs no file of its own. None where folders cannot be locked."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:  # network file systems want a file that is open for writing
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    end = time.monotonic() + PATIENCE
    while True:
        descriptor = _opened(path)
        if descriptor is not None:
            if try_lock(descriptor) and _is_open(path, descriptor):
                break
            os.close(descriptor)
        if time.monotonic() > end:
            raise _waited()
        time.sleep(_POLL)
    try:
        yield
    finally:
        deleted = _deleted(path)
        os.close(descriptor)
        if not deleted:
            _deleted(path)


def _opened(path: Path) -> int | None:
    """Open the file that is locked; None while Windows is about to delete it."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if os.name != "nt":
            raise
        return None


def _deleted(path: Path) -> bool:
    """Delete a file, or return False: Windows deletes none that is open, here or in a process that waits for it."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _is_open(path: Path, descriptor: int) -> bool:
    """Whether a name still is the file that was opened by it; who had the lock before may have deleted that."""
    if os.name == "nt":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
