"""What a node says when one points at it: its number, and all facts."""

from __future__ import annotations

from ....core import text
from ....core.progress.model import State
from ....core.snapshot.facts import FactReader
from ...fidelity import LINE
from .labels import counted
from .tree import MapNode

_ON_THE_MAP = LINE | {"summary"}
"""Facts that the tooltip's first line and the label itself tell."""


def tooltip(topic: MapNode, facts: FactReader) -> str:
    """Return the tooltip of a node as plain text; the map's own says what the roadmap is, by whom and whose."""
    node = topic.node
    if node is None:
        roadmap = facts.snapshot.roadmap
        about = text.plain_blocks(roadmap.description) or text.plain(roadmap.title)
        return "\n".join(filter(None, (about, ", ".join(roadmap.authors), facts.snapshot.learner)))
    line = [node.number, *(fact.text for fact in facts.line(node, over=True))]
    if topic.state is State.PARTLY:
        line.append(counted(topic.counts, facts.words))
    elif topic.state is State.DONE:
        line.append(facts.words["done"])
    return "\n".join([" · ".join(line), *facts.paragraphs(node, without=_ON_THE_MAP)])
