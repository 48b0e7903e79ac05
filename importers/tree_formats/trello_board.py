"""A Trello board's JSON export (support.atlassian.com, "Export data from Trello"): lists, cards, checklists, labels."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from ...core.roadmap_file.ids import slug
from ...core.theme import BRANCHES
from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.json_text import dicts, parse_json
from .common import settle

_COLORS = {"blue": "blue", "sky": "sky", "green": "green", "lime": "green", "yellow": "amber", "orange": "amber"} | {
    "red": "rust",
    "purple": "violet",
    "pink": "magenta",
    "black": "slate",
}
_MARKER = re.compile(r"^`roadpress:[^`\n]+`[ \t]*$", re.MULTILINE)
_FAR = 1e300
"""A position beyond which there is none; JSON has integers that no float holds."""
assert set(_COLORS.values()) <= {color.name for color in BRANCHES}


def read(text: str, name: str) -> Imported:
    """Return the roadmap on a board: lists are sections, cards topics, check items items.

    Raises ValueError when the text is no board.
    """
    board = parse_json(text)
    if (
        not isinstance(board, dict)
        or not isinstance(board.get("lists"), list)
        or not isinstance(board.get("cards"), list)
    ):
        raise ValueError("It is no export of a Trello board: it has no `lists` and `cards`.")  # noqa: TRY004 - the reader's one error
    account = Account()
    roadmap = DraftRoadmap(_line(board.get("name")), _text(board.get("desc")))
    tags = _tags(board, roadmap)
    checklists: dict[str, list[Any]] = defaultdict(list)
    for checklist in sorted(dicts(board.get("checklists")), key=_position):
        checklists[_line(checklist.get("idCard"))].append(checklist)
    cards: dict[str, list[Any]] = defaultdict(list)
    for card in sorted(dicts(board["cards"]), key=_position):
        if card.get("closed"):
            account.leave_out(0, "archived card", _line(card.get("name")))
        else:
            cards[_line(card.get("idList"))].append(card)
    top = DraftNode("", 0, "board")
    for column in sorted(dicts(board["lists"]), key=_position):
        if column.get("closed"):
            account.leave_out(0, "archived list", _line(column.get("name")))
            for card in cards.get(_line(column.get("id")), []):
                account.leave_out(0, "card of an archived list", _line(card.get("name")))
            continue
        section = _titled(_line(column.get("name")), "list")
        section.children = [
            _card(card, checklists[_line(card.get("id"))], tags) for card in cards[_line(column.get("id"))]
        ]
        top.children.append(section)
    roadmap.tags = {key: value for key, value in roadmap.tags.items() if any(key in one.tags for one in top.walk())}
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _card(card: dict[str, Any], checklists: list[Any], tags: dict[str, str]) -> DraftNode:
    draft = _titled(_line(card.get("name")), "card")
    draft.add_note(_text(card.get("desc")))
    draft.tags = [tags[key] for label in dicts(card.get("labels")) if (key := _line(label.get("id"))) in tags]
    draft.due = _line(card.get("due"))[:10]
    for attachment in dicts(card.get("attachments")):
        url = _line(attachment.get("url"))
        title = _line(attachment.get("name"))
        if url:
            draft.add_link(url, "" if title == url else title)
    several = len(checklists) > 1
    for checklist in checklists:
        items = [_check_item(item) for item in sorted(dicts(checklist.get("checkItems")), key=_position)]
        if several:
            group = _titled(_line(checklist.get("name")), "checklist")
            group.children = items
            draft.children.append(group)
        else:
            draft.children += items
    if card.get("dueComplete") and not draft.children:
        draft.done = "true"
    return draft


def _check_item(item: dict[str, Any]) -> DraftNode:
    draft = _titled(_line(item.get("name")), "check item")
    draft.done = "true" if item.get("state") == "complete" else ""
    return draft


def _titled(title: str, how: str) -> DraftNode:
    icon, rest = prefixes.split_emoji(title)
    return DraftNode(rest, 0, how, icon=icon) if icon and rest else DraftNode(title, 0, how)


def _tags(board: dict[str, Any], roadmap: DraftRoadmap) -> dict[str, str]:
    """Fill the roadmap's tags from the board's labels that have a name; return label id → tag id."""
    result: dict[str, str] = {}
    for label in dicts(board.get("labels")):
        title = _line(label.get("name"))
        if not title:
            continue
        name = slug(title)
        color = _COLORS.get(_line(label.get("color")).partition("_")[0], "")
        roadmap.tags.setdefault(name, {"title": title, **({"color": color} if color else {})})
        result[_line(label.get("id"))] = name
    return result


def _position(value: dict[str, Any]) -> float:
    position = value.get("pos")
    return float(max(-_FAR, min(position, _FAR))) if isinstance(position, (int, float)) else 0.0


def _line(value: Any) -> str:
    return " ".join(str(value or "").split()) if isinstance(value, (str, int, float)) else ""


def _text(value: Any) -> str:
    """Return a description without the line by which `roadpress trello push` finds its cards again."""
    return _MARKER.sub("", value.replace("\r\n", "\n")).strip("\n") if isinstance(value, str) else ""
