"""Which output is it? A file or an address that came back, to the reader that knows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...core.errors import RoadpressError, UsageError
from ...core.identity.outline_text import parse_outline
from ...core.model import Roadmap
from ...core.progress.store import parse
from ...core.progress.three_way import ReportedTick, ReturnedOutput

MAX_BYTES = 256 * 2**20
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BOX = re.compile(rb"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\]", re.MULTILINE)
Boxes = Callable[[bytes], Any]
"""What reads the boxes of PDFs where there are many: `KeptReader("pdf_boxes").extracted`."""
_REMEDY = "Give a filled PDF, the file a checklist saved or its link, an edited Markdown export, or a progress file."


def read_output(word: str, roadmap: Roadmap, edition: str = "", *, boxes: Boxes | None = None) -> ReturnedOutput:
    """Return the ticks in what a person names: a file, or a checklist's link.

    `edition` is the outline that the progress file remembers, as lines: a link may have been made of it. Raises
    UsageError for what is no output of ours, RoadpressError for a file that cannot be read or is damaged.
    """
    if _URL.match(word) or word.startswith("#"):
        return _read_url(word, roadmap, edition)
    path = Path(word)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(word)
        data = path.read_bytes()
        saved = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc).replace(microsecond=0)
    except FileNotFoundError:
        raise RoadpressError(f"There is no file {word}.", remedy="Is the name right?") from None
    except OSError as error:
        raise RoadpressError(f"{word} cannot be read: {error.strerror or error}.") from None
    returned = read_bytes(data, word, roadmap, boxes=boxes)
    return returned if returned.saved else replace(returned, saved=saved)


def read_bytes(data: bytes, name: str, roadmap: Roadmap, *, boxes: Boxes | None = None) -> ReturnedOutput:
    """Return the ticks in the bytes of a file, recognised by what is in them. Raises what `read_output` raises."""
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        from .pdf import read_filled

        return read_filled(data, name, extract=boxes) if boxes else read_filled(data, name)
    if start.startswith(b"{"):
        from .checklist import read_saved

        return read_saved(data)
    if re.search(rb"^roadpress-progress:", data[:4096], re.MULTILINE):
        return read_progress(data, name)
    if re.match(rb"<!doctype html|<html", start, re.IGNORECASE):
        raise UsageError(
            f"{name} is a page, and a page does not hold its ticks: the browser does.",
            remedy='Open it, choose "Save progress …", and collect the file that this writes.',
        )
    if _BOX.search(data):
        from ...core.roadmap_file.source import decode
        from .markdown import read_markdown

        return read_markdown(decode(data, name).text, roadmap)
    raise UsageError(f"{name} is nothing that ticks come back in.", remedy=_REMEDY)


def _too_large(name: str) -> UsageError:
    return UsageError(f"{name} is larger than {MAX_BYTES // 2**20} MB.", remedy="Is it the right file?")


def read_progress(data: bytes, name: str) -> ReturnedOutput:
    """Return the ticks of another copy of the progress file, from another machine or person."""
    record = parse(data, name)
    leaves = (
        ReportedTick(key, tick.state, on=tick.on, at=tick.at, note=tick.note or None, title=title)
        for key, (tick, title, *_) in record.all.items()
    )
    outline = parse_outline(record.outline.split("\n"))[0] if record.outline else ()
    return ReturnedOutput("progress", tuple(leaves), learner=record.learner, outline=outline)


def is_board(word: str) -> bool:
    """Whether a word is the address of a Trello board, whose ticks come by its API."""
    try:
        host = (urlsplit(word).hostname or "").lower() if _URL.match(word) else ""
    except ValueError:
        return False
    return host == "trello.com" or host.endswith(".trello.com")


def _read_url(word: str, roadmap: Roadmap, edition: str) -> ReturnedOutput:
    if is_board(word):
        raise UsageError(f"{word} is a Trello board.", remedy="Run `roadpress trello pull`.")
    if "#" not in word:
        raise UsageError(f"{word} holds no ticks.", remedy=_REMEDY)
    from .checklist import read_link

    return read_link(word, roadmap, edition)
