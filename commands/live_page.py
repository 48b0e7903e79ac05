"""The checklist that `roadpress serve` shows: made anew when a file changes, ticks straight into the progress."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from http import HTTPStatus
from pathlib import Path

from ..core.errors import RoadpressError
from ..core.model import Roadmap
from ..core.progress.model import Progress, Tick, progress_path
from ..core.progress.reported import record_reported
from ..core.progress.three_way import ReturnedOutput
from ..core.roadmap_file.loading import load
from ..core.snapshot import Snapshot
from ..core.snapshot.current import CurrentState, present_of
from ..core.text import plain
from ..exporters import checklist
from ..exporters.options import from_keywords
from ..exporters.registry import load_exporter
from ..importers.collect.checklist import read_saved
from .http_server import HTML, JSON, Content, Event
from .watched import Watched


@dataclass(frozen=True, slots=True)
class FileState:
    """The files as they were at the last look."""

    version: str
    """Of the last roadmap that was whole."""
    page: str
    problems: tuple[str, ...]
    marks: str
    """What is recorded of every leaf, as the page reads it."""


class LivePage(Watched[FileState]):
    """The two files, and the page made of them.

    `tell` is called with what there is to tell of them, when that is something else than before.
    """

    command = "serve"
    max_body = 8_000_000
    """Bytes of one request: all ticks of a very large roadmap."""

    def __init__(
        self,
        path: Path,
        today: Callable[[], date],
        tell: Callable[[CurrentState], None] = lambda _: None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self.path = path
        self._today = today
        self._tell = tell
        self._told: tuple[str, ...] = ()
        self._now = now
        self._titles: dict[str, str] = {}
        """Of every leaf that a page of ours has had, by id."""
        self._kept: set[str] = set()
        """Titles of entries that were ticked while they were not in the roadmap."""
        self._options = checklist.Options()
        self._snapshot = Snapshot.of(Roadmap(path.name), today=today())
        self._version = "none"
        super().__init__((path, progress_path(path)))

    def get(self, path: str) -> Content | None:
        """Return the page."""
        return Content(self.look().page.encode(), HTML) if path == "/" else None

    def post(self, path: str, body: bytes) -> Content | None:
        """Take ticks at `/ticks`."""
        if path != "/ticks":
            return None
        try:
            unknown = self.record(read_saved(body))
        except RoadpressError as error:
            return Content(" ".join(error.lines()).encode(), status=HTTPStatus.CONFLICT)
        return Content(json.dumps({"unknown": unknown}).encode(), JSON)

    def events(self, version: str) -> Iterator[Event | None]:
        """Yield what a page of a version has to hear."""
        told: tuple[str, ...] = ()
        marks = ""
        for sight in self.watch():
            if sight is None:
                yield None
                continue
            if sight.version != version:
                version = sight.version
                yield Event("reload", version)
            if sight.problems != told:
                told = sight.problems
                yield Event("problems", json.dumps(told))
            if sight.marks != marks:
                marks = sight.marks
                yield Event("marks", marks)

    def record(self, returned: ReturnedOutput) -> tuple[str, ...]:
        """Write ticks to the progress file, see `record_reported`. Returns the ids that are not in the roadmap."""
        strays = record_reported(self.path, load(self.path), returned, now=self._now(), titles=self._titles)
        self._kept.update(entry.title or key for key, entry in strays.items())
        return tuple(strays)

    def _read(self) -> FileState:
        problems: tuple[str, ...] = ()
        try:
            data = self.path.read_bytes()
            roadmap = load(self.path)
            self._options = from_keywords(load_exporter("checklist"), "checklist", roadmap, {}).options
            found = present_of(roadmap, self.path, today=self._today())
            if found.notices != self._told:
                self._told = found.notices
                self._tell(found)
            self._snapshot = found.snapshot
            self._titles.update((leaf.id, plain(leaf.title)) for leaf in roadmap.leaves())
            problems = tuple(_KEPT.format(repr(title)) for title in found.orphans if title in self._kept)
            self._version = hashlib.sha256(data + self._snapshot.learner.encode()).hexdigest()[:16]
        except RoadpressError as error:
            problems = tuple(error.lines())
        except OSError as error:
            problems = (f"{self.path}: {error.strerror or error}.",)
        page = checklist.served_page(self._snapshot, self._options, self._version)
        return FileState(self._version, page, problems, _marks(self._snapshot.progress))


_KEPT = "{} is not in the roadmap now. Its tick is kept: it comes back with its entry; `roadpress orphans` lists it."


def _marks(progress: Progress) -> str:
    def one(tick: Tick) -> dict[str, str]:
        at = tick.at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if tick.at else ""
        parts = {"state": tick.state.value, "on": tick.on.isoformat() if tick.on else "", "at": at, "note": tick.note}
        return {name: value for name, value in parts.items() if value}

    return json.dumps({id_: one(tick) for id_, tick in progress.ticks.items()})
