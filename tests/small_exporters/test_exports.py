"""OPML, FreeMind, Mermaid, CSV, JSON: well-formed, complete, and whatever a title holds is text."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from roadpress import cli
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.core.text import plain
from roadpress.exporters.registry import load_exporter
from roadpress.importers.collect.markdown import collect_markdown

NAMES = ("markdown", "opml", "freemind", "mermaid", "csv", "json")
HOSTILE = (
    "<script>alert(1)</script>",
    '"]]></x> & &amp; "quoted" \'single\'',
    '=HYPERLINK("http://evil")',
    "@SUM(1)",
    '`code` --> <!-- rp {"id":"x"} -->',
    "- [ ] not a box",
    "# not a heading",
    "مرحبا שלום 机器学习 👩‍🔬",
    "\\\\ back \\ slash \\",
)


def text_of(name: str, roadmap: Roadmap, **options) -> str:
    exporter = load_exporter(name)
    result = exporter.export(Snapshot.of(roadmap, today=date(2027, 1, 4)), exporter.Options(**options))
    return result.files[0].data.decode()


@pytest.fixture(scope="module")
def sample(root) -> Roadmap:
    return load(root / "roadmap.yaml")


@pytest.fixture(scope="module")
def hostile() -> Roadmap:
    lines = "\n".join(f"      - {json.dumps(title, ensure_ascii=False)}" for title in HOSTILE)
    title = json.dumps(HOSTILE[0])
    return load_bytes(
        f"roadpress: 1\ntitle: {title}\nsections:\n  - title: {title}\n    topics:\n{lines}\n".encode(), "x"
    )


def test_opml_is_well_formed_and_whole(sample: Roadmap, hostile: Roadmap) -> None:
    for roadmap in (sample, hostile):
        tree = ET.fromstring(text_of("opml", roadmap))
        found = [outline.get("text") for outline in tree.iter("outline")]
        assert found == [f"{n.icon} {plain(n.title)}" if n.icon else plain(n.title) for n in roadmap.walk()]


def test_freemind_is_well_formed_and_whole(sample: Roadmap, hostile: Roadmap) -> None:
    for roadmap in (sample, hostile):
        tree = ET.fromstring(text_of("freemind", roadmap))
        found = [node.get("TEXT") for node in tree.iter("node")]
        titles = [f"{n.icon} {plain(n.title)}" if n.icon else plain(n.title) for n in roadmap.walk()]
        assert found == [plain(roadmap.title), *titles]
    sides = [node.get("POSITION") for node in ET.fromstring(text_of("freemind", sample)).find("node")]
    assert sides == ["right"] * 4 + ["left"] * 3


def test_mermaid_shows_as_deep_as_told(sample: Roadmap, hostile: Roadmap) -> None:
    exporter = load_exporter("mermaid")
    snapshot = Snapshot.of(sample, today=date(2027, 1, 4))
    whole, shallow = (exporter.export(snapshot, exporter.Options(depth=depth)) for depth in (3, 1))
    assert whole.files[0].data.decode().count("\n") == 2 + sum(1 for _ in sample.walk())
    assert shallow.files[0].data.decode().count("\n") == 2 + 7
    assert not [notice for notice in whole.notices if "`--depth`" in notice]
    assert "`--depth`" in shallow.notices[0]
    for line in text_of("mermaid", hostile).splitlines()[1:]:
        assert line.count('"') == 2, line
    assert text_of("mermaid", sample, fenced=True).startswith("```mermaid\nmindmap\n")


def test_csv_for_notion_has_every_leaf(sample: Roadmap) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv", sample), newline="")))
    assert [row["Id"] for row in rows] == [leaf.id for leaf in sample.leaves()]
    assert rows[0]["Section"] == "✅ Machine Learning Fundamentals (All Roles)"
    assert rows[0]["Tags"].startswith("Frontend, Backend")
    assert {row["Kind"] for row in rows} == {"Task", "Question", "Project"}


def test_csv_never_begins_a_formula(hostile: Roadmap) -> None:
    for layout in ("notion", "todoist"):
        for row in csv.reader(io.StringIO(text_of("csv", hostile, layout=layout), newline="")):
            assert not [cell for cell in row if cell[:1] in ("=", "@")]


def test_csv_for_todoist_has_its_columns_and_levels(sample: Roadmap) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv", sample, layout="todoist"), newline="")))
    assert rows[0]["TYPE"] == "section"
    assert rows[0]["CONTENT"].endswith("(All Roles)")
    assert {row["INDENT"] for row in rows if row["TYPE"] == "task"} == {"1", "2"}


RICH = """
roadpress: 1
title: T
description: About it
author: Ada
tags: {t: {title: Tag}}
sections:
  - title: S
    summary: sum of S
    tags: [t]
    topics:
      - title: One
        id: one
        summary: sum of One
        notes: note of One
        hours: 3
        links: [{title: Named, url: "https://example.org/a"}]
      - {title: Two, needs: [one], due: 2027-02-01, kind: question, optional: true}
"""
LINE = "kinds (1), optional (1), hours (1), fixed dates (1), needs (1), tags (1)"
DETAIL = "summaries (2), notes (1), links (1)"
LEFT_OUT = {
    "json": [],
    "markdown": [],
    "ics": [
        "Entries without a day, which are not in the calendar: 1.",
        "A calendar has no place for the authors: they are left out.",
        "A calendar by topic has no place for tags (1), summaries (1): they are left out.",
    ],
    "mermaid": [
        f"A Mermaid mind map has no place for the authors, the description, {LINE}, {DETAIL}: they are left out."
    ],
    "opml": ["OPML has no place for the authors, the description, titles of links (1): they are left out."],
    "freemind": [
        "A FreeMind map has no place for the authors, the description, titles of links (1): they are left out."
    ],
    "csv": [
        "A table has no place for the authors, the description, titles of links (1): they are left out.",
        "A table of what to tick has no place for summaries (1): they are left out.",
    ],
    "csv --layout todoist": [
        "Todoist's template has no place for the authors, the description: they are left out.",
        "A section of Todoist's template has no place for tags (1), summaries (1): they are left out.",
    ],
}


@pytest.mark.parametrize("words", LEFT_OUT)
def test_what_is_left_out_is_told(words: str) -> None:
    name, _, layout = words.partition(" --layout ")
    exporter = load_exporter(name)
    options = exporter.Options(layout=layout) if layout else exporter.Options()
    snapshot = Snapshot.of(load_bytes(RICH.encode(), "x"), today=date(2027, 1, 4))
    assert [*exporter.export(snapshot, options).notices] == LEFT_OUT[words]


def test_csv_has_summaries() -> None:
    (row, _) = csv.DictReader(io.StringIO(text_of("csv", load_bytes(RICH.encode(), "x")), newline=""))
    assert (row["Summary"], row["Notes"], row["URL"]) == ("sum of One", "note of One", "https://example.org/a")


def test_json_has_everything(sample: Roadmap) -> None:
    data = json.loads(text_of("json", sample))
    stack, found = list(reversed(data["sections"])), []
    while stack:
        node = stack.pop()
        found.append((node["id"], node["number"], node["title"], node["kind"]))
        stack += reversed(node["items"])
    assert found == [(n.id, n.number, n.title, n.kind.value) for n in sample.walk()]
    assert data["progress"]["total"] == sum(1 for _ in sample.leaves())


def test_markdown_shows_titles_as_text(hostile: Roadmap) -> None:
    text = text_of("markdown", hostile, ids=False)
    assert "<script>" not in text.replace("\\<script>", "")
    assert text.count("\n- [ ] ") == len(HOSTILE)


@pytest.mark.parametrize("name", NAMES)
def test_as_a_command(name: str, root, tmp_path, capsys) -> None:
    target = tmp_path / f"out.{name}"
    assert cli.main([name, str(root / "roadmap.yaml"), "-o", str(target)]) == 0, capsys.readouterr().err
    assert target.stat().st_size > 1000


def test_ticks_come_back_from_an_edited_list(sample: Roadmap) -> None:
    leaves = list(sample.leaves())
    lines = text_of("markdown", sample).split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("- [ ]"))
    lines[first] = lines[first].replace("- [ ] Types of ML", "- [X] The kinds of ML")
    lines.append(lines.pop(first))  # moved to the end, and reworded
    lines.append("- [x] Something of my own")
    collected = collect_markdown("\n".join(lines), sample)
    assert [key for key, ticked in collected.ticks.items() if ticked] == [leaves[0].id]
    assert [title for _, title in collected.unmatched] == ["Something of my own"]


def test_ticks_come_back_by_title_without_ids(sample: Roadmap) -> None:
    text = text_of("markdown", sample, ids=False).replace("- [ ] XGBoost", "- [x] XGBoost")
    collected = collect_markdown(text, sample)
    ticked = [key for key, value in collected.ticks.items() if value]
    assert ticked == ["ml-tools-ecosystem/modeling/xgboost"]
    assert len(collected.ticks) == sum(1 for _ in sample.leaves())
