"""What the map shows: the roadmap's tree after the filters, each node with what its drawing needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from ....core import theme
from ....core.model import Node
from ....core.progress.model import State
from ....core.snapshot import Counts, Snapshot
from ..options import Options
from .label import Label

Point = tuple[float, float]


class Stage(Enum):
    """Whether an entry may be started, by what it needs."""

    OVER = "over"
    READY = "ready"
    WAITING = "waiting"


class MapNode:
    """One node of the map. Its label and place are filled in by later steps."""

    __slots__ = (
        "angle",
        "arrows",
        "branch",
        "children",
        "counts",
        "depth",
        "height",
        "hidden",
        "joined",
        "key",
        "label",
        "lift",
        "node",
        "route",
        "side",
        "stage",
        "state",
        "variant",
        "width",
        "x",
        "y",
    )

    def __init__(self, key: str, node: Node | None, depth: int, branch: int, state: State, counts: Counts) -> None:
        self.key = key
        """Its name in DOT and SVG: `n0` is the root."""
        self.node = node
        """None for the root."""
        self.depth = depth
        """0 for the root, 1 for sections."""
        self.branch = branch
        """Which of the eight branch colours."""
        self.variant = False
        """Whether the branch repeats a colour and is drawn in outline."""
        self.state = state
        self.counts = counts
        self.children: list[MapNode] = []
        self.hidden = 0
        """How many nodes below are left out by `depth`."""
        self.label: Label
        self.width = self.height = 0.0
        """In points, with padding."""
        self.x = self.y = 0.0
        """The centre, in points; y grows downwards."""
        self.side = 1
        """1 when its children lie to the right, -1 to the left."""
        self.lift = 0.0
        """How far above its middle its branch arrives and its mark stands: in lists, at its first line."""
        self.angle = 0.0
        """Degrees clockwise that a radial layout turns it by."""
        self.joined = True
        """Whether a branch leads to it from its parent."""
        self.route: tuple[Point, ...] = ()
        """The way of that branch where Graphviz found it: the points of joined cubic Bézier curves."""
        self.arrows: dict[str, tuple[Point, ...]] | None = None
        """The ways from what it needs, by key, where Graphviz found them."""
        self.stage: Stage | None = None
        """In a graph of prerequisites: whether it may be started."""

    def ways(self) -> Iterator[Point]:
        """Yield the points of its branch and arrows, where Graphviz found them."""
        yield from self.route
        for route in (self.arrows or {}).values():
            yield from route

    def move(self, dx: float, dy: float) -> None:
        """Move it, with its branch and arrows where Graphviz found them."""
        self.x += dx
        self.y += dy
        if self.route:
            self.route = tuple((x + dx, y + dy) for x, y in self.route)
        if self.arrows:
            self.arrows = {key: tuple((x + dx, y + dy) for x, y in route) for key, route in self.arrows.items()}

    def walk(self) -> Iterator[MapNode]:
        """Yield this node and everything shown below it, in reading order."""
        stack = [self]
        while stack:
            topic = stack.pop()
            yield topic
            stack.extend(reversed(topic.children))


def select_tree(snapshot: Snapshot, options: Options) -> MapNode:
    """Return the root of the map; what lies below `depth` is counted at its parent."""
    root = MapNode("n0", None, 0, -1, snapshot.total.state, snapshot.total)
    serial = 0
    depth_limit = options.depth or 1_000
    stack: list[tuple[MapNode, Iterable[Node]]] = [(root, snapshot.roadmap.sections)]
    while stack:
        parent, nodes = stack.pop()
        for node in nodes:
            serial += 1
            topic = MapNode(f"n{serial}", node, node.depth, parent.branch, snapshot.state(node), snapshot.counts(node))
            if node.depth == 1:
                position = int(node.number) - 1
                topic.branch, topic.variant = position % len(theme.BRANCHES), theme.is_variant(position)
            else:
                topic.variant = parent.variant
            parent.children.append(topic)
            if node.depth < depth_limit:
                if node.children:
                    stack.append((topic, node.children))
            elif node.children:
                topic.hidden = sum(1 for _ in node.walk()) - 1
    return root
