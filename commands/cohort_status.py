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
from ..core.locale.words import Words, words_for
from .cohort_file import cohort_argument, loaded
from .columns import bar_of, cells, padded, shortened
from .console import Console, paint, today
from .outputs import say_written
from .params import json_option
from .status import iso
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
        for line in lines(stands, language):
            console.say(line)


def lines(stands: Report, language: str = "") -> Iterator[str]:
    """Yield what the terminal shows, in a language, by default the first roadmap's."""
    words = words_for(language or next((part.roadmap.language for part in stands.parts), "en"), "cohort")
    yield paint(stands.title, bold=True)
    for part in stands.parts:
        yield ""
        if part.name:
            yield f"{paint(text.plain(part.roadmap.title), bold=True)}"
        rows = [_cells(row, stands, words) for row in part.rows]
        widths = [max(map(cells, column)) for column in zip(*rows, strict=True)] if rows else []
        for row in rows:
            yield " ".join(map(padded, row, widths)).rstrip()
        for standing in part.rows:
            if standing.error:
                yield printable(f"{standing.learner.id}: {standing.error}")
        if part.stuck:
            named = words.locale.list_separator.join(
                f"{one.node.number} {shortened(text.plain(one.node.title), TITLE_WIDTH)} ({one.learners})"
                for one in part.stuck[:_STUCK]
            )
            yield f"{words['stuck']}: {named}"
    yield ""
    yield summary(stands, words)


def _cells(row: Standing, stands: Report, words: Words) -> tuple[str, ...]:
    fraction = row.done / row.total if row.total else 0.0
    last = day_text(row.last, words.language, today=stands.today, weekday=False) if row.last else words["never"]
    following = f"{row.next.number} {text.plain(row.next.title)}" if row.next else words["finished"] if row.done else ""
    name = shortened(printable(row.learner.name), NAME_WIDTH)
    share = f"{bar_of(fraction)} {row.percent:>3} %"
    return name, share, f"{plan_text(row.behind, words)} ", f"{last} ", shortened(following, TITLE_WIDTH)


def plan_text(behind: int | None, words: Words) -> str:
    """Return how a learner stands to their plan."""
    if behind is None:
        return words["no_plan"]
    if not behind:
        return words["on_plan"]
    return words.count("behind" if behind > 0 else "ahead", abs(behind))


def summary(stands: Report, words: Words) -> str:
    """Return the whole in one line."""
    rows = stands.rows
    if not rows:
        return words["empty_cohort"]
    middle = sorted((row.percent for row in rows), reverse=True)[(len(rows) - 1) // 2]
    told = {
        "learners_all": len(rows),
        "finished": sum(1 for row in rows if row.next is None and row.done),
        "behind_only": sum(1 for row in rows if row.behind and row.behind > 0),
        "quiet": sum(1 for row in rows if row.is_quiet(stands.today)),
    }
    parts = [f"{words[key]}: {count}" for key, count in told.items()]
    return " · ".join([*parts, f"{words['half']}: {middle} %"])


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
        click.Option(
            ["--language"], default="", metavar="TAG", help="The page's and the terminal's; by default the roadmap's."
        ),
    ],
)
