"""`roadpress check`: every problem of a roadmap, with its place."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from ..core.errors import ExitCode, InvalidRoadmap, Problem, RoadpressError, printable
from ..core.model import Roadmap, SourcePosition
from ..core.progress.matching import carry
from ..core.progress.model import progress_path
from ..core.progress.store import read as read_progress
from ..core.roadmap_file.hand_mistakes import titles_cut_by_comments
from ..core.roadmap_file.loading import load, load_source
from ..exporters.options import problems_in_file
from ..exporters.registry import load_exporter
from .console import Console, explain
from .locating import STANDARD_INPUT, expanded, roadmaps_argument, source_at
from .streams import print_json


@click.pass_context
def run(ctx: click.Context, files: tuple[Path, ...], *, as_json: bool) -> int:
    """Print every problem of a roadmap with its place, or that there is none.

    Several roadmaps, and folders of them, are checked in one run.
    """
    console: Console = ctx.obj
    found = expanded(files)
    codes: list[int] = []
    problems: list[dict[str, object]] = []
    for file in found:
        try:
            result = checked(file)
        except InvalidRoadmap as error:
            if not as_json and len(found) == 1:
                raise
            problems += [_plain(error.path, problem) for problem in error.problems]
            codes.append(error.exit_code if as_json else explain(error))
        except RoadpressError as error:
            if len(found) == 1:
                raise
            codes.append(explain(error))
        else:
            for line in () if as_json else result.said:
                console.say(line)
            for doubt in result.doubts:
                console.notice(doubt)
    if as_json:
        print_json(problems)
    return max(codes, default=ExitCode.DONE)


class Checked(NamedTuple):
    """What there is to say of a roadmap without problems."""

    said: list[str]
    doubts: list[str]
    """What may be otherwise than it was meant, with its place."""


def checked(file: Path) -> Checked:
    """Return what there is to say of a roadmap without problems. Raises InvalidRoadmap for one that has some."""
    source = source_at(file)
    roadmap = load_source(source) if file == STANDARD_INPUT else load(file)
    problems = export_problems(roadmap)
    if problems:
        found = [Problem(p.place, p.message, p.hint, source.line(p.place.line)) for p in problems]
        raise InvalidRoadmap(source.path, found)
    orphans = [] if file == STANDARD_INPUT else orphan_lines(file, roadmap)
    doubts = [doubt.sentence(source.path) for doubt in titles_cut_by_comments(roadmap, source.text)]
    return Checked([f"{source.path}: {_summary(roadmap)}, no problems", *orphans], doubts)


def orphan_lines(file: Path, roadmap: Roadmap) -> list[str]:
    """Return a line for each tick whose entry is not in the roadmap. Raises what reading the progress file raises."""
    path = progress_path(file)
    orphans = carry(read_progress(path), roadmap).unplaced
    head = f"{path}: {len(orphans)} kept of entries that are not in the roadmap (`roadpress orphans`):"
    lines = (
        f"  {entry.tick.state.value} {entry.tick.on or ''}  {printable(entry.title or key)}".rstrip()
        for key, entry in orphans.items()
    )
    return [head, *lines] if orphans else []


def export_problems(roadmap: Roadmap) -> list[Problem]:
    """Return what is wrong under `exports:`, which only the exporters know."""
    problems: list[Problem] = []
    for name, given in roadmap.exports.items():
        try:
            problems += problems_in_file(load_exporter(name), name, roadmap)
        except RoadpressError as error:
            place = next(iter(given.values())).place if given else SourcePosition(1, 1)
            problems.append(Problem(place, error.message.rstrip("."), error.remedy.rstrip(".")))
    return problems


def _summary(roadmap: Roadmap) -> str:
    leaves = sum(1 for _ in roadmap.leaves())
    topics = sum(len(section.children) for section in roadmap.sections)
    return ", ".join(
        (_many(len(roadmap.sections), "section"), _many(topics, "topic"), _many(leaves, "thing", " to tick"))
    )


def _many(count: int, noun: str, rest: str = "") -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}{rest}"


def _plain(path: str, problem: Problem) -> dict[str, object]:
    return {
        "file": path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }


command = click.Command(
    "check",
    callback=run,
    help=run.__doc__,
    params=[
        roadmaps_argument(),
        click.Option(["--json", "as_json"], is_flag=True, help="As a JSON list, for other programs."),
    ],
)
