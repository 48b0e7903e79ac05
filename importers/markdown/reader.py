"""A Markdown document, a chat answer or a README, to a roadmap in the making.

Text → blocks (`block_parser`) → headings in their places (`heading_levels`) → without `boilerplate`, greeting, title
and offer (`greeting_and_offer`) → tree (`tree_builder`, `lists`, `tables`) → kinds, needs, tags. Deterministic; no
model, no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..common import kind_inference
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from . import (
    block_parser,
    boilerplate,
    chat_marks,
    clipboard_repair,
    durations,
    facts,
    front_matter,
    greeting_and_offer,
    heading_levels,
    language_detection,
    prerequisites,
    tree_builder,
)
from .block_parser import Block, Item, ListBlock, Paragraph, Quote, Table
from .inline import Inline
from .lists import ListReader

_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
PROSE_SIZE = 9000
"""Characters below which a document is short enough to keep every paragraph; a Han character counts for three."""


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """What a person may choose."""

    base: str = ""
    """The address that relative links are relative to."""
    keep_prose: bool = False
    """Whether paragraphs become notes even in a document that is mostly prose."""
    keep: tuple[str, ...] = ()
    """Titles of sections to keep that would be left out."""
    skip: tuple[str, ...] = ()
    """Titles of sections to leave out."""


def read_markdown(text: str, name: str, options: MarkdownOptions = MarkdownOptions()) -> Imported:
    """Return the roadmap in a Markdown text; `name` is the file's, for a title when there is no other.

    Never raises for any text; linear in its length.
    """
    roadmap, account = DraftRoadmap(), Account()
    text = chat_marks.without_marks(front_matter.take(text, roadmap, account), account)
    text = clipboard_repair.with_markdown(text)
    document = block_parser.parse(text)
    inline = Inline(account, document.references, options.base)
    lists = ListReader(
        inline, has_open_signs=bool(re.search(r"[☐⬜🔲]|^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[ \]", text, re.MULTILINE))
    )
    pieces = heading_levels.structured(document.blocks, account)
    pieces = boilerplate.without_boilerplate(pieces, document.lines, account, _sections(options))
    pieces = greeting_and_offer.take_closing(pieces, document.lines, account)
    pieces = greeting_and_offer.take_title(pieces, roadmap, inline, name)
    body = greeting_and_offer.take_preamble(pieces, roadmap, lists)
    prose = _is_mostly_prose(body)
    roadmap.pace, start = _pace_and_start(pieces)
    builder = tree_builder.OutlineBuilder(
        roadmap, lists, with_prose=options.keep_prose or not prose, pace=str(roadmap.pace)
    )
    builder.build(body)
    _leave_out_struck(roadmap, account)
    first = builder.starts[0] if builder.starts else ""
    roadmap.start = start or (first if first == min(builder.starts, default="") else "")
    _finish(roadmap, account)
    _set_hours_of_weeks(roadmap)
    greeting_and_offer.set_tags(roadmap, pieces)
    kind_inference.set_kinds(roadmap)
    prerequisites.resolve(roadmap, account)
    roadmap.language = roadmap.language or language_detection.of(text)
    if not any(True for _ in roadmap.walk()):
        account.notices.append("Nothing to tick was found: the text has no headings, lists or tables.")
    _account_for_references(inline, account)
    _account_for_nesting(document, account)
    if prose and not options.keep_prose:
        account.notices.append(
            "The document is mostly prose: its outline was imported, and its paragraphs were left out. "
            "`--keep-prose` keeps them as notes."
        )
    return Imported(roadmap, account)


def _pace_and_start(pieces: list[heading_levels.Piece]) -> tuple[str, str]:
    """Return the pace and the first day that the document states; of each nothing where it states several."""
    paces, starts = set(), set()
    for text, is_item in _texts(pieces):
        for row in text.split("\n"):
            label, value = facts.labelled(row)
            if not is_item or durations.is_label(label):
                paces.update(durations.pace_in(row))
            if day := facts.start_of(label, value):
                starts.add(day)
    return paces.pop() if len(paces) == 1 else "", starts.pop() if len(starts) == 1 else ""


def _texts(pieces: Sequence[heading_levels.Piece], *, is_item: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs, those in quotations and at the beginning of items too, and whether it is an item's."""
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece.text, is_item
        elif isinstance(piece, Quote) and not is_item:
            yield from _texts(piece.blocks)
        elif isinstance(piece, ListBlock) and not is_item:
            yield from _texts([item.blocks[0] for item in piece.items if item.blocks], is_item=True)


def _set_hours_of_weeks(roadmap: DraftRoadmap) -> None:
    """Give the weeks that titles name their hours, where the document states a pace and nothing below has hours."""
    if not roadmap.pace:
        return
    for draft in roadmap.walk():
        found = "" if draft.hours else durations.of_title(draft.title, str(roadmap.pace))
        below = (other for child in draft.children for other in child.walk())
        if found and not any(other.hours or durations.of_title(other.title, str(roadmap.pace)) for other in below):
            draft.hours = found


def _sections(options: MarkdownOptions) -> boilerplate.Sections:
    return boilerplate.Sections(
        frozenset(map(boilerplate.folded, options.keep)), frozenset(map(boilerplate.folded, options.skip))
    )


def _is_mostly_prose(pieces: list[heading_levels.Piece]) -> bool:
    """Whether a long document says most of what it says in paragraphs, not in lists and tables."""
    prose = items = 0
    for piece in pieces:
        if isinstance(piece, Paragraph):
            prose += _size(piece.text)
        elif isinstance(piece, ListBlock):
            items += sum(_block_size(block) for item in piece.items for block in item.blocks)
        elif isinstance(piece, Table):
            items += sum(_size(cell) for row in piece.rows for cell in row.cells)
    return prose > PROSE_SIZE and prose > 1.5 * items


def _block_size(block: Block) -> int:
    match block:
        case Paragraph(_, _, text):
            return _size(text)
        case ListBlock(_, _, items):
            return sum(_block_size(inner) for item in items for inner in item.blocks)
        case _:
            return 0


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text) + 2 * len(_HAN.findall(text))


def _leave_out_struck(roadmap: DraftRoadmap, account: Account) -> None:
    """Leave out what the author struck out, with all below it; what is struck out and ticked is done.

    Who strikes out a third of all, and ticks nothing, crosses off what is done.
    """
    root = DraftNode("", children=roadmap.sections)
    leaves = [draft for draft in root.walk() if not draft.children]
    crossed = [draft for draft in root.walk() if draft.is_struck_out]
    if len(crossed) * 3 > len(leaves) > 8 and not any(draft.done for draft in root.walk()):
        for draft in crossed:
            draft.done = "true"
    for parent in root.walk():
        struck = [child for child in parent.children if child.is_struck_out and not child.done]
        if not struck:
            continue
        parent.children = [child for child in parent.children if not child.is_struck_out or child.done]
        for draft in (below for child in struck for below in child.walk()):
            texts = (draft.title, draft.summary, draft.notes, _linked(draft), *draft.needs)
            account.leave_out(draft.line, "struck out", "\n".join(text for text in texts if text))
    roadmap.sections = root.children


def _finish(roadmap: DraftRoadmap, account: Account) -> None:
    """Drop entries without words, and give the tree sections."""
    root = DraftNode("", children=roadmap.sections)
    stack = [root]
    while stack:
        draft = stack.pop()
        kept: list[DraftNode] = []
        for child in draft.children:
            if not re.search(r"\w", child.title) and not child.icon:
                text = "\n\n".join(part for part in (child.summary, child.notes, _linked(child)) if part)
                if draft is root and not kept:
                    roadmap.description = f"{roadmap.description}\n\n{text}".strip("\n")
                else:
                    (kept[-1] if kept else draft).add_note(text)
                account.leave_out(child.line, "empty entry", child.title)
                kept += child.children
                continue
            kept.append(child)
        draft.children = kept
        stack += kept
        if (
            (draft.children or draft.notes or draft.links)
            and draft.title.endswith((":", "："))
            and len(draft.title) > 1
        ):
            draft.title = draft.title[:-1].rstrip()
        draft.notes = draft.notes + "\n" if "\n" in draft.notes or len(draft.notes) > 100 else draft.notes
        if draft.icon and not draft.title:
            draft.title, draft.icon = draft.icon, ""
    roadmap.sections = root.children
    if roadmap.description:
        roadmap.description = roadmap.description.strip("\n") + "\n"
    sections = roadmap.sections
    if len(sections) > 1 and not any(section.children for section in sections):
        roadmap.sections = [DraftNode(roadmap.title, sections[0].line, "the one section", sections)]


def _linked(draft: DraftNode) -> str:
    return "\n".join(f"[{title}]({url})" if title else f"<{url}>" for url, title, _ in draft.links)


def _account_for_references(inline: Inline, account: Account) -> None:
    """Record the link definitions that no link names."""
    for label, (address, title, line) in inline.references.items():
        account.leave_out(line, "name of a link's address", label.partition("\0")[0].lower())
        if label not in inline.used:
            account.leave_out(line, "address that nothing refers to", f"{address} {title}")


def _account_for_nesting(document: block_parser.MarkdownDocument, account: Account) -> None:
    """Record lines that lie deeper than a roadmap nests, which the parser gives up on."""
    deepest = _deepest(document.blocks)
    if deepest < block_parser.MAX_NESTING - 4:
        return
    covered = bytearray(len(document.lines) + 2)
    stack: list[Block | Item] = list(document.blocks)
    while stack:
        block = stack.pop()
        if isinstance(block, ListBlock):
            stack += block.items
        elif isinstance(block, (Item, Quote)):
            stack += block.blocks
        else:
            covered[block.line : block.end + 1] = b"\1" * (block.end + 1 - block.line)
    for number, line in enumerate(document.lines, 1):
        if not covered[number] and re.search(r"\w", line):
            account.leave_out(number, "nested too deep", line)


def _deepest(top: list[Block]) -> int:
    deepest = 0
    stack: list[tuple[Block | Item, int]] = [(block, 1) for block in top]
    while stack:
        block, depth = stack.pop()
        deepest = max(deepest, depth)
        if isinstance(block, ListBlock):
            stack += [(item, depth + 1) for item in block.items]
        elif isinstance(block, (Item, Quote)):
            stack += [(inner, depth + 1) for inner in block.blocks]
    return deepest
