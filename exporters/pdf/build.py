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
from .page_model import Block, PageModel
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
        flow.place(front.contents(root))
        flow = Paginator(plan, paper, rtl=look.rtl)
    elif cover:
        flow = Paginator(plan, paper, rtl=look.rtl)
    flow.place(SectionLayout(snapshot, options, paper, look, words).blocks(root))
    if not snapshot.roadmap.sections:
        flow.place([_empty(paper, look, words, root)])
    if snapshot.schedule and not options.two_up:
        from .weekly_plan import weeks

        flow = Paginator(plan, paper, head=words["weeks"], rtl=look.rtl)
        flow.place(weeks(snapshot, paper, look, words, root, contents=contents))
    return plan


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
