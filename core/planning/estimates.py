"""How much work each leaf is: the author's hours, a share of a parent's, or a stated default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..model import Hours, Kind, Node, Roadmap

DEFAULT_HOURS: Mapping[Kind, float] = {
    Kind.TASK: 1.0,
    Kind.QUESTION: 0.25,
    Kind.PROJECT: 8.0,
    Kind.RESOURCE: 2.0,
    Kind.MILESTONE: 0.0,
}
"""Hours assumed of a leaf that nothing else is known of; also the weights by which leaves share a parent's hours."""


class Estimates(NamedTuple):
    """The hours of every leaf, and where they are only assumed."""

    hours: Mapping[str, Hours]
    """By leaf id, in reading order."""
    assumed: frozenset[str]
    """Ids of the leaves that got their kind's default."""


class _Claim(NamedTuple):
    """What a subtree says of itself."""

    low: float
    high: float
    weight: float
    """Of the leaves that have no estimate yet."""
    open: int
    """How many those are."""


def estimate(roadmap: Roadmap) -> Estimates:
    """Return the hours of each leaf.

    A leaf's own hours stand. A parent's hours, less what is given below it, are shared out among the leaves below that
    have none, by the weights of `DEFAULT_HOURS`; where every leaf has its own they are summed up, and the parent's are
    not counted again. What remains gets its kind's default, and is counted as assumed.
    """
    hours: dict[str, Hours] = {}
    assumed: list[str] = []
    claims: dict[str, _Claim] = {}
    for section in roadmap.sections:
        _claim(section, claims)
    for section in roadmap.sections:
        _share_out(section, None, claims, hours, assumed)
    return Estimates(hours, frozenset(assumed))


def _claim(node: Node, claims: dict[str, _Claim]) -> _Claim:
    if not node.children:
        weight = 0.0 if node.hours is not None else DEFAULT_HOURS[node.kind]
        low, high = node.hours or (0.0, 0.0)
        return _Claim(low, high, weight, 0 if node.hours is not None else 1)
    low = high = weight = 0.0
    count = 0
    for child in node.children:
        claim = _claim(child, claims)
        low += claim.low
        high += claim.high
        weight += claim.weight
        count += claim.open
    inner = claims[node.id] = _Claim(low, high, weight, count)
    if node.hours is not None and count:
        return _Claim(max(low, node.hours.low), max(high, node.hours.high), 0.0, 0)
    return inner


class _Rate(NamedTuple):
    """Hours that each unit of weight gets of a parent's estimate."""

    low: float
    high: float
    equal: bool
    """All weights below are 0 (milestones): shared by head."""


def _share_out(
    node: Node, rate: _Rate | None, claims: Mapping[str, _Claim], hours: dict[str, Hours], assumed: list[str]
) -> None:
    if node.children:
        inner = claims[node.id]
        if node.hours is not None and inner.open:
            units = inner.weight or inner.open
            low = max(0.0, node.hours.low - inner.low) / units
            rate = _Rate(low, max(low, (node.hours.high - inner.high) / units), not inner.weight)
        for child in node.children:
            _share_out(child, rate, claims, hours, assumed)
    elif node.hours is not None:
        hours[node.id] = node.hours
    elif rate:
        weight = 1.0 if rate.equal else DEFAULT_HOURS[node.kind]
        hours[node.id] = Hours(rate.low * weight, rate.high * weight)
    else:
        default = DEFAULT_HOURS[node.kind]
        hours[node.id] = Hours(default, default)
        assumed.append(node.id)
