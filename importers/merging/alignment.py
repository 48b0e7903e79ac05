"""Who is who when a source comes again: the source as it was, the source as it is, the roadmap as its owner has it.

The source is matched with the source, so that nothing its owner did to the roadmap can disturb that; the roadmap with
itself as it was after the last import. What is left on both sides is matched last: the owner may have written himself
what the source now has, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ...core.identity.base import ImportBase, SourceBase
from ...core.identity.matching import Rule, match
from ...core.identity.outline import TOP, Entry, Outline, link_keys, outline_of
from ...core.identity.outline_text import written_title
from ...core.model import Roadmap
from ...core.text import plain
from ..common.draft import DraftNode, DraftRoadmap
from .values import draft_values

SURE = Rule.ALIKE
"""How far sources are matched: they replace entries, where owners retitle them."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Entries by their places in reading order: of the source before, the source now, the roadmap."""

    now: Mapping[int, int]
    """Place in the source → place in the roadmap."""
    before: Mapping[int, int]
    """Place in the source → its place in the source before."""
    was_here: Mapping[int, int]
    """Place in the source before → place in the roadmap, where it still is."""
    deleted: frozenset[int]
    """Places in the source before of what its owner took out of the roadmap, or never had in it."""
    resembling: frozenset[int]
    """Places in the source that are known from the source before by likeness alone."""
    doubts: tuple[tuple[int, int], ...]
    """Places in the source before and in the source that may be one entry."""
    here_doubts: tuple[tuple[int, int], ...]
    """Places in the roadmap and in the source that may be one entry."""
    since: Mapping[str, int]
    """Id at the last import of any source → place in the roadmap, where it still is."""


class Upstream(NamedTuple):
    """A source as it is now, its entries in reading order."""

    outline: Outline
    drafts: list[DraftNode]
    values: list[dict[str, str]]
    """The fields of each that are set (`values.draft_values`)."""


def upstream_of(imported: DraftRoadmap) -> Upstream:
    """Return an imported roadmap as a source."""
    entries: list[Entry] = []
    drafts: list[DraftNode] = []
    stack = [(section, TOP) for section in reversed(imported.sections)]
    while stack:
        draft, parent = stack.pop()
        links = link_keys(draft.title, (url for url, _, _ in draft.links))
        title = written_title(plain(draft.title))
        entries.append(Entry(title, parent, draft.id or draft.ref, bool(draft.id), tuple(draft.was), links))
        drafts.append(draft)
        here = len(entries) - 1
        stack.extend((child, here) for child in reversed(draft.children))
    return Upstream(tuple(entries), drafts, [draft_values(draft) for draft in drafts])


def align(base: ImportBase, source: SourceBase | None, new: Outline, roadmap: Roadmap) -> Alignment:
    """Return who is who. `source` is what this source was at its last import, None when nothing is known of it."""
    here = outline_of(roadmap)
    matched = match(base.roadmap, here, doubts=False).pairs if base.sources else {}
    since = {base.roadmap[then].id: now for then, now in matched.items()}
    if source is None:
        found = match(here, new, surest=SURE)
        return Alignment(found.origins, {}, {}, frozenset(), frozenset(), (), found.doubts, since)
    was_here = {place: since[id_] for place, id_ in enumerate(source.ids) if id_ in since}
    upstream = match(source.outline, new, surest=SURE, apart=(_doubled(source.outline, was_here, new), ()))
    deleted = frozenset(place for place in range(len(source.outline)) if place not in was_here)
    now = {place: was_here[old] for place, old in upstream.origins.items() if old in was_here}
    # what is new in the source, or was never here, may be what the owner wrote himself
    gone_before = {place for place, old in upstream.origins.items() if old in deleted and source.ids[old]}
    if len(now) < len(here) and len(now) + len(gone_before) < len(new):
        settled = {mine: place for place, mine in now.items()}
        rest = match(here, new, surest=Rule.SHARE, doubts=False, known=settled, apart=((), gone_before))
        now = dict(rest.origins)
    resembling = frozenset(place for old, place in upstream.pairs.items() if upstream.rules[old] is Rule.ALIKE)
    return Alignment(now, upstream.origins, was_here, deleted, resembling, upstream.doubts, (), since)


def _doubled(old: Outline, was_here: Collection[int], new: Outline) -> set[int]:
    """Return the places of entries that stand twice in a source only since git joined what two branches knew of it.

    The owner called it otherwise on one of them, so that it has two ids: the one that is here counts. Which of
    namesakes went from a source nobody can tell either, so that it is right for those, too.
    """
    before, now = _paths(old), _paths(new)
    fewer = Counter(before)
    if len(fewer) == len(before):
        return set()
    present = {(), *now}
    fewer.subtract(now)
    kept = {before[place] for place in was_here}
    found: set[int] = set()
    for place, path in enumerate(before):
        is_one_too_many = fewer[path] > 0 and path in kept and path[:-1] in present
        if place not in was_here and (is_one_too_many or old[place].parent in found):
            fewer[path] -= 1
            found.add(place)
    return found


def _paths(outline: Outline) -> list[tuple[str, ...]]:
    """Return the titles down to each entry."""
    paths: list[tuple[str, ...]] = []
    for entry in outline:
        paths.append((*(paths[entry.parent] if entry.parent != TOP else ()), entry.title))
    return paths


def source_of(base: ImportBase, name: str, new: Outline) -> tuple[str, SourceBase | None]:
    """Return what is known of a source: by its name, else the one that most of it is from, under another name."""
    if name in base.sources:
        return name, base.sources[name]
    best, most = "", 0
    for other, source in base.sources.items():
        common = len(match(source.outline, new, surest=Rule.SHARE, doubts=False).pairs)
        if common * 2 >= min(len(source.outline), len(new)) and common > most:
            best, most = other, common
    return best or name, base.sources.get(best)
