"""What an entry's fields say, as texts that a draft and a node of the same meaning have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...core.identity.base import digest
from ...core.identity.outline import link_key
from ...core.model import Node, Roadmap
from ...core.roadmap_file.format import NODE, FieldType, NodeField
from ...core.roadmap_file.value_parsers import parse_hours
from ...core.roadmap_file.written import written
from ..common.draft import DraftNode, DraftRoadmap
from ..common.yaml_writer import field_lines

COMPARED = tuple(field for field in NODE if field.key not in ("needs", "was"))
"""Fields that are compared by their text; what names other entries, or what this one was, is not."""
FIELDS = tuple(field.key for field in COMPARED)
HEAD = ("title", "description")


def draft_values(draft: DraftNode) -> dict[str, str]:
    """Return the fields of a draft that are set, and its title."""
    return {"title": draft.title, **_texts((field, getattr(draft, field.key)) for field in COMPARED)}


def node_values(node: Node) -> dict[str, str]:
    """Return the same of a node."""
    values = written(node)
    return {"title": node.title, **_texts((field, values[field.key]) for field in COMPARED if field.key in values)}


def _texts(values: Iterable[tuple[NodeField, Any]]) -> dict[str, str]:
    return {field.key: text for field, value in values if value and (text := _text(field, value))}


def _text(field: NodeField, value: Any) -> str:
    """Return what a value as the file writes it says, however it is written."""
    match field.type:
        case FieldType.CHOICE:
            return "" if value == field.choices[0].value else str(value)
        case FieldType.NAMES | FieldType.NODES:
            return " ".join(sorted(value))
        case FieldType.LINKS:
            return repr([(link_key(url), title, kind) for url, title, kind in value])
        case FieldType.HOURS:
            return _hours(value)
        case FieldType.FLAG:
            return "true"
        case _:
            return str(value).strip()


def _hours(text: str) -> str:
    try:
        hours = parse_hours(text)
    except ValueError:
        return text
    return f"{hours.low:g}-{hours.high:g}"


def digests(values: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of fields."""
    return {key: digest(value) for key, value in values.items()}


def lines_of(draft: DraftNode, key: str) -> list[str]:
    """Return the lines of one field of a draft, none when it has none."""
    only = DraftNode("")
    setattr(only, key, getattr(draft, key))
    return field_lines(only)


def with_theirs(node: Node, draft: DraftNode, key: str, former: Callable[[str], bool]) -> DraftNode | None:
    """Return a draft whose list has the owner's members and those that are new in the source.

    `former` says of a digest of a member whether the source had it before. None for a field that is no list, or when
    nothing is new.
    """
    result = DraftNode("")
    if key == "links":
        mine = {link_key(link.url) for link in node.links}
        new = [link for link in draft.links if link_key(link[0]) not in mine and not former(link_key(link[0]))]
        result.links = [*written(node).get("links", []), *new]
    elif key == "tags":
        new_tags = [tag for tag in draft.tags if tag not in node.tags and not former(digest(tag))]
        result.tags = [*node.tags, *new_tags]
        new = [(tag, "", "") for tag in new_tags]
    else:
        return None
    return result if new else None


def head_values(roadmap: DraftRoadmap | Roadmap) -> dict[str, str]:
    """Return the roadmap's own fields that an import may bring."""
    return {key: value for key in HEAD if (value := str(getattr(roadmap, key)).strip())}


def draft_of(roadmap: Roadmap) -> DraftRoadmap:
    """Return a roadmap as a draft, so that one roadmap can be merged into another."""
    result = DraftRoadmap(roadmap.title, roadmap.description, list(roadmap.authors), roadmap.language)
    result.start = roadmap.start.isoformat() if roadmap.start else ""
    result.tags = {
        tag.id: {"title": tag.title, **({"color": tag.color} if tag.color else {})} for tag in roadmap.tags.values()
    }
    stack: list[tuple[list[DraftNode], Node]] = [(result.sections, section) for section in reversed(roadmap.sections)]
    while stack:
        into, node = stack.pop()
        draft = _draft(node)
        into.append(draft)
        stack.extend((draft.children, child) for child in reversed(node.children))
    return result


def _draft(node: Node) -> DraftNode:
    return DraftNode(node.title, node.line, id=node.id if node.own_id else "", ref=node.id, **written(node))
