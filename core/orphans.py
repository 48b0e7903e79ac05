"""Ticks that fit no entry: what they are, and to which a person may give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from .carrying import carry, part_of
from .errors import UsageError
from .identity.from_ids import outline_of_ids, title_of_id
from .identity.matching import Rule, match
from .identity.outline import outline_of
from .identity.titles import DOUBTFUL, likeness, words_of
from .model import Node, Roadmap
from .progress import Tick
from .progress_file import Entry, Record
from .recording import brought_up

_SHOWN = 8


class Orphan(NamedTuple):
    """A tick that fits no entry."""

    id: str
    entry: Entry
    maybe: Node | None = None
    """The leaf without a tick that it may be."""

    @property
    def title(self) -> str:
        """Its title, or what its id says of it."""
        return self.entry.title or title_of_id(self.id)


def orphans_of(record: Record, roadmap: Roadmap) -> list[Orphan]:
    """Return what fits no entry of a roadmap, by its ids."""
    carried = carry(record, roadmap)
    entries = dict(sorted(carried.orphans.items()))
    maybe = _doubts(entries, carried.ticks, roadmap) if entries else {}
    return [Orphan(key, entry, maybe.get(key)) for key, entry in entries.items()]


def _doubts(entries: Mapping[str, Entry], ticks: Mapping[str, Tick], roadmap: Roadmap) -> dict[str, Node]:
    """Return for orphans the one leaf without a tick whose title is most alike, where it is alike at all."""
    nodes = list(roadmap.walk())
    mine = outline_of_ids((key, entry.title) for key, entry in entries.items())
    open_leaves = {place for place, node in enumerate(nodes) if not node.children and node.id not in ticks}
    places, theirs = part_of(outline_of(roadmap), open_leaves)
    found = match(mine, theirs, surest=Rule.SHARE)
    return {
        mine[there].id: nodes[places[here]]
        for there, here in (*found.pairs.items(), *found.doubts)
        if mine[there].id in entries
        and places[here] in open_leaves
        and likeness(words_of(mine[there].title), words_of(theirs[here].title)) >= DOUBTFUL
    }


def meant(orphans: Sequence[Orphan], word: str) -> Orphan:
    """Return the orphan that a word names: its id, its number in the list, its title, or a part of that.

    Raises UsageError when it is none or may be several.
    """
    folded = " ".join(word.casefold().split())
    titles = [" ".join(orphan.title.casefold().split()) for orphan in orphans]
    by_rank = (
        [orphan for orphan in orphans if orphan.id == word],
        [orphan for number, orphan in enumerate(orphans, 1) if str(number) == folded],
        [orphan for orphan, title in zip(orphans, titles, strict=True) if title == folded],
        [orphan for orphan, title in zip(orphans, titles, strict=True) if folded in title],
        [orphan for orphan in orphans if folded in orphan.id.casefold()],
    )
    found = next((found for found in by_rank if found), []) if folded else []
    if len(found) == 1:
        return found[0]
    remedy = "Nothing was changed; `roadpress orphans` lists them with their numbers."
    if found:
        named = ", ".join(repr(orphan.title) for orphan in found[:_SHOWN])
        raise UsageError(f"{word!r} may be {named}{' …' if len(found) > _SHOWN else ''}.", remedy=remedy)
    if not orphans:
        raise UsageError("Every tick fits an entry: there is none to place.", remedy="Nothing was changed.")
    raise UsageError(f"No tick without an entry is called {word!r}.", remedy=remedy)


def adopted(record: Record, roadmap: Roadmap, leaf: Node, orphan: Orphan, *, now: datetime) -> Record:
    """Return a record in which a leaf has an orphan's tick with its day and note, which follows a note of its own."""
    after = brought_up(record, roadmap, {})
    notes = [after.ticks[leaf.id].tick.note] if leaf.id in after.ticks else []
    notes += [orphan.entry.tick.note] if orphan.entry.tick.note not in notes else []
    tick = orphan.entry.tick._replace(note="\n\n".join(filter(None, notes)), at=now)
    return forgotten(brought_up(after, roadmap, {leaf.id: tick}), orphan)


def forgotten(record: Record, orphan: Orphan) -> Record:
    """Return a record without an orphan."""
    rest = {key: entry for key, entry in record.orphans.items() if key != orphan.id}
    return replace(record, orphans=MappingProxyType(rest))
