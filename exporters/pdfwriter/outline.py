"""Bookmarks of a PDF (ISO 32000-1, 12.3.3): sections, and below them their topics, folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .document import PdfWriter
from .strings import text_string


class Bookmark(NamedTuple):
    """One entry."""

    title: str
    goal: bytes
    """An explicit destination."""
    below: Sequence[Bookmark] = ()


def write_bookmarks(document: PdfWriter, entries: Sequence[Bookmark]) -> int:
    """Add the entries to a file and return the number of their root; 0 when there are none."""
    if not entries:
        return 0
    root = document.reserve()
    first, last = _write(document, entries, root)
    return document.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(entries)), root)


def _write(document: PdfWriter, entries: Sequence[Bookmark], parent: int) -> tuple[int, int]:
    numbers = [document.reserve() for _ in entries]
    for index, (entry, number) in enumerate(zip(entries, numbers, strict=True)):
        body = b"<</Title%s/Parent %d 0 R/Dest%s" % (text_string(entry.title), parent, entry.goal)
        if index:
            body += b"/Prev %d 0 R" % numbers[index - 1]
        if index + 1 < len(numbers):
            body += b"/Next %d 0 R" % numbers[index + 1]
        if entry.below:
            body += b"/First %d 0 R/Last %d 0 R" % _write(document, entry.below, number)
            body += b"/Count -%d" % len(entry.below)
        document.add(body + b">>", number)
    return numbers[0], numbers[-1]
