"""`roadpress TARGET plan`, `push`, `pull`, `boards`: the same commands for every service that is no Trello."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.progress.three_way import Prefer
from .board_sync import COPY_OF, POLICY, SIDES, list_boards, policy_of, pull_ticks, push_board, show_plan
from .locating import roadmap_argument
from .params import json_option
from .snapshots import snapshot_of
from .trello import flags

if TYPE_CHECKING:
    from ..core.snapshot import Snapshot
    from ..exporters.boards.model.board import WantedBoard
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
        asked += [*flags("dates", "timezone"), *([COPY_OF] if self.service.copies else [])]
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
        wanted, settings = self._wanted(snapshot_of(file), options)
        show_plan(console, file, wanted, settings, self._calls, offline=offline, as_json=as_json)

    def push(self, console: Console, /, file: Path, **options: Any) -> None:
        """Change the board as the plan says.

        Whatever goes wrong, run it again: it goes on where it was, and makes nothing twice.
        """
        wanted, settings = self._wanted(snapshot_of(file), options)
        push_board(console, file, wanted, settings, self._calls)

    def pull(self, console: Console, /, file: Path, board: str, prefer: str, *, dry_run: bool) -> None:
        """Bring ticks from the board into the progress file.

        Only what was changed there since the last push or pull is taken. What was changed here as well is told, and the
        newest counts, unless you say --mine (what is recorded here) or --theirs (the board).
        """
        snapshot = snapshot_of(file)
        wanted, settings = self._wanted(snapshot, {"board": board})
        pull_ticks(console, file, snapshot, wanted, settings, self._calls, prefer=Prefer(prefer), dry_run=dry_run)

    def boards(self, console: Console, /, *, as_json: bool) -> None:
        """List the open boards of the account, with their addresses."""
        del console
        list_boards(self._calls(), as_json=as_json)

    def _wanted(self, snapshot: Snapshot, options: dict[str, Any]) -> tuple[WantedBoard, Settings]:
        from ..exporters.boards.model.from_snapshot import wanted_board
        from ..exporters.boards.planning.planner import NewBoard
        from ..exporters.boards.sync import Settings

        policy = policy_of(snapshot.roadmap, options)
        new = NewBoard(options.get("project") or options.get("workspace") or "")
        wanted = wanted_board(
            snapshot,
            name=options.get("name") or "",
            dates=options.get("dates") or "planned",
            zone=options.get("timezone") or "",
            service=self.service,
        )
        return wanted, Settings(options.get("board") or "", new, policy, options.get("copy_of") or "")

    def _calls(self, stopped: threading.Event | None = None) -> Target:
        event = stopped or threading.Event()

        def sleep(seconds: float) -> None:
            event.wait(seconds)

        return self.module.connect(os.environ, sleep, event.is_set)
