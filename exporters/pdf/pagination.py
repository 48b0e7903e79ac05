"""Filling columns and pages with blocks: heads stay with what follows, no line is left alone."""

from __future__ import annotations

from collections.abc import Iterable

from ...core.model import Node
from .page_model import Block, Destination, LineBox, Page, PageModel, Placed, Rows
from .page_size import PageGeometry

_FEWEST = 2
"""Lines that stand together at the foot and at the head of a column (widow control)."""


class Paginator:
    """A plan being filled, and where it has got to."""

    def __init__(
        self, plan: PageModel, paper: PageGeometry, *, head: str = "", body: bool = True, rtl: bool = False
    ) -> None:
        self.plan = plan
        self.paper = paper
        self.head = head
        self.rtl = rtl
        self.body = body
        self.section: Node | None = None
        self._column = 0
        self._y = paper.top
        self._bottom = paper.top + paper.depth
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page being filled."""
        if self._page is None:
            self._open()
        assert self._page is not None
        return self._page

    def place(self, blocks: Iterable[Block]) -> None:
        """Place blocks one after the other; those that stay with the next one together with it."""
        chain: list[Block] = []
        for block in blocks:
            if not chain and self._place_below(block):
                continue
            chain.append(block)
            if not block.keep or len(chain) > 20:
                self._place_chain(chain)
                chain = []
        if chain:
            self._place_chain(chain)

    def _place_below(self, block: Block) -> bool:
        """Place a block that asks for nothing and fits below what is there, as most do; return whether it was one."""
        if block.keep or block.room or block.section is not None or self.at_top:
            return False
        top = self._y + block.before
        if top + block.height > self._bottom:
            return False
        self._y = top
        self._anchor(block)
        self._add(block.rows, block.target)
        return True

    def place_if_room(self, blocks: Iterable[Block]) -> None:
        """Place blocks when all of them fit in what is left of the column; else leave them out."""
        found = list(blocks)
        if sum(block.before + block.height for block in found) <= self.left:
            self.place(found)

    def place_evenly(self, blocks: Iterable[Block]) -> None:
        """Place blocks that are not parted over as few columns as hold them, each about as full as the others."""
        found = list(blocks)
        first, depth = self.left, self.paper.depth
        starts = _column_starts(found, first, depth)
        low, high = 0.0, depth
        while high - low > 1:
            middle = (low + high) / 2
            even = _column_starts(found, min(first, middle), middle)
            low, high = (low, middle) if len(even) <= len(starts) else (middle, high)
        begin = frozenset(_column_starts(found, min(first, high), high)[1:])
        for index, block in enumerate(found):
            if index in begin and not self.at_top:
                self.next_column()
            self._place(block)

    def _open(self) -> None:
        self._page = Page(column=self.paper.column, section=self.section, head=self.head, body=self.body)
        self.plan.pages.append(self._page)
        self._column, self._y = 0, self.paper.top

    def next_column(self) -> None:
        """Go on at the top of the next column."""
        self._column += 1
        self._y = self.paper.top
        if self._column >= self.paper.columns:
            self._open()

    @property
    def in_first_column(self) -> bool:
        """Whether all that was placed stands in one column."""
        return self._column == 0 and len(self.plan.pages) == 1

    @property
    def at_top(self) -> bool:
        """Whether nothing stands in the column yet."""
        return self._y == self.paper.top

    @property
    def left(self) -> float:
        """Height that is left in the column."""
        return self._bottom - self._y

    def _place_chain(self, chain: list[Block]) -> None:
        needed = sum(block.before + block.height for block in chain) - (chain[0].before if self.at_top else 0)
        if needed > self.left or chain[0].room > self.left:
            last = chain[-1]
            least = needed - last.height + (last.height if last.whole else _least(last))
            if not self.at_top and (least > self.left or chain[0].room > self.left):
                self.next_column()
        for block in chain:
            self._place(block)

    def _place(self, block: Block) -> None:
        rows = block.rows
        if not self.at_top:
            self._y += block.before
        if block.section is not None:
            self.section = block.section
            if self.at_top and not self._column:
                self.page.section = block.section
        height = block.height
        if height <= self.left:
            self._anchor(block)
            for part in block.parts or (rows,):
                self._add(part, block.target)
            return
        if block.whole and height <= self.paper.depth:
            self.next_column()
        if height > self.left + 1e-6:
            fitting = self._fitting(block)
            if not fitting and not self.at_top:
                self.next_column()
        self._anchor(block)
        while height > self.left + 1e-6 and rows:
            fitting = max(1, self._fitting(Block(rows)))
            self._add(_part(rows, 0, fitting), block.target)
            rows = _part(rows, fitting, len(rows))
            height = sum(row.height for row in rows)
            if rows:
                self.next_column()
        self._add(rows, block.target)

    def _fitting(self, block: Block) -> int:
        """Return how many rows go into what is left of the column."""
        height = 0.0
        count = 0
        for row in block.rows:
            height += row.height
            if height > self.left + 1e-6:
                break
            count += 1
        rest = len(block.rows) - count
        if rest and rest < _FEWEST:
            count -= _FEWEST - rest
        return count if count >= min(_FEWEST, len(block.rows)) else 0

    def _anchor(self, block: Block) -> None:
        if block.anchor:
            page = self.page  # opens the first one
            self.plan.places[block.anchor] = Destination(len(self.plan.pages) - 1, self._y)
            if page.section is None:
                page.section = self.section

    def _add(self, rows: list[LineBox], target: str) -> None:
        if not rows:
            return
        column = self.paper.columns - 1 - self._column if self.rtl else self._column
        x = self.paper.side + column * (self.paper.column + self.paper.gap)
        self.page.placed.append(Placed(x, self._y, rows, target))
        if type(rows) is Rows:
            self._y += rows.height
        else:
            for row in rows:
                self._y += row.height


def _part(rows: list[LineBox], start: int, stop: int) -> list[LineBox]:
    return rows.part(start, stop) if isinstance(rows, Rows) else rows[start:stop]


def _column_starts(blocks: list[Block], first: float, depth: float) -> list[int]:
    """Return with which blocks columns begin when one after the other is filled; the first has less room."""
    starts = [0]
    left = first
    for index, block in enumerate(blocks):
        needed = block.before + block.height
        if needed > left:
            starts.append(index)
            left, needed = depth, block.height
        left -= needed
    return starts


def _least(block: Block) -> float:
    """Return the height of the lines of a block that must stand together."""
    count = _FEWEST if len(block.rows) > _FEWEST + 1 else len(block.rows)
    return sum(row.height for row in block.rows[:count])
