"""Loading and checking a roadmap, against what libyaml alone needs to scan it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

import roadpress
from roadpress.benchmarks.roadmaps import write
from roadpress.benchmarks.timing import table, time_functions


def main() -> None:
    """Print the load of 1,000, 10,000 and 100,000 items."""
    with tempfile.TemporaryDirectory() as folder:
        for items in (1_000, 10_000, 100_000):
            path = write(Path(folder), items)
            data = path.read_bytes()

            def scan(data: bytes = data) -> None:
                for _ in yaml.scan(data, Loader=yaml.CSafeLoader):
                    pass

            def events(data: bytes = data) -> None:
                for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
                    pass

            def load(path: Path = path) -> None:
                roadpress.load(path)

            functions: dict[str, Callable[[], object]] = {
                "libyaml scan": scan,
                "libyaml events": events,
                "roadpress.load": load,
            }
            runs = 9 if items < 50_000 else 5
            table(f"Load of {items:,} items", time_functions(functions, runs=runs), against="libyaml scan")
