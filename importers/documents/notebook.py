"""Jupyter's notebooks (nbformat): their Markdown; code, and what it printed, is left out."""

from __future__ import annotations

from ..common.draft import Account
from ..common.json_text import dicts, parse_json


def markdown_of(text: str) -> tuple[str, Account]:
    """Return the Markdown cells of a notebook, and what was left out. Raises ValueError when it is none."""
    found = parse_json(text)
    cells = found.get("cells") if isinstance(found, dict) else None
    if cells is None and isinstance(found, dict):
        cells = [cell for sheet in dicts(found.get("worksheets")) for cell in dicts(sheet.get("cells"))]  # nbformat 3
    if not dicts(cells):
        raise ValueError("It is no notebook with cells in it.")
    account = Account()
    parts = []
    for cell in dicts(cells):
        source = cell.get("source", cell.get("input", ""))
        words = "".join(map(str, source)) if isinstance(source, list) else str(source)
        kind = cell.get("cell_type")
        if kind == "markdown":
            parts.append(words)
        elif kind == "heading":
            level = cell.get("level")
            parts.append("#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " " + words)
        else:
            account.leave_out(0, f"{kind if kind in ('code', 'raw') else 'other'} cell", words)
    if not any(part.strip() for part in parts):
        raise ValueError("It holds code alone, and no text that a roadmap could be made of.")
    return "\n\n".join(parts), account
