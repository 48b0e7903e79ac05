"""The data block: what the script must know of each node and cannot read off the rows.

Columns instead of objects, in reading order, sparse where most nodes have nothing to say: a third of the bytes.
"""

from __future__ import annotations

import re
from typing import Any
from zlib import crc32

from ...core.locale.language_file import language_name, locale_of
from ...core.locale.words import Words
from ...core.model import Kind, Node, Roadmap
from ...core.progress.model import Progress, Tick
from ...core.snapshot import Snapshot
from ...core.snapshot.figures import known_hours, needed_optional
from ...core.text import plain
from ..html.markup import SafeHtml, script_json
from ..html.storage import storage_key
from .words import PLANNED, SCRIPT, SERVED


class DataBlock:
    """The JSON for a `<script type=application/json>`; `<` is escaped, so that nothing in it ends the block.

    What is the same for all learners of a roadmap is written once.
    """

    def __init__(self, snapshot: Snapshot, key: str, *, lazy: bool, dates: bool = True, served: str = "") -> None:
        roadmap = snapshot.roadmap
        nodes = list(roadmap.walk())
        index = {node.id: position for position, node in enumerate(nodes)}
        self._index = index
        self._dates = dates
        self._first = _members(
            {
                "key": storage_key(snapshot, key),
                "title": roadmap.title,
                "today": snapshot.today.isoformat(),
                "edition": edition(roadmap),
                "depth": _depths(nodes),
            }
        )
        self._before = _sparse(
            {
                "dates": _dates(roadmap.language),
                "lazy": int(lazy),
                "served": served,
                "ids": {position: id_ for position, id_ in enumerate(short_ids(roadmap, derive=not lazy)) if id_},
                # elsewhere the id itself tells
                "own": [index[section.id] for section in roadmap.sections if section.own_id],
                "optional": [position for position, node in enumerate(nodes) if node.optional],
                "counted": sorted(index[id_] for id_ in needed_optional(snapshot.whole) if id_ in index),
                "kinds": _kinds(nodes),
                "tags": {position: node.tags for position, node in enumerate(nodes) if node.tags},
                "needs": _needs(nodes, index),
                "at": _places(roadmap),
                "due": {position: node.due.isoformat() for position, node in enumerate(nodes) if node.due},
            }
        )
        self._after = _sparse(
            {
                "was": {was: position for position, node in enumerate(nodes) for was in node.was},
                "hours": _hours(snapshot, index),
            }
        )

    def filled(self, snapshot: Snapshot) -> SafeHtml:
        """Return all of it for a learner."""
        plan = _plan(snapshot, self._index) if self._dates else {}
        parts = (
            self._first,
            _sparse({"learner": snapshot.learner}),
            self._before,
            _sparse({"given": _given(snapshot.progress, self._index)}),
            self._after,
            _sparse(plan),
        )
        return SafeHtml(f"{{{','.join(filter(None, parts))}}}")


def _sparse(value: dict[str, Any]) -> str:
    """Return the members of a JSON object that say something."""
    return _members({name: column for name, column in value.items() if column})


def _members(value: dict[str, Any]) -> str:
    """Return a JSON object without its braces."""
    return script_json(value)[1:-1]


def words_block(snapshot: Snapshot, words: Words, *, served: bool) -> str:
    """Return what the script says, as JSON for an element of its own."""
    planned = snapshot.schedule or any(node.due or node.hours for node in snapshot.roadmap.walk())
    said = (*SCRIPT, *(PLANNED if planned else ()), *(SERVED if served else ()))
    return script_json({name: words[name] for name in said})


def _dates(language: str) -> dict[str, Any]:
    """Return how the script writes days; nothing where the browser has to know."""
    name = language_name(language)
    if not name:
        return {}
    locale = locale_of(name)
    forms = {"day": locale.day, "date": locale.date, "date_year": locale.date_year}
    names = {"weekdays": locale.weekdays, "months": locale.months}
    alone = {"months_alone": locale.months_alone} if "{month_alone}" in "".join(forms.values()) else {}
    return forms | names | alone


def _depths(nodes: list[Node]) -> str | list[int]:
    """Return how deep each node stands: a digit each, or numbers where a digit does not do."""
    depths = [node.depth for node in nodes]
    return "".join(map(str, depths)) if max(depths, default=0) < 10 else depths


def _needs(nodes: list[Node], index: dict[str, int]) -> dict[int, list[int]]:
    """Return what comes first of what is in the page."""
    found = {at: [index[need] for need in node.needs if need in index] for at, node in enumerate(nodes) if node.needs}
    return {at: needs for at, needs in found.items() if needs}


def _places(roadmap: Roadmap) -> dict[int, int]:
    """Return the places among their like of nodes that do not follow the one before, as where a filter left one out."""
    found: dict[int, int] = {}
    before = [0]
    for position, node in enumerate(roadmap.walk()):
        place = int(node.number.rpartition(".")[2])
        del before[node.depth + 1 :]
        before += [0] * (node.depth + 1 - len(before))
        if place != before[node.depth] + 1:
            found[position] = place
        before[node.depth] = place
    return found


def _kinds(nodes: list[Node]) -> dict[str, list[int]]:
    """Return which nodes are of each kind; tasks are not told."""
    return {
        kind.value: positions
        for kind in Kind
        if kind is not Kind.TASK and (positions := [at for at, node in enumerate(nodes) if node.kind is kind])
    }


def _hours(snapshot: Snapshot, index: dict[str, int]) -> dict[int, float | tuple[float, float]]:
    """Return the hours of leaves, to the last digit, for the script makes the same plan of them."""
    hours = known_hours(snapshot)
    return {
        index[id_]: low if low == high else (low, high) for id_, (low, high) in hours.items() if high and id_ in index
    }


def _plan(snapshot: Snapshot, index: dict[str, int]) -> dict[str, Any]:
    """Return what the script needs to plan what is left anew; of a part, whose days stay those of the whole, these."""
    schedule, roadmap = snapshot.schedule, snapshot.roadmap
    pace = schedule.pace if schedule else None
    if not schedule or not pace:
        return {}
    if snapshot.narrowed_from:
        slots = ((index[id_], schedule.slots[id_]) for id_ in schedule.order)
        return {"slots": [(at, slot.start.isoformat(), slot.due.isoformat()) for at, slot in slots]}
    return {
        "start": roadmap.start.isoformat() if roadmap.start else "",
        "pace": {
            "hours": pace.hours,
            "per": pace.per,
            "days": pace.days,
            "off": [[off.first.isoformat(), off.last.isoformat()] for off in pace.off],
        },
    }


def edition(roadmap: Roadmap) -> str:
    """Return a mark that tells editions of a roadmap apart: eight hexadecimal digits."""
    lines = (
        f"{node.depth} {node.own_id} {node.id} {node.title} {' '.join(link.url for link in node.links)}"
        for node in roadmap.walk()
    )
    return f"{crc32(chr(10).join(lines).encode('utf-8', 'surrogatepass')):08x}"


def short_ids(roadmap: Roadmap, *, derive: bool) -> list[str]:
    """Return every node's id in reading order; one that continues its parent's is cut to the rest, from its `/` on.

    With `derive`, an empty one stands for an id that the script can make of the row's text: half of the data otherwise.
    """
    result: list[str] = []

    def add(node: Node, parent: str) -> None:
        rest = node.id[len(parent) :] if parent and node.id.startswith(f"{parent}/") else node.id
        result.append("" if derive and rest == _derived(node, parent) else rest)
        for child in node.children:
            add(child, node.id)

    for section in roadmap.sections:
        add(section, "")
    return result


def _derived(node: Node, parent: str) -> str:
    """Return what the script makes of a row's text (`model.js`), or nothing where there are letters beyond ASCII."""
    shown = f"{node.icon} {plain(node.title)}"
    if not shown.isascii() and any(sign.isalnum() and not sign.isascii() for sign in shown):
        return ""
    return ("/" if parent else "") + "-".join(re.findall("[a-z0-9]+", shown.lower()))


def _given(progress: Progress, index: dict[str, int]) -> dict[int, list[str | int]]:
    """Return what the page is given of each leaf: state, day, own note, second; the last ones left out where empty."""
    return {index[id_]: _tick(tick) for id_, tick in progress.ticks.items() if id_ in index}


def _tick(tick: Tick) -> list[str | int]:
    parts: list[str | int] = [
        tick.state.value[0],
        tick.on.isoformat() if tick.on else "",
        tick.note,
        int(tick.at.timestamp()) if tick.at else 0,
    ]
    while not parts[-1]:
        parts.pop()
    return parts
