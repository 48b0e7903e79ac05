"""Graphviz: the map as DOT, and what Graphviz makes of it."""
