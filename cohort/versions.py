"""What makes outputs what they are, beside the roadmap: programs and fonts. Workers must have the same."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from .. import __version__

PYTHON = "Python"
_DRAWN_WITH = (
    *("fontpkg-fira-sans", "fontpkg-fira-code", "manimgx-fonts", "noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold"),
    *("uharfbuzz", "python-bidi", "budoux", "markdown-it-py", "linkify-it-py", "reportlab"),
)
"""The fonts, and what decides how text is set."""


@cache
def this_machine() -> tuple[tuple[str, str], ...]:
    """Return what this process makes outputs with, each by name with its version; `none` for what is not there."""
    python = of_python(platform.python_version())
    return (("roadpress", __version__), (PYTHON, python), *((name, _version(name)) for name in _DRAWN_WITH))


def of_python(full: str) -> str:
    """Return as much of Python's version as has to agree."""
    return ".".join(full.split(".")[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
