"""A stranger's board service: boards in a file of its own."""

from __future__ import annotations

import json
from pathlib import Path

from roadpress.core.errors import UsageError
from roadpress.exporters.boards.api.errors import RefusedError
from roadpress.exporters.boards.model.board import (
    ActualBoard,
    ActualCard,
    ActualChecklist,
    ActualItem,
    ActualLabel,
    ActualList,
)
from roadpress.exporters.boards.model.service import Service

SUMMARY = "A board on a shelf: plan, push, pull"
SERVICE = Service(key="shelf", name="Shelf", address="shelf:", rate=0.0, has_start=False, asks=("board", "name"))
FILE = Path("shelf.json")


class Shelf:
    service = SERVICE

    def __init__(self, sleep):
        self.transport = self
        self.pause = sleep

    def rows(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def write(self, rows):
        FILE.write_text(json.dumps(rows))

    def boards(self):
        return [{**row, "closed": False} for row in self.rows().values() if row["kind"] == "board"]

    def board_id(self, word):
        if not word.isdigit():
            raise UsageError(f"{word} is no board on the shelf.")
        return word

    def board(self, id_, *, with_ticks=False, since=""):
        rows = self.rows()
        if id_ not in rows:
            raise RefusedError(404, "There is no such board.")

        def inside(kind, parent):
            found = [row for row in rows.values() if (row["kind"], row["parent"]) == (kind, parent)]
            return sorted(found, key=lambda row: row.get("pos", 0))

        cards = tuple(
            ActualCard(
                card["id"],
                card["name"],
                card["desc"],
                card["pos"],
                False,
                "",
                card.get("due", ""),
                card["done"],
                row["id"],
                tuple(card["labels"]),
                card["url"],
                tuple(
                    ActualChecklist(
                        part["id"],
                        part["name"],
                        part["pos"],
                        tuple(ActualItem(i["id"], i["name"], i["pos"], i["done"]) for i in inside("item", part["id"])),
                    )
                    for part in inside("checklist", card["id"])
                ),
                0,
                "",
            )
            for row in inside("list", id_)
            for card in inside("card", row["id"])
        )
        row = rows[id_]
        labels = tuple(ActualLabel(one["id"], one["name"], one["color"]) for one in inside("label", id_))
        lists = tuple(ActualList(one["id"], one["name"], one["pos"], False) for one in inside("list", id_))
        return ActualBoard(id_, row["name"], row["desc"], row["url"], False, labels, lists, cards), []

    def create(self, kind, parent, fields):
        rows = self.rows()
        id_ = str(len(rows) + 1)
        rows[id_] = {"labels": [], "done": False, "desc": "", **fields, "id": id_, "kind": kind, "parent": parent}
        rows[id_]["url"] = f"shelf:{id_}"
        self.write(rows)
        return rows[id_]

    def completed(self, kind, data, fields):
        return data

    def update(self, kind, id_, fields, *, card=""):
        rows = self.rows()
        rows[id_] |= fields
        self.write(rows)
        return rows[id_]

    def delete(self, kind, id_, *, checklist=""):
        rows = self.rows()
        del rows[id_]
        self.write(rows)

    def siblings(self, kind, parent):
        return [row for row in self.rows().values() if (row["kind"], row["parent"]) == (kind, parent)]

    def fields_of(self, kind, data):
        return {name: data[name] for name in ("due", "name", "color", "done", "desc") if name in data}


def connect(environment, sleep, stopped):
    return Shelf(sleep)
