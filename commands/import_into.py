"""`roadpress import --into`: a changed source into a roadmap that its owner has worked on."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.source import read_source
from .console import Console, paint

if TYPE_CHECKING:
    from ..importers.draft import Imported


def run_into(
    console: Console, imported: Imported, source: str, into: Path, *, prefer: str, prune: bool, dry_run: bool
) -> int:
    """Merge, show the difference, write the file and its base unless told not to."""
    from ..core.files import write_file
    from ..core.identity.base import base_path, read_base, write_base
    from ..importers.merging import Prefer, merge

    old = read_source(into).text
    base = read_base(base_path(into))
    merged = merge(old, str(into), imported.roadmap, base, source=Path(source).name, prefer=Prefer(prefer), prune=prune)
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
    console.say(f"{into}  {what}")
    return 0


def _colored(line: str) -> str:
    if line.startswith("+") and not line.startswith("+++"):
        return paint(line, fg="green")
    return paint(line, fg="red") if line.startswith("-") and not line.startswith("---") else line
