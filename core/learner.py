"""Whose and what an output is: a learner's name, a roadmap's title, and whether two of them are meant to be one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .errors import UndecidedError

MAX_NAME = 200
"""Characters of a name; what is longer is no name, and is cut."""
_JOINERS = "\u200c\u200d"
"""They are written within words of many languages; all other signs without a picture are left out."""


def one_name(text: str) -> str:
    """Return a name as one line, without what a terminal, a page or a file would obey."""
    spaced = " ".join(text.split())
    shown = "".join(char for char in spaced if char.isprintable() or char in _JOINERS)
    return " ".join(shown[:MAX_NAME].split())


def same_name(one: str, other: str) -> bool:
    """Whether two names, or titles without Markdown, are one: case, white space and forms of characters apart."""
    return folded(one) == folded(other)


def folded(text: str) -> str:
    """Return what is equal for names that are one."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def check_learners(mine: str, outputs: Iterable[tuple[str, str]]) -> str:
    """Return the one name in outputs, given with their labels; empty when none has one.

    Raises UndecidedError when two are of different people, or one is of somebody else than `mine`. What has no name is
    anybody's.
    """
    named = [(label, name) for label, name in outputs if name]
    for label, name in named:
        if mine and not same_name(name, mine):
            raise _another(label, name, f"this progress is of {mine}")
        first, first_name = named[0]
        if not same_name(name, first_name):
            raise _another(first, first_name, f"{label} those of {name}")
    return named[0][1] if named else ""


def _another(label: str, name: str, other: str) -> UndecidedError:
    return UndecidedError(
        f"{label} holds the ticks of {name}, and {other}: nothing was taken.",
        remedy="Collect what is of one person; --from-anyone takes it all the same.",
    )
