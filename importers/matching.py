"""Which entry of an imported roadmap is which node of a roadmap that is there already."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..core.model import Node, Roadmap
from ..core.text import plain
from . import signs
from .draft import Draft, DraftRoadmap

LIKENESS = 0.6
"""How alike two titles in the same place must be (`difflib` ratio) to be the same entry, reworded."""


class Added(NamedTuple):
    """An entry that the file does not have."""

    draft: Draft
    parent: Node | None
    """The node it goes below; None for a section."""
    after: Node | None
    """The sibling it follows; None for the first place."""


class Matching(NamedTuple):
    """What became of every entry and every node."""

    pairs: list[tuple[Draft, Node]]
    reworded: list[tuple[Draft, Node]]
    """Pairs whose titles differ."""
    added: list[Added]
    missing: list[Node]
    """Nodes that the import does not have, without those below them: the owner's own, or gone from the source."""
    moved: list[tuple[Draft, Node]]
    """Pairs that stand elsewhere in the source."""
    doubts: list[tuple[Draft, Node]]
    """Entries that may be a node reworded, though others may be as well; each is taken for a new one."""


def match(roadmap: Roadmap, imported: DraftRoadmap) -> Matching:
    """Match by id, by `was`, by title among siblings, by the one same title anywhere, by likeness in one place."""
    result = Matching([], [], [], [], [], [])
    by_id = roadmap.by_id()
    by_id |= {old: node for node in roadmap.walk() for old in node.was}
    unmatched: list[tuple[Draft, Node | None, Node | None]] = []
    free: dict[str, Node] = {}
    pending: list[tuple[Node | None, Sequence[Node], list[Draft]]] = [(None, roadmap.sections, imported.sections)]
    while pending:
        parent, nodes, drafts = pending.pop()
        found = _siblings(nodes, drafts, by_id, result)
        before: Node | None = None
        for draft in drafts:
            node = found.get(id(draft))
            if node is None:
                unmatched.append((draft, parent, before))
            else:
                result.pairs.append((draft, node))
                pending.append((node, node.children, draft.children))
                before = node
        taken = {node.id for node in found.values()}
        free.update((node.id, node) for node in nodes if node.id not in taken)
    _elsewhere(unmatched, free, result)
    gone = {id(node) for node in free.values()}
    inside = {id(below) for node in free.values() for below in node.walk() if below is not node}
    result.missing.extend(node for node in free.values() if id(node) in gone and id(node) not in inside)
    result.missing.sort(key=lambda node: node.line)
    return result


def _siblings(nodes: Sequence[Node], drafts: list[Draft], by_id: dict[str, Node], result: Matching) -> dict[int, Node]:
    """Return the node of each draft among the same siblings, by the identity of the draft."""
    found: dict[int, Node] = {}
    used: set[str] = set()
    here = {node.id for node in nodes}
    by_title: dict[str, list[Node]] = defaultdict(list)
    for node in reversed(nodes):
        by_title[folded(node.title)].append(node)
    for draft in drafts:
        named = by_id.get(draft.id) if draft.id else None
        if named and named.id in here and named.id not in used:
            found[id(draft)] = named
            used.add(named.id)
            if folded(draft.title) != folded(named.title):
                result.reworded.append((draft, named))
    for draft in drafts:
        candidates = by_title.get(folded(draft.title), [])
        while candidates and candidates[-1].id in used:
            candidates.pop()
        if id(draft) not in found and candidates:
            found[id(draft)] = candidates.pop()
            used.add(found[id(draft)].id)
    _in_gaps(nodes, drafts, found, used, result)
    return found


def _in_gaps(
    nodes: Sequence[Node], drafts: list[Draft], found: dict[int, Node], used: set[str], result: Matching
) -> None:
    """Match what is left between the same matched neighbours: one and one, and alike."""
    position = {node.id: index for index, node in enumerate(nodes)}
    gap: list[Draft] = []
    left = -1
    for draft in [*drafts, None]:
        node = found.get(id(draft)) if draft is not None else None
        if draft is not None and node is None:
            gap.append(draft)
            continue
        right = position[node.id] if node else len(nodes)
        rest = [other for other in nodes[left + 1 : right] if other.id not in used]
        for one in gap:
            alike = [other for other in rest if _likeness(one.title, other.title) >= LIKENESS]
            if len(alike) == 1 and len(gap) == len(rest) == 1:
                found[id(one)] = alike[0]
                used.add(alike[0].id)
                result.reworded.append((one, alike[0]))
            elif alike:
                result.doubts.append((one, alike[0]))
        gap, left = [], right


def _elsewhere(
    unmatched: list[tuple[Draft, Node | None, Node | None]], free: dict[str, Node], result: Matching
) -> None:
    """Match entries that moved: the only one of their title among what is left; what remains is new."""
    by_title: dict[str, list[Node]] = defaultdict(list)
    for node in free.values():
        for below in node.walk():
            by_title[folded(below.title)].append(below)
    rivals: dict[str, int] = defaultdict(int)
    for draft, _, _ in unmatched:
        rivals[folded(draft.title)] += 1
    for draft, parent, after in unmatched:
        title = folded(draft.title)
        nodes = by_title.get(title, [])
        if len(nodes) == 1 and rivals[title] == 1 and bool(nodes[0].children) == bool(draft.children):
            result.moved.append((draft, nodes[0]))
            free.pop(nodes[0].id, None)
        else:
            result.added.append(Added(draft, parent, after))


def folded(title: str) -> str:
    """Return a title for comparing: its words alone."""
    words = signs.split_emoji(plain(title).casefold())[1]
    return re.sub(r"[\W_]+", " ", words).strip() or words.strip()


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one), folded(other)).ratio()
