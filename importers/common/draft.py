"""What an importer makes: a roadmap in the making, and an account of what became of every line.

Unlike `roadpress.core.model` these values are mutable and unchecked; `yaml_text` writes them, the loader checks what
it wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...core.text import is_safe_url


@dataclass(slots=True)
class DraftNode:
    """One entry of the tree in the making; fields as in `roadpress.core.model.Node`, values as the file writes them."""

    title: str
    line: int = 0
    """The line of the source it begins in, from 1; 0 when the source has none."""
    how: str = "item"
    """How the line was understood, for `--explain`."""
    children: list[DraftNode] = field(default_factory=list)
    icon: str = ""
    summary: str = ""
    notes: str = ""
    tags: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Address, title and kind of each; title and kind may be empty."""
    hours: str = ""
    due: str = ""
    needs: list[str] = field(default_factory=list)
    kind: str = ""
    optional: bool = False
    done: str = ""
    """Empty, `true` or a date."""
    id: str = ""
    ref: str = ""
    """The id by which `needs` of others name it, where it has none of its own."""
    was: list[str] = field(default_factory=list)
    is_struck_out: bool = False
    """Whether the source shows it crossed out: left out, unless it is done."""

    def walk(self) -> Iterator[DraftNode]:
        """Yield this entry and everything below it, in reading order."""
        stack = [self]
        while stack:
            draft = stack.pop()
            yield draft
            stack.extend(reversed(draft.children))

    def add_note(self, text: str) -> None:
        """Append Markdown blocks to the notes, an empty line between."""
        text = text.strip("\n")
        if text.strip():
            self.notes = f"{self.notes}\n\n{text}" if self.notes else text

    def add_link(self, url: str, title: str = "", kind: str = "") -> None:
        """Append a link unless its address is there already; an address that is refused stays as text."""
        if not is_safe_url(url):
            self.add_note(f"{title}: {url}" if title else url)
        elif all(url != known for known, _, _ in self.links):
            self.links.append((url, title, kind))


@dataclass(slots=True)
class DraftRoadmap:
    """A roadmap in the making; fields as in `roadpress.core.model.Roadmap`."""

    title: str = ""
    description: str = ""
    authors: list[str] = field(default_factory=list)
    learner: str = ""
    language: str = ""
    start: str = ""
    pace: Any = ""
    """Text such as `8h/week`, or a mapping of plain values."""
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    exports: dict[str, dict[str, Any]] = field(default_factory=dict)
    sections: list[DraftNode] = field(default_factory=list)

    def walk(self) -> Iterator[DraftNode]:
        """Yield every entry in reading order."""
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class DroppedText:
    """A piece of the source that is not in the roadmap."""

    line: int
    """From 1."""
    why: str
    """A few words: `closing offer`, `table of contents`."""
    text: str
    """The piece itself."""


@dataclass(slots=True)
class Account:
    """What is known of an import beside its roadmap."""

    left_out: list[DroppedText] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """Sentences for the person: repairs, decisions about the whole document."""
    understood: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, how it was understood, and the text: for what is not an entry of the tree."""
    source: str = ""
    """The text whose lines are counted; empty where the source has none."""

    def leave_out(self, line: int, why: str, text: str) -> None:
        """Record a piece that does not go into the roadmap."""
        if text.strip():
            self.left_out.append(DroppedText(line, why, text.strip()))


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import."""

    roadmap: DraftRoadmap
    account: Account
