"""Graphviz in process: pygraphviz's wheel carries its libraries, so that no system package is needed."""

from __future__ import annotations

from ....core.errors import RoadpressError


def render(dot: str, output: str) -> bytes:
    """Return what Graphviz makes of DOT whose positions are given (layout `nop2`), in one of its output formats.

    Raises RoadpressError when Graphviz cannot be loaded or refuses.
    """
    try:
        import pygraphviz
    except ImportError as error:  # a platform without a wheel, and without Graphviz's headers
        raise RoadpressError(
            f"Graphviz cannot be loaded: {error}.",
            remedy="Install a pygraphviz wheel: `pip install --only-binary :all: pygraphviz`.",
        ) from error
    graph = pygraphviz.AGraph(string=dot)
    try:
        graph.has_layout = True  # positions and curves are given: it takes nop2, and warns of nothing
        data = graph.draw(format=output)
    except Exception as error:
        raise RoadpressError(f"Graphviz could not render the map: {error}") from error
    finally:
        graph.close()
    assert isinstance(data, bytes)
    return data
