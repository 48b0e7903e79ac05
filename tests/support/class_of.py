"""A class of any size with its progress, for benchmarks and pictures: the same each time."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from roadpress.core.identity.outline import outline_of
from roadpress.core.identity.outline_text import outline_lines
from roadpress.core.progress.model import Tick
from roadpress.core.progress.store import ProgressFile, RecordedTick, render
from roadpress.core.roadmap_file.loading import load
from roadpress.core.text import plain

FIRST = "Ada Grace Alan Edsger Barbara Katherine Donald Margaret Tim Radia Ken Frances Niklaus Sophie Leslie".split()  # noqa: SIM905
LAST = "Lovelace Hopper Turing Dijkstra Liskov Johnson Knuth Hamilton Lee Perlman Thompson Allen Wirth Wilson Lamport"


def write(folder: Path, count: int, today: date, *, plan: bool = True) -> Path:
    """Write a cohort of the folder's roadmap.yaml, and what each has done by a day; return its path."""
    leaves = list(load(folder / "roadmap.yaml").leaves())
    outline = "\n".join(outline_lines(outline_of(load(folder / "roadmap.yaml"))))
    chance = random.Random(1)
    last = LAST.split()
    (folder / "progress").mkdir(exist_ok=True)
    lines = []
    for n in range(count):
        name = f"{FIRST[n % 15]} {last[(n // 15 + n * 7) % 15]}" + (f" {n // 225 + 1}" if n >= 225 else "")
        start = today - timedelta(days=7 * chance.randrange(9, 14))
        learner = {"id": f"learner-{n + 1}", "name": name}
        if plan:
            learner |= {"start": start.isoformat(), "pace": f"{chance.choice((3, 4, 6))}h/week"}
        lines.append(f"  - {json.dumps(learner)}\n")
        done = leaves[: round(len(leaves) * min(1.0, max(0.0, chance.gauss(0.5, 0.22))))]
        pace = chance.uniform(0.6, 1.6)
        days = [min(start + timedelta(days=int(at * pace)), today - timedelta(days=1)) for at in range(len(done))]
        ticks = {leaf.id: RecordedTick(_tick(day), plain(leaf.title)) for leaf, day in zip(done, days, strict=True)}
        if ticks:
            data = render(ProgressFile(ticks, {}, outline, learner=name), name="the roadmap")
            (folder / "progress" / f"learner-{n + 1}.progress.yaml").write_bytes(data)
    path = folder / "cohort.yaml"
    path.write_text(f"roadpress-cohort: 1\ntitle: Autumn 2026\nroadmap: roadmap.yaml\nlearners:\n{''.join(lines)}")
    return path


def _tick(day: date) -> Tick:
    return Tick(on=day, source="checklist", at=datetime(day.year, day.month, day.day, 10, tzinfo=timezone.utc))
