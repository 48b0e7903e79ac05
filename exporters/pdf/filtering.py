"""Leaving out: what `--only` and `--tag` keep of a roadmap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...core.errors import UsageError
from ...core.model import Node, Roadmap
from ...core.snapshot import Snapshot
from ...core.snapshot.selectors import select
from .options import Options


def chosen(snapshot: Snapshot, options: Options) -> Snapshot:
    """Return the snapshot with only what the options ask for; numbers and ids stay, counts are of what is left."""
    roadmap = snapshot.roadmap
    if options.only:
        wanted = {node.id for node in _named(roadmap, options.only)}
        roadmap = _pruned(roadmap, lambda node: node.id in wanted)
    if options.tag:
        tags = set(options.tag)
        known = set(roadmap.tags) | {tag for node in snapshot.roadmap.walk() for tag in node.tags}
        if unknown := sorted(tags - known):
            raise UsageError(
                f"No entry has the tag {unknown[0]!r}.", remedy=f"There are: {', '.join(sorted(known)) or 'none'}."
            )
        roadmap = _pruned(roadmap, lambda node: bool(tags.intersection(node.tags)))
        if options.only and not roadmap.sections:
            raise UsageError(
                f"What --only leaves has no entry with the tag {' or '.join(map(repr, sorted(tags)))}.",
                remedy="Both are asked for; leave one of them out.",
            )
    if roadmap is snapshot.roadmap:
        return snapshot
    return replace(snapshot, roadmap=roadmap)


def _named(roadmap: Roadmap, words: tuple[str, ...]) -> list[Node]:
    try:
        return select(roadmap, words)
    except UsageError as error:
        remedy = "Nothing was written; `roadpress status --all` shows every number and id."
        raise UsageError(error.message, remedy=remedy) from None


def _pruned(roadmap: Roadmap, keep: Callable[[Node], bool]) -> Roadmap:
    """Return a roadmap of the kept nodes with all below them, and of what leads to them."""
    sections = tuple(left for section in roadmap.sections if (left := _left(section, keep)) is not None)
    return replace(roadmap, sections=sections)


def _left(node: Node, keep: Callable[[Node], bool]) -> Node | None:
    if keep(node):
        return node
    children = tuple(left for child in node.children if (left := _left(child, keep)) is not None)
    return node._replace(children=children) if children else None
