"""Outputs that came back, taken into a progress record: whose ticks they are now, and what they change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ..errors import RoadpressError, UndecidedError
from ..identity.matching import Rule
from ..learner import check_learners, same_name
from ..model import Node, Roadmap
from ..text import plain
from .editions import understood
from .matching import TickMatching, carry, taken_for
from .model import Tick, believed
from .recording import brought_up, progress_of
from .store import ProgressFile, RecordedTick, storable
from .three_way import Conflict, Merge, Prefer, ReportedTick, ReturnedOutput, TickChange, merge


class CollectedOutput(NamedTuple):
    """What came of one output."""

    label: str
    """Its file's name or its address, as the person gave it."""
    returned: ReturnedOutput
    merge: Merge
    known: int
    """How many of its leaves are in the roadmap."""
    notices: tuple[str, ...] = ()
    """One sentence for each of its ticks that went to an entry by likeness or place."""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what was changed on both sides."""
        return self.merge.conflicts


class CollectResult(NamedTuple):
    """What came of all of them, and the record that holds it."""

    parts: tuple[CollectedOutput, ...]
    record: ProgressFile
    notices: tuple[str, ...] = ()
    """What there is to tell of ticks recorded before, when the record was brought up to the roadmap."""


def collect(
    record: ProgressFile,
    roadmap: Roadmap,
    outputs: Sequence[tuple[str, ReturnedOutput]],
    *,
    now: datetime,
    prefer: Prefer = Prefer.NEWEST,
    from_anyone: bool = False,
) -> CollectResult:
    """Merge outputs, one after another, into a record; each with the name that a person knows it by.

    Ticks of leaves that are not in the roadmap any more are kept as orphans. A record without a learner gets the name
    that the outputs have. Raises RoadpressError when nothing at all in an output is of this roadmap, and, unless
    `from_anyone`, UndecidedError when one seems to be of another roadmap or learner.
    """
    mine = record.learner or roadmap.learner
    if not from_anyone:
        name = check_learners(mine, [(label, given.learner) for label, given in outputs])
        record = record if mine else replace(record, learner=name)
    carried = carry(record, roadmap)
    ticks = progress_of(roadmap, carried).ticks
    leaves = {leaf.id: leaf for leaf in roadmap.leaves()}
    changes: dict[str, Tick] = {}
    strays: dict[str, RecordedTick] = {}
    parts: list[CollectedOutput] = []
    names: dict[str, list[str]] = defaultdict(list)
    for label, given in ((label, _storable(given)) for label, given in outputs):
        returned, doubtful, where, related = understood(given, record, roadmap, _homes(given, record, carried))
        known = sum(observed.id in leaves for observed in returned.leaves)
        _check_roadmap(label, returned, roadmap, known, related=related, from_anyone=from_anyone)
        merged = merge(ticks, returned, leaves, now=now, prefer=prefer)
        ticks = merged.applied(ticks)
        changes.update((change.id, change.after) for change in merged.changes)
        for then, now_ in zip(given.leaves, returned.leaves, strict=True):
            if then.id != now_.id:
                names[now_.id].append(then.id)
        kept = _kept(returned, {**carried.orphans, **strays})
        unknown = tuple(observed for observed in merged.unknown if observed.id not in kept)
        strays.update(
            (observed.id, _stray(observed, returned, now, where.get(observed.id, ""))) for observed in unknown
        )
        guessed = [change for change in merged.changes if change.id in doubtful]
        notices = tuple(f"In {label} {_taken(change, leaves[change.id], *doubtful[change.id])}." for change in guessed)
        parts.append(CollectedOutput(label, returned, merged._replace(unknown=unknown), known, notices))
    if not changes and not strays:
        return CollectResult(tuple(parts), record)
    after = brought_up(record, roadmap, changes)
    after = after.called({key: more for key, more in names.items() if key in after.ticks})
    orphans = MappingProxyType({**after.orphans, **strays})
    return CollectResult(tuple(parts), replace(after, orphans=orphans), carried.notices)


def _homes(returned: ReturnedOutput, record: ProgressFile, carried: TickMatching) -> dict[str, str]:
    """Return what the record knows already: id in an output → present id, of a leaf or an orphan.

    Under that id and title it is recorded, or by that id an output of before was understood.
    """
    recorded = record.all
    homes = {
        key: now
        for key, title in ((observed.id, observed.title) for observed in returned.leaves)
        if key in recorded and title in ("", recorded[key].title)
        for now in (carried.moved.get(key, key),)
        if now in carried.ticks or now in carried.orphans
    }
    former = {**{key: entry.was for key, entry in carried.orphans.items()}, **carried.was}
    return {**homes, **{name: key for key, names in former.items() for name in names}}


def _kept(returned: ReturnedOutput, orphans: Mapping[str, RecordedTick]) -> set[str]:
    """Return the ids of an output whose ticks are orphans already: by the id, or a title that each side has once."""
    orphaned = Counter(entry.title for entry in orphans.values())
    there = Counter(observed.title for observed in returned.leaves)
    once = {title for title, count in orphaned.items() if title and count == 1 == there[title]}
    return {observed.id for observed in returned.leaves if observed.id in orphans or observed.title in once}


def _taken(change: TickChange, leaf: Node, title: str, rule: Rule) -> str:
    return taken_for(change.after.state, title, leaf.number, plain(leaf.title), rule)


def _check_roadmap(
    label: str, returned: ReturnedOutput, roadmap: Roadmap, known: int, *, related: bool, from_anyone: bool
) -> None:
    """Raise where an output is of another roadmap.

    One whose edition has nothing that is here (not `related`) is; else one with this one's title is an edition of it,
    and so is one of another title when half of its entries are here.
    """
    count = len(returned.leaves)
    if not count:
        return
    title, own = plain(returned.title), plain(roadmap.title)
    title = "" if same_name(title, own) else title
    another = f"{label} is of another roadmap{f', {title!r}' if title else ''}: "
    if not related:
        raise RoadpressError(
            f"{another}none of its {count} entries is in this one.", remedy="Name its roadmap with --file."
        )
    if title and known * 2 < count and not from_anyone:
        verb = "is" if known == 1 else "are"
        raise UndecidedError(
            f"{another}{known} of its {count} entries {verb} in {own!r}; nothing was taken.",
            remedy="Name its roadmap with --file; --from-anyone takes what fits.",
        )


def _storable(returned: ReturnedOutput) -> ReturnedOutput:
    """Return an output whose ids and texts a progress file can hold."""
    leaves = (
        observed._replace(
            id=storable(observed.id),
            title=storable(observed.title),
            note=None if observed.note is None else storable(observed.note),
        )
        for observed in returned.leaves
    )
    return replace(returned, leaves=tuple(leaves))


def _stray(observed: ReportedTick, returned: ReturnedOutput, now: datetime, where: str) -> RecordedTick:
    seen = observed.at or believed(returned.saved, now) or now
    tick = Tick(observed.now, observed.on or seen.date(), returned.source, observed.note or "", observed.at or now)
    return RecordedTick(tick, observed.title, where)
