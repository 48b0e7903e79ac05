"""What is remembered of a board, beside the roadmap: ids, and what was last written. It holds no secret.

The board itself is the truth: an object that the file names and the board lacks is gone, and one that the board has and
the file lacks is found again by its marker, position and name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ....core.conflict_markers import conflict_lines, conflict_sentence
from ....core.errors import RoadpressError
from ....core.files import write_file
from ..model.board import KINDS, ObjectKey

VERSION = 1


@dataclass(slots=True)
class SyncedObject:
    """One object of ours."""

    id: str
    sent: dict[str, Any] = field(default_factory=dict)
    """Field → what we last wrote there, or found there as we would have it; the basis of the three-way comparison."""
    kept: dict[str, Any] = field(default_factory=dict)
    """Field → what Trello made of it, where that differs."""
    order: list[str] = field(default_factory=list)
    """Keys of what it holds, as the roadmap had them at the last push."""
    unsettled: list[str] = field(default_factory=list)
    """Fields that both sides changed, where the board's side stands and nobody has said that it is to."""
    adopted: bool = False
    """Whether a person had made it, and it was taken over by its name; then it is never archived."""
    url: str = ""
    """A card's or the board's address."""

    def seen(self, name: str) -> Any:
        """Return what the board should show in a field if nobody changed it."""
        return self.kept.get(name, self.sent.get(name))

    def data(self) -> dict[str, Any]:
        """Return it as JSON values, without what is empty."""
        values = {"id": self.id, "sent": self.sent, "kept": self.kept, "order": self.order, "url": self.url}
        values["unsettled"] = self.unsettled
        found = {key: value for key, value in values.items() if value}
        return {**found, "adopted": True} if self.adopted else found

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SyncedObject:
        """Return what `data` gave. Raises KeyError or TypeError for anything else."""
        return cls(
            str(data["id"]),
            dict(data.get("sent", {})),
            dict(data.get("kept", {})),
            [str(key) for key in data.get("order", [])],
            [str(name) for name in data.get("unsettled", [])],
            bool(data.get("adopted", False)),
            str(data.get("url", "")),
        )

    def copy(self) -> SyncedObject:
        """Return one that can be changed apart."""
        return replace(
            self, sent=dict(self.sent), kept=dict(self.kept), order=list(self.order), unsettled=list(self.unsettled)
        )

    def settle(self, name: str) -> None:
        """Note that a field is no difference any more."""
        if name in self.unsettled:
            self.unsettled.remove(name)


@dataclass(slots=True)
class SyncState:
    """All of it. The board's own record has the key ``."""

    records: dict[ObjectKey, SyncedObject] = field(default_factory=dict)
    synced: str = ""
    """When board and progress last agreed: at a push that wrote something, or a pull; ISO 8601 in UTC."""
    nonce: str = ""
    """What tells this board's marker from every other's; made before the first push."""
    removed: list[str] = field(default_factory=list)
    """What a prune deleted that can't be archived, as Markdown; the newest last."""
    base: str = ""
    """What tells which base on the board this goes on from."""
    pulled: str = ""
    """When ticks were last brought from the board; older ones have their days."""
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is remembered of the other boards of this roadmap, by their ids, as `data` gives it."""

    @property
    def board(self) -> SyncedObject | None:
        """The board's record, once there is one."""
        return self.records.get(ObjectKey("board", ""))

    def copy(self) -> SyncState:
        """Return a state that can be changed apart."""
        return SyncState(
            {ref: record.copy() for ref, record in self.records.items()},
            self.synced,
            self.nonce,
            list(self.removed),
            self.base,
            self.pulled,
            dict(self.others),
        )

    def turn_to(self, board: str) -> None:
        """Speak of another board from here on, as it is remembered; an empty id is one that is yet to be made."""
        if self.board is not None and self.board.id:
            self.others[self.board.id] = self.data()
        found = SyncState.of(self.others.pop(board, {}))
        self.records, self.synced, self.nonce, self.removed = found.records, found.synced, found.nonce, found.removed
        self.base, self.pulled = found.base, found.pulled

    def data(self) -> dict[str, Any]:
        """Return what is remembered of the board as JSON values."""
        objects: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        for ref, record in self.records.items():
            objects[ref.kind][ref.key] = record.data()
        parts = (("base", self.base), ("pulled", self.pulled), ("removed", self.removed))
        more = {name: value for name, value in parts if value}
        return {"synced": self.synced, "nonce": self.nonce, **more, "objects": objects}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SyncState:
        """Return what `data` gave. Raises KeyError, TypeError, AttributeError for anything else."""
        records = {
            ObjectKey(kind, key): SyncedObject.of(found)
            for kind in KINDS
            for key, found in data.get("objects", {}).get(kind, {}).items()
        }
        removed = [str(text) for text in data.get("removed", [])]
        words = [str(data.get(name, "")) for name in ("synced", "nonce", "base", "pulled")]
        return cls(records, words[0], words[1], removed, words[2], words[3])


def fingerprint(text: str) -> str:
    """Return a short hash of a long text, which is all that a comparison needs."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def state_path(roadmap: Path, target: str = "trello") -> Path:
    """Return where the state of a roadmap's board is: `<stem>.<target>.json` beside it."""
    stem = roadmap.name.removesuffix(".yaml").removesuffix(".yml") or "roadmap"
    return roadmap.with_name(f"{stem}.{target}.json")


def load_state(path: Path) -> SyncState:
    """Return the state in a file, or an empty one when there is none. Raises RoadpressError when it is none."""
    target = path.stem.rpartition(".")[2]
    found: list[tuple[int, str]] = []
    try:
        raw = path.read_bytes()
        found = conflict_lines(raw.decode("utf-8", "replace"))
        data = json.loads(raw)
        if data["version"] != VERSION:
            raise RoadpressError(
                f"{path} was written by a newer roadpress (version {data['version']}).", remedy="Update roadpress."
            )
        others = {str(board): SyncState.of(other).data() for board, other in data.get("others", {}).items()}
        return replace(SyncState.of({**data, "objects": data["objects"]}), others=others)
    except FileNotFoundError:
        return SyncState()
    except (ValueError, KeyError, TypeError, AttributeError):
        if found:
            raise RoadpressError(
                f"{path}: {conflict_sentence(found)}.",
                remedy="Take one side whole (`git checkout --ours FILE`), or delete the file and run "
                f"`roadpress {target} push --board URL`: everything is found again on the board.",
            ) from None
        raise RoadpressError(
            f"{path} is damaged.",
            remedy=f"Delete it and run `roadpress {target} push --board URL`: everything is found again on the board.",
        ) from None


def render_state(state: SyncState) -> bytes:
    """Return the file of a state; the same state gives the same bytes, one object a line."""
    head: dict[str, Any] = {"version": VERSION, "synced": state.synced, "nonce": state.nonce}
    if state.base:
        head["base"] = state.base
    if state.pulled:
        head["pulled"] = state.pulled
    if state.removed:
        head["removed"] = state.removed
    lines = [json.dumps(head)[:-1] + ', "objects": {']
    for number, kind in enumerate(KINDS):
        rows = [
            f"  {json.dumps(ref.key, ensure_ascii=False)}: {json.dumps(record.data(), ensure_ascii=False)}"
            for ref, record in state.records.items()
            if ref.kind == kind
        ]
        body = ",\n".join(rows)
        lines.append(f' "{kind}": {{' + (f"\n{body}\n }}" if rows else "}") + ("," if number < len(KINDS) - 1 else ""))
    text = "\n".join(lines) + "\n}"
    if state.others:
        rows = [
            f"  {json.dumps(board)}: {json.dumps(other, ensure_ascii=False)}" for board, other in state.others.items()
        ]
        text += ', "others": {\n' + ",\n".join(rows) + "\n }"
    return (text + "}\n").encode("utf-8", "surrogatepass")


def save_state(path: Path, state: SyncState) -> None:
    """Replace the file. Raises OSError; the old file is then whole."""
    write_file(path, render_state(state))
