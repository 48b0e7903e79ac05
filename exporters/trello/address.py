"""What a person may give for a board of Trello's."""

from __future__ import annotations

import re

from ...core.errors import UsageError
from ..boards.api.http import is_safe

OFFICIAL = "https://api.trello.com"
_ADDRESS = re.compile(r"(?:https://)?(?:www\.)?trello\.com/b/([0-9A-Za-z]{8})(?:[/?#.].*)?\Z")
_ID = re.compile(r"[0-9a-f]{24}\Z|[0-9A-Za-z]{8}\Z")


def checked_base(url: str) -> str:
    """Return the API's address without a final slash; only https, or http on this machine. Raises UsageError."""
    if not is_safe(url):
        raise UsageError(
            "TRELLO_API_URL must be an https address, or http on this machine itself: the token is sent there.",
            remedy=f"Unset it to use {OFFICIAL}.",
        )
    return url.rstrip("/")


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
