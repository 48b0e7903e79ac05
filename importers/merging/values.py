"""What an entry's fields say, as texts that a draft and a node of the same meaning have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...core.identity.base import digest
from ...core.identity.outline import link_key
from ...core.model import Kind, Link, Node, Roadmap
from ...core.roadmap_file.value_parsers import parse_hours
from ..common.draft import Draft, DraftRoadmap
from ..common.yaml_writer import field_lines

FIELDS = ("icon", "kind", "summary", "tags", "hours", "due", "optional", "done", "links", "notes")
"""Those that are compared by their text, in the order they are written; `needs`, which name entries, are not."""
HEAD = ("title", "description")


def draft_values(draft: Draft) -> dict[str, str]:
    """Return the fields of a draft that are set, and its title."""
    links = [(link_key(url), title, kind) for url, title, kind in draft.links]
    values = {
        "icon": draft.icon,
        "kind": "" if draft.kind == Kind.TASK.value else draft.kind,
        "summary": draft.summary.strip(),
        "tags": " ".join(sorted(draft.tags)),
        "hours": _hours(draft.hours),
        "due": draft.due,
        "optional": "true" if draft.optional else "",
        "done": draft.done,
        "links": repr(links) if links else "",
        "notes": draft.notes.strip(),
    }
    return {"title": draft.title, **{key: value for key, value in values.items() if value}}


def node_values(node: Node) -> dict[str, str]:
    """Return the same of a node."""
    links = [(link_key(link.url), link.title, link.kind.value if link.kind else "") for link in node.links]
    values = {
        "icon": node.icon,
        "kind": "" if node.kind is Kind.TASK else node.kind.value,
        "summary": node.summary.strip(),
        "tags": " ".join(sorted(node.tags)),
        "hours": f"{node.hours.low:g}-{node.hours.high:g}" if node.hours else "",
        "due": node.due.isoformat() if node.due else "",
        "optional": "true" if node.optional else "",
        "done": ("true" if node.done is True else node.done.isoformat()) if node.done else "",
        "links": repr(links) if links else "",
        "notes": node.notes.strip(),
    }
    return {"title": node.title, **{key: value for key, value in values.items() if value}}


def _hours(text: str) -> str:
    if not text:
        return ""
    try:
        hours = parse_hours(text)
    except ValueError:
        return text
    return f"{hours.low:g}-{hours.high:g}"


def digests(values: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of fields."""
    return {key: digest(value) for key, value in values.items()}


def lines_of(draft: Draft, key: str) -> list[str]:
    """Return the lines of one field of a draft, none when it has none."""
    only = Draft("")
    setattr(only, key, getattr(draft, key))
    return field_lines(only)


def with_theirs(node: Node, draft: Draft, key: str, former: Callable[[str], bool]) -> Draft | None:
    """Return a draft whose list has the owner's members and those that are new in the source.

    `former` says of a digest of a member whether the source had it before. None for a field that is no list, or when
    nothing is new.
    """
    result = Draft("")
    if key == "links":
        mine = {link_key(link.url) for link in node.links}
        new = [link for link in draft.links if link_key(link[0]) not in mine and not former(link_key(link[0]))]
        result.links = [*map(_as_written, node.links), *new]
    elif key == "tags":
        new_tags = [tag for tag in draft.tags if tag not in node.tags and not former(digest(tag))]
        result.tags = [*node.tags, *new_tags]
        new = [(tag, "", "") for tag in new_tags]
    else:
        return None
    return result if new else None


def _as_written(link: Link) -> tuple[str, str, str]:
    return link.url, link.title, link.kind.value if link.kind else ""


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
    stack: list[tuple[list[Draft], Node]] = [(result.sections, section) for section in reversed(roadmap.sections)]
    while stack:
        into, node = stack.pop()
        draft = _draft(node)
        into.append(draft)
        stack.extend((draft.children, child) for child in reversed(node.children))
    return result


def _draft(node: Node) -> Draft:
    values: dict[str, Any] = node_values(node)
    hours = node.hours
    return Draft(
        node.title,
        node.line,
        icon=node.icon,
        summary=node.summary,
        notes=node.notes,
        tags=list(node.tags),
        links=[_as_written(link) for link in node.links],
        hours=(f"{hours.low:g}" if hours.low == hours.high else f"{hours.low:g}-{hours.high:g}") if hours else "",
        due=values.get("due", ""),
        needs=list(node.needs),
        kind=node.kind.value,
        optional=node.optional,
        done=values.get("done", ""),
        id=node.id if node.own_id else "",
        ref=node.id,
        was=list(node.was),
    )
