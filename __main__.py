"""`python -m roadpress`."""

from .cli import run

run()
