"""Ticks that come back from an output, merged three ways: what it was given, what it says now, what is recorded here.

Only what somebody changed out there is taken. Where it was changed here, too, since the output was made, the two
contradict each other, and a policy decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from ..identity.outline import Outline
from .model import State, Tick, believed


class ReportedTick(NamedTuple):
    """What an output says of one leaf."""

    id: str
    now: State
    """OPEN, DONE or SKIPPED."""
    given: State | None = None
    """What the output was given; None when it does not tell, and then only a tick says anything."""
    on: date | None = None
    """The day it was done or skipped, where the output knows."""
    at: datetime | None = None
    """When that was changed, where the output knows; aware."""
    note: str | None = None
    """The learner's note, where the output has notes."""
    title: str = ""
    """Its plain title there, by which it is found and named when the id is unknown here."""


@dataclass(frozen=True, slots=True)
class ReturnedOutput:
    """An output that came back."""

    source: str
    """`pdf`, `checklist`, `markdown`, `trello`."""
    leaves: tuple[ReportedTick, ...]
    made: datetime | None = None
    """When it was made of the roadmap, where known; aware."""
    saved: datetime | None = None
    """When it was last changed, where known: the date of ticks that have none of their own."""
    learner: str = ""
    """Whose it is; empty when it does not say."""
    title: str = ""
    """The title of its roadmap, Markdown; empty when it does not say."""
    outline: Outline = ()
    """That of the roadmap's edition which it was made of, where it brings one."""


class Prefer(Enum):
    """Who wins where both sides changed."""

    NEWEST = "newest"
    MINE = "mine"
    """What is recorded here."""
    THEIRS = "theirs"
    """What the output says."""


class TickChange(NamedTuple):
    """One leaf that is recorded anew."""

    id: str
    before: Tick | None
    after: Tick


class Conflict(NamedTuple):
    """One leaf that was changed on both sides."""

    id: str
    mine: Tick
    theirs: Tick
    taken: str
    """`mine` or `theirs`."""


class Merge(NamedTuple):
    """What came of it."""

    changes: tuple[TickChange, ...]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[ReportedTick, ...]
    """Ticks of leaves that are not in the roadmap."""

    def applied(self, ticks: Mapping[str, Tick]) -> Mapping[str, Tick]:
        """Return ticks with the changes in them."""
        return MappingProxyType({**ticks, **{change.id: change.after for change in self.changes}})


def merge(
    ticks: Mapping[str, Tick],
    returned: ReturnedOutput,
    known: Iterable[str],
    *,
    now: datetime,
    prefer: Prefer = Prefer.NEWEST,
) -> Merge:
    """Return what an output's ticks change here.

    `known` are the ids of the roadmap's leaves. `now` dates what has no date of its own. Merging what was merged before
    changes nothing; an output that says what it was given changes nothing. A moment that is yet to come says nothing.
    """
    leaves = set(known)
    returned = _believed(returned, now)
    changes: list[TickChange] = []
    conflicts: list[Conflict] = []
    unknown: list[ReportedTick] = []
    for observed in returned.leaves:
        if observed.id not in leaves:
            if _was_changed(observed):
                unknown.append(observed)
            continue
        mine = ticks.get(observed.id)
        theirs = _their_tick(observed, returned, now)
        if _was_changed(observed) and observed.now is not _state(mine):
            if mine is not None and _contradict(mine, observed, returned):
                takes_theirs = _wins(mine, observed, returned, prefer, now)
                conflicts.append(Conflict(observed.id, mine, theirs, "theirs" if takes_theirs else "mine"))
                if not takes_theirs:
                    continue
            note = theirs.note if observed.note is not None else (mine.note if mine else "")
            changes.append(TickChange(observed.id, mine, _with_note(theirs, note)))
        elif observed.note is not None and observed.note != (mine.note if mine else "") and observed.note:
            after = _with_note(mine, observed.note) if mine else Tick(State.OPEN, None, returned.source, observed.note)
            changes.append(TickChange(observed.id, mine, after))
    return Merge(tuple(changes), tuple(conflicts), tuple(unknown))


def _believed(returned: ReturnedOutput, now: datetime) -> ReturnedOutput:
    """Return an output without the moments and days that a wrong clock gave it."""
    leaves = (
        seen._replace(at=believed(seen.at, now), on=seen.on if believed(_start_of(seen.on), now) else None)
        for seen in returned.leaves
    )
    made, saved = believed(returned.made, now), believed(returned.saved, now)
    return replace(returned, leaves=tuple(leaves), made=made, saved=saved)


def _state(tick: Tick | None) -> State:
    return tick.state if tick else State.OPEN


def _was_changed(observed: ReportedTick) -> bool:
    """Whether somebody changed it out there; a box that is empty in an output without a memory says nothing."""
    return observed.now is not (State.OPEN if observed.given is None else observed.given)


def _contradict(mine: Tick, observed: ReportedTick, returned: ReturnedOutput) -> bool:
    """Whether it was changed here, too, since the output was made: on a later day, for outputs know only their day."""
    if observed.given is None or mine.state is not observed.given:
        return True
    return mine.at is not None and returned.made is not None and mine.at.date() > returned.made.date()


def _wins(mine: Tick, observed: ReportedTick, returned: ReturnedOutput, prefer: Prefer, now: datetime) -> bool:
    """Whether theirs is taken; what has no date loses to what has one, and a tie leaves things as they are."""
    if prefer is not Prefer.NEWEST:
        return prefer is Prefer.THEIRS
    own, other = believed(mine.when, now), observed.at or returned.saved or _start_of(observed.on)
    if own is None or other is None:
        return own is None and other is not None
    return other > own


def _start_of(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc) if day else None


def _their_tick(observed: ReportedTick, returned: ReturnedOutput, now: datetime) -> Tick:
    seen = observed.at or returned.saved
    day = observed.on or (seen or now).date()
    return Tick(observed.now, day, returned.source, observed.note or "", observed.at or now)


def _with_note(tick: Tick, note: str) -> Tick:
    return Tick(tick.state, tick.on, tick.source, note, tick.at)
