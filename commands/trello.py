"""`roadpress trello plan`, `push`, `pull`, `boards`, `login`, `export`."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import printable
from ..core.progress.three_way import Prefer
from ..core.snapshot import Snapshot
from ..exporters.options import FilterOptions, OptionSpec, from_keywords, specs
from ..exporters.registry import load_exporter
from .board_sync import COPY_OF, POLICY, SIDES, list_boards, policy_of, pull_ticks, push_board, show_plan
from .console import Console
from .export import option_of, run_exporter
from .locating import roadmap_argument
from .params import json_option
from .snapshots import snapshot_of
from .streams import print_json

if TYPE_CHECKING:
    from ..exporters.boards.model.board import WantedBoard
    from ..exporters.boards.sync import Settings
    from ..exporters.trello.api.client import ApiClient


@click.pass_context
def plan(ctx: click.Context, /, file: Path, *, as_json: bool, offline: bool, **options: Any) -> None:
    """Show what a push would change; nothing is written.

    Without credentials, or with --offline: the plan of a new board.
    """
    wanted, settings = _wanted(snapshot_of(file), _given(ctx, options))
    show_plan(ctx.obj, file, wanted, settings, connected, offline=offline, as_json=as_json)


@click.pass_context
def push(ctx: click.Context, /, file: Path, **options: Any) -> None:
    """Change the board as the plan says.

    Whatever goes wrong, run it again: it goes on where it was, and makes nothing twice.
    """
    wanted, settings = _wanted(snapshot_of(file), _given(ctx, options))
    push_board(ctx.obj, file, wanted, settings, connected)


@click.pass_context
def pull(ctx: click.Context, /, file: Path, prefer: str, *, dry_run: bool, **options: Any) -> None:
    """Bring ticks from the board into the progress file.

    Only what was changed there since the last push or pull is taken. What was changed here as well is told, and the
    newest counts, unless you say --mine (what is recorded here) or --theirs (the board).
    """
    _pull(ctx.obj, file, _given(ctx, options), Prefer(prefer), dry_run=dry_run)


def pull_board(console: Console, file: Path, board: str, *, prefer: Prefer, dry_run: bool) -> None:
    """Bring ticks from a board that is named by its address into the progress file."""
    _pull(console, file, {"board": board}, prefer, dry_run=dry_run)


def _pull(console: Console, file: Path, given: dict[str, Any], prefer: Prefer, *, dry_run: bool) -> None:
    snapshot = snapshot_of(file)
    wanted, settings = _wanted(snapshot, given)
    pull_ticks(console, file, snapshot, wanted, settings, connected, prefer=prefer, dry_run=dry_run)


def boards(*, as_json: bool) -> None:
    """List the open boards of the account, with their addresses."""
    list_boards(connected(), as_json=as_json)


def workspaces(*, as_json: bool) -> None:
    """List the workspaces of the account by their short names, which `push --workspace` takes."""
    rows = connected().workspaces()
    if as_json:
        print_json([{"name": row.get("name"), "title": row.get("displayName"), "url": row.get("url")} for row in rows])
        return
    for row in rows:
        click.echo(f"{row.get('name') or row['id']}  {printable(' '.join(str(row.get('displayName', '')).split()))}")


def login() -> None:
    """Get a key and a token from Trello, and keep them in a file that only you can read."""
    from ..exporters.boards.api.http import requests_sender
    from ..exporters.trello.address import OFFICIAL, checked_base
    from ..exporters.trello.api.client import ApiClient
    from ..exporters.trello.api.credentials import APPS_PAGE, authorize_url, checked, credentials_path, save
    from ..exporters.trello.api.retry import Transport

    click.echo(f"1. Open {APPS_PAGE}, make an app (any name, your workspace), and under API key generate a key.")
    key = click.prompt("   The key, 32 characters").strip()
    checked(key, "x", "what you typed")
    click.echo(f"2. Open this page, allow, and copy the token (not the Secret):\n   {authorize_url(key)}")
    token = click.prompt("   The token", hide_input=True).strip()
    credentials = checked(key, token, "what you typed")
    base = checked_base(os.environ.get("TRELLO_API_URL") or OFFICIAL)
    name = ApiClient(Transport(credentials, requests_sender(credentials, base))).member()
    path = credentials_path(os.environ)
    save(credentials, path)
    click.echo(f"Trello knows you as {name}. Key and token are in {path}.")
    click.echo("The token reaches everything you can reach; take it back at https://trello.com/u/me/account.")


@click.pass_context
def export(ctx: click.Context, /, file: Path, output: Path | None, **options: Any) -> None:
    """Write the board as Trello's own JSON file, for WeKan, Planka, Kanboard and others; without an account."""
    given = _given(ctx, options)
    run_exporter(ctx.obj, load_exporter("trello"), "trello", file, output, given)


# -- shared ------------------------------------------------------------------------------------------------------


def _given(ctx: click.Context, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were typed; the others come from the roadmap's `exports:`."""
    default = click.core.ParameterSource.DEFAULT
    return {key: value for key, value in options.items() if ctx.get_parameter_source(key) is not default}


def _wanted(snapshot: Snapshot, given: dict[str, Any]) -> tuple[WantedBoard, Settings]:
    from ..exporters.boards.model.from_snapshot import wanted_board
    from ..exporters.boards.planning.planner import NewBoard
    from ..exporters.boards.sync import NEW, Settings

    copy_of = str(given.pop("copy_of", ""))
    policy = policy_of(snapshot.roadmap, given)
    chosen = from_keywords(load_exporter("trello"), "trello", snapshot.roadmap, given).options
    new = NewBoard(chosen.workspace, chosen.visibility, chosen.background)
    board = "" if chosen.board == NEW and given.get("board") != NEW else chosen.board  # in a file it would go on
    return wanted_board(snapshot, name=chosen.name, dates=chosen.dates, zone=chosen.timezone), Settings(
        board, new, policy, copy_of
    )


def connected(stopped: threading.Event | None = None) -> ApiClient:
    """Return Trello's calls, which end early once the event is set."""
    from ..exporters.trello.target import connect

    event = stopped or threading.Event()

    def sleep(seconds: float) -> None:
        event.wait(seconds)

    return connect(os.environ, sleep, event.is_set)


def flags(*names: str) -> list[click.Parameter]:
    """Return options of these names, as the exporter declares them."""
    from ..exporters.trello import Options

    known: dict[str, OptionSpec] = {spec.name: spec for spec in (*specs(Options), *specs(FilterOptions))}
    return [option_of(known[name]) for name in names]


def _group() -> click.Group:
    group = click.Group("trello", help="A Trello board: see what would change, change it, bring ticks back.")
    file = roadmap_argument(beside=True)
    places = ("board", "name", "workspace", "visibility", "background", "dates", "timezone")
    group.add_command(
        click.Command(
            "plan",
            callback=plan,
            help=plan.__doc__,
            params=[
                file,
                *flags(*places),
                COPY_OF,
                *POLICY,
                json_option(),
                click.Option(["--offline"], is_flag=True, help="The plan of a new board; Trello is not asked."),
            ],
        )
    )
    group.add_command(
        click.Command("push", callback=push, help=push.__doc__, params=[file, *flags(*places), COPY_OF, *POLICY])
    )
    group.add_command(click.Command("pull", callback=pull, help=pull.__doc__, params=[file, *flags("board"), *SIDES]))
    group.add_command(click.Command("boards", callback=boards, help=boards.__doc__, params=[json_option()]))
    group.add_command(click.Command("workspaces", callback=workspaces, help=workspaces.__doc__, params=[json_option()]))
    group.add_command(click.Command("login", callback=login, help=login.__doc__))
    output = click.Option(["-o", "--output"], type=click.Path(path_type=Path, dir_okay=False), help="Write here.")
    group.add_command(
        click.Command(
            "export",
            callback=export,
            help=export.__doc__,
            params=[file, output, *flags("name", "background", "dates", "timezone", "only", "tag", "open")],
        )
    )
    return group


command = _group()
