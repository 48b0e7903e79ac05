"""Where all learners stand: read off the index, which is brought up to the progress files first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..core.errors import RoadpressError
from ..core.model import Node, Roadmap
from ..core.progress.matching import carry
from ..core.progress.model import Progress, progress_path
from ..core.progress.recording import progress_of
from ..core.progress.store import read
from .baseline import Baseline, weeks_between
from .index import UNKNOWN_DAY, Entry, Index, group_of, index_path, known_of, stat_of
from .model import Learner, LoadedCohort
from .personal import personal

QUIET = 7
"""Days without a sign of life after which a learner counts as stuck."""
_MOST_STUCK = 12


class Standing(NamedTuple):
    """One learner."""

    learner: Learner
    done: int
    """Required leaves that are done."""
    total: int
    """Required leaves that are not skipped."""
    sections: tuple[tuple[int, int], ...]
    """The same of each section of the whole roadmap."""
    behind: int | None
    """Days behind the plan that they began with, below 0 ahead; None without one."""
    last: date | None
    """The day of the last sign of life."""
    next: Node | None
    """The first required entry in planned order that is open."""
    error: str = ""
    """Why nothing is known."""

    @property
    def percent(self) -> int:
        """Whole percent, rounded down so that 100 means all."""
        return self.done * 100 // self.total if self.total else 0

    def is_quiet(self, today: date, days: int = QUIET) -> bool:
        """Whether there was no sign of life for so many days, though there is something to do."""
        since = self.last or self.learner.start
        return self.next is not None and since is not None and (today - since).days >= days


class BurnUp(NamedTuple):
    """How many entries of all learners were done by the end of a day, and how many were to be."""

    day: date
    done: int | None
    """None for days to come."""
    planned: int | None
    """None where nobody has a plan."""


class Stuck(NamedTuple):
    """An entry that is next for some who are silent."""

    node: Node
    learners: int
    done: int
    """How many have done it."""


class Part(NamedTuple):
    """Those who follow one roadmap."""

    name: str
    """The roadmap's among the cohort's; empty for the only one."""
    roadmap: Roadmap
    rows: tuple[Standing, ...]
    burn_up: tuple[BurnUp, ...]
    stuck: tuple[Stuck, ...]


class Report(NamedTuple):
    """Where a cohort stands."""

    title: str
    today: date
    parts: tuple[Part, ...]

    @property
    def rows(self) -> tuple[Standing, ...]:
        """Everybody, in the cohort's order."""
        return tuple(row for part in self.parts for row in part.rows)


class _Group(NamedTuple):
    """What is the same for learners of one roadmap, start and pace."""

    key: str
    source: str
    whole: Roadmap
    own: Roadmap
    baseline: Baseline


def report(loaded: LoadedCohort, *, today: date) -> Report:
    """Return where everybody stands on a day. The index beside the cohort is made, or brought up to date."""
    groups = _Groups(loaded, today)
    index = Index(index_path(loaded))
    try:
        known = index.entries()
        entries: dict[str, Entry] = {}
        changed: list[Entry] = []
        for learner in loaded.cohort.learners:
            group = groups.of(learner)
            entry = known.get(learner.id)
            path = progress_path(loaded.cohort.progress_base(learner))
            mtime, size = stat_of(path)
            if entry is None or (entry.group, entry.mtime, entry.size) != (group.key, mtime, size):
                entry = _entry(learner, group, path, mtime, size)
                changed.append(entry)
            entries[learner.id] = entry
        if changed or known.keys() - entries.keys():
            index.update(changed, known.keys() - entries.keys())
    finally:
        index.close()
    by_source: dict[str, list[Learner]] = defaultdict(list)
    for learner in loaded.cohort.learners:
        by_source[learner.roadmap].append(learner)
    parts = [_part(loaded, name, by_source[name], groups, entries, today) for name in loaded.sources if by_source[name]]
    return Report(loaded.cohort.title, today, tuple(parts))


class _Groups:
    def __init__(self, loaded: LoadedCohort, today: date) -> None:
        self._loaded = loaded
        self._today = today
        self._known: dict[object, _Group] = {}

    def of(self, learner: Learner) -> _Group:
        facts = (learner.roadmap, learner.skip, learner.start, learner.pace)
        group = self._known.get(facts)
        if group is None:
            source = self._loaded.source_of(learner)
            own = personal(source.roadmap, learner)
            group = _Group(
                group_of(self._loaded, learner),
                source.name,
                source.roadmap,
                own,
                Baseline(source.roadmap, own, self._today),
            )
            self._known[facts] = group
        return group


def _entry(learner: Learner, group: _Group, path: Path, mtime: int, size: int) -> Entry:
    """Return what a progress file says."""
    error = ""
    progress = Progress.of_author(group.own)
    try:
        if mtime:
            progress = progress_of(group.own, carry(read(path), group.own))
    except RoadpressError as wrong:
        error = wrong.lines()[0]
    known = known_of(group.whole, group.own, progress)
    return Entry(learner.id, group.key, mtime, size, known.last, known.days, error)


def _part(
    loaded: LoadedCohort,
    name: str,
    learners: Sequence[Learner],
    groups: _Groups,
    entries: Mapping[str, Entry],
    today: date,
) -> Part:
    whole = loaded.sources[name].roadmap
    leaves = list(whole.leaves())
    rows = []
    done_on: Counter[int] = Counter()
    of_group: Counter[str] = Counter()
    baselines: dict[str, Baseline] = {}
    done_of = [0] * len(leaves)
    quiet_at: Counter[int] = Counter()
    for learner in learners:
        group, entry = groups.of(learner), entries[learner.id]
        days = entry.of_leaves()
        of_group[group.key] += 1
        baselines[group.key] = group.baseline
        row, place = _row(learner, group.baseline, entry, days, leaves, today)
        rows.append(row)
        for at in group.baseline.required:
            if days[at] > 0:
                done_of[at] += 1
                done_on[days[at]] += 1
        if place is not None and row.is_quiet(today):
            quiet_at[place] += 1
    least = 2 if max(quiet_at.values(), default=0) > 1 else 1
    crowded = sorted(quiet_at.items(), key=lambda item: (-item[1], item[0]))[:_MOST_STUCK]
    stuck = [Stuck(leaves[at], count, done_of[at]) for at, count in crowded if count >= least]
    return Part(name, whole, tuple(rows), _burn_up(done_on, of_group, baselines, today), tuple(stuck))


def _row(
    learner: Learner, baseline: Baseline, entry: Entry, days: Sequence[int], leaves: Sequence[Node], today: date
) -> tuple[Standing, int | None]:
    required = baseline.required
    sections = tuple(
        (
            sum(1 for at in places if days[at] > 0 and at in required),
            sum(1 for at in places if days[at] >= 0 and at in required),
        )
        for places in baseline.sections
    )
    place = baseline.next(days)
    return (
        Standing(
            learner._replace(start=learner.start or baseline.start),
            sum(done for done, _ in sections),
            sum(total for _, total in sections),
            sections,
            None if entry.error else baseline.behind(days, today),
            date.fromordinal(entry.last) if entry.last else None,
            leaves[place] if place is not None else None,
            entry.error,
        ),
        place,
    )


def _burn_up(
    done_on: Counter[int], of_group: Mapping[str, int], baselines: Mapping[str, Baseline], today: date
) -> tuple[BurnUp, ...]:
    planned = {key: baseline for key, baseline in baselines.items() if baseline.due}
    starts = [baseline.start for baseline in planned.values() if baseline.start]
    known = [date.fromordinal(day) for day in done_on if day > UNKNOWN_DAY]
    first = min([*starts, *known], default=today)
    last = max([today, *(baseline.end for baseline in planned.values() if baseline.end)])
    days = sorted({*weeks_between(first, last), today} if first <= today else weeks_between(first, last))
    ordered = sorted(done_on.items())
    result = []
    at = done = 0
    for day in days:
        while at < len(ordered) and ordered[at][0] <= day.toordinal():
            done += ordered[at][1]
            at += 1
        sums = sum(of_group[key] * baseline.planned_by(day.toordinal()) for key, baseline in planned.items())
        result.append(BurnUp(day, done if day <= today else None, sums if planned else None))
    return tuple(result)
