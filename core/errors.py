"""The errors that a person may meet, each with what to do about it; anything else is our bug.

Exit codes are a contract (`README.md`, "Exit codes").
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from .model import SourcePosition


class ExitCode(IntEnum):
    """What the process says to its caller."""

    DONE = 0
    FAILED = 1
    INVALID = 2
    REFUSED = 3
    GAVE_UP = 4
    UNDECIDED = 5


class RoadpressError(Exception):
    """Something that the person can mend: one plain sentence, and the remedy where there is one."""

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def lines(self) -> list[str]:
        """Return what to print, without colour."""
        return [self.message] + ([self.remedy] if self.remedy else [])


class UsageError(RoadpressError):
    """The words of the command do not fit: an unknown name, options that exclude each other."""

    exit_code = ExitCode.INVALID


class CredentialsError(RoadpressError):
    """The service refused the credentials, or there are none."""

    exit_code = ExitCode.REFUSED


class GaveUpError(RoadpressError):
    """The service did not answer as it should; what was done is kept, and running again goes on."""

    exit_code = ExitCode.GAVE_UP


class UndecidedError(RoadpressError):
    """Two changes contradict each other, or harm is possible: a person must decide."""

    exit_code = ExitCode.UNDECIDED


class Problem(NamedTuple):
    """One mistake in a file, with its place."""

    place: SourcePosition
    message: str
    """One sentence: what is wrong."""
    hint: str = ""
    """What to write instead."""
    source: str = ""
    """The line itself, without its line end."""

    def sentence(self, path: str) -> str:
        """Return `file:line:column: what is wrong; what to write instead`, one line, as editors and CI read it."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{path}:{self.place.line}:{self.place.column}: {self.message}{hint}"


class InvalidRoadmap(RoadpressError):  # noqa: N818 - it names the file's state, and holds many problems
    """A roadmap file with mistakes: all of them, in the file's order."""

    exit_code = ExitCode.INVALID

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        count = len(problems)
        super().__init__(f"{path}: {count} problem{'s' if count != 1 else ''}")
        self.path = path
        self.problems = tuple(sorted(problems))
        """Never empty."""

    def lines(self) -> list[str]:
        """Return each problem's sentence, followed by the line itself with a caret under the place."""
        result = []
        for problem in self.problems:
            result.append(problem.sentence(self.path))
            if problem.source.strip():
                result += excerpt(problem.source, problem.place.column)
        return result


def printable(text: str) -> str:
    """Return a stranger's text without what a terminal would obey: each such character is shown as U+FFFD."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def excerpt(source: str, column: int, *, width: int = 100) -> list[str]:
    """Return the source line around a column (from 1) and a caret below it, at most `width` characters wide."""
    start = max(0, min(column - 1 - width // 2, len(source) - width))
    shown = printable(source[start : start + width].replace("\t", " "))
    return [f"    {shown}", "    " + " " * (column - 1 - start) + "^"]
