"""What every command understands, whatever else it does: `-q` and `-v`, and `-f FILE` where it has FILE."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from .console import Console
from .locating import RoadmapArgument, file_flag


def manners(command: click.Command) -> click.Command:
    """Give a command, and those of a group, what every command understands: `-q`, `-v`, and `-f` where it has FILE."""
    if any("-q" in param.opts for param in command.params):
        return command
    if any(isinstance(param, RoadmapArgument) for param in command.params):
        command.params.append(file_flag())
    command.params += _verbosity()
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        manners(below)
    return command


def _verbosity() -> Iterator[click.Option]:
    def say(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        console = ctx.find_object(Console)
        if value and console:
            ctx.obj = Console(
                quiet=console.quiet or param.name == "quiet", verbose=console.verbose or param.name == "verbose"
            )

    for name, text in (("quiet", "Say nothing but errors."), ("verbose", "Say more; a bug shows its traceback.")):
        yield click.Option(
            [f"-{name[0]}", f"--{name}"], is_flag=True, expose_value=False, callback=say, is_eager=True, help=text
        )
