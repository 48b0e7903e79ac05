"""CSV (RFC 4180): a table for Notion and spreadsheets, or Todoist's own template columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.model import Hours, Node
from ..core.progress.model import State
from ..core.snapshot import Snapshot, facts
from ..core.text import plain
from .contract import Export, File, option
from .fidelity import LINE, everything, left_out

SUMMARY = "CSV, as Notion and Todoist read it"

_STATES = {State.OPEN: "Open", State.PARTLY: "In progress", State.DONE: "Done", State.SKIPPED: "Skipped"}
_HEAD = (
    *("Name", "Number", "Section", "Topic", "Kind", "Status", "Done", "Optional"),
    *("Hours", "Due", "Tags", "URL", "Summary", "Notes", "Id"),
)
_GROUPS = ("Groups",)
"""What stands between a topic and its leaf, a line each; a column where there is such."""
_FIXED = ("Fixed date",)
"""Beside Due, which tells the plan's day too; a column where there is a plan."""
_COLUMNS: tuple[str, ...] = (
    "icon",
    "kind",
    "skipped",
    "done",
    "optional",
    "hours",
    "due",
    "planned",
    "tags",
    "new",
    "summary",
    "notes",
)
"""Facts that those columns tell; with them, the notes' column has further links and the learner's own note."""
_COLUMNS += ("links", "link_title", "link_kind", "own_note")
_OF_PARENTS = ("icon", "tags")
"""Facts of sections and topics that their leaves' rows tell; of a group below them it is the tags."""
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
        cells = [harmless(cell) for cell in row]
        guarded += sum(1 for before, after in zip(row, cells, strict=True) if before != after)
        writer.writerow(cells)
    notices: tuple[str, ...] = ()
    if guarded:
        notices = (
            f"{guarded} cells begin like a formula; each got an apostrophe in front, so that no spreadsheet runs it.",
        )
    return Export((File(".csv", stream.getvalue().encode()),), (*notices, *_missing(snapshot, options.layout)))


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _table(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    reader = facts.FactReader(snapshot)
    leaves = list(snapshot.roadmap.leaves())
    rows = [row for row in facts.FACTS if row.key not in _COLUMNS]
    more = [row for row in rows if any(row.of(leaf, reader) for leaf in leaves)]
    with_groups = any(leaf.depth > 3 for leaf in leaves)
    with_plan = snapshot.schedule is not None
    yield (*_HEAD, *_GROUPS[:with_groups], *_FIXED[:with_plan], *(row.noun.capitalize() for row in more))
    for section in snapshot.roadmap.sections:
        for topic in section.children or (section,):
            for leaf, tags, groups in _with_tags(topic, section.tags):
                state = snapshot.state(leaf)
                due = snapshot.due(leaf)
                yield (
                    _titled(leaf),
                    leaf.number,
                    _titled(section),
                    _titled(topic) if topic is not section else "",
                    leaf.kind.value.capitalize(),
                    _STATES[state],
                    "Yes" if state is State.DONE else "No",
                    "Yes" if leaf.optional else "No",
                    _hours(leaf.hours),
                    due.isoformat() if due else "",
                    ", ".join(reader.tag_title(tag) for tag in tags),
                    leaf.links[0].url if leaf.links else "",
                    plain(leaf.summary),
                    "\n".join(reader.paragraphs(leaf, links_from=1, without=("summary", *LINE))),
                    leaf.id,
                    *("\n".join(groups),)[:with_groups],
                    *(leaf.due.isoformat() if leaf.due else "",)[:with_plan],
                    *(_parts(row.of(leaf, reader)) for row in more),
                )


def _parts(fact: facts.Fact | None) -> str:
    """Return the parts of a fact as tables have them, with commas in every language."""
    return ", ".join(piece.text for piece in fact.pieces) if fact else ""


def _with_tags(node: Node, inherited: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...], tuple[str, ...]]]:
    """Yield the leaves at and below a topic, each with its tags, or those of the nearest above it that has some.

    With them come the titles of what stands between the leaf and its topic.
    """
    stack: list[tuple[Node, tuple[str, ...], tuple[str, ...]]] = [(node, inherited, ())]
    while stack:
        here, above, groups = stack.pop()
        tags = here.tags or above
        if here.is_leaf:
            yield here, tags, groups
        inner = groups if here is node else (*groups, _titled(here))
        stack.extend((child, tags, inner) for child in reversed(here.children))


def _todoist(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    """Yield Todoist's template: sections, and below them tasks that nest at most four deep; done ones are not there."""
    reader = facts.FactReader(snapshot)
    yield _TODOIST
    for section in snapshot.roadmap.sections:
        yield ("section", _titled(section), *[""] * 7)
        for node in section.walk() if section.children else (section,):
            if (node is section and section.children) or snapshot.state(node) is State.DONE:
                continue
            due = snapshot.due(node)
            indent = str(min(4, max(1, node.depth - 1)))
            about = "\n".join(reader.paragraphs(node, without=("due", "planned")))
            yield ("task", _titled(node), about, "4", indent, "", "", due.isoformat() if due else "", "en")


def _titled(node: Node) -> str:
    return f"{node.icon} {plain(node.title)}" if node.icon else plain(node.title)


def _hours(hours: Hours | None) -> str:
    if hours is None:
        return ""
    return f"{hours.low:g}" if hours.low == hours.high else f"{hours.low:g}-{hours.high:g}"


def _missing(snapshot: Snapshot, layout: str) -> Iterator[str]:
    """Yield what has no column."""
    roadmap = snapshot.roadmap
    if layout == "todoist":
        sections = (section for section in roadmap.sections if section.children)
        yield from left_out("Todoist's template", snapshot, everything())
        if done := sum(1 for leaf in roadmap.leaves() if snapshot.state(leaf) is State.DONE):
            yield f"Todoist's template holds nothing that is done: {done:,} entries are left out."
        yield from left_out("A section of Todoist's template", snapshot, ("icon",), of=sections)
        return
    parents = [node for node in roadmap.walk() if node.children]
    groups = [node for node in parents if node.depth > 2]
    yield from left_out("A table", snapshot, everything(without=("link_title", "link_kind")))
    yield from left_out("A table of what to tick", snapshot, _OF_PARENTS, of=(n for n in parents if n.depth < 3))
    yield from left_out("A table of what to tick, of groups,", snapshot, ("tags",), of=groups)
