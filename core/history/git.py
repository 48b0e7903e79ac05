"""What git knows of a file: its text in a revision, and as it was on a day. Nothing here writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from ..errors import RoadpressError, UsageError, printable
from ..roadmap_file.source import MAX_BYTES

_PATIENCE = 120
"""Seconds."""
_SAFE = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "core.quotePath=false"),
    "--no-pager",
    "--literal-pathspecs",
)
"""So that a stranger's repository has nothing run, and a name is a name."""


class Version(NamedTuple):
    """A file as a revision has it."""

    name: str
    """As a person would write it: `HEAD~5:roadmap.yaml`."""
    data: bytes


class Former(NamedTuple):
    """A file as it was on a day."""

    version: Version
    day: date
    """The day asked for, or a later one, since when the history goes."""


def is_revision(word: str) -> bool:
    """Whether a word may name a revision: git must not take it for an option."""
    return bool(word) and not word.startswith("-") and word.isprintable()


def version(word: str, file: Path) -> Version:
    """Return a file as a revision has it; a word such as `v1:docs/roadmap.yaml` names another file.

    Raises UsageError where there is no such revision or file, RoadpressError where git cannot be asked.
    """
    if not is_revision(word):
        raise UsageError(f"{printable(word)!r} is neither a file nor a revision.", remedy="Is the name right?")
    folder, name = _place(file)
    if _known(folder, f"{word}^{{commit}}"):
        return Version(f"{word}:{file.name}", _blob(folder, word, [f"./{name}"], file.name))
    revision, colon, path = word.partition(":")
    if sys.platform == "win32":
        path = path.replace("\\", "/")
    if not colon or not path:
        _need_repository(folder, word)
        remedy = "Name the two apart: `roadpress diff OLD NEW`." if ".." in word else "`git log --oneline` lists some."
        raise UsageError(f"There is neither a file nor a revision {word!r}.", remedy=remedy)
    here = Path.cwd()
    if not revision or not _known(here, f"{revision}^{{commit}}"):
        _need_repository(here, word)
        raise UsageError(f"There is no revision {revision!r}.", remedy="`git log --oneline` lists some.")
    return Version(word, _blob(here, revision, [path, f"./{path}"], path))


def on_day(file: Path, day: date) -> Former | None:
    """Return a file as the branch had it at the end of a day, followed through renames.

    Where its history begins later, the file as it was then; None where git does not know it.
    Raises RoadpressError where the history is cut short.
    """
    folder, name = _place(file)
    if not folder.is_dir() or not _is_repository(folder):
        return None
    end = int(datetime.combine(day, time(23, 59, 59)).timestamp()) if day.year > 1970 else 0
    log = ("log", "--follow", "--first-parent", "--diff-filter=d", "--name-only", "-z", "--format=%x01%H %ct")
    found = _commits(_run(folder, *log, f"--min-age={end}", "-1", "--", name))
    if found:
        commit, _, path = found[0]
        return Former(_version_of(folder, commit, path, file), day)
    found = _commits(_run(folder, *log, "--", name))
    if not found:
        return None
    if _run(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RoadpressError(
            f"The history here is cut short, and does not tell how {file} was on {day}.",
            remedy="Fetch the whole: `git fetch --unshallow`; in GitHub Actions, `fetch-depth: 0` for the checkout.",
        )
    commit, seconds, path = found[-1]
    return Former(_version_of(folder, commit, path, file), datetime.fromtimestamp(seconds).date())  # noqa: DTZ006 - the person's own day


_COMMIT = re.compile("\x01([0-9a-f]{40,64}) ([0-9]+)\x00\n?([^\x00]+)\x00")
"""A commit in a log: its name, its time, the file's path in it."""


def _commits(log: bytes) -> list[tuple[str, int, str]]:
    """Return each commit of a log with its time and the file's path in it."""
    found = _COMMIT.finditer(os.fsdecode(log))
    return [(commit[1], int(commit[2]), commit[3]) for commit in found]


def _version_of(folder: Path, commit: str, path: str, file: Path) -> Version:
    return Version(f"{commit[:10]}:{path}", _blob(folder, commit, [path], str(file)))


def _blob(folder: Path, revision: str, paths: list[str], shown: str) -> bytes:
    """Return the bytes of the first of some paths that a revision has."""
    for path in paths:
        found = _ask(folder, "rev-parse", "--verify", "--quiet", f"{revision}:{path}")
        if found.returncode == 0:
            name = found.stdout.decode().strip()
            size = _ask(folder, "cat-file", "-s", name).stdout
            if size.strip().isdigit() and int(size) > MAX_BYTES:
                raise RoadpressError(f"{shown} is too large in {revision}.", remedy="Is it the right file?")
            return _run(folder, "cat-file", "blob", name)
    raise UsageError(
        f"The revision {revision!r} has no file {printable(shown)}.",
        remedy="Was it called otherwise then? Name it: `REVISION:PATH`.",
    )


def _place(file: Path) -> tuple[Path, str]:
    """Return the folder in which git is asked, and the file's name in it; a link is what it leads to."""
    whole = file.resolve()
    return whole.parent, whole.name


def _known(folder: Path, name: str) -> bool:
    return folder.is_dir() and _ask(folder, "rev-parse", "--verify", "--quiet", name).returncode == 0


def _is_repository(folder: Path) -> bool:
    try:
        return _ask(folder, "rev-parse", "--git-dir").returncode == 0
    except RoadpressError:
        return False


def _need_repository(folder: Path, word: str) -> None:
    """Raise where git has no answer at all, in git's own words where they say more than that."""
    answer = _ask(folder, "rev-parse", "--git-dir") if folder.is_dir() else None
    if answer is None or b"not a git repository" in answer.stderr:
        raise UsageError(
            f"There is no file {word!r}, and no revision either: {folder} is not in a git repository.",
            remedy="Name two files, or run it where the roadmap's repository is.",
        )
    if answer.returncode:
        raise _failed(answer)


def _run(folder: Path, *arguments: str) -> bytes:
    answer = _ask(folder, *arguments)
    if answer.returncode:
        if b"does not have any commits" in answer.stderr:
            return b""
        raise _failed(answer)
    return answer.stdout


def _failed(answer: subprocess.CompletedProcess[bytes]) -> RoadpressError:
    said = printable(answer.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: "))
    return RoadpressError(f"git could not answer: {said or answer.returncode}.")


def _ask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, without a shell, and without a question to the person."""
    own = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-C", str(folder), *_SAFE, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a list, whose words are ours or checked
            command, capture_output=True, check=False, env={**os.environ, **own}, timeout=_PATIENCE
        )
    except FileNotFoundError:
        raise RoadpressError("git is not installed.", remedy="Install it, or compare two files.") from None
    except subprocess.TimeoutExpired:
        raise RoadpressError("git gave no answer for two minutes.") from None
