"""Snapshot to plan to bytes."""

from __future__ import annotations

from ...core import text as markdown
from ...core.locale.direction import direction
from ...core.locale.words import Words, words_for
from ...core.snapshot import Snapshot
from ..fidelity import everything, left_out
from ..pdfwriter import metadata
from ..pdfwriter.strings import text_string
from ..pdfwriter.structure_tree import StructElem
from ..typeset import written_in
from ..typeset.missing_glyphs import missing_notice
from .colors import ColorScheme
from .front_matter import FrontMatter
from .meta_line import TWO_UP_LEAVES_OUT
from .options import Options
from .page_model import Block, LineBox, PageModel
from .page_size import PageGeometry, paper_of
from .pagination import Paginator
from .render import PageRenderer
from .sections import SectionLayout
from .text_layout import TextStyle, set_text


def make(snapshot: Snapshot, options: Options) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF and what there is to say about it."""
    with written_in(snapshot.roadmap.language):
        return _made(snapshot, options)


def _made(snapshot: Snapshot, options: Options) -> tuple[bytes, tuple[str, ...]]:
    paper = paper_of(options)
    title = markdown.plain(snapshot.roadmap.title)
    look = ColorScheme(options, rtl=direction(snapshot.roadmap.language, title) == "rtl")
    words = words_for(snapshot.roadmap.language)
    plan = lay_out(snapshot, options, paper, look, words)
    drawing = PageRenderer(plan, snapshot, options, paper, look)
    drawing.draw(title, words)
    return _finished(drawing, words), (*missing_notice(drawing.fonts.missing), *_left_out(snapshot, options))


def lay_out(snapshot: Snapshot, options: Options, paper: PageGeometry, look: ColorScheme, words: Words) -> PageModel:
    """Return all pages: front, sections, weeks."""
    plan = PageModel()
    root = plan.root
    front = FrontMatter(snapshot, paper, look, words)
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
        _contents(snapshot, plan, flow if not cover else None, paper, look, words)
    if contents or cover:
        flow = Paginator(plan, paper, rtl=look.rtl)
    flow.place(SectionLayout(snapshot, options, paper, look, words, plan.places).blocks(root))
    if not snapshot.roadmap.sections:
        flow.place([_empty(paper, look, words, root)])
    if snapshot.schedule and not options.two_up:
        from .weekly_plan import opening, weeks

        flow = Paginator(plan, paper, head=words["weeks"], rtl=look.rtl)
        flow.place(opening(snapshot, paper, look, words, root, contents=contents))
        flow.place_evenly(weeks(snapshot, paper, look, words, root))
    return plan


_CONTENTS = 2
"""Pages that the contents take at most, however long the book is, as long as its sections fit."""
_FEWEST = 6
"""Lines that a page of the contents holds at least."""
_NARROWEST = 190.0
"""Points of a column of the contents."""


def _contents(
    snapshot: Snapshot, plan: PageModel, after: Paginator | None, paper: PageGeometry, look: ColorScheme, words: Words
) -> None:
    """Place the contents, `after` a title block if given one: as they are, else closer, in columns, without topics."""
    columns = paper.columns + 1
    narrower = paper._replace(columns=columns, gap=20.0, size=max(7.0, paper.size * 0.86))
    geometries = [paper, *([narrower] if narrower.column >= _NARROWEST and after is None else [])]
    sections = len(snapshot.roadmap.sections)
    topics = sum(len(section.children) for section in snapshot.roadmap.sections)
    for with_topics in (True, False):
        for geometry in geometries:
            for tight in (False, True):
                lines = sections + topics if with_topics else sections
                is_last = not with_topics and tight and geometry is geometries[-1]
                line = geometry.size * 1.1
                if not is_last and lines * line > _CONTENTS * geometry.depth * geometry.columns:
                    continue  # it needs no trial
                front = FrontMatter(snapshot, geometry, look, words)
                blocks = list(front.contents(plan.root, topics=with_topics, tight=tight))
                if not is_last and not _fits(blocks, geometry, after):
                    continue
                flow = after or Paginator(plan, geometry, head=words["contents"], rtl=look.rtl)
                flow.place(blocks)
                return


def _fits(blocks: list[Block], geometry: PageGeometry, after: Paginator | None) -> bool:
    """Whether contents take few pages, and none a few lines alone."""
    trial = PageModel()
    flow = Paginator(trial, geometry)
    if after is not None:
        flow.place([Block([LineBox(geometry.depth - after.left, [])])])
    flow.place(blocks)
    fewest = min(len(page.placed) for page in trial.pages)
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


def _finished(drawing: PageRenderer, words: Words) -> bytes:
    """Write what belongs to the whole: fonts, tags, bookmarks, form, metadata."""
    document = drawing.document
    snapshot = drawing.snapshot
    catalog = document.catalog
    catalog["StructTreeRoot"] = b"%d 0 R" % drawing.tree.write()
    catalog["MarkInfo"] = b"<</Marked true>>"
    catalog["Lang"] = text_string(snapshot.roadmap.language)
    catalog["ViewerPreferences"] = b"<</DisplayDocTitle true>>"
    catalog["Metadata"] = b"%d 0 R" % document.stream(
        metadata.metadata(snapshot), b"/Type/Metadata/Subtype/XML", level=0
    )
    catalog["PageLabels"] = b"<</Nums[0<</S/D>>]>>"
    if root := drawing.outline(words["weeks"]):
        document.outline_root = b"%d 0 R" % root
        catalog["PageMode"] = b"/UseOutlines"
    drawing.boxes.finish()
    if fields := drawing.boxes.fields:
        listed = b" ".join([b"%d 0 R" % number for number in fields])
        catalog["AcroForm"] = b"%d 0 R" % document.add(b"<</Fields[%s]>>" % listed)
    document.fonts(drawing.fonts.write(document))
    return document.data(metadata.info(snapshot))


_DETAILS = frozenset({"summary", "notes", "links", "link_title", "link_kind", "own_note"})


def _left_out(snapshot: Snapshot, options: Options) -> tuple[str, ...]:
    """Return what a sheet of two columns has no room for."""
    if not options.two_up:
        return ()
    shown = everything(without=_DETAILS | TWO_UP_LEAVES_OUT) | {"learner", "authors"}
    return left_out("A two-up sheet", snapshot, shown)
