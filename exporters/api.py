"""Exporting as a library call."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from ..core.files import write_file
from ..core.snapshot import Snapshot
from .options import with_format
from .registry import load_exporter
from .run import run


def export(snapshot: Snapshot, name: str, target: str | PathLike[str], /, **options: Any) -> tuple[Path, ...]:
    """Write one output and return the paths written.

    `target` is the file to write, whose ending chooses among an output's formats; where an output has several files,
    the others stand beside it under the same stem. Defaults come from the roadmap's `exports:`, then from the exporter.
    Any output takes `only`, `tag` and `open`, which narrow the snapshot.
    Raises UsageError for an unknown exporter or option, OSError when a file cannot be written.
    """
    exporter = load_exporter(name)
    options = with_format(exporter, str(target), options)
    result = run(exporter, name, snapshot, options)
    first = Path(target)
    stem = first.name.split(".")[0]
    paths = [first, *(first.with_name(stem + file.suffix) for file in result.files[1:])]
    for path, file in zip(paths, result.files, strict=True):
        write_file(path, file.data)
    return tuple(paths)
