"""GitHub-flavoured Markdown: a task list that can be ticked anywhere, and read back whole.

`core.roadmap_file.task_list` says what a line looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..core.learner import one_name
from ..core.model import Link, Node, Roadmap
from ..core.progress.model import State
from ..core.roadmap_file.task_list import OWN_NOTE, comment, meant, shown
from ..core.roadmap_file.written import written, written_exports, written_pace
from ..core.snapshot import Snapshot
from ..core.snapshot.facts import FactReader
from .contract import Export, File, option
from .fidelity import everything, left_out

SUMMARY = "GitHub-flavoured Markdown: a task list"
MARKS_NEW = True


@dataclass(frozen=True)
class Options:
    """What one may choose."""

    notes: bool = option(True, "Show notes, as quotations.")
    ids: bool = option(True, "Carry ids and fields in invisible comments, so that ticks and edits can be read back.")


def export(snapshot: Snapshot, options: Options) -> Export:
    """Return the roadmap as one Markdown file."""
    text = "\n".join(_lines(FactReader(snapshot), options)) + "\n"
    return Export((File(".md", text.encode()),), _left_out(snapshot, options))


def _left_out(snapshot: Snapshot, options: Options) -> tuple[str, ...]:
    head = ("description", "authors", "learner") if options.ids else ("description",)
    return left_out("Markdown", snapshot, (*head, *everything()))


def _lines(facts: FactReader, options: Options) -> Iterator[str]:
    snapshot, roadmap = facts.snapshot, facts.snapshot.roadmap
    head = _titled(roadmap.title, _of_roadmap(roadmap) | _whose(snapshot))
    yield f"# {shown(roadmap.title)}" + (f" {comment(head)}" if options.ids else "")
    yield from _quoted(roadmap.description, "")
    for section in roadmap.sections:
        yield ""
        yield from _heading(facts, section, options)


def _heading(facts: FactReader, node: Node, options: Options) -> Iterator[str]:
    """Yield a section, or a topic whose neighbours all have items, and what is below it."""
    yield "#" * (node.depth + 1) + " " + _text(node, options, facts)
    if node.summary:
        yield ""
        yield shown(node.summary)
    if options.notes:
        yield from _quoted(node.notes, "")
        yield from _own_note(facts, node, "")
    yield ""
    if not node.children:
        itself = comment({"self": 1, **_given(facts.snapshot, node)})
        yield f"- {_box(facts.snapshot, node)}{shown(node.title)}" + (f" {itself}" if options.ids else "")
    elif node.depth == 1 and all(topic.children for topic in node.children):
        for index, topic in enumerate(node.children):
            if index:
                yield ""
            yield from _heading(facts, topic, options)
    else:
        yield from _items(facts, node, options)


def _items(facts: FactReader, parent: Node, options: Options) -> Iterator[str]:
    stack = [(child, "") for child in reversed(parent.children)]
    while stack:
        node, indent = stack.pop()
        yield f"{indent}- {_box(facts.snapshot, node)}{_text(node, options, facts)}"
        if options.notes:
            yield from _quoted(node.notes, indent + "  ", apart=False)
            yield from _own_note(facts, node, indent + "  ", apart=bool(node.notes.strip("\n")))
        stack.extend((child, indent + "  ") for child in reversed(node.children))


def _box(snapshot: Snapshot, node: Node) -> str:
    if node.children:
        return ""
    return "[x] " if snapshot.state(node) is State.DONE else "[ ] "


def _text(node: Node, options: Options, facts: FactReader) -> str:
    """Return icon and title, the comment, and for eyes alone what else one wants to see in a list."""
    icon = f"{shown(node.icon)} " if node.icon else ""
    title = shown(node.title) if not icon else shown(f"{node.icon} {node.title}")
    skipped = not node.children and facts.snapshot.state(node) is State.SKIPPED
    parts = [shown(node.summary)] if node.summary and node.depth > 1 else []
    parts += [_link(link, facts) for link in node.links]
    parts += [fact.text.translate(_ESCAPED) for fact in facts.line(node, without=("skipped",))]
    data = _titled(node.title, _of_node(node) | _given(facts.snapshot, node), icon=node.icon)
    carried = "" if not options.ids or (node.children and set(data) == {"#"}) else f" {comment(data)}"
    return (f"~~{title}~~" if skipped else title) + carried + (" — " + " · ".join(parts) if parts else "")


_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]~<"})


def _link(link: Link, facts: FactReader) -> str:
    kind = f" ({facts.words[link.kind.value]})" if link.kind else ""
    return f"[{_label(link)}](<{link.url}>){kind}"


def _label(link: Link) -> str:
    return shown(link.label).replace("[", "\\[").replace("]", "\\]")


def _quoted(text: str, indent: str, *, apart: bool = True) -> Iterator[str]:
    body = text.rstrip("\n")
    if not body:
        return
    if apart:
        yield ""
    for line in body.split("\n"):
        yield f"{indent}> {line}" if line else f"{indent}>"


def _own_note(facts: FactReader, node: Node, indent: str, *, apart: bool = True) -> Iterator[str]:
    """Yield the learner's own note as a quotation of its own, which begins with a pencil."""
    if note := facts.of("own_note", node):
        yield from _quoted(f"{OWN_NOTE}{note.data}", indent, apart=apart)


def _titled(title: str, data: dict[str, Any], *, icon: str = "") -> dict[str, Any]:
    """Return the data, with the exact title where what is shown does not tell it."""
    whole = f"{icon} {title}" if icon else title
    return data if meant(shown(whole)) == whole and not shown(whole).endswith("~~") else {**data, "title": title}


def _ends(text: str) -> int:
    """Return how many line ends a text has at its end, or -1 for a text of nothing else."""
    return len(text) - len(text.rstrip("\n"))


def _given(snapshot: Snapshot, node: Node) -> dict[str, Any]:
    """Return what a leaf's box was made of, so that a merge sees what was changed since."""
    state = snapshot.state(node)
    return {"given": state.value} if node.is_leaf and state in (State.DONE, State.SKIPPED) else {}


def _of_node(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"id" if node.own_id else "#": node.id, **written(node)}
    if node.hours:
        data["hours"] = list(node.hours)
    if node.done is True:
        data["done"] = True
    if node.notes.strip("\n"):
        data["notes"] = _ends(node.notes)
    return data


def _of_roadmap(roadmap: Roadmap) -> dict[str, Any]:
    data: dict[str, Any] = {"roadpress": 1}
    if roadmap.description:
        text = roadmap.description
        data["description"] = _ends(text) if text.strip("\n") else text
    if roadmap.authors:
        data["authors"] = list(roadmap.authors)
    if roadmap.learner:
        data["learner"] = roadmap.learner
    if roadmap.language != "en":
        data["language"] = roadmap.language
    if roadmap.start:
        data["start"] = roadmap.start.isoformat()
    if roadmap.pace:
        data["pace"] = written_pace(roadmap.pace)
    if roadmap.tags:
        data["tags"] = {
            tag.id: {"title": tag.title, **({"color": tag.color} if tag.color else {})} for tag in roadmap.tags.values()
        }
    if roadmap.exports:
        data["exports"] = written_exports(roadmap)
    return data


def _whose(snapshot: Snapshot) -> dict[str, Any]:
    """Return whose copy it is, where that is not what the roadmap says."""
    return {"of": snapshot.learner} if snapshot.learner != one_name(snapshot.roadmap.learner) else {}
