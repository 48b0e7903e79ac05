"""Programs of the system that some tests run."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest

_POPPLER = dict.fromkeys(("pdftotext", "pdftoppm", "pdftocairo"), "poppler-utils")
PACKAGES = {**_POPPLER, "qpdf": "qpdf", "bash": "bash", "git": "git"}


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped by name (with ROADPRESS_REQUIRE_ALL: fails)."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"no {name} on this machine: install Debian's package `{PACKAGES[name]}` to run it")
    return path


def module(name: str) -> None:
    """Go on when a Python package of the `dev` extra is there; else as `program`."""
    if find_spec(name) is None:
        pytest.skip(f"no {name} in this environment: pip install -e '.[dev]' brings it")
