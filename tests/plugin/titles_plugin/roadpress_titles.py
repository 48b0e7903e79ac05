"""The smallest exporter: titles, one a line."""

from __future__ import annotations

from dataclasses import dataclass

from roadpress.core.snapshot import Snapshot
from roadpress.exporters.contract import Export, File, option

SUMMARY = "Titles, one a line"


@dataclass(frozen=True)
class Options:
    """Its options."""

    numbers: bool = option(True, "Begin each line with the node's number.")
    order: str = option("file", "In which order.", choices=("file", "title"))


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the titles."""
    nodes = list(snapshot.roadmap.walk())
    if options.order == "title":
        nodes.sort(key=lambda node: node.title)
    lines = [f"{node.number} {node.title}" if options.numbers else node.title for node in nodes]
    return Export((File(".titles.txt", "\n".join(lines).encode()),), ("a notice of the plug-in",))
