"""A plan or a push from end to end: find the board, read it, plan, push, look again, remember."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ...core.errors import UndecidedError, UsageError
from .api.errors import RefusedError
from .copying import make_copy
from .model.board import BOARD_REF, ActualBoard, WantedBoard
from .model.marker import unmarked
from .planning.base import base_plan, digest, follow, join, without_base
from .planning.board_matching import Matched, match
from .planning.changes import BoardChange, ChangePlan, Source
from .planning.journal import Journal, PendingPush, Unnoted, journal_path, read_unfinished
from .planning.planner import NewBoard, plan_changes, plan_copy, plan_new
from .planning.state import SyncedObject, SyncState, load_state, render_state, save_state
from .planning.three_way import ConflictPolicy
from .pull import remember
from .push import push
from .target import Target

NEW = "new"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person said of the board."""

    board: str = ""
    """An address, an id, `new`, or empty for the one that is remembered."""
    new: NewBoard = field(default_factory=NewBoard)
    policy: ConflictPolicy = field(default_factory=ConflictPolicy)
    copy_of: str = ""
    """The board of which a new one is a copy: its address or id. A board that is there already is gone on with."""


@dataclass(slots=True)
class SyncResult:
    """What a push did."""

    plan: ChangePlan
    done: list[BoardChange]
    url: str
    notices: list[str]
    state: SyncState


def make_plan(wanted: WantedBoard, calls: Target, state_file: Path, settings: Settings) -> ChangePlan:
    """Return what a push would do now. It reads the board, in at most two requests, and writes nothing."""
    state = load_state(state_file)
    unfinished = read_unfinished(journal_path(state_file), state)
    return _plan(wanted, calls, state, unfinished, settings)


def run_push(
    wanted: WantedBoard,
    calls: Target,
    state_file: Path,
    settings: Settings,
    *,
    planned: Callable[[ChangePlan], None] = lambda _: None,
    told: Callable[[BoardChange], None] = lambda _: None,
    nonce: Callable[[], str] = lambda: secrets.token_hex(6),
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    clock: Callable[[], float] = time.monotonic,
) -> SyncResult:
    """Bring the board up to the roadmap.

    `planned` hears of the plan before anything is written, `told` of each change. Raises UndecidedError when the plan
    needs a decision, and what the calls raise; then all that was done is remembered, and running again goes on.
    """
    journal = Journal(journal_path(state_file))
    try:
        state = load_state(state_file)
        unfinished = journal.replay(state)
        looked = clock()
        plan = _plan(wanted, calls, state, unfinished, settings)
        planned(plan)
        if plan.refusals:
            raise UndecidedError(
                f"Nothing was written: {'; '.join(plan.refusals)}.",
                remedy=f"Look at `roadpress {calls.service.key} plan`; where it is meant, say `--force`.",
            )
        begun = plan.changes[:1] if plan.source else ()
        if plan.source:
            plan = _copied(plan, wanted, calls, settings, journal, nonce)
        outcome = _obey(plan, wanted, calls, state_file, settings, journal, told, nonce, clock, looked)
        outcome.done[:0] = begun
        if outcome.done:
            outcome.state.synced = now().isoformat(timespec="seconds")
        _save(state_file, outcome.state)
        journal.finish()
        return outcome
    finally:
        journal.close()


def read_matched(
    wanted: WantedBoard, calls: Target, state_file: Path, settings: Settings
) -> tuple[Matched, list[dict[str, Any]], str]:
    """Return who is who on the board, when things were ticked there, and its address. Raises UndecidedError."""
    state = load_state(state_file)
    unfinished = read_unfinished(journal_path(state_file), state)
    board = state.board
    id_ = calls.board_id(settings.board) if settings.board not in ("", NEW) else board.id if board else ""
    if not id_:
        raise UndecidedError("There is no board of this roadmap yet.", remedy="Push one, or name it by `--board URL`.")
    actual, actions = _read(calls, state, id_, unfinished, with_ticks=True)
    return match(wanted, actual, state, unfinished), actions, actual.url


def remember_ticks(matched: Matched, state_file: Path, *, now: datetime) -> None:
    """Take the ticks that the board shows as the new basis, once they are recorded."""
    remember(matched)
    matched.state.synced = matched.state.pulled = now.isoformat(timespec="seconds")
    _save(state_file, matched.state)


def _obey(
    plan: ChangePlan,
    wanted: WantedBoard,
    calls: Target,
    state_file: Path,
    settings: Settings,
    journal: Journal,
    told: Callable[[BoardChange], None],
    nonce: Callable[[], str],
    clock: Callable[[], float],
    looked: float,
) -> SyncResult:
    state = plan.state
    if plan.board is None and not state.nonce:
        state.nonce = nonce()
        journal.nonce(state.nonce)
    elif plan.changes and plan.board is not None:
        _save(state_file, state)
    try:
        pushed = push(plan, calls, journal, told=told, clock=clock, looked=looked)
    except Exception:
        if state.board is not None:
            _save(state_file, state)
        raise
    board = state.board
    assert board is not None
    notices = pushed.notices
    actual = plan.board
    if pushed.done or actual is None:
        actual = without_base(calls.board(board.id)[0])
        join(state, actual)
        after = plan_changes(wanted, actual, state, PendingPush(), settings.policy)
        state = after.state
        if after.changes:
            notices.append("The board was changed while it was pushed to; run it again.")
    _save(state_file, state)
    if calls.service.keeps_base:
        try:
            push(base_plan(state, actual, calls.service.max_description), calls, Unnoted())
            state.base = digest(state.records)
        except RefusedError as error:
            notices.append(f"What was written could not be noted on the board, for other machines: {error}")
    return SyncResult(plan, pushed.done, board.url, notices, state)


def _save(path: Path, state: SyncState) -> None:
    if not path.exists() or path.read_bytes() != render_state(state):
        save_state(path, state)


def _plan(
    wanted: WantedBoard, calls: Target, state: SyncState, unfinished: PendingPush, settings: Settings
) -> ChangePlan:
    source = _source(calls, state, unfinished, settings)
    besides = source.actual.id if source else ""
    begun = bool(source and unfinished.copies)
    actual = None if begun else find_board(calls, state, unfinished, settings.board, wanted.name, besides)
    if actual is None and source is not None:
        plan = plan_copy(wanted, source.actual, source.records, state, settings.new, settings.policy)
        return replace(plan, source=source)
    if actual is None:
        return plan_new(wanted, state, settings.new)
    plan = plan_changes(wanted, actual, state, unfinished, settings.policy)
    if settings.board != NEW:
        return plan
    going_on = f"An unfinished push goes on with its board, {actual.url}; say `--board new` again for another."
    return replace(plan, notices=(going_on, *plan.notices))


def _source(calls: Target, state: SyncState, unfinished: PendingPush, settings: Settings) -> Source | None:
    """Return the board that is to be copied, if one is; what is known of it stands on itself, or is remembered here."""
    if settings.board not in ("", NEW):
        return None
    makes = state.board is None or (settings.board == NEW and not unfinished.open)
    word = unfinished.copies or (settings.copy_of if makes else "")
    if not word:
        return None
    if not calls.service.copies:
        raise UsageError(f"{calls.service.name} copies no boards.", remedy="Leave out `--copy-of`.")
    remembered = state.copy()
    actual, _ = _read(calls, remembered, calls.board_id(word), PendingPush())
    return Source(actual, remembered.records)


def _copied(
    plan: ChangePlan,
    wanted: WantedBoard,
    calls: Target,
    settings: Settings,
    journal: Journal,
    nonce: Callable[[], str],
) -> ChangePlan:
    """Make the copy that a plan begins with, and return the plan of what is left to do."""
    source, state = plan.source, plan.state
    assert source is not None
    resumed = bool(state.nonce)
    if not resumed:
        state.nonce = nonce()
        journal.copies(source.actual.id, state.nonce)
    actual, unfinished = make_copy(wanted, source, plan.changes[0].fields, calls, journal, state, resumed=resumed)
    return plan_changes(wanted, actual, state, unfinished, settings.policy)


def find_board(
    calls: Target, state: SyncState, unfinished: PendingPush, choice: str, name: str, besides: str = ""
) -> ActualBoard | None:
    """Return the board to work on, or None when a new one is to be made; `state` is brought to it.

    `besides` is the id of a board that is not meant, whatever its name.
    Raises UndecidedError when the board is closed or not there, or when an unknown one may be meant.
    """
    if choice == NEW and not unfinished.open:
        state.turn_to("")
    elif choice not in ("", NEW):
        return _read(calls, state, calls.board_id(choice), unfinished)[0]
    if state.board is not None:
        return _read(calls, state, state.board.id, unfinished)[0]
    boards = [found for found in calls.boards() if not found["closed"] and found["id"] != besides]
    for found in boards:
        key = unmarked(found.get("desc") or "").key
        if state.nonce and key == f"board:{state.nonce}":
            state.records[BOARD_REF] = SyncedObject(found["id"])
            return _read(calls, state, found["id"], unfinished)[0]
    alike = [found for found in boards if found["name"] == name and _is_ours(found.get("desc") or "")]
    if alike and choice != NEW and not state.nonce:
        raise UndecidedError(
            f"There is a board of this roadmap already, and no file here remembers it: {alike[0]['url']}",
            remedy=f"Go on with it by `--board {alike[0]['url']}`, or make another by `--board new`.",
        )
    return None


def _read(
    calls: Target, state: SyncState, id_: str, unfinished: PendingPush, *, with_ticks: bool = False
) -> tuple[ActualBoard, list[dict[str, Any]]]:
    try:
        since = state.pulled if with_ticks and state.board is not None and state.board.id == id_ else ""
        actual, actions = calls.board(id_, with_ticks=with_ticks, since=since)
    except RefusedError as error:
        if error.status not in (400, 404):
            raise
        raise UndecidedError(
            f"The board {id_} is not there, or this account can't see it.",
            remedy="Choose another by `--board URL`, or make a new one by `--board new`.",
        ) from None
    if actual.closed:
        raise UndecidedError(
            f"The board {actual.url} is closed.", remedy="Reopen it there, or make a new one by `--board new`."
        )
    key = unmarked(actual.desc).key
    ours = key.startswith("board:")
    if state.board is None or state.board.id != actual.id:
        state.turn_to(actual.id)
        state.records.setdefault(BOARD_REF, SyncedObject(actual.id, adopted=not ours))
    if ours:
        state.nonce = key.removeprefix("board:")
    actual = without_base(actual)
    follow(state, actual, unfinished=unfinished.open)
    return actual, actions


def _is_ours(description: str) -> bool:
    return unmarked(description).key.startswith("board:")
