"""A roadmap's text cut between its sections, so that after an edit only the section that changed is parsed again.

Only for a machine without libyaml, where parsing is most of what an edit costs. What is cut and what is not says the
same: where a piece alone isn't sound YAML, or could depend on another one, the whole is parsed as ever.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .yaml_tree import Mapping, Parsed, Scalar, Sequence, Tree, parse

_UNSURE = re.compile(r"[\r\t\x85\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)", re.MULTILINE)
"""Other line ends than ours, and marks of documents."""
_BEGINNING = re.compile(r"^sections: *(?:#.*)?\n(?: *(?:#.*)?\n)*(?P<indent> *)- ", re.MULTILINE)
_NO_TEXT = re.compile(r" *(?:#|$)")


class Pieces(NamedTuple):
    """A text in pieces, which joined are the text."""

    head: str
    """Up to the line `sections:`."""
    sections: list[str]
    tail: str
    """Keys that come after the sections; mostly none."""


def cut(text: str) -> Pieces | None:
    """Return a roadmap's text cut before each section, or None where that is not certainly possible."""
    found = _BEGINNING.search(text)
    if not found or _UNSURE.search(text):
        return None
    indent = len(found["indent"])
    dash, inner = f"{' ' * indent}-", " " * (indent + 1)
    lines = text[found.start("indent") :].splitlines(keepends=True)
    starts = []
    end = len(lines)
    for number, line in enumerate(lines):
        if line.startswith((f"{dash} ", f"{dash}\n")):
            starts.append(number)
        elif not line.startswith(inner) and not _NO_TEXT.match(line):
            if line.startswith(" "):
                return None
            end = number
            break
    bounds = [*starts, end]
    sections = ["".join(lines[first:last]) for first, last in pairwise(bounds)]
    return Pieces(text[: found.start("indent")], sections, "".join(lines[end:]))


def parse_pieces(text: str) -> Parsed:
    """Return what `parse` returns; of sections that were parsed lately it is remembered."""
    pieces = cut(text)
    tree = _joined(pieces) if pieces else None
    return Parsed(tree, [], complete=True) if tree else parse(text)


def _joined(pieces: Pieces) -> Tree | None:
    head, tail = _sound(pieces.head, 0), _sound(pieces.tail, 0) if pieces.tail else None
    if not isinstance(head, Mapping) or (pieces.tail and not isinstance(tail, Mapping)):
        return None
    line = pieces.head.count("\n")
    root = _moved(head, 0)
    assert isinstance(root, Mapping)
    sections: Sequence | None = None
    for piece in pieces.sections:
        found = _sound(piece, 1)
        if type(found) is not Sequence or len(found.children) != 1:
            return None
        if sections is None:
            sections = Sequence(line + 1, found.column)
        sections.children.append(_moved(found.children[0], line))
        line += piece.count("\n")
    root.children[-1] = sections
    if isinstance(tail, Mapping):
        root.children += [_moved(child, line) for child in tail.children]
    return root


@lru_cache(maxsize=4096)
def _sound(piece: str, within: int) -> Tree | None:
    """Return the tree of a text without any mistake or anchor, else None."""
    parsed = parse(piece, within=within)
    return parsed.root if parsed.complete and not parsed.problems and not parsed.anchors else None


def _moved(tree: Tree, lines: int) -> Tree:
    """Return a tree so many lines further down."""
    if isinstance(tree, Scalar):
        return Scalar(tree.value, tree.line + lines, tree.column, tree.style)
    moved = type(tree)(tree.line + lines, tree.column)
    moved.children = [_moved(child, lines) for child in tree.children]
    return moved
