"""A double of Planka 2, written from requests to a real server and its answers: ids, positions, errors, archive."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from trello_double import Fault, Killed

from roadpress.exporters.boards.api.http import Answer, NoAnswerError
from roadpress.exporters.boards.planning.base import NAME
from roadpress.exporters.planka.service import LABEL_COLORS

KEY = "AbCdEfGh_0123456789abcdef0123456789abcdef"
LIMITS = {"boards": 128, "lists": 128, "labels": 128, "task-lists": 128, "cards": 1024, "tasks": 1024}
ABOVE = {"labels": "boardId", "lists": "boardId", "cards": "listId", "task-lists": "cardId", "tasks": "taskListId"}
WRITABLE = {
    "boards": ("name", "position"),
    "labels": ("name", "position", "color"),
    "lists": ("name", "position", "type", "color"),
    "cards": ("name", "position", "type", "description", "dueDate", "isDueCompleted", "listId"),
    "task-lists": ("name", "position"),
    "tasks": ("name", "position", "isCompleted", "taskListId"),
}
ROOMS = "labels|lists|cards|task-lists|tasks|boards"
PLACED = {"lists": "boardId", "labels": "boardId", "cards": "listId", "task-lists": "cardId", "tasks": "taskListId"}


class RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message}


def missing(what: str) -> RefusedError:
    return RefusedError(404, "E_NOT_FOUND", f"{what} not found")


def invalid(problem: str) -> RefusedError:
    return RefusedError(400, "E_MISSING_OR_INVALID_PARAMS", problem)


class PlankaDouble:
    """Tables by id, and `handle`."""

    def __init__(self, *, projects: int = 1) -> None:
        self.serial = 1915817230658962433
        self.tables: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in (*LIMITS, "projects")}
        self.pairs: dict[tuple[str, str], dict[str, Any]] = {}
        self.actions: list[dict[str, Any]] = []
        self.writes = self.requests = 0
        for number in range(projects):
            id_ = self.new_id()
            self.tables["projects"][id_] = {"id": id_, "name": f"Courses {number}" if number else "Courses"}

    def new_id(self) -> str:
        self.serial += 7
        return str(self.serial)

    def moment(self) -> str:
        return f"2027-01-01T00:00:00.{self.serial % 1000:03}Z"

    # -- one request ---------------------------------------------------------------------------------------------

    def handle(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], text: str) -> Answer:
        if headers.get("X-Api-Key") != KEY:
            return self._answer(
                401, {"code": "E_UNAUTHORIZED", "message": "Access token is missing, invalid or expired"}
            )
        if len(text.encode()) > 1_048_576:
            return Answer(400, {}, "")
        try:
            body = json.loads(text) if text else {}
            return self._answer(200, self._route(method, path.removeprefix("/api"), query, body))
        except RefusedError as error:
            return self._answer(error.status, error.body)
        except LookupError:
            if method == "GET":
                return Answer(200, {"content-type": "text/html"}, "<!doctype html>…")
            return self._answer(404, {"code": "E_NOT_FOUND"})

    def _answer(self, status: int, body: Any) -> Answer:
        return Answer(status, {"content-type": "application/json"}, json.dumps(body))

    def _route(self, method: str, path: str, query: Mapping[str, str], body: dict[str, Any]) -> Any:
        self.requests += 1
        if method != "GET":
            self.writes += 1
        if path == "/projects":
            if method == "POST":
                id_ = self.new_id()
                self.tables["projects"][id_] = {"id": id_, "name": body["name"]}
                return {"item": self.tables["projects"][id_]}
            boards = list(self.tables["boards"].values())
            return {"items": list(self.tables["projects"].values()), "included": {"boards": boards}}
        if found := re.fullmatch(r"/projects/(\d+)/boards", path):
            return self._make_board(found[1], body)
        if found := re.fullmatch(r"/lists/(\d+)/cards", path):
            return self._archived(found[1], query) if method == "GET" else self._make("cards", found[1], body)
        if found := re.fullmatch(r"/cards/(\d+)/card-labels", path):
            return self._pair(found[1], body["labelId"])
        if found := re.fullmatch(r"/cards/(\d+)/card-labels/labelId:(\d+)", path):
            if (found[1], found[2]) not in self.pairs:
                raise RefusedError(404, "E_NOT_FOUND", "Label not in card")
            return {"item": self.pairs.pop((found[1], found[2]))}
        if found := re.fullmatch(r"/boards/(\d+)/actions", path):
            rows = [row for row in reversed(self.actions) if row["boardId"] == found[1]]
            if "beforeId" in query:
                rows = [row for row in rows if int(row["id"]) < int(query["beforeId"])]
            return {"items": rows[:50], "included": {"users": []}}
        if found := re.fullmatch(rf"/(boards|lists|cards|task-lists)/(\d+)/({ROOMS})", path):
            if method != "POST":
                raise LookupError
            return self._make(found[3], found[2], body)
        if found := re.fullmatch(rf"/({ROOMS})/([^/]+)", path):
            if not re.fullmatch(r"[1-9][0-9]*", found[2]):
                raise invalid('Invalid "id"')
            row = self.tables[found[1]].get(found[2])
            if row is None:
                raise missing(found[1].capitalize())
            if method == "GET":
                return self._read(found[1], row)
            return {"item": self._change(found[1], row, body) if method == "PATCH" else self._delete(found[1], row)}
        raise LookupError(path)

    # -- making --------------------------------------------------------------------------------------------------

    def _make_board(self, project: str, body: dict[str, Any]) -> Any:
        if project not in self.tables["projects"]:
            raise missing("Project")
        self._check("boards", body)
        if "position" not in body:
            raise invalid('"position" is required, but it was not defined.')
        id_ = self.new_id()
        board = {"id": id_, "name": body["name"], "position": body["position"], "projectId": project}
        self.tables["boards"][id_] = board | {"createdAt": self.moment(), "updatedAt": None}
        for kind in ("archive", "trash"):
            list_id = self.new_id()
            self.tables["lists"][list_id] = self._row(
                "lists", list_id, id_, {"type": kind, "name": None, "position": None}
            )
        return {"item": self.tables["boards"][id_], "included": {"boardMemberships": []}}

    def _make(self, room: str, parent: str, body: dict[str, Any]) -> Any:
        holder = {"labels": "boards", "lists": "boards", "cards": "lists", "task-lists": "cards", "tasks": "task-lists"}
        above = self.tables[holder[room]].get(parent)
        if above is None:
            raise missing(holder[room].capitalize())
        if "name" not in body or (room == "labels" and body.get("color") not in LABEL_COLORS.values()):
            raise invalid("a name and a colour are required")
        if body.get("dueDate", "?") is None or body.get("description", "?") == "":
            raise invalid("null or empty")
        self._check(room, body)
        hidden = room == "cards" and above["type"] in ("archive", "trash")
        if "position" not in body and not hidden:
            raise RefusedError(422, "E_UNPROCESSABLE_ENTITY", "Position must be present")
        id_ = self.new_id()
        row = self._row(room, id_, parent, {name: body[name] for name in WRITABLE[room] if name in body})
        row["position"] = None if hidden else self._position(room, parent, float(body["position"]), id_)
        if room == "cards":
            row["boardId"] = above["boardId"]
            if row["dueDate"] is None:
                row["isDueCompleted"] = None
            elif row["isDueCompleted"] is None:
                row["isDueCompleted"] = False
        self.tables[room][id_] = row
        return {"item": row}

    def _row(self, room: str, id_: str, parent: str, given: dict[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = {"id": id_, "createdAt": self.moment(), "updatedAt": None, "name": None, "position": None}
        if room == "cards":
            row |= {"description": None, "dueDate": None, "isDueCompleted": None, "commentsTotal": 0}
            row |= {"isClosed": False, "prevListId": None, "type": "project"}
        if room == "tasks":
            row |= {"isCompleted": False, "linkedCardId": None}
        return {**row, "color": None, **given, ABOVE[room]: parent}

    def _check(self, room: str, body: dict[str, Any]) -> None:
        name = body.get("name", "x")
        if not name or len(name.encode("utf-16-le")) // 2 > LIMITS[room]:
            raise invalid('Invalid "name"')

    def _position(self, room: str, parent: str, wanted: float, own: str) -> float:
        """Return the position given: kept where there is room, else halfway to the next, or the next are pushed up."""
        above = PLACED[room]
        rows = sorted(
            (
                row
                for row in self.tables[room].values()
                if row[above] == parent and row["id"] != own and row["position"]
            ),
            key=lambda row: (row["position"], int(row["id"])),
        )
        before = [row["position"] for row in rows if row["position"] <= wanted]
        after = [row for row in rows if row["position"] > wanted]
        low = before[-1] if before else 0.0
        if wanted - low >= 0.125 and (not after or after[0]["position"] - wanted >= 0.125):
            return wanted
        if not after:
            return low + 16384
        middle = (low + after[0]["position"]) / 2
        if middle - low >= 0.125:
            return middle
        for row in after:
            row["position"] += 16384 * 2
        return low + 16384

    # -- changing ------------------------------------------------------------------------------------------------

    def _change(self, room: str, row: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        self._check(room, body)
        if body.get("description", "?") == "":
            raise invalid("empty")
        above = PLACED.get(room, "")
        given = {name: body[name] for name in WRITABLE[room] if name in body and name != above}
        parent = body.get(above, row.get(above))
        if room == "tasks" and parent != row[above]:
            lists = self.tables["task-lists"]
            if parent not in lists or lists[parent]["cardId"] != lists[row[above]]["cardId"]:
                raise missing("Task list")
        if room == "cards" and parent != row[above]:
            target = self.tables["lists"].get(parent)
            if target is None:
                raise missing("List")
            if target["type"] in ("archive", "trash"):
                given["position"] = None
                row["prevListId"] = row[above]
            elif "position" not in body:
                raise RefusedError(422, "E_UNPROCESSABLE_ENTITY", "Position must be present")
            else:
                row["prevListId"] = None
        if given.get("position") is not None:
            given["position"] = self._position(room, parent, float(given["position"]), row["id"])
        if room == "tasks" and given.get("isCompleted", row["isCompleted"]) != row["isCompleted"]:
            self._act(row, "completeTask" if given["isCompleted"] else "uncompleteTask")
        row |= given
        if above:
            row[above] = parent
        if room == "cards":
            if row["dueDate"] is None:
                row["isDueCompleted"] = None
            elif row["isDueCompleted"] is None:
                row["isDueCompleted"] = False
        row["updatedAt"] = self.moment()
        return row

    def _act(self, task: dict[str, Any], type_: str) -> None:
        card = self.tables["cards"][self.tables["task-lists"][task["taskListId"]]["cardId"]]
        self.actions.append(
            {
                "id": self.new_id(),
                "createdAt": self.moment(),
                "type": type_,
                "boardId": card["boardId"],
                "cardId": card["id"],
                "data": {"task": {"id": task["id"], "name": task["name"]}},
            }
        )

    def _pair(self, card: str, label: str) -> Any:
        if card not in self.tables["cards"] or label not in self.tables["labels"]:
            raise missing("Label")
        if (card, label) in self.pairs:
            raise RefusedError(409, "E_CONFLICT", "Label already in card")
        self.pairs[card, label] = {"id": self.new_id(), "cardId": card, "labelId": label}
        return {"item": self.pairs[card, label]}

    def _delete(self, room: str, row: dict[str, Any]) -> dict[str, Any]:
        del self.tables[room][row["id"]]
        if room == "lists":
            trash = next(
                one["id"]
                for one in self.tables["lists"].values()
                if one["boardId"] == row["boardId"] and one["type"] == "trash"
            )
            for card in self.tables["cards"].values():
                if card["listId"] == row["id"]:
                    card |= {"listId": trash, "position": None, "prevListId": None}
        if room == "task-lists":
            self.tables["tasks"] = {
                id_: one for id_, one in self.tables["tasks"].items() if one["taskListId"] != row["id"]
            }
        return row

    # -- reading -------------------------------------------------------------------------------------------------

    def _read(self, room: str, row: dict[str, Any]) -> Any:
        if room == "boards":
            lists = [one for one in self.tables["lists"].values() if one["boardId"] == row["id"]]
            shown = {one["id"] for one in lists if one["type"] in ("active", "closed")}
            cards = [card for card in self.tables["cards"].values() if card["listId"] in shown]
            labels = [one for one in self.tables["labels"].values() if one["boardId"] == row["id"]]
            return {"item": row, "included": {"lists": lists, "labels": labels, **self._below(cards)}}
        if room == "lists":
            if row["type"] not in ("active", "closed"):
                raise missing("List")
            cards = [card for card in self.tables["cards"].values() if card["listId"] == row["id"]]
            return {"item": row, "included": self._below(cards)}
        if room == "cards":
            return {"item": row, "included": self._below([row])}
        if room == "task-lists":
            return {"item": row, "included": {"tasks": self._inside("tasks", "taskListId", {row["id"]})}}
        raise LookupError

    def _archived(self, list_: str, query: Mapping[str, str]) -> Any:
        cards = [card for card in reversed(self.tables["cards"].values()) if card["listId"] == list_]
        if search := query.get("search"):
            assert search.startswith("/")
            cards = [card for card in cards if re.search(search[1:], card["name"], re.IGNORECASE)]
        return {"items": cards[:50], "included": self._below(cards[:50])}

    def _below(self, cards: list[dict[str, Any]]) -> dict[str, Any]:
        ids = {card["id"] for card in cards}
        lists = self._inside("task-lists", "cardId", ids)
        return {
            "cards": cards,
            "cardLabels": [pair for pair in self.pairs.values() if pair["cardId"] in ids],
            "taskLists": lists,
            "tasks": self._inside("tasks", "taskListId", {one["id"] for one in lists}),
        }

    def _inside(self, room: str, above: str, ids: set[str]) -> list[dict[str, Any]]:
        return [row for row in self.tables[room].values() if row[above] in ids]

    # -- what people see -----------------------------------------------------------------------------------------

    def shown(self) -> list[Any]:
        """Return all boards in order, without ids; where their archive has cards, those too."""

        def ordered(room: str, above: str, id_: str) -> list[dict[str, Any]]:
            rows = [row for row in self.tables[room].values() if row[above] == id_]
            return sorted(rows, key=lambda row: (row["position"] or 0, int(row["id"])))

        return [
            (
                board["name"],
                sorted((row["name"], row["color"]) for row in ordered("labels", "boardId", board["id"])),
                [
                    (
                        row["type"],
                        row["name"],
                        [
                            (
                                card["name"],
                                re.sub(r"/cards/\d+", "/cards/N", card["description"] or ""),
                                card["dueDate"],
                                card["isDueCompleted"],
                                sorted(self.tables["labels"][b]["name"] for a, b in self.pairs if a == card["id"]),
                                [
                                    (
                                        part["name"],
                                        [
                                            (task["name"], task["isCompleted"])
                                            for task in ordered("tasks", "taskListId", part["id"])
                                        ],
                                    )
                                    for part in ordered("task-lists", "cardId", card["id"])
                                ],
                            )
                            for card in ordered("cards", "listId", row["id"])
                            if card["name"] != NAME
                        ],
                    )
                    for row in ordered("lists", "boardId", board["id"])
                ],
            )
            for board in self.tables["boards"].values()
        ]

    def of(self, room: str, name: str) -> dict[str, Any]:
        """Return the one object of a name."""
        (found,) = (row for row in self.tables[room].values() if row["name"] == name)
        return found

    def made(self, room: str, parent: str, **fields: Any) -> dict[str, Any]:
        """Make something as a person does in the page."""
        found: dict[str, Any] = self._make(room, parent, fields)["item"]
        return found

    def person(self, path: str, **fields: Any) -> None:
        """Change something as a person does in the page."""
        answer = self.handle("PATCH", f"/api{path}", {}, {"X-Api-Key": KEY}, json.dumps(fields))
        assert answer.status_code == 200, answer.text


class PlankaDirect:
    """Sends to the double; `faults` by request number from 1, `kill` is the number at which the process dies."""

    def __init__(
        self,
        double: PlankaDouble,
        faults: Mapping[int, Fault] | None = None,
        *,
        kill: int = 0,
        kill_before: bool = False,
    ) -> None:
        self.double, self.faults, self.kill, self.kill_before = double, dict(faults or {}), kill, kill_before
        self.number = 0

    def __call__(self, method: str, path: str, params: Mapping[str, Any], body: str | None) -> Answer:
        self.number += 1
        fault = self.faults.get(self.number)
        if self.number == self.kill and self.kill_before:
            raise Killed
        if fault is Fault.BUSY:
            return Answer(429, {"retry-after": "1"}, "slow down")
        if fault is Fault.UNAVAILABLE:
            return Answer(503, {}, "")
        if fault is Fault.CLOSE:
            raise NoAnswerError("closed", sent=True)
        reply = self.double.handle(method, path, params, {"X-Api-Key": KEY}, body or "")
        if self.number == self.kill:
            raise Killed
        if fault in (Fault.COMMIT_CLOSE, Fault.SLOW):
            raise NoAnswerError("closed", sent=True)
        if fault is Fault.COMMIT_502:
            return Answer(502, {}, "<html>Bad Gateway</html>")
        if fault is Fault.HTML:
            return Answer(200, {}, "<html>We'll be right back</html>")
        if fault is Fault.TRUNCATED:
            return Answer(200, reply.headers, reply.text[: len(reply.text) // 2])
        return reply
