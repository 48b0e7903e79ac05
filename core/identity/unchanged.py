"""Whether an outline's text is that of a roadmap as it is: asked by every command, so it must cost nothing."""

from __future__ import annotations

from ..model import Roadmap
from ..text import is_plain, plain
from .outline import link_keys


def is_outline_of(lines: str, roadmap: Roadmap) -> bool:
    """Whether lines, as `outline_lines` writes them, certainly are the outline of a roadmap.

    It may be that although the answer is no: titles with double spaces, or ids that do not follow from plain titles,
    take longer to tell.
    """
    if not lines:
        return not roadmap.sections
    found = []
    for node in roadmap.walk():
        title = node.title
        if node.own_id or node.links or not is_plain(title):
            title = plain(title)
            words = [f"id={node.id}"] if node.own_id else []
            if links := link_keys(node.title, (link.url for link in node.links)):
                words.append(f"links={','.join(links)}")
            title = f"{title}\t{' '.join(words)}" if words else title
        found.append("  " * (node.depth - 1) + title)
    return "\n".join(found) == lines
