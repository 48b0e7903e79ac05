"""Graphviz at work: where it puts nodes, and the ways of its edges.

pygraphviz's wheel carries Graphviz itself (`roadpress[graphviz]`); without it the `dot` on the PATH serves. Both
answer in Graphviz's documented JSON (https://graphviz.org/docs/outputs/json/).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from ....core.adapters import adapters
from ....core.errors import RoadpressError
from ...missing import pip_install
from ..nodes.tree import Point

SECONDS = 300
"""How long a `dot` may take."""


class Placed(NamedTuple):
    """What Graphviz made of a graph, in points with y downwards."""

    centres: dict[str, Point]
    """Of each node, by name."""
    routes: dict[str, tuple[Point, ...]]
    """Of each edge that has an id, by that: the points of joined cubic Bézier curves."""


def place(dot: str, engine: str) -> Placed:
    """Return what an engine of Graphviz (`dot`, `neato`, …) makes of a graph in DOT.

    Raises RoadpressError when there is no Graphviz, or it fails.
    """
    try:
        found: dict[str, Any] = json.loads(_output(dot, engine))
    except ValueError as error:
        raise RoadpressError(
            "Graphviz answered in what is not its JSON.", remedy="Install pygraphviz, or Graphviz 2.42 or later."
        ) from error
    return Placed(
        {node["name"]: _points(node["pos"])[0] for node in found.get("objects", ()) if "pos" in node},
        {edge["id"]: tuple(_route(edge["pos"])) for edge in found.get("edges", ()) if edge.get("id") and "pos" in edge},
    )


def _route(spline: str) -> Iterator[Point]:
    """Yield the points of an edge (`splineType`): where it has arrow heads, their tips are left out."""
    yield from (point for part in spline.split(" ") if part[0] not in "es" for point in _points(part))


def _points(text: str) -> list[Point]:
    return [(float(x), -float(y)) for x, y in (pair.split(",")[:2] for pair in text.split(" "))]


def _output(dot: str, engine: str) -> bytes:
    if adapters.graphviz:
        return adapters.graphviz(dot, engine)
    try:
        import pygraphviz
    except ImportError:
        return _from_program([_program(), f"-K{engine}", "-Tjson0"], dot)
    if engine != "dot":
        code = f"import sys; sys.path[:] = {sys.path!r}; {_FRESH}"
        return _from_program([sys.executable, "-I", "-c", code, f"-K{engine}"], dot)
    graph = pygraphviz.AGraph(string=dot)
    try:
        graph.has_layout = True  # else it warns of every graph that is large
        data = graph.draw(format="json0", args=f"-K{engine}")
    except Exception as error:
        raise RoadpressError(f"Graphviz could not place the map: {error}") from error
    finally:
        graph.close()
    assert isinstance(data, bytes)
    return data


_FRESH = (
    "import pygraphviz; graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode()); graph.has_layout = True; "
    "sys.stdout.buffer.write(graph.draw(format='json0', args=sys.argv[1]))"
)
"""Engines but `dot` begin at random: only a process of its own gives the same every time."""


def _program() -> str:
    program = shutil.which("dot")
    if program is None:
        raise RoadpressError(
            "This map is placed by Graphviz, and there is neither pygraphviz nor a `dot` on the PATH.",
            remedy=f"Run `{pip_install('graphviz')}`, or install Graphviz (https://graphviz.org/download).",
        )
    return program


def _from_program(command: list[str], dot: str) -> bytes:
    try:
        ran = subprocess.run(  # noqa: S603 - the `dot` of the PATH or ourselves, names of our own, and no shell
            command, input=dot.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RoadpressError(
            f"Graphviz took longer than {SECONDS} s to place the map.", remedy="Narrow it: `--only`, `--depth`."
        ) from error
    except OSError as error:
        raise RoadpressError(
            f"`{command[0]}` cannot run: {error.strerror}.", remedy="Install pygraphviz, or Graphviz anew."
        ) from error
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines()
        raise RoadpressError(f"Graphviz could not place the map: {said[-1] if said else 'it said nothing'}.")
    return ran.stdout
