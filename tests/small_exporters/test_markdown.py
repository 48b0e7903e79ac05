"""Markdown out and in is the identity, ticks and edits come back, and nothing in a title becomes markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drafts import facts, roadmaps
from hypothesis import HealthCheck, given, settings

from roadpress import cli
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters import markdown
from roadpress.importers.collect.markdown import collect_markdown
from roadpress.importers.common.draft import DraftRoadmap
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

TODAY = date(2027, 1, 4)


def exported(roadmap: Roadmap, **options: bool) -> str:
    return markdown.export(Snapshot.of(roadmap, today=TODAY), markdown.Options(**options)).files[0].data.decode()


def imported(text: str) -> Roadmap:
    return load_bytes(yaml_text(read(text.encode(), "x.md").roadmap).encode(), "roadmap.yaml")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(roadmaps())
def test_out_and_in_is_the_identity(draft: DraftRoadmap) -> None:
    roadmap = load_bytes(yaml_text(draft).encode(), "roadmap.yaml")
    assert facts(imported(exported(roadmap))) == facts(roadmap)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(roadmaps())
def test_every_leaf_s_box_is_read_back(draft: DraftRoadmap) -> None:
    roadmap = load_bytes(yaml_text(draft).encode(), "roadmap.yaml")
    collected = collect_markdown(exported(roadmap), roadmap)
    snapshot = Snapshot.of(roadmap, today=TODAY)
    assert not collected.unmatched
    assert collected.ticks == {leaf.id: snapshot.is_done(leaf) for leaf in roadmap.leaves()}


def test_the_sample_is_the_same_file_again(root) -> None:
    roadmap = load(root / "roadmap.yaml")
    assert yaml_text(read(exported(roadmap).encode(), "x.md").roadmap) == (root / "roadmap.yaml").read_text("utf-8")


def test_needs_follow_what_was_retitled_or_moved_in_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roadmap.yaml").write_text(
        "roadpress: 1\ntitle: T\nsections:\n- {title: A, topics: [one, two]}\n"
        "- {title: B, topics: [{title: three, needs: [a/one, a/two]}]}\n"
    )
    assert cli.main(["markdown", "-o", "list.md"]) == 0
    text = Path("list.md").read_text("utf-8").replace("[ ] one", "[ ] first of all")
    Path("list.md").write_text(text)
    assert cli.main(["import", "list.md", "-o", "again.yaml"]) == 0
    again = load("again.yaml")
    (three,) = again.sections[1].children
    assert [again.by_id()[need].title for need in three.needs] == ["first of all", "two"]
