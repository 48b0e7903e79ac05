"""`roadpress next`: what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ..core import text
from ..core.locale.dates import day_text, planned_text
from ..core.model import Hours
from ..core.snapshot import Snapshot
from ..core.snapshot.next_steps import NextStep, NextSteps, upcoming
from .console import paint
from .locating import roadmap_argument
from .params import json_option
from .snapshots import snapshot_of
from .status import hours_text, iso, nothing_yet, range_text, shortened
from .streams import print_json

DEFAULT_COUNT = 10
PARENT_WIDTH = 32


def run(file: Path, *, count: int, as_json: bool) -> None:
    """Tell what to do now: today's share of the plan, what is due, and what can be started.

    Something can be started when everything it `needs`, or a parent of it needs, is done or skipped.
    """
    snapshot = snapshot_of(file)
    found = upcoming(snapshot)
    if not as_json and not snapshot.roadmap.sections:
        click.echo(nothing_yet(file))
        return
    if as_json:
        print_json(_data(snapshot, found))
        return
    for line in _lines(snapshot, found, count):
        click.echo(line)


def _lines(snapshot: Snapshot, found: NextSteps, count: int) -> list[str]:
    lines: list[str] = []
    if found.today:
        total = hours_text(sum(step.today for step in found.today))
        lines += _block(f"Today ({total})", found.today, snapshot, share=True)
    if found.due:
        lines += _block("Due", found.due, snapshot)
    shown = [step for step in found.ready if step not in found.today and step not in found.due][:count]
    if shown:
        lines += _block("Then" if found.today else "Next", shown, snapshot)
    verb = "waits" if found.blocked == 1 else "wait"
    waiting = f"{found.blocked} {verb} for something else." if found.blocked else ""
    if not lines:
        counts = snapshot.total
        return ["Everything is done." if counts.done == counts.total else f"Nothing can be started. {waiting}".strip()]
    return [*lines, *([waiting] if waiting else [])]


def _block(head: str, steps: Sequence[NextStep], snapshot: Snapshot, *, share: bool = False) -> list[str]:
    lines = [paint(head, bold=True)]
    for step in steps:
        title = text.plain(step.leaf.title)
        above = f"{shortened(text.plain(step.path[-1].title), PARENT_WIDTH)} · " if step.path else ""
        facts = [range_text(Hours(step.today, step.today) if share else step.hours)]
        if step.due and (step.fixed or not share):
            late = step.is_overdue(snapshot.today)
            day = (day_text if step.fixed else planned_text)(step.due, today=snapshot.today)
            facts.append(paint(f"was due {day}", fg="red") if late else f"{'due' if step.fixed else 'by'} {day}")
        if step.leaf.optional:
            facts.append("optional")
        if step.waits_for:
            facts.append("needs " + ", ".join(f"{node.number} {text.plain(node.title)}" for node in step.waits_for))
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
