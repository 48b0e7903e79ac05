"""A class list to a cohort's file: every learner with an id that stays, whatever becomes of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..core.errors import RoadpressError, UsageError
from ..core.learner import one_name
from ..core.yaml_text import flow, scalar
from .ids import ids_like
from .roster import SEPARATORS, RosterEntry, roster_entries

_HEAD = """\
# A cohort: one roadmap, many learners. Change it as you like, then run `roadpress cohort build`.
roadpress-cohort: 1
title: {title}
roadmap: {roadmap}
# start: 2027-01-11     what counts for all who have none of their own
# pace: 6h/week
learners:
"""


_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def cohort_text(roster: Path, *, roadmap: str, title: str) -> str:
    """Return the text of a cohort's file. Raises RoadpressError when there is no table of learners at the path."""
    try:
        entries = roster_entries(roster.read_bytes())
    except OSError as error:
        raise RoadpressError(f"{roster} cannot be read: {error.strerror or error}.") from None
    except ValueError as error:
        raise UsageError(f"{roster}: {error}", remedy="Save the class list as CSV, with names of columns.") from None
    lines = [line for entry, id_ in zip(entries, _ids(entries), strict=True) for line in _learner(entry, id_)]
    head = _HEAD.format(title=scalar(one_name(title) or one_name(roster.stem) or "Cohort"), roadmap=scalar(roadmap))
    return head + "".join(f"{line}\n" for line in lines)


def _ids(entries: list[RosterEntry]) -> list[str]:
    """Return an id for each, numbered where two are of one name."""
    return ids_like([_said(entry, "id") or one_name(_said(entry, "name")) for entry in entries])


def _said(entry: RosterEntry, key: str) -> str:
    return entry.values[key][0] if key in entry.values else ""


def _learner(entry: RosterEntry, id_: str) -> Iterator[str]:
    yield f"  - id: {scalar(id_)}"
    for key in ("name", "email", "start", "pace", "language", "roadmap"):
        if text := one_name(_said(entry, key)):
            yield f"    {key}: {text if _DAY.match(text) else scalar(text)}"
    if words := _said(entry, "skip"):
        skipped = [word.strip() for word in re.split(SEPARATORS, words) if word.strip()]
        yield f"    skip: [{', '.join(map(flow, skipped))}]"
