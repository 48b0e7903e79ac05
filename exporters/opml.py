"""OPML 2.0 (opml.org/spec2.opml), as outliners and mind-map programs read it."""

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

SUMMARY = "OPML, for outliners"
MARKS_NEW = True


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    notes: bool = option(True, "Carry summaries and notes as `_note`, which most outliners show.")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one OPML file."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += [f"    <title>{xml_text(plain(snapshot.roadmap.title))}</title>", "  </head>", "  <body>"]
    facts = FactReader(snapshot)
    for section in snapshot.roadmap.sections:
        lines += _outline(facts, section, options)
    lines += ["  </body>", "</opml>", ""]
    shown = everything(without=("link_title", "link_kind")) if options.notes else ("icon", "links", "done")
    return Export((File(".opml", "\n".join(lines).encode()),), left_out("OPML", snapshot, shown))


def _outline(facts: FactReader, top: Node, options: Options) -> Iterator[str]:
    stack: list[tuple[Node, bool]] = [(top, False)]
    while stack:
        node, closing = stack.pop()
        indent = "  " * (node.depth + 1)
        if closing:
            yield f"{indent}</outline>"
            continue
        yield f"{indent}<outline{_attributes(facts, node, options)}{'>' if node.children else '/>'}"
        if node.children:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.children))


def _attributes(facts: FactReader, node: Node, options: Options) -> str:
    title = f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)
    pairs = [("text", title)]
    if node.links:
        pairs += [("type", "link"), ("url", node.links[0].url)]
    if options.notes and (note := "\n\n".join(facts.paragraphs(node, links_from=1))):
        pairs.append(("_note", note))
    if not node.children and facts.snapshot.state(node) is State.DONE:
        pairs.append(("complete", "true"))
    return "".join(f" {name}={xml_attribute(value)}" for name, value in pairs)
