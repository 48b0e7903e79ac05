"""Page and calendar of a learner are the same whoever came before, though they share most of what they are made of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from books import TODAY
from drafts import roadmaps
from hypothesis import given, settings
from hypothesis import strategies as st
from learners import learners, on_its_own
from roadmaps import roadmap

from roadpress.core.progress.model import Progress, Tick
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import checklist, ics, kept
from roadpress.exporters.registry import load_exporter
from roadpress.importers.common.yaml_writer import yaml_text

OPTIONS = (
    ("checklist", checklist.Options()),
    ("checklist", checklist.Options(dates=False, notes=False, key="own")),
    ("checklist", checklist.Options(lazy_from=1)),
    ("ics", ics.Options()),
    ("ics", ics.Options(by="leaf", component="todo", alarm=2)),
    ("ics", ics.Options(by="section", done=False, key="own")),
    ("ics", ics.Options(by="week", fixed=False)),
)


@settings(max_examples=40, deadline=None)
@given(roadmaps(), st.integers(0, 2**32), st.sampled_from(OPTIONS))
def test_an_output_is_the_same_whoever_came_before(draft, seed: int, chosen) -> None:
    name, options = chosen
    export = load_exporter(name).export
    found = replace(load_bytes(yaml_text(draft).encode(), "roadmap.yaml"), exports={})
    chance = random.Random(seed)
    everybody = learners(found, chance)
    expected = {id(one): export(on_its_own(one), options) for one in everybody}
    for _ in range(2):
        for one in chance.sample(everybody, len(everybody)):
            assert export(one, options) == expected[id(one)]


@pytest.mark.parametrize("name", ["checklist", "ics"])
def test_another_day_another_title_and_other_tags_are_another_output(name: str) -> None:
    exporter = load_exporter(name)

    def text(one: Snapshot) -> str:
        return exporter.export(one, exporter.Options()).files[0].data.decode()

    items = "[{title: C, due: 2026-12-01, tags: [t]}, {title: D, needs: [c]}, {title: C2, id: c}]"
    found = roadmap(f"- title: A\n  topics: [{{title: B, items: {items}}}]", "tags: {t: Old}")
    first = text(Snapshot.of(found, today=TODAY))
    assert text(Snapshot.of(found, today=date(2025, 1, 1))) != first
    assert "Another" in text(Snapshot.of(replace(found, title="Another"), today=TODAY))
    tags = {"t": found.tags["t"]._replace(title="Renamed")}
    assert "Renamed" in text(Snapshot.of(replace(found, tags=tags), today=TODAY))
    done = {leaf.id: Tick(on=date(2026, 11, 1)) for leaf in found.leaves()}
    assert text(Snapshot(found, Progress(done), TODAY)) != first
    assert text(Snapshot.of(found, today=TODAY)) == first


def test_little_is_kept_and_nothing_of_a_large_roadmap(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def value_of(one: Snapshot) -> str:
        def make() -> str:
            made.append(one)
            return one.roadmap.title

        return found.of(one, "", make)

    found = kept.KeptOfRoadmaps[str]()
    several = [Snapshot.of(replace(roadmap("- A"), title=str(number)), today=TODAY) for number in range(5)]
    asked = [*several, *several[1:], several[0]]
    assert [value_of(one) for one in asked] == [one.roadmap.title for one in asked]
    assert made == [*several, several[0]]
    monkeypatch.setattr(kept, "LARGE", 0)
    assert value_of(several[1]) == value_of(several[1]) == "1"
    assert len(made) == 8
