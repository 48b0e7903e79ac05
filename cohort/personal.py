"""What a roadmap is to one learner: without what is not theirs, by their start, pace and language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from ..core.model import Node, Roadmap
from ..core.progress.store import ProgressFile
from ..core.snapshot.current import CurrentState, present_with
from .model import Learner


def personal(roadmap: Roadmap, learner: Learner) -> Roadmap:
    """Return the roadmap that a learner follows. Numbers and ids stay those of the whole."""
    return replace(
        part_of(roadmap, learner.skip),
        learner=learner.name,
        start=learner.start or roadmap.start,
        pace=learner.pace or roadmap.pace,
        language=learner.language or roadmap.language,
    )


def part_of(roadmap: Roadmap, skip: Collection[str]) -> Roadmap:
    """Return a roadmap without entries of some ids or tags."""
    if not skip:
        return roadmap
    sections = _without(roadmap.sections, frozenset(skip))
    left = {node.id for section in sections for node in section.walk()}
    return replace(roadmap, sections=_needing_only(sections, left))


def standing_of(roadmap: Roadmap, learner: Learner, record: ProgressFile | None, *, today: date) -> CurrentState:
    """Return how a learner's own roadmap stands on a day."""
    return present_with(roadmap, record, f"{learner.id}.progress.yaml", today=today, learner=learner.name)


def _without(nodes: tuple[Node, ...], skipped: frozenset[str]) -> tuple[Node, ...]:
    """Return nodes without those that bear one of some ids or tags, and without parents of nothing."""
    result = []
    for node in nodes:
        if node.id in skipped or not skipped.isdisjoint(node.tags):
            continue
        if not node.children:
            result.append(node)
        elif children := _without(node.children, skipped):
            result.append(node._replace(children=children))
    return tuple(result)


def _needing_only(nodes: tuple[Node, ...], left: Collection[str]) -> tuple[Node, ...]:
    """Return nodes that need nothing that is gone."""
    return tuple(
        node._replace(
            needs=tuple(need for need in node.needs if need in left), children=_needing_only(node.children, left)
        )
        if node.needs or node.children
        else node
        for node in nodes
    )
