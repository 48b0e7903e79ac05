"""The book of one roadmap: what its PDFs have in common is made once, whoever they are for.

Whatever is remembered is a value found by all that it was made of, so that it makes no difference whether it was
remembered or made anew: a book gives the same bytes whichever learners came before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date

from ...core import text as markdown
from ...core.locale.direction import direction
from ...core.locale.words import words_for
from ...core.model import Roadmap
from ...core.planning.estimates import estimate
from ...core.snapshot import Snapshot
from ...core.snapshot.figures import WorkHours, needed_optional, work_hours
from ...core.theme import family_of
from .. import kept
from ..pdfwriter.document import Recording
from ..pdfwriter.fonts import Fonts
from ..pdfwriter.structure_tree import StructElem
from ..typeset import written_in
from .colors import ColorScheme
from .form_fields import BoxPictures
from .kept_blocks import KeptBlocks
from .options import Options
from .page_size import paper_of
from .painter import Painter
from .render import Kept

_FIRST = 3
"""The first object number that is free: pages and their resources have the two before it."""


class Book:
    """One roadmap with one set of options on one day."""

    def __init__(self, roadmap: Roadmap, options: Options, today: date) -> None:
        self.roadmap = roadmap
        self.options = options
        self.today = today
        self.paper = paper_of(options)
        self.title = markdown.plain(roadmap.title)
        self.look = ColorScheme(options, rtl=direction(roadmap.language, self.title) == "rtl")
        self.words = words_for(roadmap.language)
        self.root = StructElem("Document", None)
        self.fonts = Fonts(shared=True)
        self.estimates = estimate(roadmap)
        self.needed = needed_optional(roadmap)
        self.is_large = sum(1 for _ in roadmap.walk()) > kept.LARGE
        """Whether nothing is remembered: it would take more memory than it saves time."""
        self._kept: dict[bool, Kept] = {}
        self._painters: dict[bool, Painter] = {}
        self._blocks: dict[tuple[object, ...], KeptBlocks] = {}
        self._fonts: dict[tuple[str, frozenset[tuple[int, str]]], Recording] = {}

    def is_of(self, snapshot: Snapshot, options: Options) -> bool:
        """Whether the book is a snapshot's: of the very same sections, which need no comparing."""
        same = self.options == options and self.today == snapshot.today
        return same and kept.same_content(self.roadmap, snapshot.roadmap)

    def hours(self, snapshot: Snapshot) -> Mapping[str, WorkHours]:
        """Return the hours of every node."""
        return work_hours(snapshot, self.estimates, self.needed)

    def blocks(self, *plan: object) -> KeptBlocks:
        """Return the blocks that are remembered for a plan of the book."""
        if len(self._blocks) >= _MOST_PLANS:
            self._blocks.clear()
        return self._blocks.setdefault(plan, KeptBlocks(keep=not self.is_large))

    def painter(self, snapshot: Snapshot, *, alone: bool) -> tuple[Painter, Kept | None]:
        """Return what paints a snapshot, and what pages are remembered; `alone` asks for one that remembers nothing."""
        skipped = bool(snapshot.total.skipped)
        if alone:
            return self._painter(Fonts(), skipped=skipped), None
        if skipped not in self._painters:
            self._painters[skipped] = self._painter(self.fonts, skipped=skipped)
            self._kept[skipped] = Kept()
        return self._painters[skipped], self._kept[skipped]

    def _painter(self, fonts: Fonts, *, skipped: bool) -> Painter:
        boxes = BoxPictures(self.roadmap, self.paper, self.look, skipped=skipped, first=_FIRST)
        first = _FIRST + (len(boxes) if self.options.form else 0)
        return Painter(self.options, self.paper, self.look, fonts, boxes, first)

    def font(self, name: str, glyphs: frozenset[tuple[int, str]]) -> Recording:
        """Return a font with some of its glyphs, for any file. Raises NeedsOwnFontsError."""
        found = self._fonts.get((name, glyphs))
        if found is None:
            found = self.fonts.recorded(name, glyphs)
            if len(self._fonts) >= _MOST_FONTS:
                self._fonts.clear()
            self._fonts[name, glyphs] = found
        return found


_MOST_PLANS = 8
_MOST_FONTS = 64
_BOOKS = 4
"""Books to remember."""
_books: deque[Book] = deque(maxlen=_BOOKS)


def borrowed(snapshot: Snapshot, options: Options) -> Book:
    """Return the book of a snapshot, which nobody else has until it is given back; of a part of a roadmap a new one."""
    for book in list(_books):
        if snapshot.narrowed_from is None and book.is_of(snapshot, options):
            try:
                _books.remove(book)
            except ValueError:
                continue  # another thread took it
            return book
    with written_in(snapshot.roadmap.language, family_of(options.theme)):
        return Book(snapshot.roadmap, options, snapshot.today)


def given_back(book: Book, snapshot: Snapshot) -> None:
    """Keep a book for the next snapshot of its roadmap."""
    if snapshot.narrowed_from is None and not book.is_large:
        _books.append(book)
