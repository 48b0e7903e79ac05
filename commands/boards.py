"""`roadpress TARGET plan`, `push`, `pull`, `boards`: the same commands for every service that is no Trello."""

from __future__ import annotations

import os
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import CredentialsError
from ..core.progress.three_way import Prefer
from .locating import roadmap_argument
from .params import json_option
from .snapshots import snapshot_of
from .streams import print_json
from .trello import POLICY, SIDES, PushProgress, flags, stopping

if TYPE_CHECKING:
    from ..core.snapshot import Snapshot
    from ..exporters.boards.model.board import WantedBoard
    from ..exporters.boards.planning.changes import ChangePlan
    from ..exporters.boards.sync import Settings
    from ..exporters.boards.target import Target, TargetModule
    from .console import Console

_HELP = {
    "board": "The board: its address, its id, or `new`.",
    "name": "The name of the board; the roadmap's title if not given.",
    "project": "The project of a new board: its id or name.",
    "workspace": "The workspace of a new board: its id or short name.",
}


def target_command(name: str) -> click.Group | None:
    """Return the commands of a target, ours or a plug-in's; None when nothing has that name."""
    from ..exporters.boards.target import load_target

    module = load_target(name)
    return _Boards(module).group() if module else None


class _Boards:
    def __init__(self, module: TargetModule) -> None:
        self.module = module
        self.service = module.SERVICE

    def group(self) -> click.Group:
        group = click.Group(self.service.key, help=f"{self.module.SUMMARY}.")
        file = roadmap_argument(beside=True)
        asked: list[click.Parameter] = [
            click.Option([f"--{name}"], default="", help=_HELP[name]) for name in self.service.asks
        ]
        asked += flags("dates", "timezone")
        offline = click.Option(["--offline"], is_flag=True, help="The plan of a new board; nothing is asked.")
        commands: tuple[tuple[str, Any, list[click.Parameter]], ...] = (
            ("plan", self.plan, [file, *asked, *POLICY, json_option(), offline]),
            ("push", self.push, [file, *asked, *POLICY]),
            ("pull", self.pull, [file, asked[0], *SIDES]),
            ("boards", self.boards, [json_option()]),
        )
        for name, callback, params in commands:
            command = click.Command(name, callback=click.pass_obj(callback), help=callback.__doc__, params=params)
            group.add_command(command)
        return group

    def plan(self, console: Console, /, file: Path, *, as_json: bool, offline: bool, **options: Any) -> None:
        """Show what a push would change; nothing is written.

        Without credentials, or with --offline: the plan of a new board.
        """
        from ..exporters.boards.planning.planner import plan_new
        from ..exporters.boards.planning.report import plan_data, plan_text
        from ..exporters.boards.planning.state import SyncState, state_path
        from ..exporters.boards.sync import make_plan

        wanted, settings = self._wanted(snapshot_of(file), options)
        calls = None
        try:
            calls = None if offline else self._calls()
        except CredentialsError as error:
            if "no credentials" not in error.message:
                raise
            console.notice(f"There are no credentials for {self.service.name}, so this is the plan of a new board.")
        if calls is None:
            made = plan_new(wanted, SyncState(), settings.new)
        else:
            made = make_plan(wanted, calls, state_path(file, self.service.key), settings)
        needs = (f"A push needs a decision: {reason}." for reason in made.refusals)
        for notice in (*wanted.notices, *made.notices, *needs):
            console.notice(notice)
        if as_json:
            print_json(plan_data(made))
        else:
            click.echo(plan_text(made))

    def push(self, console: Console, /, file: Path, **options: Any) -> None:
        """Change the board as the plan says.

        Whatever goes wrong, run it again: it goes on where it was, and makes nothing twice.
        """
        from ..exporters.boards.planning.report import summary
        from ..exporters.boards.planning.state import state_path
        from ..exporters.boards.sync import run_push

        wanted, settings = self._wanted(snapshot_of(file), options)
        progress = PushProgress(console)

        def planned(made: ChangePlan) -> None:
            for notice in (*wanted.notices, *made.notices):
                console.notice(notice)
            console.say(summary(made))
            progress.begin(len(made.changes))

        path = state_path(file, self.service.key)
        with stopping() as stopped, progress:
            done = run_push(wanted, self._calls(stopped), path, settings, planned=planned, told=progress.step)
        for notice in done.notices:
            console.notice(notice)
        console.say(done.url)

    def pull(self, console: Console, /, file: Path, board: str, prefer: str, *, dry_run: bool) -> None:
        """Bring ticks from the board into the progress file.

        Only what was changed there since the last push or pull is taken. What was changed here as well is told, and the
        newest counts, unless you say --mine (what is recorded here) or --theirs (the board).
        """
        from ..core.progress.collecting import CollectResult, collect
        from ..core.progress.model import progress_path
        from ..core.progress.store import ProgressFile, read, update
        from ..exporters.boards.planning.state import state_path
        from ..exporters.boards.pull import pulled
        from ..exporters.boards.sync import read_matched, remember_ticks
        from .tick_report import tell

        snapshot = snapshot_of(file)
        wanted, settings = self._wanted(snapshot, {"board": board})
        path = state_path(file, self.service.key)
        matched, actions, url = read_matched(wanted, self._calls(), path, settings)
        found = pulled(matched, snapshot.roadmap, snapshot.progress.ticks, actions, source=self.service.key)
        now = datetime.now(timezone.utc).replace(microsecond=0)
        collected: list[CollectResult] = []

        def change(record: ProgressFile) -> ProgressFile:
            given = [(url, found.returned)]
            collected[:] = [collect(record, snapshot.roadmap, given, now=now, prefer=Prefer(prefer))]
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

    def boards(self, console: Console, /, *, as_json: bool) -> None:
        """List the boards that this account sees, with their addresses."""
        del console
        rows = [row for row in self._calls().boards() if not row["closed"]]
        if as_json:
            print_json([{"name": row["name"], "url": row["url"]} for row in rows])
            return
        for row in rows:
            click.echo(f"{row['url']}  {' '.join(str(row['name']).split())}")

    def _wanted(self, snapshot: Snapshot, options: dict[str, Any]) -> tuple[WantedBoard, Settings]:
        from ..exporters.boards.model.from_snapshot import wanted_board
        from ..exporters.boards.planning.planner import NewBoard
        from ..exporters.boards.planning.three_way import ConflictPolicy
        from ..exporters.boards.sync import Settings

        policy = ConflictPolicy(*(bool(options.get(name)) for name in ("ours", "prune", "force")))
        new = NewBoard(options.get("project") or options.get("workspace") or "")
        wanted = wanted_board(
            snapshot,
            name=options.get("name") or "",
            dates=options.get("dates") or "planned",
            zone=options.get("timezone") or "",
            service=self.service,
        )
        return wanted, Settings(options.get("board") or "", new, policy)

    def _calls(self, stopped: threading.Event | None = None) -> Target:
        event = stopped or threading.Event()

        def sleep(seconds: float) -> None:
            event.wait(seconds)

        return self.module.connect(os.environ, sleep, event.is_set)
