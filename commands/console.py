"""What commands say to a person: results on stdout, everything else on stderr."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timezone

import click

from ..core.errors import ExitCode, RoadpressError, UsageError, printable


@dataclass(frozen=True, slots=True)
class Console:
    """How much to say. The one object that commands get from the group, as `ctx.obj`."""

    quiet: bool = False
    verbose: bool = False

    def say(self, text: str) -> None:
        """Print a result or a fact, unless quiet."""
        if not self.quiet:
            click.echo(text)

    def notice(self, text: str) -> None:
        """Print what a person should know beside the result, on stderr."""
        if not self.quiet:
            click.echo(f"{paint('note', fg='yellow')}: {text}", err=True)


def paint(text: str, **style: str | bool) -> str:
    """Return text in a style, or as it is under NO_COLOR (no-color.org); click strips it where there is no terminal."""
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)  # type: ignore[arg-type]  # click's own keywords


def today() -> date:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org), else today's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()  # noqa: DTZ011 - the person's own day is meant
    try:
        return datetime.fromtimestamp(int(epoch), tz=timezone.utc).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH must be a number of seconds since 1970.", remedy="Unset it.") from None


_DEVICE_ERRORS = frozenset((errno.ENOSPC, errno.EIO, errno.EFBIG))
"""Of a stream without a name: standard output on a disk that is full."""


def explain(error: BaseException, arguments: Sequence[str] = (), commands: Collection[str] = ()) -> int:
    """Print an error in plain words and return the exit code; a bug says that it is one, and leaves a report.

    `arguments` are the words of the command, `commands` the names that there are.
    """
    verbose = "-v" in arguments or "--verbose" in arguments
    if isinstance(error, RoadpressError):
        for line in "\n".join(error.lines()).split("\n"):
            click.echo(_colored(printable(line)), err=True)
        return int(error.exit_code)
    if isinstance(error, OSError) and error.filename:
        click.echo(f"{error.filename}: {error.strerror or error}.", err=True)
        return int(ExitCode.FAILED)
    if isinstance(error, OSError) and error.errno in _DEVICE_ERRORS:
        click.echo(f"What was to be said could not be written: {error.strerror}.", err=True)
        with suppress(OSError):
            sys.stdout.close()  # else Python tries once more at its end
        return int(ExitCode.FAILED)
    if isinstance(error, RecursionError | MemoryError):
        click.echo("The roadmap is too large for this machine's memory.", err=True)
        return int(ExitCode.FAILED)
    from .crash_report import write_report

    click.echo(printable(f"This is a bug in roadpress: {type(error).__name__}: {error}"), err=True)
    if verbose:
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    path = write_report(error, arguments, commands)
    if path:
        click.echo(f"What helps to mend it is in {path}, without your texts: please send that file.", err=True)
    elif not verbose:
        click.echo("Run it again with `roadpress -v …` and report what it prints.", err=True)
    return int(ExitCode.FAILED)


_PLACE = re.compile(r"((?:[A-Za-z]:)?[^:]+:\d+:\d+): (.*)\Z", re.DOTALL)
"""A sentence about a place in a file; Windows' drives have a colon, too."""


def _colored(line: str) -> str:
    """Return a line of an error with its place in bold and its caret in red."""
    if line.strip() == "^":
        return paint(line, fg="red")
    found = _PLACE.match(line)
    return f"{paint(found[1], bold=True)}: {found[2]}" if found else line
