"""A board for each learner: the first in full, the others by copying one of the same roadmap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..core.errors import CredentialsError, GaveUpError, RoadpressError
from ..core.progress.model import progress_path
from ..core.progress.store import read
from ..core.text import plain
from ..exporters.boards.model.from_snapshot import wanted_board
from ..exporters.boards.planning.state import load_state, state_path
from ..exporters.boards.sync import Settings, run_push
from ..exporters.boards.target import Target
from ..exporters.options import from_keywords
from ..exporters.registry import load_exporter
from .model import Learner, LoadedCohort
from .personal import personal, standing_of


class Pushed(NamedTuple):
    """What came of one learner's board."""

    learner: Learner
    url: str = ""
    changes: int = 0
    notices: tuple[str, ...] = ()
    error: str = ""
    """One sentence where the board could not be brought up to date."""


def push_boards(
    loaded: LoadedCohort, learners: Sequence[Learner], calls: Target, *, settings: Settings, today: date
) -> Iterator[Pushed]:
    """Bring each learner's board up to date, one after the other, and yield what came of it.

    A board that is there is gone on with. A new one is a copy of `settings.copy_of`, else of the first of the same
    roadmap; who skips a part of it gets one of their own. What the service refuses for one learner is theirs; without
    credentials, or when the service gives up, all ends, and running again goes on.
    """
    sources: dict[str, str] = {}
    for learner in loaded.cohort.learners:
        with suppress(RoadpressError):  # it is told when its learner's turn comes
            if not learner.skip and (id_ := _board(_state_file(loaded, learner))):
                sources.setdefault(learner.roadmap, id_)
    for learner in learners:
        copy_of = "" if learner.skip else settings.copy_of or sources.get(learner.roadmap, "")
        try:
            pushed = _push(loaded, learner, calls, settings, copy_of, today)
        except (CredentialsError, GaveUpError):
            raise
        except RoadpressError as error:
            yield Pushed(learner, error=" ".join(error.lines()[:2]))
            continue
        if not learner.skip:
            sources.setdefault(learner.roadmap, pushed.url)
        yield pushed


def _push(
    loaded: LoadedCohort, learner: Learner, calls: Target, settings: Settings, copy_of: str, today: date
) -> Pushed:
    path = progress_path(loaded.cohort.progress_base(learner))
    record = read(path) if path.exists() else None
    standing = standing_of(personal(loaded.source_of(learner).roadmap, learner), learner, record, today=today)
    roadmap = standing.snapshot.roadmap
    chosen = from_keywords(load_exporter("trello"), "trello", roadmap, {}).options
    name = f"{chosen.name or plain(roadmap.title)} – {learner.name}"
    wanted = wanted_board(standing.snapshot, name=name, dates=chosen.dates, zone=chosen.timezone)
    state_file = _state_file(loaded, learner)
    state_file.parent.mkdir(exist_ok=True)
    own = Settings(new=settings.new, policy=settings.policy, copy_of="" if _board(state_file) else copy_of)
    done = run_push(wanted, calls, state_file, own)
    notices = (*standing.notices, *wanted.notices, *done.plan.notices, *done.notices)
    return Pushed(learner, done.url, len(done.done), notices)


def _state_file(loaded: LoadedCohort, learner: Learner) -> Path:
    return state_path(loaded.cohort.progress_base(learner))


def _board(state_file: Path) -> str:
    """Return the id of the board that a state knows; empty where there is none."""
    board = load_state(state_file).board if state_file.exists() else None
    return board.id if board else ""
