"""Packages that some machines have no wheel of: what is said where an output cannot do without one.

An output does without where it can: Graphviz may be the `dot` on the PATH, text from right to left has an order of our
own, a page has its icons as text.
"""

from __future__ import annotations

from ..core.errors import RoadpressError

_PACKAGES = {
    "uharfbuzz": (
        "shapes letters with HarfBuzz",
        "Run `pip install uharfbuzz` (where there is no wheel, that takes a C++ compiler); the checklist does without.",
    ),
    "pypdfium2": ("paints pictures with PDFium", "Run `pip install pypdfium2`, or take a format that is no PNG."),
}
"""By name: what it does, and the remedy."""


class MissingPackageError(RoadpressError):
    """An output needs a package that is not installed."""


def told(error: ModuleNotFoundError, output: str) -> Exception:
    """Return what to raise for a module that an output did not find: an error in plain words, or the same."""
    package = (error.name or "").partition(".")[0]
    if package not in _PACKAGES:
        return error
    does, remedy = _PACKAGES[package]
    return MissingPackageError(f"`{output}` {does}, and the package {package} is not installed.", remedy=remedy)
