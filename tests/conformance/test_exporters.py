"""What every exporter must do, run over the registry: a new one is tested by being registered."""

from __future__ import annotations

import dataclasses
import html
import re
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hostile import ROADMAPS, many

from roadpress.core import text
from roadpress.core.loading import load
from roadpress.core.model import Roadmap
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.contract import Export
from roadpress.exporters.options import from_keywords, specs
from roadpress.exporters.registry import BUILT_IN, load_exporter

TODAY = date(2026, 11, 23)
NAMES = [
    name for name, entry in BUILT_IN.items() if entry.module.startswith("roadpress.exporters.") and name != "trello"
]


def export(name: str, roadmap: Roadmap, **options: object) -> Export:
    exporter = load_exporter(name)
    return exporter.export(Snapshot.of(roadmap, today=TODAY), from_keywords(exporter, name, roadmap, options))


def test_there_are_exporters() -> None:
    assert {"pdf", "mindmap", "checklist"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_summary_and_documented_options(name: str) -> None:
    exporter = load_exporter(name)
    assert 10 < len(exporter.SUMMARY) < 100
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


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes_in_another_process(name: str, root: Path) -> None:
    first = export(name, load(root / "roadmap.yaml"))
    assert first == export(name, load(root / "roadmap.yaml"))
    code = (
        "import sys, hashlib, datetime; from roadpress.core.loading import load; "
        "from roadpress.core.snapshot import Snapshot; from roadpress.exporters.registry import load_exporter; "
        f"e = load_exporter({name!r}); s = Snapshot.of(load({str(root / 'roadmap.yaml')!r}), "
        "today=datetime.date(2026, 11, 23)); "
        "print([hashlib.sha256(f.data).hexdigest() for f in e.export(s, e.Options()).files])"
    )
    import hashlib

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


def shown(name: str, data: bytes) -> str:
    if data.startswith(b"%PDF"):
        import io

        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    decoded = data.decode("utf-8")
    if name == "ics":
        return decoded.replace("\r\n ", "").replace("\\n", " ")  # unfolded
    if name in ("checklist", "mindmap"):
        decoded = re.sub(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", " ", decoded, flags=re.DOTALL)
    return html.unescape(decoded)  # outlines hold their text in attributes


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_roadmap_is_in_it(name: str, root: Path) -> None:
    roadmap = load(root / "roadmap.yaml")
    wanted = words_of(roadmap, summaries=name not in TITLES_ONLY)
    assert len(wanted) > 250
    seen = re.sub(r"-\n|\u00ad", "-", shown(name, export(name, roadmap).files[0].data))
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
