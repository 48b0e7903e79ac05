"""Learners of one roadmap, as a cohort's outputs are made of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from books import TODAY

from roadpress.core.model import Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.snapshot import Snapshot

NAMES = ("", "Ada Lovelace", "Zoë Ångström", "李雷", "ليلى", "X", "\u0301 (\\) ✅", "\U000e0001")


def learners(found: Roadmap, chance: random.Random) -> list[Snapshot]:
    """Return how a few learners stand: names, ticks, notes, skipped leaves, what is new, and starts and paces."""
    leaves = list(found.leaves())
    result = []
    for _ in range(4):
        ticks = {
            leaf.id: Tick(chance.choice((State.DONE, State.DONE, State.SKIPPED)), note=chance.choice(("", "", "*so*")))
            for leaf in leaves
            if chance.random() < 0.4
        }
        if chance.random() < 0.5:
            ticks = {id_: tick for id_, tick in ticks.items() if tick.state is State.DONE}
        own = replace(found, start=None, pace=None)
        schedule = None
        if chance.random() < 0.5:
            own = replace(
                found, start=TODAY + timedelta(days=chance.randrange(-9, 9)), pace=Pace(chance.choice((2, 6)))
            )
            schedule = plan(own, Progress(ticks), today=TODAY)
        new = frozenset(leaf.id for leaf in leaves if chance.random() < 0.2)
        since = date(2026, 11, 1) if chance.random() < 0.3 else None
        snapshot = Snapshot(
            own, Progress(ticks), TODAY, schedule, chance.choice(NAMES), since, new if since else frozenset()
        )
        result.append(snapshot)
    return result


def on_its_own(snapshot: Snapshot) -> Snapshot:
    """Return a learner's snapshot whose outputs share nothing with another's: its roadmap's sections are of its own."""
    return replace(snapshot, roadmap=replace(snapshot.roadmap, sections=(*snapshot.roadmap.sections,)))
