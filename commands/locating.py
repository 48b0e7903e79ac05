"""Which roadmap is meant: FILE or `-f FILE`, else one found here or in a folder above; `-` is standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import RoadpressError, UsageError

if TYPE_CHECKING:
    from ..core.roadmap_file.source import Source

NAMES = ("roadmap.yaml", "roadmap.yml")
DEFAULT_FILE = NAMES[0]
STANDARD_INPUT = Path("-")
FOUND_HELP = f"{DEFAULT_FILE}, here or in a folder above"

_SUFFIXES = (".yaml", ".yml")
_HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?roadpress[\"']?[ \t]*:", re.MULTILINE)
_HEAD_BYTES = 64 * 2**10
_OPTION = "roadpress.file-option"
_WORD = "roadpress.file-word"


def find_roadmap(start: Path | None = None) -> Path:
    """Return the roadmap of a folder, or of the nearest one above it, as a path from that folder.

    A folder above counts while it is the same user's, and up to the top of a git repository. The usual name is returned
    where there is none.
    """
    folder = Path.cwd() if start is None else start.absolute()
    owner = folder.stat().st_uid
    up = Path()
    while True:
        for name in NAMES:
            if (folder / name).is_file():
                return up / name
        above = folder.parent
        if above == folder or (folder / ".git").exists() or above.stat().st_uid != owner:
            return Path(DEFAULT_FILE)
        folder, up = above, up / ".."


def source_at(file: Path) -> Source:
    """Return the text of a roadmap's file, or of standard input. Raises what `core.roadmap_file.source` raises."""
    from ..core.roadmap_file.source import MAX_BYTES, decode, read_source

    if file != STANDARD_INPUT:
        return read_source(file)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RoadpressError(f"Standard input has more than {MAX_BYTES // 2**20} MB.", remedy="Is it the right file?")
    return decode(data, "<stdin>")


def roadmaps_in(folder: Path) -> list[Path]:
    """Return the roadmaps in a folder and in those below it, by name: the usual names, and YAML files that say so."""
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in ("output", "build"))
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith(".") and path.suffix.lower() in _SUFFIXES and (name in NAMES or says_roadmap(path)):
                found.append(path)
    return found


def says_roadmap(path: Path) -> bool:
    """Whether a file says near its beginning that it is a roadmap."""
    try:
        with path.open("rb") as file:
            return bool(_HEAD.search(file.read(_HEAD_BYTES)))
    except OSError:
        return False


class RoadmapArgument(click.Argument):
    """FILE. `-f FILE` means the same, and is added to every command that has this."""


def roadmap_argument(*, beside: bool = False, usual: str = "", metavar: str = "[FILE]") -> click.Argument:
    """Return FILE, one roadmap.

    `beside` is for a command that writes beside the roadmap, so that it cannot be standard input. `usual` is the name
    where none is given, in place of the roadmap that is found.
    """

    def resolve(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
        named = value or ctx.meta.get(_OPTION) or ctx.meta.get(_WORD)
        if value and ctx.meta.get(_OPTION) not in (None, value):
            raise UsageError("FILE and -f name two roadmaps.", remedy="Leave one of them out.")
        return _real(named or (Path(usual) if usual else find_roadmap()), beside=beside)

    return RoadmapArgument(["file"], type=click.Path(path_type=Path), required=False, callback=resolve, metavar=metavar)


def roadmaps_argument() -> click.Argument:
    """Return FILE…: roadmaps, and folders of some."""

    def resolve(ctx: click.Context, _: click.Parameter, value: Sequence[Path]) -> tuple[Path, ...]:
        option = ctx.meta.get(_OPTION)
        return (*value, *([option] if option else [])) or (find_roadmap(),)

    return RoadmapArgument(
        ["files"], type=click.Path(path_type=Path), nargs=-1, callback=resolve, metavar="[FILE|FOLDER…]"
    )


def expanded(named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the roadmaps that files and folders name, each once. Raises RoadpressError for a folder without one."""
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            inside = roadmaps_in(path)
            if not inside:
                raise RoadpressError(f"There is no roadmap in {path}.", remedy="`roadpress new` makes one.")
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return tuple(found)


def file_flag() -> click.Option:
    """Return `-f` for a command that has FILE: the same in other words."""

    def keep(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.meta[_OPTION] = value

    return click.Option(
        ["-f", "--file", "file_flag"],
        type=click.Path(path_type=Path),
        callback=keep,
        expose_value=False,
        is_eager=True,
        help="The same as FILE.",
    )


def file_option(*, beside: bool = True) -> click.Option:
    """Return `-f`, for commands whose arguments are something else; FILE may be among their words (`words_apart`)."""

    def resolve(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
        word = ctx.meta.get(_WORD)
        if value and word not in (None, value):
            raise UsageError(f"{word} and -f name two roadmaps.", remedy="Leave one of them out.")
        return _real(value or word or find_roadmap(), beside=beside)

    return click.Option(
        ["-f", "--file"],
        type=click.Path(path_type=Path),
        callback=resolve,
        show_default=FOUND_HELP,
        help="The roadmap; it may stand among the arguments, too.",
    )


def words_apart(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Keep the one word that is a roadmap's file for `-f`, and return the others: the callback of an eager argument."""
    files = [word for word in value if _is_roadmap(word)]
    if len(files) > 1:
        raise UsageError(f"{files[0]} and {files[1]} are two roadmaps.", remedy="Name one of them.")
    words = tuple(word for word in value if word not in files)
    if param.required and not words:
        return tuple(value)
    ctx.meta[_WORD] = Path(files[0]) if files else None
    return words


def places_apart(ctx: click.Context, _: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Keep a word that is a roadmap's file for FILE: the callback of an eager option that may stand without a value."""
    files = [word for word in value if _is_roadmap(word)]
    if files:
        ctx.meta[_WORD] = Path(files[0])
    return tuple("" if word in files else word for word in value)


def file_of(ctx: click.Context) -> Path:
    """Return the roadmap of a command line that is not finished, for the shell's completion."""
    return Path(ctx.params.get("file") or ctx.meta.get(_OPTION) or ctx.meta.get(_WORD) or find_roadmap())


def _is_roadmap(word: str) -> bool:
    path = Path(word)
    try:
        return path.suffix.lower() in _SUFFIXES and path.is_file() and says_roadmap(path)
    except (OSError, ValueError):  # too long for a name, or with a null in it
        return False


def _real(file: Path, *, beside: bool) -> Path:
    if beside and file == STANDARD_INPUT:
        raise UsageError("Standard input has no place beside it, where this is written or kept.", remedy="Name a file.")
    return file
