"""Every field of the model is told by every exporter: shown or carried in its files, or counted in a notice.

By introspection: a field that is new in the model fails here until it is a fact (`core.snapshot.facts`), and an exporter
that drops it without a word fails until it says so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from formats import text_of

from roadpress.core.model import Hours, Kind, Link, LinkKind, Node, Pace, Roadmap, Tag
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot, facts
from roadpress.exporters.contract import Export
from roadpress.exporters.registry import BUILT_IN, load_exporter
from roadpress.exporters.run import run

TODAY = date(2027, 1, 4)
DAY = date(2027, 3, 9)
LEVELS = {"section": "0", "topic": "0.0", "group": "0.0.0", "leaf": "0.0.0.0"}
"""Where the entry stands that a field is given to: the places among the children on the way to it."""


class Form(NamedTuple):
    """An exporter with some of its options."""

    exporter: str
    options: Mapping[str, Any] = MappingProxyType({})

    def __str__(self) -> str:
        return "-".join([self.exporter, *(f"{key}={value}" for key, value in self.options.items())])


# a card shows the whole in figures: no entry's fields have a place on it
FORMS = [
    *(Form(name) for name in BUILT_IN if name not in ("mindmap", "mermaid", "card")),
    Form("mermaid", {"depth": 100}),
    Form("pdf", {"two_up": True}),
    *(Form("mindmap", {"format": (kind,)}) for kind in ("svg", "html", "pdf", "dot")),
    Form("mindmap", {"format": ("svg",), "notes": True}),
    Form("markdown", {"ids": False}),
    Form("csv", {"layout": "todoist"}),
    Form("ics", {"by": "leaf"}),
    Form("ics", {"by": "section", "component": "todo"}),
    Form("opml", {"notes": False}),
    Form("freemind", {"notes": False}),
]

SAMPLES: dict[str, Any] = {
    "icon": "★",
    "summary": "Zusammenfassendes",
    "notes": "Notiertes steht hier.",
    "tags": ("praxis",),
    "links": (Link("https://example.org/lesen", "Lesestoff", LinkKind.PAPER),),
    "hours": Hours(1.5, 2.5),
    "needs": ("erstes",),
    "due": DAY,
    "kind": Kind.MILESTONE,
    "optional": True,
    "done": True,
}
"""A value of each field of a node. A field without one fails."""

ROADMAP_SAMPLES: dict[str, Any] = {
    "description": "Beschreibendes steht hier.",
    "authors": ("Ada Lovelace",),
    "learner": "Grace Hopper",
    "language": "de",
    "tags": {"praxis": Tag("praxis", "Praktisches", "teal")},
    "pace": Pace(3),
}
ROADMAP_STRUCTURE = {"title", "sections", "path", "exports", "start"}
"""What every output is made of, where it was read from, and how outputs are made; `start` only moves a plan."""


def fields_told(fields: Iterable[str]) -> list[str]:
    """Return those of a node's fields that are to be told."""
    return [name for name in fields if name not in facts.STRUCTURE]


def unaccounted(fields: Iterable[str]) -> set[str]:
    """Return those of a node's fields that are neither structure nor told by any fact."""
    return set(fields) - facts.STRUCTURE - {row.field for row in facts.FACTS}


def base(language: str) -> Roadmap:
    text = f"""
roadpress: 1
title: Fahrplan
language: {language}
sections:
  - title: Alpha
    topics:
      - title: Beta
        items:
          - title: Gamma
            items: [Delta, Epsilon]
          - Zeta
      - Eta
  - title: Erstes
    id: erstes
    topics: [Theta]
"""
    return load_bytes(text.encode(), "roadmap.yaml")


def with_field(roadmap: Roadmap, level: str, field: str, value: object) -> Roadmap:
    def changed(nodes: tuple[Node, ...], path: list[int]) -> tuple[Node, ...]:
        at, rest = path[0], path[1:]
        node = nodes[at]
        new = node._replace(children=changed(node.children, rest)) if rest else node._replace(**{field: value})
        return (*nodes[:at], new, *nodes[at + 1 :])

    return dataclasses.replace(roadmap, sections=changed(roadmap.sections, [*map(int, LEVELS[level].split("."))]))


def exported(form: Form, roadmap: Roadmap, progress: Progress | None = None, *, planned: bool = False) -> Export:
    exporter = load_exporter(form.exporter)
    done = progress or Progress.of_author(roadmap)
    schedule = plan(roadmap, done, today=TODAY) if planned else None
    snapshot = Snapshot(roadmap, done, TODAY, schedule, roadmap.learner)
    return run(exporter, form.exporter, snapshot, form.options)


def is_told(form: Form, before: Export, after: Export, key: str) -> bool:
    """Whether a difference is seen in the files, or counted in a notice under the fact's noun."""
    nouns = [fact.noun for fact in facts.FACTS if fact.key == key and fact.noun]
    told = any(noun in notice for notice in after.notices for noun in nouns)
    return told or before.files != after.files


@pytest.mark.parametrize("language", ["de", "ja"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_field_of_a_node_is_shown_or_told(form: Form, level: str, language: str) -> None:
    roadmap = base(language)
    before = exported(form, roadmap)
    silent = []
    for field in fields_told(Node._fields):
        after = exported(form, with_field(roadmap, level, field, SAMPLES[field]))
        if not is_told(form, before, after, field):
            silent.append(field)
    assert silent == []


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_people_read_is_in_the_roadmaps_language(form: Form) -> None:
    """No output says `optional` beside one that says `freiwillig`."""
    if form.exporter in ("json", "csv"):
        return  # for programs: their values are plain, their columns English
    roadmap = base("de")
    for field in ("kind", "optional", "due", "needs"):
        roadmap = with_field(roadmap, "leaf", field, SAMPLES[field])
        roadmap = with_field(roadmap, "topic", field, SAMPLES[field])
    text = " ".join(text_of(file) for file in exported(form, roadmap).files)
    for english in ("optional", "Optional", "Milestone", "milestone", "Comes after", "Due ", "due ", "needs"):
        assert english not in visible(form, text), english


def visible(form: Form, text: str) -> str:
    """Return a text without what only programs read of it."""
    if form.exporter == "markdown":
        return re.sub(r"<!--.*?-->", "", text)
    return text


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_field_of_the_roadmap_is_shown_or_told(form: Form) -> None:
    roadmap = with_field(with_field(base("en"), "leaf", "tags", ("praxis",)), "topic", "optional", value=True)
    fields = {field.name for field in dataclasses.fields(Roadmap)} - ROADMAP_STRUCTURE
    assert fields == ROADMAP_SAMPLES.keys()
    silent = []
    for field, value in ROADMAP_SAMPLES.items():
        after = exported(form, dataclasses.replace(roadmap, **{field: value}), planned=field == "pace")
        before = exported(form, roadmap)
        noun = {"pace": "planned days"}.get(field, field)
        told = any(noun in notice for notice in after.notices)
        if not told and before.files == after.files and not silent_for_a_reason(form, field):
            silent.append(field)
    assert silent == []


def silent_for_a_reason(form: Form, field: str) -> bool:
    """Formats without any word of ours have no language; those for programs have no palette and no plan's days."""
    return field == "language" and form.exporter in ("csv", "opml", "freemind", "mermaid", "json", "ics", "trello")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_field_of_a_link_and_a_tag_is_shown_or_told(form: Form) -> None:
    roadmap = with_field(base("de"), "leaf", "tags", ("praxis",))
    silent = []
    for part, whole in (("title", Link("https://example.org/", "Lesestoff")), ("kind", None)):
        bare = Link("https://example.org/")
        given = whole or bare._replace(kind=LinkKind.PAPER)
        before = exported(form, with_field(roadmap, "leaf", "links", (bare,)))
        after = exported(form, with_field(roadmap, "leaf", "links", (given,)))
        if before.files == after.files and not any("links" in notice for notice in after.notices):
            silent.append(part)
    assert silent == []
    assert {*Link._fields} == {"url", "title", "kind"}
    assert {*Tag._fields} == {"id", "title", "color"}


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("what", ["done", "skipped", "own_note", "planned"])
def test_what_is_known_of_a_leaf_is_shown_or_told(form: Form, what: str) -> None:
    roadmap = dataclasses.replace(base("de"), pace=Pace(3) if what == "planned" else None)
    leaf = next(roadmap.leaves())
    at = datetime(2027, 1, 3, tzinfo=timezone.utc)
    plain_tick = Tick(State.DONE, TODAY, "cli", at=at)
    ticks = {
        "done": plain_tick,
        "skipped": plain_tick._replace(state=State.SKIPPED),
        "own_note": plain_tick._replace(state=State.SKIPPED, note="Selbst Notiertes"),
    }
    before = exported(form, roadmap, Progress({leaf.id: ticks["skipped"]}) if what == "own_note" else None)
    after = exported(form, roadmap, Progress({leaf.id: ticks[what]}) if what in ticks else None, planned=True)
    assert is_told(form, before, after, what)


def test_a_new_field_fails() -> None:
    assert unaccounted(Node._fields) == set()
    assert unaccounted((*Node._fields, "difficulty")) == {"difficulty"}
    assert fields_told(Node._fields) == [name for name in Node._fields if name in SAMPLES]


def test_a_new_fact_is_told_by_every_exporter_that_renders_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row more, and every output shows it or counts it: no exporter is touched."""
    row = facts.FactType("mood", "icon", facts.Place.LINE, "moods", lambda node, _: mood(node))
    monkeypatch.setattr(facts, "FACTS", (*facts.FACTS, row))
    for form in FORMS:
        after = exported(form, with_field(base("de"), "leaf", "icon", "★"))
        shown = any("heiter" in text_of(file) or b"heiter" in file.data for file in after.files)
        assert shown or any("moods" in notice for notice in after.notices), form


def mood(node: Node) -> facts.Fact | None:
    return facts.Fact("mood", (facts.Piece("heiter"),), "{}", "heiter") if node.icon else None
