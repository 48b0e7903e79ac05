"""Recording progress: ticks into the progress file, whatever has happened to the roadmap since it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from ..identity.outline import outline_of
from ..identity.outline_text import outline_lines
from ..model import Node, Roadmap
from ..text import plain
from .matching import TickMatching, carry
from .model import Progress, State, Tick, progress_path
from .store import ProgressFile, RecordedTick, newest, update


def progress_of(roadmap: Roadmap, carried: TickMatching) -> Progress:
    """Return the author's `done:` with what is recorded over it."""
    author = Progress.of_author(roadmap).ticks
    return Progress(MappingProxyType({**author, **carried.ticks}))


def brought_up(record: ProgressFile, roadmap: Roadmap, changes: Mapping[str, Tick]) -> ProgressFile:
    """Return a record with its ticks under their present ids, and changes to leaves of the roadmap in it."""
    return _with_changes(carry(record, roadmap), roadmap, changes, record.learner)


def _with_changes(carried: TickMatching, roadmap: Roadmap, changes: Mapping[str, Tick], learner: str) -> ProgressFile:
    ticks, was = {**carried.ticks, **changes}, carried.was
    titles = {leaf.id: plain(leaf.title) for leaf in roadmap.leaves() if leaf.id in ticks}
    return ProgressFile(
        MappingProxyType({key: RecordedTick(tick, titles[key], was=was.get(key, ())) for key, tick in ticks.items()}),
        carried.orphans,
        carried.outline or "\n".join(outline_lines(outline_of(roadmap))),
        learner=learner,
    )


def change_progress(
    roadmap: Roadmap,
    path: Path,
    decide: Callable[[Progress], Mapping[str, Tick]],
    *,
    strays: Mapping[str, RecordedTick] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Change the progress file of the roadmap at `path`, alone.

    `decide` is given the progress as it is at that moment and returns the ticks to record, by the id of their leaf.
    `strays` are of entries that are not in the roadmap: they are kept as orphans, the newest of each.
    Returns what there is to tell of ticks that were carried over on the way (`Carried.notices`). Raises what
    `roadpress.core.progress.store.update` raises.
    """
    notices: tuple[str, ...] = ()

    def change(record: ProgressFile) -> ProgressFile:
        nonlocal notices
        carried = carry(record, roadmap)
        changes = decide(progress_of(roadmap, carried))
        orphans = _joined(carried.orphans, strays)
        if not changes and orphans == carried.orphans:
            return record
        notices = carried.notices
        return _with_changes(carried._replace(orphans=orphans), roadmap, changes, record.learner)

    update(progress_path(path), change, name=path.name)
    return notices


def _joined(orphans: Mapping[str, RecordedTick], strays: Mapping[str, RecordedTick]) -> Mapping[str, RecordedTick]:
    """Return orphans with strays among them; one that says nothing of an entry that nothing is known of is left out."""
    new = {
        key: newest((orphans[key], entry)) if key in orphans else entry
        for key, entry in strays.items()
        if key in orphans or entry.tick.state is not State.OPEN or entry.tick.note
    }
    return MappingProxyType({**orphans, **new})


def bring_up(roadmap: Roadmap, path: Path) -> None:
    """Bring the progress file of the roadmap at `path` up to it, so that what was told is not told again."""
    update(progress_path(path), lambda record: brought_up(record, roadmap, {}), name=path.name)


def rename(path: Path, before: Roadmap, after: Roadmap, ids: Mapping[str, str]) -> None:
    """Let the progress file of the roadmap at `path` follow an edit of ours, which knows what became of each id.

    `ids` are those of `before` with what they are in `after`. Nothing happens where nothing is recorded. Raises what
    `roadpress.core.progress.store.update` raises.
    """

    def change(record: ProgressFile) -> ProgressFile:
        if not record.all:
            return record
        carried = carry(record, before)
        leaves = {leaf.id for leaf in after.leaves()}
        former = {node.id: plain(node.title) for node in before.walk()}
        titles = {**former, **{node.id: plain(node.title) for node in after.walk()}}
        present = {}
        for key, tick in carried.ticks.items():
            name = ids.get(key, key)
            was = carried.was.get(key, ())
            if former.get(key) != titles.get(name):  # an output of before would not be understood by its title
                was = (*was, key)
            present[name] = RecordedTick(tick, titles.get(name, ""), was=was)
        kept = {key: entry for key, entry in present.items() if key in leaves}
        lost = {key: entry for key, entry in present.items() if key not in leaves}
        outline = "\n".join(outline_lines(outline_of(after)))
        orphans = MappingProxyType({**carried.orphans, **lost})
        return ProgressFile(MappingProxyType(kept), orphans, outline, learner=record.learner)

    if progress_path(path).exists():
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
