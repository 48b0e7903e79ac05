"""`roadpress trello plan`, `push`, `pull`, `login`, `export`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import CredentialsError
from ..core.progress.three_way import Prefer
from ..core.snapshot import Snapshot
from ..exporters.options import FilterOptions, OptionSpec, from_keywords, specs
from ..exporters.registry import load_exporter
from .console import Console
from .export import option_of, run_exporter
from .locating import roadmap_argument
from .params import json_option, prefer_options
from .snapshots import snapshot_of
from .streams import print_json

if TYPE_CHECKING:
    from ..exporters.boards.model.board import WantedBoard
    from ..exporters.boards.planning.changes import BoardChange, ChangePlan
    from ..exporters.boards.sync import Settings
    from ..exporters.trello.api.client import ApiClient

POLICY = [
    click.Option(
        ["--ours/--theirs"],
        default=False,
        help="Who wins where the roadmap and people changed the same thing: the roadmap, or people (the default).",
    ),
    click.Option(["--prune"], is_flag=True, help="Archive what left the roadmap and holds no ticks or comments."),
    click.Option(
        ["--force"],
        is_flag=True,
        help="Archive it even then, and more than a third of the board; go on though much is gone from it.",
    ),
]


SIDES: list[click.Parameter] = [
    *prefer_options("What is recorded here counts.", "What the board says counts."),
    click.Option(["--dry-run"], is_flag=True, help="Only tell what would change."),
]


@click.pass_context
def plan(ctx: click.Context, /, file: Path, *, as_json: bool, offline: bool, **options: Any) -> None:
    """Show what a push would change; nothing is written.

    Without credentials, or with --offline: the plan of a new board.
    """
    from ..exporters.boards.planning.planner import plan_new
    from ..exporters.boards.planning.report import plan_data, plan_text
    from ..exporters.boards.planning.state import SyncState

    console: Console = ctx.obj
    snapshot = snapshot_of(file)
    wanted, settings = _wanted(snapshot, _given(ctx, options))
    made = plan_new(wanted, SyncState(), settings.new) if offline else _planned(console, wanted, file, settings)
    for notice in (
        *wanted.notices,
        *made.notices,
        *(f"A push needs a decision: {reason}." for reason in made.refusals),
    ):
        console.notice(notice)
    if as_json:
        print_json(plan_data(made))
    else:
        click.echo(plan_text(made))


def _planned(console: Console, wanted: WantedBoard, file: Path, settings: Settings) -> ChangePlan:
    from ..exporters.boards.planning.planner import plan_new
    from ..exporters.boards.planning.state import SyncState, state_path
    from ..exporters.boards.sync import make_plan

    try:
        calls = _calls()
    except CredentialsError as error:
        if error.remedy and "no credentials" in error.message:
            console.notice("There are no credentials for Trello, so this is the plan of a new board.")
            return plan_new(wanted, SyncState(), settings.new)
        raise
    return make_plan(wanted, calls, state_path(file), settings)


@click.pass_context
def push(ctx: click.Context, /, file: Path, **options: Any) -> None:
    """Change the board as the plan says.

    Whatever goes wrong, run it again: it goes on where it was, and makes nothing twice.
    """
    from ..exporters.boards.planning.report import summary
    from ..exporters.boards.planning.state import state_path
    from ..exporters.boards.sync import run_push

    console: Console = ctx.obj
    snapshot = snapshot_of(file)
    wanted, settings = _wanted(snapshot, _given(ctx, options))
    progress = PushProgress(console)

    def planned(made: ChangePlan) -> None:
        for notice in (*wanted.notices, *made.notices):
            console.notice(notice)
        console.say(summary(made))
        progress.begin(len(made.changes))

    with stopping() as stopped, progress:
        outcome = run_push(wanted, _calls(stopped), state_path(file), settings, planned=planned, told=progress.step)
    for notice in outcome.notices:
        console.notice(notice)
    console.say(outcome.url)


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
    from ..core.progress.collecting import CollectResult, collect
    from ..core.progress.model import progress_path
    from ..core.progress.store import ProgressFile, read, update
    from ..exporters.boards.planning.state import state_path
    from ..exporters.boards.pull import pulled
    from ..exporters.boards.sync import read_matched, remember_ticks
    from .tick_report import tell

    snapshot = snapshot_of(file)
    roadmap = snapshot.roadmap
    wanted, settings = _wanted(snapshot, given)
    matched, actions, url = read_matched(wanted, _calls(), state_path(file), settings)
    found = pulled(matched, roadmap, snapshot.progress.ticks, actions)
    now = datetime.now(timezone.utc).replace(microsecond=0)
    collected: list[CollectResult] = []

    def change(record: ProgressFile) -> ProgressFile:
        collected[:] = [collect(record, roadmap, [(url, found.returned)], now=now, prefer=prefer)]
        return collected[0].record

    if dry_run:
        change(read(progress_path(file)))
    else:
        update(progress_path(file), change, name=file.name)
        remember_ticks(matched, state_path(file), now=now)
    for notice in found.notices:
        console.notice(notice)
    tell(console, roadmap, collected[0])
    if dry_run:
        console.say("Nothing was written.")


def boards(*, as_json: bool) -> None:
    """List the open boards of the account, with their addresses."""
    rows = [row for row in _calls().boards() if not row["closed"]]
    if as_json:
        print_json([{"name": row["name"], "url": row["url"]} for row in rows])
        return
    for row in rows:
        click.echo(f"{row['url']}  {' '.join(str(row['name']).split())}")


def login() -> None:
    """Get a key and a token from Trello, and keep them in a file that only you can read."""
    from ..exporters.boards.api.http import OFFICIAL, requests_sender
    from ..exporters.trello.api.client import ApiClient
    from ..exporters.trello.api.credentials import APPS_PAGE, authorize_url, checked, credentials_path, save
    from ..exporters.trello.api.retry import Transport

    click.echo(f"1. Open {APPS_PAGE}, make an app (any name, your workspace), and under API key generate a key.")
    key = click.prompt("   The key, 32 characters").strip()
    checked(key, "x", "what you typed")
    click.echo(f"2. Open this page, allow, and copy the token (not the Secret):\n   {authorize_url(key)}")
    token = click.prompt("   The token", hide_input=True).strip()
    credentials = checked(key, token, "what you typed")
    base = os.environ.get("TRELLO_API_URL") or OFFICIAL
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
    from ..exporters.boards.planning.three_way import ConflictPolicy
    from ..exporters.boards.sync import NEW, Settings

    policy = ConflictPolicy(*(bool(given.pop(name, False)) for name in ("ours", "prune", "force")))
    chosen = from_keywords(load_exporter("trello"), "trello", snapshot.roadmap, given).options
    new = NewBoard(chosen.workspace, chosen.visibility, chosen.background)
    board = "" if chosen.board == NEW and given.get("board") != NEW else chosen.board  # in a file it would go on
    return wanted_board(snapshot, name=chosen.name, dates=chosen.dates, zone=chosen.timezone), Settings(
        board, new, policy
    )


def _calls(stopped: threading.Event | None = None) -> ApiClient:
    from ..exporters.boards.api.http import OFFICIAL, checked_base, requests_sender
    from ..exporters.trello.api.client import ApiClient
    from ..exporters.trello.api.credentials import find
    from ..exporters.trello.api.retry import Transport

    stopped = stopped or threading.Event()
    base = checked_base(os.environ.get("TRELLO_API_URL") or OFFICIAL)
    credentials = find(os.environ)
    send = requests_sender(credentials, base)

    def sleep(seconds: float) -> None:
        stopped.wait(seconds)

    return ApiClient(Transport(credentials, send, sleep=sleep, stopped=stopped.is_set))


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Let Ctrl-C end after the call in flight; a second one ends at once, and the journal knows what was begun."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(number: int, frame: object) -> None:
        if stopped.is_set():
            signal.default_int_handler(number, frame)  # type: ignore[arg-type]  # typeshed's frame
        click.echo("\nStopping after this call …", err=True)
        stopped.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


class PushProgress:
    """A bar with the time left, on a terminal; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self.shown = not console.quiet and sys.stderr.isatty()
        self.bar: Any = None

    def __enter__(self) -> PushProgress:  # noqa: PYI034 - `Self` is of 3.11
        return self

    def begin(self, calls: int) -> None:
        """Show the bar of so many calls."""
        if self.shown and calls:
            self.bar = click.progressbar(length=calls, label="Pushing", show_eta=True, file=sys.stderr)
            self.bar.__enter__()

    def step(self, change: BoardChange) -> None:
        """Show that one more is made."""
        del change
        if self.bar:
            self.bar.update(1)

    def __exit__(self, *error: object) -> None:
        if self.bar:
            self.bar.__exit__(None, None, None)


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
                *POLICY,
                json_option(),
                click.Option(["--offline"], is_flag=True, help="The plan of a new board; Trello is not asked."),
            ],
        )
    )
    group.add_command(click.Command("push", callback=push, help=push.__doc__, params=[file, *flags(*places), *POLICY]))
    group.add_command(click.Command("pull", callback=pull, help=pull.__doc__, params=[file, *flags("board"), *SIDES]))
    group.add_command(click.Command("boards", callback=boards, help=boards.__doc__, params=[json_option()]))
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
