"""`python -m roadpress`."""

from roadpress.cli import run

run()
