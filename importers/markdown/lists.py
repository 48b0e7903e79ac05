"""Lists to drafts: items, their children, and what only the whole list can tell of each."""

from __future__ import annotations

import re

from ..common import prefixes, vocabulary
from ..common.draft import DraftNode
from . import durations, facts, inline_labels, title_parser
from .block_parser import (
    Block,
    Code,
    Heading,
    HtmlBlock,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    indented,
    to_markdown,
)
from .heading_levels import series_of
from .inline import Inline, bare
from .title_parser import ParsedTitle

_BLANK = re.compile(r"\A[^:：]{1,60}[:：]\s*_{3,}\s*\Z")
"""`Target date: ________`: a form to fill in."""


class ListReader:
    """Reads the lists of one document."""

    def __init__(self, inline: Inline, *, has_open_signs: bool) -> None:
        self.inline = inline
        self.has_open_signs = has_open_signs
        """Whether boxes stand open somewhere, so that ✅ means done and not just an ornament."""

    def drafts(self, block: ListBlock) -> list[DraftNode]:
        """Return a list's items with all that is below them."""
        result: list[DraftNode] = []
        reads: list[ParsedTitle] = []
        for item in block.items:
            for draft, read in self._item(item):
                result.append(draft)
                reads.append(read)
        account = self.inline.account
        if block.ordered:
            numbers = " ".join(f"{block.start + index}." for index in range(len(block.items)))
            account.leave_out(block.line, "numbers of a list", numbers)
        ticks = sum(1 for draft in result if draft.how == "task" and draft.done)
        account.leave_out(block.line, "boxes", "[x] " * ticks)
        self._judge_signs(result, reads)
        self._judge_labels(result, reads)
        if any(read.after_label for read in reads) or any("___" in draft.title for draft in result):
            result = self._without_blanks(result, reads)
        icon = result[0].icon if len(result) > 1 else ""
        if icon and all(draft.icon == icon for draft in result):
            account.leave_out(block.line, "emoji as bullets", icon)
            for draft in result:
                draft.icon = ""
        return result

    def _item(self, item: Item) -> list[tuple[DraftNode, ParsedTitle]]:
        blocks = item.blocks
        if not blocks:
            return []
        first = blocks[0]
        if isinstance(first, ListBlock):  # `- - a`: the outer bullet says nothing
            nested = [(draft, ParsedTitle()) for draft in self.drafts(first)]
            if nested:
                self._below(nested[-1][0], blocks[1:])
            return nested
        draft = DraftNode("", item.line)
        if isinstance(first, (Paragraph, Heading)):
            read = title_parser.read_item(draft, first.text, self.inline)
            self._below(draft, blocks[1:])
            return [(draft, read)]
        text = to_markdown(first)
        draft.title = _first_words(text)
        self._below(draft, blocks)
        return [(draft, ParsedTitle())]

    def _below(self, draft: DraftNode, blocks: list[Block]) -> None:
        """Put an item's further blocks below it."""
        for block in blocks:
            match block:
                case ListBlock():
                    self.add_children(draft, self.drafts(block))
                    draft.title = title_parser.without_namely(draft.title, draft.line, self.inline.account)
                case Paragraph(line, _, text) | Heading(line, _, _, text):
                    title_parser.add_text(draft, self.inline.clean(text, line))
                case _:
                    draft.add_note(self.markdown(block))

    def add_children(self, draft: DraftNode, children: list[DraftNode]) -> None:
        """Add children; one that only names the time is the parent's estimate, or a note where it is none."""
        for child in children:
            label = inline_labels.split_plain_label(bare(child.title)) if ":" in child.title else None
            name, value = (label.text, label.rest) if label else (child.title, child.summary or child.hours)
            if durations.is_label(name) and not child.children:
                found = durations.hours_of(value) or (value if value == child.hours else "")
                if found and not draft.hours:
                    draft.hours = found
                    self.inline.account.leave_out(child.line, "read as hours", f"{name}: {value}")
                    continue
                if durations.is_amount(value):  # `Time: 4-5 hours/day` is nothing to tick
                    draft.add_note(f"{name}: {value}")
                    continue
            if not child.children and not draft.due and (due := facts.due_of(name, value)):
                draft.due = due
                self.inline.account.leave_out(child.line, "read as a date", f"{name}: {value}")
                continue
            if not child.children and facts.start_of(name, value):
                draft.add_note(f"{name}: {value}")
                continue
            draft.children.append(child)

    def markdown(self, block: Block) -> str:
        """Return a block as clean Markdown, for notes."""
        match block:
            case Code():
                return to_markdown(block)
            case Paragraph(line, _, text) | Heading(line, _, _, text) | HtmlBlock(line, _, text):
                cleaned = self.inline.clean(text, line)
                return "\n".join(part.strip() for part in cleaned.split("\n") if part.strip()) if cleaned else ""
            case Quote(line, end, inner):
                text = "\n\n".join(part for part in map(self.markdown, inner) if part)
                return "\n".join(f"> {row}".rstrip() for row in text.split("\n")) if text else ""
            case ListBlock(line, end, items, ordered, start):
                rows = []
                for index, item in enumerate(items):
                    mark = f"{start + index}. " if ordered else "- "
                    tight = all(isinstance(part, (Paragraph, ListBlock)) for part in item.blocks)
                    text = ("\n" if tight else "\n\n").join(self.markdown(part) for part in item.blocks)
                    rows.append(mark + indented(text, len(mark)))
                return "\n".join(rows)
            case Table(line, end, head, body):
                table = Table(line, end, [self._cell(cell, line) for cell in head], body)
                for row in table.rows:
                    row.cells = [self._cell(cell, row.line) for cell in row.cells]
                return to_markdown(table)
            case _:
                return to_markdown(block)

    def _cell(self, text: str, line: int) -> str:
        return self.inline.clean(text, line).replace("  \n", " ")

    def _judge_signs(self, drafts: list[DraftNode], reads: list[ParsedTitle]) -> None:
        """Decide whether ✅ means done, and is no bullet: beside open boxes, or at the end of some items alone."""
        signed = [read.sign for read in reads if read.sign]
        if not signed:
            return
        boxed = self.has_open_signs or any(
            read.sign == title_parser.SIGN_OPEN or read.sign_text[:1] in prefixes.TICKED_BOXES for read in reads
        )
        at_end = boxed or len(signed) < len(reads)
        for draft, read in zip(drafts, reads, strict=True):
            means = at_end if read.sign == title_parser.SIGN_AT_END else boxed
            if read.sign in (title_parser.SIGN_DONE, title_parser.SIGN_AT_END) and means:
                draft.done, draft.how = "true", "done sign"
            elif read.sign == title_parser.SIGN_DONE:  # a bullet, which as an icon would look like a tick
                self.inline.account.leave_out(draft.line, "emoji as bullets", read.sign_text)
            elif read.sign and not means:
                draft.icon = draft.icon or read.sign_text

    def _judge_labels(self, drafts: list[DraftNode], reads: list[ParsedTitle]) -> None:
        """Decide what follows the labels: items where it is an enumeration, otherwise a summary."""
        listed = []
        for draft, read in zip(drafts, reads, strict=True):
            if not read.after_label:
                continue
            enumeration = inline_labels.split_list(read.after_label) if not draft.children else None
            listed.append((draft, read.after_label, enumeration))
        enumerated = sum(1 for _, _, enumeration in listed if enumeration)
        if enumerated * 2 < len(listed) and all(series_of(draft.title) for draft, _, _ in listed):
            listed = [(draft, text, None) for draft, text, _ in listed]  # of weeks one is as the others are
        for draft, text, enumeration in listed:
            if vocabulary.PROJECT_LABEL.match(draft.title):
                draft.title = f"{draft.title}: {text}"
            elif enumeration:
                self.inline.account.leave_out(draft.line, "joining word", enumeration.joining)
                draft.how = "label with a list"
                draft.children = [self._part(part, draft.line) for part in enumeration.parts]
            elif not draft.children and enumerated * 2 > len(listed) and len(text.split()) <= 4:
                draft.how = "label with a list"
                draft.children = [self._part(text, draft.line)]
            else:
                draft.how = "label" if draft.how == "item" else draft.how
                later = (draft.summary, draft.notes)
                draft.summary = draft.notes = ""
                for part in (text, *later):
                    title_parser.add_text(draft, part)

    def _without_blanks(self, drafts: list[DraftNode], reads: list[ParsedTitle]) -> list[DraftNode]:
        """Return the items without labels that wait for a value, as `**Owner**:`, among others that have one."""
        kept = []
        for draft, read in zip(drafts, reads, strict=True):
            is_blank = read.is_blank or _BLANK.search(draft.title)
            if is_blank and not (draft.children or draft.notes or draft.summary or draft.links):
                self.inline.account.leave_out(draft.line, "label without a value", draft.title)
            else:
                kept.append(draft)
        return kept

    def enumerate(self, draft: DraftNode, text: str) -> bool:
        """Make children of an enumeration outside of a list; return whether it was one."""
        enumeration = inline_labels.split_list(text)
        if enumeration:
            self.inline.account.leave_out(draft.line, "joining word", enumeration.joining)
            draft.children = [self._part(part, draft.line) for part in enumeration.parts]
        return bool(enumeration)

    def _part(self, text: str, line: int) -> DraftNode:
        draft = DraftNode("", line)
        title_parser.read_item(draft, text, self.inline)
        return draft


def _first_words(text: str) -> str:
    line = next((row.strip("`~> |") for row in text.split("\n") if row.strip("`~> |-")), "…")
    return line if len(line) <= title_parser.LONG_TITLE else line[: title_parser.LONG_TITLE] + "…"
