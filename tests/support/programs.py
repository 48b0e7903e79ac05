"""Programs of the system that some tests run."""

from __future__ import annotations

import os
import shutil

import pytest

_POPPLER = dict.fromkeys(("pdftotext", "pdftoppm", "pdftocairo"), "poppler-utils")
PACKAGES = {**_POPPLER, "qpdf": "qpdf", "bash": "bash"}


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped by name, or fails where nothing may be skipped."""
    if path := shutil.which(name):
        return path
    words = f"no {name} on this machine: install Debian's package `{PACKAGES[name]}` to run it"
    if os.environ.get("ROADPRESS_REQUIRE_ALL"):
        pytest.fail(words)
    pytest.skip(words)
