"""A cohort's outputs: what must be made, handed to workers a few jobs at a time, and recorded when it is safe."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import suppress
from datetime import date
from functools import partial
from typing import NamedTuple

from ..core.errors import GaveUpError, RoadpressError, UsageError
from ..core.progress.model import progress_path
from .engines import IN_FLIGHT, Engine, engine
from .engines.pool import BATCH, cores
from .index import Entry, Index, group_of, index_path, stat_of
from .manifest import Manifest
from .model import Cohort, Learner, LoadedCohort
from .stores import store_at
from .versions import this_machine
from .work import Order, Outcome, Output, Task, make, prepare

FORMATS = ("pdf", "checklist", "ics")
"""What is made when nothing is asked for."""
_PATIENCE = 5.0
"""Seconds without an answer after which an engine is asked whether it lives."""
_AT_ONCE = 128
"""Learners whose files are synced at once; a run that is killed makes so many again."""
_STARTS = 8
"""How often workers may die in a row before anything is made: they cannot start at all, then."""
_LIVES = 2
"""How often a worker may die of one learner."""


class Settings(NamedTuple):
    """How a cohort is built."""

    store: str
    today: date
    formats: tuple[str, ...] = FORMATS
    on: str = ""
    """The engine's URL; empty for this machine."""
    jobs: int | None = None


class Due(NamedTuple):
    """A learner whose outputs must be made."""

    learner: Learner
    formats: tuple[str, ...]


class Pending(NamedTuple):
    """A task, and the digest of all that its outputs are made of."""

    task: Task
    inputs: str
    stat: tuple[int, int] = (0, 0)
    """The time and size of the progress file."""


def chosen(cohort: Cohort, only: Collection[str]) -> tuple[Learner, ...]:
    """Return the learners that words name by id or name; all without words. Raises UsageError for what names nobody."""
    if not only:
        return cohort.learners
    by_word = {word: one for one in cohort.learners for word in (one.name.casefold(), one.id)}
    missing = [word for word in only if word.casefold() not in by_word]
    if missing:
        from difflib import get_close_matches

        asked = missing[0].casefold()
        near = [word for word in by_word if asked in word] or get_close_matches(asked, by_word, 1)
        remedy = f"Did you mean {by_word[near[0]].id!r}?" if near else "`roadpress cohort status` lists them."
        raise UsageError(f"Nobody in {cohort.path.name} is called {missing[0]!r}.", remedy=remedy)
    wanted = {by_word[word.casefold()].id for word in only}
    return tuple(one for one in cohort.learners if one.id in wanted)


def order_of(loaded: LoadedCohort, settings: Settings) -> Order:
    """Return what is the same for all learners."""
    sources = tuple((one.digest, one.path, one.data) for one in loaded.sources.values())
    return Order(sources, settings.store, settings.today, sync=bool(settings.on))


def due(
    loaded: LoadedCohort, learners: Sequence[Learner], settings: Settings, manifest: Manifest, there: Mapping[str, int]
) -> Iterator[Due]:
    """Yield what must be made: what was not made yet, or of something else, or is not `there` as it was written."""
    for learner in learners:
        inputs = pending(loaded, Due(learner, settings.formats), settings.today).inputs
        missing = []
        for name in settings.formats:
            known, files = manifest.made(learner.id, name)
            if known != inputs or not files or any(there.get(file) != size for file, size in files):
                missing.append(name)
        if missing:
            all_of_them = len(missing) == len(settings.formats)
            yield Due(learner, settings.formats if all_of_them else tuple(missing))


def pending(loaded: LoadedCohort, found: Due, today: date) -> Pending:
    """Return a learner's task, with the progress file as it is now: all of them at once would not go into memory."""
    progress: bytes | None = None
    path = progress_path(loaded.cohort.progress_base(found.learner))
    stat = stat_of(path)
    with suppress(FileNotFoundError):
        progress = path.read_bytes()
    source = loaded.source_of(found.learner).digest
    inputs = _inputs(found.learner, source, progress, today)
    return Pending(Task(found.learner, source, progress, found.formats), inputs, stat)


def _inputs(learner: Learner, source: str, progress: bytes | None, today: date) -> str:
    """Return the digest of all that a learner's outputs are made of."""
    facts = [*this_machine(), source, today.isoformat(), learner._replace(email="")]
    digest = hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass"))
    digest.update(b"\0" if progress is None else progress)
    return digest.hexdigest()


def build(
    loaded: LoadedCohort,
    learners: Sequence[Learner],
    settings: Settings,
    manifest: Manifest,
    begin: Callable[[int], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Make what must be made, and yield what came of each learner, in any order.

    `begin` is told how many learners there are to be. Raises what the engine raises when it is brought up, GaveUpError
    when it is lost.
    """
    todo = deque(due(loaded, learners, settings, manifest, store_at(settings.store).sizes()))
    begin(len(todo))
    if todo:
        yield from _Run(loaded, settings, manifest).through(todo)


class _Run:
    """One build under way: few jobs are out at a time, and a row enters the manifest when its files are safe."""

    def __init__(self, loaded: LoadedCohort, settings: Settings, manifest: Manifest) -> None:
        self.loaded = loaded
        self.order = order_of(loaded, settings)
        self.settings = settings
        self.manifest = manifest
        self.store = store_at(settings.store)
        self.open: dict[Future[list[Outcome]], list[Pending]] = {}
        self.alone: deque[Pending] = deque()
        """What was out when a worker died: each goes alone now, so that the culprit shows."""
        self.deaths: Counter[str] = Counter()
        """How many workers died of each learner's job."""
        self.fruitless = 0
        """How many times in a row workers died and nothing was made."""
        self.fresh: list[tuple[str, str, Sequence[Output]]] = []
        """Rows of files that may not be on the disk yet."""
        self.read: list[Entry] = []
        """What the progress files said of their learners."""

    def through(self, waiting: deque[Due]) -> Iterator[Outcome]:
        """Yield the outcomes of all that is to do; what is handed out is let go."""
        running = self._engine(len(waiting))
        try:
            while waiting or self.alone or self.open:
                self._feed(running, waiting)
                done, _ = wait(self.open, _PATIENCE, return_when=FIRST_COMPLETED)
                if not done and not running.is_alive():
                    raise _lost()
                lost: list[Pending] = []
                for future in [one for one in self.open if one in done]:  # in the order of handing out
                    yield from self._ended(future, lost)
                if lost:
                    self.fruitless += 1
                    if self.fruitless == _STARTS:
                        raise GaveUpError("The workers die before they have done anything.", remedy="Try `--jobs 1`.")
                    lost += (one for batch in self.open.values() for one in batch)
                    self.open.clear()
                    yield from self._died(lost)
                    running.executor.shutdown(wait=False, cancel_futures=True)
                    running = self._engine(len(lost) + len(waiting))
        finally:
            self._record()
            running.executor.shutdown(wait=not self.open, cancel_futures=True)

    def _engine(self, count: int) -> Engine:
        """Bring the engine up; here, one with no more workers than there is work for."""
        jobs = self.settings.jobs
        if not self.settings.on:
            jobs = max(1, min(jobs or cores(), -(-count // BATCH)))
        return engine(self.settings.on, partial(prepare, self.order), jobs)

    def _feed(self, running: Engine, waiting: deque[Due]) -> None:
        if self.alone:
            if not self.open:
                self._submit(running, [self.alone.popleft()])
            return
        while waiting and len(self.open) < running.workers * IN_FLIGHT:
            batch = [waiting.popleft() for _ in range(min(running.batch, len(waiting)))]
            self._submit(running, [pending(self.loaded, found, self.settings.today) for found in batch])

    def _submit(self, running: Engine, batch: list[Pending]) -> None:
        try:
            future = running.executor.submit(make, self.order.digest, tuple(one.task for one in batch))
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self.open[future] = batch

    def _ended(self, future: Future[list[Outcome]], lost: list[Pending]) -> Iterator[Outcome]:
        """Yield the outcomes of a job; what a broken executor left undone goes to `lost`."""
        batch = self.open.pop(future)
        if future.cancelled():
            raise _lost()
        error = future.exception()
        if error is None:
            self.fruitless = 0
            for one, outcome in zip(batch, future.result(), strict=True):
                if outcome.known:
                    learner = one.task.learner
                    self.read.append(Entry(learner.id, group_of(self.loaded, learner), *one.stat, *outcome.known))
                if outcome.outputs:
                    self.fresh.append((outcome.learner, one.inputs, outcome.outputs))
                yield outcome
            if len(self.fresh) >= _AT_ONCE:
                self._record()
        elif isinstance(error, CancelledError | UsageError):
            raise _lost() if isinstance(error, CancelledError) else error
        elif isinstance(error, BrokenExecutor):
            lost += batch
        elif len(batch) > 1:
            self.alone += batch
        else:
            yield Outcome(batch[0].task.learner.id, error=_said(error))

    def _died(self, lost: Sequence[Pending]) -> Iterator[Outcome]:
        """Let what a dead worker left go alone; what kills a second one alone is its learner's error."""
        if len(lost) == 1:
            learner = lost[0].task.learner.id
            self.deaths[learner] += 1
            if self.deaths[learner] == _LIVES:
                yield Outcome(learner, error="Two workers died while making this: out of memory?")
                return
        self.alone += lost

    def _record(self) -> None:
        if self.fresh:
            self.store.settle({learner for learner, _, _ in self.fresh})
            self.manifest.record(self.fresh)
            self.fresh = []
        if self.read:
            index = Index(index_path(self.loaded))
            try:
                index.update(self.read)
            finally:
                index.close()
            self.read = []


def _said(error: BaseException) -> str:
    if isinstance(error, RoadpressError):
        return " ".join(error.lines())
    return f"{type(error).__name__}: {error}"


def _lost() -> GaveUpError:
    return GaveUpError("The workers are gone.", remedy="What was made is recorded: run it again to go on.")
