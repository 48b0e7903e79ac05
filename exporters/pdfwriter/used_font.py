"""A font in use: which of its glyphs were drawn, and the text that each stands for."""

from __future__ import annotations

from ..typeset import FontFace, Piece


class Font:
    """A face in use: its resource name and the glyphs that were drawn."""

    def __init__(self, face: FontFace, name: str, reserved: str = "") -> None:
        self.face = face
        self.name = name
        self.texts: dict[int, str] = {}
        """What each glyph stands for, of those that were drawn."""
        self._reserved = {face.glyph(char): char for char in reserved}
        """What glyphs stand for whether they were drawn or not: plain text asks nobody."""
        self._owners: dict[str, int] = {}
        self._widths: dict[int, int] = {}

    def takes(self, piece: Piece) -> bool:
        """Whether a piece's glyphs can say their texts in this font; few glyphs of one font say the same."""
        return all(
            self.texts.get(glyph, self._reserved.get(glyph, cluster)) == cluster
            and (glyph in self.texts or self._owners.get(cluster, 0) < MOST_OWNERS)
            for glyph, cluster in zip(piece.glyphs, piece.clusters, strict=True)
        )

    def learn(self, piece: Piece) -> None:
        """Remember which text each glyph stands for."""
        for glyph, cluster in zip(piece.glyphs, piece.clusters, strict=True):
            if glyph not in self.texts:
                self.texts[glyph] = cluster
                self._owners[cluster] = self._owners.get(cluster, 0) + 1

    def nominal(self, glyph: int) -> int:
        """Return a glyph's width in thousandths of an em."""
        found = self._widths.get(glyph)
        if found is None:
            found = self._widths[glyph] = self.face.glyph_advance(glyph)
        return found


MOST_OWNERS = 4
"""Glyphs of one font that may stand for one text; more look like a broken map to checkers."""
