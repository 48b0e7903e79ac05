"""Ticks that people made on the board, as what an output says of each leaf; merging them is the core's business."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ...core.model import Node, Roadmap
from ...core.progress.model import State as Standing
from ...core.progress.three_way import ReportedTick, ReturnedOutput
from ...core.text import plain
from .model.board import CARD, ITEM, ObjectKey
from .planning.board_matching import Matched


class Pulled(NamedTuple):
    """What the board says."""

    returned: ReturnedOutput
    notices: tuple[str, ...]


def pulled(
    matched: Matched,
    roadmap: Roadmap,
    recorded: Container[str],
    actions: list[dict[str, Any]],
    *,
    source: str = "trello",
) -> Pulled:
    """Return what the board says of each leaf that is on it.

    `recorded` has the ids of the leaves of which anything is recorded here: a tick of another one, though it came from
    here once, was lost and comes back. `actions` tell when; without them the tick has no date.
    """
    times = dict(tick_times(actions))
    leaves: list[ReportedTick] = []
    notices: list[str] = []
    for section in roadmap.sections:
        for topic in (section, *section.children) if section.is_leaf else section.children:
            completed = _completed(matched, topic)
            found = list(_leaves(matched, topic, recorded, times))
            if completed is not None:
                opened = [seen for seen in found if seen.now is Standing.OPEN and seen.given is not Standing.DONE]
                if opened:
                    notices.append(
                        f"The card {completed!r} was completed: {len(opened)} open items of it count as done."
                    )
                found = [seen._replace(now=Standing.DONE) if seen in opened else seen for seen in found]
            leaves += found
    made = moment_of(matched.state.synced)
    return Pulled(ReturnedOutput(source, tuple(leaves), made), tuple(notices))


def remember(matched: Matched) -> None:
    """Take what the board shows as the new basis, once its ticks are recorded."""
    for ref, place in matched.there.items():
        opened = ref.kind == CARD and not place.value.done and any(one.items for one in place.value.checklists)
        if ref.kind in (CARD, ITEM) and not opened:  # that a card with items was opened again has no place here
            matched.state.records[ref].sent["done"] = place.value.done


def tick_times(actions: list[dict[str, Any]]) -> Iterator[tuple[str, datetime]]:
    """Yield the id of each item or card and when it was last ticked or unticked; the actions come newest first."""
    for action in reversed(actions):
        data = action.get("data") or {}
        if action.get("type") == "updateCheckItemStateOnCard":
            id_ = (data.get("checkItem") or {}).get("id")
        elif "dueComplete" in (data.get("old") or {}):
            id_ = (data.get("card") or {}).get("id")
        else:
            continue
        moment = moment_of(action.get("date") or "")
        if id_ and moment:
            yield id_, moment


def moment_of(text: str) -> datetime | None:
    """Return an ISO 8601 moment with its zone, or None."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.replace(microsecond=0) if moment.tzinfo else None


def _completed(matched: Matched, topic: Node) -> str | None:
    """Return the name of a topic's card when a person has completed it since the last push."""
    ref = ObjectKey(CARD, topic.id)
    place = matched.there.get(ref)
    by_card = topic.is_leaf and ObjectKey(ITEM, topic.id) not in matched.there
    if by_card or place is None or not place.value.done or matched.state.records[ref].sent.get("done"):
        return None
    return str(place.value.name)


def _leaves(
    matched: Matched, topic: Node, recorded: Container[str], times: Mapping[str, datetime]
) -> Iterator[ReportedTick]:
    for leaf in topic.leaves():
        ref = ObjectKey(ITEM, leaf.id)  # some services complete no card without a date: it has an item of its own
        if leaf is topic and ref not in matched.there:
            ref = ObjectKey(CARD, leaf.id)
        place = matched.there.get(ref)
        if place is None:
            continue
        given = matched.state.records[ref].sent.get("done") if leaf.id in recorded else None
        at = times.get(place.value.id)
        yield ReportedTick(
            leaf.id,
            Standing.DONE if place.value.done else Standing.OPEN,
            None if given is None else Standing.DONE if given else Standing.OPEN,
            on=at.astimezone().date() if at else None,
            at=at,
            title=plain(leaf.title),
        )
