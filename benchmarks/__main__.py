"""Run every benchmark of this folder, or those named."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

NOT_PROGRAMS = {"__init__", "__main__", "timing", "roadmaps"}


def main(names: list[str]) -> None:
    """Run the programs; each has a `main()` that prints."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_PROGRAMS)
    for name in names or known:
        if name not in known:
            raise SystemExit(f"There is no benchmark {name!r}; there are: {', '.join(known)}.")
        import_module(f"benchmarks.{name}").main()


main(sys.argv[1:])
