"""`roadpress help`: what a command does; and the same of all of them as a man page."""

from __future__ import annotations

import click

from ..core.errors import UsageError
from .man_page import man_page
from .streams import print_data


@click.pass_context
def run(ctx: click.Context, words: tuple[str, ...], *, as_man: bool) -> None:
    """Show what a command does: `roadpress help trello push`. Alone, what there is."""
    top = ctx.find_root()
    if as_man:
        if words:
            raise UsageError("The man page is of all commands.", remedy="Leave their names out.")
        print_data(man_page(top))
        return
    shown = top
    for word in words:
        group = shown.command
        command = group.get_command(shown, word) if isinstance(group, click.Group) else None
        if command is None:
            raise UsageError(f"There is no command `{' '.join(words)}`.", remedy="`roadpress help` lists them.")
        shown = click.Context(command, info_name=word, parent=shown)
    click.echo(shown.get_help())


command = click.Command(
    "help",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["words"], nargs=-1, metavar="[COMMAND…]"),
        click.Option(["--man", "as_man"], is_flag=True, help="All as a man page: `roadpress help --man | man -l -`."),
    ],
)
