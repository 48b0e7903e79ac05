"""Standard output and errors as the system gives them: a console of 1987, a pipe on Windows, a name that is no text.

Words for people are shown as well as the stream can. Data for programs are UTF-8 with line feeds on every system.
"""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import Any

import click

_ERRORS = "roadpress"
_LIKE = {
    "✓": "x",
    "○": "o",
    "–": "-",
    "→": "->",
    "…": "...",
    "·": "-",
    "◐": "%",
    "█": "#",
    "░": ".",
    "’": "'",
    "•": "*",
}
"""Our own signs, in ASCII."""


def prepare() -> None:
    """Let both streams take every character: what one lacks is shown as one like it, or as a question mark."""
    codecs.register_error(_ERRORS, _like)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _like(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(_LIKE.get(char, "?") for char in error.object[error.start : error.end]), error.end


def print_data(text: str) -> None:
    """Print data for another program, or for a file."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    print_data(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
