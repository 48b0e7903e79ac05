"""The keys of cohort.yaml, format 1: the table that the reader and the JSON Schema share."""

from __future__ import annotations

import json
from typing import Any

from ..core.roadmap_file import format as roadmap_keys
from ..core.roadmap_file.format import Keys
from .ids import PATTERN
from .model import FORMAT_VERSION

SCHEMA_ID = "https://roadpress.github.io/cohort.schema.json"
_TEXT = {"type": ["string", "number", "boolean"]}
_SHARED: Keys = {key: roadmap_keys.ROADMAP[key] for key in ("language", "start", "pace")}

LEARNER: Keys = {
    "id": {"type": ["string", "number"], "pattern": PATTERN, "description": "What their files are called by."},
    "name": {**_TEXT, "description": "Their name, as outputs carry it."},
    "email": {"type": "string", "description": "Their address; stands in no output but the mentor's own."},
    **_SHARED,
    "skip": {
        "anyOf": [_TEXT, {"type": ["array", "null"], "items": _TEXT}],
        "description": "Ids and tags of entries that are not theirs.",
    },
    "roadmap": {"type": "string", "description": "Which of the cohort's roadmaps, where it has several."},
}
COHORT: Keys = {
    "roadpress-cohort": {"const": FORMAT_VERSION, "description": "The format's version: 1. Required."},
    "title": {**_TEXT, "description": "What the cohort is called. Required."},
    "roadmap": {
        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
        "description": "The roadmap's file, or several by name. Required.",
    },
    **_SHARED,
    "learners": {
        "anyOf": [
            {"type": "string", "description": "A table: CSV with a head."},
            {"type": ["array", "null"], "items": {"anyOf": [_TEXT, {"$ref": "#/$defs/learner"}]}},
        ],
        "description": "The learners, or the table that they stand in.",
    },
}


def schema() -> dict[str, Any]:
    """Return the schema, JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "cohort.yaml, format 1",
        "type": "object",
        "properties": COHORT,
        "additionalProperties": False,
        "required": ["roadpress-cohort", "title", "roadmap"],
        "$defs": {
            "learner": {"type": "object", "properties": LEARNER, "additionalProperties": False},
            "pace": {
                "type": "object",
                "properties": roadmap_keys.PACE,
                "additionalProperties": False,
                "required": ["hours"],
            },
        },
    }


def schema_text() -> str:
    """Return the schema as the text that is shipped and printed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
