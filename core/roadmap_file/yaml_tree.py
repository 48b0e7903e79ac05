"""YAML to a tree with positions, straight from libyaml's events.

This is the fastest way PyYAML has, and the only one that keeps places and sees duplicate keys. Scalars
stay the text they are written as; what they mean is decided where it is known what is expected (YAML 1.2 core: `yes`
and `012` are text).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from ..errors import Problem
from ..model import SourcePosition

MAX_NESTING = 250
"""Containers inside each other; every level of items takes two."""
MAX_ALIASED = 1_000_000
"""Values that aliases may add: more is a bomb."""


class Scalar(NamedTuple):
    """A single value, as it is written."""

    value: str
    line: int
    """From 1, as `column`."""
    column: int
    style: str | None = None
    """The quote or block sign that it has; empty for a plain one."""


class Sequence:
    """A YAML sequence."""

    __slots__ = ("children", "column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.children: list[Any] = []
        self.line = line
        self.column = column


class Mapping(Sequence):
    """A YAML mapping; `children` are key, value, key, value …"""

    __slots__ = ()

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return keys with their values, in the file's order."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))


Tree = Scalar | Sequence | Mapping


class Parsed(NamedTuple):
    """What came of a text."""

    root: Tree | None
    """None when there is no document."""
    problems: list[Problem]
    """What YAML itself complains about."""
    complete: bool
    """False when a syntax error ended the reading; `root` then holds what came before it."""
    anchors: bool = False
    """Whether a value has a name, by which others may be it."""


def place_of(tree: Any) -> SourcePosition:
    """Return where a value of the tree begins."""
    return SourcePosition(tree.line, tree.column)


def texts(tree: Any) -> Any:
    """Return a tree as plain texts, lists and dicts; of equal keys the last counts, and a key is always a text."""
    if isinstance(tree, Mapping):
        return {key.value: texts(value) for key, value in tree.pairs() if isinstance(key, Scalar)}
    if isinstance(tree, Sequence):
        return [texts(child) for child in tree.children]
    return tree.value if tree else ""


def _place(event: Any) -> SourcePosition:
    return SourcePosition(event.start_mark.line + 1, event.start_mark.column + 1)


def has_libyaml() -> bool:
    """Whether PyYAML has libyaml, without which it takes ten times as long."""
    return hasattr(yaml, "CSafeLoader")


def parse(text: str, *, within: int = 0) -> Parsed:
    """Return the tree of the first document of a YAML text. Raises nothing: what is wrong is in `problems`.

    `within` says in how many containers it stands.
    """
    builder = _Builder(MAX_NESTING - within)
    try:
        builder.read(yaml.CSafeLoader(text.encode()) if has_libyaml() else yaml.SafeLoader(text), text)
    except yaml.reader.ReaderError as error:
        builder.fail(_character_problem(error, text))
    except _StopReading as stop:
        builder.fail(stop.problem)
    return Parsed(builder.root[0] if builder.root else None, builder.problems, builder.complete, builder.anchors)


class _StopReading(Exception):  # noqa: N818 - it ends the reading, and carries the reason
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    def __init__(self, most: int) -> None:
        self._most = most
        """Containers inside each other."""
        self.root: list[Any] = []
        self.problems: list[Problem] = []
        self.complete = True
        self._open: list[Sequence] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliased = 0

    @property
    def anchors(self) -> bool:
        """Whether there are anchors."""
        return bool(self._anchors)

    def read(self, loader: Any, text: str) -> None:
        """Take events until the stream ends: a few comparisons each, for a large file has a million of them."""
        next_event = loader.get_event
        scalar, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        append = self.root.append
        new = tuple.__new__  # half the time of calling the class
        event = None
        try:
            while True:
                event = next_event()
                kind = event.__class__
                if kind is scalar:
                    mark = event.start_mark
                    leaf = new(Scalar, (event.value, mark.line + 1, mark.column + 1, event.style))
                    append(leaf)
                    if event.anchor is not None or event.tag is not None:
                        self._note(event, leaf)
                elif kind in ends:
                    self._open.pop()
                    append = self._open[-1].children.append if self._open else self.root.append
                elif kind is mapping_start or kind is sequence_start:
                    container = (Mapping if kind is mapping_start else Sequence)(*_place(event))
                    append(container)
                    self._enter(container, event)
                    append = container.children.append
                elif kind is yaml.AliasEvent:
                    append(self._alias(event))
                elif kind is yaml.DocumentStartEvent and self.root:
                    problem = "a second document begins here"
                    raise _StopReading(Problem(_place(event), problem, "keep one roadmap a file, without `---`"))
                elif kind is yaml.StreamEndEvent:
                    return
        except yaml.MarkedYAMLError as error:
            # the library looks ahead: its complaint may come before the events of brackets that are too many for us
            start = event.end_mark.index if event else 0
            deep = _beyond(self._most - len(self._open), text, start, error.problem_mark)
            raise _StopReading(_too_deep(deep) if deep else _syntax_problem(error, text)) from None

    def _enter(self, container: Sequence, event: Any) -> None:
        self._open.append(container)
        if len(self._open) > self._most:
            raise _StopReading(_too_deep(_place(event)))
        if event.anchor is not None or event.tag is not None:
            self._note(event, container)

    def _note(self, event: Any, value: Any) -> None:
        """Remember an anchor; complain about a tag that asks for something other than plain data."""
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 0)
        if event.tag is not None and not event.tag.startswith("tag:yaml.org,2002:") and event.tag != "!":
            hint = "put the text in quotes" if isinstance(value, Scalar) else "leave it out"
            self.problems.append(Problem(_place(event), f"`{event.tag}` is a YAML tag, which roadmaps don't use", hint))

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            problem = Problem(_place(event), f"no anchor `&{event.anchor}` comes before this", "define it first")
            raise _StopReading(problem)
        value, size = self._anchors[event.anchor]
        if value in self._open:
            problem = Problem(_place(event), f"`*{event.anchor}` stands inside its own anchor", "write it out instead")
            raise _StopReading(problem)
        if not size:
            size = _size(value)
            self._anchors[event.anchor] = (value, size)
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            raise _StopReading(Problem(_place(event), "the aliases grow beyond a million values", "write them out"))
        return value

    def fail(self, problem: Problem) -> None:
        """Keep what was read; drop a key whose value never came."""
        self.problems.append(problem)
        self.complete = False
        for container in self._open:
            if isinstance(container, Mapping) and len(container.children) % 2:
                container.children.pop()


def _size(value: Any) -> int:
    """Return how many values stand in a subtree, aliases counted as often as they are used."""
    total = 0
    stack = [value]
    while stack and total <= MAX_ALIASED:
        current = stack.pop()
        total += 1
        if not isinstance(current, Scalar):
            stack.extend(current.children)
    return total


_BRACKETS = re.compile(
    r"""(?<![^\s,:[{])(?: "(?:[^"\\]|\\.)*"? | '[^']*'? )   # what is quoted
    | (?<!\S)\#[^\n]*                                       # a comment
    | [][{}]""",
    re.VERBOSE | re.DOTALL,
)


def _beyond(levels: int, text: str, start: int, end: Any) -> SourcePosition | None:
    """Return where more than so many brackets are open between an index and a mark, None when they are fewer."""
    opened: list[int] = []
    for found in _BRACKETS.finditer(text, start, end.index if end else start):
        if found[0] in ("[", "{"):
            opened.append(found.start())
        elif found[0] in ("]", "}") and opened:
            opened.pop()
    if len(opened) <= levels:
        return None
    line_start = text.rfind("\n", 0, opened[levels]) + 1
    return SourcePosition(text.count("\n", 0, line_start) + 1, opened[levels] - line_start + 1)


def _too_deep(place: SourcePosition) -> Problem:
    return Problem(place, "this is nested too deep", "at most 100 levels of items")


_PLAINLY = (
    ("found character '\\t'", "a tab is used for indentation", "use spaces"),
    ("cannot start any token", "a value can't begin with this character", "put the text in quotes"),
    ("mapping values are not allowed", "a `: ` inside a plain text looks like a key", "put the whole text in quotes"),
    (
        "sequence entries are not allowed",
        "a list can't begin in the line of its key",
        "put its `- ` into the next line",
    ),
    ("mapping keys are not allowed", "a `? ` begins a key in YAML", "put the text in quotes"),
    ("did not find expected '-' indicator", "this line fits no list above", "check its indentation, or a missing `- `"),
    ("could not find expected ':'", "a key without `:`", "write `key: value`, or put the text in quotes"),
    ("while scanning a quoted scalar", "a quote is opened and never closed", "close it"),
    (
        "while scanning a block scalar",
        "a text after `|` or `>` begins in the next line",
        "move it, or put it in quotes",
    ),
    ("while scanning a directive", "a `%` begins a line of YAML's own", "put the text in quotes"),
    ("found unexpected end of stream", "the file ends in the middle of a value", "is a quote or bracket left open?"),
    ("while parsing a flow sequence", "a `[` list is not closed, or lacks a comma", "close it with `]`"),
    ("while parsing a flow mapping", "a `{` mapping is not closed, or lacks a comma", "close it with `}`"),
    ("while parsing a block mapping", "this line fits no list and no key above", "check its indentation"),
    ("while scanning a tag", "a `!` begins a YAML tag", "put the text in quotes"),
    ("while parsing a tag", "a `!` begins a YAML tag", "put the text in quotes"),
    ("found undefined tag handle", "a `!` begins a YAML tag", "put the text in quotes"),
    ("while scanning an alias", "a `*` begins a YAML alias", "put the text in quotes"),
    ("while scanning an anchor", "a `&` begins a YAML anchor", "put the text in quotes"),
    (
        "found unknown escape character",
        "unknown escape after `\\` in double quotes",
        "write `\\\\`, or use single quotes",
    ),
)
"""Words of libyaml and PyYAML, and what they mean; a phrase that is none of these is replaced as a whole."""


def _syntax_problem(error: yaml.MarkedYAMLError, text: str) -> Problem:
    opened = error.context in (
        "while scanning a quoted scalar",
        "while parsing a flow sequence",
        "while parsing a flow mapping",
    )
    mark = error.context_mark if opened else error.problem_mark or error.context_mark
    lines = text.split("\n")
    place = SourcePosition(mark.line + 1, mark.column + 1) if mark else SourcePosition(1, 1)
    if place.line > len(lines):  # libyaml ends a file without a final line break in a line of its own
        place = SourcePosition(len(lines), len(lines[-1]) + 1)
    line = lines[place.line - 1]
    if line[: place.column].lstrip(" ").startswith("\t"):
        return Problem(SourcePosition(place.line, line.index("\t") + 1), "a tab is used for indentation", "use spaces")
    message = f"{error.context or ''} {error.problem or ''}".strip()
    for sign, plainly, hint in _PLAINLY:
        if sign in message:
            return Problem(place, plainly, hint)
    return Problem(place, "this can't be read as YAML", "look here and just above: indentation, quotes, brackets")


def _character_problem(error: Any, text: str) -> Problem:
    position = min(int(error.position), len(text))
    character = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    found = text.find(chr(character))
    position = found if found >= 0 else position
    line_start = text.rfind("\n", 0, position) + 1
    place = SourcePosition(text.count("\n", 0, position) + 1, position - line_start + 1)
    return Problem(place, f"the control character U+{character:04X} stands here", "delete it")
