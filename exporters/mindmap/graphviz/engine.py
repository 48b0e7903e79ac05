"""Graphviz at work: where it puts nodes, and the ways of its edges.

pygraphviz's wheel carries Graphviz itself; where there is no wheel, the `dot` on the PATH serves. Both answer in
Graphviz's documented JSON (https://graphviz.org/docs/outputs/json/).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from ....core.errors import RoadpressError
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
    found: dict[str, Any] = json.loads(_output(dot, engine))
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
    try:
        import pygraphviz
    except ImportError:  # a platform without a wheel
        return _from_program(dot, engine)
    graph = pygraphviz.AGraph(string=dot)
    try:
        graph.has_layout = True  # else it warns of every graph that is large
        with _quiet():
            data = graph.draw(format="json0", args=f"-K{engine}")
    except Exception as error:
        raise RoadpressError(f"Graphviz's {engine} could not place the map: {error}") from error
    finally:
        graph.close()
    assert isinstance(data, bytes)
    return data


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the terminal what the C library prints: `sfdp` complains each time of what its build lacks."""
    own, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)
        os.close(nowhere)


def _from_program(dot: str, engine: str) -> bytes:
    program = shutil.which("dot")
    if program is None:
        raise RoadpressError(
            "This map is placed by Graphviz, and there is neither pygraphviz nor a `dot` on the PATH.",
            remedy="Run `pip install --only-binary :all: pygraphviz`, or install Graphviz (https://graphviz.org/download).",
        )
    try:
        ran = subprocess.run(  # noqa: S603 - a program of the PATH and names of our own, without a shell
            [program, f"-K{engine}", "-Tjson0"], input=dot.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RoadpressError(
            f"`{program}` took longer than {SECONDS} s to place the map.", remedy="Narrow it: `--only`, `--depth`."
        ) from error
    except OSError as error:
        raise RoadpressError(f"`{program}` cannot run: {error.strerror}.", remedy="Install Graphviz anew.") from error
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines()
        raise RoadpressError(f"`{program}` could not place the map: {said[0] if said else 'it said nothing'}")
    return ran.stdout
