"""Small documents, and what the importer makes of them."""

from __future__ import annotations

from typing import Any

from roadpress.importers.common.draft import DraftNode, Imported
from roadpress.importers.markdown.reader import MarkdownOptions
from roadpress.importers.registry import read


def imported(text: str, name: str = "x.md", **options: Any) -> Imported:
    """Return what is made of a text."""
    return read(text.encode(), name, options=MarkdownOptions(**options))


def outline(text: str, name: str = "x.md") -> list[str]:
    """Return the titles that a text becomes, two spaces a level."""
    rows: list[str] = []

    def add(draft: DraftNode, depth: int) -> None:
        rows.append("  " * depth + draft.title)
        for child in draft.children:
            add(child, depth + 1)

    for section in imported(text, name).roadmap.sections:
        add(section, 0)
    return rows
