"""The board in memory, and one request after the other."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from . import shapes
from .shapes import moment, truth

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
NOT_FOUND = "The requested resource was not found."
_ID = re.compile(r"[0-9a-f]{24}\Z")
_SHORT = re.compile(r"[0-9A-Za-z]{8}\Z")
_CREDENTIALS = re.compile(r'oauth_(consumer_key|token)="([^"]*)"')
LONGEST = 16384


class Reply(NamedTuple):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    text: str


class Refusal(Exception):  # noqa: N818 - an answer, not a mistake
    """An answer other than 200."""

    def __init__(self, status: int, message: str, *, error: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.error = error


class Entry(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Any


def units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


class Double:
    """Trello with one member, whose key and token are given."""

    def __init__(
        self,
        *,
        key: str = "k" * 32,
        token: str = "ATTA" + "t" * 72,
        clock: Callable[[], float] = time.monotonic,
        window: float = 10.0,
        allowance: int = 100,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        self.key, self.token = key, token
        self.secret = "s" * 64
        self.can_write = True
        self.clock = clock
        self.window, self.allowance = window, allowance
        self.limits = {"lists": 500, "cards": 5000, "labels": 1000, "items": 200, "checklists": 500, **(limits or {})}
        self.boards: dict[str, dict[str, Any]] = {}
        self.lists: dict[str, dict[str, Any]] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        self.checklists: dict[str, dict[str, Any]] = {}
        self.items: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        self.actions: list[dict[str, Any]] = []
        self.log: list[Entry] = []
        self.refused = 0
        self._recent: deque[float] = deque()
        self._serial = 0

    # -- the outside ---------------------------------------------------------------------------------------------

    def handle(self, method: str, path: str, query: Mapping[str, Any], headers: Mapping[str, str], body: str) -> Reply:
        """Answer one request; `path` begins with `/1`."""
        data: Any = {}
        try:
            if method == "GET" and body:
                return Reply(403, {"content-type": HTML}, "<HTML>ERROR: The request could not be satisfied</HTML>")
            if len(path) + sum(len(k) + len(str(v)) + 2 for k, v in query.items()) > 8000:
                return Reply(414, {"content-type": TEXT}, "")
            try:
                data = json.loads(body) if body else {}
            except ValueError:
                raise Refusal(400, "error parsing body") from None
            self.log.append(Entry(method, path, dict(query), data))
            self._count()
            given = {**query, **data}
            parts = path.removeprefix("/1/").strip("/").split("/")
            self._malformed(parts)
            self._authorize(method, headers, given)
            result = self._route(method, parts, given, path, query)
        except Refusal as refusal:
            if refusal.error:
                text = json.dumps({"message": refusal.message, "error": refusal.error})
                return Reply(refusal.status, {"content-type": JSON, **self._rates()}, text)
            return Reply(refusal.status, {"content-type": TEXT, **self._rates()}, refusal.message)
        return Reply(200, {"content-type": JSON, **self._rates()}, json.dumps(result))

    @property
    def writes(self) -> list[Entry]:
        """Every request but the reading ones."""
        return [entry for entry in self.log if entry.method != "GET"]

    def counts(self) -> Counter[str]:
        """How many requests of each kind: `POST cards`, `PUT cards`, `GET boards`."""
        return Counter(f"{entry.method} {entry.path.split('/')[2]}" for entry in self.log)

    # -- admission -----------------------------------------------------------------------------------------------

    def _count(self) -> None:
        now = self.clock()
        while self._recent and self._recent[0] <= now - self.window:
            self._recent.popleft()
        if len(self._recent) >= self.allowance:
            self.refused += 1
            raise Refusal(429, "Rate limit exceeded", error="API_TOKEN_LIMIT_EXCEEDED")
        self._recent.append(now)

    def _rates(self) -> dict[str, str]:
        left = str(max(0, self.allowance - len(self._recent)))
        milliseconds = str(int(self.window * 1000))
        return {
            "x-rate-limit-api-token-interval-ms": milliseconds,
            "x-rate-limit-api-token-max": str(self.allowance),
            "x-rate-limit-api-token-remaining": left,
            "x-rate-limit-api-key-interval-ms": milliseconds,
            "x-rate-limit-api-key-max": str(self.allowance * 3),
            "x-rate-limit-api-key-remaining": str(self.allowance * 2 + int(left)),
        }

    def _malformed(self, parts: list[str]) -> None:
        """Ids are looked at before credentials are (TRELLO-1770)."""
        if len(parts) > 1 and parts[0] in ("boards", "lists", "cards", "checklists", "labels"):
            short = parts[0] in ("boards", "cards") and _SHORT.match(parts[1])
            if not short and not _ID.match(parts[1]):
                raise Refusal(400, "invalid id")

    def _authorize(self, method: str, headers: Mapping[str, str], given: Mapping[str, Any]) -> None:
        found = dict(_CREDENTIALS.findall(headers.get("Authorization", "")))
        key = found.get("consumer_key") or given.get("key")
        token = found.get("token") or given.get("token")
        if not token:
            raise Refusal(401, "unauthorized permission requested" if method == "GET" else "missing scopes")
        if key != self.key:
            raise Refusal(401, "invalid key")
        if token != self.token:
            raise Refusal(401, "invalid token")
        if method != "GET" and not self.can_write:
            raise Refusal(401, "unauthorized permission requested")

    # -- routes --------------------------------------------------------------------------------------------------

    def _route(self, method: str, parts: list[str], given: dict[str, Any], path: str, query: Mapping[str, Any]) -> Any:
        match method, parts:
            case "GET", ["members", "me"]:
                return {"id": "5" * 24, "username": "learner", "fullName": "A Learner"}
            case "GET", ["members", "me", "boards"]:
                return [self._picked(board, given.get("fields")) for board in self.boards.values()]
            case "POST", ["boards"]:
                return self._new_board(given)
            case "GET", ["boards", id_]:
                return self._nested(self._board(id_), given)
            case "PUT", ["boards", id_]:
                return self._change(self._board(id_), given, ("name", "desc", "closed"))
            case "GET", ["boards", id_, "lists"]:
                return self._of(self.lists, "idBoard", self._board(id_)["id"], given.get("filter", "open"))
            case "GET", ["boards", id_, "labels"]:
                board = self._board(id_)["id"]
                found = [label for label in self.labels.values() if label["idBoard"] == board]
                return found[: min(int(given.get("limit", 50)), 1000)]
            case "POST", ["lists"]:
                return self._new_list(given)
            case "PUT", ["lists", id_]:
                return self._change(self._list(id_), given, ("name", "closed", "pos"))
            case "GET", ["lists", id_, "cards"]:
                return [
                    self._picked(self._full(card), given.get("fields"))
                    for card in self._of(self.cards, "idList", self._list(id_)["id"], given.get("filter", "open"))
                ]
            case "POST", ["labels"]:
                return self._new_label(given)
            case "PUT", ["labels", id_]:
                return self._change(self._one(self.labels, id_), given, ("name", "color"))
            case "POST", ["cards"]:
                return self._new_card(given)
            case "GET", ["cards", id_, "checklists"]:
                return [self._checklist(c) for c in self._of(self.checklists, "idCard", self._card(id_)["id"], "all")]
            case "PUT", ["cards", id_, "checkItem", item]:
                return self._change_item(self._card(id_), item, given)
            case "PUT", ["cards", id_]:
                return self._change_card(self._card(id_), given)
            case "POST", ["checklists"]:
                return self._new_checklist(given)
            case "PUT", ["checklists", id_]:
                return self._change(self._one(self.checklists, id_), given, ("name", "pos"))
            case "DELETE", ["checklists", id_]:
                return self._drop(self.checklists, id_)
            case "GET", ["checklists", id_]:
                return self._checklist(self._one(self.checklists, id_))
            case "GET", ["checklists", id_, "checkItems"]:
                return self._of(self.items, "idChecklist", self._one(self.checklists, id_)["id"], "all")
            case "POST", ["checklists", id_, "checkItems"]:
                return self._new_item(self._one(self.checklists, id_), given)
            case "DELETE", ["checklists", _, "checkItems", item]:
                return self._drop(self.items, item)
        shown = "&".join(f"{key}={value}" for key, value in query.items())
        raise Refusal(404, f"Cannot {method} {path}?{shown}")

    # -- creating ------------------------------------------------------------------------------------------------

    def _new_board(self, given: dict[str, Any]) -> Any:
        name = self._name(given, error="ERROR")
        id_ = self._id()
        prefs = shapes.prefs(given)
        if prefs["background"] not in shapes.BACKGROUNDS or prefs["permissionLevel"] not in (
            "private",
            "org",
            "public",
        ):
            raise Refusal(400, "invalid value for prefs")
        board = shapes.board(
            id_, shapes.short_link(self._serial), name, self._text(given, "desc"), given.get("idOrganization"), prefs
        )
        self.boards[id_] = board
        if truth(given.get("defaultLists", True)):
            for title in ("Done", "Doing", "To Do"):
                self._new_list({"name": title, "idBoard": id_})
        if truth(given.get("defaultLabels", True)):
            for color in ("green", "yellow", "orange", "red", "purple", "blue"):
                self._new_label({"name": "", "color": color, "idBoard": id_})
        return {key: value for key, value in board.items() if key != "shortLink"}

    def _new_list(self, given: dict[str, Any]) -> Any:
        name = self._name(given, error="BAD_REQUEST_ERROR")
        board = given.get("idBoard")
        if not isinstance(board, str) or not _ID.match(board):
            raise Refusal(400, "invalid value for idBoard")
        if board not in self.boards:
            raise Refusal(401, f"unauthorized board list requested {board}")
        siblings = [row for row in self.lists.values() if row["idBoard"] == board]
        self._limit("lists", sum(not row["closed"] for row in siblings))
        pos = self._pos(given.get("pos", "top"), siblings)
        row = {"id": self._id(), "name": name, "closed": False, "color": None, "idBoard": board, "pos": pos}
        row |= {"type": None, "datasource": {"filter": False}}
        self.lists[row["id"]] = row
        return {**row, "limits": {}}

    def _new_label(self, given: dict[str, Any]) -> Any:
        board = given.get("idBoard")
        if board not in self.boards:
            raise Refusal(400, "invalid value for idBoard")
        color = given.get("color")
        if color not in shapes.ALL_COLORS and color is not None:
            raise Refusal(400, "invalid value for color")
        self._limit("labels", sum(label["idBoard"] == board for label in self.labels.values()))
        label = {"id": self._id(), "idBoard": board, "name": self._text(given, "name"), "color": color}
        self.labels[label["id"]] = label
        return {**label, "limits": {}}

    def _new_card(self, given: dict[str, Any]) -> Any:
        id_list = given.get("idList")
        if not isinstance(id_list, str) or not _ID.match(id_list):
            raise Refusal(400, "invalid value for idList")
        if id_list not in self.lists:
            raise Refusal(404, "could not find the board that the card belongs to")
        if not isinstance(given.get("name", ""), str):
            raise Refusal(400, "invalid value for name")
        board = self.lists[id_list]["idBoard"]
        siblings = [row for row in self.cards.values() if row["idList"] == id_list]
        self._limit("cards", sum(not row["closed"] for row in self.cards.values() if row["idBoard"] == board))
        row = {
            "id": self._id(),
            "name": self._text(given, "name"),
            "desc": self._text(given, "desc"),
            "closed": False,
            "pos": self._pos(given.get("pos", "bottom"), siblings),
            "due": self._moment(given.get("due")),
            "start": self._moment(given.get("start")),
            "dueComplete": truth(given.get("dueComplete", False)),
            "idBoard": board,
            "idList": id_list,
            "idLabels": self._label_ids(given.get("idLabels")),
            "idMembers": [],
            "comments": 0,
            "dateLastActivity": self._now(),
            "number": self._serial,
        }
        self.cards[row["id"]] = row
        return self._full(row)

    def _new_checklist(self, given: dict[str, Any]) -> Any:
        card = given.get("idCard")
        if not isinstance(card, str) or not _ID.match(card):
            raise Refusal(400, "invalid value for idCard")
        if card not in self.cards:
            raise Refusal(401, "unauthorized board requested")
        siblings = [row for row in self.checklists.values() if row["idCard"] == card]
        self._limit("checklists", len(siblings))
        row = {"id": self._id(), "name": self._text(given, "name") or "Checklist", "idCard": card}
        row |= {"pos": self._pos(given.get("pos", "bottom"), siblings), "idBoard": self.cards[card]["idBoard"]}
        self.checklists[row["id"]] = row
        return {**self._checklist(row), "limits": {}}

    def _new_item(self, checklist: dict[str, Any], given: dict[str, Any]) -> Any:
        siblings = [row for row in self.items.values() if row["idChecklist"] == checklist["id"]]
        self._limit("items", len(siblings))
        name = self._name(given, error="ERROR")
        row = {
            "idChecklist": checklist["id"],
            "state": "complete" if truth(given.get("checked", False)) else "incomplete",
            "id": self._id(),
            "name": name,
            "nameData": {"emoji": {}},
            "pos": self._pos(given.get("pos", "bottom"), siblings),
            "due": None,
            "dueReminder": None,
            "idMember": None,
        }
        self.items[row["id"]] = row
        return {**row, "limits": {}}

    # -- changing ------------------------------------------------------------------------------------------------

    def _change(self, row: dict[str, Any], given: dict[str, Any], fields: tuple[str, ...]) -> Any:
        for field in fields:
            if field in given:
                row[field] = self._value(row, field, given[field])
        return dict(row)

    def _value(self, row: dict[str, Any], field: str, value: Any) -> Any:
        match field:
            case "pos":
                return self._pos(value, [])
            case "closed" | "dueComplete":
                try:
                    return truth(value)
                except ValueError:
                    raise Refusal(400, "invalid value for value") from None
            case "due" | "start":
                return self._moment(value)
            case "idLabels":
                return self._label_ids(value)
            case "idList":
                if value not in self.lists:
                    raise Refusal(400, "invalid value for idList")
                return value
            case "color":
                if value not in shapes.ALL_COLORS and value is not None:
                    raise Refusal(400, "invalid value for color")
                return value
            case "state":
                if value not in ("complete", "incomplete"):
                    raise Refusal(400, "invalid value for state")
                return value
            case "idChecklist":
                self._limit("items", sum(item["idChecklist"] == value for item in self.items.values()))
                return self._one(self.checklists, value)["id"]
            case _:
                return self._text({field: value}, field)

    def _change_card(self, card: dict[str, Any], given: dict[str, Any]) -> Any:
        fields = ("name", "desc", "closed", "idList", "pos", "due", "start", "dueComplete", "idLabels")
        self._change(card, given, fields)
        card["dateLastActivity"] = self._now()
        return self._full(card)

    def _change_item(self, card: dict[str, Any], item: str, given: dict[str, Any]) -> Any:
        row = self._one(self.items, item)
        if self.checklists[row["idChecklist"]]["idCard"] != card["id"]:
            raise Refusal(404, NOT_FOUND)
        self._change(row, given, ("name", "pos", "idChecklist", "state"))
        return {**row, "type": "check", "creationMethod": None}

    def _drop(self, table: dict[str, dict[str, Any]], id_: str) -> Any:
        self._one(table, id_)
        del table[id_]
        if table is self.checklists:
            for item in [item for item in self.items.values() if item["idChecklist"] == id_]:
                del self.items[item["id"]]
        return {"limits": {}}

    # -- reading -------------------------------------------------------------------------------------------------

    def _nested(self, board: dict[str, Any], given: dict[str, Any]) -> Any:
        id_ = board["id"]
        result = self._picked(board, given.get("fields"))
        if given.get("lists", "none") != "none":
            rows = self._of(self.lists, "idBoard", id_, given["lists"])
            result["lists"] = [self._picked(row, given.get("list_fields")) for row in rows]
        if given.get("labels", "none") != "none":
            labels = [label for label in self.labels.values() if label["idBoard"] == id_]
            limit = min(int(given.get("labels_limit", 50)), 1000)
            result["labels"] = [self._picked(label, given.get("label_fields")) for label in labels[:limit]]
        if given.get("cards", "none") != "none":
            items: dict[str, list[dict[str, Any]]] = {}
            for item in self.items.values():
                items.setdefault(item["idChecklist"], []).append(item)
            checklists: dict[str, list[Any]] = {}
            wanted = given.get("card_checklist_fields")
            for row in self.checklists.values():
                shown = self._picked(row, wanted)
                found = sorted(items.get(row["id"], ()), key=_by_pos)
                shown["checkItems"] = [
                    {key: item[key] for key in ("id", "name", "nameData", "pos", "state", "idChecklist")}
                    for item in found
                ]
                checklists.setdefault(row["idCard"], []).append(shown)
            cards = self._of(self.cards, "idBoard", id_, given["cards"])
            result["cards"] = []
            for card in cards:
                shown = self._picked(self._full(card), given.get("card_fields"))
                if given.get("card_checklists", "none") != "none":
                    shown["checklists"] = sorted(checklists.get(card["id"], ()), key=_by_pos)
                result["cards"].append(shown)
        if given.get("actions", "none") != "none":
            wanted = set(given["actions"].split(","))
            limit = min(int(given.get("actions_limit", 50)), 1000)
            result["actions"] = [action for action in reversed(self.actions) if action["type"] in wanted][:limit]
        return result

    def _checklist(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "checkItems": self._of(self.items, "idChecklist", row["id"], "all")}

    def _full(self, card: dict[str, Any]) -> dict[str, Any]:
        labels = [self.labels[id_] for id_ in card["idLabels"] if id_ in self.labels]
        stored = {key: value for key, value in card.items() if key != "number"}
        stored["idChecklists"] = [row["id"] for row in self.checklists.values() if row["idCard"] == card["id"]]
        number = card["number"]
        return shapes.card(card["id"], shapes.short_link(number), number, stored, labels)

    @staticmethod
    def _picked(row: dict[str, Any], fields: Any) -> dict[str, Any]:
        if not fields or fields == "all":
            return dict(row)
        return {"id": row["id"], **{field: row[field] for field in fields.split(",") if field in row}}

    @staticmethod
    def _of(table: dict[str, dict[str, Any]], parent: str, id_: str, filter_: str) -> list[dict[str, Any]]:
        rows = [row for row in table.values() if row[parent] == id_]
        if filter_ == "open":
            rows = [row for row in rows if not row.get("closed")]
        elif filter_ == "closed":
            rows = [row for row in rows if row.get("closed")]
        return sorted(rows, key=_by_pos)

    # -- small things --------------------------------------------------------------------------------------------

    def _id(self) -> str:
        self._serial += 1
        return f"{0x6A000000 + self._serial // 50:08x}{self._serial:016x}"

    def _now(self) -> str:
        return f"2027-01-01T00:{self._serial // 60 % 60:02d}:{self._serial % 60:02d}.000Z"

    def _name(self, given: dict[str, Any], *, error: str) -> str:
        name = given.get("name")
        if not isinstance(name, str) or not name.strip():
            raise Refusal(400, "invalid value for name", error=error)
        return self._text(given, "name")

    @staticmethod
    def _text(given: dict[str, Any], field: str) -> str:
        value = given.get(field) or ""
        if not isinstance(value, str) or units(value) > LONGEST:
            raise Refusal(400, f"invalid value for {field}")
        return value

    @staticmethod
    def _moment(value: Any) -> str | None:
        try:
            return moment(value)
        except ValueError:
            raise Refusal(400, "invalid date") from None

    def _label_ids(self, value: Any) -> list[str]:
        ids = [id_ for id_ in value.split(",") if id_] if isinstance(value, str) else list(value or ())
        if any(id_ not in self.labels for id_ in ids):
            raise Refusal(400, "invalid value for idLabels")
        return ids

    @staticmethod
    def _pos(value: Any, siblings: list[dict[str, Any]]) -> float:
        numbers = [row["pos"] for row in siblings]
        if value == "top":
            return min(numbers) / 2 if numbers else 16384
        if value in ("bottom", ""):
            return max(numbers) + 16384 if numbers else 16384
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = -1
        if not 0 <= number < float("inf"):
            raise Refusal(400, "Invalid position.", error="ERROR")
        return int(number) if number == int(number) else number

    def _limit(self, kind: str, now: int) -> None:
        if now >= self.limits[kind]:
            raise Refusal(403, f"{kind} limit reached")

    def _one(self, table: dict[str, dict[str, Any]], id_: Any) -> dict[str, Any]:
        if id_ not in table:
            raise Refusal(404, NOT_FOUND)
        return table[id_]

    def _list(self, id_: str) -> dict[str, Any]:
        if id_ not in self.lists:
            raise Refusal(404, "model not found")
        return self.lists[id_]

    def _board(self, id_: str) -> dict[str, Any]:
        return self._by_link(self.boards, id_)

    def _card(self, id_: str) -> dict[str, Any]:
        if id_ in self.cards:
            return self.cards[id_]
        for card in self.cards.values():
            if shapes.short_link(card["number"]) == id_:
                return card
        raise Refusal(404, NOT_FOUND)

    @staticmethod
    def _by_link(table: dict[str, dict[str, Any]], id_: str) -> dict[str, Any]:
        if id_ in table:
            return table[id_]
        for row in table.values():
            if row["shortLink"] == id_:
                return row
        raise Refusal(404, NOT_FOUND)


def _by_pos(row: Mapping[str, Any]) -> tuple[float, str]:
    return row["pos"], row["id"]
