"""What a person means by `3.2`, `3.5-3.8`, `fundamentals/what-is-ml`, or a part of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .. import text
from ..errors import UsageError
from ..model import Node, Roadmap

_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\Z")
_RANGE = re.compile(r"(\d+(?:\.\d+)*)\s*(?:-|–|\.\.)\s*(\d+(?:\.\d+)*)\Z")
_SHOWN = 8
"""How many of the nodes that may be meant are named."""


def select(roadmap: Roadmap, words: Iterable[str]) -> list[Node]:
    """Return the nodes that words name, in reading order, each once.

    A word is a number, a range of numbers (all leaves from the first to the last), an id, the end of one, a title, or a
    part of one. Raises UsageError, naming everything that is unknown or ambiguous, when any word is.
    """
    nodes = list(roadmap.walk())
    chosen: dict[str, Node] = {}
    complaints: list[str] = []
    for word in words:
        found, complaint = _meant(nodes, word.strip())
        chosen.update((node.id, node) for node in found)
        if complaint:
            complaints.append(complaint)
    if complaints:
        raise UsageError(
            "\n".join(complaints), remedy="Nothing was changed; `roadpress status --all` shows every number and id."
        )
    return [node for node in nodes if node.id in chosen]


def _meant(nodes: Sequence[Node], word: str) -> tuple[list[Node], str]:
    """Return the nodes of a word, or why there are none."""
    if not word:
        return [], "An empty word names nothing."
    if match := _RANGE.match(word):
        exact = [node for node in nodes if node.id == word]
        return (exact, "") if exact else _range(nodes, match[1], match[2])
    exact = [node for node in nodes if node.id == word or (_NUMBER.match(word) and node.number == word.rstrip("."))]
    if not exact and _NUMBER.match(word):
        same_title = [node for node in nodes if text.plain(node.title) == word]
        return _only(same_title, word) if same_title else ([], _no_number(nodes, word))
    return _only(exact, word) if exact else _by_title(nodes, word)


def _by_title(nodes: Sequence[Node], word: str) -> tuple[list[Node], str]:
    folded = " ".join(word.casefold().split())
    titles = [" ".join(text.plain(node.title).casefold().split()) for node in nodes]
    by_rank = (
        [node for node in nodes if node.id.casefold().endswith(f"/{folded}")],
        [node for node, title in zip(nodes, titles, strict=True) if title == folded],
        [node for node, title in zip(nodes, titles, strict=True) if folded in title],
        [node for node in nodes if folded in node.id.casefold()],
    )
    for found in by_rank:
        if found:
            return _only(found, word)
    from difflib import get_close_matches

    near = get_close_matches(folded, titles, 3)
    meant = [node for node, title in zip(nodes, titles, strict=True) if title in near][:3]
    hint = f" Did you mean {_listed(meant)}?" if meant else ""
    return [], f"Nothing in the roadmap is called {word!r}.{hint}"


def _only(found: list[Node], word: str) -> tuple[list[Node], str]:
    if len(found) == 1:
        return found, ""
    more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return [], f"{word!r} may be {_listed(found[:_SHOWN])}{more}."


def _listed(found: Iterable[Node]) -> str:
    return ", ".join(f"{node.number} {text.plain(node.title)!r}" for node in found)


def _range(nodes: Sequence[Node], first: str, last: str) -> tuple[list[Node], str]:
    """Return the leaves from one number to another; `3.5-8` is short for `3.5-3.8`."""
    by_number = {node.number: index for index, node in enumerate(nodes)}
    if "." in first and "." not in last:
        sibling = f"{first.rpartition('.')[0]}.{last}"
        last = sibling if sibling in by_number else last
    for number in (first, last):
        if number not in by_number:
            return [], _no_number(nodes, number)
    start, end = by_number[first], by_number[last]
    if end < start:
        return [], f"{first}-{last} runs backwards."
    end += sum(1 for _ in nodes[end].walk())
    return [node for node in nodes[start:end] if not node.children], ""


def _no_number(nodes: Sequence[Node], number: str) -> str:
    """Return that there is no such number, and which there are where it would be."""
    parts = number.rstrip(".").split(".")
    by_number = {node.number: node for node in nodes}
    above = next(
        (by_number[name] for at in range(len(parts), 0, -1) if (name := ".".join(parts[:at])) in by_number), None
    )
    below = above.children if above else [node for node in nodes if node.depth == 1]
    if not above:
        there = f"the sections are 1 to {below[-1].number}." if below else "the roadmap is empty."
    elif not below:
        there = f"{above.number} {text.plain(above.title)!r} has nothing below it."
    elif len(below) == 1:
        there = f"{above.number} has only {below[0].number}."
    else:
        there = f"{above.number} has {below[0].number} to {below[-1].number}."
    return f"There is no number {number}; {there}"


def completions(roadmap: Roadmap, incomplete: str, *, most: int = 60) -> list[tuple[str, str]]:
    """Return what a shell may complete a word to: numbers, ids and titles, each with what it names."""
    folded = incomplete.casefold()
    found: list[tuple[str, str]] = []
    for node in roadmap.walk():
        title = text.plain(node.title)
        if node.number.startswith(incomplete):
            found.append((node.number, title))
        elif incomplete and node.id.startswith(incomplete):
            found.append((node.id, title))
        elif incomplete and title.casefold().startswith(folded):
            found.append((title, node.number))
        if len(found) == most:
            break
    return found
