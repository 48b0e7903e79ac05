"""The JSON Schema: the one of the model, in the editor's words."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import roadpress
from roadpress.core.model import Node, Roadmap
from roadpress.core.roadmap_file import format as keys
from roadpress.core.roadmap_file import parser
from roadpress.core.roadmap_file.schema import schema, schema_text

ROOT = Path(roadpress.__file__).parent


def test_it_is_a_schema_and_takes_the_sample_and_the_starter() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for name in ("roadmap.yaml", "templates/new.yaml"):
        data = yaml.load((ROOT / name).read_text("utf-8"), yaml.BaseLoader)
        data["roadpress"] = 1
        data = json.loads(json.dumps(data).replace('"true"', "true"))
        assert not [error.message for error in validator.iter_errors(data)], name


@pytest.mark.parametrize(
    "wrong", [{"autor": "x"}, {"sections": [{"topics": []}]}, {"sections": [{"title": "a", "kind": "x"}]}]
)
def test_it_refuses_what_the_loader_refuses(wrong: dict[str, object]) -> None:
    assert not jsonschema.Draft202012Validator(schema()).is_valid({"roadpress": 1, "title": "T", **wrong})


def test_the_shipped_schema_is_fresh() -> None:
    assert (ROOT / "templates" / "roadmap.schema.json").read_text("utf-8") == schema_text()


def test_every_key_is_read_and_in_the_model() -> None:
    made_otherwise = {"title", "id", "topics", "items"}
    assert set(keys.SECTION) | set(keys.ITEM) == set(parser._NODE_READERS) | made_otherwise
    assert set(parser._NODE_READERS) <= set(Node._fields)
    renamed = {"author": "authors"}
    fields = set(Roadmap.__dataclass_fields__)
    assert {renamed.get(key, key) for key in keys.ROADMAP} - {"roadpress"} <= fields
