"""Whether an outline's text is that of a roadmap as it is: asked by every command, so it must cost nothing."""

from __future__ import annotations

from ..model import Roadmap
from ..text import is_plain, plain
from .outline import link_key


def is_outline_of(lines: str, roadmap: Roadmap) -> bool:
    """Whether lines, as `outline_lines` writes them, certainly are the outline of a roadmap.

    It may be that although the answer is no: titles with double spaces, or ids that do not follow from plain titles,
    take longer to tell.
    """
    if not lines:
        return not roadmap.sections
    found = []
    for node in roadmap.walk():
        title = node.title if is_plain(node.title) else plain(node.title)
        if node.own_id or node.links:
            words = [f"id={node.id}"] if node.own_id else []
            if node.links:
                words.append(f"links={','.join(link_key(link.url) for link in node.links)}")
            title = f"{title}\t{' '.join(words)}"
        found.append("  " * (node.depth - 1) + title)
    return "\n".join(found) == lines
