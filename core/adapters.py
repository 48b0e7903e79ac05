"""Where a machine differs so much that a library cannot serve it: what such a machine puts here before it begins.

Everywhere else these stay as they are. The page in the web (`web/`) has no processes and fetches large files when they
are needed; it is the reason for both, and nothing else of the program knows of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Adapters:
    """What may be put in place of the usual."""

    graphviz: Callable[[str, str], bytes] | None = None
    """Gives Graphviz's JSON for a graph in DOT and an engine, in place of pygraphviz and `dot`."""
    before_reading: Callable[[Path], None] | None = None
    """Called with a font's file before it is read for the first time."""


adapters = Adapters()
