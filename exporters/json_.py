"""JSON (RFC 8259): the roadmap with its ids, numbers and present state, for other programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..core.learner import one_name
from ..core.model import Kind, Node
from ..core.roadmap_file.written import written_exports, written_pace
from ..core.snapshot import Snapshot, facts
from ..core.text import plain
from .contract import Export, File, option

SUMMARY = "JSON, for other programs"


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    indent: int = option(2, "Spaces a level; 0 writes it all in one line.", minimum=0, maximum=8)


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one JSON file, which imports to the same roadmap again.

    Keys are those of roadmap.yaml, and those that say where things stand.
    """
    roadmap, total = snapshot.roadmap, snapshot.total
    data: dict[str, Any] = {
        "roadpress": 1,
        "title": roadmap.title,
        "description": roadmap.description,
        "author": list(roadmap.authors),
        "learner": (roadmap.learner if snapshot.learner == one_name(roadmap.learner) else snapshot.learner) or None,
        "language": roadmap.language,
        "start": _day(roadmap.start),
        "pace": written_pace(roadmap.pace) if roadmap.pace else None,
        "exports": written_exports(roadmap),
        "tags": {tag.id: {"title": tag.title, "color": tag.color} for tag in roadmap.tags.values()},
        "progress": {"done": total.done, "total": total.total, "skipped": total.skipped, "percent": total.percent},
        "sections": [_node(facts.FactReader(snapshot), section) for section in roadmap.sections],
    }
    text = json.dumps(data, ensure_ascii=False, indent=options.indent or None)
    return Export((File(".json", (text + "\n").encode("utf-8", "replace")),))


_ELSEWHERE = frozenset({"skipped", "done", "link_title", "link_kind", "new"})
"""Facts that `state`, `links` and the counts hold."""
_EMPTY: dict[str, Any] = {
    "kind": Kind.TASK.value,
    **dict.fromkeys(("icon", "summary", "notes", "own_note"), ""),
    **{key: [] for key in ("tags", "links", "needs")},
    "optional": False,
}
"""What stands for a fact that there is not to tell; null for any other."""


def _node(reader: facts.FactReader, node: Node) -> dict[str, Any]:
    """Return a node with what is below it; every key is always there, so that readers need no defaults."""
    snapshot = reader.snapshot
    counts = snapshot.counts(node)
    told = {row.key: row.of(node, reader) for row in facts.FACTS if row.key not in _ELSEWHERE}
    return {
        "id": node.id,
        "number": node.number,
        "title": node.title,
        "text": plain(node.title),
        **{key: fact.data if fact else _EMPTY.get(key) for key, fact in told.items()},
        "due": _day(snapshot.due(node)),  # the plan's day, too, where there is no fixed one
        "due_is_fixed": node.due is not None,
        "start": _day(snapshot.start(node)),
        "done_in_file": node.done if isinstance(node.done, bool) else node.done.isoformat(),
        "own_id": node.own_id,
        "was": [*node.was],
        "state": snapshot.state(node).value,
        "done": counts.done,
        "total": counts.total,
        "items": [_node(reader, child) for child in node.children],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
