"""What the commands of every board service do: show a plan, push it, pull ticks, list boards."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import CredentialsError, UsageError, printable
from ..core.progress.three_way import Prefer
from .console import Console
from .locating import places_apart
from .params import NodeWord, prefer_options
from .streams import print_json

if TYPE_CHECKING:
    from ..core.model import Roadmap
    from ..core.snapshot import Snapshot
    from ..exporters.boards.model.board import WantedBoard
    from ..exporters.boards.planning.changes import BoardChange, ChangePlan
    from ..exporters.boards.planning.three_way import ConflictPolicy
    from ..exporters.boards.sync import Settings
    from ..exporters.boards.target import Target

Connect = Callable[[threading.Event | None], "Target"]
"""Makes the calls of a service, which end early once the event is set."""


def _side(name: str, text: str) -> click.Option:
    """Return an option that may name a place, and be said again for another; without one it is for all."""
    return click.Option(
        [name],
        is_flag=False,
        flag_value="",
        multiple=True,
        type=NodeWord(),
        is_eager=True,  # a roadmap behind it is FILE
        callback=places_apart,
        metavar="[WHAT]",
        help=text,
    )


POLICY = [
    _side(
        "--ours", "The roadmap wins where it and people changed the same thing, now or earlier; everywhere, or there."
    ),
    _side("--theirs", "People win where both changed the same thing (the default), and that is settled."),
    click.Option(["--prune"], is_flag=True, help="Archive what left the roadmap and holds no ticks or comments."),
    click.Option(
        ["--force"],
        is_flag=True,
        help="Archive it even then, and more than a third of the board; go on though much is gone from it.",
    ),
]


COPY_OF = click.Option(
    ["--copy-of"],
    default="",
    metavar="URL|ID",
    help="Make the new board by copying this one, which a push of the same roadmap made: a few calls.",
)

SIDES: list[click.Parameter] = [
    *prefer_options("What is recorded here counts.", "What the board says counts."),
    click.Option(["--dry-run"], is_flag=True, help="Only tell what would change."),
]


def policy_of(roadmap: Roadmap, given: dict[str, Any]) -> ConflictPolicy:
    """Take what was said of conflicts out of the options that were given."""
    from ..core.snapshot.selectors import select
    from ..exporters.boards.planning.three_way import ConflictPolicy

    ours, theirs = (tuple(given.pop(name, ())) for name in ("ours", "theirs"))
    if "" in ours and "" in theirs:
        raise UsageError("Only one side can win everywhere.", remedy="Give --ours or --theirs a place, as 3.2.")
    at = [
        frozenset(below.id for node in select(roadmap, words) for below in node.walk())
        for words in ([word for word in side if word] for side in (ours, theirs))
    ]
    prune, force = (bool(given.pop(name, False)) for name in ("prune", "force"))
    return ConflictPolicy("" in ours, "" in theirs, at[0], at[1], prune, force)


def show_plan(
    console: Console,
    file: Path,
    wanted: WantedBoard,
    settings: Settings,
    connect: Connect,
    *,
    offline: bool,
    as_json: bool,
) -> None:
    """Print what a push would change; without credentials, or offline, the plan of a new board."""
    from ..exporters.boards.planning.planner import plan_new
    from ..exporters.boards.planning.report import plan_data, plan_text
    from ..exporters.boards.planning.state import SyncState, state_path
    from ..exporters.boards.sync import make_plan

    service = wanted.limits
    calls = None
    try:
        calls = None if offline else connect(None)
    except CredentialsError as error:
        if "no credentials" not in error.message:
            raise
        console.notice(f"There are no credentials for {service.name}, so this is the plan of a new board.")
    if calls is None:
        made = plan_new(wanted, SyncState(), settings.new)
    else:
        made = make_plan(wanted, calls, state_path(file, service.key), settings)
    needs = (f"A push needs a decision: {reason}." for reason in made.refusals)
    for notice in (*wanted.notices, *made.notices, *needs):
        console.notice(notice)
    if as_json:
        print_json(plan_data(made))
    else:
        click.echo(plan_text(made))


def push_board(console: Console, file: Path, wanted: WantedBoard, settings: Settings, connect: Connect) -> None:
    """Change a board as its plan says, with a bar on a terminal."""
    from ..exporters.boards.planning.report import summary
    from ..exporters.boards.planning.state import state_path
    from ..exporters.boards.sync import run_push

    progress = _PushProgress(console)

    def planned(made: ChangePlan) -> None:
        for notice in (*wanted.notices, *made.notices):
            console.notice(notice)
        console.say(summary(made))
        progress.begin(len(made.changes))

    path = state_path(file, wanted.limits.key)
    with stopping() as stopped, progress:
        done = run_push(wanted, connect(stopped), path, settings, planned=planned, told=progress.step)
    for notice in done.notices:
        console.notice(notice)
    console.say(done.url)


def pull_ticks(
    console: Console,
    file: Path,
    snapshot: Snapshot,
    wanted: WantedBoard,
    settings: Settings,
    connect: Connect,
    *,
    prefer: Prefer,
    dry_run: bool,
) -> None:
    """Bring ticks from a board into the progress file."""
    from ..core.progress.collecting import CollectResult, collect
    from ..core.progress.model import progress_path
    from ..core.progress.store import ProgressFile, read, update
    from ..exporters.boards.planning.state import state_path
    from ..exporters.boards.pull import pulled
    from ..exporters.boards.sync import read_matched, remember_ticks
    from .tick_report import tell

    path = state_path(file, wanted.limits.key)
    matched, actions, url = read_matched(wanted, connect(None), path, settings)
    found = pulled(matched, snapshot.roadmap, snapshot.progress.ticks, actions, source=wanted.limits.key)
    now = datetime.now(timezone.utc).replace(microsecond=0)
    collected: list[CollectResult] = []

    def change(record: ProgressFile) -> ProgressFile:
        given = [(url, found.returned)]
        collected[:] = [collect(record, snapshot.roadmap, given, now=now, prefer=prefer)]
        return collected[0].record

    if dry_run:
        change(read(progress_path(file)))
    else:
        update(progress_path(file), change, name=file.name)
        remember_ticks(matched, path, now=now)
    for notice in found.notices:
        console.notice(notice)
    tell(console, snapshot.roadmap, collected[0])
    if dry_run:
        console.say("Nothing was written.")


def list_boards(calls: Target, *, as_json: bool) -> None:
    """Print the open boards of the account, with their addresses."""
    rows = [row for row in calls.boards() if not row["closed"]]
    if as_json:
        print_json([{"name": row["name"], "url": row["url"]} for row in rows])
        return
    for row in rows:
        click.echo(f"{row['url']}  {printable(' '.join(str(row['name']).split()))}")


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


class _PushProgress:
    """A bar with the time left, on a terminal; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self.shown = not console.quiet and sys.stderr.isatty()
        self.bar: Any = None

    def __enter__(self) -> _PushProgress:  # noqa: PYI034 - `Self` is of 3.11
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
