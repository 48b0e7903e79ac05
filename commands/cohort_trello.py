"""`roadpress cohort trello push`: a board for each learner, in one account."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import ExitCode, printable
from .board_sync import COPY_OF, stopping
from .cohort_file import cohort_argument, loaded
from .console import Console, today
from .trello import connected, flags


@click.pass_context
def push(
    ctx: click.Context, /, file: Path, only: tuple[str, ...], copy_of: str, workspace: str, visibility: str
) -> int:
    """Make a board for each learner, or bring theirs up to date.

    The first is made in full and the others by copying it, a few calls each. Whatever goes wrong, run it again: it goes
    on where it was. A free workspace holds ten boards: in a larger class let each run `roadpress trello push`.
    """
    from ..cohort.boards import push_boards
    from ..cohort.building import chosen
    from ..exporters.boards.planning.planner import NewBoard
    from ..exporters.boards.sync import Settings

    console: Console = ctx.obj
    found = loaded(file)
    learners = chosen(found.cohort, only)
    settings = Settings(new=NewBoard(workspace, visibility), copy_of=copy_of)
    failed = 0
    with stopping() as stopped:
        for one in push_boards(found, learners, connected(stopped), settings=settings, today=today()):
            if one.error:
                failed += 1
                click.echo(printable(f"{one.learner.id}: {one.error}"), err=True)
                continue
            for notice in one.notices:
                console.notice(printable(f"{one.learner.id}: {notice}"))
            count = f"{one.changes:,} change{'s' if one.changes != 1 else ''}" if one.changes else "as it was"
            console.say(f"{one.learner.id}  {one.url}  {count}")
    return ExitCode.FAILED if failed else ExitCode.DONE


def _group() -> click.Group:
    group = click.Group("trello", help="A Trello board for each learner.")
    group.add_command(
        click.Command(
            "push",
            callback=push,
            help=push.__doc__,
            params=[
                cohort_argument(),
                click.Option(["--only"], multiple=True, metavar="LEARNER", help="Only this learner; repeatable."),
                COPY_OF,
                *flags("workspace", "visibility"),
            ],
        )
    )
    return group


command = _group()
