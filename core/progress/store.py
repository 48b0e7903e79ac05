"""`<stem>.progress.yaml`: what is done, beside the roadmap.

```yaml
roadpress-progress: 2
learner: "Ada Lovelace"
edition: 5e8a90c1
outline: |
    Fundamentals
      What is ML?
orphans:
  …the same as below, of entries that are not in the roadmap (any more)
ticks:
  fundamentals/what-is-ml: {done: 2027-01-06, from: pdf, at: 2027-01-06T19:02:11Z, title: "What is ML?"}
```

One line an entry, ticks sorted by id, so that a change is one line of a diff, and lines that git joined from two sides
are still a progress file: of two with one id the newest counts. The outline is the roadmap's as it was when the file
was written, and `edition` a digest of it: where git joined two outlines there are two of them, or none that fits. Only
roadpress writes the file, whole or not at all, one process after another.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zlib import crc32

from ..conflict_markers import conflict_problems
from ..errors import InvalidRoadmap, Problem, RoadpressError
from ..file_lock import locked
from ..files import write_file
from ..learner import one_name
from ..model import SourcePosition
from ..roadmap_file.value_parsers import parse_date
from ..text import plain
from ..yaml_text import NO_TEXT, quoted
from .model import State, Tick
from .union_merge import untangled

FORMAT = 2
_FORMATS = ("1", "2")
MARK_BYTES = 3
"""Bytes that format 1 kept of each leaf's id in place of an outline."""


_ONE_WORD = re.compile(r"\S+\Z")


class RecordedTick(NamedTuple):
    """What is recorded under one id."""

    tick: Tick
    title: str = ""
    """The node's plain title when it was recorded, by which it is found again when its id is not."""
    where: str = ""
    """Of an orphan: the titles above it when it became one, where known."""
    was: tuple[str, ...] = ()
    """Other ids that outputs have for it: collected again, they are understood as they were before."""

    @property
    def is_silent(self) -> bool:
        """Return whether it tells nothing: it was ticked once, and that was taken back or thrown away."""
        return self.tick.state is State.OPEN and not self.tick.note


@dataclass(frozen=True, slots=True)
class ProgressFile:
    """A progress file as a value."""

    ticks: Mapping[str, RecordedTick] = field(default_factory=lambda: MappingProxyType({}))
    """By the id that the leaf had in the roadmap of the last writing."""
    orphans: Mapping[str, RecordedTick] = field(default_factory=lambda: MappingProxyType({}))
    """Of leaves that were not in that roadmap."""
    outline: str = ""
    """The outline of that roadmap, as lines (`roadpress.core.identity.outline_text`)."""
    joined: bool = False
    """Whether git made the outline of two: then it holds entries twice, and ids of both."""
    marks: bytes = b""
    """What a file of format 1 has in its place: three bytes of a digest of each leaf's id, in reading order."""
    learner: str = ""
    """Whose progress it is; empty where nobody is named."""

    @property
    def all(self) -> dict[str, RecordedTick]:
        """Every entry by its id."""
        return {**self.orphans, **self.ticks}

    def called(self, names: Mapping[str, Iterable[str]]) -> ProgressFile:
        """Return a record that knows ids which outputs have for leaves, by the leaves' own."""
        ticks = dict(self.ticks)
        for key, more in names.items():
            was = dict.fromkeys((*ticks[key].was, *(name for name in more if _ONE_WORD.match(name))))
            ticks[key] = ticks[key]._replace(was=tuple(was))
        return replace(self, ticks=MappingProxyType(ticks))


def newest(entries: Sequence[RecordedTick]) -> RecordedTick:
    """Return the newest of what is recorded of one leaf; one without a moment loses. An empty note replaces none."""
    ranked = sorted(entries, key=_age, reverse=True)
    note, title, where = (
        next(filter(None, texts), "")
        for texts in zip(*((entry.tick.note, entry.title, entry.where) for entry in ranked), strict=True)
    )
    was = dict.fromkeys(name for entry in ranked for name in entry.was)
    return RecordedTick(ranked[0].tick._replace(note=note), title, where, tuple(was))


def _age(entry: RecordedTick) -> tuple[datetime, date, str]:
    tick = entry.tick
    return (tick.at or datetime.min.replace(tzinfo=timezone.utc), tick.on or date.min, _line("", entry))


# -- writing --------------------------------------------------------------------------------------------------------


def render(record: ProgressFile, *, name: str = "the roadmap") -> bytes:
    """Return a progress file's bytes; `name` is the roadmap's for its first line."""
    lines = [
        f"# What is done of {' '.join(name.split())}, by the id of each entry. roadpress writes this file: keep it",
        "# beside the roadmap, and change it with `roadpress tick`, `untick`, `skip` and `collect`.",
        f"roadpress-progress: {FORMAT}",
        *([f"learner: {_quoted(record.learner)}"] if record.learner else []),
    ]
    if record.outline:
        edition = _digest(record.outline)
        lines += [
            f"edition: {quoted(edition) if NO_TEXT.match(edition) else edition}",
            "outline: |",
            *(f"    {line}" for line in record.outline.split("\n")),
        ]
    for key, entries in (("orphans", record.orphans), ("ticks", record.ticks)):
        if entries:
            lines.append(f"{key}:")
            lines += (_line(entry_id, entries[entry_id]) for entry_id in sorted(entries))
    return "\n".join([*lines, ""]).encode("utf-8", "backslashreplace")


_PLAIN_KEY = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\Z")
_LONG_KEY = 500
"""YAML allows 1,024 characters for a key without `? `, and counts escapes."""


def _line(key: str, entry: RecordedTick) -> str:
    shown = _shown(key)
    start = f"  {shown}: " if len(shown) <= _LONG_KEY else f"  ? {shown}\n  : "
    tick = entry.tick
    parts = [f"{tick.state.value}: {tick.on.isoformat() if tick.on else 'true'}"]
    if tick.source:
        parts.append(f"from: {_shown(tick.source)}")
    if tick.at:
        parts.append(f"at: {tick.at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ').zfill(20)}")
    if entry.title:
        parts.append(f"title: {_quoted(entry.title)}")
    if entry.where:
        parts.append(f"in: {_quoted(entry.where)}")
    if entry.was:
        parts.append(f"was: {_quoted(' '.join(entry.was))}")
    if tick.note:
        parts.append(f"note: {_quoted(tick.note)}")
    return start + "{" + ", ".join(parts) + "}"


def _digest(outline: str) -> str:
    return f"{crc32(outline.encode('utf-8', 'surrogatepass')):08x}"


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file can hold; JSON of a stranger may."""


def _shown(name: str) -> str:
    return name if _PLAIN_KEY.match(name) and name[0].isalpha() and not NO_TEXT.match(name) else _quoted(name)


def _quoted(text: str) -> str:
    return quoted(storable(text))


def storable(text: str) -> str:
    """Return a text that a file can hold, halves of characters shown as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


# -- reading --------------------------------------------------------------------------------------------------------


def read(path: Path) -> ProgressFile:
    """Return a progress file as a value; an empty one when there is no file.

    Raises InvalidRoadmap with every problem in it, RoadpressError when it cannot be read. Nothing is guessed of a
    damaged file, and nobody writes over it.
    """
    try:
        return parse(path.read_bytes(), str(path))
    except FileNotFoundError:
        return ProgressFile()
    except OSError as error:
        raise RoadpressError(f"{path} cannot be read: {error.strerror or error}.") from None


def parse(data: bytes, path: str) -> ProgressFile:
    """Return the bytes of a progress file as a value. Raises InvalidRoadmap."""
    from ..roadmap_file.source import decode

    source = decode(data, path)
    problems = conflict_problems(source.text, _CONFLICT_REMEDY)
    if not problems:
        record, problems = _read(source.text)
        if problems:
            joined = _read(untangled(source.text))
            record, problems = joined if not joined[1] else (record, problems)
    if problems:
        raise InvalidRoadmap(path, [problem._replace(source=source.line(problem.place.line)) for problem in problems])
    return record


_CONFLICT_REMEDY = (
    "delete these lines and keep what is between them: of two lines with one id the newest counts; "
    "with `*.progress.yaml merge=union` in .gitattributes git does that by itself"
)


def _read(text: str) -> tuple[ProgressFile, list[Problem]]:
    written = _as_written(text)
    if written is not None:
        return written, []
    from ..roadmap_file.yaml_tree import parse as parse_yaml

    parsed = parse_yaml(text)
    reader = _Reader()
    record = reader.record(parsed.root) if parsed.complete else ProgressFile()
    return record, [*parsed.problems, *reader.problems]


_NOT_ITSELF = r"\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
"""What does not stand for itself in every place of a YAML file."""
_LINE = rf"(?! )[^{_NOT_ITSELF}]+\n"
_QUOTED = rf'"([^{_NOT_ITSELF}\"\\]*)"'
_HEAD = re.compile(
    rf"(?:#[^{_NOT_ITSELF}]*\n)*roadpress-progress: {FORMAT}\n(?:learner: {_QUOTED}\n)?"
    rf'edition: (?:"([0-9a-f]{{8}})"|([0-9a-f]{{8}}))\noutline: \|\n(    {_LINE}(?:     *{_LINE})*)ticks:\n'
)
_ENTRY = re.compile(
    r"  ([a-z][a-z0-9]*(?:[-/][a-z0-9]+)*): \{(done|skipped|open): ([0-9]{4}-[0-9]{2}-[0-9]{2}|true)"
    r"(?:, from: ([a-z]+))?(?:, at: ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})Z)?"
    rf"(?:, title: {_QUOTED})?\}}\n"
)


def _as_written(text: str) -> ProgressFile | None:
    """Return a file that is just as `render` writes one without orphans and notes, as most are; None for any other.

    It says the same as YAML does, in a fifth of the time: a cohort has thousands of them.
    """
    head = _HEAD.match(text)
    if head is None:
        return None
    ticks: dict[str, RecordedTick] = {}
    at = head.end()
    try:
        while at < len(text):
            found = _ENTRY.match(text, at)
            if found is None or found[1] in ticks or len(found[1]) > _LONG_KEY:
                return None
            key, state, on, source, moment, title = found.groups(default="")
            day = None if on == "true" else date.fromisoformat(on)
            when = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc) if moment else None
            ticks[key] = RecordedTick(Tick(_STATES[state], day, source, "", when), title)
            at = found.end()
    except ValueError:
        return None
    learner, edition, other, lines = head.groups(default="")
    outline = lines[4:-1].replace("\n    ", "\n")
    joined = (edition or other) != _digest(outline)
    return ProgressFile(MappingProxyType(ticks), outline=outline, joined=joined, learner=one_name(learner))


class _Reader:
    """The tree of a progress file to a Record; what does not fit is noted, all of it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def complain(self, tree: Any, message: str, hint: str = "") -> None:
        self.problems.append(Problem(SourcePosition(tree.line, tree.column), message, hint))

    def record(self, root: Any) -> ProgressFile:
        values: dict[str, list[Any]] = {}
        for key, value in self.pairs(root) if root is not None else ():
            values.setdefault(key, []).append(value)
        if root is None or (not values and not self.problems):
            self.problems.append(
                Problem(SourcePosition(1, 1), "this progress file is empty", "bring it back, or delete it")
            )
        versions = values.pop("roadpress-progress", [])
        if not versions and values:
            self.complain(root, "this is not a progress file", f"its first key is `roadpress-progress: {FORMAT}`")
        for version in versions:
            if getattr(version, "value", "") not in _FORMATS:
                self.complain(version, "this format is not known", f"this roadpress reads format {FORMAT}; update it")
                return ProgressFile()
        learners = [self.learner(tree) for tree in values.pop("learner", [])]
        editions = {getattr(tree, "value", "") for tree in values.pop("edition", [])}
        joined = len(values.get("outline", [])) > 1 or len(editions) > 1
        outline, marks = self.outline(values.pop("outline", []))
        joined = joined or bool(editions - {_digest(outline)})
        ticks, orphans = self.entries(values.pop("ticks", [])), self.entries(values.pop("orphans", []))
        for key, trees in values.items():
            known = "it has `learner`, `edition`, `outline`, `orphans` and `ticks`"
            self.complain(trees[0], f"a progress file has no `{key}`", known)
        if any(version.value == "1" for version in versions):
            ticks, orphans = _with_plain_titles(ticks), _with_plain_titles(orphans)
        for key in ticks.keys() & orphans.keys():
            ticks[key] = newest((ticks[key], orphans.pop(key)))._replace(where="")
        learner = next(filter(None, learners), "")
        return ProgressFile(MappingProxyType(ticks), MappingProxyType(orphans), outline, joined, marks, learner)

    def pairs(self, tree: Any) -> Iterator[tuple[str, Any]]:
        """Yield the entries of a mapping with a text for a key; git may have brought one twice."""
        if not hasattr(tree, "pairs"):
            if getattr(tree, "value", None) not in ("", "~", "null"):
                self.complain(tree, "`key: value` lines are expected here")
            return
        for key, value in tree.pairs():
            if hasattr(key, "value"):
                yield key.value, value
            else:
                self.complain(key, "a text is expected for a key")

    def learner(self, tree: Any) -> str:
        if hasattr(tree, "value"):
            return one_name(tree.value)
        self.complain(tree, "`learner` is one text", "write a name")
        return ""

    def outline(self, trees: list[Any]) -> tuple[str, bytes]:
        """Return the lines of the outline, all of them where it is there twice, and the marks of format 1."""
        lines: list[str] = []
        marks = b""
        for tree in trees:
            text = getattr(tree, "value", None)
            if text is not None and tree.style == "|":
                lines.append(text.strip("\n"))
                continue
            try:
                marks = b64decode(text if text is not None else "?", validate=True)
            except ValueError:
                marks = b"?"
            if len(marks) % MARK_BYTES:
                self.complain(tree, "the outline is damaged", "delete it: it is written anew")
        return "\n".join(lines), b"" if lines else marks

    def entries(self, trees: list[Any]) -> dict[str, RecordedTick]:
        found: dict[str, RecordedTick] = {}
        for tree in trees:
            for key, value in self.pairs(tree):
                entry = self.entry(value)
                if entry:
                    found[key] = newest((found[key], entry)) if key in found else entry
        return found

    def entry(self, tree: Any) -> RecordedTick | None:
        """Return `{done: 2027-01-06, …}`, or its short form, a date or `true`."""
        if hasattr(tree, "value"):
            return RecordedTick(Tick(State.DONE, self.day(tree)))
        state, on, texts, at = None, None, dict.fromkeys(_TEXTS, ""), None
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
                hint = "it is one of done, skipped, open; from, at, title, in, was, note"
                self.complain(value, f"an entry has no `{key}` here", hint)
        if state is None:
            self.complain(tree, "this entry is neither done nor skipped nor open", "write `{done: true}` or a date")
            return None
        tick = Tick(state, on, texts["from"], texts["note"], at)
        return RecordedTick(tick, texts["title"], texts["in"], tuple(texts["was"].split()))

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
_TEXTS = ("from", "title", "in", "was", "note")


def _with_plain_titles(entries: dict[str, RecordedTick]) -> dict[str, RecordedTick]:
    """Return the entries of a file of format 1, which kept titles with their Markdown."""
    return {key: entry._replace(title=plain(entry.title)) for key, entry in entries.items()}


# -- changing -------------------------------------------------------------------------------------------------------


def update(path: Path, change: Callable[[ProgressFile], ProgressFile], *, name: str = "the roadmap") -> ProgressFile:
    """Read, change and write a progress file, alone: a second process waits until the first is done.

    Nothing is written when nothing changes. Returns what the file now holds. Raises what `read` and `change` raise, and
    RoadpressError when it cannot be written; the old file is then whole.
    """
    try:
        with locked(path.resolve().parent):
            before = read(path)
            after = change(before)
            if after != before:
                write_file(path, render(after, name=name))
            return after
    except OSError as error:
        raise RoadpressError(f"{path} cannot be written: {error.strerror or error}.") from None
