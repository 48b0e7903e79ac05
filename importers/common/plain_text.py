"""Plain text as the Markdown that shows it."""

from __future__ import annotations

import re

from ...core.text import is_plain, plain

MAX_LINE = 20_000
"""Characters beyond which no parser looks at a text: every sign in it is escaped."""
_SIGNS = re.compile(r"([\\`*_\[\]<>~&])")


def as_markdown(text: str) -> str:
    """Return one line of Markdown that shows a line of plain text as it is."""
    return text if is_plain(text) or (len(text) < MAX_LINE and plain(text) == text) else _SIGNS.sub(r"\\\1", text)
