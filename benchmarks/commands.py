"""What people type all day, at the sizes that they have: small commands against `--help`, `build` against its parts.

Beside a roadmap of 1,000 mixed entries the documents of the folder that ROADPRESS_CORPUS names are imported and
measured, those with 500 to 2,000 things to tick.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import roadpress
from roadpress.benchmarks.roadmaps import write
from roadpress.benchmarks.timing import Command, table, time_commands

ROADPRESS = [sys.executable, "-m", "roadpress"]


def main() -> None:
    """Print the small commands on each roadmap, then `build` of the example."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (write(folder, 1_000, mixed=True), *_imported(folder)):
            file = str(path)
            commands: dict[str, Command] = {
                "--help": [*ROADPRESS, "--help"],
                "tick 1.1": [*ROADPRESS, "-q", "tick", "-f", file, "1.1"],
                "status": [*ROADPRESS, "status", file],
                "next": [*ROADPRESS, "next", file],
            }
            table(f"Small commands on {path.stem}", time_commands(commands, runs=9), against="--help")
        _build(Path(__file__).parents[1] / "roadmap.yaml", folder)


def _imported(folder: Path) -> Iterator[Path]:
    corpus = os.environ.get("ROADPRESS_CORPUS")
    for document in sorted(Path(corpus).glob("*.md")) if corpus else ():
        path = folder / f"{document.stem}.yaml"
        subprocess.run([*ROADPRESS, "-q", "import", str(document), "-o", str(path)], check=False, capture_output=True)
        if path.exists() and 500 <= sum(not node.children for node in roadpress.load(path).walk()) <= 2_000:
            yield path


def _build(path: Path, folder: Path) -> None:
    parts = ("pdf", "mindmap", "checklist")
    commands: dict[str, Command] = {
        part: [*ROADPRESS, "-q", part, str(path), "-o", f"{folder}/part.{part}"] for part in parts
    }
    commands["build"] = [*ROADPRESS, "-q", "build", str(path), "--folder", str(folder)]
    found = time_commands(commands, runs=9)
    table("The example roadmap to all three", found, against="build")
    print(f"  build: {found['build'].cpu / sum(found[part].cpu for part in parts):.2f} × the three one after another")
