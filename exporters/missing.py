"""Packages that come only with an extra: what is said where an output cannot do without one.

They are large, or some machines have no wheel of them. An output does without where it can: Latin letters and the
usual signs are ready, Graphviz may be the `dot` on the PATH, a page has its icons as text.
"""

from __future__ import annotations

from ..core.errors import RoadpressError

_PACKAGES = {
    "uharfbuzz": ("shapes letters with HarfBuzz", "shaping", "the checklist does without."),
    "pypdfium2": ("paints pictures with PDFium", "png", "`--format svg` does without."),
}
"""By name: what it does, the extra that brings it, and what else one can do."""


def pip_install(extra: str) -> str:
    """Return the command that installs an extra, quoted as every shell takes it."""
    return f'pip install "roadpress[{extra}]"'


class MissingPackageError(RoadpressError):
    """An output needs a package that is not installed."""


def told(error: ModuleNotFoundError, output: str) -> Exception:
    """Return what to raise for a module that an output did not find: an error in plain words, or the same."""
    package = (error.name or "").partition(".")[0]
    if package not in _PACKAGES:
        return error
    does, extra, instead = _PACKAGES[package]
    return MissingPackageError(
        f"`{output}` {does}, and the package {package} is not installed.",
        remedy=f"Run `{pip_install(extra)}`; {instead}",
    )
