"""`roadpress next`: what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.snapshot import Snapshot
from ..core.snapshot.next_steps import NextStep, NextSteps, upcoming
from .columns import shortened
from .console import paint
from .localized import Localized
from .locating import roadmap_argument
from .params import json_option
from .snapshots import snapshot_of
from .status import iso
from .streams import print_json

DEFAULT_COUNT = 10
PARENT_WIDTH = 32


def run(file: Path, *, count: int, as_json: bool) -> None:
    """Tell what to do now: today's share of the plan, what is due, and what can be started.

    Something can be started when everything it `needs`, or a parent of it needs, is done or skipped.
    """
    snapshot = snapshot_of(file)
    found = upcoming(snapshot)
    if as_json:
        print_json(_data(snapshot, found))
        return
    say = Localized.of(snapshot)
    if not snapshot.roadmap.sections:
        click.echo(say.nothing_yet(file))
        return
    for line in _lines(snapshot, found, count, say):
        click.echo(line)


def _lines(snapshot: Snapshot, found: NextSteps, count: int, say: Localized) -> list[str]:
    lines: list[str] = []
    if found.today:
        total = say.hours(sum(step.today for step in found.today))
        lines += _block(say.say("today_hours", hours=total), found.today, snapshot, say, share=True)
    if found.due:
        lines += _block(say["due_head"], found.due, snapshot, say)
    shown = [step for step in found.ready if step not in found.today and step not in found.due][:count]
    if shown:
        lines += _block(say["then" if found.today else "next_head"], shown, snapshot, say)
    waiting = say.count("waiting", found.blocked) if found.blocked else ""
    if not lines:
        counts = snapshot.total
        return [say["all_done"] if counts.done == counts.total else f"{say['none_ready']} {waiting}".strip()]
    return [*lines, *([waiting] if waiting else [])]


def _block(
    head: str, steps: Sequence[NextStep], snapshot: Snapshot, say: Localized, *, share: bool = False
) -> list[str]:
    lines = [paint(head, bold=True)]
    for step in steps:
        title = text.plain(step.leaf.title)
        above = f"{shortened(text.plain(step.path[-1].title), PARENT_WIDTH)} · " if step.path else ""
        facts = [say.hours(step.today) if share else say.hours_between(step.hours)]
        if step.due and (step.fixed or not share):
            day = say.day(step.due) if step.fixed else say.planned(step.due)
            is_late = step.is_overdue(snapshot.today)
            facts.append(
                paint(say.say("was_due", date=day), fg="red")
                if is_late
                else say.say("due" if step.fixed else "by", date=day)
            )
        if step.leaf.optional:
            facts.append(say["optional"])
        if step.waits_for:
            named = say.listed([f"{node.number} {text.plain(node.title)}" for node in step.waits_for])
            facts.append(f"{say['needs']} {named}")
        lines.append(f"  {step.leaf.number} {title}  {paint(above, dim=True)}{' · '.join(facts)}")
    return [*lines, ""]


def _data(snapshot: Snapshot, found: NextSteps) -> dict[str, Any]:
    return {
        "today": snapshot.today.isoformat(),
        "share": [_step(step) for step in found.today],
        "due": [_step(step) for step in found.due],
        "ready": [_step(step) for step in found.ready],
        "blocked": found.blocked,
    }


def _step(step: NextStep) -> dict[str, Any]:
    return {
        "id": step.leaf.id,
        "number": step.leaf.number,
        "title": text.plain(step.leaf.title),
        "path": [text.plain(node.title) for node in step.path],
        "hours": {"low": round(step.hours.low, 2), "high": round(step.hours.high, 2)},
        "today": round(step.today, 2),
        "due": iso(step.due),
        "fixed": step.fixed,
        "needs": [node.id for node in step.waits_for],
    }


command = click.Command(
    "next",
    callback=run,
    help=run.__doc__,
    params=[
        roadmap_argument(),
        click.Option(
            ["-n", "--count"],
            type=click.IntRange(min=0),
            default=DEFAULT_COUNT,
            show_default=True,
            help="How many to show of what can be started.",
        ),
        json_option(),
    ],
)
