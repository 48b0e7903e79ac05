"""Outlines of what only ids and titles are known of: outputs, and ticks whose entries are gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..model import MAX_DEPTH
from .outline import TOP, Entry, Outline


def outline_of_ids(leaves: Iterable[tuple[str, str]], titles: Mapping[str, str] = MappingProxyType({})) -> Outline:
    """Return the outline of leaves, given by id and plain title, with the groups that their ids speak of.

    A derived id is a path, so that its beginning is its parent's. Where no title is known, neither among the leaves nor
    in `titles`, the words of the id stand for it, which are nearly those of the title.
    """
    entries: list[Entry] = []
    places: dict[str, int] = {}
    for key, title in leaves:
        parent = TOP
        for name in _path(key):
            if name not in places:
                places[name] = len(entries)
                entries.append(Entry(titles.get(name) or title_of_id(name), parent, name))
            parent = places[name]
        if title:
            entries[parent] = entries[parent]._replace(title=title)
    return tuple(entries)


def title_of_id(key: str) -> str:
    """Return the words of an id's last part."""
    return key.rpartition("/")[2].replace("-", " ").strip("~ ") or key


def _path(key: str) -> list[str]:
    """Return an id with those above it, from the top; a stranger's that is deeper than any roadmap stands alone."""
    parts = key.split("/")
    if len(parts) > MAX_DEPTH:
        return [key]
    return ["/".join(parts[: at + 1]) for at in range(len(parts)) if at == len(parts) - 1 or parts[at]]
