"""The names of layouts: who places what."""

from __future__ import annotations

TREES = ("two-sided", "right", "down", "radial", "outline")
"""Trees that roadpress places itself."""
NEEDS = "needs"
"""The graph of prerequisites, which Graphviz's `dot` places."""
ENGINES = ("dot", "twopi", "circo", "sfdp", "fdp", "neato")
"""Trees as Graphviz's engines place them."""
BY_GRAPHVIZ = (NEEDS, *ENGINES)
