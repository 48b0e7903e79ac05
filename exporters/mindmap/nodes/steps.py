"""Steps: the entries that take part in prerequisites, which is what a graph of them shows."""

from __future__ import annotations

from ....core.snapshot import Snapshot
from ....core.snapshot.next_steps import is_over, unfinished_needs
from .tree import MapNode, Stage


def keep_steps(root: MapNode, snapshot: Snapshot) -> int:
    """Reduce a tree to its steps and their sections, each step below the nearest; return how many there are.

    What is left out is counted as `hidden` where it was. Without any step the tree stays as it is.
    """
    steps = linked(root)
    if not steps:
        return 0
    waiting = unfinished_needs(snapshot)
    for section in root.children:
        _reduce(section, steps)
    root.children = [section for section in root.children if section.children or section.key in steps]
    for topic in root.walk():
        topic.joined = False
        if topic.key in steps and topic.node:
            over = is_over(snapshot, topic.node)
            topic.stage = Stage.OVER if over else Stage.WAITING if topic.node.id in waiting else Stage.READY
    return len(steps)


def linked(root: MapNode) -> set[str]:
    """Return the keys of the nodes of a tree that need another of it, or are needed by one."""
    keys = {topic.node.id: topic.key for topic in root.walk() if topic.node}
    found: set[str] = set()
    for topic in root.walk():
        needed = [keys[need] for need in topic.node.needs if need in keys] if topic.node else []
        found.update(needed, [topic.key] if needed else ())
    return found


def _reduce(section: MapNode, steps: set[str]) -> None:
    homes = {section.key: section}
    order = list(section.walk())
    below = [topic.children for topic in order]
    for topic, children in zip(order, below, strict=True):
        home = homes.pop(topic.key)
        if topic is not section and topic.key in steps:
            home.children.append(topic)
            home = topic
        elif topic is not section:
            home.hidden += 1 + topic.hidden
        topic.children = []
        homes.update((child.key, home) for child in children)
