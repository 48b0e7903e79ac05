"""Which exporters there are: one table for ours, one entry-point group for plug-ins.

The table alone answers for our names; installed metadata is read (70 ms) only for a name that is not in it, or for a
listing of everything.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:  # `--help` reads the table, and needs nothing else
    from .contract import Exporter

GROUP = "roadpress.exporters"


class RegisteredExporter(NamedTuple):
    """One line of the table."""

    module: str
    summary: str
    in_build: bool
    """Whether `roadpress build` writes it without being asked by name."""


BUILT_IN = {
    "pdf": RegisteredExporter("roadpress.exporters.pdf", "A book to print, and to tick on screen", True),
    "mindmap": RegisteredExporter(
        "roadpress.exporters.mindmap", "A mind map: SVG, PDF, PNG, DOT, or a page to fold and search in", True
    ),
    "checklist": RegisteredExporter("roadpress.exporters.checklist", "An interactive checklist: one HTML file", True),
    "trello": RegisteredExporter(
        "roadpress.exporters.trello", "A Trello board: plan, push, pull; its file for others", False
    ),
    "card": RegisteredExporter(
        "roadpress.exporters.card", "A share card, 1200 by 630: title, ring, sections' bars; PNG and SVG", False
    ),
    "ics": RegisteredExporter("roadpress.exporters.ics", "A calendar to import or subscribe to (iCalendar)", False),
    "markdown": RegisteredExporter("roadpress.exporters.markdown", "GitHub-flavoured Markdown: a task list", False),
    "opml": RegisteredExporter("roadpress.exporters.opml", "OPML, for outliners", False),
    "freemind": RegisteredExporter("roadpress.exporters.freemind", "A mind map for FreeMind and Freeplane", False),
    "mermaid": RegisteredExporter("roadpress.exporters.mermaid", "A Mermaid mind map", False),
    "csv": RegisteredExporter("roadpress.exporters.csv_table", "CSV, as Notion and Todoist read it", False),
    "json": RegisteredExporter("roadpress.exporters.json_", "JSON, for other programs", False),
}


def load_exporter(name: str) -> Exporter:
    """Import an exporter by name, ours or a plug-in's.

    Raises UsageError when nothing has that name, RoadpressError when a plug-in cannot be imported.
    """
    if entry := BUILT_IN.get(name):
        return cast("Exporter", import_module(entry.module))
    from importlib.metadata import entry_points

    from ..core.errors import RoadpressError, UsageError

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        from difflib import get_close_matches

        known = [*BUILT_IN, *sorted(found)]
        near = get_close_matches(name, known, 1)
        raise UsageError(
            f"There is no exporter called {name!r}.",
            remedy=f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}.",
        )
    try:
        return cast("Exporter", found[name].load())
    except Exception as error:
        raise RoadpressError(
            f"The plug-in {name!r} of {_origin(found[name])} cannot be loaded: {type(error).__name__}: {error}.",
            remedy="Update or uninstall it.",
        ) from error


def plug_ins() -> dict[str, str]:
    """Return the names of plug-ins and the distribution each comes from; none is imported."""
    from importlib.metadata import entry_points

    return {point.name: _origin(point) for point in sorted(entry_points(group=GROUP)) if point.name not in BUILT_IN}


def _origin(point: object) -> str:
    distribution = getattr(point, "dist", None)
    return f"{distribution.name} {distribution.version}" if distribution else "an unknown distribution"
