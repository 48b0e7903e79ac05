"""What is to be remembered of an import, for the next one."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.identity.base import ImportBase, SourceBase, digest
from ...core.identity.outline import outline_of
from ...core.model import Roadmap
from ..common.draft import DraftRoadmap
from . import values
from .alignment import outline_of_draft


def remembered(
    base: ImportBase, source: str, imported: DraftRoadmap, ids: Sequence[str], roadmap: Roadmap
) -> ImportBase:
    """Return the base with an import in it.

    `ids` are those that the source's entries now have in the roadmap, in reading order, empty where they are not in it.
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
    one = SourceBase(outline, tuple(ids), tuple(digests), values.digests(values.head_values(imported)))
    return ImportBase({**base.sources, source: one}, outline_of(roadmap))
