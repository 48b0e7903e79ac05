"""Trello's calls that we use, through py-trello's `fetch_json`: its helpers take up to three requests for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...boards.api.errors import AmbiguousError, TooMuchError
from ...boards.api.exchange import gave_up
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
"""Cards of one read, at most."""
LEAST_PAGE = 50
MOST_ACTION_PAGES = 20
_ID = re.compile(r"[0-9a-f]{24}\Z")
_NO_OBJECT = "it answered with what is none of its objects"
TICK_ACTIONS = {"actions": "updateCheckItemStateOnCard,updateCard", "actions_limit": "1000"}
"""With these the read also tells when things were ticked."""


class ApiClient:
    """The API, one method a call."""

    service = TRELLO

    def __init__(self, transport: Transport) -> None:
        self.transport: Transport = transport
        self._client = _client(transport)

    def _object(self, path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
        """Send one request that an object answers; whether a POST that something else answers was done is not sure."""
        found = self.fetch(path, method, **more)
        if isinstance(found, dict) and "id" in found:
            return found
        if method == "POST":
            raise AmbiguousError(_NO_OBJECT)
        raise gave_up("Trello", _NO_OBJECT)

    def _rows(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        """Send one request that a list of objects answers."""
        found = self.fetch(path, query=query)
        if isinstance(found, list) and all(isinstance(row, dict) and "id" in row for row in found):
            return found
        raise gave_up("Trello", _NO_OBJECT)

    def fetch(self, path: str, method: str = "GET", *, query: dict[str, str] | None = None, body: Any = None) -> Any:
        """Send one request and return the JSON of its answer. Raises what `Transport.request` raises."""
        return self._client.fetch_json(path, http_method=method, query_params=dict(query or {}), post_args=body)

    def member(self) -> str:
        """Return the name of the account that the token belongs to."""
        found = self._object("/members/me", query={"fields": "username,fullName"})
        return str(found.get("fullName") or found.get("username") or "")

    def boards(self) -> list[dict[str, Any]]:
        """Return name, description, address and whether it is closed, of every board of the account."""
        return self._rows("/members/me/boards", {"fields": BOARD_FIELDS, "filter": "all"})

    def workspaces(self) -> list[dict[str, Any]]:
        """Return id, short name, title and address of every workspace of the account."""
        return self._rows("/members/me/organizations", {"fields": "name,displayName,url"})

    def board(self, id_: str, *, with_ticks: bool = False, since: str = "") -> tuple[ActualBoard, list[dict[str, Any]]]:
        """Return a board whole, by id or short link, and the actions that tell when things were ticked `since` then."""
        query = {**WHOLE_BOARD, **(TICK_ACTIONS if with_ticks else {})}
        try:
            data = self._object(f"/boards/{id_}", query=query)
            whole = len(_listed(data, "cards")) < PAGE  # so many may be all that it gives
        except TooMuchError:
            whole = False
        if not whole:
            data = self._object(f"/boards/{id_}", query={**query, "cards": "none"})
            data["cards"] = list(self._pages(id_))
        actions = [row for row in data.get("actions") or () if isinstance(row, dict)]
        return board_of(data), [*actions, *(self._older(id_, actions, since) if with_ticks else ())]

    def _older(self, id_: str, actions: list[dict[str, Any]], since: str) -> Iterator[dict[str, Any]]:
        """Yield the actions before those that one read gave, if there may be more, back to the last pull."""
        page = actions
        for _ in range(MOST_ACTION_PAGES):
            if len(page) < PAGE or "id" not in page[-1] or str(page[-1].get("date", "")) <= since:
                return
            query = {"filter": TICK_ACTIONS["actions"], "limit": str(PAGE), "before": str(page[-1]["id"])}
            page = self._rows(f"/boards/{id_}/actions", {**query, "since": since} if since else query)
            yield from page

    def _pages(self, id_: str) -> Iterator[dict[str, Any]]:
        """Yield all cards of a board that is too large for one read: by the thousand, or as many as it manages."""
        size = PAGE
        query = {
            "filter": "all",
            "fields": CARD_FIELDS,
            "checklists": "all",
            "checklist_fields": "name,pos",
            "sort": "-id",
        }
        while True:
            try:
                page = self._rows(f"/boards/{id_}/cards", {**query, "limit": str(size)})
            except TooMuchError:
                if size <= LEAST_PAGE:
                    raise
                size //= 4
                continue
            yield from page
            if len(page) < size:
                return
            query["before"] = page[-1]["id"]

    def create(self, kind: str, parent: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Make one object in one call. `parent` is the id of the board, list, card or checklist that holds it."""
        body = _body(kind, fields)
        match kind:
            case "board":
                body |= {"defaultLists": False, "defaultLabels": False}
                return self._object("/boards", "POST", body=body)
            case "label" | "list":
                return self._object(f"/{kind}s", "POST", body={**body, "idBoard": parent})
            case "card":
                return self._object("/cards", "POST", body={**body, "idList": parent})
            case "checklist":
                return self._object("/checklists", "POST", body={**body, "idCard": parent})
            case _:
                return self._object(f"/checklists/{parent}/checkItems", "POST", body=body)

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
        return self._object(path, "PUT", body=_body(kind, fields, exists=True))

    def delete(self, kind: str, id_: str, *, checklist: str = "") -> None:
        """Delete a checklist, an item or a label, which can't be archived."""
        self.fetch(f"/checklists/{checklist}/checkItems/{id_}" if kind == ITEM else f"/{kind}s/{id_}", "DELETE")

    def siblings(self, kind: str, parent: str) -> list[dict[str, Any]]:
        """Return all objects of a kind in a parent, to see whether one was made."""
        match kind:
            case "board":
                return self.boards()
            case "label":
                return self._rows(f"/boards/{parent}/labels", {"limit": "1000"})
            case "list":
                return self._rows(f"/boards/{parent}/lists", {"filter": "all", "fields": "name,closed,pos"})
            case "card":
                query = {"filter": "all", "fields": "name,desc,closed,pos,shortUrl"}
                return self._rows(f"/lists/{parent}/cards", query)
            case "checklist":
                return self._rows(f"/cards/{parent}/checklists", {})
            case _:
                return self._rows(f"/checklists/{parent}/checkItems", {})


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
    """Return the values of a nested read. Raises GaveUpError when it is not one."""
    try:
        cards = [_card(card) for card in _listed(data, "cards")]
        lists = [
            ActualList(row["id"], row["name"], float(row["pos"]), bool(row["closed"]), _made(row["id"]))
            for row in _listed(data, "lists")
        ]
        labels = [
            ActualLabel(row["id"], row["name"] or "", row["color"] or "", _made(row["id"]))
            for row in _listed(data, "labels")
        ]
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
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise gave_up("Trello", f"{_NO_OBJECT} ({type(error).__name__}: {error})") from None


def _listed(data: dict[str, Any], name: str) -> list[Any]:
    """Return the rows of a nested read. Raises GaveUpError without them: all would count as deleted."""
    rows = data.get(name)
    if not isinstance(rows, list):
        raise gave_up("Trello", _NO_OBJECT)
    return rows


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
        _made(data["id"]),
    )


def _checklist(data: dict[str, Any]) -> ActualChecklist:
    items = [
        ActualItem(item["id"], item["name"], float(item["pos"]), item["state"] == "complete", _made(item["id"]))
        for item in data.get("checkItems", [])
    ]
    inner = tuple(sorted(items, key=lambda item: (item.pos, item.id)))
    return ActualChecklist(data["id"], data["name"], float(data["pos"]), inner, _made(data["id"]))


def _made(id_: str) -> float:
    """Return the second of an object's making: an id begins with it."""
    return float(int(id_[:8], 16)) if _ID.match(id_) else 0.0
