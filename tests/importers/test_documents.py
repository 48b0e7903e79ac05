"""Documents of every shape: each imports, loads, is not garbled, and every word of it is accounted for."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from accounting import unaccounted

from roadpress import cli
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.registry import BUILT_IN, load_exporter
from roadpress.importers.common.decoding import repair
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

HERE = Path(__file__).parent.parent / "data" / "documents"
"""A small document of our own for each shape that public roadmaps have."""
OUTSIDE = Path(os.environ.get("ROADPRESS_CORPUS", HERE.parents[3] / "shared" / "corpus"))
"""Public documents themselves, which are no part of the project: any folder of Markdown; it may be missing."""
OURS = sorted(HERE.glob("*.md"))
DOCUMENTS = [pytest.param(path, id=path.stem) for path in (*OURS, *sorted(OUTSIDE.glob("*.md")))]
of_each_document = pytest.mark.parametrize("path", DOCUMENTS)
GARBLED = re.compile(r"‚Ä|‚úÖ|Ã[©¨¶¼]|â€|ðŸ|\ufffd|[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def test_our_own_documents_are_here() -> None:
    assert len(OURS) > 20


@of_each_document
def test_it_imports_and_loads_and_is_not_garbled(path: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["import", str(path)]) == 0, capsys.readouterr().err
    assert not GARBLED.search(Path("roadmap.yaml").read_text("utf-8"))
    assert sum(1 for _ in load("roadmap.yaml").leaves()) >= 7


@of_each_document
def test_the_result_builds(path: Path) -> None:
    data = read(path.read_bytes(), path.name)
    snapshot = Snapshot.of(load_bytes(yaml_text(data.roadmap).encode(), "roadmap.yaml"), today=date(2027, 1, 4))
    built = [entry for entry in BUILT_IN if BUILT_IN[entry].in_build]
    assert built
    for entry in built:
        exporter = load_exporter(entry)
        result = exporter.export(snapshot, exporter.Options())
        assert all(len(file.data) > 1000 for file in result.files), entry


@of_each_document
def test_every_word_is_in_the_roadmap_or_on_the_list(path: Path) -> None:
    data = path.read_bytes()
    assert not unaccounted(repair(data).text, read(data, path.name)), path.stem


@of_each_document
def test_the_same_bytes_each_time(path: Path) -> None:
    data = path.read_bytes()
    first, second = (yaml_text(read(data, path.name).roadmap) for _ in range(2))
    assert first == second


def draft_of(name: str) -> Any:
    return read((HERE / f"{name}.md").read_bytes(), f"{name}.md").roadmap


def test_hours_and_needs_of_a_curriculum_table() -> None:
    roadmap = load_bytes(yaml_text(draft_of("curriculum_with_needs")).encode(), "roadmap.yaml")
    by_title = {node.title: node for node in roadmap.walk()}
    escapements = by_title["Escapements"]
    assert escapements.hours == (104, 130)
    assert escapements.needs == (by_title["Wheels and Pinions"].id,)
    assert sum(1 for node in roadmap.leaves() if node.hours) == 7


def test_the_shape_of_chat_answers() -> None:
    roadmap = draft_of("chat_answer_bread")
    assert roadmap.title == "Bread Baking Roadmap"
    assert [section.title for section in roadmap.sections] == [
        "Baking Basics (All Roles)", "Bread for Home Kitchens", "Bread for Bakeries", "Projects to Build",
    ]  # fmt: skip
    assert all(section.icon for section in roadmap.sections)
    assert {draft.kind for draft in roadmap.walk()} >= {"question", "project"}
    assert [tag["title"] for tag in roadmap.tags.values()] == ["Home kitchens", "Bakeries"]
