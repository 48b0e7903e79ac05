"""Documents that are sound as XML or JSON and odd in all else: what a reader meets behind its parser."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Word = Callable[[], str]
Grammar = Callable[[Random, Word], str]
"""Makes a document of words that are given one by one."""

_VALUES = ("", "0", "1", "2", "7", "-1", "99999999", "1e9", "x", "true")
_DEEPEST = 12


def xml(names: str, attributes: str, values: Sequence[str] = (), around: str = "{}") -> Grammar:
    """Return what makes trees of elements.

    Their names are given as words, `a/b` is a `b` in an `a`; `around` is the frame of the document.
    """
    known = (*_VALUES, *values, *values)
    tags, keys = names.split(), attributes.split()

    def element(random: Random, word: Word, depth: int) -> str:
        if depth > _DEEPEST or random.randrange(4) == 0:
            return escape(_legal(word()))
        name = random.choice(tags)
        given = {random.choice(keys): random.choice(known) for _ in range(random.choice((0, 0, 1, 1, 2)))}
        shown = "".join(f" {key}={quoteattr(_legal(value))}" for key, value in given.items())
        inner = "".join(element(random, word, depth + 1) for _ in range(random.choice((0, 1, 1, 2, 3))))
        *outer, last = name.split("/")
        opened, closed = "".join(f"<{one}>" for one in outer), "".join(f"</{one}>" for one in reversed(outer))
        return f"{opened}<{last}{shown}>{inner}</{last}>{closed}"

    def document(random: Random, word: Word) -> str:
        return around.replace("{}", "".join(element(random, word, 0) for _ in range(random.randrange(8))))

    return document


def _legal(text: str) -> str:
    """Return a text without what no XML may hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"))  # fmt: skip


def json_of(names: str, values: Sequence[Any], *, around: str = "{}", **frame: str) -> Grammar:
    """Return what makes objects; `frame` has keys that each document has, with their values as JSON.

    `*` in one of them is a list of objects.
    """
    keys = names.split()
    known: tuple[Any, ...] = (*values, *values, None, True, False, 0, 1, -1, 3.5, 10**30, "", [], {}, "x")

    def value(random: Random, word: Word, depth: int) -> Any:
        kind = random.randrange(6)
        if depth > _DEEPEST or (kind < 3 and depth > 1):
            return random.choice(known) if kind else word()
        if kind == 3:
            return [value(random, word, depth + 1) for _ in range(random.randrange(4))]
        return {random.choice(keys): value(random, word, depth + 1) for _ in range(random.randrange(6))}

    def members(random: Random, word: Word) -> str:
        return json.dumps([value(random, word, 1) for _ in range(random.randrange(5))])

    def document(random: Random, word: Word) -> str:
        parts = [f"{json.dumps(key)}: {text.replace('*', members(random, word))}" for key, text in frame.items()]
        return around.replace("{}", f"{{{', '.join(parts)}}}")

    return document


def after(start: str) -> Grammar:
    """Return what makes texts that begin as they must."""
    return lambda random, word: start + "".join(word() for _ in range(random.randrange(40)))
