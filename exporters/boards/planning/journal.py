"""What a push is doing, line by line beside the state file, so that a killed process can be taken up again.

`{"try": …}` goes before a request, `{"made": …}` after it. A line is handed to the system before the request is sent;
that outlives the process (not the machine's power, after which the board's own names and markers are what is left).
The file is there only while a push is unfinished.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ....core.errors import RoadpressError
from ....core.file_lock import try_lock
from ..model.board import ObjectKey
from .state import SyncedObject, SyncState


@dataclass(slots=True)
class PendingPush:
    """What an earlier push left open."""

    tried: set[ObjectKey] = field(default_factory=set)
    """Objects whose making was begun and never confirmed."""
    ordering: set[ObjectKey] = field(default_factory=set)
    """Parents whose order was being changed."""
    writing: set[tuple[ObjectKey, str]] = field(default_factory=set)
    """Fields that were being written."""
    open: bool = False
    """Whether there is an unfinished push at all."""
    copies: str = ""
    """The id of the board of which a copy was begun and is not known yet."""


class Journal:
    """One push's journal, open and locked against a second push of the same roadmap."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises RoadpressError when another push has it."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = path.open("a+", encoding="utf-8", errors="surrogatepass")
        if not try_lock(self._file.fileno()):
            self._file.close()
            raise RoadpressError(
                "Another push of this roadmap is running.", remedy="Wait until it has ended, then run this again."
            )

    def replay(self, state: SyncState) -> PendingPush:
        """Bring a state up to what was made since it was saved, and return what is open."""
        return replay(self._lines(), state)

    def tries(self, ref: ObjectKey, fields: tuple[str, ...] = (), *, orders: ObjectKey | None = None) -> None:
        """Note that an object is about to be made, or fields of it written, or its parent's order changed."""
        self._write({"try": list(ref), "fields": list(fields), "orders": list(orders) if orders else None})

    def removes(self, text: str) -> None:
        """Note what is about to be deleted, as text."""
        self._write({"removes": text})

    def made(self, ref: ObjectKey, record: SyncedObject) -> None:
        """Note what an object now is."""
        self._write({"made": list(ref), "record": record.data()})

    def nonce(self, nonce: str) -> None:
        """Note what tells our board from others, before it is made: what follows is of that one."""
        self._write({"nonce": nonce})

    def copies(self, source: str, nonce: str) -> None:
        """Note that a copy of a board is about to be made: what follows is of the copy."""
        self._write({"copies": source, "nonce": nonce})

    def copied(self) -> None:
        """Note that all that came with a copy is known."""
        self._write({"copies": ""})

    def finish(self) -> None:
        """Remove the file: the state file has everything."""
        try:
            self.path.unlink(missing_ok=True)
        except PermissionError:  # Windows deletes nothing that is open
            self._file.close()
            self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Leave the file for the next push."""
        self._file.close()
        if self.path.exists() and not self.path.stat().st_size:
            self.path.unlink(missing_ok=True)

    def _write(self, entry: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from error

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        text = self._file.read()
        if text and not text.endswith("\n"):  # a line that was cut
            self._file.write("\n")
        yield from text.splitlines()


class Unnoted(Journal):
    """A journal of what needs none: it is found on the board by its marker."""

    def __init__(self) -> None:
        """Open nothing."""

    def _write(self, entry: dict[str, Any]) -> None:
        """Note nothing."""


def read_unfinished(path: Path, state: SyncState) -> PendingPush:
    """Do what `Journal.replay` does without opening the journal for a push; nothing when there is none."""
    try:
        text = path.read_text("utf-8", "surrogatepass")
    except FileNotFoundError:
        return PendingPush()
    return replay(iter(text.splitlines()), state)


def replay(lines: Iterator[str], state: SyncState) -> PendingPush:
    """Apply journal lines to a state and return what is open; a cut line says nothing."""
    found = PendingPush()
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        found.open = True
        found.copies = entry.get("copies", found.copies)
        if "nonce" in entry:
            state.turn_to("")
            state.nonce = entry["nonce"]
        elif "removes" in entry:
            state.removed.append(entry["removes"])
        elif "made" in entry:
            ref = ObjectKey(*entry["made"])
            state.records[ref] = SyncedObject.of(entry["record"])
            found.tried.discard(ref)
            found.writing = {pair for pair in found.writing if pair[0] != ref}
        elif "try" in entry:
            ref = ObjectKey(*entry["try"])
            found.tried.add(ref)
            found.writing.update((ref, name) for name in entry["fields"])
            if entry["orders"]:
                found.ordering.add(ObjectKey(*entry["orders"]))
    return found


def journal_path(state: Path) -> Path:
    """Return where the journal of a state file is: `<stem>.trello.journal` beside it."""
    return state.with_suffix(".journal")
