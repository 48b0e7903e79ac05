"""Blocks that many books of one roadmap have in common, by all that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .page_model import Block, Rows

_MOST = 20_000
"""Entries to remember; then memory begins anew."""


class KeptBlocks:
    """Blocks by a key that says all in which they may differ."""

    def __init__(self, *, keep: bool = True) -> None:
        self._keep = keep
        self._found: dict[tuple[object, ...], tuple[Block, ...]] = {}

    def blocks(self, key: tuple[object, ...], make: Callable[[], Iterable[Block]]) -> tuple[Block, ...]:
        """Return the blocks of a key, made when it is met first."""
        if not self._keep:
            return tuple(make())
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[key] = tuple([block._replace(rows=Rows(block.rows)) for block in make()])
        return found
