"""`--watch`: doing something again whenever a roadmap, or what is kept beside it, changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..core.errors import RoadpressError
from ..core.progress.model import progress_path
from .console import Console, explain
from .watched import FileStamp, stamp_of

INTERVAL = 0.5
"""Seconds between looks; a look asks for the times of the files, and reads none."""

Stamps = Mapping[Path, tuple[FileStamp, ...]]


def watched(
    console: Console,
    files: Callable[[], Sequence[Path]],
    act: Callable[[list[Path]], object],
    wait: Callable[[], None] = lambda: time.sleep(INTERVAL),
) -> int:
    """Act on all files, then again on each that changed or came, until Ctrl+C; return the exit code.

    `files` is asked at every look, for a folder may get another roadmap.
    """
    before: Stamps = {}
    trouble = ""
    try:
        while True:
            now = before
            try:
                now, trouble = stamps(files()), ""
            except RoadpressError as error:
                if error.message != trouble:
                    explain(error)
                trouble = error.message
            changed = [file for file, stamp in now.items() if before.get(file) != stamp]
            if changed:
                act(changed)
                console.say("Watching; Ctrl+C ends it.")
            before = now
            wait()
    except KeyboardInterrupt:
        console.say("Ended.")
    return 0


def stamps(files: Sequence[Path]) -> Stamps:
    """Return when each roadmap and its progress file were written, and their sizes."""
    return {file: (stamp_of(file), stamp_of(progress_path(file))) for file in files}
