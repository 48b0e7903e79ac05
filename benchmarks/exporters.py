"""Every exporter at growing sizes: whole processes, so that imports count."""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from roadpress.benchmarks.roadmaps import write
from roadpress.benchmarks.timing import time_commands
from roadpress.exporters.registry import BUILT_IN

SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Print seconds and the cost of ten times the items: 10 means linear."""
    print("\nExporters, whole processes: CPU seconds, and how much more ten times the items cost")
    with tempfile.TemporaryDirectory() as folder:
        paths = {items: write(Path(folder), items) for items in SIZES}
        for name in BUILT_IN:
            if name == "trello":
                continue  # its cost is the network's: see benchmarks/trello.py
            row = []
            for items, path in paths.items():
                command = [sys.executable, "-m", "roadpress", "-q", name, str(path), "-o", f"{folder}/{name}.out"]
                row.append(time_commands({name: command}, runs=3)[name])
                del items
            growth = " → ".join(f"{later.cpu / earlier.cpu:.1f}×" for earlier, later in pairwise(row))
            seconds = "  ".join(f"{items:>6,}: {result.cpu:6.2f} s" for items, result in zip(SIZES, row, strict=True))
            print(f"  {name:12}{seconds}  {growth}  {row[-1].peak:5.0f} MB")
