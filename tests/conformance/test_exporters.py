"""What every exporter must do, run over the registry: a new one is tested by being registered."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from formats import scripts_of, text_of, well_formed
from hostile import ROADMAPS, many
from hypothesis import HealthCheck, given, settings
from roadmaps import TITLES, trees

from roadpress.core import text
from roadpress.core.errors import RoadpressError
from roadpress.core.model import Hours, Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, State, Tick
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.contract import Export
from roadpress.exporters.options import OptionSpec, specs
from roadpress.exporters.registry import BUILT_IN, load_exporter, plug_ins
from roadpress.exporters.run import run

TODAY = date(2026, 11, 23)
NAMES = [*BUILT_IN, *plug_ins()]
PLAIN = ROADMAPS["cjk"]
"""Every roadmap of `ROADMAPS` but the first three has the shape of this one, and other titles."""


def export(name: str, roadmap: Roadmap, **options: object) -> Export:
    exporter = load_exporter(name)
    return run(exporter, name, Snapshot.of(roadmap, today=TODAY), options)


def test_there_are_exporters() -> None:
    assert {"pdf", "mindmap", "checklist", "trello"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_summary_and_documented_options(name: str) -> None:
    exporter = load_exporter(name)
    assert 10 < len(exporter.SUMMARY) < 100
    if name in BUILT_IN:
        assert exporter.SUMMARY.rstrip(".") == BUILT_IN[name].summary.rstrip(".")
    assert dataclasses.is_dataclass(exporter.Options)
    assert exporter.Options.__dataclass_params__.frozen
    exporter.Options()
    for spec in specs(exporter.Options):
        assert len(spec.help) > 5, spec.name
        assert spec.type in (bool, int, float, str, tuple), spec.name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("hostile", ROADMAPS)
def test_it_takes_every_roadmap_writes_no_file_and_asks_no_network(
    name: str, hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an exporter reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    result = export(name, ROADMAPS[hostile])
    assert result.files
    assert all(file.data and file.suffix.startswith(".") for file in result.files)
    assert not list(tmp_path.iterdir())
    for file in result.files:
        well_formed(file)


@pytest.mark.parametrize("name", NAMES)
def test_a_title_never_becomes_markup(name: str) -> None:
    expected = [scripts_of(file) for file in export(name, PLAIN).files]
    for hostile in ("script", "html", "html-label", "quotes", "dollar", "markdown"):
        assert [scripts_of(file) for file in export(name, ROADMAPS[hostile]).files] == expected, hostile


@pytest.mark.parametrize("name", NAMES)
@given(roadmap=trees(TITLES))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_it_takes_any_tree(name: str, roadmap: Roadmap) -> None:
    for file in export(name, roadmap).files:
        well_formed(file)


NO_TEXT = ("---", "[a]: http://b.c", " \\n ", "> ", "```\\n```", "#", "&#32;", "- ", "|a|\\n|-|", "1. ", "\u200b")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("notes", NO_TEXT)
def test_notes_that_show_no_text_are_taken(name: str, notes: str) -> None:
    entry = f'title: a, notes: "{notes}"'
    written = f'roadpress: 1\ntitle: X\ndescription: "{notes}"\nsections: [{{{entry}, topics: [{{{entry}}}]}}]\n'
    roadmap = load_bytes(written.encode(), "roadmap.yaml")
    with_notes = [spec.name for spec in specs(load_exporter(name).Options) if spec.name == "notes"]
    for file in export(name, roadmap, **dict.fromkeys(with_notes, True)).files:
        well_formed(file)


def values_of(spec: OptionSpec) -> list[object]:
    """Return what an option may be: each choice, both ends of a range."""
    if spec.type is bool:
        return [True, False]
    if spec.choices:
        return [(choice,) if spec.type is tuple else choice for choice in spec.choices]
    return [spec.type(end) for end in (spec.minimum, spec.maximum) if end is not None]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_every_option(name: str) -> None:
    roadmap = ROADMAPS["markdown"]
    for spec in specs(load_exporter(name).Options):
        for value in values_of(spec):
            result = export(name, roadmap, **{spec.name: value})
            assert result.files, (spec.name, value)
            for file in result.files:
                well_formed(file)


def pairwise(values: dict[str, list[object]]) -> list[dict[str, object]]:
    """Return few choices of options in which any two values of any two options meet, greedily."""
    names = list(values)
    keys = {name: list(map(repr, values[name])) for name in names}
    open_pairs = {
        (one, left, other, right)
        for one, other in itertools.combinations(names, 2)
        for left, right in itertools.product(range(len(keys[one])), range(len(keys[other])))
    }
    rows = []
    while open_pairs:
        one, left, other, right = min(open_pairs)
        row = {one: left, other: right}
        for name in names:
            if name not in row:
                row[name] = max(range(len(keys[name])), key=lambda at: len(met(row | {name: at}) & open_pairs))
        open_pairs -= met(row)
        rows.append({name: values[name][at] for name, at in row.items()})
    return rows


def met(row: dict[str, int]) -> set[tuple[str, int, str, int]]:
    """Return the pairs that meet in a choice, in both orders."""
    return {(one, left, other, right) for (one, left), (other, right) in itertools.permutations(row.items(), 2)}


@pytest.mark.parametrize("name", NAMES)
def test_any_two_values_of_any_two_options_on_ugly_roadmaps(name: str) -> None:
    values = {spec.name: found for spec in specs(load_exporter(name).Options) if (found := values_of(spec))}
    refused = []
    rows = pairwise({**values, "roadmap": [*ROADMAPS]})
    for row in rows:
        hostile = str(row.pop("roadmap"))
        try:
            files = export(name, ROADMAPS[hostile], **row).files
        except RoadpressError as error:  # options that exclude each other, or ask for too much, said in words
            refused.append(error.message)
            continue
        assert files, (row, hostile)
        for file in files:
            well_formed(file)
    assert len(refused) < len(rows) / 4, refused


@pytest.mark.parametrize("name", NAMES)
def test_ticks_and_a_plan_are_taken(name: str, root: Path) -> None:
    roadmap = load(root / "roadmap.yaml")
    paced = dataclasses.replace(
        roadmap,
        pace=Pace(8),
        sections=tuple(section._replace(hours=Hours(8, 16)) for section in roadmap.sections),
    )
    states = (State.DONE, State.OPEN, State.SKIPPED)
    ticks = {leaf.id: Tick(states[at % 3], TODAY, "cli") for at, leaf in enumerate(paced.leaves()) if at % 3 != 1}
    progress = Progress(ticks)
    snapshot = Snapshot(paced, progress, TODAY, plan(paced, progress, today=TODAY))
    assert snapshot.schedule
    exporter = load_exporter(name)
    for file in exporter.export(snapshot, exporter.Options()).files:
        well_formed(file)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes_in_another_process(name: str, root: Path) -> None:
    first = export(name, load(root / "roadmap.yaml"))
    assert first == export(name, load(root / "roadmap.yaml"))
    code = (
        "import sys, hashlib, datetime; from roadpress.core.roadmap_file.loading import load; "
        "from roadpress.core.snapshot import Snapshot; from roadpress.exporters.registry import load_exporter; "
        f"e = load_exporter({name!r}); s = Snapshot.of(load({str(root / 'roadmap.yaml')!r}), "
        "today=datetime.date(2026, 11, 23)); "
        "print([hashlib.sha256(f.data).hexdigest() for f in e.export(s, e.Options()).files])"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    assert other.stdout.strip() == str([hashlib.sha256(file.data).hexdigest() for file in first.files])


@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_items(name: str) -> None:
    assert export(name, many(1000)).files[0].data


TITLES_ONLY = ("mermaid", "csv")
"""Formats that have no place for a section's summary."""


def words_of(roadmap: Roadmap, *, summaries: bool) -> set[str]:
    parts = []
    for node in roadmap.walk():
        parts += [node.title, node.summary if summaries else ""]
    return {word for part in parts for word in re.findall(r"\w+", text.plain(part))}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "card"])  # a picture of the sections alone
def test_every_word_of_the_roadmap_is_in_it(name: str, root: Path) -> None:
    roadmap = load(root / "roadmap.yaml")
    wanted = words_of(roadmap, summaries=name not in TITLES_ONLY)
    assert len(wanted) > 250
    seen = re.sub(r"-\n|\u00ad", "-", text_of(export(name, roadmap).files[0]))
    assert sorted(wanted - set(re.findall(r"\w+", seen))) == []


def test_listing_and_options_import_nothing_heavy() -> None:
    code = (
        "import sys; from roadpress.exporters.registry import BUILT_IN, load_exporter\n"
        "for name in BUILT_IN: load_exporter(name)\n"
        "print([m for m in ('reportlab', 'pygraphviz', 'graphviz', 'trello', 'requests', 'markdown_it', 'jinja2', "
        "'pypdf', 'uharfbuzz', 'icalendar', 'ruamel', 'fontTools') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_book_imports_nothing_that_it_does_not_use(root: Path, tmp_path: Path) -> None:
    """reportlab's document model brings Pillow, which no book needs, and a Latin one needs no shaper."""
    code = (
        "import sys; from roadpress import cli\n"
        f"cli.main(['-q', 'pdf', {str(root / 'roadmap.yaml')!r}, '-o', {str(tmp_path / 'x.pdf')!r}])\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} | {m for m in sys.modules if m.startswith('reportlab.')}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    known = {
        "yaml",
        "click",
        "reportlab",
        "reportlab.lib",
        "reportlab.lib.units",
        "reportlab.lib.pagesizes",
    }
    assert [name for name in known if f"'{name}'" not in loaded] == []
    foreign = {
        "PIL",
        "pypdf",
        "pypdfium2",
        "uharfbuzz",
        "markdown_it",
        "linkify_it",
        "emoji",
        "budoux",
        "bidi",
        "requests",
        "trello",
    }
    foreign |= {"graphviz", "pygraphviz", "icalendar", "asyncio", "multiprocessing", "http", "email", "zipfile"}
    assert [name for name in foreign if f"'{name}'" in loaded] == []
    assert "reportlab.pdfbase" not in loaded
