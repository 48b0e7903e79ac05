"""The board in memory, and one request after the other."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from roadpress.tests.support.trello_double.store import ID, Refusal, Store, by_pos

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
_SHORT = re.compile(r"[0-9A-Za-z]{8}\Z")
_CREDENTIALS = re.compile(r'oauth_(consumer_key|token)="([^"]*)"')


class Reply(NamedTuple):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    text: str


class Entry(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, Any]
    body: Any


class Double(Store):
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
        nested_cards: int = 10**9,
    ) -> None:
        self.key, self.token = key, token
        self.secret = "s" * 64
        self.can_write = True
        self.clock = clock
        self.window, self.allowance = window, allowance
        super().__init__(limits or {})
        self.nested_cards = nested_cards
        """How many cards a nested read gives before it refuses."""
        self.most_nested = 10**9
        """How many cards a nested read gives, without a word about the others."""
        self.slow_cards = 10**9
        """From how many cards on a read is not answered in time."""
        self.slow_status = 504
        self.log: list[Entry] = []
        self.refused = 0
        self._recent: deque[float] = deque()

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
            if not short and not ID.match(parts[1]):
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
            case "GET", ["members", "me", "organizations"]:
                return [
                    {"id": "6" * 24, "name": "class2027", "displayName": "Class of\n2027", "url": f"{path}/w/class2027"}
                ]
            case "POST", ["boards"]:
                return self._new_board(given)
            case "GET", ["boards", id_]:
                return self._nested(self._board(id_), given)
            case "PUT", ["boards", id_]:
                return self._change(self._board(id_), given, ("name", "desc", "closed"))
            case "GET", ["boards", id_, "lists"]:
                return self._of(self.lists, "idBoard", self._board(id_)["id"], given.get("filter", "open"))
            case "GET", ["boards", id_, "cards"]:
                return self._page(self._board(id_)["id"], given)
            case "GET", ["boards", _, "actions"]:
                return self._actions(given)
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
            case "DELETE", ["labels", id_]:
                for card in self.cards.values():
                    card["idLabels"] = [label for label in card["idLabels"] if label != id_]
                return self._drop(self.labels, id_)
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
            if sum(card["idBoard"] == id_ for card in self.cards.values()) > self.nested_cards:
                raise Refusal(429, "Too many cards requested", error="API_TOO_MANY_CARDS_REQUESTED")
            cards = self._of(self.cards, "idBoard", id_, given["cards"])[: self.most_nested]
            self._too_slow(len(cards))
            checklists = self._with_items(given.get("card_checklist_fields"))
            result["cards"] = [
                self._with_checklists(card, checklists, given.get("card_fields"), given.get("card_checklists", "none"))
                for card in cards
            ]
        if given.get("actions", "none") != "none":
            wanted = set(given["actions"].split(","))
            limit = min(int(given.get("actions_limit", 50)), 1000)
            result["actions"] = [action for action in reversed(self.actions) if action["type"] in wanted][:limit]
        return result

    def _too_slow(self, cards: int) -> None:
        if cards >= self.slow_cards:
            raise Refusal(self.slow_status, "", error="SubrequestFailed")

    @staticmethod
    def _picked(row: dict[str, Any], fields: Any) -> dict[str, Any]:
        if not fields or fields == "all":
            return dict(row)
        return {"id": row["id"], **{field: row[field] for field in fields.split(",") if field in row}}

    def _page(self, board: str, given: dict[str, Any]) -> Any:
        """Return up to `limit` cards, the newest first, made before the card `before`."""
        rows = sorted((card for card in self.cards.values() if card["idBoard"] == board), key=lambda card: card["id"])
        if "before" in given:
            rows = [card for card in rows if card["id"] < given["before"]]
        if given.get("filter") == "open":
            rows = [card for card in rows if not card["closed"]]
        checklists = self._with_items(given.get("checklist_fields"))
        page = rows[::-1][: min(int(given.get("limit", 1000)), 1000)]
        self._too_slow(len(page))
        return [
            self._with_checklists(card, checklists, given.get("fields"), given.get("checklists", "none"))
            for card in page
        ]

    def _actions(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Return up to `limit` actions, the newest first, made before the action `before` and after `since`."""
        rows = [row for row in reversed(self.actions) if row["type"] in given["filter"].split(",")]
        if "before" in given:
            rows = [row for row in rows if row["id"] < given["before"]]
        rows = [row for row in rows if row["date"] > given.get("since", "")]
        return rows[: min(int(given.get("limit", 50)), 1000)]

    def _with_items(self, fields: Any) -> dict[str, list[Any]]:
        """Return the checklists of each card with their items."""
        items: dict[str, list[dict[str, Any]]] = {}
        for item in self.items.values():
            items.setdefault(item["idChecklist"], []).append(item)
        checklists: dict[str, list[Any]] = {}
        for row in self.checklists.values():
            shown = self._picked(row, fields)
            found = sorted(items.get(row["id"], ()), key=by_pos)
            names = ("id", "name", "nameData", "pos", "state", "idChecklist")
            shown["checkItems"] = [{key: item[key] for key in names} for item in found]
            checklists.setdefault(row["idCard"], []).append(shown)
        return checklists

    def _with_checklists(self, card: dict[str, Any], checklists: dict[str, list[Any]], fields: Any, which: str) -> Any:
        shown = self._picked(self._full(card), fields)
        if which != "none":
            shown["checklists"] = sorted(checklists.get(card["id"], ()), key=by_pos)
        return shown
