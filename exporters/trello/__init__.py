"""A Trello board of a roadmap: `plan` shows what would change, `push` obeys, `pull` brings ticks back.

As an ordinary exporter it writes Trello's own board file, without an account; the board itself is `commands/trello.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.snapshot import Snapshot
from ..contract import Export, File, option

SUMMARY = "A Trello board: plan, push, pull; its file for others"
SYNCS = True
VISIBILITIES = ("private", "org", "public")
BACKGROUNDS = ("blue", "orange", "green", "red", "purple", "pink", "lime", "sky", "grey")


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose of a board."""

    board: str = option("", "The board: its address, its id, or `new`.", metavar="URL|ID|new")
    name: str = option("", "The name of the board; the roadmap's title if not given.")
    workspace: str = option("", "The workspace of a new board: its id or short name.")
    visibility: str = option("private", "Who sees a new board; `org` is its workspace.", choices=VISIBILITIES)
    background: str = option("blue", "The background of a new board.", choices=BACKGROUNDS)
    dates: str = option(
        "planned",
        "Which dates cards have: those of the plan, too, rewritten when they move by a week; only fixed ones; none.",
        choices=("planned", "fixed", "none"),
    )
    timezone: str = option("", "Where days begin and end, as Asia/Bangkok; noon in UTC if not given.", metavar="ZONE")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the board as the JSON that Trello itself exports, for other programs to import."""
    from ..boards.model.from_snapshot import wanted_board
    from .model.board_file import board_file

    wanted = wanted_board(snapshot, name=options.name, dates=options.dates, zone=options.timezone)
    return Export((File(".board.json", board_file(wanted, snapshot.today, options.background)),), wanted.notices)
