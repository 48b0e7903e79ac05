"""An answer that lost its Markdown on the way through a clipboard: bullets, rules and fields as plain characters."""

from __future__ import annotations

import re
from itertools import pairwise

from .heading_levels import series_of

_BULLET = re.compile(r"^([ \t]*)[•◦▪‣▸►●○■◆⁃∙·][ \t]+(?=\S)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:⸻+|⎯{3,}|─{3,}|━{3,}|═{3,}|—{3,})[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^[A-Z][\w /-]{1,30}:[ \t]+\S")
_SIGN = re.compile(r"^[\U0001F300-\U0001FAFF\u2600-\u27BF]")


_DIAGRAM = re.compile(
    r"^<(?:div|pre) class=[\"']mermaid[\"']>[ \t]*$(.*?)^</(?:div|pre)>[ \t]*$", re.MULTILINE | re.DOTALL
)


def with_markdown(text: str) -> str:
    """Return the text with Markdown's own bullets and rules in the place of characters; lines stay where they are."""
    text = _DIAGRAM.sub(r"```mermaid\1```", _RULE.sub("---", text))
    if not _BULLET.search(text):
        return text
    rows = text.split("\n")
    heads = _heads(rows)
    indents: list[int] = []
    in_list = False
    for index, row in enumerate(rows):
        match = _BULLET.match(row)
        if match:
            width = len(match[1].expandtabs(4))
            if not in_list:
                indents = [width]
            while indents and width < indents[-1]:
                indents.pop()
            if not indents or width > indents[-1]:
                indents.append(width)
            rows[index] = "  " * (len(indents) - 1) + "- " + row[match.end() :]
            in_list = True
        elif not row.strip():
            in_list = False
        elif index in heads:
            rows[index] = "## " + row.strip()
            in_list = False
        elif in_list and (_SIGN.match(row) or _FIELD.match(row)):  # a line of its own, not more of the item above
            rows[index] = "- " + row
        elif index + 1 < len(rows) and _FIELD.match(row):
            rows[index] = row.rstrip() + "  "
    return "\n".join(rows)


def _heads(rows: list[str]) -> set[int]:
    """Return which lines head the bullets below them, without an empty line between: `Week 2: Joins`, when two do."""
    found: dict[str, set[int]] = {}
    for index, (row, after) in enumerate(pairwise(rows)):
        if _BULLET.match(after) and not row[:1].isspace() and (series := series_of(row)):
            found.setdefault(series, set()).add(index)
    return {index for lines in found.values() if len(lines) > 1 for index in lines}
