"""A field of a node is a row of one table: what reads, writes, compares and carries nodes goes by it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from roadmaps import source

from roadpress.core.model import Node
from roadpress.core.roadmap_file.format import ITEM, NODE, SECTION, FieldType
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.roadmap_file.written import written
from roadpress.core.snapshot import Snapshot
from roadpress.core.snapshot.facts import STRUCTURE
from roadpress.exporters import markdown
from roadpress.importers.common.draft import DraftNode
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.markdown import own_export
from roadpress.importers.merging.values import draft_of, draft_values, node_values

VALUES = {
    FieldType.SIGN: '"★"',
    FieldType.LINE: "some *words*",
    FieldType.BLOCKS: "a paragraph",
    FieldType.NAMES: "[one, two]",
    FieldType.NODES: "[a]",
    FieldType.LINKS: "[{url: https://example.org/, title: T, kind: book}, https://example.org/b]",
    FieldType.HOURS: "2-4",
    FieldType.DATE: "2027-01-08",
    FieldType.FLAG: "true",
    FieldType.DONE: "2027-01-05",
}
"""A value of each type, as one writes it; of a choice it is the last."""
KEYS = [field.key for field in NODE]


def text_of(key: str) -> str:
    (field,) = (field for field in NODE if field.key == key)
    value = field.choices[-1].value if field.choices else VALUES[field.type]
    return source(f"- {{title: A, topics: [one]}}\n- title: B\n  {key}: {value}\n")


def test_the_table_has_every_field() -> None:
    assert set(KEYS) == set(Node._fields) - STRUCTURE | {"was"}
    assert set(KEYS) <= {field.name for field in dataclasses.fields(DraftNode)}
    assert set(KEYS) == SECTION.keys() - {"title", "id", "topics"} == ITEM.keys() - {"title", "id", "items"}


@pytest.mark.parametrize("key", KEYS)
def test_a_field_survives_every_file(key: str) -> None:
    roadmap = load_bytes(text_of(key).encode(), "roadmap.yaml")
    (_, node) = roadmap.sections
    assert written(node).keys() == {key}
    snapshot = Snapshot.of(roadmap, today=date(2027, 1, 4))
    carried = markdown.export(snapshot, markdown.Options()).files[0].data.decode()
    for draft in (draft_of(roadmap), own_export.read(carried, "x.md").roadmap):
        again = load_bytes(yaml_text(draft).encode(), "again.yaml")
        assert getattr(again.sections[1], key) == getattr(node, key)
        assert draft_values(draft.sections[1]) == node_values(node)
