"""`roadpress status`: where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.errors import printable
from ..core.locale.dates import day_text, planned_text
from ..core.model import Hours, Kind, Node
from ..core.planning.estimates import DEFAULT_HOURS
from ..core.planning.schedule import Schedule
from ..core.snapshot import Snapshot
from ..core.snapshot.facts import FactReader
from ..core.snapshot.figures import NO_WORK, rounded
from ..core.snapshot.status import SectionStatus, StatusReport, standing
from .console import paint
from .locating import roadmap_argument
from .params import json_option
from .snapshots import present_at
from .streams import print_json
from .tick_report import MARKS

BAR_WIDTH = 12
TITLE_WIDTH = 38
_SHOWN = 3
_HOURS_AT = 3 + 1 + TITLE_WIDTH + 1 + BAR_WIDTH + 1 + 6 + 12
"""The column in which hours begin."""


def run(file: Path, *, as_json: bool, show_all: bool) -> None:
    """Tell where you stand: each section with its bar, the hours done and left, your pace so far, and when it ends."""
    found = present_at(file)
    snapshot = found.snapshot
    stands = standing(snapshot)
    if as_json:
        data = {**as_data(snapshot, stands), "orphans": list(found.orphans)}
        print_json(data)
        return
    click.echo(paint(text.plain(snapshot.roadmap.title), bold=True))
    if not snapshot.roadmap.sections:
        click.echo(nothing_yet(file))
        return
    if show_all:
        _tree(snapshot)
    click.echo()
    for row in (*stands.rows, stands.total):
        click.echo(_row(row))
    click.echo()
    for line in sentences(snapshot, stands):
        click.echo(line)
    if found.orphans:
        click.echo(orphans_text(found.orphans))


def orphans_text(titles: Sequence[str]) -> str:
    """Return the sentence about ticks that fit no entry."""
    named = ", ".join(repr(printable(title)) for title in titles[:_SHOWN])
    more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
    fit = "tick fits" if len(titles) == 1 else "ticks fit"
    return f"{len(titles)} {fit} no entry: {named}{more}. `roadpress orphans` lists what is known of them."


def nothing_yet(file: Path) -> str:
    """Return what to tell of a roadmap without a section."""
    return f"There is nothing here yet: write `sections` into {file}, or bring some in with `roadpress import`."


def bar_of(fraction: float, width: int = BAR_WIDTH) -> str:
    """Return a bar for 0 to 1; full only for 1, empty only for 0."""
    filled = max(int(min(fraction + 1e-9, 1.0) * width), int(fraction > 0))
    return "█" * filled + "░" * (width - filled)


def hours_text(hours: float) -> str:
    """Return hours in as many digits as an estimate bears; minutes below an hour."""
    if 0 < hours < 0.995:
        return f"{max(1, round(hours * 60))} min"
    return f"{rounded(hours):.1f} h".replace(".0 h", " h") if hours < 20 else f"{hours:,.0f} h"


def range_text(hours: Hours) -> str:
    """Return an estimate in words: `4 h`, `4–8 h`."""
    low, high = hours_text(hours.low), hours_text(hours.high)
    return high if low == high else f"{low.removesuffix(high[high.rindex(' ') :])}–{high}"


def _row(row: SectionStatus) -> str:
    number = row.node.number if row.node else ""
    title = shortened(text.plain(row.node.title) if row.node else "All", TITLE_WIDTH)
    counts = f"{row.counts.done:>4} of {row.counts.total}"
    if not row.counts.total and (row.counts.skipped or row.counts.optional_total):
        counts = "skipped" if row.counts.skipped else "optional"
        return f"{number:>3} {padded(title, TITLE_WIDTH)} {' ' * BAR_WIDTH} {counts}"
    line = f"{number:>3} {padded(title, TITLE_WIDTH)} {bar_of(row.counts.fraction)} {row.counts.percent:>3} % {counts}"
    if row.hours != NO_WORK:
        done, left = (range_text(hours) for hours in row.hours)
        line = f"{line:<{_HOURS_AT}}{done:>10} done {left:>10} left"
    return line if row.node else paint(line, bold=True)


def shortened(words: str, width: int) -> str:
    """Return a text cut to a width in terminal cells."""
    if cells(words) <= width:
        return words
    while cells(words) > width - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def padded(words: str, width: int) -> str:
    """Return a text filled up to a width in terminal cells."""
    return words + " " * max(0, width - cells(words))


def cells(words: str) -> int:
    """Return how many terminal cells a text takes (Unicode Standard Annex 11: wide characters take two)."""
    if words.isascii():
        return len(words)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in words)


def sentences(snapshot: Snapshot, stands: StatusReport) -> list[str]:
    """Return what there is to say below the table, one sentence a line."""
    today = snapshot.today
    lines: list[str] = []
    counts = snapshot.total
    if counts.optional_total:
        lines.append(f"Optional: {counts.optional_done} of {counts.optional_total} done.")
    if counts.skipped:
        lines.append(f"Skipped: {counts.skipped}.")
    if stands.learned:
        since = day_text(stands.learned.since, today=today)
        lines.append(f"Pace so far: {hours_text(stands.learned.hours_a_week)} a week since {since}.")
    schedule = stands.schedule
    if schedule is None:
        if not counts.total or counts.done < counts.total:
            lines.append(
                "There is no plan: give the roadmap a `pace: 8h/week`, or try `roadpress plan --pace 8h/week`."
            )
        return lines
    if schedule.finish is None:
        lines.append("Nothing required is left." if counts.total else "There is nothing to do.")
        return lines
    lines.append(f"Finish at {pace_text(schedule)}: {span_text(schedule, snapshot)}.")
    if stands.forecast and stands.forecast.finish:
        lines.append(f"Finish at your pace so far: {planned_text(stands.forecast.finish, today=today)}.")
    lines += miss_lines(snapshot, schedule)
    if stands.assumed:
        lines.append(assumed_text(snapshot, stands.assumed, len(schedule.order)))
    return lines


def pace_text(schedule: Schedule) -> str:
    """Return a plan's pace in words."""
    pace = schedule.pace
    return f"{hours_text(pace.hours)} a {pace.per}" if pace else "no pace"


def span_text(schedule: Schedule, snapshot: Snapshot) -> str:
    """Return the likely end, and the earliest and latest where they differ."""
    if schedule.finish is None or schedule.earliest_finish is None or schedule.latest_finish is None:
        return "nothing is left"
    likely, *ends = (
        planned_text(day, today=snapshot.today)
        for day in (schedule.finish, schedule.earliest_finish, schedule.latest_finish)
    )
    return likely if ends[0] == ends[1] else f"{likely}; by the estimates between {ends[0]} and {ends[1]}"


def miss_lines(snapshot: Snapshot, schedule: Schedule) -> list[str]:
    """Return a sentence for each node that can't make its fixed date."""
    nodes = snapshot.roadmap.by_id() if schedule.misses else {}
    lines = []
    for miss in schedule.misses:
        node = nodes[miss.id]
        fixed, due = (day_text(day, today=snapshot.today) for day in (miss.fixed, miss.due))
        late = f"{miss.days} day{'s' if miss.days != 1 else ''} late"
        lines.append(f"{node.number} {text.plain(node.title)!r} can't make {fixed}: likely {due}, {late}.")
    return lines


def assumed_text(snapshot: Snapshot, assumed: int, of: int) -> str:
    """Return how many estimates are only assumed, and what."""
    kinds = {leaf.kind for leaf in snapshot.roadmap.leaves()}
    hours = ", ".join(f"{hours_text(DEFAULT_HOURS[kind])} a {kind.value}" for kind in Kind if kind in kinds)
    return f"{assumed} of {of} open entries have no `hours` of their own or above; assumed: {hours}."


def _tree(snapshot: Snapshot) -> None:
    facts = FactReader(snapshot, language="en")
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
