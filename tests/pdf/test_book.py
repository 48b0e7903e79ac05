"""One book for many learners: the same bytes as a book of their own, whoever came before."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from books import TODAY, text_of
from drafts import roadmaps
from hypothesis import given, settings
from hypothesis import strategies as st
from roadmaps import roadmap

from roadpress.core.model import Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import pdf
from roadpress.exporters.pdf import Options, book
from roadpress.importers.common.yaml_writer import yaml_text

NAMES = ("", "Ada Lovelace", "Zoë Ångström", "李雷", "ليلى", "X", "\u0301 (\\) ✅", "\U000e0001")
OPTIONS = (
    Options(),
    Options(cover=False),
    Options(two_up=True),
    Options(landscape=True, theme="dark"),
    Options(toc=False, notes=False),
    Options(form=False, ink_saver=True, paper="a6"),
)


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


def alone(snapshot: Snapshot, options: Options) -> bytes:
    """Return a learner's book that shares nothing with another: its roadmap's sections are of its own."""
    own = replace(snapshot.roadmap, sections=(*snapshot.roadmap.sections,))
    return pdf.export(replace(snapshot, roadmap=own), options).files[0].data


@settings(max_examples=25, deadline=None)
@given(roadmaps(), st.integers(0, 2**32), st.sampled_from(OPTIONS))
def test_a_learner_s_book_is_the_same_whoever_came_before(draft, seed: int, options: Options) -> None:
    found = replace(load_bytes(yaml_text(draft).encode(), "roadmap.yaml"), exports={})
    chance = random.Random(seed)
    everybody = learners(found, chance)
    expected = {id(one): alone(one, options) for one in everybody}
    for _ in range(2):
        for one in chance.sample(everybody, len(everybody)):
            assert pdf.export(one, options).files[0].data == expected[id(one)]


def test_another_day_another_title_and_other_tags_are_another_book() -> None:
    found = roadmap(
        "- title: A\n  topics: [{title: B, items: [{title: C, due: 2026-12-01, tags: [t]}]}]", "tags: {t: Old}"
    )
    first = Snapshot.of(found, today=TODAY)
    pdf.export(first, Options())
    later = pdf.export(Snapshot.of(found, today=date(2025, 1, 1)), Options()).files[0].data
    assert "2026" in text_of(later)
    renamed = pdf.export(Snapshot.of(replace(found, title="Another"), today=TODAY), Options()).files[0].data
    assert "Another" in text_of(renamed)
    tags = {"t": found.tags["t"]._replace(title="New")}
    assert "#New" in text_of(pdf.export(Snapshot.of(replace(found, tags=tags), today=TODAY), Options()).files[0].data)


def test_nothing_is_remembered_of_a_large_roadmap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_LARGE", 2)
    found = roadmap("- title: A\n  topics: [{title: B, hours: 3, items: [C, {title: ليلى}]}]")
    for one in learners(found, random.Random(3)):
        before = list(book._books)
        assert pdf.export(one, Options()).files[0].data == alone(one, Options())
        assert list(book._books) == before
