"""The one writer: a file is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path

from .file_lock import try_lock

_LONGEST = 100
"""Bytes of a name that the new file beside it takes up: no file system has less room than 143."""
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between tries on Windows, where a virus scanner or an indexer may have the old file open for a moment."""
_OLD = 60
"""Seconds after which a new file that nobody has open is a leftover on Windows."""
_ACCESS_DENIED, _SHARING_VIOLATION = 5, 32
_NO_FILE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9\u00b9\u00b2\u00b3]) *(?:\..*)?\Z"
    r"|.*[<>:\"|?*\x00-\x1f]|.*[. ]\Z",
    re.IGNORECASE | re.DOTALL,
)
"""What names no file on Windows ("Naming Files, Paths, and Namespaces"): a device, or what is cut or refused."""


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace a file atomically: write a new one beside it, sync it, rename it over the old (POSIX `rename(2)`).

    Missing folders are made. A link is followed, so that it stays one. `private` makes it readable by its owner alone;
    otherwise an existing file keeps its mode. What a killed run left beside it is deleted. Raises OSError, which names
    the file; the old one is then whole.
    """
    target = Path(os.path.realpath(path))
    if _is_windows() and _NO_FILE.match(target.name):
        raise OSError(errno.EINVAL, "Windows has no file of such a name", str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    start = f".{os.fsencode(target.name)[:_LONGEST].decode(errors='ignore')}."
    try:
        _delete_leftovers(target.parent, start)
        _write(target, start, data, private=private)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write(target: Path, start: str, data: bytes, *, private: bool) -> None:
    mode = 0o600 if private else _mode(target)
    descriptor, name = _new_file(target.parent, start, 0o666 if mode is None else mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):  # what the process's mask took away
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
            if not _is_windows():  # still locked; Windows renames nothing that is open
                _replace(name, target)
        if _is_windows():
            _replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_windows() -> bool:
    return sys.platform == "win32"


def _mode(target: Path) -> int | None:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return None


_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _new_file(folder: Path, start: str, mode: int) -> tuple[int, str]:
    """Open a file that was not there, locked for as long as it is open, so that nobody takes it for a leftover."""
    while True:
        name = str(folder / f"{start}{os.urandom(4).hex()}.new")
        try:
            descriptor = os.open(name, _FLAGS, mode)
        except FileExistsError:
            continue
        if try_lock(descriptor) and os.fstat(descriptor).st_nlink:
            return descriptor, name
        os.close(descriptor)  # another run had it for a leftover, in the moment before the lock
        Path(name).unlink(missing_ok=True)


def _delete_leftovers(folder: Path, start: str) -> None:
    """Delete new files of a killed run: they bear our name, and nobody holds their lock."""
    leftover = re.compile(re.escape(start) + r"[a-z0-9_]{8}\.new")
    for name in os.listdir(folder):  # noqa: PTH208 - names are enough
        if leftover.fullmatch(name):
            _delete_unlocked(folder / name)


def _delete_unlocked(path: Path) -> None:
    if _is_windows():  # where a new file is closed just before it is renamed
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _OLD:
                path.unlink()
        return
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            if try_lock(descriptor, without=False):
                path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)


def _replace(name: str, target: Path) -> None:
    for wait in _WAITS:
        try:
            os.replace(name, target)  # noqa: PTH105 - the name is text
        except PermissionError as error:
            if getattr(error, "winerror", None) not in (_ACCESS_DENIED, _SHARING_VIOLATION):
                raise
            time.sleep(wait)
        else:
            return
    os.replace(name, target)  # noqa: PTH105 - the name is text
