"""Ticks from a Markdown export that was ticked elsewhere: on GitHub, in an editor, in a notes app."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from ...core.learner import one_name
from ...core.model import Roadmap
from ...core.progress.model import State
from ...core.progress.three_way import ReportedTick, ReturnedOutput
from ...core.roadmap_file import task_list
from ...core.roadmap_file.ids import slug
from ...core.text import plain

_BOX = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[([ xX])\][ \t]+(.*)\Z")
_GIVEN = {"done": State.DONE, "skipped": State.SKIPPED}
_HEADING = re.compile(r"#{1,6}[ \t]+(.*)\Z")


class MarkdownTicks(NamedTuple):
    """What the boxes of a Markdown document say."""

    ticks: dict[str, bool]
    """Leaf id → whether its box is ticked; ids as the export carried them, lost from the roadmap since or not."""
    unmatched: tuple[tuple[int, str], ...]
    """Line and title of boxes that no leaf could be found for, or more than one."""
    given: dict[str, State]
    """Leaf id → what its box was made of, for lines with a comment."""
    titles: dict[str, str]
    """Leaf id → its title there."""
    astray: tuple[str, ...]
    """Titles of those unmatched boxes that are ticked."""
    title: str = ""
    """The roadmap's, of an export with comments."""
    learner: str = ""
    """Whose export it is."""


def collect_markdown(text: str, roadmap: Roadmap) -> MarkdownTicks:
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
    given: dict[str, State] = {}
    titles: dict[str, str] = {}
    astray: list[str] = []
    heading = title = learner = ""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADING.match(line):
            head, data = task_list.split(match[1])
            heading = _id(data)
            if data and "roadpress" in data and not title:
                title = task_list.meant(head)
                learner = one_name(str(data.get("of", data.get("learner", ""))))
            continue
        box = _BOX.match(line)
        if not box:
            continue
        shown, data = task_list.split(box[2])
        ticked = box[1] != " "
        name = heading if data and data.get("self") else _id(data)
        if name and data:
            given[name] = _GIVEN.get(str(data.get("given", "")), State.OPEN)
        if not name:
            names = (shown, shown.partition(" — ")[0])
            found = next((by_title[key] for name in names if (key := _key(name)) in by_title), [])
            name = found[0] if len(found) == 1 else ""
        if name:
            ticks[name] = ticked
            titles[name] = task_list.meant(shown.strip("~"))
        else:
            unmatched.append((number, shown))
            astray += [task_list.meant(shown.strip("~"))] if ticked else []
    return MarkdownTicks(ticks, tuple(unmatched), given, titles, tuple(astray), title, learner)


def read_markdown(text: str, roadmap: Roadmap) -> ReturnedOutput:
    """Return the same as an output that came back.

    An empty box of what was skipped leaves it skipped; a ticked box without a leaf has an id that no leaf has.
    """
    found = collect_markdown(text, roadmap)
    leaves = []
    for name, ticked in found.ticks.items():
        given = found.given.get(name)
        unticked = State.SKIPPED if given is State.SKIPPED else State.OPEN
        leaves.append(ReportedTick(name, State.DONE if ticked else unticked, given, title=plain(found.titles[name])))
    leaves += (ReportedTick(f"?/{slug(title)}", State.DONE, title=plain(title)) for title in found.astray)
    return ReturnedOutput("markdown", tuple(leaves), learner=found.learner, title=found.title)


def _id(data: dict[str, object] | None) -> str:
    return str((data or {}).get("id") or (data or {}).get("#") or "")


def _key(shown: str) -> str:
    return _folded(task_list.meant(shown.strip("~")))


def _folded(title: str) -> str:
    return " ".join(plain(title).casefold().split())
