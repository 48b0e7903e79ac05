"""Look the lock up for known holes: `python lock/holes.py PIP_AUDIT FILE`, with pip-audit, which asks PyPI.

Ends with 1 only for a hole that is known. Where nobody answers, nothing is known, and it says so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_OPTIONS = ("--strict", "--progress-spinner=off", "--disable-pip", "--require-hashes", "--format=columns")


def main(program: str, lock: str) -> int:
    """Return the exit code, after saying what is known."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"  # written only when everything was looked up
        ran = subprocess.run(
            [program, *_OPTIONS, "-o", str(report), "-r", lock], capture_output=True, text=True, check=False
        )
        found = report.read_text(encoding="utf-8") if report.exists() else ""
    sys.stdout.write(found)
    said = (ran.stderr.strip() or "it said nothing").splitlines()[-1]
    if found or not ran.returncode:
        sys.stdout.write(f"{said}\n")
        return int(ran.returncode != 0)
    sys.stdout.write(
        "Known holes were not looked up: pip-audit had no answer; `make audit` does, with a network.\n"
        f"Its last words: {said}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
