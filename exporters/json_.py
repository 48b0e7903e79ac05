"""JSON (RFC 8259): the roadmap with its ids, numbers and present state, for other programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..core.model import Node
from ..core.snapshot import Snapshot
from ..core.text import plain
from .contract import Export, File, option

SUMMARY = "JSON, for other programs"


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    indent: int = option(2, "Spaces a level; 0 writes it all in one line.", minimum=0, maximum=8)


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one JSON file. Keys are those of roadmap.yaml, and those that say where things stand."""
    roadmap, total = snapshot.roadmap, snapshot.total
    data: dict[str, Any] = {
        "roadpress": 1,
        "title": roadmap.title,
        "description": roadmap.description,
        "author": list(roadmap.authors),
        "learner": snapshot.learner or None,
        "language": roadmap.language,
        "start": _day(roadmap.start),
        "tags": {tag.id: {"title": tag.title, "color": tag.color} for tag in roadmap.tags.values()},
        "progress": {"done": total.done, "total": total.total, "skipped": total.skipped, "percent": total.percent},
        "sections": [_node(snapshot, section) for section in roadmap.sections],
    }
    text = json.dumps(data, ensure_ascii=False, indent=options.indent or None)
    return Export((File(".json", (text + "\n").encode("utf-8", "replace")),))


def _node(snapshot: Snapshot, node: Node) -> dict[str, Any]:
    """Return a node with what is below it; every key is always there, so that readers need no defaults."""
    counts = snapshot.counts(node)
    return {
        "id": node.id,
        "number": node.number,
        "title": node.title,
        "text": plain(node.title),
        "icon": node.icon,
        "kind": node.kind.value,
        "summary": node.summary,
        "notes": node.notes,
        "tags": list(node.tags),
        "links": [
            {"url": link.url, "title": link.title, "kind": link.kind.value if link.kind else None}
            for link in node.links
        ],
        "hours": {"low": node.hours.low, "high": node.hours.high} if node.hours else None,
        "needs": list(node.needs),
        "due": _day(snapshot.due(node)),
        "start": _day(snapshot.start(node)),
        "optional": node.optional,
        "state": snapshot.state(node).value,
        "done": counts.done,
        "total": counts.total,
        "items": [_node(snapshot, child) for child in node.children],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
