"""Outlines for tests: from rows `[key, depth, title, {id, was, links}]`, and random ones with random edits."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

from roadpress.core.identity.outline import TOP, Entry, Outline, link_key
from roadpress.core.identity.outline_text import outline_lines, parse_outline
from roadpress.core.text import plain

CASES = json.loads((Path(__file__).parents[1] / "data/matching/cases.json").read_text("utf-8"))
WORDS = ["learn", "sql", "joins", "index", "tree", "graph", "read", "build", "test", "deploy", "cloud", "git"]


def outline_of_rows(rows: list) -> Outline:
    """Return the outline of rows, with the ids that a roadmap of them would have."""
    entries: list[Entry] = []
    above: list[int] = []
    for _, depth, title, more in rows:
        del above[depth - 1 :]
        links = tuple(map(link_key, more.get("links", ())))
        own = more.get("id", "")
        entry = Entry(plain(title), above[-1] if above else TOP, own, bool(own), tuple(more.get("was", ())), links)
        entries.append(entry)
        above.append(len(entries) - 1)
    with_ids = parse_outline(outline_lines(tuple(entries)))[0]
    return tuple(entry._replace(id=found.id) for entry, found in zip(entries, with_ids, strict=True))


@st.composite
def outlines(draw: st.DrawFn, most: int = 24) -> Outline:
    """Return a random outline: titles of a few words, some of them twice, up to six levels."""
    entries: list[Entry] = []
    above: list[int] = []
    for _ in range(draw(st.integers(0, most))):
        depth = draw(st.integers(0, min(len(above), 5)))
        del above[depth:]
        title = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        links = draw(st.lists(st.sampled_from([link_key(f"https://e.org/{n}") for n in range(60)]), max_size=1))
        entries.append(Entry(title, above[-1] if above else TOP, links=tuple(links)))
        above.append(len(entries) - 1)
    return parse_outline(outline_lines(tuple(entries)))[0]
