"""`roadpress plan`: the calendar, week by week."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.errors import ExitCode, UsageError
from ..core.model import Pace
from ..core.planning.forecast import RequiredPace, demand
from ..core.planning.planner import plan
from ..core.planning.schedule import Schedule, Week, WeekAllocation
from ..core.snapshot import Snapshot
from ..core.snapshot.status import StatusReport, standing
from .columns import bar_of
from .console import paint
from .localized import Localized
from .locating import roadmap_argument
from .params import Day, PaceWord, json_option
from .snapshots import snapshot_of
from .status import iso, plan_data
from .streams import print_json

_SOME_PACE = Pace(7.0)
"""Any pace will do to count what is left, when a date and not a pace is given."""


def run(
    file: Path,
    *,
    start: date | None,
    pace: Pace | None,
    finish_by: date | None,
    optional: bool,
    weeks: int,
    as_json: bool,
) -> int:
    """Tell what to do in which week, and when all of it ends; nothing is written.

    The roadmap's `start` and `pace` are what outputs use; --start and --pace try others. With --finish-by: how many
    hours a week that asks for.
    """
    snapshot = snapshot_of(file)
    given = pace or snapshot.roadmap.pace
    if given is None and finish_by is None:
        raise UsageError(
            "There is no pace to plan with.",
            remedy="Write `pace: 8h/week` into the roadmap, or give --pace 8h/week, or --finish-by a date.",
        )
    asked: RequiredPace | None = None
    if finish_by:
        asked = _demand(snapshot, finish_by, start=start, pace=given, optional=optional)
        if asked is None:
            raise UsageError(f"There is no working day until {finish_by.isoformat()}.", remedy="Give a later date.")
    if given is None and asked is not None:
        given = Pace(max(asked.likely, 1 / 60))
    schedule = plan(
        snapshot.roadmap, snapshot.progress, today=snapshot.today, start=start, pace=given, optional=optional
    )
    assert schedule is not None
    stands = standing(snapshot)
    if as_json:
        print_json(_data(schedule, asked, finish_by, stands))
    else:
        for line in _lines(snapshot, schedule, stands, asked, finish_by, weeks):
            click.echo(line)
    return ExitCode.DONE


def _demand(
    snapshot: Snapshot, finish_by: date, *, start: date | None, pace: Pace | None, optional: bool
) -> RequiredPace | None:
    days = pace or _SOME_PACE
    schedule = plan(
        snapshot.roadmap, snapshot.progress, today=snapshot.today, start=start, pace=days, optional=optional
    )
    return demand(schedule, finish_by) if schedule else None


def _lines(
    snapshot: Snapshot,
    schedule: Schedule,
    stands: StatusReport,
    asked: RequiredPace | None,
    finish_by: date | None,
    weeks: int,
) -> list[str]:
    say = Localized.of(snapshot)
    lines = [paint(text.plain(snapshot.roadmap.title), bold=True)]
    if not schedule.order:
        return [*lines, say.nothing_left(snapshot.total.total)]
    lines += ["", *_calendar(snapshot, schedule, weeks, say)]
    hours, pace = say.hours_between(schedule.hours), say.pace(schedule.pace)
    lines.append(say.say("left_finish", hours=hours, pace=pace, span=say.span(schedule)))
    if asked and finish_by:
        days = say.count("days_left", asked.days)
        lines.append(say.say("finish_by", date=say.day(finish_by), pace=say.a_week(asked.hours_a_week), days=days))
        if asked.hours_a_day > 24:
            lines.append(say.say("too_much", pace=say.say("a_day", hours=say.hours(asked.hours_a_day))))
    if stands.learned and stands.forecast and stands.forecast.finish:
        so_far = say.say("a_week", hours=say.hours(stands.learned.hours_a_week))
        lines.append(say.say("at_pace", pace=so_far, date=say.planned(stands.forecast.finish)))
    lines += say.misses(snapshot, schedule)
    if schedule.critical:
        nodes = snapshot.roadmap.by_id()
        chain = " → ".join(f"{nodes[key].number} {text.plain(nodes[key].title)}" for key in schedule.critical)
        lines.append(say.say("critical", chain=chain))
    if schedule.assumed:
        lines.append(say.assumed(snapshot, schedule.assumed, len(schedule.order)))
    return lines


def _calendar(snapshot: Snapshot, schedule: Schedule, weeks: int, say: Localized) -> list[str]:
    nodes = snapshot.roadmap.by_id()
    lines: list[str] = []
    shown = schedule.weeks[:weeks] if weeks else schedule.weeks
    for week in shown:
        is_now = week.first <= snapshot.today <= week.last
        head = say["this_week"] if is_now else say.week(week.first)
        hours = say.say("progress", done=say.hours(week.hours), total=say.hours(week.capacity))
        lines.append(f"{paint(head, bold=True)}  {bar_of(week.hours / week.capacity, 8)} {hours}")
        for share in week.shares:
            node = nodes[share.id]
            going_on = "" if _ends_in(share, week, schedule) else " …"
            lines.append(
                f"  {node.number:<8} {text.plain(node.title)}  {paint(say.hours(share.hours) + going_on, dim=True)}"
            )
        lines.append("")
    if len(shown) < len(schedule.weeks):
        lines += [say.count("more_weeks", len(schedule.weeks) - len(shown), option="--weeks 0"), ""]
    return lines


def _ends_in(share: WeekAllocation, week: Week, schedule: Schedule) -> bool:
    return schedule.slots[share.id].due <= week.last


def _data(
    schedule: Schedule, asked: RequiredPace | None, finish_by: date | None, stands: StatusReport
) -> dict[str, Any]:
    return {
        **plan_data(schedule),
        "order": list(schedule.order),
        "weeks": [
            {
                "first": iso(week.first),
                "hours": round(week.hours, 2),
                "capacity": round(week.capacity, 2),
                "shares": [{"id": share.id, "hours": round(share.hours, 2)} for share in week.shares],
            }
            for week in schedule.weeks
        ],
        "nodes": {
            key: {
                "start": iso(slot.start),
                "due": iso(slot.due),
                "early_finish": iso(slot.early_finish),
                "late_finish": iso(slot.late_finish),
                "slack": slot.slack,
                "critical": slot.critical,
            }
            for key, slot in schedule.slots.items()
        },
        "finish_by": None
        if asked is None
        else {
            "date": iso(finish_by),
            "working_days": asked.days,
            "hours_a_week": {"low": round(asked.hours_a_week.low, 2), "high": round(asked.hours_a_week.high, 2)},
        },
        "forecast": None if stands.forecast is None else plan_data(stands.forecast),
    }


command = click.Command(
    "plan",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(),
        click.Option(["--start"], type=Day(), metavar="DATE", help="The first day, instead of the roadmap's."),
        click.Option(["--pace"], type=PaceWord(), metavar="PACE", help="As in a roadmap: 8h/week, 90m/day."),
        click.Option(["--finish-by"], type=Day(), metavar="DATE", help="How many hours a week does this date ask for?"),
        click.Option(["--optional"], is_flag=True, help="Plan what is optional, too."),
        click.Option(
            ["--weeks"],
            type=click.IntRange(min=0),
            default=8,
            show_default=True,
            help="How many weeks to show; 0 for all.",
        ),
        json_option(),
    ],
)
