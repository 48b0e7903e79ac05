"""The manifest: which outputs were made of what. It is kept where the driver is, and can be deleted at any time.

A row enters when its files are safe, so a run that was killed goes on where its last rows are; what was made after
them is made again, to the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from ..core.errors import RoadpressError
from .work import Output

_VERSION = 1


class Manifest:
    """Rows of one store's outputs."""

    def __init__(self, path: Path, store: str) -> None:
        self.store = store
        self._path = path
        self._database = _opened(path)

    def made(self, learner: str, format_: str) -> tuple[str, list[tuple[str, int]]]:
        """Return the digest of what a learner's output was made of, and the names and sizes of its files."""
        query = "select inputs, name, size from made where store = ? and learner = ? and format = ?"
        rows = self._database.execute(query, (self.store, learner, format_)).fetchall()
        return (rows[0][0] if rows else "", [(name, size) for _, name, size in rows])

    def record(self, rows: Iterable[tuple[str, str, Sequence[Output]]]) -> None:
        """Record outputs, each of a learner's id with the digest of its inputs by format, in one transaction."""
        with self._database:
            for learner, inputs, outputs in rows:
                for format_ in {output.format for output in outputs}:
                    key = (self.store, learner, format_)
                    self._database.execute("delete from made where store = ? and learner = ? and format = ?", key)
                self._database.executemany(
                    "insert into made values (?, ?, ?, ?, ?, ?, ?)",
                    [(self.store, learner, one.format, inputs, one.name, one.size, one.digest) for one in outputs],
                )

    def digests(self) -> dict[str, str]:
        """Return the digest of every file, by its name."""
        rows = self._database.execute("select name, digest from made where store = ?", (self.store,))
        return dict(rows.fetchall())

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Manifest:  # noqa: PYI034 - `Self` is of 3.11
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(path: Path) -> sqlite3.Connection:
    database = None
    try:
        database = sqlite3.connect(path)
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")  # a row that a power cut takes is made again
        if database.execute("pragma user_version").fetchone()[0] != _VERSION:
            database.executescript(f"""
                drop table if exists made;
                create table made (store, learner, format, inputs, name, size, digest,
                    primary key (store, learner, format, name)) without rowid;
                pragma user_version = {_VERSION};
            """)
    except sqlite3.DatabaseError as error:
        if database:
            database.close()
        raise RoadpressError(
            f"{path} cannot be read: {error}.", remedy="Delete it: the next build makes it, and all outputs, anew."
        ) from None
    return database
