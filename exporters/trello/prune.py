"""What left the roadmap: it stays, unless one asks for pruning, and then only what holds nobody's work."""

from __future__ import annotations

from .changes import Action, Change
from .match import Matched, Place
from .values import CARD, CHECKLIST, ITEM, LABEL, LIST, Ref

SHARE = 1 / 3
"""More than this part of our objects at once asks for `--force`."""
_RANK = 9_000_000


def leftover_changes(matched: Matched, prune: bool, force: bool) -> tuple[list[Change], list[str], list[str]]:
    """Return the changes that archive what left the roadmap, notices, and why a person must decide first."""
    leftovers = {
        ref: place
        for ref, place in matched.leftovers.items()
        if ref.kind != LABEL and not matched.state.records[ref].adopted and not getattr(place.value, "closed", False)
    }
    if not leftovers:
        return [], [], []
    if not prune:
        count = len(leftovers)
        return [], [f"{_some(count)} left the roadmap and stay on the board; `--prune` archives them."], []
    ours = {matched.state.records[ref].id for ref in leftovers}
    kept = [place.value.name for ref, place in leftovers.items() if not force and _holds_work(ref, place, ours)]
    going = {
        ref: place
        for ref, place in leftovers.items()
        if (force or not _holds_work(ref, place, ours))
        and (ref.kind != LIST or _emptied(place, matched, ours, leftovers, force))
    }
    ids = {place.value.id for place in going.values()}
    changes = [
        Change(
            _RANK + index,
            Action.ARCHIVE,
            ref,
            place.value.name,
            None,
            {"closed": True},
            place.value.id,
            place.parent,
            deletes=ref.kind in (CHECKLIST, ITEM),
        )
        for index, (ref, place) in enumerate(going.items())
        if place.parent not in ids and not (ref.kind == ITEM and matched.by_id[CHECKLIST][place.parent].parent in ids)
    ]
    notices = []
    if kept:
        shown = ", ".join(repr(name) for name in kept[:5]) + (" …" if len(kept) > 5 else "")
        notices.append(f"Kept, for comments, ticks or people's additions: {shown}; `--force` archives them, too.")
    refusals = []
    if len(going) > SHARE * (len(matched.there) + len(leftovers)) and not force:
        refusals.append(f"{_some(len(going))} would be archived, more than a third of the board")
    return changes, notices, refusals


def _holds_work(ref: Ref, place: Place, ours: set[str]) -> bool:
    """Whether something holds comments, ticks, or what people added."""
    value = place.value
    if ref.kind == ITEM:
        return bool(value.done)
    if ref.kind == CHECKLIST:
        return any(item.done or item.id not in ours for item in value.items)
    if ref.kind == CARD:
        items = [item for checklist in value.checklists for item in checklist.items]
        strange = any(checklist.id not in ours for checklist in value.checklists)
        return bool(value.done or value.comments or strange or any(item.done or item.id not in ours for item in items))
    return False


def _emptied(place: Place, matched: Matched, ours: set[str], leftovers: dict[Ref, Place], force: bool) -> bool:
    """Whether nothing stays in a list when what goes has gone."""
    staying = {
        other.value.id
        for ref, other in leftovers.items()
        if ref.kind == CARD and not force and _holds_work(ref, other, ours)
    }
    return all(
        id_ in ours and id_ not in staying
        for id_, card in matched.by_id[CARD].items()
        if card.parent == place.value.id and not card.value.closed
    )


def _some(count: int) -> str:
    return f"{count:,} object{'s' if count != 1 else ''}"
