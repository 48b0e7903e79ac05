"""What an output says, of the entries as they are now: it was made of an edition of the roadmap, maybe an older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from ..identity.from_ids import outline_of_ids
from ..identity.matching import Rule, match
from ..identity.outline import Outline, outline_of
from ..identity.titles import ENOUGH, likeness, words_of
from ..identity.unchanged import is_outline_of
from ..model import Node, Roadmap
from ..text import plain
from .matching import free_id, groups_of, remembered_outline, titles_above
from .store import ProgressFile
from .three_way import ReportedTick, ReturnedOutput


class Understood(NamedTuple):
    """An output under the present ids."""

    returned: ReturnedOutput
    doubtful: Mapping[str, tuple[str, Rule]]
    """Present id → the title that it had in the output, and why it is taken to be this entry: where that is a guess."""
    where: Mapping[str, str]
    """Of what is not in the roadmap: the titles above it, where the output's outline tells."""
    related: bool = True
    """Whether anything of its edition is in the roadmap."""


def understood(
    returned: ReturnedOutput, record: ProgressFile, roadmap: Roadmap, homes: Mapping[str, str] = MappingProxyType({})
) -> Understood:
    """Return an output with the ids that its leaves have now; what is not in the roadmap gets an id that no leaf has.

    Its edition is the outline that came with it, else the one that the progress file remembers, where it has all of the
    ids, else what ids and titles tell. `homes` says under which id the record has what has an id in the output.
    """
    leaves = {leaf.id: leaf for leaf in roadmap.leaves()}
    edition = returned.outline
    new: Outline = ()
    guessing = 0.5
    if not edition and not is_outline_of(record.outline, roadmap):
        new = outline_of(roadmap)
        remembered = remembered_outline(record, new)
        if {observed.id for observed in returned.leaves} <= {entry.id for entry in remembered}:
            edition, guessing = remembered, 0.0
    if not edition:
        if all(observed.id in leaves and _fits(observed, leaves[observed.id]) for observed in returned.leaves):
            return Understood(returned, {}, {})
        edition = _edition_of(returned, roadmap, leaves)
        if not all(observed.title for observed in returned.leaves):
            guessing = 1.0  # it knows only what was touched, so that places say nothing
    return _matched(returned, edition, new or outline_of(roadmap), leaves, homes, guessing)


def _matched(
    returned: ReturnedOutput,
    edition: Outline,
    new: Outline,
    leaves: Mapping[str, Node],
    homes: Mapping[str, str],
    guessing: float,
) -> Understood:
    """Return an output whose edition is matched with the roadmap.

    It may be another roadmap's: likeness and place count only where a share of it, `guessing`, is surely here.
    """
    found = match(edition, new, doubts=False)
    if sum(rule <= Rule.SHARE for rule in found.rules.values()) < guessing * len(edition):
        found = match(edition, new, surest=Rule.SHARE, doubts=False)
    places = {entry.id: place for place, entry in reversed(list(enumerate(edition)))}
    groups = groups_of(new)
    ids = {entry.id for entry in new}
    doubtful: dict[str, tuple[str, Rule]] = {}
    where: dict[str, str] = {}
    observed_now: list[ReportedTick] = []
    for observed in returned.leaves:
        there = places.get(observed.id)
        here = found.pairs.get(there) if there is not None else None
        is_itself = observed.id in leaves and _fits(observed, leaves[observed.id])
        if observed.id in homes and not is_itself:
            name = homes[observed.id]
        elif here is not None and here not in groups:
            name = new[here].id
            if there is not None and found.rules[there] >= Rule.GAP:
                doubtful[name] = (observed.title or edition[there].title, found.rules[there])
        elif there is None and is_itself:
            name = observed.id
        else:
            name = free_id(observed.id, ids)
            name = homes.get(name, name)
            if there is not None and returned.outline:
                where[name] = " › ".join(titles_above(edition, there))
        title = observed.title or (edition[there].title if there is not None and returned.outline else "")
        observed_now.append(observed._replace(id=name, title=title))
    return Understood(replace(returned, leaves=tuple(observed_now)), doubtful, where, bool(found.pairs))


def _fits(observed: ReportedTick, leaf: Node) -> bool:
    """Whether a leaf with an output's id has nearly its title."""
    title = plain(leaf.title)
    return observed.title in ("", title) or likeness(words_of(observed.title), words_of(title)) >= ENOUGH


def _edition_of(returned: ReturnedOutput, roadmap: Roadmap, leaves: Mapping[str, Node]) -> Outline:
    """Return the outline that an output's ids and titles tell of.

    An id that is still there is held to be the same leaf, unless its title contradicts, or namesakes beside it came or
    went: then their numbers have changed. In Markdown a title may have been reworded, and only the id counts.
    """
    reworded = returned.source == "markdown"
    then = Counter(_family(observed.id, observed.title) for observed in returned.leaves)
    now = Counter(_family(leaf.id, plain(leaf.title)) for leaf in leaves.values())

    def is_itself(observed: ReportedTick) -> bool:
        leaf = leaves.get(observed.id)
        if leaf is None or leaf.own_id or not observed.title or reworded:
            return leaf is not None
        namesakes = then[_family(observed.id, observed.title)], now[_family(leaf.id, plain(leaf.title))]
        return _fits(observed, leaf) and (namesakes[0] == namesakes[1] or max(namesakes) < 2)

    kept = {observed.id for observed in returned.leaves if is_itself(observed)}
    titles = {node.id: plain(node.title) for node in roadmap.walk() if node.children}
    edition = outline_of_ids(
        ((seen.id, plain(leaves[seen.id].title) if seen.id in kept else seen.title) for seen in returned.leaves), titles
    )
    return tuple(entry._replace(own_id=entry.id in kept) for entry in edition)


def _family(key: str, title: str) -> tuple[str, str]:
    return key.rpartition("/")[0], words_of(title).key
