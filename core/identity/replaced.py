"""Which pairs of a matching are one entry to a learner's ticks, but two to a reader."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Node
from .matching import Matching, Rule
from .outline import Outline
from .titles import letters_in_common, words_of

_ALIKE = 40
"""How alike titles in one place must be to be a rewording (letter pairs, percent)."""


def replaced(
    matching: Matching, old: Sequence[Node], new: Sequence[Node], old_outline: Outline, new_outline: Outline
) -> frozenset[int]:
    """Return the old places of pairs that have nothing but their place in common: `Rule.GAP` alone pairs such.

    A tick stays in its place; what a reader is told is that the one went and the other came. Nodes are in the outlines'
    order.
    """
    found: set[int] = set()
    held: set[int] = set()
    """Old places of groups that kept some of what they hold."""
    for place in sorted(matching.pairs, reverse=True):  # what is below comes first
        partner = matching.pairs[place]
        is_other = (
            matching.rules[place] is Rule.GAP
            and place not in held
            and not _alike(old[place], new[partner], old_outline[place].title, new_outline[partner].title)
        )
        if is_other:
            found.add(place)
        elif matching.pairs.get(old_outline[place].parent) == new_outline[partner].parent:
            held.add(old_outline[place].parent)
    return frozenset(found)


def _alike(old: Node, new: Node, title: str, other: str) -> bool:
    if any(mine and mine == theirs for mine, theirs in ((old.notes, new.notes), (old.summary, new.summary))):
        return True
    if old.links and old.links == new.links:
        return True
    return letters_in_common(words_of(title).key, words_of(other).key) >= _ALIKE
