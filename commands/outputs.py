"""Where exports go, and how that is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import UsageError
from ..core.files import write_file
from ..exporters.contract import Export
from .console import Console

FOLDER = Path("output")
STANDARD_OUTPUT = Path("-")


def stem_of(file: Path) -> str:
    """Return what output names begin with: the roadmap's name without its ending."""
    return file.name.removesuffix(".yaml").removesuffix(".yml") or "roadmap"


def write_export(export: Export, file: Path, output: Path | None) -> list[Path]:
    """Write the files of an export and return their paths.

    The default is `output/<stem><suffix>` in the current directory; `output` names the first file, further ones stand
    beside it under its stem. `-` is standard output, which takes one file. Raises UsageError when there are more.
    """
    if output == STANDARD_OUTPUT:
        if len(export.files) > 1:
            raise UsageError(
                f"Standard output takes one file, and these are {len(export.files)}.", remedy="Name a file."
            )
        sys.stdout.buffer.write(export.files[0].data)
        sys.stdout.buffer.flush()  # so that a full disk is told
        return []
    if output is None:
        paths = [FOLDER / (stem_of(file) + part.suffix) for part in export.files]
    else:
        stem = output.name.split(".")[0]
        paths = [output, *(output.with_name(stem + part.suffix) for part in export.files[1:])]
    for path, part in zip(paths, export.files, strict=True):
        write_file(path, part.data)
    return paths


def say_written(console: Console, paths: Sequence[Path]) -> None:
    """Print each path with its size, for people and for `xargs` alike: the path comes first."""
    for path in paths:
        console.say(f"{path}  {_size(path.stat().st_size)}")


def _size(count: int) -> str:
    if count < 10_000:
        return f"{count:,} bytes"
    return f"{count / 1000:,.0f} kB" if count < 10_000_000 else f"{count / 1_000_000:,.1f} MB"
