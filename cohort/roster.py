"""A class list: a table whose columns are recognised by their names, in many languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..core.model import SourcePosition
from ..core.roadmap_file.yaml_tree import Scalar, Sequence, Tree
from ..importers.common.decoding import repair
from ..importers.tables.cells import day_of, is_month_first
from ..importers.tables.columns import Row
from ..importers.tables.csv_text import rows_of
from .ids import ids_like
from .roster_columns import COLUMNS

SEPARATORS = r"[,;|\n]"
"""What stands between several ids in one cell."""
KEYS = ("id", "email", "start", "pace", "language", "skip", "roadmap")
"""Columns that are keys of a learner as they are; names are put together."""


class RosterEntry(NamedTuple):
    """A row of a class list: keys of a learner as text, each with its place; what is empty is left out."""

    line: int
    values: dict[str, tuple[str, SourcePosition]]

    def trees(self) -> dict[str, Tree]:
        """Return the keys as a YAML file would have them."""
        return {key: _tree(key, text, place) for key, (text, place) in self.values.items()}


def _tree(key: str, text: str, place: SourcePosition) -> Tree:
    if key != "skip":
        return Scalar(text, *place, '"')
    listed = Sequence(*place)
    listed.children += [Scalar(word.strip(), *place, '"') for word in re.split(SEPARATORS, text) if word.strip()]
    return listed


def roster_entries(data: bytes) -> list[RosterEntry]:
    """Return the learners of a table. Raises ValueError, one sentence, when there is no column of names in it."""
    rows = [row for row in rows_of(repair(data).text) if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise ValueError("It has no rows.")
    at = max(range(min(10, len(rows))), key=lambda index: (len(_roles(rows[index])), -index))
    roles = _roles(rows[at])
    if not {"name", "given", "family", "id"} & roles.keys():
        raise ValueError("It has no column of names: call one `name`.")
    starts = [
        row.cells[roles["start"]] for row in rows[at + 1 :] if roles.get("start", len(row.cells)) < len(row.cells)
    ]
    month_first = is_month_first(starts)
    return [entry for row in rows[at + 1 :] if (entry := _entry(row, roles, month_first)).values]


def _roles(row: Row) -> dict[str, int]:
    """Return which cell of a row holds what, were it the head."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        role = next((role for role in COLUMNS.roles_of(cell) if role not in found), "")
        if role:
            found[role] = index
    if "family" in found and "given" not in found and "name" in found:  # `Name` and `Surname`, `Nombre` and `Apellidos`
        found["given"] = found.pop("name")
    return found


def _entry(row: Row, roles: dict[str, int], month_first: bool | None) -> RosterEntry:
    def cell(role: str) -> str:
        index = roles.get(role, len(row.cells))
        return row.cells[index].strip() if index < len(row.cells) else ""

    def place(role: str) -> SourcePosition:
        return SourcePosition(row.line, roles.get(role, 0) + 1)

    name = cell("name") or " ".join(filter(None, (cell("given"), cell("family"))))
    values = {key: (cell(key), place(key)) for key in KEYS if cell(key)}
    if name:
        values["name"] = (name, place("name" if "name" in roles else "given"))
    for key, read in (("id", _id), ("start", lambda text: day_of(text, month_first=month_first)), ("pace", _pace)):
        if key in values and (found := read(values[key][0])):
            values[key] = (found, values[key][1])
    return RosterEntry(row.line, values)


def _id(text: str) -> str:
    """Return a school's own number or login as an id."""
    return ids_like([text])[0]


def _pace(text: str) -> str:
    """Return a pace of a bare number of hours, which are a week's."""
    number = text.replace(",", ".")
    return f"{number}h/week" if re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", number) else ""
