"""The data block: what the script must know of each node and cannot read off the rows.

Columns instead of objects, in reading order, sparse where most nodes have nothing to say: a third of the bytes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from ...core.model import Node, Roadmap
from ...core.progress import Progress, Tick
from ...core.snapshot import Snapshot
from .markup import Html
from .words import Words


def data_block(snapshot: Snapshot, key: str, words: Words, *, lazy: bool) -> Html:
    """Return the JSON for a `<script type=application/json>`; `<` is escaped, so that nothing in it ends the block."""
    roadmap = snapshot.roadmap
    nodes = list(roadmap.walk())
    index = {node.id: position for position, node in enumerate(nodes)}
    value: dict[str, Any] = {
        "key": key or identity(roadmap),
        "title": roadmap.title,
        "today": snapshot.today.isoformat(),
        "ids": short_ids(roadmap),
        "depth": [node.depth for node in nodes],
        "words": dict(words),
    }
    sparse: dict[str, Any] = {
        "lazy": int(lazy),
        "optional": [position for position, node in enumerate(nodes) if node.optional],
        "hours": {position: list(node.hours) for position, node in enumerate(nodes) if node.hours},
        "given": _given(snapshot.progress, index),
        "was": {was: position for position, node in enumerate(nodes) for was in node.was},
    }
    value |= {name: column for name, column in sparse.items() if column}
    return Html(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def identity(roadmap: Roadmap) -> str:
    """Return the name under which a browser keeps a roadmap's ticks: its title, small and plain."""
    plain = unicodedata.normalize("NFKC", roadmap.title).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "roadmap"


def short_ids(roadmap: Roadmap) -> list[str]:
    """Return every node's id in reading order; one that continues its parent's is cut to the rest, from its `/` on."""
    result: list[str] = []

    def add(node: Node, parent: str) -> None:
        result.append(node.id[len(parent) :] if parent and node.id.startswith(f"{parent}/") else node.id)
        for child in node.children:
            add(child, node.id)

    for section in roadmap.sections:
        add(section, "")
    return result


def _given(progress: Progress, index: dict[str, int]) -> dict[int, list[str]]:
    """Return what the page is given of each leaf: state, day, own note; the last ones left out where empty."""
    return {index[id_]: _tick(tick) for id_, tick in progress.ticks.items() if id_ in index}


def _tick(tick: Tick) -> list[str]:
    parts = [tick.state.value[0], tick.on.isoformat() if tick.on else "", tick.note]
    while not parts[-1]:
        parts.pop()
    return parts
