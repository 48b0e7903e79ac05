"""What a person may give for a board of Trello's."""

from __future__ import annotations

import re

from ...core.errors import UsageError

_ADDRESS = re.compile(r"(?:https://)?(?:www\.)?trello\.com/b/([0-9A-Za-z]{8})(?:[/?#.].*)?\Z")
_ID = re.compile(r"[0-9a-f]{24}\Z|[0-9A-Za-z]{8}\Z")


def board_id(word: str) -> str:
    """Return the id or short link in what a person gave for a board. Raises UsageError."""
    found = _ADDRESS.match(word.strip())
    if found:
        return found.group(1)
    if _ID.match(word.strip()):
        return word.strip()
    raise UsageError(
        f"{word!r} is no board of Trello's.",
        remedy="Give its address (https://trello.com/b/…), its id, or `new`.",
    )
