"""Ids written into a roadmap's text, and nothing else of it touched: comments, quotes, blank lines and layout stay.

An id that was derived has to change when it is pinned, unless it is a section's, for authors' ids hold no `/`; so the
old one is written beside it under `was`, by which ticks, cards and pages made before find their entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from ..errors import InvalidRoadmap
from ..model import Node, Roadmap
from ..yaml_text import flow
from . import ids
from .editing import Blocks, by_hand
from .loading import load_bytes


class Pinned(NamedTuple):
    """A roadmap with its ids in it."""

    text: str
    roadmap: Roadmap
    ids: Mapping[str, str]
    """Former id → the id that is now written."""


def pin(text: str, roadmap: Roadmap, chosen: Collection[str], *, keep_former: bool = True) -> Pinned:
    """Return a roadmap's text with an id for each chosen node that has none of its own.

    `roadmap` is what the text holds, `chosen` are derived ids. Raises RoadpressError when the text can't be edited
    without changing its meaning; it is then for the author to do by hand.
    """
    new = _new_ids(roadmap, chosen)
    present = _ids_after(roadmap, new)
    blocks = Blocks(text, roadmap)
    for node in roadmap.walk():
        if name := new.get(node.id):
            fields = {"id": [f"id: {flow(name)}"]}
            if keep_former and name != node.id:
                if node.was:
                    blocks.add_name(node, "was", node.id)
                else:
                    fields["was"] = [f"was: [{flow(node.id)}]"]
            blocks.edit(node, fields)
    blocks.rename_needs(present, apart=())
    result = blocks.result()
    try:
        after = load_bytes(result.encode("utf-8", "surrogatepass"), roadmap.path)
    except InvalidRoadmap as error:
        raise by_hand(error.problems[0].place.line) from None
    for before, now in zip_longest(roadmap.walk(), after.walk()):
        if not (before and now and _meaning(before) == _meaning(now) and now.id == present[before.id]):
            raise by_hand((before or now).line)
    return Pinned(result, after, new)


def _meaning(node: Node) -> tuple[Any, ...]:
    skipped = {"id", "needs", "was", "own_id", "line", "column", "children"}
    return (*(value for name, value in node._asdict().items() if name not in skipped), len(node.children))


def _new_ids(roadmap: Roadmap, chosen: Collection[str]) -> dict[str, str]:
    taken = {node.id for node in roadmap.walk() if node.own_id}
    kept = {node.id for node in roadmap.walk() if node.depth == 1}
    new: dict[str, str] = {}
    for node in roadmap.walk():
        if node.own_id or node.id not in chosen:
            continue
        *above, last = node.id.split("/")
        candidates = [node.id] if node.depth == 1 else [last, *(f"{name}-{last}" for name in above[-1:])]
        candidates = [name for name in candidates if ids.ID.match(name)] or [f"n{node.number.replace('.', '-')}"]
        free = (name for name in candidates if name not in taken and (name not in kept or name == node.id))
        name = next(free, "")
        count = 2
        while not name:
            numbered = f"{candidates[-1]}-{count}"
            name = "" if numbered in taken or numbered in kept else numbered
            count += 1
        taken.add(name)
        new[node.id] = name
    return new


def _ids_after(roadmap: Roadmap, new: Mapping[str, str]) -> dict[str, str]:
    """Return every node's id after the pinning, by its id before: children of pinned nodes get others, too."""
    own = {node.id for node in roadmap.walk() if node.own_id} | set(new.values())
    present: dict[str, str] = {}

    def siblings(nodes: tuple[Node, ...], parent: str) -> None:
        derived = ids.derive(parent, [node.title for node in nodes], frozenset() if parent else own)
        for node, name in zip(nodes, derived, strict=True):
            present[node.id] = node.id if node.own_id else new.get(node.id, name)
            siblings(node.children, present[node.id])

    siblings(roadmap.sections, "")
    return present
