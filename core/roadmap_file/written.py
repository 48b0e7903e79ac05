"""What a roadmap says as the file writes it; texts, lists of texts, links as (address, title, kind)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model import Node, Pace, Roadmap
from .format import NODE, FieldType
from .value_parsers import WEEKDAYS


def written(node: Node) -> dict[str, Any]:
    """Return the fields of a node that are set, in the order of the file."""
    return {
        key: _WRITTEN[type_](value)
        for key, type_, usual in _FIELDS
        if (value := getattr(node, key)) is not usual and value != usual
    }


def written_pace(pace: Pace) -> dict[str, Any]:
    """Return a pace in its long form."""
    data: dict[str, Any] = {"hours": pace.hours, "per": pace.per}
    if len(pace.days) < 7:
        data["days"] = [WEEKDAYS[day] for day in pace.days]
    if pace.off:
        data["off"] = [f"{days.first.isoformat()}..{days.last.isoformat()}" for days in pace.off]
    return data


def written_exports(roadmap: Roadmap) -> dict[str, dict[str, Any]]:
    """Return the defaults of exporters, as plain values."""
    return {name: {key: given.value for key, given in options.items()} for name, options in roadmap.exports.items()}


_FIELDS = [(field.key, field.type, Node._field_defaults[field.key]) for field in NODE]


def _hours(value: Any) -> str:
    return f"{value.low:g}" if value.low == value.high else f"{value.low:g}-{value.high:g}"


def _same(value: Any) -> Any:
    return value


_WRITTEN: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.SIGN: _same,
    FieldType.LINE: _same,
    FieldType.BLOCKS: _same,
    FieldType.NAMES: list,
    FieldType.NODES: list,
    FieldType.LINKS: lambda links: [(link.url, link.title, link.kind.value if link.kind else "") for link in links],
    FieldType.HOURS: _hours,
    FieldType.DATE: lambda day: day.isoformat(),
    FieldType.CHOICE: lambda choice: choice.value,
    FieldType.FLAG: _same,
    FieldType.DONE: lambda done: "true" if done is True else done.isoformat(),
}
