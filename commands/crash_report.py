"""What a bug leaves for whoever mends it: a file with the traceback, the versions and the platform.

Nobody's titles, notes, names or secrets are in it, so that it can be sent as it is: of an error its class alone, of a
place in the code the module, the line and the program's own text there, of the command its options' names.
"""

from __future__ import annotations

import linecache
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Collection, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from .. import __version__

_FRAMES = 60
"""Innermost frames of each error: of a recursion the rest says the same."""
_ERRORS = 10
"""Errors that caused one another."""


def write_report(error: BaseException, arguments: Sequence[str], commands: Collection[str]) -> Path | None:
    """Write the report of an error into the folder for temporary files, for its owner alone.

    `arguments` are the words after `roadpress`, `commands` those that are not a person's own. Returns where it is; None
    when it cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix="roadpress-crash-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join([*report(error, arguments, commands), ""]))
    except OSError:
        return None
    return Path(name)


def report(error: BaseException, arguments: Sequence[str], commands: Collection[str]) -> Iterator[str]:
    """Yield the lines of a report."""
    yield f"roadpress {__version__}, {platform.python_implementation()} {platform.python_version()}"
    yield f"{platform.platform()}, files {sys.getfilesystemencoding()}, output {getattr(sys.stdout, 'encoding', None)}"
    yield f"command: {' '.join(_without_values(arguments, commands))}"
    yield f"packages: {', '.join(_versions()) or 'not known'}"
    for number, one in enumerate(_chain(error)):
        yield ""
        yield f"{'caused by ' if number else ''}{type(one).__module__}.{type(one).__qualname__}" + (
            f" (errno {one.errno})" if isinstance(one, OSError) else ""
        )
        yield from _frames(one)


def _without_values(arguments: Sequence[str], commands: Collection[str]) -> Iterator[str]:
    """Yield the command and the names of options; what a person wrote beside them is theirs."""
    for word in arguments:
        if word.startswith("--"):
            yield word.partition("=")[0]
        elif word.startswith("-"):
            yield word[:2]
        else:
            yield word if word in commands else "…"


def _versions() -> Iterator[str]:
    try:
        required = metadata.requires("roadpress") or []
    except metadata.PackageNotFoundError:
        return
    for requirement in required:
        name = requirement.partition(";")[0].rstrip()
        bare = name[: next((at for at, char in enumerate(name) if not (char.isalnum() or char in "-_.")), len(name))]
        if "extra ==" in requirement:
            continue
        try:
            yield f"{bare} {metadata.version(bare)}"
        except metadata.PackageNotFoundError:
            yield f"{bare} missing"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, as a traceback would show it."""
    one: BaseException | None = error
    for _ in range(_ERRORS):
        if one is None:
            return
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _frames(error: BaseException) -> Iterator[str]:
    frames = list(traceback.walk_tb(error.__traceback__))
    if len(frames) > _FRAMES:
        yield f"  … {len(frames) - _FRAMES} more"
    for frame, line in frames[-_FRAMES:]:
        path = frame.f_code.co_filename
        yield f"  {_place(path)}:{line} in {frame.f_code.co_name}: {linecache.getline(path, line).strip()}"


def _place(path: str) -> str:
    """Return a file of code without the folders that are this machine's."""
    roots = sorted((root for root in sys.path if root and path.startswith(root)), key=len)
    parts = Path(os.path.relpath(path, roots[-1]) if roots else Path(path).name).parts
    return "/".join(parts)
