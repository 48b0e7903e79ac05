"""The one writer: a file is replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace a file atomically: write a new one beside it, sync it, rename it over the old (POSIX `rename(2)`).

    Missing folders are made. A link is followed, so that it stays one. `private` makes it readable by its owner alone;
    otherwise an existing file keeps its mode. Raises OSError; the old file is then whole.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o600 if private else _mode(target))
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - the pair of mkstemp's text path
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
