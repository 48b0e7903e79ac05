"""`<cohort>.index.sqlite`: where each learner stands, so that thousands of progress files are not read each time.

The progress files are the truth: the index can be deleted at any time, and is made of them again. A build has read them
all, and keeps it; what it has not read is read when somebody asks where all stand.
"""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..core.model import Roadmap
from ..core.progress.model import Progress, State
from .model import Learner, LoadedCohort

_VERSION = 1
OPEN, UNKNOWN_DAY, SKIPPED, NOT_THEIRS = 0, 1, -1, -2
"""What stands for a leaf where it is not the ordinal of the day on which it was done (`date.toordinal`)."""


class Entry(NamedTuple):
    """What is known of one learner."""

    learner: str
    group: str
    """The digest of all that their roadmap and its plan are made of."""
    mtime: int
    """The progress file's, in nanoseconds; 0 where there is none."""
    size: int
    last: int
    """The ordinal of the last day with a sign of life; 0 for none."""
    days: bytes
    """An int of four bytes for each leaf of the whole roadmap, in reading order."""
    error: str = ""
    """Why the progress file cannot be read."""

    def of_leaves(self) -> array[int]:
        """Return what is known of each leaf."""
        found = array("i")
        found.frombytes(self.days)
        return found


class Known(NamedTuple):
    """What a progress file says of its learner."""

    last: int
    days: bytes


def known_of(whole: Roadmap, own: Roadmap, progress: Progress) -> Known:
    """Return what is known of a learner who follows `own`, by the leaves of the whole roadmap."""
    mine = {leaf.id for leaf in own.leaves()}
    days = array("i")
    last = 0
    for leaf in whole.leaves():
        tick = progress.ticks.get(leaf.id)
        if leaf.id not in mine:
            days.append(NOT_THEIRS)
        elif tick is None or tick.state is State.OPEN:
            days.append(OPEN)
        elif tick.state is State.SKIPPED:
            days.append(SKIPPED)
        else:
            days.append(tick.on.toordinal() if tick.on else UNKNOWN_DAY)
        if tick and tick.source and leaf.id in mine:
            seen = tick.at.date() if tick.at else tick.on
            last = max(last, seen.toordinal() if seen else 0)
    return Known(last, days.tobytes())


def group_of(loaded: LoadedCohort, learner: Learner) -> str:
    """Return the digest of all that a learner's roadmap and its plan are made of."""
    facts = (loaded.source_of(learner).digest, learner.roadmap, learner.skip, learner.start, learner.pace)
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()


def stat_of(path: Path) -> tuple[int, int]:
    """Return the time and size of a progress file; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def index_path(loaded: LoadedCohort) -> Path:
    """Return where a cohort's index is."""
    return loaded.cohort.folder / f"{loaded.cohort.stem}.index.sqlite"


class Index:
    """The rows of an index, read at once, and written where they changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._database = self._opened()
        except sqlite3.DatabaseError:  # it can be made again: a damaged one is no loss
            path.unlink()
            self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path)
        try:
            if database.execute("pragma user_version").fetchone()[0] != _VERSION:
                database.executescript(f"""
                    drop table if exists learners;
                    create table learners ({", ".join(Entry._fields).replace("group", '"group"')},
                        primary key (learner)) without rowid;
                    pragma user_version = {_VERSION};
                """)
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    def entries(self) -> Mapping[str, Entry]:
        """Return all rows, by the learner's id."""
        return {row[0]: Entry._make(row) for row in self._database.execute("select * from learners")}

    def update(self, changed: Iterable[Entry], gone: Iterable[str] = ()) -> None:
        """Write rows, and delete those of learners who left."""
        with self._database:
            self._database.executemany("delete from learners where learner = ?", [(one,) for one in gone])
            marks = ", ".join("?" * len(Entry._fields))
            self._database.executemany(f"insert or replace into learners values ({marks})", changed)  # noqa: S608 - marks

    def close(self) -> None:
        """Close the file."""
        self._database.close()
