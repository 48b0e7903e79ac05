"""The bodies that the API answers with, as the recordings have them."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

COLORS = ("yellow", "purple", "blue", "red", "green", "orange", "black", "sky", "pink", "lime")
ALL_COLORS = frozenset(f"{color}{shade}" for color in COLORS for shade in ("", "_dark", "_light"))
BACKGROUNDS = frozenset(["blue", "orange", "green", "red", "purple", "pink", "lime", "sky", "grey"])
_LINKS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def short_link(number: int) -> str:
    """Return the eight characters of a board or card."""
    result = ""
    for _ in range(8):
        number, rest = divmod(number * 48271 + 11, 62)
        result += _LINKS[rest]
        number += rest * 977
    return result


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"


def moment(value: Any) -> str | None:
    """Return a date as the API normalises it; ValueError when it is none."""
    if value in (None, "", "null"):
        return None
    text = str(value).replace(" UTC", "+00:00").replace("Z", "+00:00")
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    return parsed.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def board(id_: str, link: str, name: str, desc: str, organization: str | None, prefs: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "desc": desc,
        "descData": None,
        "closed": False,
        "idOrganization": organization,
        "idEnterprise": None,
        "pinned": False,
        "url": f"https://trello.com/b/{link}/{slug(name)}",
        "shortUrl": f"https://trello.com/b/{link}",
        "shortLink": link,
        "prefs": prefs,
        "labelNames": dict.fromkeys(COLORS, ""),
        "limits": {},
    }


def prefs(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "permissionLevel": given.get("prefs_permissionLevel", "private"),
        "hideVotes": False,
        "voting": given.get("prefs_voting", "disabled"),
        "comments": given.get("prefs_comments", "members"),
        "invitations": given.get("prefs_invitations", "members"),
        "selfJoin": truth(given.get("prefs_selfJoin", True)),
        "cardCovers": truth(given.get("prefs_cardCovers", True)),
        "isTemplate": False,
        "cardAging": given.get("prefs_cardAging", "regular"),
        "calendarFeedEnabled": False,
        "background": given.get("prefs_background", "blue"),
        "backgroundImage": None,
        "backgroundImageScaled": None,
        "backgroundTile": False,
        "backgroundBrightness": "dark",
        "backgroundColor": "#0079BF",
        "backgroundBottomColor": "#0079BF",
        "backgroundTopColor": "#0079BF",
        "canBePublic": True,
        "canBeEnterprise": True,
        "canBeOrg": True,
        "canBePrivate": True,
        "canInvite": True,
    }


def card(id_: str, link: str, short: int, stored: dict[str, Any], labels: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a card in full; `stored` holds what can be changed."""
    return {
        "id": id_,
        "checkItemStates": [],
        "dueReminder": None,
        "email": None,
        "descData": {"emoji": {}},
        "idMembersVoted": [],
        "idShort": short,
        "idAttachmentCover": None,
        "manualCoverAttachment": False,
        "shortLink": link,
        "shortUrl": f"https://trello.com/c/{link}",
        "url": f"https://trello.com/c/{link}/{short}-{slug(stored['name'])}",
        "isTemplate": False,
        "cover": {
            "idAttachment": None,
            "color": None,
            "idUploadedBackground": None,
            "size": "normal",
            "brightness": "light",
        },
        "attachments": [],
        "stickers": [],
        "subscribed": True,
        "limits": {},
        "labels": labels,
        "badges": {
            "attachmentsByType": {"trello": {"board": 0, "card": 0}},
            "location": False,
            "votes": 0,
            "viewingMemberVoted": False,
            "subscribed": True,
            "fogbugz": "",
            "checkItems": 0,
            "checkItemsChecked": 0,
            "checkItemsEarliestDue": None,
            "comments": stored["comments"],
            "attachments": 0,
            "description": bool(stored["desc"]),
            "due": stored["due"],
            "start": stored["start"],
            "dueComplete": stored["dueComplete"],
        },
        **{key: value for key, value in stored.items() if key != "comments"},
    }


def truth(value: Any) -> bool:
    if value in (True, "true"):
        return True
    if value in (False, "false", None, ""):
        return False
    raise ValueError(value)
