"""Snapshot to plan to bytes."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.locale.words import Words
from ...core.snapshot import Snapshot
from ...core.snapshot.figures import NO_WORK
from ...core.theme import family_of
from ..fidelity import everything, left_out
from ..pdfwriter import metadata
from ..pdfwriter.fonts import NeedsOwnFontsError, united
from ..pdfwriter.strings import text_string
from ..pdfwriter.structure_tree import StructElem
from ..typeset import written_in
from ..typeset.missing_glyphs import missing_notice
from .book import Book, borrowed, given_back
from .colors import ColorScheme
from .front_matter import FrontMatter
from .meta_line import TWO_UP_LEAVES_OUT
from .options import Options
from .page_model import Block, LineBox, PageModel
from .page_size import PageGeometry
from .pagination import Paginator
from .render import PageRenderer
from .sections import SectionLayout
from .text_layout import TextStyle, set_text


def make(snapshot: Snapshot, options: Options) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF and what there is to say about it."""
    book = borrowed(snapshot, options)
    with written_in(snapshot.roadmap.language, family_of(options.theme)):
        try:
            data, notices = _made(book, snapshot, alone=book.is_large)
        except NeedsOwnFontsError:
            data, notices = _made(book, snapshot, alone=True)
    given_back(book, snapshot)
    return data, (*notices, *_left_out(snapshot, options))


def _made(book: Book, snapshot: Snapshot, *, alone: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF and what its fonts lack; drawn `alone`, with fonts of its own, where shared ones do not do."""
    plan = lay_out(book, snapshot)
    drawing = PageRenderer(plan, snapshot, *book.painter(snapshot, alone=alone))
    drawing.draw(book.title, book.words)
    return _finished(book, drawing), missing_notice(drawing.painter.fonts.missing)


def lay_out(book: Book, snapshot: Snapshot) -> PageModel:
    """Return all pages: front, sections, weeks."""
    options, paper, look, words = book.options, book.paper, book.look, book.words
    plan = PageModel(book.root)
    root = plan.root
    hours = book.hours(snapshot)
    front = FrontMatter(snapshot, paper, look, words, hours[""], book.blocks("front"))
    cover = options.cover and not options.two_up
    if cover:
        flow = Paginator(plan, paper, body=False, rtl=look.rtl)
        flow.place(front.cover(root))
        if paper.columns > 1 and flow.in_first_column:
            flow.next_column()
            flow.place([front.sink()])
        flow.place_if_room(front.glance(root))
    flow = Paginator(plan, paper, head=words["contents"], rtl=look.rtl)
    if not cover:
        flow.place(front.title(root))
    contents = options.toc and not options.two_up and bool(snapshot.roadmap.sections)
    if contents:
        _contents(book, snapshot, plan, flow if not cover else None)
    if contents or cover:
        flow = Paginator(plan, paper, rtl=look.rtl)
    own = book.blocks("sections", snapshot.schedule is not None, frozenset(plan.places))
    flow.place(SectionLayout(snapshot, options, paper, look, words, plan.places, hours, own).blocks(root))
    if not snapshot.roadmap.sections:
        flow.place([_empty(paper, look, words, root)])
    if snapshot.schedule and not options.two_up:
        from .weekly_plan import opening, weeks

        flow = Paginator(plan, paper, head=words["weeks"], rtl=look.rtl)
        own = book.blocks("weeks")
        flow.place(opening(snapshot, paper, look, words, root, own, contents=contents))
        flow.place_evenly(weeks(snapshot, paper, look, words, root, own))
    return plan


_CONTENTS = 2
"""Pages that the contents take at most, however long the book is, as long as its sections fit."""
_FEWEST = 6
"""Lines that a page of the contents holds at least."""
_NARROWEST = 190.0
"""Points of a column of the contents."""


def _contents(book: Book, snapshot: Snapshot, plan: PageModel, after: Paginator | None) -> None:
    """Place the contents, `after` a title block if given one: as they are, else closer, in columns, without topics."""
    paper = book.paper
    columns = paper.columns + 1
    narrower = paper._replace(columns=columns, gap=20.0, size=max(7.0, paper.size * 0.86))
    geometries = [paper, *([narrower] if narrower.column >= _NARROWEST and after is None else [])]
    sections = len(snapshot.roadmap.sections)
    topics = sum(len(section.children) for section in snapshot.roadmap.sections)
    planned = bool(snapshot.schedule and snapshot.schedule.weeks)
    kept = book.blocks("contents", planned)
    for with_topics in (True, False):
        for geometry in geometries:
            for tight in (False, True):
                lines = sections + topics if with_topics else sections
                is_last = not with_topics and tight and geometry is geometries[-1]
                line = geometry.size * 1.1
                if not is_last and lines * line > _CONTENTS * geometry.depth * geometry.columns:
                    continue  # it needs no trial
                front = FrontMatter(snapshot, geometry, book.look, book.words, NO_WORK, kept)
                blocks = front.contents(plan.root, topics=with_topics, tight=tight)
                if not is_last and not _fits(blocks, geometry, after):
                    continue
                flow = after or Paginator(plan, geometry, head=book.words["contents"], rtl=book.look.rtl)
                flow.place(blocks)
                return


def _fits(blocks: Sequence[Block], geometry: PageGeometry, after: Paginator | None) -> bool:
    """Whether contents take few pages, and none a few lines alone."""
    trial = PageModel(StructElem("Document", None))
    flow = Paginator(trial, geometry)
    if after is not None:
        flow.place([Block([LineBox(geometry.depth - after.left, [])])])
    flow.place(blocks)
    fewest = min(sum([len(placed.rows) for placed in page.placed]) for page in trial.pages)
    return len(trial.pages) <= _CONTENTS and (fewest >= _FEWEST or len(trial.pages) == 1)


def _empty(paper: PageGeometry, look: ColorScheme, words: Words, root: StructElem) -> Block:
    from ..typeset import Run

    setting = TextStyle(look, look.accent)
    rows = set_text(
        [Run(words["empty"], "italic")],
        setting,
        x=0,
        width=paper.column,
        size=paper.size,
        tag=StructElem("P", root),
        color=look.muted,
    )
    return Block(rows)


def _finished(book: Book, drawing: PageRenderer) -> bytes:
    """Write what belongs to the whole: tags, fonts, bookmarks, form, metadata."""
    document = drawing.document
    snapshot = drawing.snapshot
    catalog = document.catalog
    drawing.form.finish()
    catalog["StructTreeRoot"] = b"%d 0 R" % drawing.tags()
    catalog["MarkInfo"] = b"<</Marked true>>"
    catalog["Lang"] = text_string(snapshot.roadmap.language)
    catalog["ViewerPreferences"] = b"<</DisplayDocTitle true>>"
    catalog["Metadata"] = b"%d 0 R" % document.stream(
        metadata.metadata(snapshot), b"/Type/Metadata/Subtype/XML", level=0
    )
    catalog["PageLabels"] = b"<</Nums[0<</S/D>>]>>"
    if root := drawing.outline(book.words["weeks"]):
        document.outline_root = b"%d 0 R" % root
        catalog["PageMode"] = b"/UseOutlines"
    if fields := drawing.form.numbers:
        listed = b" ".join([b"%d 0 R" % number for number in fields])
        catalog["AcroForm"] = b"%d 0 R" % document.add(b"<</Fields[%s]>>" % listed)
    document.fonts(_fonts(book, drawing))
    return document.data(metadata.info(snapshot))


def _fonts(book: Book, drawing: PageRenderer) -> bytes:
    """Embed the fonts; return the entries of the resources' font dictionary."""
    fonts = drawing.painter.fonts
    if not fonts.shared:
        return fonts.write(drawing.document)
    used = [(name, book.font(name, glyphs)) for name, glyphs in sorted(fonts.glyphs(united(drawing.drawn)).items())]
    return b"".join([b"/%s %d 0 R" % (name.encode(), font.play(drawing.document)) for name, font in used])


_DETAILS = frozenset({"summary", "notes", "links", "link_title", "link_kind", "own_note"})


def _left_out(snapshot: Snapshot, options: Options) -> tuple[str, ...]:
    """Return what a sheet of two columns has no room for."""
    if not options.two_up:
        return ()
    shown = everything(without=_DETAILS | TWO_UP_LEAVES_OUT) | {"learner", "authors"}
    return left_out("A two-up sheet", snapshot, shown)
