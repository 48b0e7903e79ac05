"""Learners' ids: names of files on every system, whatever the learner is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.roadmap_file.ids import derive, slug

PATTERN = r"^[^\W_]+(-[^\W_]+)*$"
_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")
_MOST = 60
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin", "conout", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")]
)
"""What Windows keeps for devices, whatever ending follows."""


def is_id(text: str) -> bool:
    """Whether a text is an id: letters of any script and digits, joined by `-`, small, and no name of a device."""
    return bool(_ID.match(text)) and len(text) <= _MOST and text == slug(text) and text not in _DEVICES


def ids_like(names: Sequence[str]) -> list[str]:
    """Return an id for each name, numbered where it is taken."""
    return derive("", [name if any(map(str.isalnum, name)) else "learner" for name in names], _DEVICES)
