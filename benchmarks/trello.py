"""The Trello board: planning at growing sizes, and how many calls a push takes."""

from __future__ import annotations

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

SIZES = (500, 5_000, 20_000)


def main() -> None:
    """Print CPU seconds of mapping, of a plan with nothing to do, and of a first push to a double in memory."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
    bench_of, trees = import_module("boards").Bench, import_module("trees")  # the tests' double and roadmaps

    from roadpress.exporters.boards.planning.journal import PendingPush
    from roadpress.exporters.boards.planning.planner import plan_changes
    from roadpress.exporters.boards.planning.state import load_state

    print("\nTrello: CPU seconds (items: mapping · first push without the double's own work · plan with nothing to do)")
    for size in SIZES:
        source = trees.wide(size, topic=min(100, size // 100))
        with tempfile.TemporaryDirectory() as folder:
            begin = time.process_time()
            bench = bench_of(Path(folder), source, allowance=10**9, limits={"cards": 10**6})
            mapped = time.process_time() - begin
            answering = _answering(bench.double)
            begin = time.process_time()
            bench.push()
            pushed = time.process_time() - begin - sum(answering)
            writes = len(bench.double.writes)
            objects = 1 + sum(bench.wanted.sizes().values())
            actual, _ = bench.calls().board(bench.board["id"])
            state = load_state(bench.state_file)
            begin = time.process_time()
            changes = plan_changes(bench.wanted, actual, state, PendingPush()).changes
            planned = time.process_time() - begin
        assert not changes
        calls = f"{1000 * pushed / objects:.3f} ms for each of {objects:,} objects, {writes:,} calls"
        print(f"  {size:>7,}: {mapped:6.3f} s · {pushed:7.3f} s, {calls} · {planned:6.3f} s")
    moves = trees.roadmap("R", [{"title": "S", "items": [{"title": f"T{n}", "id": f"t{n}"} for n in range(1000)]}])
    rotated = trees.roadmap(
        "R", [{"title": "S", "items": [{"title": f"T{n % 1000}", "id": f"t{n % 1000}"} for n in range(1, 1001)]}]
    )
    with tempfile.TemporaryDirectory() as folder:
        bench = bench_of(Path(folder), moves, allowance=10**9)
        bench.push()
        bench.show(rotated)
        print(f"  the first of 1,000 cards moved to the end: {len(bench.plan().changes)} call")


def _answering(double: Any) -> list[float]:
    """Return a list that gets the CPU seconds of each answer of a double from now on: they grow with its board."""
    seconds: list[float] = []
    handle = double.handle

    def timed(*request: Any) -> Any:
        begin = time.process_time()
        try:
            return handle(*request)
        finally:
            seconds.append(time.process_time() - begin)

    double.handle = timed
    return seconds
