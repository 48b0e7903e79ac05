"""What roadpress writes comes back: JSON whole, CSV and Mermaid with what their notices do not name."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from drafts import facts, roadmaps
from hypothesis import HealthCheck, example, given, settings
from roadmaps import TITLES, trees

from roadpress.core.errors import RoadpressError
from roadpress.core.model import Node, Roadmap
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.core.text import plain
from roadpress.exporters import checklist, csv_table, json_, mermaid
from roadpress.exporters.registry import BUILT_IN, load_exporter
from roadpress.importers.common.draft import DraftRoadmap
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

TODAY = date(2027, 1, 4)
SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
RICH = """
roadpress: 1
title: Plan
start: 2027-01-04
pace: 8h/week
tags: {web: {title: The web}}
sections:
- title: "Basics (b*sic_s)"
  icon: "🌱"
  tags: [web]
  topics:
  - title: One
    items:
    - title: Group
      items:
      - {title: "=1+1", hours: 2-3, done: true}
      - {title: "`code` and *more*", summary: "why", notes: "A note â€“ as it is.", links: ["https://example.org/a", "https://example.org/b"]}
    - {title: Two, id: two, due: 2027-02-01, optional: true, kind: question}
  - {title: Three, needs: [two], hours: 90m}
- {title: Alone, id: alone}
- title: Basics (b*sic_s)
  topics: [again]
"""


def exported(exporter, roadmap: Roadmap, **options: object) -> bytes:
    return exporter.export(Snapshot.of(roadmap, today=TODAY), exporter.Options(**options)).files[0].data


def back(data: bytes, name: str) -> Roadmap:
    return load_bytes(yaml_text(read(data, name).roadmap).encode(), "roadmap.yaml")


@SLOW
@given(roadmaps())
@example(DraftRoadmap("#", learner="\xad"))
def test_json_out_and_in_is_the_identity(draft: DraftRoadmap) -> None:
    roadmap = load_bytes(yaml_text(draft).encode(), "roadmap.yaml")
    assert facts(back(exported(json_, roadmap), "x.json")) == facts(roadmap)


def test_the_sample_s_json_is_the_same_file_again(root) -> None:
    text = yaml_text(read(exported(json_, load(root / "roadmap.yaml")), "-").roadmap)
    assert text == (root / "roadmap.yaml").read_text("utf-8")


def test_json_with_ticks_and_without_what_a_hand_took_out() -> None:
    data = json.loads(exported(json_, load_bytes(RICH.encode(), "x")))
    data["sections"][1]["state"] = "done"
    data["sections"][2]["items"][0]["state"] = "skipped"
    del data["sections"][0]["items"][0]["items"][1]
    imported = read(json.dumps(data).encode(), "x.json")
    assert imported.roadmap.sections[1].done == "true"
    assert any("skipped" in notice for notice in imported.account.notices)
    assert any("comes after `two`" in notice for notice in imported.account.notices)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sections": [{"title": "x", "due": "soon"}]}, "changed so that it is no roadmap"),
        ({"sections": [{"title": ""}]}, "changed so that it is no roadmap"),
        ({"sections": "x"}, "no roadmap as `roadpress json` writes it"),
    ],
)
def test_json_that_is_no_longer_sound(change: dict[str, object], words: str) -> None:
    with pytest.raises(RoadpressError, match=words):
        read(json.dumps({"roadpress": 1, "title": "t", **change}).encode(), "x.json")


@SLOW
@given(trees(TITLES))
def test_a_checklist_keeps_the_tree(roadmap: Roadmap) -> None:
    if not all(plain(node.title).strip() for node in roadmap.walk()):
        return
    again = back(exported(checklist, roadmap), "x.html")
    assert [(_seen(node), node.depth) for node in again.walk()] == [
        (_seen(node), node.depth) for node in roadmap.walk()
    ]


@pytest.mark.parametrize("sample", ["", "roadmap.yaml"])
def test_a_checklist_gives_the_same_page_again(root, sample: str) -> None:
    roadmap = load(root / sample) if sample else load_bytes(RICH.encode(), "x")
    page = exported(checklist, roadmap)
    again = back(page, "page.html")
    assert list(map(in_table, again.walk())) == list(map(in_table, roadmap.walk()))
    assert exported(checklist, again) == page


@pytest.mark.parametrize("lazy_from", [0, 1])
def test_a_checklist_comes_back_as_browsers_save_it_and_names_the_way_of_its_ticks(lazy_from: int) -> None:
    roadmap = load_bytes(RICH.encode(), "x")
    page = exported(checklist, roadmap, lazy_from=lazy_from).decode()
    saved = page.replace("<script type=application/json id=data>", '<script type="application/json" id="data">')
    saved = re.sub(r" id=([\d.]+)", r' id="\1"', saved).replace("<input type=checkbox>", '<input type="checkbox">')
    imported = read(saved.encode(), "Plan.html")
    again = load_bytes(yaml_text(imported.roadmap).encode(), "x")
    assert list(map(in_table, again.walk())) == list(map(in_table, roadmap.walk()))
    assert "roadpress collect" in " ".join(imported.account.notices)


@pytest.mark.parametrize(
    "change", [("<li id=1.1.1.1>", "<li>"), ('"depth":"', '"depth":"1'), ('"depth":"', '"other":"')]
)
def test_a_checklist_that_a_hand_changed_is_refused(change: tuple[str, str]) -> None:
    page = exported(checklist, load_bytes(RICH.encode(), "x")).decode().replace(*change)
    with pytest.raises(RoadpressError, match="changed"):
        read(page.encode(), "x.html")


def in_table(node: Node) -> tuple[object, ...]:
    links = [link.url for link in node.links]
    return (plain(node.title), node.icon, node.depth, node.kind, node.hours, node.due, bool(node.done), node.optional, node.needs,
            plain(node.summary), node.notes.strip(), links, node.id)  # fmt: skip


def test_csv_comes_back() -> None:
    roadmap = load_bytes(RICH.encode(), "x")
    again = back(exported(csv_table, roadmap), "plan.csv")
    assert list(map(in_table, again.walk())) == list(map(in_table, roadmap.walk()))
    assert again.title == "Plan"
    assert [(node.title, node.tags) for node in again.walk() if node.tags] == [("Basics (b*sic_s)", ("the-web",))]


@SLOW
@given(trees(TITLES))
def test_csv_keeps_the_tree(roadmap: Roadmap) -> None:
    if not roadmap.sections or not all(plain(node.title).strip() for node in roadmap.walk()):
        return
    again = back(exported(csv_table, roadmap), "x.csv")
    assert [(_seen(node), node.depth) for node in again.walk()] == [
        (_seen(node), node.depth) for node in roadmap.walk()
    ]


def _seen(node: Node) -> str:
    return re.sub(r"\W", "", node.icon + plain(node.title))


def test_todoist_s_template_comes_back() -> None:
    roadmap = load_bytes(RICH.encode(), "x")
    again = back(exported(csv_table, roadmap, layout="todoist"), "plan.csv")
    is_open = [node for node in roadmap.walk() if not node.done]
    assert [(plain(node.title), node.depth) for node in again.walk()] == [
        (plain(node.title), node.depth) for node in is_open
    ]


@pytest.mark.parametrize("fenced", [False, True])
def test_mermaid_comes_back(fenced: bool) -> None:
    roadmap = load_bytes(RICH.encode(), "x")
    data = exported(mermaid, roadmap, depth=9, fenced=fenced)
    again = back(data, "x.md" if fenced else "x.mmd")
    assert [(plain(n.title), n.icon, n.depth, bool(n.done)) for n in again.walk()] == [
        (plain(n.title), n.icon, n.depth, bool(n.done)) for n in roadmap.walk()
    ]
    assert again.title == "Plan"


def test_mermaid_as_people_write_it() -> None:
    text = """---
config: {theme: dark}
---
mindmap
  root((Learn<br/>Rust))
    Basics
    %% a comment
      id1[Owner ship]:::big
      ::icon(fa fa-book)
      ))Bang((
      "`**Bold** text`"
    Later
      {{Traits #35;1}}
"""
    again = back(text.encode(), "x.mmd")
    assert again.title == "Learn Rust"
    assert [node.title for node in again.walk()] == [
        "Basics",
        "Owner ship",
        "Bang",
        "**Bold** text",
        "Later",
        "Traits #1",
    ]


def test_markmap_is_markdown() -> None:
    text = "---\ntitle: Rust\nmarkmap:\n  colorFreezeLevel: 2\n---\n\n## Basics <!-- markmap: fold -->\n\n- Ownership\n- Traits\n"
    again = back(text.encode(), "x.md")
    assert (again.title, [node.title for node in again.walk()]) == ("Rust", ["Basics", "Ownership", "Traits"])


COMES_BACK = {"markdown": {}, "opml": {}, "freemind": {}, "mermaid": {"depth": 9}, "csv": {}, "json": {}}
"""The exporters whose outputs are outlines, with the options under which they leave out least."""


@pytest.mark.parametrize("name", COMES_BACK)
def test_each_outline_comes_back_and_what_it_could_not_carry_is_text_or_told(name: str) -> None:
    roadmap = load_bytes(RICH.encode(), "x")
    exporter = load_exporter(name)
    made = exporter.export(Snapshot.of(roadmap, today=TODAY), exporter.Options(**COMES_BACK[name]))
    again = back(made.files[0].data, f"plan{made.files[0].suffix}")
    assert [(_seen(node), node.depth) for node in again.walk()] == [(_seen(n), n.depth) for n in roadmap.walk()]
    due = [node.due for node in roadmap.walk()] == [node.due for node in again.walk()]
    assert due or made.notices or b"1 Feb" in made.files[0].data or b"2027-02-01" in made.files[0].data


def test_a_drawn_map_is_refused_with_the_way() -> None:
    made = exported(load_exporter("mindmap"), load_bytes(RICH.encode(), "x"), format=("html",))
    with pytest.raises(RoadpressError, match="a page that roadpress drew") as caught:
        read(made, "map.html")
    assert "roadpress checklist" in caught.value.remedy


@pytest.mark.parametrize("name", ["pdf", "card", "ics"])
def test_what_is_no_outline_is_refused_with_the_way(name: str) -> None:
    exporter = load_exporter(name)
    made = exporter.export(Snapshot.of(load_bytes(RICH.encode(), "x"), today=TODAY), exporter.Options())
    with pytest.raises(RoadpressError, match="is a ") as caught:
        back(made.files[0].data, f"plan{made.files[0].suffix}")
    assert caught.value.remedy


def test_no_exporter_of_outlines_is_forgotten() -> None:
    assert set(BUILT_IN) == {*COMES_BACK, "pdf", "card", "ics", "mindmap", "checklist", "trello"}
