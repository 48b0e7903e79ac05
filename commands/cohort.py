"""`roadpress cohort`: one roadmap and many learners."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import ExitCode, UndecidedError, UsageError, printable
from ..core.files import write_file
from .cohort_file import DEFAULT_FILE, cohort_argument, loaded
from .console import Console, today
from .outputs import FOLDER
from .params import json_option, prefer_options
from .streams import print_data, print_json
from .tick_report import tell_doubts

if TYPE_CHECKING:
    from ..cohort.collecting import Taken


@click.pass_context
def new(ctx: click.Context, roster: Path, output: Path, roadmap: str, title: str) -> None:
    """Make a cohort.yaml of a class list, a CSV file with a column of names."""
    from ..cohort.loading import load_cohort
    from ..cohort.starter import cohort_text

    console: Console = ctx.obj
    if output.exists():
        raise UndecidedError(f"{output} is there already.", remedy="Name another file: `-o other.yaml`.")
    text = cohort_text(roster, roadmap=roadmap, title=title)
    write_file(output, text.encode())
    found = load_cohort(output).cohort
    count = len(found.learners)
    console.say(
        f"{output}  {count:,} learner{'s' if count != 1 else ''}; then run: roadpress cohort build"
        f"{'' if str(output) == DEFAULT_FILE else f' {output}'}"
    )


@click.pass_context
def check(ctx: click.Context, file: Path, *, as_json: bool) -> int:
    """Print every problem of a cohort, its roster and its roadmaps with its place, or that there is none."""
    from ..cohort.loading import InvalidCohort

    console: Console = ctx.obj
    try:
        found = loaded(file)
    except InvalidCohort as error:
        if not as_json:
            raise
        print_json([
            {
                "file": part.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
                "hint": problem.hint,
            }
            for part in error.parts
            for problem in part.problems
        ])  # fmt: skip
        return ExitCode.INVALID
    if as_json:
        print_json([])
        return ExitCode.DONE
    learners, roadmaps = len(found.cohort.learners), len(found.sources)
    console.say(
        f"{file}: {learners:,} learner{'s' if learners != 1 else ''}, "
        f"{roadmaps} roadmap{'s' if roadmaps != 1 else ''}, no problems"
    )
    return ExitCode.DONE


@click.pass_context
def build(
    ctx: click.Context,
    file: Path,
    only: tuple[str, ...],
    formats: str,
    jobs: int | None,
    on: str,
    to: str | None,
) -> int:
    """Make each learner's outputs: those that changed since the last time.

    They go to output/COHORT/LEARNER/, a PDF, a checklist and a calendar each. A build that was stopped goes on.
    """
    from ..cohort.building import Settings, chosen
    from ..cohort.building import build as make
    from ..cohort.manifest import Manifest
    from ..cohort.stores import checked_store

    console: Console = ctx.obj
    found = loaded(file)
    learners = chosen(found.cohort, only)
    store = checked_store(to) if to else str(FOLDER / found.cohort.stem)
    settings = Settings(store, today(), _formats(formats), on, jobs)
    names = {learner.id: learner for learner in learners}
    failed = made = 0
    notices: dict[str, list[str]] = {}
    with Manifest(found.cohort.folder / f"{found.cohort.stem}.manifest.sqlite", store) as manifest:
        progress = _Bar(console)
        for outcome in make(found, learners, settings, manifest, progress.begin):
            progress.step()
            if outcome.error:
                failed += 1
                progress.tell(printable(f"{outcome.learner}: {outcome.error}"))
            else:
                made += 1
            for notice in outcome.notices:
                notices.setdefault(notice, []).append(outcome.learner)
        progress.end()
    for notice, whose in notices.items():
        console.notice(f"{_whose(whose, len(names))}: {notice}")
    same = len(learners) - made - failed
    counted = ((made, "made"), (same, "as they were"), (failed, "failed"))
    parts = [f"{count:,} {what}" for count, what in counted if count] or ["there is nobody to make anything for"]
    console.say(f"{store}  {', '.join(parts)}")
    return ExitCode.FAILED if failed else ExitCode.DONE


def _whose(ids: list[str], of: int) -> str:
    if len(ids) == of and of > 1:
        return "all"
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3:,} more" if len(ids) > 3 else "")


def _formats(words: str) -> tuple[str, ...]:
    from ..exporters.registry import load_exporter

    names = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    for name in names:
        load_exporter(name)
    if "trello" in names:
        remedy = "Run `roadpress cohort trello push`, or let everybody run `roadpress trello push`."
        raise UsageError("A board is no file.", remedy=remedy)
    if not names:
        raise UsageError("--format names nothing.", remedy="Name outputs: `--format pdf,checklist`.")
    return names


class _Bar:
    """A bar with the rate and the time left, on a terminal; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self._shown = not console.quiet and sys.stderr.isatty()
        self._bar: Any = None

    def begin(self, count: int) -> None:
        if self._shown and count:
            self._bar = click.progressbar(
                length=count, label="Building", show_eta=True, show_pos=True, item_show_func=self._rate, file=sys.stderr
            )
            self._bar.__enter__()

    def _rate(self, _: object) -> str | None:
        spent = self._bar.avg if self._bar else 0
        return f"{1 / spent:,.0f} a second" if spent else None

    def step(self) -> None:
        if self._bar:
            self._bar.update(1, "")

    def tell(self, line: str) -> None:
        if self._bar:
            click.echo(err=True)
        click.echo(line, err=True)

    def end(self) -> None:
        if self._bar:
            self._bar.__exit__(None, None, None)


@click.pass_context
def collect(
    ctx: click.Context,
    sources: tuple[str, ...],
    file: Path,
    prefer: str,
    whose: str | None,
    *,
    dry_run: bool,
) -> int:
    """Bring ticks back from folders of filled PDFs, saved pages, links and Markdown, under whatever names.

    Each goes to its learner by what it carries; what fits nobody is named, and left where it is. What came twice
    changes nothing.
    """
    from ..cohort.building import chosen
    from ..cohort.collecting import Arrival, arrivals, items, take
    from ..core.progress.three_way import Prefer

    console: Console = ctx.obj
    found = loaded(file)
    given = chosen(found.cohort, [whose])[0] if whose else None
    came: dict[str, list[Arrival]] = {}
    left: list[tuple[str, str]] = []
    strays = 0
    for arrival in arrivals(found, list(items(sources)), given):
        if arrival.learner:
            came.setdefault(arrival.learner.id, []).append(arrival)
        else:
            left.append((arrival.item.label, arrival.why))
            strays += arrival.ours
    now = datetime.now(timezone.utc).replace(microsecond=0)
    learners = {learner.id: learner for learner in found.cohort.learners}
    for id_ in sorted(came):
        taken = take(
            found,
            learners[id_],
            came[id_],
            now=now,
            prefer=Prefer(prefer),
            from_anyone=given is not None,
            dry_run=dry_run,
        )
        left += ((item.label, why) for item, why in taken.left)
        strays += len(taken.left)
        _tell_taken(console, taken)
    for label, why in left:
        console.notice(printable(f"{label} was left: {why}"))
    if dry_run:
        console.say("Nothing was written.")
    return ExitCode.UNDECIDED if strays else ExitCode.DONE


def _tell_taken(console: Console, taken: Taken) -> None:
    count = sum(len(part.merge.changes) for part in taken.parts)
    things = len(taken.parts)
    what = f"{count} change{'s' if count != 1 else ''}" if count else "nothing new"
    console.say(f"{taken.learner.id}  {things} file{'s' if things != 1 else ''}, {what}")
    for part in taken.parts:
        tell_doubts(console, taken.roadmap, part)


def schema() -> None:
    """Print the JSON Schema of cohort.yaml, for editors and validators."""
    from ..cohort.format import schema_text

    print_data(schema_text())


class _Group(click.Group):
    """The group; `status` and `trello` stand in modules of their own, which are read when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order people need them."""
        return ["new", "check", "build", "collect", "status", "trello", "schema"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name == "status":
            from .cohort_status import command as status

            return status
        if cmd_name == "trello":
            from .cohort_trello import command as trello

            return trello
        return super().get_command(ctx, cmd_name)


def _group() -> click.Group:
    group = _Group("cohort", help="One roadmap, many learners: outputs, dates and progress for each.")
    path = click.Path(path_type=Path, dir_okay=False)
    group.add_command(
        click.Command(
            "new",
            callback=new,
            help=new.__doc__,
            params=[
                click.Argument(["roster"], type=path, metavar="ROSTER.csv"),
                click.Option(
                    ["-o", "--output"], type=path, default=DEFAULT_FILE, show_default=True, help="Write here."
                ),
                click.Option(["--roadmap"], default="roadmap.yaml", show_default=True, help="The roadmap's file."),
                click.Option(["--title"], default="", help="What the cohort is called; by default as the class list."),
            ],
        )
    )
    group.add_command(
        click.Command(
            "check",
            callback=check,
            help=check.__doc__,
            params=[cohort_argument(), json_option("As a JSON list, for other programs.")],
        )
    )
    group.add_command(
        click.Command(
            "build",
            callback=build,
            help=build.__doc__,
            params=[
                cohort_argument(),
                click.Option(["--only"], multiple=True, metavar="LEARNER", help="Only this learner; repeatable."),
                click.Option(
                    ["--format", "formats"],
                    default="pdf,checklist,ics",
                    show_default=True,
                    metavar="NAMES",
                    help="Which outputs, with commas between them.",
                ),
                click.Option(["--jobs"], type=click.IntRange(min=1), help="Processes at work; by default one a core."),
                click.Option(["--on"], default="", metavar="URL", help="Where the work is done: `dask://host:8786`."),
                click.Option(["--to"], metavar="URL", help="Where outputs go: a folder, `s3://bucket/place` …"),
            ],
        )
    )
    group.add_command(
        click.Command(
            "collect",
            callback=collect,
            help=collect.__doc__,
            params=[
                click.Argument(["sources"], nargs=-1, required=True, metavar="INBOX…"),
                click.Option(["-f", "--file"], type=path, default=DEFAULT_FILE, show_default=True, help="The cohort."),
                *prefer_options("What is recorded here counts.", "What came back counts."),
                click.Option(["--for", "whose"], metavar="LEARNER", help="All of it is of this learner."),
                click.Option(["--dry-run"], is_flag=True, help="Only tell what would change."),
            ],
        )
    )
    group.add_command(click.Command("schema", callback=schema, help=schema.__doc__))
    return group


command = _group()
