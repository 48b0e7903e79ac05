"""`roadpress status`: where one stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.errors import printable
from ..core.model import Node
from ..core.planning.schedule import Schedule
from ..core.snapshot import Snapshot
from ..core.snapshot.facts import FactReader
from ..core.snapshot.figures import NO_WORK
from ..core.snapshot.status import SectionStatus, StatusReport, standing
from .columns import BAR_WIDTH, bar_of, cells, padded, shortened
from .console import paint
from .localized import Localized
from .locating import roadmap_argument
from .params import json_option
from .snapshots import present_at
from .streams import print_json
from .tick_report import MARKS

TITLE_WIDTH = 38


def run(file: Path, *, as_json: bool, show_all: bool) -> None:
    """Tell where you stand: each section with its bar, the hours done and left, your pace so far, and when it ends."""
    found = present_at(file)
    snapshot = found.snapshot
    stands = standing(snapshot)
    if as_json:
        data = {**as_data(snapshot, stands), "orphans": list(found.orphans)}
        print_json(data)
        return
    say = Localized.of(snapshot)
    click.echo(paint(text.plain(snapshot.roadmap.title), bold=True))
    if not snapshot.roadmap.sections:
        click.echo(say.nothing_yet(file))
        return
    if show_all:
        _tree(snapshot)
    click.echo()
    for line in _table(stands, say):
        click.echo(line)
    click.echo()
    for line in sentences(snapshot, stands, say):
        click.echo(line)
    if found.orphans:
        click.echo(say.orphans(found.orphans))


def _table(stands: StatusReport, say: Localized) -> list[str]:
    """Return a line for each section and for the whole, its figures in columns as wide as what stands in them."""
    rows = (*stands.rows, stands.total)
    figures = [_figures(row, say) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*figures, strict=True)]
    lines = []
    for row, told in zip(rows, figures, strict=True):
        title = shortened(text.plain(row.node.title) if row.node else say["all"], TITLE_WIDTH)
        head = f"{row.node.number if row.node else '':>3} {padded(title, TITLE_WIDTH)}"
        counts = row.counts
        if any(told):
            columns = "  ".join(padded(cell, width, right=True) for cell, width in zip(told, widths, strict=True))
            line = f"{head} {bar_of(counts.fraction)} {columns}".rstrip()
        else:
            line = f"{head} {' ' * BAR_WIDTH} {say['skipped' if counts.skipped else 'optional']}"
        lines.append(line if row.node else paint(line, bold=True))
    return lines


def _figures(row: SectionStatus, say: Localized) -> tuple[str, str, str, str]:
    """Return the share and the count of what is done, the hours done and those left; empty for what is not counted."""
    counts = row.counts
    if not counts.total and (counts.skipped or counts.optional_total):
        return "", "", "", ""
    hours = ("", "")
    if row.hours != NO_WORK:
        done, left = map(say.hours_between, row.hours)
        hours = say.say("hours_done", hours=done), say.say("left", hours=left)
    return f"{counts.percent} %", say.say("progress", done=counts.done, total=counts.total), *hours


def sentences(snapshot: Snapshot, stands: StatusReport, say: Localized) -> list[str]:
    """Return what there is to say below the table, one sentence a line."""
    lines: list[str] = []
    counts = snapshot.total
    if counts.optional_total:
        progress = say.say("progress", done=counts.optional_done, total=counts.optional_total)
        lines.append(say.say("optional_count", progress=progress))
    if counts.skipped:
        lines.append(say.say("skipped_sum", n=counts.skipped))
    if stands.learned:
        pace = say.say("a_week", hours=say.hours(stands.learned.hours_a_week))
        lines.append(say.say("so_far", pace=pace, date=say.day(stands.learned.since)))
    schedule = stands.schedule
    if schedule is None:
        if not counts.total or counts.done < counts.total:
            lines.append(say.say("no_plan", field="pace: 8h/week", command="roadpress plan --pace 8h/week"))
        return lines
    if schedule.finish is None:
        lines.append(say.nothing_left(counts.total))
        return lines
    lines.append(say.say("finish_at", pace=say.pace(schedule.pace), span=say.span(schedule)))
    if stands.forecast and stands.forecast.finish:
        lines.append(say.say("finish_so_far", date=say.planned(stands.forecast.finish)))
    lines += say.misses(snapshot, schedule)
    if stands.assumed:
        lines.append(say.assumed(snapshot, stands.assumed, len(schedule.order)))
    return lines


def _tree(snapshot: Snapshot) -> None:
    facts = FactReader(snapshot)
    for node in snapshot.roadmap.walk():
        indent = "  " * (node.depth - 1)
        days = [fact.text for key in ("due", "planned") if (fact := facts.of(key, node)) and not fact.is_over]
        shown_days = f"  {', '.join(days)}" if days else ""
        click.echo(
            f"{MARKS[snapshot.state(node)]} {indent}{node.number} {text.plain(node.title)}  "
            f"{paint(node.id, dim=True)}{shown_days}"
        )
        if note := facts.of("own_note", node):
            for line in note.text.splitlines():
                click.echo(f"  {indent}  {printable(line)}")


def as_data(snapshot: Snapshot, stands: StatusReport) -> dict[str, Any]:
    """Return all of it as plain values; dates are ISO 8601, hours are numbers."""
    schedule = stands.schedule
    return {
        "title": text.plain(snapshot.roadmap.title),
        "today": snapshot.today.isoformat(),
        "sections": [_row_data(row) for row in stands.rows],
        "total": _row_data(stands.total),
        "pace_so_far": None
        if stands.learned is None
        else {
            "hours_a_week": round(stands.learned.hours_a_week, 2),
            "since": stands.learned.since.isoformat(),
            "hours": round(stands.learned.hours, 2),
        },
        "plan": None if schedule is None else plan_data(schedule),
        "forecast": None if stands.forecast is None else plan_data(stands.forecast),
        "assumed": stands.assumed,
    }


def plan_data(schedule: Schedule) -> dict[str, Any]:
    """Return the ends of a plan as plain values."""
    return {
        "start": iso(schedule.start),
        "finish": iso(schedule.finish),
        "earliest_finish": iso(schedule.earliest_finish),
        "latest_finish": iso(schedule.latest_finish),
        "hours": {"low": schedule.hours.low, "high": schedule.hours.high},
        "pace": None if schedule.pace is None else {"hours": schedule.pace.hours, "per": schedule.pace.per},
        "assumed": schedule.assumed,
        "critical": list(schedule.critical),
        "misses": [
            {"id": miss.id, "fixed": iso(miss.fixed), "due": iso(miss.due), "days": miss.days}
            for miss in schedule.misses
        ],
    }


def iso(day: Any) -> str | None:
    """Return a date in ISO 8601, or None."""
    return day.isoformat() if day else None


def _row_data(row: SectionStatus) -> dict[str, Any]:
    node: Node | None = row.node
    counts = row.counts
    return {
        **({"id": node.id, "number": node.number, "title": text.plain(node.title)} if node else {}),
        "done": counts.done,
        "total": counts.total,
        "percent": counts.percent,
        "optional_done": counts.optional_done,
        "optional_total": counts.optional_total,
        "skipped": counts.skipped,
        "hours_done": round(row.hours.done.likely, 2),
        "hours_left": round(row.hours.left.likely, 2),
        "hours": {
            name: {"low": round(low, 2), "high": round(high, 2)} for name, (low, high) in row.hours._asdict().items()
        },
    }


command = click.Command(
    "status",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(),
        click.Option(["--all", "show_all"], is_flag=True, help="Every entry with its number, id, day and own note."),
        json_option(),
    ],
)
