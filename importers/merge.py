"""A changed answer or README into a roadmap.yaml that its owner has worked on since.

The file is edited as text, at the places that PyYAML's marks give: what is not changed stays as it is to the byte,
comments, blank lines and all. What the owner wrote is never replaced; where the source says otherwise it is reported.
"""

from __future__ import annotations

from typing import NamedTuple

from ..core.loading import load_bytes
from ..core.model import Kind, Node, Roadmap
from ..core.text import plain
from .draft import Draft, DraftRoadmap
from .matching import Added, Matching, match
from .yaml_edit import YamlText
from .yaml_text import field_lines, flow, node_lines, scalar


class Merged(NamedTuple):
    """The new text, and what was done to get it."""

    text: str
    changes: tuple[str, ...]
    """One sentence for each change."""
    doubts: tuple[str, ...]
    """One sentence for each thing that a person should look at; nothing was done about it."""


def merge(text: str, path: str, imported: DraftRoadmap) -> Merged:
    """Return a roadmap's text with an import merged into it.

    Raises InvalidRoadmap when the text is no valid roadmap. The text that is returned always is one.
    """
    roadmap = load_bytes(text.encode(), path)
    matching = match(roadmap, imported)
    merger = _Merger(text, roadmap, imported, matching)
    merger.run()
    result = merger.yaml.result()
    load_bytes(result.encode(), path)
    return Merged(result, tuple(merger.changes), tuple(merger.doubts))


class _Merger:
    def __init__(self, text: str, roadmap: Roadmap, imported: DraftRoadmap, matching: Matching) -> None:
        self.roadmap = roadmap
        self.imported = imported
        self.matching = matching
        self.yaml = YamlText(text, roadmap)
        self.changes: list[str] = []
        self.doubts: list[str] = []
        self.ids = {id(draft): node.id for draft, node in [*matching.pairs, *matching.moved]}
        """The id that an entry has in the file, by the identity of its draft."""

    def run(self) -> None:
        """Plan every edit."""
        self._settle_ids()
        for draft, node in self.matching.reworded:
            self._retitle(draft, node)
        for draft, node in [*self.matching.pairs, *self.matching.moved]:
            self._fill(draft, node)
        for added in sorted(self.matching.added, key=lambda one: -(one.parent.depth if one.parent else 0)):
            self._add(added)
        self._tags()
        if self.imported.description and not self.roadmap.description:
            self.doubts.append("the source has a description, and the file none; add it if you like")
        self.doubts.extend(
            f"line {node.line}: “{plain(node.title)}” stands elsewhere in the source; it stays here"
            for _, node in self.matching.moved
        )
        for draft, node in self.matching.doubts:
            self.doubts.append(
                f"line {node.line}: “{plain(node.title)}” may be what the source calls “{plain(draft.title)}”, "
                f"which was added; if so, delete one and give the other `was: [{node.id}]`"
            )
        self.doubts.extend(
            f"line {node.line}: “{plain(node.title)}” is not in the source; it stays" for node in self.matching.missing
        )

    def _settle_ids(self) -> None:
        """Let `needs` of the import speak of the ids that the file has; new entries keep theirs where they are free."""
        taken = set(self.roadmap.by_id())
        names: dict[str, str] = {}
        for draft in self.imported.walk():
            if not draft.id:
                continue
            if id(draft) in self.ids:
                names[draft.id] = self.ids[id(draft)]
            elif draft.id in taken:
                names[draft.id] = ""
                draft.id = ""
            else:
                names[draft.id] = draft.id
        for draft in self.imported.walk():
            draft.needs = [name for need in draft.needs if (name := names.get(need, ""))]

    def _retitle(self, draft: Draft, node: Node) -> None:
        self.yaml.set_title(node, draft.title)
        if not node.own_id:
            self.yaml.append(node, "was", [node.id])
        self.changes.append(f"line {node.line}: “{plain(node.title)}” is now “{plain(draft.title)}”")

    def _fill(self, draft: Draft, node: Node) -> None:
        """Give a node what the source has and the file has not."""
        new = Draft("")
        for key in ("icon", "summary", "notes", "hours", "due"):
            theirs, ours = getattr(draft, key), getattr(node, key)
            if theirs and not ours:
                setattr(new, key, theirs)
            elif theirs and isinstance(ours, str) and ours.strip() != theirs.strip():
                self.doubts.append(
                    f"line {node.line}: `{key}` of “{plain(node.title)}” differs in the source; yours stays"
                )
        if draft.kind and draft.kind != "task" and node.kind is Kind.TASK:
            new.kind = draft.kind
        new.optional = draft.optional and not node.optional
        if draft.done and node.done is False and not node.children:
            new.done = draft.done
        new.tags = [] if node.tags else list(draft.tags)
        new.needs = [] if node.needs or node.children else list(draft.needs)
        links = [link for link in draft.links if all(link[0] != known.url for known in node.links)]
        if links and node.links:
            self.yaml.append_links(node, links)
        else:
            new.links = links
        lines = field_lines(new)
        if lines:
            self.yaml.add_fields(node, lines)
        keys = [line.split(":")[0] for line in lines if line[:1].isalpha()]
        if keys or links:
            named = ", ".join(dict.fromkeys([*keys, *(["links"] if links else [])]))
            self.changes.append(f"line {node.line}: “{plain(node.title)}” gets {named}")

    def _add(self, added: Added) -> None:
        depth = added.parent.depth + 1 if added.parent else 1
        self.yaml.add_child(added.parent, added.after, lambda: node_lines(added.draft, depth))
        below = sum(1 for _ in added.draft.walk()) - 1
        where = f"below “{plain(added.parent.title)}”" if added.parent else "as a section"
        more = f" with {below} entries" if below else ""
        self.changes.append(f"new {where}: “{plain(added.draft.title)}”{more}")

    def _tags(self) -> None:
        used = {name for draft in self.imported.walk() for name in draft.tags}
        missing = {
            name: tag for name, tag in self.imported.tags.items() if name in used and name not in self.roadmap.tags
        }
        if missing and not (self.roadmap.tags or self.roadmap.sections == ()):
            lines = ["tags:"]
            for name, tag in missing.items():
                lines.append(
                    f"  {scalar(name)}: {{{', '.join(f'{key}: {flow(value)}' for key, value in tag.items())}}}"
                )
            self.yaml.add_top(lines)
