"""FreeMind's format 1.0.1, which Freeplane, XMind, MindManager and others open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..core.model import Node
from ..core.progress.model import State
from ..core.snapshot import Snapshot
from ..core.snapshot.facts import FactReader
from ..core.text import plain
from .contract import Export, File, option
from .fidelity import everything, left_out
from .xml_text import xml_attribute, xml_text

SUMMARY = "A mind map for FreeMind and Freeplane"
MARKS_NEW = True


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    notes: bool = option(True, "Carry summaries, notes and further links as notes of their nodes.")
    folded: bool = option(True, "Fold what is below the topics.")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one .mm file, its sections right and left in turn of halves."""
    sections, facts = snapshot.roadmap.sections, FactReader(snapshot)
    lines = ['<map version="1.0.1">', f"<node TEXT={xml_attribute(plain(snapshot.roadmap.title))}>"]
    for index, section in enumerate(sections):
        position = "right" if index * 2 < len(sections) else "left"
        lines += _node(facts, section, options, f' POSITION="{position}"')
    lines += ["</node>", "</map>", ""]
    shown = everything(without=("link_title", "link_kind")) if options.notes else ("icon", "links", "done")
    return Export((File(".mm", "\n".join(lines).encode()),), left_out("A FreeMind map", snapshot, shown))


def _node(facts: FactReader, top: Node, options: Options, position: str) -> Iterator[str]:
    stack: list[tuple[Node, bool]] = [(top, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            yield "</node>"
            continue
        title = f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)
        link = f" LINK={xml_attribute(node.links[0].url)}" if node.links else ""
        folded = ' FOLDED="true"' if options.folded and node.depth > 1 and node.children else ""
        yield f"<node TEXT={xml_attribute(title)}{link}{folded}{position if node is top else ''}>"
        if not node.children and facts.snapshot.state(node) is State.DONE:
            yield '<icon BUILTIN="button_ok"/>'
        if options.notes and (note := _note(facts, node)):
            yield f'<richcontent TYPE="NOTE"><html><head/><body>{note}</body></html></richcontent>'
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.children))


def _note(facts: FactReader, node: Node) -> str:
    parts = [line for paragraph in facts.paragraphs(node, links_from=1) for line in paragraph.split("\n")]
    return "".join(f"<p>{xml_text(part)}</p>" for part in parts if part.strip())
