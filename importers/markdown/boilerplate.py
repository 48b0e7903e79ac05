"""What is about a document and no part of a roadmap: Contributing, Sponsors, contents lists, badges, a licence."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..common import prefixes, vocabulary
from ..common.draft import Account
from .block_parser import Code, Heading, ListBlock, Paragraph, Quote, Rule, Table
from .heading_levels import Piece
from .html_blocks import DetailsEnd
from .inline import bare
from .tables import tells_facts

_ANCHOR_LINK = re.compile(
    r"\]\(\s*<?#[^()\s]{0,400}(?:\([^()\s]{0,100}\)[^()\s]{0,100})*>?\s*(?:\"[^\"]*\")?\)|href=[\"']#"
)
_ANY_LINK = re.compile(r"\]\(|\]\[|<a\s|https?://")
_RELATIVE_LINK = re.compile(r"\[[^\[\]]{1,80}\]\(\s*(?!https?:|mailto:|#)[^()\s]{1,300}\)")
_IMAGES = re.compile(
    r"\[?!\[[^\[\]]{0,300}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,100}\])\]?(?:\([^()]{0,2000}\))?"
    r"|<a\b[^<>]{0,2000}>\s*(?:<img\b[^<>]{0,2000}>\s*)+</a\s*>|<img\b[^<>]{0,2000}>|</?(?:p|div|center|picture|br)\b[^<>]{0,200}>",
    re.IGNORECASE,
)

_OPEN_SOURCE = re.compile(
    r"open[- ]?source|开源|開源|オープンソース|오픈 ?소스|c[óo]digo (?:abierto|aberto)", re.IGNORECASE
)
"""Contributing to the projects of others is something to learn."""
_TREE = re.compile(r"[├└]──")
_CLONE = re.compile(r"^[ \t]*(?:\$ )?git clone (?:https?://|git@)\S", re.MULTILINE)
_FEW = 8
"""Entries of a section that only explains a tree of files, or how to get them."""
_ABOUT = "words about the document"


class Sections(NamedTuple):
    """Which sections a person wants kept or left out, by their folded titles."""

    keep: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()


EVERYTHING = Sections()
"""What a person has said nothing of."""


def folded(title: str) -> str:
    """Return the words of a title, for comparing it with what a person typed."""
    return " ".join(re.findall(r"\w+", bare(title).casefold()))


def without_boilerplate(
    pieces: list[Piece], lines: list[str], account: Account, sections: Sections = EVERYTHING
) -> list[Piece]:
    """Return the pieces that are content; each of the others is recorded."""
    title = _title_heading(pieces)
    named = {folded(piece.text) for piece in pieces if isinstance(piece, Heading)}
    numbered = {folded(prefixes.split_number(bare(piece.text))[1]) for piece in pieces if isinstance(piece, Heading)}
    for name in sorted((sections.keep | sections.skip) - named):
        account.notices.append(f"No section is called “{name}”.")

    def leave_out(piece: Piece, why: str) -> None:
        text = piece.text if isinstance(piece, (Paragraph, Heading)) else "\n".join(lines[piece.line - 1 : piece.end])
        account.leave_out(piece.line, why, text)

    top = min((piece.level for piece in pieces if isinstance(piece, Heading) and piece is not title), default=None)
    total = entries_in(pieces)
    kept: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if isinstance(piece, Heading):
            end = _end_of(pieces, index)
            below = pieces[index + 1 : end]
            name = folded(piece.text)
            if name in sections.skip:
                why = "section that you named"
            elif piece is title or name in sections.keep:
                why = ""
            else:
                why = _why_whole(piece, below, lines) or _why_again(below, named | numbered)
                if not why and piece.level == top and not piece.level.is_inferred:
                    why = _why_beside(piece, below, lines, total)
            if (
                why == _ABOUT
                and is_prose(below)
                and all(other is title or not isinstance(other, Heading) for other in kept)
            ):
                leave_out(piece, "heading of an introduction")  # its words describe the roadmap
                index += 1
                continue
            if why:
                for part in pieces[index:end]:
                    leave_out(part, why)
                index = end
                continue
            if _heads_contents(piece, pieces[index + 1 : end], lines):
                leave_out(piece, "table of contents")
                index += 1
                continue
        elif why := _why(piece, lines):
            leave_out(piece, why)
            index += 1
            continue
        kept.append(piece)
        index += 1
    return kept


def _end_of(pieces: list[Piece], start: int) -> int:
    heading = pieces[start]
    assert isinstance(heading, Heading)
    for index in range(start + 1, len(pieces)):
        other = pieces[index]
        if isinstance(other, Heading) and (
            other.level <= heading.level or heading.level.is_inferred > other.level.is_inferred
        ):
            return index
    return len(pieces)


def _title_heading(pieces: list[Piece]) -> Heading | None:
    """Return the heading that all others stand below, if there is one."""
    headings = [piece for piece in pieces if isinstance(piece, Heading)]
    if not headings:
        return None
    first, *others = headings
    return first if all(first.level < other.level for other in others) else None


def _why_whole(heading: Heading, below: list[Piece], lines: list[str]) -> str:
    """Return why a heading and all below it is left out, or nothing."""
    title = prefixes.split_number(prefixes.split_emoji(bare(heading.text))[1])[1]
    if vocabulary.CONTENTS.match(title):
        text = "\n".join("\n".join(lines[piece.line - 1 : piece.end]) for piece in below)
        links = len(_ANY_LINK.findall(text))
        anchors = len(_ANCHOR_LINK.findall(text)) + len(_RELATIVE_LINK.findall(text))
        if not below or (links and anchors * 2 >= links):
            return "table of contents"
    if vocabulary.BOILERPLATE.match(title) and not _OPEN_SOURCE.search(title):
        return "section about the document"
    if vocabulary.ABOUT.match(title):
        return _ABOUT
    if vocabulary.INTRODUCTION.match(title) and is_prose(below):
        return _ABOUT
    if vocabulary.LICENCE.match(title) and not any(isinstance(piece, ListBlock) for piece in below):
        return "licence"
    return ""


def _clones(below: list[Piece], lines: list[str]) -> bool:
    """Whether a section without others below it has a reader clone a repository."""
    return not any(isinstance(piece, Heading) for piece in below) and any(
        _CLONE.search("\n".join(lines[piece.line - 1 : piece.end])) for piece in below
    )


def _why_beside(heading: Heading, below: list[Piece], lines: list[str], total: int) -> str:
    """Return why a section that stands beside those of the plan is none of them, or nothing.

    `total` is how many entries the document has; advice that is more than half of it is the plan.
    """
    title = prefixes.split_number(prefixes.split_emoji(bare(heading.text))[1])[1]
    if vocabulary.ADVICE.match(title) and entries_in(below) * 2 <= total:
        return "advice, or what one will have reached"
    if any(isinstance(piece, Code) and _TREE.search(piece.text) for piece in below[:2]) and entries_in(below) <= _FEW:
        return "files of a repository"
    if entries_in(below) <= _FEW and "git" not in title.casefold() and _clones(below, lines):
        return "section about the document"
    facts = [piece for piece in below if isinstance(piece, Table) and tells_facts(piece)]
    return "facts about the plan" if facts and is_prose([piece for piece in below if piece not in facts]) else ""


def entries_in(pieces: list[Piece]) -> int:
    """Return how many entries the lists and tables among the pieces have, at any depth."""
    total = 0
    stack: list[object] = list(pieces)
    while stack:
        piece = stack.pop()
        if isinstance(piece, ListBlock):
            total += len(piece.items)
            stack += [block for item in piece.items for block in item.blocks]
        elif isinstance(piece, Table):
            total += len(piece.rows)
    return total


def _why_again(below: list[Piece], named: set[str]) -> str:
    """Return why a section is left out whose only list says again what the headings of the document say."""
    lists = [piece for piece in below if isinstance(piece, ListBlock)]
    if len(lists) != 1 or any(isinstance(piece, Heading) for piece in below):
        return ""
    rows = [item.blocks for item in lists[0].items]
    again = [
        blocks
        for blocks in rows
        if len(blocks) == 1
        and isinstance(first := blocks[0], Paragraph)
        and folded(prefixes.split_number(first.text)[1]) in named
    ]
    return "headings once more" if len(again) > 2 and len(again) == len(rows) else ""


def is_prose(pieces: list[Piece]) -> bool:
    """Whether pieces are nothing but paragraphs, quotations and what says nothing."""
    return all(isinstance(piece, (Paragraph, Rule, Quote, DetailsEnd)) for piece in pieces)


def _heads_contents(heading: Heading, below: list[Piece], lines: list[str]) -> bool:
    """Whether a heading announces a table of contents, though other text follows it too."""
    title = prefixes.split_emoji(bare(heading.text))[1]
    return bool(vocabulary.CONTENTS.match(title)) and any(
        not isinstance(piece, Heading) and _why(piece, lines) in ("table of contents", "link within the page")
        for piece in below
    )


def _why(piece: Piece, lines: list[str]) -> str:
    """Return why a single piece is left out, or nothing."""
    if isinstance(piece, ListBlock):
        return _why_list("\n".join(lines[piece.line - 1 : piece.end]), piece)
    if not isinstance(piece, Paragraph):
        return ""
    text = piece.text
    if len(text) > 20_000:
        return ""
    if "](#" in text or "href=" in text:
        rest = _ANCHOR_LINK.sub("", re.sub(r"\[[^\[\]]{0,200}(?=\]\(\s*#)", "", text))
        if _ANCHOR_LINK.search(text) and not re.search(r"\w", re.sub(r"<[^<>]*>", "", rest)):
            return "link within the page"
        anchors = len(_ANCHOR_LINK.findall(text))
        if anchors >= 5 and anchors * 1.25 >= len(_ANY_LINK.findall(text)):
            return "table of contents"
    if "![" in text or "<img" in text.lower():
        images = _IMAGES.findall(text)
        rest = _IMAGES.sub("", text)
        if not re.search(r"\w", rest) and (len(images) > 1 or vocabulary.BADGE.search(text)):
            return "badges"
    if text.count("](") >= 3 and "|" in text:
        rest = _RELATIVE_LINK.sub("", text)
        if "](" not in rest and not re.search(r"\w", rest):
            return "links to other pages"
    return ""


def _why_list(text: str, block: ListBlock) -> str:
    if "](#" not in text:
        return ""
    anchors, links = len(_ANCHOR_LINK.findall(text)), len(_ANY_LINK.findall(text))
    entries = sum(1 for row in text.split("\n") if row.strip())
    if anchors >= 3 and anchors * 1.25 >= links and anchors * 1.6 >= entries:
        return "table of contents"
    if anchors == links == entries and anchors and len(block.items) == entries:
        return "table of contents"
    return ""


def is_silent(piece: Piece) -> bool:
    """Whether a piece says nothing by itself."""
    return isinstance(piece, (Rule, DetailsEnd))
