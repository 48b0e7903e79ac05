"""What is to be remembered of an import, for the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ...core.identity.base import ImportBase, SourceBase, digest
from ...core.identity.outline import outline_of
from ...core.model import Roadmap
from ..common.draft import DraftRoadmap
from . import values
from .alignment import Upstream


def remembered(
    base: ImportBase,
    source: str,
    imported: DraftRoadmap,
    upstream: Upstream,
    ids: Sequence[str],
    roadmap: Roadmap,
    *,
    today: date | None,
    days: Sequence[str] = (),
    since: Mapping[str, str] = MappingProxyType({}),
) -> ImportBase:
    """Return the base with an import in it, made `today`.

    `upstream` is what was imported, entry by entry. `ids` are those that the source's entries now have in the
    roadmap, in reading order, empty where they are not in it; `days` those on which they came, empty for those of
    the first import. `since` says which id each entry of the last import now has: what is remembered of other
    sources goes by it.
    """
    outline, drafts, _ = upstream
    named = {
        name: id_ for draft, id_ in zip(drafts, ids, strict=True) for name in (draft.id, draft.ref) if name and id_
    }
    digests = []
    for draft, texts in zip(drafts, upstream.values, strict=True):
        found = values.digests(texts)
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
    others = {name: _renamed(other, since) for name, other in base.sources.items() if name != source}
    return ImportBase({**others, source: one}, outline_of(roadmap))


def _renamed(source: SourceBase, since: Mapping[str, str]) -> SourceBase:
    """Return what is known of a source, by the ids that its entries have now."""

    def digests() -> Iterator[Mapping[str, str]]:
        for fields in source.digests:
            needs = [now for former in fields.get("needs", "").split(",") if (now := since.get(former))]
            rest = {key: value for key, value in fields.items() if key != "needs"}
            yield {**rest, "needs": ",".join(needs)} if needs else rest

    return replace(source, ids=tuple(since.get(id_, "") for id_ in source.ids), digests=tuple(digests()))
