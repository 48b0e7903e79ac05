"""What a worker does: learners' outputs, made of a roadmap that came once, and put where they belong.

All that a job brings and gives is small: learners with their progress go in, names, sizes and digests come back.
"""

from __future__ import annotations

import hashlib
from datetime import date
from threading import Lock
from typing import NamedTuple

from ..core.errors import RoadpressError
from ..core.model import Roadmap
from ..core.progress.store import ProgressFile, parse
from ..core.roadmap_file.loading import load_bytes
from ..exporters.registry import load_exporter
from ..exporters.run import run
from .index import Known, known_of
from .model import Learner
from .personal import part_of, personal, standing_of
from .stores import Store, store_at


class Order(NamedTuple):
    """What is the same for all learners: it travels once to each worker."""

    sources: tuple[tuple[str, str, bytes], ...]
    """Digest, path and bytes of each roadmap."""
    store: str
    today: date
    sync: bool = False
    """Whether each job syncs what it stored: where the driver cannot, for it is on another machine."""

    @property
    def digest(self) -> str:
        """A name for all of it."""
        parts = [self.store, self.today.isoformat(), *(digest for digest, _, _ in self.sources)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Task(NamedTuple):
    """One learner's outputs."""

    learner: Learner
    source: str
    """The digest of the learner's roadmap."""
    progress: bytes | None
    """The bytes of the progress file, where there is one."""
    formats: tuple[str, ...]


class Output(NamedTuple):
    """A file that was written."""

    format: str
    name: str
    size: int
    digest: str


class Outcome(NamedTuple):
    """What came of one learner's outputs."""

    learner: str
    outputs: tuple[Output, ...] = ()
    notices: tuple[str, ...] = ()
    error: str = ""
    """One sentence where they could not be made; nothing of them is then written."""
    known: Known | None = None
    """What the progress file says, for the index."""


class _Worker:
    """An order as a worker knows it: its roadmaps loaded, its store open."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.sources = {digest: load_bytes(data, path) for digest, path, data in order.sources}
        self.store: Store = store_at(order.store)
        self._parts: dict[tuple[str, tuple[str, ...]], Roadmap] = {}
        """Roadmaps without what some learners skip: those who skip the same have one book."""

    def roadmap(self, task: Task) -> Roadmap:
        """Return a learner's own roadmap."""
        key = (task.source, task.learner.skip)
        if key not in self._parts:
            if len(self._parts) >= _MOST_PARTS:
                self._parts.clear()
            self._parts[key] = part_of(self.sources[task.source], task.learner.skip)
        return personal(self._parts[key], task.learner._replace(skip=()))


_MOST_PARTS = 64
_workers: dict[str, _Worker] = {}
"""The order that this process works on, by its digest."""


_ONE = Lock()
"""A worker of a cluster may have several threads, and text is set in one language at a time."""


def prepare(order: Order) -> None:
    """Get this process ready for an order."""
    if order.digest not in _workers:
        _workers.clear()
        _workers[order.digest] = _Worker(order)


def make(order: str, tasks: tuple[Task, ...]) -> list[Outcome]:
    """Make and store learners' outputs; `order` is the digest of what `prepare` was given in this process.

    Whatever goes wrong with one learner is that learner's outcome. Raises RoadpressError in a process that was prepared
    for something else, and what the store raises.
    """
    worker = _workers.get(order)
    if worker is None:
        raise RoadpressError("This worker was prepared for another build.", remedy="Run it again.")
    files: dict[str, bytes] = {}
    outcomes = []
    for task in tasks:
        try:
            with _ONE:
                outcome, made = _made(worker, task)
        except RoadpressError as error:
            outcome, made = Outcome(task.learner.id, error=" ".join(error.lines()[:2])), {}
        except Exception as error:  # noqa: BLE001 - one learner's, or a plug-in's, and not the others'
            outcome, made = Outcome(task.learner.id, error=f"{type(error).__name__}: {error}"), {}
        files.update(made)
        outcomes.append(outcome)
    worker.store.write(files)
    if worker.order.sync:
        worker.store.settle(())
    return outcomes


def _made(worker: _Worker, task: Task) -> tuple[Outcome, dict[str, bytes]]:
    learner = task.learner
    record: ProgressFile | None = None
    if task.progress is not None:
        record = parse(task.progress, f"{learner.id}.progress.yaml")
    roadmap = worker.roadmap(task)
    standing = standing_of(roadmap, learner, record, today=worker.order.today)
    known = known_of(worker.sources[task.source], roadmap, standing.snapshot.progress)
    outputs: list[Output] = []
    files: dict[str, bytes] = {}
    notices = list(standing.notices)
    for name in task.formats:
        export = run(load_exporter(name), name, standing.snapshot, {})
        notices += (f"{name}: {notice}" for notice in export.notices)
        for file in export.files:
            where = f"{learner.id}/{learner.id}{file.suffix}"
            files[where] = file.data
            outputs.append(Output(name, where, len(file.data), hashlib.sha256(file.data).hexdigest()))
    return Outcome(learner.id, tuple(outputs), tuple(notices), known=known), files
