"""`roadpress --help` against a bare click program."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from roadpress.benchmarks.timing import table, time_commands

HELLO = '''import click

@click.command()
def hello():
    """Say hello."""
    click.echo("hello")

hello()
'''


def main() -> None:
    """Print the start-up of the help, of a small command, and of the bare program."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hello.py"
        path.write_text(HELLO)
        python = sys.executable
        commands = {
            "bare click --help": [python, str(path), "--help"],
            "roadpress --help": [python, "-c", "from roadpress.__main__ import run; run()", "--help"],  # as installed
            "roadpress schema": [python, "-m", "roadpress", "schema"],
        }
        table("Start-up", time_commands(commands, runs=15), against="bare click --help")
