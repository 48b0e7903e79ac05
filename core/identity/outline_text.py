"""Outlines as text, for files beside the roadmap: a line an entry, so that git shows and merges them.

```
Fundamentals	links=3f9a1c02
  What is ML?
  Key concepts	id=concepts
```

Two spaces a level, the plain title, then a tab and what else there is. Ids that follow from the titles are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ..roadmap_file import ids
from .outline import TOP, Entry, Outline, children_of, depths_of

_NO_LINE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\ud800-\\udfff]")
"""What YAML does not take in a block of text, and what would end a line."""


def outline_lines(outline: Outline, extra: Sequence[str] = ()) -> list[str]:
    """Return the lines of an outline; `extra` are words to write behind each entry's own, one text an entry."""
    derived = _derived(outline)
    lines = []
    for place, (entry, depth) in enumerate(zip(outline, depths_of(outline), strict=True)):
        words = []
        if entry.id and (entry.own_id or entry.id != derived[place]):
            words.append(f"{'id' if entry.own_id else 'path'}={entry.id}")
        if entry.links:
            words.append(f"links={','.join(entry.links)}")
        if extra and extra[place]:
            words.append(extra[place])
        line = "  " * (depth - 1) + written_title(entry.title)
        lines.append(f"{line}\t{' '.join(words)}" if words else line)
    return lines


def written_title(title: str) -> str:
    """Return a title as it stands in an outline's line."""
    return " ".join(_NO_LINE.sub(" ", title).split()) or "?"


def parse_outline(lines: Iterable[str]) -> tuple[Outline, list[dict[str, str]]]:
    """Return an outline, and the words behind each entry by their keys.

    Reads whatever it is given, also what two branches wrote and git joined.
    """
    entries: list[Entry] = []
    words: list[dict[str, str]] = []
    above: list[int] = []
    for line in lines:
        text, _, behind = line.partition("\t")
        title = text.strip()
        if not title:
            continue
        depth = (len(text) - len(text.lstrip(" "))) // 2
        del above[depth:]
        parent = above[-1] if above else TOP
        data = dict(word.split("=", 1) for word in behind.split() if "=" in word)
        links = tuple(filter(None, data.pop("links", "").split(",")))
        own, path = data.pop("id", ""), data.pop("path", "")
        entries.append(Entry(title, parent, own or path, bool(own), links=links))
        words.append(data)
        above.append(len(entries) - 1)
    return _with_ids(tuple(entries)), words


def joined_outline(lines: Iterable[str], named: Collection[str]) -> Outline:
    """Return the outline of lines that git joined from two sides.

    Siblings of one title are one entry there, unless `named` has the id of each.
    """
    outline, _ = parse_outline(lines)
    derived = _derived(outline)
    first: dict[tuple[int, str], int] = {}
    place_of = {TOP: TOP}
    kept: list[Entry] = []
    for place, entry in enumerate(outline):
        parent = place_of[entry.parent]
        if (parent, entry.title) in first and entry.id not in named:
            place_of[place] = first[parent, entry.title]
            continue
        place_of[place] = len(kept)
        first.setdefault((parent, entry.title), len(kept))
        id_ = "" if entry.id == derived[place] and not entry.own_id else entry.id
        kept.append(entry._replace(parent=parent, id=id_))
    return _with_ids(tuple(kept))


def _with_ids(outline: Outline) -> Outline:
    """Give those without an id the one that follows from the titles."""
    derived = _derived(outline)
    return tuple(e if e.id else e._replace(id=derived[i]) for i, e in enumerate(outline))


def _derived(outline: Outline) -> list[str]:
    """Return the ids that follow from an outline's titles and authors' ids (`core.roadmap_file.ids.derive`)."""
    own = frozenset(entry.id for entry in outline if entry.own_id)
    result = [""] * len(outline)
    children = children_of(outline)
    for parent in [TOP, *range(len(outline))]:
        below = children[parent]
        if below:
            prefix = "" if parent == TOP else outline[parent].id or result[parent]
            titles = [written_title(outline[place].title) for place in below]
            for place, name in zip(
                below, ids.derive(prefix, titles, own if parent == TOP else frozenset()), strict=True
            ):
                result[place] = name
    return result
