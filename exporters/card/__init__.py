"""The share card: what others show of a link to a roadmap, 1200 by 630 as the Open Graph protocol's readers like it."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.snapshot import Snapshot
from ..contract import Export, File, option

SUMMARY = "A share card, 1200 by 630: title, ring, sections' bars; PNG and SVG"
PICTURE = ".card.png"
"""The ending of the picture, which a page built in the same run names."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one may choose about the card."""

    format: tuple[str, ...] = option(("png",), "What to write; repeatable", choices=("png", "svg"))


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the card in each format."""
    from ..typeset import written_in
    from ..typeset.missing_glyphs import missing_notice
    from .design import design

    files: list[File] = []
    notices: tuple[str, ...] = ()
    with written_in(snapshot.roadmap.language):
        shapes = design(snapshot)
        for name in dict.fromkeys(options.format):
            if name == "png":
                from .painted import painted

                data, missing = painted(shapes)
                files.append(File(PICTURE, data))
                notices = missing_notice(missing)
            else:
                from .svg import drawing

                files.append(File(".card.svg", drawing(shapes, snapshot).encode()))
    return Export(tuple(files), notices)
