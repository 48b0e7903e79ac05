"""`roadpress import --into`: a changed source into a roadmap that its owner has worked on."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.progress.matching import carry
from ..core.progress.model import progress_path
from ..core.progress.recording import rename
from ..core.progress.store import read
from ..core.roadmap_file.loading import load_bytes
from ..core.roadmap_file.source import read_source
from .console import Console, paint, today

if TYPE_CHECKING:
    from ..importers.common.draft import Imported


def run_into(
    console: Console, imported: Imported, source: str, into: Path, *, prefer: str, prune: bool, dry_run: bool
) -> int:
    """Merge, show the difference, write the file and its base unless told not to."""
    from ..core.files import write_file
    from ..core.identity.base import base_path, read_base, write_base
    from ..importers.merging import Prefer, merge

    old = read_source(into).text
    merged = merge(
        old,
        str(into),
        imported.roadmap,
        read_base(base_path(into)),
        source=Path(source).name,
        prefer=Prefer(prefer),
        prune=prune,
        ticked=_ticked(old, into) if prune else (),
        today=today(),
    )
    for notice in imported.account.notices:
        console.notice(notice)
    if not console.quiet:
        for line in unified_diff(
            old.splitlines(), merged.text.splitlines(), str(into), f"{into} with {source}", "", "", 2, ""
        ):
            click.echo(_colored(line))
    for note in merged.notes:
        console.notice(note)
    count = len(merged.changes)
    what = f"{count} change{'' if count == 1 else 's'}" if count else "nothing new"
    if dry_run:
        console.say(f"{into}  {what}{', nothing written' if count else ''}")
        return 0
    if merged.text != old:
        write_file(into, merged.text.encode())
    write_base(base_path(into), merged.base, name=into.name)
    if progress_path(into).exists():
        rename(into, load_bytes(old.encode(), str(into)), merged.roadmap, merged.ids)
    console.say(f"{into}  {what}")
    return 0


def _ticked(text: str, into: Path) -> frozenset[str]:
    """Return the ids of what is recorded of a roadmap."""
    if not progress_path(into).exists():
        return frozenset()
    return frozenset(carry(read(progress_path(into)), load_bytes(text.encode(), str(into))).ticks)


def own_roadmap(data: bytes, source: str) -> Imported | None:
    """Return a source that is a roadmap.yaml itself, None when it is not. Raises InvalidRoadmap."""
    from ..importers.common.draft import Account, Imported
    from ..importers.merging.values import draft_of

    if not source.lower().endswith((".yaml", ".yml", "-")) or not re.search(rb"^roadpress:", data, re.MULTILINE):
        return None
    return Imported(draft_of(load_bytes(data, source)), Account())


def _colored(line: str) -> str:
    if line.startswith("+") and not line.startswith("+++"):
        return paint(line, fg="green")
    return paint(line, fg="red") if line.startswith("-") and not line.startswith("---") else line
