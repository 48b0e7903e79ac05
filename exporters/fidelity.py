"""What a form has no place for, told as a notice, so that nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..core.model import Kind, Node, Roadmap

_OF_A_NODE: Mapping[str, tuple[str, Callable[[Node], object]]] = {
    "summary": ("summaries", lambda node: node.summary),
    "notes": ("notes", lambda node: node.notes),
    "links": ("links", lambda node: node.links),
    "link titles": ("titles of links", lambda node: node.links[:1] and node.links[0].title),
    "hours": ("hours", lambda node: node.hours),
    "due": ("fixed dates", lambda node: node.due),
    "needs": ("needs", lambda node: node.needs),
    "tags": ("tags", lambda node: node.tags),
    "kind": ("kinds", lambda node: node.kind is not Kind.TASK),
    "optional": ("optional", lambda node: node.optional),
}


def left_out(form: str, roadmap: Roadmap, nodes: Iterable[Node], *fields: str) -> tuple[str, ...]:
    """Return a notice that counts the entries with something in `fields`, and says whether there is a description.

    `form` names what has no place for them: "A Mermaid mind map". No notice where nothing is left out.
    """
    entries = list(nodes)
    counts = ((_OF_A_NODE[name][0], sum(1 for node in entries if _OF_A_NODE[name][1](node))) for name in fields)
    parts = [f"{name} ({count:,})" for name, count in counts if count]
    if roadmap.description:
        parts.insert(0, "the description")
    if roadmap.learner:
        parts.insert(0, "the learner")
    if roadmap.authors:
        parts.insert(0, "the authors")
    return (f"{form} has no place for {', '.join(parts)}: they are left out.",) if parts else ()
