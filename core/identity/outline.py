"""The outline of a tree of entries: what matching needs to know of each, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from ..model import Roadmap
from ..text import addresses, plain

TOP = -1
"""The parent of entries at the top."""


class Entry(NamedTuple):
    """One entry of a tree, as matching sees it."""

    title: str
    """Plain text."""
    parent: int = TOP
    """Place of its parent in the outline."""
    id: str = ""
    own_id: bool = False
    """Whether the author gave the id."""
    was: tuple[str, ...] = ()
    """Ids that it had before."""
    links: tuple[str, ...] = ()
    """Digests of the addresses in its title, and of its links' (`link_keys`)."""


Outline = tuple[Entry, ...]
"""Entries in reading order: each after its parent."""


def outline_of(roadmap: Roadmap) -> Outline:
    """Return the outline of a roadmap."""
    entries: list[Entry] = []
    stack = [(section, TOP) for section in reversed(roadmap.sections)]
    while stack:
        node, parent = stack.pop()
        links = link_keys(node.title, (link.url for link in node.links))
        entries.append(Entry(plain(node.title), parent, node.id, node.own_id, node.was, links))
        if node.children:
            here = len(entries) - 1
            stack.extend((child, here) for child in reversed(node.children))
    return tuple(entries)


def children_of(outline: Outline) -> list[list[int]]:
    """Return the places of each entry's children; the last list holds those at the top."""
    children: list[list[int]] = [[] for _ in range(len(outline) + 1)]
    for place, entry in enumerate(outline):
        children[entry.parent].append(place)
    return children


def link_keys(title: str, urls: Iterable[str]) -> tuple[str, ...]:
    """Return the digests of what an entry links to: in its title, and by its links' addresses; each once."""
    return tuple(dict.fromkeys(map(link_key, (*addresses(title), *urls))))


def link_key(url: str) -> str:
    """Return a digest of an address, without its scheme, `www.` and a slash at its end: eight hexadecimal digits."""
    rest = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return f"{crc32(rest.encode('utf-8', 'surrogatepass')):08x}"


def depths_of(outline: Iterable[Entry]) -> list[int]:
    """Return the depth of each entry, 1 at the top."""
    depths: list[int] = []
    for entry in outline:
        depths.append(depths[entry.parent] + 1 if entry.parent >= 0 else 1)
    return depths
