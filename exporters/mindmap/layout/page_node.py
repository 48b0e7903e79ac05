"""A node as one page of several shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ..nodes.tree import MapNode

REFERENCE = 34.0
"""Points of the map that a node which goes on elsewhere has for the number of that page."""
REFERENCE_SIZE = 10.0


class PageNode(MapNode):
    """A node as one page shows it."""

    __slots__ = ("elsewhere", "leads", "spread", "trunk")

    children: list[PageNode]  # type: ignore[assignment]  # a page is made of these alone

    def __init__(self, topic: MapNode, *, elsewhere: bool) -> None:
        super().__init__(topic.key, topic.node, topic.depth, topic.branch, topic.state, topic.counts)
        self.variant, self.hidden, self.label = topic.variant, topic.hidden, topic.label
        self.stage, self.joined = topic.stage, topic.joined
        self.elsewhere = elsewhere
        """Whether what is below it stands on a page of its own."""
        self.trunk: tuple[float, float] | None = None
        """In columns: where the trunk that it hangs from begins."""
        self.leads = False
        """In columns: whether it is the first on its trunk."""
        self.spread = False
        """In columns: whether its branches stand in columns below it."""
        self.width = topic.width + (REFERENCE if elsewhere else 0.0)
        self.height = topic.height

    def unplaced(self) -> PageNode:
        """Return a copy of this node with all below it, which may be laid out while this one stays as it is."""
        root = PageNode(self, elsewhere=False)
        stack = [(self, root)]
        while stack:
            source, copy = stack.pop()
            copy.elsewhere, copy.width = source.elsewhere, source.width
            for child in source.children:
                below = PageNode(child, elsewhere=False)
                copy.children.append(below)
                stack.append((child, below))
        return root

    def walk(self) -> Iterator[PageNode]:
        """Yield this node and everything shown below it, in reading order."""
        return super().walk()  # type: ignore[return-value]  # all of a page are leaves
