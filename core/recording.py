"""Recording progress: ticks into the progress file, whatever has happened to the roadmap since it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from .matching import Carried, carry
from .model import Node, Roadmap
from .progress import Progress, State, Tick, progress_path
from .progress_file import Entry, Record, outline_of, update


def progress_of(roadmap: Roadmap, carried: Carried) -> Progress:
    """Return the author's `done:` with what is recorded over it."""
    author = Progress.of_author(roadmap).ticks
    return Progress(MappingProxyType({**author, **carried.ticks}))


def brought_up(record: Record, roadmap: Roadmap, changes: Mapping[str, Tick]) -> Record:
    """Return a record with its ticks under their present ids, and changes to leaves of the roadmap in it."""
    carried = carry(record, roadmap)
    titles = {leaf.id: leaf.title for leaf in roadmap.leaves()}
    ticks = {**carried.ticks, **changes}
    return Record(
        MappingProxyType({key: Entry(tick, titles[key]) for key, tick in ticks.items()}),
        carried.orphans,
        outline_of(roadmap),
        record.learner,
    )


def change_progress(roadmap: Roadmap, path: Path, decide: Callable[[Progress], Mapping[str, Tick]]) -> None:
    """Change the progress file of the roadmap at `path`, alone.

    `decide` is given the progress as it is at that moment and returns the ticks to record, by the id of their leaf.
    Raises what `roadpress.core.progress_file.update` raises.
    """

    def change(record: Record) -> Record:
        changes = decide(progress_of(roadmap, carry(record, roadmap)))
        return brought_up(record, roadmap, changes) if changes else record

    update(progress_path(path), change, name=path.name)


def ticked(
    nodes: Iterable[Node],
    progress: Progress,
    state: State,
    *,
    on: date | None,
    at: datetime,
    source: str = "cli",
    again: bool = False,
) -> dict[str, Tick]:
    """Return the ticks that bring the leaves of nodes into a state.

    Leaves that are in it already keep their date, unless `again`. A leaf that is brought back to OPEN keeps its note,
    and remembers the day, so that an older output can't tick it again.
    """
    changes: dict[str, Tick] = {}
    for node in nodes:
        for leaf in node.leaves():
            tick = progress.ticks.get(leaf.id)
            now = tick.state if tick else State.OPEN
            if now is not state or (again and tick and tick.on != on):
                changes[leaf.id] = Tick(state, on, source, tick.note if tick else "", at)
    return changes
