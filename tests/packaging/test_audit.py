"""`make audit`: known holes fail it; a database that does not answer is told, and is no failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = """#!{python}
import pathlib, sys
report = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
if {report!r}:
    report.write_text({report!r})
print({said!r}, file=sys.stderr)
sys.exit({code})
"""


@pytest.mark.skipif(os.name == "nt", reason="the program is a script with a first line")
@pytest.mark.parametrize(
    ("report", "said", "code", "words"),
    [
        ("", "No known vulnerabilities found", 0, ["No known vulnerabilities found"]),
        ("arrow 1.4.0 CVE-1\n", "Found 1 known vulnerability in 1 package", 1, ["CVE-1", "Found 1 known"]),
        ("", "ERROR: arrow could not be audited", 1, ["were not looked up", "Its last words: ERROR: arrow"]),
        ("", "", 1, ["were not looked up", "it said nothing"]),
    ],
    ids=["none", "one", "no-answer", "silent"],
)
def test_only_a_hole_fails(report: str, said: str, code: int, words: list[str], root: Path, tmp_path: Path) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(AUDIT.format(python=sys.executable, report=report, said=said, code=code))
    program.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, str(root / "lock" / "holes.py"), str(program), "lock.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == (1 if report else 0), ran.stderr
    assert all(word in ran.stdout for word in words)
