"""What a missing tool does to the tests: it skips those that need it, and fails them where nothing may be skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_ran(): pass
def test_of_a_tool(): pytest.skip("no such tool")
@pytest.mark.skipif(True, reason="not here")
def test_of_a_place(): pass
@pytest.mark.xfail(strict=True)
def test_of_a_known_lack(): assert False
"""


@pytest.mark.parametrize(
    ("required", "code", "counts"),
    [("", 0, "1 passed, 2 skipped, 1 xfailed"), ("1", 1, "1 failed, 1 passed, 1 xfailed, 1 error")],
)
def test_nothing_is_skipped_where_all_is_required(
    root: Path, tmp_path: Path, required: str, code: int, counts: str
) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_some.py").write_text(TESTS)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", ".", "-c", os.devnull, "test_some.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ROADPRESS_REQUIRE_ALL": required},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout
    assert counts in run.stdout
    assert ("forbids to skip: Skipped: no such tool" in run.stdout) == bool(required)
