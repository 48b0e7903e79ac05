"""Ticks from a Markdown export that was ticked elsewhere: on GitHub, in an editor, in a notes app."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from ..core import task_list
from ..core.model import Roadmap
from ..core.text import plain

_BOX = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[([ xX])\][ \t]+(.*)\Z")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*)\Z")


class Collected(NamedTuple):
    """What the boxes of a Markdown document say."""

    ticks: dict[str, bool]
    """Leaf id → whether its box is ticked; ids as the export carried them, lost from the roadmap since or not."""
    unmatched: tuple[tuple[int, str], ...]
    """Line and title of boxes that no leaf could be found for, or more than one."""


def collect_markdown(text: str, roadmap: Roadmap) -> Collected:
    """Return which leaves are ticked in a Markdown export of ours, edited or not.

    A line's invisible comment names its leaf, wherever the line was moved and however it was reworded. A line without
    one (`--no-ids`, or lost on the way) is matched by its title when exactly one leaf has it. Never raises.
    """
    by_title: dict[str, list[str]] = defaultdict(list)
    for leaf in roadmap.leaves():
        by_title[_folded(f"{leaf.icon} {leaf.title}" if leaf.icon else leaf.title)].append(leaf.id)
        if leaf.icon:
            by_title[_folded(leaf.title)].append(leaf.id)
    ticks: dict[str, bool] = {}
    unmatched: list[tuple[int, str]] = []
    heading = ""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADING.match(line):
            heading = _id(task_list.split(match[1]).data)
            continue
        box = _BOX.match(line)
        if not box:
            continue
        shown, data = task_list.split(box[2])
        ticked = box[1] != " "
        name = heading if data and data.get("self") else _id(data)
        if not name:
            names = (shown, shown.partition(" — ")[0])
            found = next((by_title[key] for name in names if (key := _key(name)) in by_title), [])
            name = found[0] if len(found) == 1 else ""
        if name:
            ticks[name] = ticked
        else:
            unmatched.append((number, shown))
    return Collected(ticks, tuple(unmatched))


def _id(data: dict[str, object] | None) -> str:
    return str((data or {}).get("id") or (data or {}).get("#") or "")


def _key(shown: str) -> str:
    return _folded(task_list.meant(shown.strip("~")))


def _folded(title: str) -> str:
    return " ".join(plain(title).casefold().split())
