"""`<stem>.progress.yaml`: what is done, beside the roadmap.

```yaml
roadpress-progress: 1
learner: "Ada Lovelace"
outline: "8SGkp3…"
ticks:
  fundamentals/what-is-ml: {done: 2027-01-06, from: pdf, at: 2027-01-06T19:02:11Z, title: "What is ML?"}
orphans:
  …the same, of nodes that are not in the roadmap (any more)
```

One line an entry, sorted by id, so that a change is one line of a diff. Only roadpress writes it, whole or not at all,
one process after another.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zlib import crc32

from .collector import without_collector
from .errors import InvalidRoadmap, Problem, RoadpressError
from .files import write_file
from .model import Place, Roadmap
from .progress import State, Tick
from .values import parse_date
from .whose import one_name

FORMAT = 1
MARK_BYTES = 3
"""Bytes of one mark in the outline."""


class Entry(NamedTuple):
    """What is recorded under one id."""

    tick: Tick
    title: str = ""
    """The node's title when it was recorded, by which it is found again after its id has changed."""


@dataclass(frozen=True, slots=True)
class Record:
    """A progress file as a value."""

    ticks: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """By the id that the leaf had in the roadmap of the last writing."""
    orphans: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """Of leaves that were not in that roadmap."""
    outline: bytes = b""
    """A mark of each leaf's id in reading order (`marks`), by which to know what is new in the roadmap since then."""
    learner: str = ""
    """Whose progress it is; empty where nobody is named."""

    @property
    def all(self) -> dict[str, Entry]:
        """Every entry by its id."""
        return {**self.orphans, **self.ticks}


def marks(ids: Iterable[str]) -> bytes:
    """Return three bytes an id: enough to tell a new one from the known, small enough to keep for each leaf."""
    return b"".join((crc32(key.encode("utf-8", "surrogatepass")) & 0xFFFFFF).to_bytes(MARK_BYTES, "big") for key in ids)


def outline_of(roadmap: Roadmap) -> bytes:
    """Return the marks of a roadmap's leaves."""
    return marks(leaf.id for leaf in roadmap.leaves())


# -- writing --------------------------------------------------------------------------------------------------------


def render(record: Record, *, name: str = "the roadmap") -> bytes:
    """Return a progress file's bytes; `name` is the roadmap's for its first line."""
    lines = [
        f"# What is done of {' '.join(name.split())}, by the id of each entry. roadpress writes this file: keep it",
        "# beside the roadmap, and change it with `roadpress tick`, `untick`, `skip` and `collect`.",
        f"roadpress-progress: {FORMAT}",
        *([f"learner: {_quoted(record.learner)}"] if record.learner else []),
        f'outline: "{b64encode(record.outline).decode()}"',
    ]
    for key, entries in (("ticks", record.ticks), ("orphans", record.orphans)):
        if entries:
            lines.append(f"{key}:")
            lines += (_line(entry_id, entries[entry_id]) for entry_id in sorted(entries))
    return "\n".join([*lines, ""]).encode("utf-8", "backslashreplace")


_PLAIN_KEY = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\Z")
_NOT_TEXT = re.compile(r"null|true|false|y|n|yes|no|on|off|[0-9].*|[-.].*")
_LONG_KEY = 500
"""YAML allows 1,024 characters for a key without `? `, and counts escapes."""


def _line(key: str, entry: Entry) -> str:
    plain = _PLAIN_KEY.match(key) and not _NOT_TEXT.match(key)
    shown = key if plain else _quoted(key)
    start = f"  {shown}: " if len(shown) <= _LONG_KEY else f"  ? {shown}\n  : "
    tick = entry.tick
    parts = [f"{tick.state.value}: {tick.on.isoformat() if tick.on else 'true'}"]
    if tick.source:
        parts.append(f"from: {_quoted(tick.source) if not _PLAIN_KEY.match(tick.source) else tick.source}")
    if tick.at:
        parts.append(f"at: {tick.at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ').zfill(20)}")
    if entry.title:
        parts.append(f"title: {_quoted(entry.title)}")
    if tick.note:
        parts.append(f"note: {_quoted(tick.note)}")
    return start + "{" + ", ".join(parts) + "}"


_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file can hold; JSON of a stranger may."""


def _quoted(text: str) -> str:
    """Return a text in YAML's double quotes; JSON's escapes are among them (YAML 1.2 §5.7)."""
    quoted = json.dumps(storable(text), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def storable(text: str) -> str:
    """Return a text that a file can hold, halves of characters shown as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


# -- reading --------------------------------------------------------------------------------------------------------


def read(path: Path) -> Record:
    """Return a progress file as a value; an empty one when there is no file.

    Raises InvalidRoadmap with every problem in it, RoadpressError when it cannot be read. Nothing is guessed of a
    damaged file, and nobody writes over it.
    """
    try:
        return parse(path.read_bytes(), str(path))
    except FileNotFoundError:
        return Record()
    except OSError as error:
        raise RoadpressError(f"{path} cannot be read: {error.strerror or error}.") from None


def parse(data: bytes, path: str) -> Record:
    """Return the bytes of a progress file as a value. Raises InvalidRoadmap."""
    from .source import decode
    from .yaml_tree import parse as parse_yaml

    source = decode(data, path)
    with without_collector():
        parsed = parse_yaml(source.text)
        reader = _Reader()
        record = reader.record(parsed.root) if parsed.complete else Record()
    problems = [*parsed.problems, *reader.problems]
    if source.text.startswith("<<<<<<<") or "\n<<<<<<<" in source.text:
        line = source.text[: source.text.find("<<<<<<<")].count("\n") + 1
        problems = [
            Problem(Place(line, 1), "a merge left its conflict here", "keep the lines of both sides, each id once")
        ]
    if problems:
        raise InvalidRoadmap(path, [problem._replace(source=source.line(problem.place.line)) for problem in problems])
    return record


class _Reader:
    """The tree of a progress file to a Record; what does not fit is noted, all of it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def complain(self, tree: Any, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(tree.line, tree.column), message, hint))

    def record(self, root: Any) -> Record:
        values = dict(self.pairs(root)) if root is not None else {}
        if root is None or (not values and not self.problems):
            self.problems.append(Problem(Place(1, 1), "this progress file is empty", "bring it back, or delete it"))
        version = values.pop("roadpress-progress", None)
        if version is None:
            if values:
                self.complain(root, "this is not a progress file", "its first key is `roadpress-progress: 1`")
        elif getattr(version, "value", "") != str(FORMAT):
            self.complain(version, "this format is not known", f"this roadpress reads format {FORMAT}; update it")
            return Record()
        learner = self.learner(values.pop("learner", None))
        outline = self.outline(values.pop("outline", None))
        ticks = self.entries(values.pop("ticks", None))
        orphans = self.entries(values.pop("orphans", None))
        for key, tree in values.items():
            self.complain(tree, f"a progress file has no `{key}`", "it has `learner`, `outline`, `ticks` and `orphans`")
        for key in ticks.keys() & orphans.keys():
            del orphans[key]
        return Record(MappingProxyType(ticks), MappingProxyType(orphans), outline, learner)

    def pairs(self, tree: Any) -> Iterator[tuple[str, Any]]:
        """Yield the entries of a mapping with a text for a key, once each."""
        if not hasattr(tree, "pairs"):
            if getattr(tree, "value", None) not in ("", "~", "null"):
                self.complain(tree, "`key: value` lines are expected here")
            return
        seen: set[str] = set()
        for key, value in tree.pairs():
            if not hasattr(key, "value"):
                self.complain(key, "a text is expected for a key")
            elif key.value in seen:
                self.complain(key, f"`{key.value}` stands here twice", "keep the newer line")
            else:
                seen.add(key.value)
                yield key.value, value

    def learner(self, tree: Any) -> str:
        if tree is None or hasattr(tree, "value"):
            return one_name(tree.value) if tree else ""
        self.complain(tree, "`learner` is one text", "write a name")
        return ""

    def outline(self, tree: Any) -> bytes:
        if tree is None:
            return b""
        try:
            outline = b64decode(getattr(tree, "value", "!"), validate=True)
        except ValueError:
            outline = b"?"
        if len(outline) % MARK_BYTES:
            self.complain(tree, "the outline is damaged", "delete the line: it is written anew")
            return b""
        return outline

    def entries(self, tree: Any) -> dict[str, Entry]:
        if tree is None:
            return {}
        found = ((key, self.entry(value)) for key, value in self.pairs(tree))
        return {key: entry for key, entry in found if entry}

    def entry(self, tree: Any) -> Entry | None:
        """Return `{done: 2027-01-06, …}`, or its short form, a date or `true`."""
        if hasattr(tree, "value"):
            return Entry(Tick(State.DONE, self.day(tree)))
        state, on, texts, at = None, None, {"from": "", "title": "", "note": ""}, None
        for key, value in self.pairs(tree):
            if not hasattr(value, "value"):
                self.complain(value, f"`{key}` is one text")
            elif key in _STATES and state is None:
                state, on = _STATES[key], self.day(value)
            elif key == "at":
                at = self.moment(value)
            elif key in texts:
                texts[key] = value.value
            else:
                self.complain(
                    value, f"an entry has no `{key}` here", "it is one of done, skipped, open; from, at, title, note"
                )
        if state is None:
            self.complain(tree, "this entry is neither done nor skipped nor open", "write `{done: true}` or a date")
            return None
        return Entry(Tick(state, on, texts["from"], texts["note"], at), texts["title"])

    def day(self, tree: Any) -> date | None:
        if tree.value in ("true", "True", "TRUE"):
            return None
        try:
            return parse_date(tree.value)
        except ValueError:
            self.complain(tree, f"`{tree.value}` is not a date", "write 2027-01-06, or true where it is not known")
            return None

    def moment(self, tree: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(tree.value.replace("Z", "+00:00"))
            return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
        except (ValueError, OverflowError):
            self.complain(tree, f"`{tree.value}` is not a moment", "write 2027-01-06T19:02:11Z, or leave `at` out")
            return None


_STATES = {"done": State.DONE, "skipped": State.SKIPPED, "open": State.OPEN}


# -- changing -------------------------------------------------------------------------------------------------------


def update(path: Path, change: Callable[[Record], Record], *, name: str = "the roadmap") -> Record:
    """Read, change and write a progress file, alone: a second process waits until the first is done.

    Nothing is written when nothing changes. Returns what the file now holds. Raises what `read` and `change` raise, and
    RoadpressError when it cannot be written; the old file is then whole.
    """
    try:
        with _locked(path.resolve().parent):
            before = read(path)
            after = change(before)
            if (after.ticks, after.orphans, after.learner) != (before.ticks, before.orphans, before.learner):
                write_file(path, render(after, name=name))
            return after
    except OSError as error:
        raise RoadpressError(f"{path} cannot be written: {error.strerror or error}.") from None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder (`flock(2)`); it needs no file of its own, and a killed process can't leave it behind."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there the last writer wins
        yield
        return
    import os

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
