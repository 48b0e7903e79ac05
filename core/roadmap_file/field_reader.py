"""The values of a YAML tree, read with every problem on the way noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from ..errors import Problem
from ..model import DateRange, Pace
from . import format as keys
from . import value_parsers
from .yaml_tree import Mapping, Scalar, Sequence, Tree, place_of

T = TypeVar("T")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
"""What no text of a roadmap holds."""


class FieldReader:
    """Reads single values, lists and mappings. `problems` grows as it goes; a value with a problem is left out."""

    def __init__(self, *, complete: bool = True) -> None:
        self.complete = complete
        """Whether the tree is whole; what is missing from half a file is no problem of its own."""
        self.problems: list[Problem] = []

    def problem(self, at: Tree, message: str, hint: str = "") -> None:
        """Note a problem at a value of the tree."""
        self.problems.append(Problem(place_of(at), message, hint))

    def mapping(self, tree: Tree, known: keys.Keys, what: str) -> dict[str, Tree]:
        """Return a mapping's values by key, complaining about unknown and repeated ones; empty when it is none."""
        if not isinstance(tree, Mapping):
            self.problem(tree, f"{what} must be a mapping", "write `key: value` lines")
            return {}
        result: dict[str, Tree] = {}
        for key, value in zip(tree.children[::2], tree.children[1::2], strict=True):
            name = key.value if key.__class__ is Scalar else None
            if name in known and name not in result:
                result[name] = value
            elif name == "<<":
                return self.mapping(merged(tree), known, what)
            elif name is None:
                self.problem(key, "a key must be a text", "`[`, `{` and `? ` begin something else in YAML: use quotes")
            elif name in result:
                self.problem(key, f"the key `{name}` stands twice", "keep one")
            else:
                near = self.suggestion(name, known)
                hint = f"did you mean `{near}`?" if near else f"it may have: {', '.join(known)}"
                self.problem(key, f"`{short(name)}` is no key of {what}", hint)
        return result

    @staticmethod
    def suggestion(word: str, names: keys.Keys, *, synonyms: bool = True) -> str:
        """Return the key that was probably meant, or nothing."""
        lower = word.strip().lower()
        if lower in names:
            return lower
        if synonyms and keys.SYNONYMS.get(lower) in names:
            return keys.SYNONYMS[lower]
        near = get_close_matches(lower, names, 1, 0.75)
        return near[0] if near else ""

    def open_mapping(self, tree: Tree | None, what: str) -> list[tuple[str, Tree]]:
        """Return the pairs of a mapping whose keys the author names."""
        if tree is None or is_empty(tree):
            return []
        if not isinstance(tree, Mapping):
            self.problem(tree, f"`{what}` must be a mapping", "write `name: …` lines below it")
            return []
        result: dict[str, Tree] = {}
        for key, value in merged(tree).pairs():
            if not isinstance(key, Scalar) or not key.value:
                self.problem(key, "a key must be a text", "name it")
            elif key.value in result:
                self.problem(key, f"the key `{key.value}` stands twice", "keep one")
            else:
                result[key.value] = value
        return list(result.items())

    def each(self, tree: Tree | None, read: Callable[[Tree], T | None]) -> tuple[T, ...]:
        """Return what `read` makes of each member of a list; a single value is a list of one."""
        if tree is None or is_empty(tree):
            return ()
        members = tree.children if isinstance(tree, Sequence) and not isinstance(tree, Mapping) else [tree]
        results = (read(member) for member in members)
        return tuple(result for result in results if result is not None and result != "")

    def value(self, tree: Tree | None, parse: Callable[[str], T], default: T) -> T:
        """Return a single value by its parser, or the default when there is none or it is wrong."""
        if tree is None or is_empty(tree):
            return default
        if not isinstance(tree, Scalar):
            self.problem(tree, "a single value belongs here", "write it on the same line")
            return default
        try:
            return parse(tree.value)
        except ValueError as error:
            self.problem(tree, f"`{short(tree.value)}` does not fit here", str(error))
            return default

    def choice(self, tree: Tree | None, choices: dict[str, T], key: str) -> T | None:
        """Return one of a few words' meaning."""
        word = self.line(tree)
        if not word or tree is None:
            return None
        if word.lower() in choices:
            return choices[word.lower()]
        near = get_close_matches(word.lower(), choices, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"use one of: {', '.join(choices)}"
        self.problem(tree, f"`{word[:60]}` is no {key}", hint)
        return None

    def pace(self, tree: Tree | None) -> Pace | None:
        """Return a pace, in its short form `8h/week` or as a mapping."""
        if tree is None or is_empty(tree):
            return None
        if isinstance(tree, Scalar):
            return self.value(tree, value_parsers.parse_pace, None)
        given = self.mapping(tree, keys.PACE, "a pace")
        if "hours" not in given:
            self.problem(tree, "this pace has no `hours`", "add `hours: 8`")
            return None
        per = self.choice(given.get("per"), {"week": "week", "day": "day"}, "per") or "week"
        names = dict(zip(value_parsers.WEEKDAYS, range(7), strict=True))
        days = sorted(set(self.each(given.get("days"), lambda one: self.choice(one, names, "days"))))
        off: Iterable[DateRange] = self.each(
            given.get("off"), lambda one: self.value(one, value_parsers.parse_date_range, None)
        )

        def hours_of(text: str) -> float:
            return value_parsers.checked_pace(value_parsers.parse_hours(text).high, per)

        hours = self.value(given["hours"], hours_of, 0.0)
        return Pace(hours, per, tuple(days) or tuple(range(7)), tuple(sorted(off))) if hours else None

    def required_line(self, owner: Tree, given: dict[str, Tree], key: str, what: str) -> str:
        """Return a text that must be there."""
        told = len(self.problems)
        text = self.line(given.get(key))
        if not text and len(self.problems) == told and (self.complete or key in given):
            self.problem(given.get(key, owner), f"{what} has no `{key}`", f"add `{key}: …`")
        return text

    def line(self, tree: Tree | None) -> str:
        """Return a text as one line: white space and line breaks inside become single spaces."""
        return " ".join(self.text(tree).split())

    def text(self, tree: Tree | None) -> str:
        """Return a text: every scalar is its text, whatever YAML would make of it."""
        if tree is None:
            return ""
        if not isinstance(tree, Scalar):
            self.problem(tree, "a text belongs here, not a list or mapping", "put it in quotes if it holds `: ` or `[`")
            return ""
        text: str = tree.value
        if tree.style == '"' and (found := CONTROL.search(text)):  # only double quotes can write one
            self.problem(tree, f"the control character U+{ord(found[0]):04X} stands in this text", "delete it")
            return CONTROL.sub("", text)
        return text


def is_empty(tree: Tree) -> bool:
    """Whether a value was left out: `key:` with nothing after it, or YAML's null."""
    return isinstance(tree, Scalar) and not tree.style and tree.value in ("", "~", "null", "Null", "NULL")


def short(text: str) -> str:
    """Return a text as messages quote it: at most 60 characters."""
    return text if len(text) <= 60 else text[:57] + "…"


def merged(tree: Mapping) -> Mapping:
    """Return a mapping with the pairs that `<<` brings in, which never replace its own (YAML merge key)."""
    result = Mapping(tree.line, tree.column)
    brought: list[Any] = []
    for key, value in tree.pairs():
        if isinstance(key, Scalar) and key.value == "<<":
            brought += value.children if value.__class__ is Sequence else [value]
        else:
            result.children += key, value
    seen = {key.value for key in result.children[::2] if isinstance(key, Scalar)}
    for source in brought:
        for key, value in merged(source).pairs() if isinstance(source, Mapping) else ():
            if isinstance(key, Scalar) and key.value not in seen:
                seen.add(key.value)
                result.children += key, value
    return result


def texts(tree: Tree) -> tuple[str, ...]:
    """Return a value under `exports:`, or the members of a list, as they are written: the number 3.10 is not 3.1."""
    members = tree.children if isinstance(tree, Sequence) else [tree]
    return tuple(member.value for member in members if isinstance(member, Scalar))


def plain(tree: Tree) -> Any:
    """Return a value under `exports:` as plain Python, by YAML 1.2's core schema."""
    if isinstance(tree, Mapping):
        return {key.value if isinstance(key, Scalar) else "": plain(value) for key, value in tree.pairs()}
    if isinstance(tree, Sequence):
        return [plain(child) for child in tree.children]
    text: str = tree.value
    if tree.style:
        return text
    if is_empty(tree):
        return None
    for parse in (value_parsers.parse_bool, int, float):
        try:
            return parse(text)
        except ValueError:
            continue
    return text
