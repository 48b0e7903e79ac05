"""An inbox: outputs that came back under whatever names, each to its learner by what it carries."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ..core.errors import RoadpressError, UsageError
from ..core.learner import folded
from ..core.model import Roadmap
from ..core.progress.collecting import CollectedOutput, collect
from ..core.progress.model import progress_path
from ..core.progress.store import ProgressFile, read, update
from ..core.progress.three_way import Prefer, ReturnedOutput
from ..importers.collect.checklist import link_learner
from ..importers.collect.child import KeptReader
from ..importers.collect.dispatch import Boxes, read_output
from .model import Learner, LoadedCohort
from .personal import personal

_LINK = re.compile(r"#t1\.[\w-]+(?:\.[\w-]*)+")
_LINK_BYTES = 100_000
"""A file with nothing but a link in it, a note or a shortcut, is smaller."""


class Item(NamedTuple):
    """One thing in an inbox: a file, or a link."""

    label: str
    """What a person knows it by."""
    word: str
    """A path, or the link itself."""


class Arrival(NamedTuple):
    """One thing, and whose it is."""

    item: Item
    learner: Learner | None = None
    returned: ReturnedOutput | None = None
    why: str = ""
    """One sentence, where it is nobody's."""
    ours: bool = True
    """Whether it is an output at all."""


class Taken(NamedTuple):
    """What came of one learner's."""

    learner: Learner
    roadmap: Roadmap
    parts: tuple[CollectedOutput, ...]
    left: tuple[tuple[Item, str], ...]
    """What was not taken, and why."""


def items(sources: Sequence[str]) -> Iterator[Item]:
    """Yield what is in folders, files and links, in order of names. Raises RoadpressError for what is not there."""
    for source in sources:
        path = Path(source)
        if "#t1." in source and not path.exists():
            yield Item(f"{source[:40]}…", source)
        elif path.is_dir():
            for folder, below, names in os.walk(path):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in sorted(names):
                    if not name.startswith("."):
                        yield from _in_file(Path(folder) / name)
        elif path.exists():
            yield from _in_file(path)
        else:
            raise RoadpressError(f"There is no file or folder {source}.", remedy="Is the name right?")


def _in_file(path: Path) -> Iterator[Item]:
    """Yield a file, or the links that it holds."""
    if path.is_file() and path.stat().st_size <= _LINK_BYTES:
        text = path.read_bytes().decode("utf-8", "replace")
        links = dict.fromkeys(_LINK.findall(text)) if "#t1." in text and "<script" not in text else {}
        if links:
            yield from (Item(str(path), link) for link in links)
            return
    yield Item(str(path), str(path))


def arrivals(loaded: LoadedCohort, found: Sequence[Item], whose: Learner | None = None) -> Iterator[Arrival]:
    """Yield each thing with its learner by what it carries; `whose` says it for those that carry nothing."""
    by_name = {folded(learner.name): learner for learner in loaded.cohort.learners}
    any_roadmap = next(iter(loaded.sources.values())).roadmap
    with KeptReader("pdf_boxes") as reader:
        for item in found:
            try:
                yield _arrival(loaded, item, by_name, any_roadmap, whose, reader.extracted)
            except UsageError as error:
                yield Arrival(item, why=" ".join(error.lines()), ours=False)
            except RoadpressError as error:
                yield Arrival(item, why=" ".join(error.lines()))


def _arrival(
    loaded: LoadedCohort,
    item: Item,
    by_name: Mapping[str, Learner],
    any_roadmap: Roadmap,
    whose: Learner | None,
    boxes: Boxes,
) -> Arrival:
    is_link = "#t1." in item.word
    returned = None if is_link else read_output(item.word, any_roadmap, boxes=boxes)
    name = link_learner(item.word) if is_link or returned is None else returned.learner
    learner = whose or (by_name.get(folded(name)) if name else None)
    if learner is None:
        why = f"it is of {name}, who is not in {loaded.cohort.path.name}" if name else "it does not say whose it is"
        return Arrival(item, why=f"{why}: `--for LEARNER` says it.")
    if returned is None or returned.source == "markdown":  # these are read by the learner's own roadmap
        own = personal(loaded.source_of(learner).roadmap, learner)
        edition = read(progress_path(loaded.cohort.progress_base(learner))).outline
        returned = read_output(item.word, own, edition)
    return Arrival(item, learner, returned)


def take(
    loaded: LoadedCohort,
    learner: Learner,
    came: Sequence[Arrival],
    *,
    now: datetime,
    prefer: Prefer = Prefer.NEWEST,
    from_anyone: bool = False,
    dry_run: bool = False,
) -> Taken:
    """Record what came back of one learner. What does not fit is left, and the rest is taken all the same."""
    own = personal(loaded.source_of(learner).roadmap, learner)
    path = progress_path(loaded.cohort.progress_base(learner))
    parts: list[CollectedOutput] = []
    left: list[tuple[Item, str]] = []

    def change(record: ProgressFile) -> ProgressFile:
        parts.clear()
        left.clear()
        for arrival in came:
            assert arrival.returned
            try:
                outputs = [(arrival.item.label, arrival.returned)]
                found = collect(record, own, outputs, now=now, prefer=prefer, from_anyone=from_anyone)
            except RoadpressError as error:
                left.append((arrival.item, " ".join(error.lines())))
                continue
            parts.extend(found.parts)
            record = found.record
        return record

    if dry_run:
        change(read(path))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        update(path, change, name=loaded.source_of(learner).roadmap.title)
    return Taken(learner, own, tuple(parts), tuple(left))
