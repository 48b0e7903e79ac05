"""What is to be remembered of an import, for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...core.identity.base import ImportBase, SourceBase, digest
from ...core.identity.outline import outline_of
from ...core.model import Roadmap
from ..common.draft import DraftRoadmap
from . import values
from .alignment import outline_of_draft


def remembered(
    base: ImportBase,
    source: str,
    imported: DraftRoadmap,
    ids: Sequence[str],
    roadmap: Roadmap,
    *,
    today: date | None,
    days: Sequence[str] = (),
) -> ImportBase:
    """Return the base with an import in it, made `today`.

    `ids` are those that the source's entries now have in the roadmap, in reading order, empty where they are not in it;
    `days` those on which they came, empty for those of the first import.
    """
    outline, drafts = outline_of_draft(imported)
    named = {
        name: id_ for draft, id_ in zip(drafts, ids, strict=True) for name in (draft.id, draft.ref) if name and id_
    }
    digests = []
    for draft in drafts:
        found = values.digests(values.draft_values(draft))
        needs = [named[need] for need in draft.needs if need in named]
        if needs:
            found["needs"] = ",".join(needs)
        if draft.tags:
            found["tag"] = ",".join(map(digest, draft.tags))
        digests.append(found)
    known = base.sources.get(source)
    begun = known.begun if known else today.isoformat() if today else ""
    head = values.digests(values.head_values(imported))
    one = SourceBase(outline, tuple(ids), tuple(digests), head, begun, tuple(days))
    return ImportBase({**base.sources, source: one}, outline_of(roadmap))
