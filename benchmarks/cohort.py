"""A cohort: one process for all against one process each, and a warm personal PDF against typst's.

Peer: `pip install typst`, which is given the learner's name by `sys_inputs`, in one process that stays; its boxes are
never ticked, and it plans nothing.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import class_of  # type: ignore[import-not-found]

from roadpress.benchmarks.pdf import TEMPLATE
from roadpress.benchmarks.timing import table, time_commands, time_functions
from roadpress.core.model import Pace, Roadmap
from roadpress.core.planning.planner import plan
from roadpress.core.progress.model import Progress, Tick
from roadpress.core.roadmap_file.loading import load
from roadpress.core.snapshot import Snapshot
from roadpress.core.text import plain
from roadpress.exporters import checklist, ics, pdf

TODAY = date(2026, 11, 26)
MANY = 100


def main(learners: int = 1_000) -> None:
    """Print a personal output of each kind, then whole builds, then where all stand."""
    os.environ["SOURCE_DATE_EPOCH"] = "1795651200"  # the same day
    root = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "roadmap.yaml").write_bytes((root / "roadmap.yaml").read_bytes())
        class_of.write(folder, MANY, TODAY)
        _personal(folder)
        python = [sys.executable, "-m", "roadpress"]
        build = [*python, "-q", "cohort", "build", str(folder / "cohort.yaml"), "--jobs", "1", "--to"]
        afresh = ["sh", "-c", f'rm -rf {name}/out {name}/*.sqlite && exec "$@"', "sh", *build, f"{name}/out"]
        commands: dict[str, list[str]] = {f"{MANY} learners": afresh, "the same again": [*build, f"{name}/out"]}
        for kind in _KINDS:
            commands[f"one {kind}, one process"] = [*python, "-q", kind, f"{name}/roadmap.yaml", "-o", f"{name}/one"]
        table("PDF, page and calendar of each", time_commands(commands, runs=3), against=f"{MANY} learners")
        class_of.write(folder, learners, TODAY)
        status = [*python, "-q", "cohort", "status", str(folder / "cohort.yaml")]
        first = ["sh", "-c", f'rm -f {name}/cohort.index.sqlite && exec "$@"', "sh", *status]
        found = time_commands({"the first time": first, "again": status}, runs=3)
        table(f"Where {learners:,} stand", found, against="the first time")


_KINDS = ("pdf", "checklist", "ics")


def _personal(folder: Path) -> None:
    """Print a learner's outputs in a process that is warm, each time another learner's, with and without a plan."""
    roadmap = load(folder / "roadmap.yaml")
    chance = random.Random(1)
    leaves = [leaf.id for leaf in roadmap.leaves()]

    def learner(number: int, *, planned: bool, in_order: bool) -> Snapshot:
        count = chance.randrange(len(leaves))
        done = leaves[:count] if in_order else chance.sample(leaves, count)
        start = TODAY - timedelta(days=7 * chance.randrange(9, 14))
        own = replace(roadmap, start=start, pace=Pace(chance.choice((3, 4, 6)))) if planned else roadmap
        progress = Progress({id_: Tick() for id_ in done})
        schedule = plan(own, progress, today=TODAY) if planned else None
        return Snapshot(own, progress, TODAY, schedule, f"Learner {number}")

    def turns(export: Callable[[Snapshot], object], *, planned: bool, in_order: bool) -> Callable[[], object]:
        everybody = [learner(number, planned=planned, in_order=in_order) for number in range(_WARM + _RUNS + 1)]
        for one in everybody[:_WARM]:
            export(one)
        following = iter(everybody[_WARM:])
        return lambda: export(next(following))

    def book(one: Snapshot) -> object:
        return pdf.export(one, pdf.Options())

    def alone(one: Snapshot) -> object:  # sections of its own, and so a book of its own
        return book(replace(one, roadmap=replace(one.roadmap, sections=(*one.roadmap.sections,))))

    functions = {
        "PDF, alone": turns(alone, planned=False, in_order=False),
        "PDF, any ticks": turns(book, planned=False, in_order=False),
        "PDF, ticks in order": turns(book, planned=False, in_order=True),
        "PDF with a plan, alone": turns(alone, planned=True, in_order=True),
        "PDF with a plan": turns(book, planned=True, in_order=True),
        "page": turns(lambda one: checklist.export(one, checklist.Options()), planned=False, in_order=True),
        "calendar with a plan": turns(lambda one: ics.export(one, ics.Options()), planned=True, in_order=True),
    }
    if find_spec("typst"):
        typst = import_module("typst")
        source = folder / "bench.typ"
        source.write_text(TEMPLATE.replace("#pagebreak()", "#sys.inputs.learner\n#pagebreak()", 1))
        compiler = typst.Compiler(str(source), ignore_system_fonts=True)
        (folder / "plain.yaml").write_text(json.dumps(_plain(roadmap)))
        names = map("Learner {}".format, count())  # of what it has compiled before it remembers the end
        functions["typst"] = lambda: compiler.compile(sys_inputs={"file": "plain.yaml", "learner": next(names)})
    table("One learner, warm", time_functions(functions, runs=_RUNS), against="PDF, alone")


_WARM = 100
"""Learners before any time is taken."""
_RUNS = 41


def _plain(roadmap: Roadmap) -> dict[str, object]:
    """Return what typst's template reads: titles at three levels."""
    return {
        "title": plain(roadmap.title),
        "sections": [
            {
                "title": plain(section.title),
                "topics": [
                    {"title": plain(topic.title), "items": [plain(item.title) for item in topic.children]}
                    for topic in section.children
                ],
            }
            for section in roadmap.sections
        ],
    }
