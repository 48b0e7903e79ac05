"""Headings, lists, tables and paragraphs to the tree."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..common import vocabulary
from ..common.draft import DraftNode, DraftRoadmap
from . import facts, inline_labels, tables, title_parser
from .block_parser import Heading, HeadingLevel, ListBlock, Origin, Paragraph, Rule, Table, hard_lines
from .heading_levels import Piece, is_bold_line
from .html_blocks import DetailsEnd
from .inline import LONG, bare
from .lists import ListReader
from .title_parser import LINK

_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?\Z")
_ITALIC = re.compile(r"([*_])(?!\1)(?=\S)(.+?)(?<=\S)\1:?\Z")
_HOW = {
    Origin.WRITTEN: "heading",
    Origin.FAMILY: "heading",
    Origin.BOLD: "line in bold",
    Origin.FOLD: "folded part",
    Origin.BOLD_INSIDE: "line in bold",
    Origin.BOLD_INMOST: "line in bold",
    Origin.LEAD: "line before a list",
    Origin.LEAD_INSIDE: "line before a list",
}


class _Open(NamedTuple):
    """An entry that what comes next may stand in."""

    level: HeadingLevel
    draft: DraftNode


class OutlineBuilder:
    """Puts the pieces of one document into a roadmap's tree."""

    def __init__(self, roadmap: DraftRoadmap, lists: ListReader, *, with_prose: bool, pace: str = "") -> None:
        self.roadmap = roadmap
        self.lists = lists
        self.pace = pace
        """Hours a week that the document states, which make hours of weeks."""
        self.with_prose = with_prose
        """Whether paragraphs become notes; of a document that is mostly prose they are left out."""
        self.starts: list[str] = []
        """The first days that headings name."""
        self.root = DraftNode("", 0, "document")
        self.open = [_Open(HeadingLevel(0), self.root)]
        self.fresh = False
        """Whether nothing has come yet below the last heading."""
        self.task: DraftNode | None = None
        """The last entry with a box, when what follows it may belong to it."""

    def build(self, pieces: list[Piece]) -> None:
        """Fill the roadmap's sections from the pieces."""
        last_heading = max((i for i, piece in enumerate(pieces) if isinstance(piece, Heading)), default=-1)
        rule = next((i for i in range(len(pieces) - 1, last_heading, -1) if isinstance(pieces[i], Rule)), len(pieces))
        tail = pieces[rule:] if last_heading >= 0 else []
        if not all(isinstance(piece, (Paragraph, Rule, DetailsEnd)) for piece in tail):
            tail = []
        for piece in pieces[: len(pieces) - len(tail)]:
            self._place(piece)
        self.roadmap.sections = self.root.children
        for piece in tail:  # after a last rule: words about the whole
            if isinstance(piece, Paragraph):
                text = self.lists.markdown(piece)
                self.lists.inline.account.understood.append((piece.line, "description", text))
                self.roadmap.description = f"{self.roadmap.description}\n\n{text}".strip("\n")

    @property
    def current(self) -> DraftNode:
        """The entry that content belongs to now."""
        return self.open[-1].draft

    def _place(self, piece: Piece) -> None:
        match piece:
            case Heading():
                self._heading(piece)
                return
            case DetailsEnd():
                while len(self.open) > 1 and self.open[-1].level.origin >= Origin.FOLD:
                    self.open.pop()
                return
            case Rule():
                self.task = None
                return
            case ListBlock():
                self._list(piece)
            case Table():
                self._close_lead()
                if tables.tells_facts(piece):
                    self._note(piece.line, self.lists.markdown(piece))
                else:
                    self.current.children += tables.drafts(piece, self.lists)
                self.task = None
            case Paragraph():
                self._close_lead()
                self._paragraph(piece)
            case _:
                self._close_lead()
                self._note(piece.line, self.lists.markdown(piece))
        self.fresh = False

    def _heading(self, heading: Heading) -> None:
        is_real = not heading.level.is_inferred
        while self.open[-1].level >= heading.level or (is_real and self.open[-1].level.is_inferred):
            self.open.pop()
        draft = DraftNode("", heading.line, _HOW[heading.level.origin])
        read = title_parser.read_heading(draft, heading.text, self.lists.inline)
        self.lists.inline.account.leave_out(heading.line, "number of a heading", read.number)
        if days := facts.days_in(bare(heading.text)):
            draft.due = draft.due or days.end
            self.starts.append(days.start)
            self.lists.inline.account.understood.append((heading.line, "date", days.end))
        self.current.children.append(draft)
        self.open.append(_Open(heading.level, draft))
        self.fresh = True
        self.task = None

    def _close_lead(self) -> None:
        """End what a line before a list heads: that list alone."""
        if not self.fresh and self.open[-1].level.origin >= Origin.LEAD:
            self.open.pop()

    def _list(self, block: ListBlock) -> None:
        drafts = self.lists.drafts(block)
        boxed = any(draft.how == "task" for draft in drafts)
        if self.task and not boxed:  # links and hints below a task that stands alone
            for draft in drafts:
                if draft.links and not draft.children and not draft.notes:
                    icon = f"{draft.icon} " if draft.icon else ""
                    for url, title, _ in draft.links:
                        self.task.add_link(url, icon + (title or bare(draft.title)))
                    self.task.add_note(draft.summary)
                else:
                    self.task.children.append(draft)
            return
        if self.current is self.root:
            self.root.children += drafts
        else:
            self.lists.add_children(self.current, drafts)
        self.task = drafts[0] if boxed and len(drafts) == 1 and not drafts[0].children else None

    def _paragraph(self, paragraph: Paragraph) -> None:
        inline = self.lists.inline
        text = inline.clean(paragraph.text, paragraph.line)
        if not text.strip():
            return
        if len(text) > LONG:
            self._note(paragraph.line, text)
            return
        if self.fresh and not self.current.summary and self.current is not self.root:
            label = inline_labels.split_label(text) if is_bold_line(paragraph) else None
            italic = _ITALIC.match(text) if "\n" not in text and len(text) <= title_parser.LONG_SUMMARY else None
            if label or (italic and italic[1] not in italic[2]):
                self.current.summary = label.text if label else italic[2] if italic else ""
                inline.account.understood.append((paragraph.line, "summary", self.current.summary))
                return
        if self._addresses(text, paragraph.line):
            return
        if self.current is not self.root:
            text = facts.take(self.current, text, paragraph.line, self.pace, inline.account)
            if not text.strip():
                return
        label = inline_labels.split_label(text)
        in_bold = self.open[-1].level.origin is Origin.BOLD
        if label and label.rest and in_bold:  # `**Cost**. …` is no part of `**Courses must**:`
            self.open.pop()
        if label and label.separator == ":" and vocabulary.PROJECT_LABEL.match(label.text) and "\n" not in text:
            draft = DraftNode("", paragraph.line, "label")
            title_parser.read_item(draft, f"{label.text}: {label.rest}", inline)
            self.current.children.append(draft)
            return
        if label and label.separator in ("", ":") and "\n" in text and self._labelled(label, text, paragraph.line):
            return
        self._note(
            paragraph.line, "\n".join(row.strip() if "  " not in row[-2:] else row.lstrip() for row in text.split("\n"))
        )

    def _addresses(self, text: str, line: int) -> bool:
        """Take a paragraph of bare addresses: they are the links of its own first line, or of the heading."""
        rows = [row.strip() for row in text.split("\n")]
        addresses = [match[1] for row in rows if (match := _ADDRESS.match(row))]
        if not addresses or self.current is self.root:
            return False
        if len(addresses) == len(rows):
            for address in addresses:
                (self.task or self.current).add_link(address)
            self.lists.inline.account.understood.append((line, "links", " ".join(addresses)))
            return True
        entries: list[DraftNode] = []
        for offset, row in enumerate(rows):
            if match := _ADDRESS.match(row):
                if not entries:
                    return False
                entries[-1].add_link(match[1])
            elif len(row) > 120:
                return False
            else:
                draft = DraftNode("", line + offset, "line with addresses")
                title_parser.read_item(draft, row, self.lists.inline)
                entries.append(draft)
        self.current.children += entries
        return True

    def _labelled(self, label: inline_labels.InlineLabel, text: str, line: int) -> bool:
        """Take a label with an enumeration in the lines below it: `**Topics covered**:` and code spans."""
        rows = [row.strip() for row in text.split("\n")[1:] if row.strip()]
        code = len(rows) > 1 and all(row.startswith("`") and row.endswith("`") for row in rows)
        draft = DraftNode("", line, "label with a list")
        title_parser.read_item(draft, label.text, self.lists.inline)
        if code:
            draft.children = [
                DraftNode(row.strip("`") if row.count("`") == 2 else row, line + 1 + i) for i, row in enumerate(rows)
            ]
            self.current.children.append(draft)
            return True
        if self.lists.enumerate(draft, " ".join(hard_lines(label.rest))):
            self.current.children.append(draft)
            return True
        return False

    def _note(self, line: int, text: str) -> None:
        account = self.lists.inline.account
        if not text:
            return
        if not self.with_prose:
            account.leave_out(line, "prose", text)
            if self.current is not self.root:  # what people learn from stays, though the words go
                for link in LINK.finditer(text):
                    self.current.add_link(link[2] or link[3], bare(link[1]))
            return
        if self.current is self.root:
            self.roadmap.description = f"{self.roadmap.description}\n\n{text}".strip("\n")
            account.understood.append((line, "description", text))
            return
        (self.task or self.current).add_note(text)
        account.understood.append((line, "notes", text))
