"""The plan: what stands where, as values. Layout makes it, drawing obeys it.

Lengths are in points. A mark's `x` counts from its column's left edge, its `dy` downwards from its row's top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...core.model import Node
from ...core.progress.model import State
from ..pdfwriter.structure_tree import StructElem
from ..typeset import Style, Word
from ..typeset import width as measure
from ..typeset.shaping import space_width
from .page_size import PageGeometry

WEEKS = "\x00weeks"
"""Where the weeks begin, in a plan's places; no node has such an id."""


def entry_of(name: str) -> str:
    """Return where the contents name a node or `WEEKS`, in a plan's places; of nothing, where they begin."""
    return f"\x00contents {name}"


class Text(NamedTuple):
    """Words of one style on one baseline."""

    x: float
    dy: float
    size: float
    color: str
    """Three operands of `rg`."""
    words: list[Word] | str
    """Words apart by spaces, or a plain text (see `typeset.ascii_fast_path`), as most are."""
    style: Style
    tag: StructElem | None
    """None for an artifact."""


class Shape(NamedTuple):
    """Path operators around their own origin, y upwards; an artifact, for words say the same."""

    x: float
    dy: float
    operators: str


class CheckBox(NamedTuple):
    """The box of a leaf: a form field, or a drawing of one."""

    x: float
    dy: float
    """Of its lower edge."""
    size: float
    node: Node
    state: State
    color: str
    tag: StructElem


class LinkAnnotation(NamedTuple):
    """A rectangle that leads to an address, or to a node of this roadmap."""

    x: float
    dy: float
    """Of its lower edge."""
    width: float
    height: float
    url: str
    target: str
    """The id of a node, or empty."""
    alternate: str
    tag: StructElem


class PageNumber(NamedTuple):
    """The number of the page that a node begins on, known when all is laid out; right-aligned."""

    right: float
    dy: float
    size: float
    color: str
    target: str
    tag: StructElem | None


def box_size(paper: PageGeometry) -> float:
    """Return how wide and high the box of a leaf is."""
    return paper.size * 0.9


Mark = Text | Shape | CheckBox | LinkAnnotation | PageNumber


def moved(mark: Mark, *, dx: float = 0.0, dy: float = 0.0) -> Mark:
    """Return a mark further to the right and down."""
    if isinstance(mark, PageNumber):
        return mark._replace(right=mark.right + dx, dy=mark.dy + dy)
    return mark._replace(x=mark.x + dx, dy=mark.dy + dy)


def mirrored(mark: Mark, width: float) -> Mark:
    """Return a mark in its place in a column of a width that begins at the right."""
    if isinstance(mark, Text):
        return mark._replace(x=width - mark.x - line_width(mark))
    if isinstance(mark, CheckBox):
        return mark._replace(x=width - mark.x - mark.size)
    if isinstance(mark, LinkAnnotation):
        return mark._replace(x=width - mark.x - mark.width)
    if isinstance(mark, PageNumber):
        return mark._replace(right=width - mark.right)
    return Shape(width - mark.x, mark.dy, f"-1 0 0 1 0 0 cm {mark.operators}")


def line_width(text: Text) -> float:
    """Return the width of a text in points."""
    if isinstance(text.words, str):
        return measure(text.words, text.style, text.size)
    words = sum(word.width for word in text.words)
    return (words + space_width(text.style) * max(0, len(text.words) - 1)) * text.size


class LineBox(NamedTuple):
    """What is never parted: one line, mostly."""

    height: float
    marks: list[Mark]


class Rows(list[LineBox]):
    """Rows that stand in many files: who they are counts, not what they hold."""

    __slots__ = ("_parts", "height")

    def __init__(self, rows: Sequence[LineBox]) -> None:
        super().__init__(rows)
        self.height = sum([row.height for row in rows])
        self._parts: dict[tuple[int, int], Rows] = {}

    def __hash__(self) -> int:  # type: ignore[override]  # a list has none
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def part(self, start: int, stop: int) -> Rows:
        """Return some of the rows: the same each time."""
        found = self._parts.get((start, stop))
        if found is None:
            found = self._parts[start, stop] = Rows(self[start:stop])
        return found


class Block(NamedTuple):
    """Rows that belong together."""

    rows: list[LineBox]
    before: float = 0.0
    """Space above, except at the top of a column."""
    keep: bool = False
    """Whether it stays with the block after it."""
    whole: bool = False
    """Whether it may not be parted between its rows."""
    room: float = 0.0
    """How much of a column must be left for it to begin there."""
    anchor: str = ""
    """The id of the node that begins here: what links and bookmarks lead to."""
    section: Node | None = None
    """Set where a section begins."""
    target: str = ""
    """The id of the node whose page number stands in it."""
    parts: tuple[Rows, ...] = ()
    """The same rows in pieces that stand in many files."""

    @property
    def height(self) -> float:
        """All rows together."""
        if type(self.rows) is Rows:
            return self.rows.height
        return self.rows[0].height if len(self.rows) == 1 else sum([row.height for row in self.rows])


class Placed(NamedTuple):
    """Rows in their place: the column's left edge and the first one's top, from the page's upper left corner."""

    x: float
    y: float
    rows: list[LineBox]
    target: str
    """The id of the node whose page number stands in them."""


class Page:
    """One page."""

    __slots__ = ("body", "column", "head", "placed", "section")

    def __init__(self, *, column: float, section: Node | None = None, head: str = "", body: bool = True) -> None:
        self.column = column
        """The width of its columns."""
        self.placed: list[Placed] = []
        self.section = section
        """The section that its running head names: the one it begins in."""
        self.head = head
        """What its running head says without a section."""
        self.body = body
        """Whether it has a running head."""

    def lines(self) -> Iterator[tuple[float, float, LineBox]]:
        """Yield all rows in their places: the column's left edge and the row's top."""
        for placed in self.placed:
            y = placed.y
            for row in placed.rows:
                yield placed.x, y, row
                y += row.height


class Destination(NamedTuple):
    """Where a node begins."""

    page: int
    """From 0."""
    y: float
    """From the top."""


class PageModel:
    """All pages, and where nodes begin."""

    def __init__(self, root: StructElem) -> None:
        self.pages: list[Page] = []
        self.places: dict[str, Destination] = {}
        """By the node's id."""
        self.root = root
        """Of the structure tree."""
