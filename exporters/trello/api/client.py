"""Trello's calls that we use, through py-trello's `fetch_json`: its helpers take up to three requests for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ....core.errors import RoadpressError
from ...boards.api.errors import RefusedError
from ...boards.model.board import (
    CARD,
    ITEM,
    ActualBoard,
    ActualCard,
    ActualChecklist,
    ActualItem,
    ActualLabel,
    ActualList,
)
from ...boards.model.service import TRELLO
from ..address import board_id
from .retry import Transport

if TYPE_CHECKING:
    from trello import TrelloClient

BOARD_FIELDS = "name,desc,closed,url"
CARD_FIELDS = "name,desc,closed,pos,due,start,dueComplete,idList,idLabels,shortUrl,badges,dateLastActivity"
WHOLE_BOARD = {
    "fields": BOARD_FIELDS,
    "actions": "none",
    "lists": "all",
    "list_fields": "name,closed,pos",
    "cards": "all",
    "card_fields": CARD_FIELDS,
    "card_checklists": "all",
    "card_checklist_fields": "name,pos",
    "labels": "all",
    "labels_limit": "1000",
    "label_fields": "name,color",
}
"""One nested read gives everything ("Nested resources", developer.atlassian.com)."""
PAGE = 1000
TICK_ACTIONS = {"actions": "updateCheckItemStateOnCard,updateCard", "actions_limit": "1000"}
"""With these the read also tells when things were ticked."""


class ApiClient:
    """The API, one method a call."""

    service = TRELLO

    def __init__(self, transport: Transport) -> None:
        self.transport: Transport = transport
        self._client = _client(transport)

    def fetch(self, path: str, method: str = "GET", *, query: dict[str, str] | None = None, body: Any = None) -> Any:
        """Send one request and return the JSON of its answer. Raises what `Transport.request` raises."""
        return self._client.fetch_json(path, http_method=method, query_params=dict(query or {}), post_args=body)

    def member(self) -> str:
        """Return the name of the account that the token belongs to."""
        found = self.fetch("/members/me", query={"fields": "username,fullName"})
        return str(found.get("fullName") or found.get("username") or "")

    def boards(self) -> list[dict[str, Any]]:
        """Return name, description, address and whether it is closed, of every board of the account."""
        return list(self.fetch("/members/me/boards", query={"fields": BOARD_FIELDS, "filter": "all"}))

    def board(self, id_: str, *, with_ticks: bool = False) -> tuple[ActualBoard, list[dict[str, Any]]]:
        """Return a board whole, by id or short link, and the actions that tell when things were ticked."""
        query = {**WHOLE_BOARD, **(TICK_ACTIONS if with_ticks else {})}
        try:
            data = self.fetch(f"/boards/{id_}", query=query)
        except RefusedError as error:
            if error.status != 429:
                raise
            data = self.fetch(f"/boards/{id_}", query={**query, "cards": "none"})
            data["cards"] = list(self._pages(id_))
        return board_of(data), list(data.get("actions", []))

    def _pages(self, id_: str) -> Iterator[dict[str, Any]]:
        """Yield all cards of a board that is too large for one read, a thousand at a time."""
        query = {
            "filter": "all",
            "fields": CARD_FIELDS,
            "checklists": "all",
            "checklist_fields": "name,pos",
            "limit": str(PAGE),
            "sort": "-id",
        }
        while True:
            page = self.fetch(f"/boards/{id_}/cards", query=query)
            yield from page
            if len(page) < PAGE:
                return
            query["before"] = page[-1]["id"]

    def create(self, kind: str, parent: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Make one object in one call. `parent` is the id of the board, list, card or checklist that holds it."""
        body = _body(kind, fields)
        match kind:
            case "board":
                body |= {"defaultLists": False, "defaultLabels": False}
                return dict(self.fetch("/boards", "POST", body=body))
            case "label" | "list":
                return dict(self.fetch(f"/{kind}s", "POST", body={**body, "idBoard": parent}))
            case "card":
                return dict(self.fetch("/cards", "POST", body={**body, "idList": parent}))
            case "checklist":
                return dict(self.fetch("/checklists", "POST", body={**body, "idCard": parent}))
            case _:
                return dict(self.fetch(f"/checklists/{parent}/checkItems", "POST", body=body))

    def completed(self, kind: str, data: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        """Return what was found: one call makes an object whole."""
        del kind, fields
        return data

    def fields_of(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return what an answer says of an object, under our names; only what it does say."""
        return fields_of(kind, data)

    def board_id(self, word: str) -> str:
        """Return the id or short link in what a person gave for a board. Raises UsageError."""
        return board_id(word)

    def update(self, kind: str, id_: str, fields: dict[str, Any], *, card: str = "") -> dict[str, Any]:
        """Write several fields in one call; a check item's goes by its card."""
        path = f"/cards/{card}/checkItem/{id_}" if kind == ITEM else f"/{kind}s/{id_}"
        return dict(self.fetch(path, "PUT", body=_body(kind, fields, exists=True)))

    def delete(self, kind: str, id_: str, *, checklist: str = "") -> None:
        """Delete a checklist or an item, which can't be archived."""
        self.fetch(f"/checklists/{checklist}/checkItems/{id_}" if kind == ITEM else f"/checklists/{id_}", "DELETE")

    def siblings(self, kind: str, parent: str) -> list[dict[str, Any]]:
        """Return all objects of a kind in a parent, to see whether one was made."""
        match kind:
            case "board":
                return self.boards()
            case "label":
                return list(self.fetch(f"/boards/{parent}/labels", query={"limit": "1000"}))
            case "list":
                return list(self.fetch(f"/boards/{parent}/lists", query={"filter": "all", "fields": "name,closed,pos"}))
            case "card":
                query = {"filter": "all", "fields": "name,desc,closed,pos,shortUrl"}
                return list(self.fetch(f"/lists/{parent}/cards", query=query))
            case "checklist":
                return list(self.fetch(f"/cards/{parent}/checklists"))
            case _:
                return list(self.fetch(f"/checklists/{parent}/checkItems"))


def _client(transport: Transport) -> TrelloClient:
    from trello import TrelloClient

    # the transport holds the credentials, and sends them in a header; py-trello never sees them
    return TrelloClient(api_key="held-by-the-transport", token="held-by-the-transport", http_service=transport)  # noqa: S106


def _body(kind: str, fields: dict[str, Any], *, exists: bool = False) -> dict[str, Any]:
    """Return fields under Trello's names."""
    result: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "done" if kind == ITEM and exists:
                result["state"] = "complete" if value else "incomplete"
            case "done" if kind == ITEM:
                result["checked"] = value
            case "done":
                result["dueComplete"] = value
            case "start" | "due":
                if value or exists:
                    result[name] = value or None
            case "labels":
                if value or exists:
                    result["idLabels"] = ",".join(value)
            case "list":
                result["idList"] = value
            case "checklist":
                result["idChecklist"] = value
            case "visibility":
                result["prefs_permissionLevel"] = value
            case "background":
                result["prefs_background"] = value
            case "copy_of":
                result |= {"idBoardSource": value, "keepFromSource": "cards"}
            case "workspace":
                result["idOrganization"] = value
            case _:
                result[name] = value
    return result


def fields_of(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what an answer says of an object, under our names; only what it does say."""
    names = {"due": "due", "start": "start", "name": "name", "color": "color"}
    result: dict[str, Any] = {ours: data[theirs] or "" for ours, theirs in names.items() if theirs in data}
    if kind == ITEM and "state" in data:
        result["done"] = data["state"] == "complete"
    if kind == CARD and "dueComplete" in data:
        result["done"] = bool(data["dueComplete"])
    if "desc" in data:
        result["desc"] = data["desc"] or ""
    return result


def board_of(data: dict[str, Any]) -> ActualBoard:
    """Return the values of a nested read. Raises RoadpressError when it is not one."""
    try:
        cards = [_card(card) for card in data.get("cards", [])]
        lists = [
            ActualList(row["id"], row["name"], float(row["pos"]), bool(row["closed"])) for row in data.get("lists", [])
        ]
        labels = [ActualLabel(row["id"], row["name"] or "", row["color"] or "") for row in data.get("labels", [])]
        return ActualBoard(
            data["id"],
            data["name"],
            data["desc"] or "",
            data["url"],
            bool(data["closed"]),
            tuple(labels),
            tuple(sorted(lists, key=lambda row: (row.pos, row.id))),
            tuple(sorted(cards, key=lambda card: (card.pos, card.id))),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RoadpressError(
            f"Trello's answer is not a board as documented ({type(error).__name__}: {error})."
        ) from None


def _card(data: dict[str, Any]) -> ActualCard:
    return ActualCard(
        data["id"],
        data["name"],
        data["desc"] or "",
        float(data["pos"]),
        bool(data["closed"]),
        data["start"] or "",
        data["due"] or "",
        bool(data["dueComplete"]),
        data["idList"],
        tuple(data["idLabels"]),
        data["shortUrl"],
        tuple(sorted((_checklist(row) for row in data.get("checklists", [])), key=lambda row: (row.pos, row.id))),
        int((data.get("badges") or {}).get("comments", 0)),
        data.get("dateLastActivity") or "",
    )


def _checklist(data: dict[str, Any]) -> ActualChecklist:
    items = [
        ActualItem(item["id"], item["name"], float(item["pos"]), item["state"] == "complete")
        for item in data.get("checkItems", [])
    ]
    return ActualChecklist(
        data["id"], data["name"], float(data["pos"]), tuple(sorted(items, key=lambda item: (item.pos, item.id)))
    )
