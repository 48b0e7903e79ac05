"""`roadpress cohort status`: who is where, on the terminal, as data, and as a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..cohort.standing import Part, Report, Standing, report
from ..core import text
from ..core.errors import UsageError, printable
from ..core.files import write_file
from ..core.locale.dates import day_text
from .cohort_file import cohort_argument, loaded
from .console import Console, paint, today
from .outputs import say_written
from .params import json_option
from .status import bar_of, iso, padded, shortened
from .streams import print_data, print_json

NAME_WIDTH = 24
TITLE_WIDTH = 30
_STUCK = 5


@click.pass_context
def status(ctx: click.Context, file: Path, html: Path | None, language: str, *, as_json: bool, as_csv: bool) -> None:
    """Tell who is where: done, days behind the plan or ahead of it, the last sign of life, and what is next.

    The last sign of life is the last day on which something was ticked, and came back.
    """
    console: Console = ctx.obj
    if sum((as_json, as_csv, html is not None)) > 1:
        raise UsageError("--json, --csv and --html exclude each other.", remedy="Give one of them.")
    found = loaded(file)
    stands = report(found, today=today())
    if html is not None:
        from ..cohort.overview import overview

        write_file(html, overview(stands, language).encode())
        say_written(console, [html])
    elif as_json:
        print_json(as_data(stands))
    elif as_csv:
        print_data(as_table(stands))
    else:
        for line in lines(stands):
            console.say(line)


def lines(stands: Report) -> Iterator[str]:
    """Yield what the terminal shows."""
    yield paint(stands.title, bold=True)
    for part in stands.parts:
        yield ""
        if part.name:
            yield f"{paint(text.plain(part.roadmap.title), bold=True)}"
        width = min(NAME_WIDTH, max((len(row.learner.name) for row in part.rows), default=0))
        for row in part.rows:
            yield _line(row, width, stands)
        for row in part.rows:
            if row.error:
                yield printable(f"{row.learner.id}: {row.error}")
        if part.stuck:
            named = ", ".join(
                f"{one.node.number} {shortened(text.plain(one.node.title), TITLE_WIDTH)} ({one.learners})"
                for one in part.stuck[:_STUCK]
            )
            yield f"Where most are stuck: {named}"
    yield ""
    yield summary(stands)


def _line(row: Standing, width: int, stands: Report) -> str:
    fraction = row.done / row.total if row.total else 0.0
    last = day_text(row.last, today=stands.today, weekday=False) if row.last else "never"
    following = f"{row.next.number} {text.plain(row.next.title)}" if row.next else "finished" if row.done else ""
    return (
        f"{padded(shortened(printable(row.learner.name), width), width)} {bar_of(fraction)} {row.percent:>3} % "
        f"{padded(plan_text(row.behind), 16)} {padded(last, 12)} {shortened(following, TITLE_WIDTH)}"
    ).rstrip()


def plan_text(behind: int | None) -> str:
    """Return how a learner stands to their plan."""
    if behind is None:
        return "no plan"
    if not behind:
        return "on plan"
    days = abs(behind)
    return f"{days} day{'s' if days != 1 else ''} {'behind' if behind > 0 else 'ahead'}"


def summary(stands: Report) -> str:
    """Return the whole in one sentence."""
    rows = stands.rows
    if not rows:
        return "There is nobody in this cohort yet."
    finished = sum(1 for row in rows if row.next is None and row.done)
    late = sum(1 for row in rows if row.behind and row.behind > 0)
    quiet = sum(1 for row in rows if row.is_quiet(stands.today))
    middle = sorted((row.percent for row in rows), reverse=True)[(len(rows) - 1) // 2]
    return (
        f"{len(rows):,} learner{'s' if len(rows) != 1 else ''}: {finished:,} finished, {late:,} behind, "
        f"{quiet:,} silent for a week or longer; half have done {middle} % or more."
    )


def as_data(stands: Report) -> dict[str, Any]:
    """Return all of it as plain values; dates are ISO 8601."""
    return {
        "title": stands.title,
        "today": stands.today.isoformat(),
        "learners": [_row_data(row, part) for part in stands.parts for row in part.rows],
        "roadmaps": [
            {
                "name": part.name,
                "title": text.plain(part.roadmap.title),
                "burn_up": [
                    {"day": point.day.isoformat(), "done": point.done, "planned": point.planned}
                    for point in part.burn_up
                ],
                "stuck": [
                    {"id": one.node.id, "number": one.node.number, "learners": one.learners, "done": one.done}
                    for one in part.stuck
                ],
            }
            for part in stands.parts
        ],
    }


def _row_data(row: Standing, part: Part) -> dict[str, Any]:
    return {
        "id": row.learner.id,
        "name": row.learner.name,
        "email": row.learner.email,
        "roadmap": part.name,
        "start": iso(row.learner.start),
        "done": row.done,
        "total": row.total,
        "percent": row.percent,
        "sections": [
            {"id": section.id, "done": done, "total": total}
            for section, (done, total) in zip(part.roadmap.sections, row.sections, strict=True)
        ],
        "days_behind": row.behind,
        "last": iso(row.last),
        "next": {"id": row.next.id, "number": row.next.number, "title": text.plain(row.next.title)}
        if row.next
        else None,
        "error": row.error,
    }


def as_table(stands: Report) -> str:
    """Return a row a learner as CSV (RFC 4180); no cell is a formula."""
    from ..exporters.csv_table import harmless

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    head = ("Id", "Name", "E-mail", "Roadmap", "Done", "Total", "Percent", "Days behind", "Last", "Next", "Error")
    writer.writerow(head)
    for part in stands.parts:
        for row in part.rows:
            following = f"{row.next.number} {text.plain(row.next.title)}" if row.next else ""
            texts = (row.learner.id, row.learner.name, row.learner.email, part.name)
            numbers = (row.done, row.total, row.percent, "" if row.behind is None else row.behind, iso(row.last) or "")
            writer.writerow([*map(harmless, texts), *numbers, harmless(following), harmless(row.error)])
    return stream.getvalue()


command = click.Command(
    "status",
    callback=status,
    help=status.__doc__,
    params=[
        cohort_argument(),
        json_option(),
        click.Option(["--csv", "as_csv"], is_flag=True, help="As a table, for spreadsheets."),
        click.Option(
            ["--html"],
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="As one page that needs no network: bars, sections, the plan, where many are stuck.",
        ),
        click.Option(["--language"], default="", metavar="TAG", help="The page's; by default the roadmap's."),
    ],
)
