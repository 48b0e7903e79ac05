"""The roadmap as values: what a `roadmap.yaml` says, checked, with nothing left to look up.

Everything here is immutable and holds plain Python values. A node's `title`, `summary` and `notes` are Markdown source;
`roadpress.core.text` turns them into spans and blocks, which is what outputs are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

FORMAT_VERSION = 1
MAX_DEPTH = 100
"""How deep nodes may nest; the loader refuses more, so that every exporter may recurse."""


class Kind(Enum):
    """What a node asks of the learner; each kind has its own mark in every output."""

    TASK = "task"
    QUESTION = "question"
    PROJECT = "project"
    RESOURCE = "resource"
    MILESTONE = "milestone"


class LinkKind(Enum):
    """What waits at the other end of a link."""

    ARTICLE = "article"
    BOOK = "book"
    COURSE = "course"
    DOCS = "docs"
    PAPER = "paper"
    VIDEO = "video"
    REPO = "repo"


class SourcePosition(NamedTuple):
    """A position in a source file, both counted from 1; column in characters."""

    line: int
    column: int


class Hours(NamedTuple):
    """An estimate of work in hours, `low <= high`; a plain number has both the same."""

    low: float
    high: float

    def __add__(self, other: object) -> Hours:
        if not isinstance(other, Hours):
            return NotImplemented
        return Hours(self.low + other.low, self.high + other.high)

    @property
    def likely(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2


class DateRange(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date


class Pace(NamedTuple):
    """How much time the learner gives: `hours` per week or per day, on which weekdays, and when not at all."""

    hours: float
    per: str = "week"
    """`week` or `day`."""
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    """Weekdays as `date.weekday()` counts them, Monday is 0; in order."""
    off: tuple[DateRange, ...] = ()


class Link(NamedTuple):
    """A web or mail address, http, https or mailto only."""

    url: str
    title: str = ""
    """Plain text; empty when the author gave only the address."""
    kind: LinkKind | None = None

    @property
    def label(self) -> str:
        """What to show for the link: its title, else its address."""
        return self.title or self.url


class Tag(NamedTuple):
    """How a tag is shown."""

    id: str
    title: str
    color: str = ""
    """A name of the palette (`roadpress.core.theme.BRANCHES`), or empty."""


class Node(NamedTuple):
    """One entry of the tree: a section, a topic, or an item at any depth.

    A named tuple, for a frozen dataclass takes seven times as long to make. Its id names it within one roadmap;
    which is which in two versions of it, `core.identity` says.
    """

    title: str
    """One line of inline Markdown, never empty."""
    id: str
    """Unique in the roadmap: the author's, else derived from the titles on the path, joined by `/`."""
    number: str
    """Its position, counted from 1 on each level: `3.2.1`."""
    depth: int
    """1 for a section, 2 for a topic, 3 and more for items."""
    children: tuple[Node, ...] = ()
    icon: str = ""
    summary: str = ""
    """One line of inline Markdown, or empty."""
    notes: str = ""
    """Markdown blocks, or empty."""
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    hours: Hours | None = None
    needs: tuple[str, ...] = ()
    """Ids of the nodes that come first; each is in the roadmap, and no circle runs through them."""
    due: date | None = None
    kind: Kind = Kind.TASK
    optional: bool = False
    done: bool | date = False
    """The author's starting point: not done, done, or done on a date. `Snapshot` knows the present state."""
    was: tuple[str, ...] = ()
    """Ids that this node had before."""
    own_id: bool = False
    """Whether the author gave the id."""
    line: int = 0
    """Where it begins in its file, from 1; 0 when it was not read from one."""
    column: int = 0

    @property
    def place(self) -> SourcePosition:
        """Where it begins in its file."""
        return SourcePosition(self.line, self.column)

    @property
    def is_bare(self) -> bool:
        """Whether it is only a title, as most leaves are."""
        return self[_BESIDE_TITLE] == _LEAF

    @property
    def section(self) -> int:
        """The place of its section, from 0; it decides the colour, and stays when a filter leaves others out."""
        return int(self.number.partition(".")[0]) - 1

    @property
    def is_leaf(self) -> bool:
        """Leaves are what one ticks: nodes without children."""
        return not self.children

    def walk(self) -> Iterator[Node]:
        """Yield this node and everything below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def leaves(self) -> Iterator[Node]:
        """Yield the leaves below this node, or itself when it is one, in reading order."""
        return (node for node in self.walk() if not node.children)


_BESIDE_TITLE = slice(Node._fields.index("children"), Node._fields.index("line"))
_LEAF = tuple(Node("", "", "", 0))[_BESIDE_TITLE]


def new_leaf(title: str, node_id: str, number: str, depth: int, line: int, column: int) -> Node:
    """Return a node that is only a title, which most are: without keywords, in a fifth of the time."""
    return tuple.__new__(Node, (title, node_id, number, depth, *_LEAF, line, column))


class OptionValue(NamedTuple):
    """A value under `exports:` with its place, so that the exporter's options can complain about it."""

    value: Any
    place: SourcePosition
    texts: tuple[str, ...] = ()
    """As it is written, the members of a list apart: where a text is expected, every scalar is its text."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """One roadmap.yaml."""

    title: str
    sections: tuple[Node, ...] = ()
    description: str = ""
    """Markdown blocks, or empty."""
    authors: tuple[str, ...] = ()
    learner: str = ""
    """Whose roadmap it is, for as long as the progress file says nothing else."""
    language: str = "en"
    """BCP 47."""
    start: date | None = None
    pace: Pace | None = None
    tags: Mapping[str, Tag] = field(default_factory=lambda: MappingProxyType({}))
    exports: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=lambda: MappingProxyType({}))
    """Defaults of each exporter as the file gives them: exporter → option → value."""
    path: str = ""
    """The file it was read from, as the person wrote it; empty when there is none."""

    def walk(self) -> Iterator[Node]:
        """Yield every node in reading order."""
        for section in self.sections:
            yield from section.walk()

    def leaves(self) -> Iterator[Node]:
        """Yield every leaf in reading order."""
        return (node for node in self.walk() if not node.children)

    def by_id(self) -> dict[str, Node]:
        """Return every node under its id, in reading order."""
        return {node.id: node for node in self.walk()}
