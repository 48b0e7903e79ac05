"""The JSON Schema of roadmap.yaml, generated from the table of its keys."""

from __future__ import annotations

import json
from typing import Any

from . import format as keys

SCHEMA_ID = "roadmap.schema.json"


def schema() -> dict[str, Any]:
    """Return the schema, JSON Schema 2020-12. Editors read it through a `yaml-language-server` comment."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "roadmap.yaml, format 1",
        **_object(keys.ROADMAP, ["roadpress", "title"]),
        "$defs": {
            "section": _object(keys.SECTION, ["title"]),
            "item": _object(keys.ITEM, ["title"]),
            "link": _object(keys.LINK, ["url"]),
            "tag": _object(keys.TAG, []),
            "pace": _object(keys.PACE, ["hours"]),
        },
    }


def schema_text() -> str:
    """Return the schema as the text that is shipped and printed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _object(known: keys.Keys, required: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "type": "object",
        "properties": known,
        "additionalProperties": False,
    }
    if required:
        result["required"] = required
    return result
