"""What nodes say of each other: `needs` must lead somewhere, and never round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from ..errors import Problem
from ..model import Node, Roadmap, SourcePosition

FormerIds = Callable[[Roadmap], Mapping[str, str]]
"""Gives the present id of what had another before, by that one."""


def reference_problems(
    roadmap: Roadmap, needs: Sequence[tuple[str, SourcePosition]], former_ids: FormerIds
) -> Iterator[Problem]:
    """Yield a problem for each of `needs` (an id, and where it is named) that is no id, and one for a circle."""
    if not needs:
        return
    nodes = roadmap.by_id()
    unknown = [(need, place) for need, place in needs if need not in nodes]
    former = former_ids(roadmap) if unknown else {}
    for need, place in unknown:
        meant = nodes.get(former.get(need) or _like(need, nodes))
        hint = f"did you mean `{meant.id}` (line {meant.line})?" if meant else _GIVE_ID
        yield Problem(place, f"`needs` names `{need}`, which is no id here", hint)
    if not unknown and (circle := find_circle(nodes)):
        path = " → ".join(node.title if len(node.title) <= 40 else node.title[:37] + "…" for node in circle)
        yield Problem(circle[0].place, f"`needs` runs in a circle: {path}", "take one of them out")


_GIVE_ID = "give the node that you mean an `id`, and name that"


def _like(need: str, nodes: dict[str, Node]) -> str:
    ends = [name for name in nodes if name.endswith("/" + need)]
    return next(iter(ends or get_close_matches(need, nodes, 1)), "")


def find_circle(nodes: dict[str, Node]) -> list[Node]:
    """Return nodes that wait for each other, first and last the same, or nothing.

    A node begins when its parent may begin and all that it needs has ended; it ends when its children have. So each
    node is two vertices, begin and end, and a circle among these is what makes a plan impossible. Linear.
    """
    begin: dict[str, list[tuple[str, bool]]] = {node_id: [] for node_id in nodes}
    end: dict[str, list[tuple[str, bool]]] = {node_id: [(node_id, False)] for node_id in nodes}
    for node in nodes.values():
        begin[node.id] += [(need, True) for need in node.needs]
        for child in node.children:
            begin[child.id].append((node.id, False))
            end[node.id].append((child.id, True))
    finished: set[tuple[str, bool]] = set()
    for node_id in nodes:
        path: dict[tuple[str, bool], None] = {}
        stack: list[tuple[tuple[str, bool], bool]] = [((node_id, False), False)]
        while stack:
            vertex, leaving = stack.pop()
            if leaving:
                finished.add(vertex)
                del path[vertex]
            elif vertex in path:
                circle = [*list(path)[list(path).index(vertex) :], vertex]
                return _named(circle, nodes)
            elif vertex not in finished:
                path[vertex] = None
                stack.append((vertex, True))
                waits_for = (end if vertex[1] else begin)[vertex[0]]
                stack += [(other, False) for other in waits_for]
    return []


def _named(circle: list[tuple[str, bool]], nodes: dict[str, Node]) -> list[Node]:
    result: list[Node] = []
    for node_id, _ in circle:
        if not result or result[-1].id != node_id:
            result.append(nodes[node_id])
    if len(result) == 1 or result[0].id != result[-1].id:
        result.append(result[0])
    return result
