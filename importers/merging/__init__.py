"""A changed source, merged into a roadmap that its owner has worked on since.

`alignment` says who is who, `plan` decides, `apply` obeys it, by the editor in `core/roadmap_file`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from ...core.identity.base import ImportBase
from ...core.model import Node, Roadmap
from ...core.roadmap_file.loading import load_bytes
from ..common.draft import DraftRoadmap
from .alignment import upstream_of
from .apply import apply_plan
from .plan import Prefer, plan_merge
from .remember import remembered

__all__ = ["Merged", "Prefer", "first_base", "merge"]


class Merged(NamedTuple):
    """The new text, and what was done to get it."""

    text: str
    changes: tuple[str, ...]
    """One sentence for each change."""
    notes: tuple[str, ...]
    """One sentence for each thing that a person should look at; nothing was done about it."""
    base: ImportBase
    """What to remember for the next time."""
    roadmap: Roadmap
    """What the text says."""
    ids: Mapping[str, str]
    """Former id → present id, of every entry that was there and still is."""


def merge(
    text: str,
    path: str,
    imported: DraftRoadmap,
    base: ImportBase | None = None,
    *,
    source: str = "-",
    prefer: Prefer = Prefer.TELL,
    prune: bool = False,
    ticked: Collection[str] = (),
    today: date | None = None,
) -> Merged:
    """Return a roadmap's text with an import merged into it.

    `base` is what earlier imports were, `source` the name of this one; `prune` takes out what is gone from the source
    and untouched, but for the ids `ticked`; `today` is the day that new entries came on. Raises InvalidRoadmap when the
    text is no valid roadmap, RoadpressError when it can't be edited as text. The text that is returned always is a
    valid roadmap.
    """
    base = base or ImportBase()
    roadmap = load_bytes(text.encode("utf-8", "surrogatepass"), path)
    plan = plan_merge(
        roadmap, imported, base, source=source, prefer=prefer, prune=prune, keep=_touched(text, roadmap, ticked)
    )
    applied = apply_plan(text, roadmap, plan, imported)
    ids = {member.node.id: name for member, name in applied.ids.items() if member.node}
    here = [applied.ids.get(member, "") if member else "" for member in plan.members]
    came = today.isoformat() if today else ""
    days = [came if one and not one.node else day for one, day in zip(plan.members, plan.days, strict=True)]
    since = {former: applied.ids.get(member, "") for former, member in plan.since.items()}
    after = remembered(
        base, plan.source, imported, plan.upstream, here, applied.roadmap, today=today, days=days, since=since
    )
    return Merged(applied.text, plan.changes, plan.notes, after, applied.roadmap, ids)


def _touched(text: str, roadmap: Roadmap, ticked: Collection[str]) -> Callable[[Node], bool]:
    """Return whether an entry has a tick, or a comment, which only its owner can have written."""
    lines = text.split("\n")
    nodes = list(roadmap.walk())
    ends = {node.id: after.line for node, after in zip(nodes, [*nodes[1:]], strict=False)}

    def touched(node: Node) -> bool:
        own = lines[node.line - 1 : ends.get(node.id, len(lines) + 1) - 1]
        above = lines[node.line - 2].lstrip() if node.line > 1 else ""
        return (
            node.id in ticked or above.startswith("#") or any(line.lstrip()[:1] == "#" or " #" in line for line in own)
        )

    return touched


def first_base(imported: DraftRoadmap, roadmap: Roadmap, *, source: str, today: date | None = None) -> ImportBase:
    """Return what to remember of an import that made a whole roadmap."""
    ids = [node.id for node in roadmap.walk()]
    return remembered(ImportBase(), source, imported, upstream_of(imported), ids, roadmap, today=today)
