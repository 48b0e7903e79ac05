"""Run the tests of the rooms that the given files are in, but for those in a browser: for the hook before a commit."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent


def tests_of(path: Path) -> Path | None:
    """Return the test itself, or the folder of tests that has the name of the innermost room."""
    if path.parts[0] == "tests":
        return path if path.name.startswith("test_") else None
    return next((TESTS / room for room in reversed(path.parts[:-1]) if (TESTS / room).is_dir()), None)


def main(names: list[str]) -> int:
    """Return pytest's exit code; 0 where no test has to do with the files."""
    chosen = sorted({str(found) for name in names if (found := tests_of(Path(name)))})
    if not chosen:
        return 0
    code = pytest.main(["-q", "-x", "-m", "not browser", *chosen])
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
