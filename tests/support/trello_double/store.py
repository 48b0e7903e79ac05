"""The objects of the boards: made, changed and read as the API does it, under its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from roadpress.tests.support.trello_double import shapes
from roadpress.tests.support.trello_double.shapes import moment, truth

NOT_FOUND = "The requested resource was not found."
ID = re.compile(r"[0-9a-f]{24}\Z")
LONGEST = 16384


class Refusal(Exception):  # noqa: N818 - an answer, not a mistake
    """An answer other than 200."""

    def __init__(self, status: int, message: str, *, error: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.error = error


def units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


class Store:
    """All tables, by id."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.limits = {"lists": 500, "cards": 5000, "labels": 1000, "items": 200, "checklists": 500, **limits}
        self.boards: dict[str, dict[str, Any]] = {}
        self.lists: dict[str, dict[str, Any]] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        self.checklists: dict[str, dict[str, Any]] = {}
        self.items: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        self.actions: list[dict[str, Any]] = []
        self.copies_ticks = False
        """Whether a board's copy has its ticks: of a checklist's copy it is known that it has none."""
        self.copies_archived = False
        self._serial = 0

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
        if given.get("idBoardSource"):
            self._copy_board(self._board(str(given["idBoardSource"])), board, given.get("keepFromSource", "none"))
            return {key: value for key, value in board.items() if key != "shortLink"}
        if truth(given.get("defaultLists", True)):
            for title in ("Done", "Doing", "To Do"):
                self._new_list({"name": title, "idBoard": id_})
        if truth(given.get("defaultLabels", True)):
            for color in ("green", "yellow", "orange", "red", "purple", "blue"):
                self._new_label({"name": "", "color": color, "idBoard": id_})
        return {key: value for key, value in board.items() if key != "shortLink"}

    def _copy_board(self, source: dict[str, Any], board: dict[str, Any], keep: str) -> None:
        """Copy what is open, all with new ids: names, positions and texts stay; the board's own text does not."""
        board["desc"] = ""
        labels = {}
        for label in [row for row in self.labels.values() if row["idBoard"] == source["id"]]:
            labels[label["id"]] = self._copied(self.labels, label, idBoard=board["id"])
        for row in [row for row in self.lists.values() if row["idBoard"] == source["id"]]:
            if row["closed"] and not self.copies_archived:
                continue
            list_ = self._copied(self.lists, row, idBoard=board["id"])
            for card in (
                [card for card in self.cards.values() if card["idList"] == row["id"]] if keep == "cards" else ()
            ):
                if not card["closed"] or self.copies_archived:
                    self._copy_card(card, board["id"], list_, labels)

    def _copy_card(self, card: dict[str, Any], board: str, list_: str, labels: Mapping[str, str]) -> None:
        ids = [labels[id_] for id_ in card["idLabels"]]
        more = {} if self.copies_ticks else {"dueComplete": False}
        made = self._copied(self.cards, card, idBoard=board, idList=list_, idLabels=ids, comments=0, **more)
        self.cards[made]["number"] = self._serial
        for checklist in [row for row in self.checklists.values() if row["idCard"] == card["id"]]:
            one = self._copied(self.checklists, checklist, idCard=made, idBoard=board)
            state = {} if self.copies_ticks else {"state": "incomplete"}
            for item in [row for row in self.items.values() if row["idChecklist"] == checklist["id"]]:
                self._copied(self.items, item, idChecklist=one, **state)

    def _copied(self, table: dict[str, dict[str, Any]], row: dict[str, Any], **changed: Any) -> str:
        id_ = self._id()
        table[id_] = {**row, "id": id_, **changed}
        return id_

    def _new_list(self, given: dict[str, Any]) -> Any:
        name = self._name(given, error="BAD_REQUEST_ERROR")
        board = given.get("idBoard")
        if not isinstance(board, str) or not ID.match(board):
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
        if not isinstance(id_list, str) or not ID.match(id_list):
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
        if not isinstance(card, str) or not ID.match(card):
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

    # -- showing -------------------------------------------------------------------------------------------

    def _checklist(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "checkItems": self._of(self.items, "idChecklist", row["id"], "all")}

    def _full(self, card: dict[str, Any]) -> dict[str, Any]:
        labels = [self.labels[id_] for id_ in card["idLabels"] if id_ in self.labels]
        stored = {key: value for key, value in card.items() if key != "number"}
        stored["idChecklists"] = [row["id"] for row in self.checklists.values() if row["idCard"] == card["id"]]
        number = card["number"]
        return shapes.card(card["id"], shapes.short_link(number), number, stored, labels)

    @staticmethod
    def _of(table: dict[str, dict[str, Any]], parent: str, id_: str, filter_: str) -> list[dict[str, Any]]:
        rows = [row for row in table.values() if row[parent] == id_]
        if filter_ == "open":
            rows = [row for row in rows if not row.get("closed")]
        elif filter_ == "closed":
            rows = [row for row in rows if row.get("closed")]
        return sorted(rows, key=by_pos)

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


def by_pos(row: Mapping[str, Any]) -> tuple[float, str]:
    return row["pos"], row["id"]
