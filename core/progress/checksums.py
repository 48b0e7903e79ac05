"""The outline that a progress file of format 1 tells of: three bytes of a digest of each leaf's id, titles of ticks."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from ..identity.from_ids import outline_of_ids
from ..identity.outline import Outline
from .store import MARK_BYTES, ProgressFile


def marks(ids: Iterable[str]) -> list[bytes]:
    """Return the mark of each id."""
    return [(crc32(key.encode("utf-8", "surrogatepass")) & 0xFFFFFF).to_bytes(MARK_BYTES, "big") for key in ids]


def outline_of_marks(record: ProgressFile, new: Outline) -> Outline:
    """Return the outline of leaves that had these marks.

    A leaf that is still there under its id has its present title, one that was ticked the recorded one. Of the others
    nothing is known but that they were there: they stand beside the leaf before them, under titles that nothing has.
    """
    groups = {entry.parent for entry in new}
    names = {entry.id: entry.title for entry in new}
    known = {entry.id: entry.title for place, entry in enumerate(new) if place not in groups}
    known |= {key: entry.title for key, entry in record.ticks.items()}
    by_mark = dict(zip(marks(known), known, strict=True))
    keys = [by_mark.get(record.marks[at : at + MARK_BYTES], "") for at in range(0, len(record.marks), MARK_BYTES)]
    above = next(filter(None, keys), "").rpartition("/")[0]
    leaves: list[tuple[str, str]] = []
    for at, key in enumerate(keys):
        if key:
            above = key.rpartition("/")[0]
        leaves.append((key, known[key]) if key else (f"{above}/~{at}".lstrip("/"), "~"))
    own = {entry.id for entry in new if entry.own_id}
    return tuple(entry._replace(own_id=entry.id in own) for entry in outline_of_ids(leaves, names))
