"""What a screen reader finds in the map's PDF: headings and nested lists, whatever stands where (ISO 32000-1, 14.7).

All that is drawn is either content of an element or an artifact: boxes, branches and bars say nothing that words don't.
"""

from __future__ import annotations

from typing import NamedTuple

from ....core.locale.words import Words
from ....core.model import Kind
from ....core.progress.model import State
from ...pdfwriter.strings import text_string
from ...pdfwriter.structure_tree import StructElem, StructTree
from ..nodes.tree import MapNode

LIST = b"/A<</O/List/ListNumbering/Decimal>>"


class StructElements(NamedTuple):
    """The elements of one node."""

    mark: StructElem | None
    """What its mark says; None while it says nothing."""
    text: StructElem


class ContentStream:
    """A page's operators, in the elements they belong to."""

    def __init__(self, tree: StructTree, page: int) -> None:
        self.tree = tree
        self.page = page
        self.operators: list[str] = []
        self._elements = tree.begin_page()
        self._at: StructElem | None = None
        self._open = False

    def mark(self, tag: StructElem | None, kind: str = "") -> None:
        """Let what follows belong to an element; None makes it an artifact, of a kind if it repeats on every page."""
        if self._open and tag is self._at and not kind:
            return
        self.close()
        if tag is None:
            said = f"<</Type/Pagination/Subtype/{kind}>> BDC" if kind else "BMC"
            self.operators.append(f"/Artifact {said}")
        else:
            self.operators.append(f"/{tag.role} <</MCID {len(self._elements)}>> BDC")
            self.tree.content(tag, self.page, len(self._elements))
            self._elements.append(tag)
        self._at, self._open = tag, True

    def close(self) -> None:
        """End what is open."""
        if self._open:
            self.operators.append("EMC")
            self._open = False

    def append(self, *operators: str) -> None:
        """Add operators to what is open."""
        self.operators += operators

    @property
    def tagged(self) -> bool:
        """Whether anything of the page belongs to an element."""
        return bool(self._elements)


def places(root: MapNode, owner: StructElem, words: Words, *, heading: str = "H1") -> dict[str, StructElements]:
    """Return the elements of a tree by key: its root a heading, what is below it nested lists in reading order."""
    result = {root.key: StructElements(None, StructElem(heading, owner))}
    lists = {root.key: StructElem("L", owner, LIST)}
    parents = {child.key: topic.key for topic in root.walk() for child in topic.children}
    for topic in root.walk():
        if topic is root:
            continue
        entry = StructElem("LI", lists[parents[topic.key]])
        said = _said(topic, words)
        mark = StructElem("Lbl", entry, b"/ActualText%s" % text_string(said)) if said else None
        body = StructElem("LBody", entry)
        result[topic.key] = StructElements(mark, StructElem("P", body) if topic.children else body)
        if topic.children:
            lists[topic.key] = StructElem("L", body, LIST)
    return result


def _said(topic: MapNode, words: Words) -> str:
    """Return what a leaf's mark says: its kind and its state, where they are not the usual."""
    node = topic.node
    if node is None or not topic.label.marked:
        return ""
    kind = words[node.kind.value] if node.kind is not Kind.TASK else ""
    state = words[topic.state.value] if topic.state in (State.DONE, State.SKIPPED) else ""
    return ", ".join(part for part in (kind, state) if part)
