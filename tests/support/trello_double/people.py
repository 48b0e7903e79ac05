"""What people do on a board in their browser: changes beside the API, with the actions that Trello records."""

from __future__ import annotations

from typing import Any

from roadpress.tests.support.trello_double.double import Double


class Person:
    """Somebody at the board."""

    def __init__(self, double: Double) -> None:
        self.double = double

    def card(self, name: str) -> dict[str, Any]:
        """Return the one card of that name."""
        (found,) = [card for card in self.double.cards.values() if card["name"] == name]
        return found

    def item(self, name: str) -> dict[str, Any]:
        """Return the one check item of that name."""
        (found,) = [item for item in self.double.items.values() if item["name"] == name]
        return found

    def tick(self, item: dict[str, Any], *, at: str = "2027-01-05T10:00:00.000Z", state: str = "complete") -> None:
        item["state"] = state
        card = self.double.cards[self.double.checklists[item["idChecklist"]]["idCard"]]
        data = {"checkItem": {"id": item["id"], "name": item["name"], "state": state}, "card": {"id": card["id"]}}
        self._record("updateCheckItemStateOnCard", at, data)

    def complete(self, card: dict[str, Any], *, at: str = "2027-01-05T10:00:00.000Z", done: bool = True) -> None:
        data = {"card": {"id": card["id"], "dueComplete": done}, "old": {"dueComplete": card["dueComplete"]}}
        card["dueComplete"] = done
        card["dateLastActivity"] = at
        self._record("updateCard", at, data)

    def add_list(self, board: str, name: str, pos: Any = "bottom") -> dict[str, Any]:
        return self.double.lists[self.double._new_list({"name": name, "idBoard": board, "pos": pos})["id"]]

    def add_card(self, list_: dict[str, Any], name: str, pos: Any = "bottom", desc: str = "") -> dict[str, Any]:
        made = self.double._new_card({"idList": list_["id"], "name": name, "pos": pos, "desc": desc})
        return self.double.cards[made["id"]]

    def add_checklist(self, card: dict[str, Any], name: str) -> dict[str, Any]:
        return self.double.checklists[self.double._new_checklist({"idCard": card["id"], "name": name})["id"]]

    def add_item(self, checklist: dict[str, Any], name: str, pos: Any = "bottom") -> dict[str, Any]:
        return self.double.items[self.double._new_item(checklist, {"name": name, "pos": pos})["id"]]

    def add_label(self, board: str, name: str, color: str | None = None) -> dict[str, Any]:
        made = self.double._new_label({"idBoard": board, "name": name, "color": color})
        return self.double.labels[made["id"]]

    def delete_card(self, card: dict[str, Any]) -> None:
        for row in [row for row in self.double.checklists.values() if row["idCard"] == card["id"]]:
            self.double._drop(self.double.checklists, row["id"])
        del self.double.cards[card["id"]]

    def _record(self, type_: str, at: str, data: dict[str, Any]) -> None:
        self.double._serial += 1
        self.double.actions.append({"id": f"{self.double._serial:024x}", "type": type_, "date": at, "data": data})
