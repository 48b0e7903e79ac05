"""Cohorts for tests: a small roadmap, learners, and what came of them."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from roadmaps import source

SECTIONS = """
- title: Basics
  id: basics
  topics: [{title: What is ML?, hours: 2}, {title: Statistics, hours: 4}, {title: Calculus, hours: 4, tags: [math]}]
- title: Projects
  id: projects
  topics: [{title: Recommender, hours: 6, needs: [basics]}, {title: Extra, optional: true}]
"""
EPOCH = "1799236800"
"""2027-01-06."""


def write(folder: Path, learners: list[Any], head: str = "", sections: str = SECTIONS) -> Path:
    """Write a roadmap and a cohort of learners, each a name or a mapping, and return the cohort's path."""
    (folder / "roadmap.yaml").write_text(source(sections), "utf-8")
    path = folder / "cohort.yaml"
    listed = "".join(f"  - {json.dumps(learner, ensure_ascii=False)}\n" for learner in learners)
    path.write_text(f"roadpress-cohort: 1\ntitle: Autumn\nroadmap: roadmap.yaml\n{head}learners:\n{listed}", "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their names there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


class Killing:
    """A worker's setup that lets one learner kill the worker, as a crash of a library or the lack of memory would."""

    def __init__(self, setup: Any, victim: str, folder: str = "") -> None:
        self.setup, self.victim, self.folder = setup, victim, folder

    def __call__(self) -> None:
        from roadpress.cohort import work

        self.setup()
        made = work._made

        def dying(worker: Any, task: Any) -> Any:
            if self._dies(task.learner.id):
                os.kill(os.getpid(), signal.SIGKILL)
            return made(worker, task)

        work._made = dying

    def _dies(self, learner: str) -> bool:
        """Whether the worker dies of a learner; with a folder, only of the first time of each."""
        if not self.folder:
            return learner == self.victim
        mark = Path(self.folder) / learner
        if int(learner.rpartition("-")[2]) % 7 or mark.exists():
            return False
        mark.touch()
        return True
