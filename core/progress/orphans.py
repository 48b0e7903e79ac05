"""Ticks that fit no entry: what they are, and to which a person may give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ..errors import UsageError
from ..identity.from_ids import title_of_id
from ..identity.titles import DOUBTFUL, likeness, words_of
from ..model import Node, Roadmap
from ..text import plain
from .matching import carry
from .model import State, Tick
from .recording import brought_up
from .store import ProgressFile, RecordedTick

_SHOWN = 8
_COMPARED = 10_000
"""Up to so many pairs of titles all are compared; of more those with a word in common that is not in all of them."""


class Orphan(NamedTuple):
    """A tick that fits no entry."""

    id: str
    entry: RecordedTick
    maybe: Node | None = None
    """The leaf without a tick that it may be."""

    @property
    def title(self) -> str:
        """Its title, or what its id says of it."""
        return self.entry.title or title_of_id(self.id)


def orphans_of(record: ProgressFile, roadmap: Roadmap) -> list[Orphan]:
    """Return what fits no entry of a roadmap, by its ids."""
    carried = carry(record, roadmap)
    entries = carried.unplaced
    maybe = _alike(entries, [leaf for leaf in roadmap.leaves() if leaf.id not in carried.ticks]) if entries else {}
    return [Orphan(key, entry, maybe.get(key)) for key, entry in entries.items()]


def _alike(entries: Mapping[str, RecordedTick], leaves: Sequence[Node]) -> dict[str, Node]:
    """Return for orphans the leaf whose title is most alike, where one is, and no other as much."""
    words = [words_of(plain(leaf.title)) for leaf in leaves]
    by_word: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(words):
        for word in one.words:
            by_word[word].add(place)
    few = len(entries) * len(leaves) <= _COMPARED
    found: dict[str, Node] = {}
    for key, entry in entries.items():
        mine = words_of(entry.title or title_of_id(key))
        places = range(len(leaves)) if few else set().union(*(by_word[w] for w in mine.words if len(by_word[w]) < 99))
        ranked = sorted(((likeness(mine, words[place]), -place) for place in places), reverse=True)
        if ranked and ranked[0][0] >= DOUBTFUL and (len(ranked) == 1 or ranked[1][0] < ranked[0][0]):
            found[key] = leaves[-ranked[0][1]]
    return found


def meant(orphans: Sequence[Orphan], word: str, *, whole: bool = False) -> Orphan:
    """Return the orphan that a word names: its id, its number in the list, its title, or (unless `whole`) a part of it.

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
    ranks = by_rank[:3] if whole else by_rank
    found = next((found for found in ranks if found), []) if folded else []
    if len(found) == 1:
        return found[0]
    remedy = "Nothing was changed; `roadpress orphans` lists them with their numbers."
    if found:
        named = ", ".join(repr(orphan.title) for orphan in found[:_SHOWN])
        raise UsageError(f"{word!r} may be {named}{' …' if len(found) > _SHOWN else ''}.", remedy=remedy)
    if not orphans:
        raise UsageError("Every tick fits an entry: there is none to place.", remedy="Nothing was changed.")
    raise UsageError(f"No tick without an entry is called {word!r}.", remedy=remedy)


def adopted(record: ProgressFile, roadmap: Roadmap, leaf: Node, orphan: Orphan, *, now: datetime) -> ProgressFile:
    """Return a record in which a leaf has an orphan's tick with its day and note, which follows a note of its own.

    The output that it came with will be understood so, too, when it is collected again.
    """
    after = brought_up(record, roadmap, {})
    notes = [after.ticks[leaf.id].tick.note] if leaf.id in after.ticks else []
    notes += [orphan.entry.tick.note] if orphan.entry.tick.note not in notes else []
    tick = orphan.entry.tick._replace(note="\n\n".join(filter(None, notes)), at=now)
    given = brought_up(after, roadmap, {leaf.id: tick})
    rest = {key: entry for key, entry in given.orphans.items() if key != orphan.id}
    return replace(given, orphans=MappingProxyType(rest)).called({leaf.id: (*orphan.entry.was, orphan.id)})


def forgotten(record: ProgressFile, roadmap: Roadmap, orphan: Orphan, *, now: datetime) -> ProgressFile:
    """Return a record that knows of an orphan only that it was thrown away: an output does not bring it back."""
    after = brought_up(record, roadmap, {})
    thrown = orphan.entry._replace(tick=Tick(State.OPEN, at=now))
    return replace(after, orphans=MappingProxyType({**after.orphans, orphan.id: thrown}))
