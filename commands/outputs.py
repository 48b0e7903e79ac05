"""Where exports go, and how that is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import UsageError
from ..core.files import write_file
from ..exporters.contract import Export
from .console import Console
from .locating import STANDARD_INPUT

FOLDER = Path("output")
STANDARD_OUTPUT = Path("-")


def stem_of(file: Path) -> str:
    """Return what output names begin with: the roadmap's name without its ending."""
    name = "" if file == STANDARD_INPUT else file.name
    return name.removesuffix(".yaml").removesuffix(".yml") or "roadmap"


def folder_of(file: Path, folder: Path | None = None) -> Path:
    """Return where a roadmap's outputs go, so that those of two roadmaps never meet.

    `web/roadmap.yaml` has `output/web/`, whatever else is built. A roadmap of a folder above this one has the `output/`
    there; one that lies elsewhere is placed by the way to it. `folder` is another one than `output/`.
    """
    try:
        way = Path(os.path.relpath(file.absolute().parent))
    except ValueError:  # on another drive of Windows
        way = Path(file.absolute().parent.name)
    down = [part for part in way.parts if part != ".."]
    if not down and folder is None:
        return way / FOLDER
    return (folder or FOLDER).joinpath(*down)


def write_export(export: Export, file: Path, output: Path | None) -> list[Path]:
    """Write the files of an export and return their paths.

    The default is `<stem><suffix>` in the folder that `folder_of` says; `output` names the first file, further ones
    stand beside it under its stem. `-` is standard output, which takes one file. Raises UsageError when there are more,
    for data that no terminal shows, and where `output` is the roadmap itself or what is kept beside it.
    """
    if output == STANDARD_OUTPUT:
        if len(export.files) > 1:
            raise UsageError(
                f"Standard output takes one file, and these are {len(export.files)}.", remedy="Name a file."
            )
        data = export.files[0].data
        if sys.stdout.isatty() and not _is_text(data):
            raise UsageError(
                "This is no text, and a terminal cannot show it.",
                remedy="Name a file, or pipe it.",
            )
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()  # so that a full disk is told
        return []
    if output is None:
        folder = folder_of(file)
        paths = [folder / (stem_of(file) + part.suffix) for part in export.files]
    else:
        stem = output.name.split(".")[0]
        paths = [output, *(output.with_name(stem + part.suffix) for part in export.files[1:])]
        _keep_sources(file, paths)
    for path, part in zip(paths, export.files, strict=True):
        write_file(path, part.data)
    return paths


def ending_notice(export: Export, output: Path) -> str:
    """Return a sentence where the ending of a name says another format than is written, else nothing."""
    written, named = (_SAME_ENDING.get(end, end) for end in (_ending(export.files[0].suffix), _ending(output.name)))
    if output == STANDARD_OUTPUT or named in ("", "txt", written):
        return ""
    return f"{output} ends in .{named}, and what is in it is {written.upper()}."


_SAME_ENDING = {"htm": "html", "markdown": "md", "gv": "dot", "ical": "ics", "mmd": "mermaid"}


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _keep_sources(file: Path, paths: Sequence[Path]) -> None:
    """Raise UsageError where an output would replace the roadmap, or what is kept beside it."""
    from ..core.identity.base import base_path
    from ..core.progress.model import progress_path

    beside = [file, progress_path(file), base_path(file)]
    if any(path.suffix == ".json" for path in paths):
        from ..exporters.boards.planning.state import state_path
        from ..exporters.boards.target import BUILT_IN

        beside += [state_path(file, target) for target in BUILT_IN]
    kept = {path.resolve() for path in beside}
    for path in paths:
        if path.resolve() in kept:
            what = "what the output is made of" if path.suffix != ".json" else "where what a board has is remembered"
            raise UsageError(f"{path} is {what}.", remedy="Write it somewhere else.")


def say_written(console: Console, paths: Sequence[Path]) -> None:
    """Print each path with its size, for people and for `xargs` alike: the path comes first."""
    for path in paths:
        console.say(f"{path}  {_size(path.stat().st_size)}")


def _size(count: int) -> str:
    if count < 10_000:
        return f"{count:,} bytes"
    return f"{count / 1000:,.0f} kB" if count < 10_000_000 else f"{count / 1_000_000:,.1f} MB"
