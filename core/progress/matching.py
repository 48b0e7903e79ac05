"""Whose tick is it? Recorded ticks to the leaves of a roadmap that has been edited since.

The record's outline is matched with the roadmap's (`roadpress.core.identity.matching`): whatever it pairs keeps its
tick. A tick without an entry is an orphan; it is kept, and looked for whenever the roadmap changes, among the leaves
that are new: one that was there before and open never gets another's tick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..identity.from_ids import outline_of_ids, title_of_id
from ..identity.matching import Rule, match
from ..identity.outline import TOP, Outline, outline_of
from ..identity.outline_text import parse_outline
from ..identity.titles import ENOUGH, likeness, words_of
from ..identity.unchanged import is_outline_of
from ..model import Roadmap
from .checksums import marks, outline_of_marks
from .model import State, Tick
from .store import ProgressFile, RecordedTick, newest


class TickMatching(NamedTuple):
    """A record brought to the present roadmap."""

    ticks: Mapping[str, Tick]
    """By the present ids of leaves."""
    moved: Mapping[str, str]
    """Recorded id → present id, of ticks whose ids differ."""
    orphans: Mapping[str, RecordedTick]
    """By ids that no leaf has; with those that a person threw away."""
    notices: tuple[str, ...]
    """One sentence for each tick that went to an entry by likeness or place, and for each new orphan."""
    was: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Present id → ids that outputs have for it (`RecordedTick.was`), of `ticks`."""
    outline: str = ""
    """The record's outline, where it is the roadmap's."""

    @property
    def unplaced(self) -> dict[str, RecordedTick]:
        """Return the orphans that say something: without those that were taken back or thrown away."""
        return {key: entry for key, entry in sorted(self.orphans.items()) if not entry.is_silent}


def carry(record: ProgressFile, roadmap: Roadmap) -> TickMatching:
    """Return whose each recorded tick is now. No entry is lost: each is in `ticks` or in `orphans`."""
    same = not record.joined and is_outline_of(record.outline, roadmap)
    if same or (record.marks and not record.joined):
        leaves = [leaf.id for leaf in roadmap.leaves()]
        former = {name for node in roadmap.walk() if node.was for name in node.was} if record.orphans else set()
        same = same or b"".join(marks(leaves)) == record.marks
        if same and record.ticks.keys() <= set(leaves) and record.orphans.keys().isdisjoint(former.union(leaves)):
            return TickMatching(
                MappingProxyType({key: entry.tick for key, entry in record.ticks.items()}),
                MappingProxyType({}),
                record.orphans,
                (),
                _was(record.ticks),
                record.outline,
            )
    return _Carrier(record, roadmap).run()


class _Carrier:
    """One record and one roadmap, matched."""

    def __init__(self, record: ProgressFile, roadmap: Roadmap) -> None:
        self.record = record
        self.new = outline_of(roadmap)
        self.old = remembered_outline(record, self.new)
        self.numbers = [node.number for node in roadmap.walk()]
        self.places = {entry.id: place for place, entry in enumerate(self.new)}
        self.groups = groups_of(self.new)
        self.found: dict[int, list[tuple[str, RecordedTick]]] = defaultdict(list)
        """New place → what is recorded of it."""
        self.homeless: dict[str, tuple[RecordedTick, int]] = {}
        """Recorded id → what it was, and its place in the old outline (TOP where it has none)."""

    def run(self) -> TickMatching:
        direct = self._direct() if self.record.joined else {}
        known, strays = self._sorted(direct)
        before = match(self.old, self.new, surest=Rule.SHARE, doubts=False).origins if strays else {}
        homes = self._homes_of(strays, before) if strays else {}
        # what is the home of a stray is not taken for another by likeness or place
        homed = {*direct.values(), *({place for place, _ in homes.values()} - before.keys())}
        self.matching = match(self.old, self.new, apart=((), homed), doubts=False)
        for key, place in direct.items():
            self._put(key, self.record.all[key], TOP, place)
        for key, (entry, there) in known.items():
            here = self.matching.pairs.get(there, TOP)
            guessed = here != TOP and self.matching.rules[there] >= Rule.ALIKE and key != self.new[here].id
            self._put(key, entry._replace(was=(*entry.was, key)) if guessed else entry, there, here)
        for key, entry in strays.items():
            here, rule = homes.get(key, (TOP, Rule.ID))
            self._put(key, entry, TOP, TOP if rule is Rule.WAS and here in self.found else here)
        ticks = {self.new[place].id: newest([e for _, e in found]) for place, found in sorted(self.found.items())}
        names = {key: self.new[place].id for place, found in self.found.items() for key, _ in found}
        return TickMatching(
            MappingProxyType({key: entry.tick for key, entry in ticks.items()}),
            MappingProxyType({key: name for key, name in names.items() if key != name}),
            MappingProxyType(self._orphans()),
            (*self._doubtful(), *self._orphaned()),
            _was(ticks),
        )

    # -- placing ---------------------------------------------------------------------------------------------------

    def _direct(self) -> dict[str, int]:
        """Return the leaves of ticks by id, else by a title that is there once: where git joined two outlines.

        There an entry stands twice, and by which of its ids it was ticked does not matter.
        """
        by_title: dict[str, list[int]] = defaultdict(list)
        for place, node in enumerate(self.new):
            if place not in self.groups:
                by_title[words_of(node.title).key].append(place)
        direct: dict[str, int] = {}
        for key, entry in self.record.all.items():
            alike = by_title[words_of(entry.title).key] if key in self.record.ticks and entry.title else []
            if self._is_itself(key, entry) and self.places[key] not in self.groups:
                direct[key] = self.places[key]
            elif len(alike) == 1:
                direct[key] = alike[0]
        return direct

    def _sorted(self, direct: Mapping[str, int]) -> tuple[dict[str, tuple[RecordedTick, int]], dict[str, RecordedTick]]:
        """Return what is recorded of entries in the old outline, with their places, and what of others."""
        places = {entry.id: place for place, entry in reversed(list(enumerate(self.old)))}
        entries = {key: entry for key, entry in self.record.all.items() if key not in direct}
        known = {key: (entry, places[key]) for key, entry in entries.items() if key in places}
        strays = {key: entry for key, entry in entries.items() if key not in places}
        # what stands under `ticks` and not in the outline, git brought: another side of the merge had another id for it
        foreign = {key: e for key, e in strays.items() if key in self.record.ticks and not self._is_itself(key, e)}
        if foreign and self.old:
            mine = _outline_of(foreign)
            for there, here in match(mine, self.old, surest=Rule.SHARE, doubts=False).pairs.items():
                key = mine[there].id
                if key in foreign:
                    known[key] = (strays.pop(key), here)
        return known, strays

    def _is_itself(self, key: str, entry: RecordedTick) -> bool:
        """Whether an entry of the roadmap has an id, and its title does not contradict."""
        place = self.places.get(key, TOP)
        return place != TOP and (
            self.new[place].own_id
            or not entry.title
            or likeness(words_of(entry.title), words_of(self.new[place].title)) >= ENOUGH
        )

    def _homes_of(self, strays: Mapping[str, RecordedTick], before: Mapping[int, int]) -> dict[str, tuple[int, Rule]]:
        """Return for strays the leaf that each surely is, and why: one that is new, or that names it.

        `before` are the entries that were there before.
        """
        named = {key for key, entry in strays.items() if self._is_itself(key, entry)}
        free = {
            place
            for place, entry in enumerate(self.new)
            if place not in self.groups
            and (place not in before or entry.id in named or not strays.keys().isdisjoint(entry.was))
        }
        if not free:
            return {}
        mine = tuple(entry._replace(own_id=entry.id in named) for entry in _outline_of(strays))
        kept, theirs = part_of(self.new, free)
        found = match(mine, theirs, surest=Rule.SHARE, doubts=False)
        homes = {mine[there].id: (kept[here], found.rules[there]) for there, here in found.pairs.items()}
        return {
            key: (place, rule)
            for key, (place, rule) in homes.items()
            if key in strays and place in free and (place not in before or rule <= Rule.WAS)
        }

    def _put(self, key: str, entry: RecordedTick, there: int, here: int) -> None:
        if here == TOP or here in self.groups:
            self.homeless[key] = (entry, there)
        else:
            self.found[here].append((key, entry))

    # -- telling ---------------------------------------------------------------------------------------------------

    def _orphans(self) -> dict[str, RecordedTick]:
        """Return what has no leaf, each under an id that no leaf has, so that it is taken for none."""
        orphans: dict[str, RecordedTick] = {}
        for key, (entry, there) in self.homeless.items():
            here = self._group_of(key)
            where = " › ".join(titles_above(self.old, there)) if there != TOP and not entry.where else entry.where
            name = self.new[here].id if here != TOP else free_id(key, self.places)
            orphans[free_id(name, orphans)] = entry._replace(where=where)
        return orphans

    def _group_of(self, key: str) -> int:
        """Return the place of the group that a leaf has become, if it has."""
        entry, there = self.homeless[key]
        if there != TOP:
            return self.matching.pairs.get(there, TOP)
        return self.places[key] if self._is_itself(key, entry) and self.places[key] in self.groups else TOP

    def _doubtful(self) -> Iterator[str]:
        for there, here in self.matching.pairs.items():
            if self.matching.rules[there] >= Rule.ALIKE:
                for _, entry in self.found.get(here, ()):
                    if entry.tick.state is not State.OPEN:
                        rule = self.matching.rules[there]
                        sentence = taken_for(
                            entry.tick.state, entry.title, self.numbers[here], self.new[here].title, rule
                        )
                        yield f"{sentence}: its tick went along."

    def _orphaned(self) -> Iterator[str]:
        for key, (entry, _) in self.homeless.items():
            if key in self.record.orphans or entry.tick.state is State.OPEN:
                continue
            title = repr(entry.title or title_of_id(key))
            if self._group_of(key) != TOP:
                yield f"{title} was ticked and now has items of its own; its tick is kept until it has none."
            else:
                yield (
                    f"{title} was ticked and is no longer in the roadmap; its tick is kept and comes back when it does "
                    "(`roadpress orphans`)."
                )


def _was(ticks: Mapping[str, RecordedTick]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: entry.was for key, entry in ticks.items() if entry.was})


def taken_for(state: State, title: str, number: str, present: str, rule: Rule) -> str:
    """Return what to tell of a tick that went to an entry by a doubtful rule, without a full stop."""
    why = "which stands in its place" if rule is Rule.GAP else "which is like it"
    return f"{state.value} {title!r} was taken for {number} {present!r}, {why}"


# -- outlines -------------------------------------------------------------------------------------------------------


def remembered_outline(record: ProgressFile, new: Outline) -> Outline:
    """Return a record's outline; of a file of format 1 what its marks tell, with the present titles and ids."""
    if record.outline:
        return parse_outline(record.outline.split("\n"))[0]
    if not record.marks:
        return ()
    return outline_of_marks(record, new)


def groups_of(outline: Outline) -> set[int]:
    """Return the places of entries that hold others."""
    return {entry.parent for entry in outline if entry.parent != TOP}


def titles_above(outline: Outline, place: int) -> list[str]:
    """Return the titles of what is above an entry, from the top."""
    titles: list[str] = []
    above = outline[place].parent
    while above != TOP:
        titles.append(outline[above].title)
        above = outline[above].parent
    return titles[::-1]


def free_id(key: str, taken: Iterable[str]) -> str:
    """Return an id that is not taken; no entry of a roadmap has a tilde in its own."""
    while key in taken:
        key += "~"
    return key


def _outline_of(entries: Mapping[str, RecordedTick]) -> Outline:
    return outline_of_ids((key, entry.title) for key, entry in entries.items())


def part_of(outline: Outline, places: set[int]) -> tuple[list[int], Outline]:
    """Return entries of an outline with all that is above them: their places there, and an outline of their own."""
    wanted = set(places)
    for place in places:
        above = outline[place].parent
        while above != TOP and above not in wanted:
            wanted.add(above)
            above = outline[above].parent
    kept = sorted(wanted)
    now = {place: at for at, place in enumerate(kept)}
    return kept, tuple(outline[place]._replace(parent=now.get(outline[place].parent, TOP)) for place in kept)
