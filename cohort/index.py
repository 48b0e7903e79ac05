"""`<cohort>.index.sqlite`: where each learner stands, so that thousands of progress files are not read each time.

The progress files are the truth: the index can be deleted at any time, and is made of them again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

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

    def update(self, changed: Iterable[Entry], gone: Iterable[str]) -> None:
        """Write rows, and delete those of learners who left."""
        with self._database:
            self._database.executemany("delete from learners where learner = ?", [(one,) for one in gone])
            marks = ", ".join("?" * len(Entry._fields))
            self._database.executemany(f"insert or replace into learners values ({marks})", changed)  # noqa: S608 - marks

    def close(self) -> None:
        """Close the file."""
        self._database.close()
