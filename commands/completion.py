"""`roadpress completion`: what makes the shell complete commands, options, numbers, ids and titles."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ..core.errors import UsageError
from .streams import print_data

SHELLS = ("bash", "zsh", "fish")


@click.pass_context
def run(ctx: click.Context, shell: str | None) -> None:
    """Print the script that makes a shell complete commands, options, numbers, ids and titles.

    \b
    eval "$(roadpress completion bash)"                in ~/.bashrc
    eval "$(roadpress completion zsh)"                 in ~/.zshrc
    roadpress completion fish > ~/.config/fish/completions/roadpress.fish
    """
    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError("Which shell is it?", remedy=f"Name one: {', '.join(SHELLS)}.")
    found = get_completion_class(name)
    assert found is not None
    print_data(found(ctx.find_root().command, {}, "roadpress", "_ROADPRESS_COMPLETE").source())


command = click.Command(
    "completion",
    callback=run,
    help=run.__doc__,
    params=[click.Argument(["shell"], required=False, type=click.Choice(SHELLS))],
)
