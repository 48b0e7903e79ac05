"""OPML 2.0 (opml.org/spec2.opml), as outliners and mind-map programs read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from ..core.model import Node
from ..core.progress.model import State
from ..core.snapshot import Snapshot
from ..core.text import plain, plain_blocks
from .contract import Export, File, option
from .fidelity import left_out
from .xml_text import xml_text

SUMMARY = "OPML, for outliners"


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    notes: bool = option(True, "Carry summaries and notes as `_note`, which most outliners show.")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one OPML file."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += [f"    <title>{xml_text(plain(snapshot.roadmap.title))}</title>", "  </head>", "  <body>"]
    for section in snapshot.roadmap.sections:
        lines += _outline(snapshot, section, options)
    lines += ["  </body>", "</opml>", ""]
    without = () if options.notes else ("summary", "notes")
    fields = (*without, "link titles", "hours", "due", "needs", "tags", "kind", "optional")
    notices = left_out("OPML", snapshot.roadmap, snapshot.roadmap.walk(), *fields)
    return Export((File(".opml", "\n".join(lines).encode()),), notices)


def _outline(snapshot: Snapshot, top: Node, options: Options) -> Iterator[str]:
    stack: list[tuple[Node, bool]] = [(top, False)]
    while stack:
        node, closing = stack.pop()
        indent = "  " * (node.depth + 1)
        if closing:
            yield f"{indent}</outline>"
            continue
        yield f"{indent}<outline{_attributes(snapshot, node, options)}{'>' if node.children else '/>'}"
        if node.children:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.children))


def _attributes(snapshot: Snapshot, node: Node, options: Options) -> str:
    title = f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)
    pairs = [("text", title)]
    if node.links:
        pairs += [("type", "link"), ("url", node.links[0].url)]
    note = "\n\n".join(part for part in (plain(node.summary), plain_blocks(node.notes)) if part)
    if len(node.links) > 1:
        note = "\n".join(part for part in (note, *(f"{link.label}: {link.url}" for link in node.links[1:])) if part)
    if options.notes and note:
        pairs.append(("_note", note))
    if not node.children and snapshot.state(node) is State.DONE:
        pairs.append(("complete", "true"))
    return "".join(f" {name}={_quoted(value)}" for name, value in pairs)


def _quoted(value: str) -> str:
    return quoteattr(xml_text(value, escape=False), {"\n": "&#10;", "\t": "&#9;"})
