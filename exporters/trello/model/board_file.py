"""The board as the JSON that Trello exports, which WeKan, Planka, Kanboard and others read.

Ids are derived from ours, so that the same roadmap gives the same bytes. Descriptions are without our marker line,
which only a board that is pushed to needs.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import md5
from typing import Any

from ...boards.model.board import (
    BOARD,
    CARD,
    CHECKLIST,
    ITEM,
    LABEL,
    LIST,
    ObjectKey,
    WantedBoard,
    WantedCard,
    WantedList,
)
from ...boards.planning.order import STEP

_MEMBER = "roadpress"


def board_file(wanted: WantedBoard, today: date, background: str = "blue") -> bytes:
    """Return the file of a board."""
    moment = f"{today.isoformat()}T00:00:00.000Z"
    board = object_id(ObjectKey(BOARD, wanted.name))
    url = f"https://trello.com/b/{short_link(board)}"
    member = object_id(ObjectKey("member", _MEMBER))
    cards = [
        _card(wanted, row, card, place, board, moment)
        for row in wanted.lists
        for place, card in enumerate(row.cards, 1)
    ]
    for number, card in enumerate(cards, 1):
        card["idShort"] = number
    data = {
        "id": board,
        "name": wanted.name,
        "desc": wanted.desc,
        "descData": None,
        "closed": False,
        "idOrganization": None,
        "url": url,
        "shortUrl": url,
        "shortLink": short_link(board),
        "dateLastActivity": moment,
        "prefs": {
            "permissionLevel": "private",
            "voting": "disabled",
            "comments": "members",
            "invitations": "members",
            "selfJoin": True,
            "cardCovers": True,
            "cardAging": "regular",
            "background": background,
        },
        "labelNames": {},
        "labels": [
            {
                "id": object_id(ObjectKey(LABEL, label.key)),
                "idBoard": board,
                "name": label.name,
                "color": label.color,
                "uses": sum(label.key in card.labels for row in wanted.lists for card in row.cards),
            }
            for label in wanted.labels
        ],
        "lists": [
            {
                "id": object_id(ObjectKey(LIST, row.key)),
                "idBoard": board,
                "name": row.name,
                "closed": False,
                "pos": STEP * place,
                "subscribed": False,
            }
            for place, row in enumerate(wanted.lists, 1)
        ],
        "cards": cards,
        "checklists": [
            checklist for row in wanted.lists for card in row.cards for checklist in _checklists(card, board)
        ],
        "members": [{"id": member, "username": _MEMBER, "fullName": _MEMBER, "initials": "R", "avatarHash": None}],
        "memberships": [
            {
                "id": object_id(ObjectKey("membership", _MEMBER)),
                "idMember": member,
                "memberType": "admin",
                "unconfirmed": False,
                "deactivated": False,
            }
        ],
        "actions": [],
        "customFields": [],
        "pluginData": [],
        "powerUps": [],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def object_id(ref: ObjectKey) -> str:
    """Return 24 hexadecimal digits for one of ours."""
    return md5(f"{ref.kind}:{ref.key}".encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:24]


def short_link(id_: str) -> str:
    """Return the eight characters of an address."""
    return id_[:8]


def _card(
    wanted: WantedBoard, row: WantedList, card: WantedCard, place: int, board: str, moment: str
) -> dict[str, Any]:
    id_ = object_id(ObjectKey(CARD, card.key))
    url = f"https://trello.com/c/{short_link(id_)}"
    text = "".join(
        part if isinstance(part, str) else f"https://trello.com/c/{short_link(object_id(part))}" for part in card.desc
    )
    names = {label.key: label for label in wanted.labels}
    items = [item for checklist in card.checklists for item in checklist.items]
    return {
        "id": id_,
        "idBoard": board,
        "idList": object_id(ObjectKey(LIST, row.key)),
        "idShort": 0,
        "shortLink": short_link(id_),
        "shortUrl": url,
        "url": url,
        "name": card.name,
        "desc": text,
        "pos": STEP * place,
        "closed": False,
        "start": card.start or None,
        "due": card.due or None,
        "dueComplete": card.done,
        "dateLastActivity": moment,
        "idLabels": [object_id(ObjectKey(LABEL, key)) for key in card.labels],
        "labels": [
            {
                "id": object_id(ObjectKey(LABEL, key)),
                "idBoard": board,
                "name": names[key].name,
                "color": names[key].color,
            }
            for key in card.labels
        ],
        "idMembers": [],
        "idMembersVoted": [],
        "idChecklists": [object_id(ObjectKey(CHECKLIST, checklist.key)) for checklist in card.checklists],
        "idAttachmentCover": None,
        "attachments": [],
        "subscribed": False,
        "badges": {
            "checkItems": len(items),
            "checkItemsChecked": sum(item.done for item in items),
            "comments": 0,
            "attachments": 0,
            "description": bool(text),
            "due": card.due or None,
            "dueComplete": card.done,
            "votes": 0,
        },
    }


def _checklists(card: WantedCard, board: str) -> list[dict[str, Any]]:
    return [
        {
            "id": object_id(ObjectKey(CHECKLIST, checklist.key)),
            "idBoard": board,
            "idCard": object_id(ObjectKey(CARD, card.key)),
            "name": checklist.name,
            "pos": STEP * place,
            "checkItems": [
                {
                    "id": object_id(ObjectKey(ITEM, item.key)),
                    "idChecklist": object_id(ObjectKey(CHECKLIST, checklist.key)),
                    "name": item.name,
                    "nameData": None,
                    "pos": STEP * number,
                    "state": "complete" if item.done else "incomplete",
                    "due": None,
                    "idMember": None,
                }
                for number, item in enumerate(checklist.items, 1)
            ],
        }
        for place, checklist in enumerate(card.checklists, 1)
    ]
