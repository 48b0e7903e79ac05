"""`roadpress collect`: ticks that come back from outputs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import click

from ..core.errors import printable
from ..core.model import Roadmap
from ..core.progress.collecting import CollectedOutput, CollectResult, collect
from ..core.progress.model import progress_path
from ..core.progress.store import ProgressFile, read, update
from ..core.progress.three_way import Prefer, ReturnedOutput
from ..core.roadmap_file.loading import load
from ..importers.collect.dispatch import MAX_BYTES, is_board, read_bytes, read_output
from .console import Console
from .localized import Localized
from .locating import STANDARD_INPUT, file_option, words_apart
from .params import prefer_options
from .tick_report import tell


@click.pass_context
def run(
    ctx: click.Context, sources: tuple[str, ...], file: Path, prefer: str, *, from_anyone: bool, dry_run: bool
) -> None:
    """Bring ticks back: from a filled PDF, a checklist's saved file or its link, an edited Markdown export, a Trello
    board, or another copy of the progress file; `-` reads one from standard input.

    Only what was changed out there is taken, so that ticks made in several places all arrive. What was changed here as
    well is told, with both dates, and the newest counts, unless you say --mine (what is recorded here) or --theirs.

    Another learner's ticks, and two people's at once, are not taken unless you say --from-anyone.
    """  # noqa: D205 - click joins the first lines
    console: Console = ctx.obj
    boards = [source for source in sources if is_board(source)]
    roadmap = load(file)
    edition = read(progress_path(file)).outline
    outputs = [_returned(source, roadmap, edition) for source in sources if source not in boards]
    if outputs:
        take(console, file, roadmap, outputs, prefer=Prefer(prefer), from_anyone=from_anyone, dry_run=dry_run)
    if boards:
        from .trello import pull_board

        for board in boards:
            pull_board(console, file, board, prefer=Prefer(prefer), dry_run=dry_run)


def _returned(source: str, roadmap: Roadmap, edition: str) -> tuple[str, ReturnedOutput]:
    """Return an output with the name that it is told by; `-` is what comes by standard input."""
    if Path(source) != STANDARD_INPUT:
        return source, read_output(source, roadmap, edition)
    name = "<stdin>"
    return name, read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), name, roadmap)


def take(
    console: Console,
    file: Path,
    roadmap: Roadmap,
    outputs: Sequence[tuple[str, ReturnedOutput]],
    *,
    prefer: Prefer = Prefer.NEWEST,
    from_anyone: bool = False,
    dry_run: bool = False,
) -> tuple[CollectedOutput, ...]:
    """Record what came back in outputs, each under the name that a person knows it by, and say what changed.

    Returns what came of each. Raises what `core.progress.collecting.collect` and `core.progress.store.update` raise;
    nothing is then recorded.
    """
    now = datetime.now(timezone.utc).replace(microsecond=0)
    found: list[CollectResult] = []
    names: list[str] = []

    def change(record: ProgressFile) -> ProgressFile:
        found[:] = [collect(record, roadmap, outputs, now=now, prefer=prefer, from_anyone=from_anyone)]
        names[:] = [found[0].record.learner] if found[0].record.learner != record.learner else []
        return found[0].record

    path = progress_path(file)
    if dry_run:
        change(read(path))
    else:
        update(path, change, name=file.name)
    tell(console, roadmap, found[0])
    say = Localized(roadmap.language, now.date())
    for name in names:
        console.say(say.say("now_of", file=path.name, name=printable(name)))
    if dry_run:
        console.say(say["not_written"])
    return found[0].parts


command = click.Command(
    "collect",
    callback=run,
    help=run.__doc__,
    params=[
        click.Argument(["sources"], nargs=-1, callback=words_apart, is_eager=True, required=True, metavar="FILE|URL…"),
        file_option(),
        *prefer_options("What is recorded here counts.", "What came back counts."),
        click.Option(["--from-anyone"], is_flag=True, help="Take ticks of other learners and roadmaps, too."),
        click.Option(["--dry-run"], is_flag=True, help="Only tell what would change."),
    ],
)
