"""Roadmaps for tests, made of plain nested values, with ids and numbers derived as the format says."""

from __future__ import annotations

import re
from typing import Any

from roadpress.core.model import Hours, Node, Roadmap


def roadmap(title: str = "Roadmap", sections: list[Any] | None = None, **fields: Any) -> Roadmap:
    """Return a roadmap; a node is a text, or a dict of `Node`'s fields with its children under `items`."""
    used: set[str] = set()
    return Roadmap(title, tuple(_node(s, f"{i}", 1, "", used) for i, s in enumerate(sections or [], 1)), **fields)


def _node(value: Any, number: str, depth: int, parent: str, used: set[str]) -> Node:
    fields = {"title": value} if isinstance(value, str) else dict(value)
    items = fields.pop("items", ())
    slug = re.sub(r"[\W_]+", "-", fields["title"].casefold()).strip("-") or "item"
    own = fields.pop("id", "")
    base = id_ = own or (f"{parent}/{slug}" if parent else slug)
    serial = 2
    while id_ in used:
        id_, serial = f"{base}-{serial}", serial + 1
    used.add(id_)
    if isinstance(fields.get("hours"), int):
        fields["hours"] = Hours(fields["hours"], fields["hours"])
    children = tuple(_node(item, f"{number}.{i}", depth + 1, id_, used) for i, item in enumerate(items, 1))
    return Node(**fields, id=id_, number=number, depth=depth, children=children, own_id=bool(own))


def wide(leaves: int, *, sections: int = 10, topic: int = 10) -> Roadmap:
    """Return a roadmap with so many leaves, in topics of `topic` leaves, in sections of about one size."""
    topics = [
        {"title": f"Topic {t}", "items": [f"Item {t * topic + i} with a title of usual length" for i in range(topic)]}
        for t in range(leaves // topic)
    ]
    size = -(-len(topics) // sections)
    return roadmap(
        "A wide roadmap",
        [{"title": f"Section {s}", "items": topics[s * size : (s + 1) * size]} for s in range(sections)],
    )
