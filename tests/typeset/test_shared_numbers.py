"""Numbers are shared apart by type: a glyph's number never becomes a width that happens to be equal."""

from __future__ import annotations

from roadpress.exporters.typeset.shaping import _shared


def test_a_glyph_never_becomes_a_width() -> None:
    widths = [_shared(float(number)) for number in range(2_000)]
    glyphs = [_shared(number) for number in range(2_000)]
    assert {type(width) for width in widths} == {float}
    assert {type(glyph) for glyph in glyphs} == {int}
