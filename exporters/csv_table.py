"""CSV (RFC 4180): a table for Notion and spreadsheets, or Todoist's own template columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..core.model import Hours, Node, Roadmap
from ..core.progress.model import State
from ..core.snapshot import Snapshot
from ..core.text import plain, plain_blocks
from .contract import Export, File, option
from .fidelity import left_out

SUMMARY = "CSV, as Notion and Todoist read it"

_STATES = {State.OPEN: "Open", State.PARTLY: "In progress", State.DONE: "Done", State.SKIPPED: "Skipped"}
_HEAD = (
    *("Name", "Number", "Section", "Topic", "Kind", "Status", "Done", "Optional"),
    *("Hours", "Due", "Tags", "URL", "Summary", "Notes", "Id"),
)
_TODOIST = ("TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE", "DATE_LANG")
_FORMULA = re.compile(r"[=@\t\r]|[+-](?=\S)")


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    layout: str = option(
        "notion", "The columns: a table of what to tick, or Todoist's template.", choices=("notion", "todoist")
    )


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one CSV file.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    rows = list(_todoist(snapshot) if options.layout == "todoist" else _table(snapshot))
    guarded = 0
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        cells = [f"'{cell}" if _FORMULA.match(cell) else cell for cell in row]
        guarded += sum(1 for before, after in zip(row, cells, strict=True) if before != after)
        writer.writerow(cells)
    notices: tuple[str, ...] = ()
    if guarded:
        notices = (
            f"{guarded} cells begin like a formula; each got an apostrophe in front, so that no spreadsheet runs it.",
        )
    return Export((File(".csv", stream.getvalue().encode()),), (*notices, *_missing(snapshot, options.layout)))


def _table(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    yield _HEAD
    for section in snapshot.roadmap.sections:
        for topic in section.children or (section,):
            for leaf in topic.leaves():
                state = snapshot.state(leaf)
                due = snapshot.due(leaf)
                yield (
                    plain(leaf.title),
                    leaf.number,
                    _titled(section),
                    _titled(topic) if topic is not section else "",
                    leaf.kind.value.capitalize(),
                    _STATES[state],
                    "Yes" if state is State.DONE else "No",
                    "Yes" if leaf.optional else "No",
                    _hours(leaf.hours),
                    due.isoformat() if due else "",
                    ", ".join(_tag(snapshot, tag) for tag in leaf.tags or topic.tags or section.tags),
                    leaf.links[0].url if leaf.links else "",
                    plain(leaf.summary),
                    "\n".join(_notes(leaf, 1)),
                    leaf.id,
                )


def _todoist(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    """Yield Todoist's template: sections, and below them tasks that nest at most four deep; done ones are not there."""
    yield _TODOIST
    for section in snapshot.roadmap.sections:
        yield ("section", _titled(section), *[""] * 7)
        for node in section.walk() if section.children else (section,):
            if (node is section and section.children) or snapshot.state(node) is State.DONE:
                continue
            due = snapshot.due(node)
            indent = str(min(4, max(1, node.depth - 1)))
            about = "\n".join(part for part in (plain(node.summary), *_notes(node, 0)) if part)
            yield ("task", _titled(node), about, "4", indent, "", "", due.isoformat() if due else "", "en")


def _titled(node: Node) -> str:
    return f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)


def _tag(snapshot: Snapshot, name: str) -> str:
    tag = snapshot.roadmap.tags.get(name)
    return tag.title if tag else name


def _hours(hours: Hours | None) -> str:
    if hours is None:
        return ""
    return f"{hours.low:g}" if hours.low == hours.high else f"{hours.low:g}-{hours.high:g}"


def _notes(node: Node, links_elsewhere: int) -> list[str]:
    parts = [plain_blocks(node.notes)]
    parts += [f"{link.label}: {link.url}" if link.title else link.url for link in node.links[links_elsewhere:]]
    return [part for part in parts if part]


def _missing(snapshot: Snapshot, layout: str) -> tuple[str, ...]:
    """Return the notice of what has no column."""
    roadmap = snapshot.roadmap
    if layout == "todoist":
        sections = (section for section in roadmap.sections if section.children)
        fields = ("hours", "needs", "tags", "kind", "optional")
        return (
            *left_out("Todoist's template", roadmap, roadmap.walk(), *fields),
            *_of_parents("A section of Todoist's template", roadmap, sections),
        )
    parents = (node for node in roadmap.walk() if node.children)
    return (
        *left_out("A table", roadmap, roadmap.walk(), "needs"),
        *_of_parents("A table of what to tick", roadmap, parents, "hours", "due"),
    )


def _of_parents(form: str, roadmap: Roadmap, nodes: Iterable[Node], *fields: str) -> tuple[str, ...]:
    whole = replace(roadmap, description="", authors=(), learner="")
    return left_out(form, whole, nodes, "summary", "notes", "links", *fields)
