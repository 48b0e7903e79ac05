"""Scheduling, and reading a progress file, at growing sizes: one process, CPU seconds, the best of three."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from time import process_time
from typing import Any

from roadpress.core.model import Hours, Node, Pace, Roadmap
from roadpress.core.planning.estimates import estimate
from roadpress.core.planning.planner import plan
from roadpress.core.progress.matching import carry
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.progress.recording import brought_up
from roadpress.core.progress.store import ProgressFile, parse, render

SIZES = (1_000, 10_000, 100_000)
TODAY = date(2027, 1, 4)


def main() -> None:
    """Print seconds and the cost of ten times the nodes: 10 means linear."""
    print("\nPlanning: CPU seconds, and how much more ten times the nodes cost")
    roadmaps = [planned_roadmap(size) for size in SIZES]
    records = [half_done(roadmap) for roadmap in roadmaps]
    files = [render(record) for record in records]
    edited = [replace(roadmap, sections=roadmap.sections[1:]) for roadmap in roadmaps]
    rows: list[tuple[str, Callable[..., Any], list[tuple[Any, ...]]]] = [
        ("estimates", estimate, [(roadmap,) for roadmap in roadmaps]),
        ("the whole plan", scheduled, [(roadmap,) for roadmap in roadmaps]),
        ("progress file, half ticked: write", render, [(record,) for record in records]),
        ("progress file, half ticked: read", parse, [(data, "p") for data in files]),
        ("ticks over an edited roadmap", carry, list(zip(records, edited, strict=True))),
    ]
    for name, function, inputs in rows:
        seconds = [best(function, *values) for values in inputs]
        growth = " → ".join(f"{later / earlier:.1f}×" for earlier, later in pairwise(seconds))
        shown = "  ".join(f"{size:>7,}: {took:6.3f} s" for size, took in zip(SIZES, seconds, strict=True))
        print(f"  {name:34}{shown}  {growth}")


def best(function: Callable[..., Any], *values: Any) -> float:
    """Return the least CPU seconds of three runs."""
    took = []
    for _ in range(3):
        gc.collect()
        start = process_time()
        function(*values)
        took.append(process_time() - start)
    return min(took)


def scheduled(roadmap: Roadmap) -> None:
    """Make the plan."""
    schedule = plan(roadmap, Progress(), today=TODAY)
    assert schedule is not None
    assert schedule.order


def planned_roadmap(size: int) -> Roadmap:
    """Return a roadmap of about so many nodes: ranges of hours on two in three, chains of needs, some fixed dates."""
    return Roadmap("Large", tuple(_section(at) for at in range(size // 1000)), pace=Pace(40, days=(0, 1, 2, 3, 4)))


def _section(at: int) -> Node:
    topics = tuple(_topic(at, topic) for topic in range(20))
    return Node(f"Section {at}", f"s{at}", f"{at + 1}", 1, topics, needs=(f"s{at - 1}",) if at else ())


def _topic(section: int, at: int) -> Node:
    name = f"s{section}/t{at}"
    items = tuple(
        Node(
            f"Item {item}",
            f"{name}/i{item}",
            f"{section + 1}.{at + 1}.{item + 1}",
            3,
            hours=Hours(1, 2) if item % 3 else None,
            due=date(2040, 1, 1) if item == 7 and at == 3 else None,
        )
        for item in range(49)
    )
    needs = (f"s{section}/t{at - 2}",) if at > 1 else ()
    return Node(f"Topic {at}", name, f"{section + 1}.{at + 1}", 2, items, needs=needs)


def half_done(roadmap: Roadmap) -> ProgressFile:
    """Return a record with every second leaf ticked."""
    tick = Tick(State.DONE, TODAY, "cli")
    return brought_up(ProgressFile(), roadmap, {leaf.id: tick for at, leaf in enumerate(roadmap.leaves()) if at % 2})
