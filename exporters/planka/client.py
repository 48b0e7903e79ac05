"""Planka's calls that we use, and its boards as our values.

A board has no description, so its marker is the description of a card that is made right in the archive, and what was
last written stands there, too. Until that card is there the marker stands behind the board's name. Labels are put on a
card one by one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ...core.errors import RoadpressError, UndecidedError, UsageError
from ..boards.api.errors import AmbiguousError, RefusedError
from ..boards.model.board import (
    BOARD,
    CARD,
    CHECKLIST,
    ITEM,
    LABEL,
    LIST,
    ActualBoard,
    ActualCard,
    ActualChecklist,
    ActualItem,
    ActualLabel,
    ActualList,
    KeptBase,
)
from ..boards.model.limits import shortened
from ..boards.planning.base import NAME
from .service import BOARD_NAME, PLANKA
from .transport import Transport

HIDDEN = "roadpress: kept by the tool"
"""The name of the card in the archive that holds the board's marker."""
PAGE = 50
"""Archived cards, and actions, of one answer."""
_NOTHING: Mapping[str, Any] = {"cardLabels": (), "tasks": (), "taskLists": ()}
STEP = 65536
PAGES = 40
"""How many pages of fifty actions are looked back on."""
PROJECT = "Roadmaps"
"""The project that is made where there is none."""
_UNFINISHED = re.compile(r"(.*) (`roadpress:board:[^`]+`)\Z", re.DOTALL)
_TYPED = re.compile(r"^`(roadpress:[^`\n]*?)[ ]*`[ \t]*(?=\S)", re.MULTILINE)
_ROOMS = {LABEL: "labels", LIST: "lists", CARD: "cards", CHECKLIST: "task-lists", ITEM: "tasks", BOARD: "boards"}
_PARENTS = {LABEL: "boards", LIST: "boards", CARD: "lists", CHECKLIST: "cards", ITEM: "task-lists"}
_FIELDS = {"due": "dueDate", "list": "listId", "checklist": "taskListId", "desc": "description", "pos": "position"}


class PlankaClient:
    """The API under the names of a target."""

    service = PLANKA

    def __init__(self, transport: Transport, address: str) -> None:
        self.transport = transport
        self.address = address
        self._archive: dict[str, str] = {}
        """Board → its archive list."""
        self._unfinished: tuple[str, str, str] | None = None
        """Id, name and marker of a board whose making broke off."""
        self._labels = 0

    # -- reading -------------------------------------------------------------------------------------------------

    def boards(self) -> list[dict[str, Any]]:
        """Return every board that this account sees, with its marker as description."""
        rows = self.transport.call("GET", "/projects")["included"]["boards"]
        return [found for row in rows if (found := self._told(row))]

    def _told(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        unfinished = _UNFINISHED.match(row["name"])
        name, desc = unfinished.groups() if unfinished else (row["name"], "")
        if not unfinished:
            try:
                data = self.transport.call("GET", f"/boards/{row['id']}")
            except RefusedError:
                return None
            desc = (self._hidden(_archive_of(data)) or {}).get("description") or ""
        return {"id": row["id"], "name": name, "desc": desc, "url": self._url("boards", row["id"]), "closed": False}

    def board(self, id_: str, *, with_ticks: bool = False, since: str = "") -> tuple[ActualBoard, list[dict[str, Any]]]:
        """Return a board whole, with the fifty cards that were archived last, and the ticks on it, newest first."""
        del since  # its actions are looked back on by pages
        data = self.transport.call("GET", f"/boards/{id_}")
        archive = self._archive[id_] = _archive_of(data)
        archived = self.transport.call("GET", f"/lists/{archive}/cards")
        kept = archived["items"] if len(archived["items"]) < PAGE else self._kept(archive)
        kept = [card for card in kept if card["name"] in (HIDDEN, NAME)]
        hidden = next((card for card in kept if card["name"] == HIDDEN), None)
        put_away = [card for card in archived["items"] if card["name"] not in (HIDDEN, NAME)]
        unfinished = _UNFINISHED.match(data["item"]["name"])
        name, desc = data["item"]["name"], (hidden or {}).get("description") or ""
        if unfinished:
            name, desc = unfinished.groups()
            self._unfinished = (id_, name, desc)
        included = data["included"]
        lists = [row for row in included["lists"] if row["type"] in ("active", "closed")]
        cards = [
            *self._cards(included["cards"], included, {row["id"] for row in lists}),
            *self._cards(put_away, archived["included"], None),
            *self._cards([{**card, "prevListId": archive} for card in kept if card["name"] == NAME], _NOTHING, None),
        ]
        board = ActualBoard(
            id_,
            name,
            desc,
            self._url("boards", id_),
            False,
            tuple(ActualLabel(row["id"], row["name"] or "", row["color"], _made(row)) for row in included["labels"]),
            tuple(sorted((_list(row) for row in lists), key=lambda row: (row.pos, row.id))),
            tuple(sorted(cards, key=lambda card: (card.pos, card.id))),
            KeptBase(archive, closed=True),
        )
        return board, list(self._ticks(id_)) if with_ticks else []

    def _cards(
        self, rows: Iterable[Mapping[str, Any]], included: Mapping[str, Any], lists: set[str] | None
    ) -> Iterator[ActualCard]:
        """Yield cards with all below them; without `lists` they are archived ones."""
        labels: dict[str, list[str]] = defaultdict(list)
        for pair in included["cardLabels"]:
            labels[pair["cardId"]].append(pair["labelId"])
        items: dict[str, list[ActualItem]] = defaultdict(list)
        for task in included["tasks"]:
            items[task["taskListId"]].append(
                ActualItem(
                    task["id"],
                    task["name"] or "",
                    float(task["position"] or 0),
                    bool(task["isCompleted"]),
                    _made(task),
                )
            )
        checklists: dict[str, list[ActualChecklist]] = defaultdict(list)
        for row in included["taskLists"]:
            inner = sorted(items[row["id"]], key=lambda item: (item.pos, item.id))
            checklists[row["cardId"]].append(
                ActualChecklist(row["id"], row["name"], float(row["position"] or 0), tuple(inner), _made(row))
            )
        for card in rows:
            if lists is not None and card["listId"] not in lists:
                continue
            yield ActualCard(
                card["id"],
                card["name"],
                _description(card["description"]),
                float(card["position"] or 0),
                lists is None,
                "",
                card["dueDate"] or "",
                bool(card["isDueCompleted"]),
                card["listId"] if lists is not None else card["prevListId"] or "",
                tuple(labels[card["id"]]),
                self._url("cards", card["id"]),
                tuple(sorted(checklists[card["id"]], key=lambda row: (row.pos, row.id))),
                int(card.get("commentsTotal") or 0),
                card["updatedAt"] or card["createdAt"] or "",
                _made(card),
            )

    def _ticks(self, board: str) -> Iterator[dict[str, Any]]:
        """Yield ticks of tasks in the words that `pull` reads."""
        query: dict[str, str] = {}
        for _ in range(PAGES):
            page = self.transport.call("GET", f"/boards/{board}/actions", query=query)["items"]
            for action in page:
                if action["type"] in ("completeTask", "uncompleteTask"):
                    yield {
                        "type": "updateCheckItemStateOnCard",
                        "date": action["createdAt"],
                        "data": {"checkItem": {"id": action["data"]["task"]["id"]}},
                    }
            if len(page) < PAGE:
                return
            query = {"beforeId": page[-1]["id"]}

    def board_id(self, word: str) -> str:
        """Return the id in an address or word. Raises UsageError."""
        word = word.strip()
        if re.fullmatch(r"[1-9]\d*", word):
            return word
        if word.startswith(("http://", "https://")):
            ours, theirs = urlsplit(self.address), urlsplit(word)
            found = re.fullmatch(re.escape(ours.path) + r"/boards/([1-9]\d*)/?", theirs.path)
            if found and ours.netloc == theirs.netloc:
                return found.group(1)
        raise UsageError(
            f"{word!r} is no board of the Planka at {self.address}.",
            remedy=f"Give its address ({self.address}/boards/…), its id, or `new`.",
        )

    def siblings(self, kind: str, parent: str) -> list[dict[str, Any]]:
        """Return all objects of a kind in a parent."""
        if kind == BOARD:
            return self.boards()
        if kind in (LABEL, LIST):
            rows = self.transport.call("GET", f"/boards/{parent}")["included"][_ROOMS[kind]]
            return [self._under_our_names(kind, row) for row in rows if row.get("type") not in ("archive", "trash")]
        if parent in self._archive.values():
            return [self._under_our_names(kind, row) for row in self._kept(parent)]
        names = {CARD: "cards", CHECKLIST: "taskLists", ITEM: "tasks"}
        rows = self.transport.call("GET", f"/{_PARENTS[kind]}/{parent}")["included"][names[kind]]
        return [self._under_our_names(kind, row) for row in rows]

    # -- writing -------------------------------------------------------------------------------------------------

    def create(self, kind: str, parent: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Make one object, and what belongs to it."""
        if kind == BOARD:
            name = shortened(fields["name"], BOARD_NAME - 1 - len(fields["desc"]))
            body: dict[str, Any] = {"name": f"{name} {fields['desc']}", "position": STEP}
            data = self.transport.call("POST", f"/projects/{self._project(fields)}/boards", body)["item"]
            return self.completed(kind, data, fields)
        self._finish()
        body = {name: value for name, value in _body(kind, fields).items() if value not in (None, "")}
        if kind == CARD:
            body["type"] = "project"
            if parent in self._archive.values():
                body.pop("position", None)
        elif kind == LIST:
            body["type"] = "active"
        elif kind == LABEL:
            self._labels += 1
            body["position"] = STEP * self._labels
        data = self.transport.call("POST", f"/{_PARENTS[kind]}/{parent}/{_ROOMS[kind]}", body)["item"]
        return self.completed(kind, self._under_our_names(kind, data), fields)

    def completed(self, kind: str, data: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        """Put labels on a new card; give a new board its hidden card and its name."""
        if kind == CARD:
            for label in fields.get("labels", ()):
                self._pair(data["id"], label)
        elif kind == BOARD:
            self._unfinished = (data["id"], fields["name"], fields["desc"])
            self._finish()
            return {**data, "name": fields["name"], "desc": fields["desc"], "url": self._url("boards", data["id"])}
        return data

    def update(self, kind: str, id_: str, fields: dict[str, Any], *, card: str = "") -> dict[str, Any]:
        """Write fields; the labels of a card become those given."""
        del card
        self._finish()
        if kind == BOARD:
            fields = {name: value for name, value in fields.items() if name != "desc"}
        body = _body(kind, fields)
        if kind == CARD and "closed" in fields:
            body |= self._put_away(id_) if fields["closed"] else self._back(id_, body)
        data: dict[str, Any] = {}
        if body:
            data = self.transport.call("PATCH", f"/{_ROOMS[kind]}/{id_}", body)["item"]
        if "labels" in fields:
            there = self.transport.call("GET", f"/cards/{id_}")["included"]["cardLabels"]
            have = {pair["labelId"] for pair in there}
            for label in sorted(have - set(fields["labels"])):
                self._gone(f"/cards/{id_}/card-labels/labelId:{label}")
            for label in fields["labels"]:
                if label not in have:
                    self._pair(id_, label)
        return self._under_our_names(kind, data)

    def delete(self, kind: str, id_: str, *, checklist: str = "") -> None:
        """Delete a task or task list; of a list its cards are archived first."""
        del checklist
        if kind == LIST:
            data = self.transport.call("GET", f"/lists/{id_}")
            archive = self._archive_list(data["item"]["boardId"])
            for card in data["included"]["cards"]:
                self.transport.call("PATCH", f"/cards/{card['id']}", {"listId": archive})
        self._gone(f"/{_ROOMS[kind]}/{id_}")

    def fields_of(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return what an answer says of an object, under our names; only what it does say."""
        del kind
        return {name: data[name] for name in ("due", "name", "color", "done", "desc") if name in data}

    # -- parts ---------------------------------------------------------------------------------------------------

    def _pair(self, card: str, label: str) -> None:
        try:
            self.transport.call("POST", f"/cards/{card}/card-labels", {"labelId": label}, repeatable=True)
        except RefusedError as error:
            if error.status not in (404, 409):  # gone meanwhile, or there already
                raise

    def _gone(self, path: str) -> None:
        try:
            self.transport.call("DELETE", path)
        except RefusedError as error:
            if error.status != 404:
                raise

    def _put_away(self, card: str) -> dict[str, Any]:
        board = self.transport.call("GET", f"/cards/{card}")["item"]["boardId"]
        return {"listId": self._archive_list(board)}

    def _back(self, card: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return where a card goes from the archive: where it is to be, else where it was."""
        found = self.transport.call("GET", f"/cards/{card}")["item"]
        where = {"position": body.get("position", STEP)}
        return where if "listId" in body else {**where, "listId": found["prevListId"] or found["listId"]}

    def _archive_list(self, board: str) -> str:
        if board not in self._archive:
            self._archive[board] = _archive_of(self.transport.call("GET", f"/boards/{board}"))
        return self._archive[board]

    def _hidden(self, archive: str) -> dict[str, Any] | None:
        return next((row for row in self._kept(archive) if row["name"] == HIDDEN), None)

    def _kept(self, archive: str) -> list[dict[str, Any]]:
        """Return our own cards in the archive."""
        query = {"search": "/^roadpress:"}
        rows = self.transport.call("GET", f"/lists/{archive}/cards", query=query)["items"]
        return [row for row in rows if row["name"] in (HIDDEN, NAME)]

    def _finish(self) -> None:
        """Give a board whose making broke off its hidden card, and then its own name."""
        if self._unfinished is None:
            return
        id_, name, marker = self._unfinished
        archive = self._archive_list(id_)
        body = {"type": "project", "name": HIDDEN, "description": marker}
        for last in (False, False, True):
            if self._hidden(archive):
                break
            try:
                self.transport.call("POST", f"/lists/{archive}/cards", body)
                break
            except AmbiguousError:
                if last:
                    raise
                self.transport.pause(1.0)
        self.transport.call("PATCH", f"/boards/{id_}", {"name": name})
        self._unfinished = None

    def _project(self, fields: Mapping[str, Any]) -> str:
        """Return the id of the project for a new board: the one asked for, the only one, or a new one."""
        asked = fields.get("workspace", "")
        projects = self.transport.call("GET", "/projects")["items"]
        found = [row for row in projects if not asked or asked in (row["id"], row["name"])]
        if len(found) == 1:
            return str(found[0]["id"])
        names = ", ".join(repr(row["name"]) for row in projects)
        if asked:
            raise UndecidedError(
                f"There is no project {asked!r} in this Planka, or more than one.",
                remedy=f"There are: {names}. Give one by `--project`." if names else "Leave out `--project`.",
            )
        if found:
            raise UndecidedError("There is more than one project.", remedy=f"Give one by `--project`: {names}.")
        try:
            made = self.transport.call("POST", "/projects", {"type": "private", "name": PROJECT})
        except AmbiguousError:
            made = None
        except RefusedError:
            raise RoadpressError(
                "There is no project for the board, and this account may make none.",
                remedy="Ask for one in Planka, where you are a manager.",
            ) from None
        return str(made["item"]["id"]) if made else self._project(fields)

    def _url(self, room: str, id_: str) -> str:
        return f"{self.address}/{room}/{id_}"

    def _under_our_names(self, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
        names = {"id": "id", "name": "name", "color": "color", "description": "desc", "dueDate": "due"}
        result = {ours: row[theirs] or "" for theirs, ours in names.items() if theirs in row}
        if "position" in row:
            result["pos"] = float(row["position"] or 0)
        for theirs in ("isCompleted", "isDueCompleted"):
            if theirs in row:
                result["done"] = bool(row[theirs])
        if kind == CARD and "id" in row:
            result["desc"] = _description(row.get("description"))
            result["url"] = self._url("cards", row["id"])
        return result


def _body(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields under Planka's names; what it has none for is left out."""
    result: dict[str, Any] = {}
    for name, value in fields.items():
        if name in ("labels", "start", "closed", "visibility", "background", "workspace"):
            continue
        if name == "done":
            result["isCompleted" if kind == ITEM else "isDueCompleted"] = value
        else:
            result[_FIELDS.get(name, name)] = value if value != "" else None
    if kind == CARD and fields.get("due", "?") == "":
        result.pop("isDueCompleted", None)  # a card without a date is not completed
    return result


def _description(text: str | None) -> str:
    """Return a description in which words that were typed behind our marker stand on their own."""
    return _TYPED.sub(r"`\1`\n\n", text or "")


def _list(row: Mapping[str, Any]) -> ActualList:
    return ActualList(row["id"], row["name"] or "", float(row["position"] or 0), False, _made(row))


def _made(row: Mapping[str, Any]) -> float:
    """Return the second of an object's making."""
    try:
        return datetime.fromisoformat(str(row["createdAt"]).replace("Z", "+00:00")).timestamp()
    except ValueError:
        return 0.0


def _archive_of(data: Mapping[str, Any]) -> str:
    return str(next(row["id"] for row in data["included"]["lists"] if row["type"] == "archive"))
