"""The keys of roadmap.yaml, format 1: the one table that the reader, the JSON Schema, the hints and the writers share.

A new field of a node is a row of `NODE`, a line in the model, and a fact (`roadpress.core.snapshot.facts`).
"""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from ..model import Kind, LinkKind
from ..theme import BRANCHES
from .value_parsers import WEEKDAYS

Keys = dict[str, dict[str, Any]]
"""The keys of a mapping in the file, and what each may hold: JSON Schema 2020-12, with prose for people."""

COLORS = tuple(color.name for color in BRANCHES)

_DATE = {"type": "string", "format": "date"}
_HOURS = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^\s*\d"}]}


def _text(description: str) -> dict[str, Any]:
    """Return the schema of a text, where every scalar is its text."""
    return {"type": ["string", "number", "boolean"], "description": description}


def _list_of(member: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": member, "description": description}


def _nodes(name: str, description: str) -> dict[str, Any]:
    short = _text("The short form: a text is a node with that title.")
    return _list_of({"anyOf": [short, {"$ref": f"#/$defs/{name}"}]}, description)


LINK: Keys = {
    "title": _text("What to show for the link."),
    "url": {
        "type": "string",
        "pattern": "^([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)",
        "description": "Its address.",
    },
    "kind": {"enum": [kind.value for kind in LinkKind], "description": "What waits there."},
}
TAG: Keys = {
    "title": _text("How the tag is shown."),
    "color": {"enum": list(COLORS), "description": "A colour of the palette."},
}
PACE: Keys = {
    "hours": {**_HOURS, "description": "Hours a week, or a day."},
    "per": {"enum": ["week", "day"], "description": "What `hours` counts for."},
    "days": _list_of({"enum": list(WEEKDAYS)}, "Weekdays with time for it."),
    "off": _list_of({"type": "string"}, "Days off: `2026-12-24`, or `2026-12-24..2027-01-02`."),
}


class FieldType(Enum):
    """How a field's values stand in a file, so that whatever reads, writes, compares or carries them knows how."""

    SIGN = "an emoji or sign"
    LINE = "one line of inline Markdown"
    BLOCKS = "Markdown blocks"
    NAMES = "a list of names"
    NODES = "a list of ids of other nodes"
    LINKS = "a list of links"
    HOURS = "hours of work"
    DATE = "a date"
    CHOICE = "one of the values of an enum"
    FLAG = "true or false"
    DONE = "true, false, or a date"


class NodeField(NamedTuple):
    """A field of a node: the key in the file, and the name in the model and in importers' drafts."""

    key: str
    type: FieldType
    schema: dict[str, Any]
    choices: tuple[Enum, ...] = ()
    """Of a choice, what one may write; the first is the usual one, which is not written."""


NODE = (
    NodeField("icon", FieldType.SIGN, _text("An emoji or sign before the title.")),
    NodeField(
        "kind",
        FieldType.CHOICE,
        {"enum": [kind.value for kind in Kind], "description": "What it asks of the learner."},
        tuple(Kind),
    ),
    NodeField("summary", FieldType.LINE, _text("One line of inline Markdown that says what this is for.")),
    NodeField("tags", FieldType.NAMES, _list_of(_text("A tag."), "Ids of tags.")),
    NodeField("hours", FieldType.HOURS, {**_HOURS, "description": 'Hours of work: a number, "4-8", "90m" or "2h".'}),
    NodeField("due", FieldType.DATE, {**_DATE, "description": "A fixed date."}),
    NodeField("needs", FieldType.NODES, _list_of({"type": "string"}, "Ids of what comes first.")),
    NodeField(
        "optional",
        FieldType.FLAG,
        {"type": "boolean", "description": "Counts apart, so that 100 % can be reached without it."},
    ),
    NodeField(
        "done",
        FieldType.DONE,
        {"anyOf": [{"type": "boolean"}, _DATE], "description": "Done, or the date it was done."},
    ),
    NodeField("was", FieldType.NAMES, _list_of({"type": "string"}, "Ids this had before, so that its ticks stay.")),
    NodeField(
        "links",
        FieldType.LINKS,
        _list_of({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/link"}]}, "Where to read on."),
    ),
    NodeField("notes", FieldType.BLOCKS, _text("Longer text: Markdown blocks.")),
)
"""The fields of a node beside its title, id and children, in the order in which files are written."""

_ENTRY: Keys = {
    "title": _text("One line of inline Markdown. Required."),
    "id": {
        "type": "string",
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "description": "Stable name, unique in the file; derived from the titles when not given.",
    },
    **{field.key: field.schema for field in NODE},
}
SECTION: Keys = {**_ENTRY, "topics": _nodes("item", "Its topics.")}
ITEM: Keys = {**_ENTRY, "items": _nodes("item", "What is below it, to any depth.")}
ROADMAP: Keys = {
    "roadpress": {"const": 1, "description": "The format's version: 1. Required."},
    "title": _text("One line of inline Markdown. Required."),
    "description": _text("What it is about, and for whom: Markdown."),
    "author": {
        "anyOf": [_text("A name."), {"type": "array", "items": _text("A name.")}],
        "description": "A name, or a list of names.",
    },
    "learner": _text("Whose roadmap it is: the name that outputs carry."),
    "language": {"type": "string", "description": "BCP 47; drives direction, dates and built-in words."},
    "start": {**_DATE, "description": "First day of the plan."},
    "pace": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/pace"}], "description": "Time given: `8h/week`."},
    "tags": {
        "type": ["object", "null"],
        "additionalProperties": {"anyOf": [_text("Its title."), {"$ref": "#/$defs/tag"}]},
        "description": "How tags are shown, by id.",
    },
    "exports": {
        "type": ["object", "null"],
        "additionalProperties": {"type": ["object", "null"]},
        "description": "Defaults of each exporter, by its name.",
    },
    "sections": _nodes("section", "The roadmap's sections, in order."),
}

SYNONYMS = {
    **dict.fromkeys(("name", "heading", "label"), "title"),
    **dict.fromkeys(("icons", "emoji"), "icon"),
    **dict.fromkeys(("subtitle", "blurb"), "summary"),
    **dict.fromkeys(("desc", "description", "note", "text", "body", "details"), "notes"),
    **dict.fromkeys(("children", "subtopics", "subitems", "tasks", "item", "topics"), "items"),
    **dict.fromkeys(("topic", "items"), "topics"),
    **dict.fromkeys(("chapters", "phases", "section", "modules"), "sections"),
    **dict.fromkeys(("time", "duration", "effort", "estimate", "hour"), "hours"),
    **dict.fromkeys(("requires", "prerequisites", "depends", "depends_on", "after"), "needs"),
    **dict.fromkeys(("deadline", "date", "end"), "due"),
    **dict.fromkeys(("link", "url", "urls", "resources"), "links"),
    **dict.fromkeys(("tag", "labels"), "tags"),
    **dict.fromkeys(("completed", "checked"), "done"),
    **dict.fromkeys(("previously", "aliases"), "was"),
    "authors": "author",
    "student": "learner",
    "type": "kind",
    "lang": "language",
    "colour": "color",
    "export": "exports",
    "version": "roadpress",
}
"""What people write for a key, beside misspellings of it."""
