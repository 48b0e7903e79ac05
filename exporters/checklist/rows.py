"""The tree as HTML: sections, headings for what has children, list items with a box for the leaves.

Pieces of text appended to one list: a tenth of a template's time for as many rows. Element ids are the nodes'
numbers, so that `#3.2.1` is an address even without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from ...core.locale.words import Words
from ...core.model import Node
from ...core.progress.model import Progress, State
from ...core.snapshot import Snapshot
from ...core.snapshot.facts import Fact, FactReader
from ...core.text import plain
from ...core.theme import BRANCHES
from ..html.markup import SafeHtml, attribute, blocks, inline, link
from .options import Options

_Add = Callable[[str], None]
_BY_SCRIPT = frozenset({"skipped", "planned", "needs"})
"""Facts that the script tells, for they change in the page."""
_SHORT_NOTE = 400
"""Characters: longer notes are folded away at first."""


class Rows:
    """The rows of a roadmap's pages, with places for what each learner has done."""

    def __init__(self, pieces: list[str], boxes: Mapping[str, int], skipped: Mapping[str, tuple[int, str]]) -> None:
        """`boxes` has the place of each leaf's tick, `skipped` that of its classes, and what they are when it is."""
        self._pieces = pieces
        self._boxes = boxes
        self._skipped = skipped

    def filled(self, progress: Progress) -> SafeHtml:
        """Return the rows as they are for what is done."""
        pieces = list(self._pieces)
        for id_, tick in progress.ticks.items():
            if tick.state is State.DONE and id_ in self._boxes:
                pieces[self._boxes[id_]] = " checked"
            elif tick.state is State.SKIPPED and id_ in self._skipped:
                place, classes = self._skipped[id_]
                pieces[place] = classes
        return SafeHtml("".join(pieces))


class TreeRenderer:
    """Makes the rows of one roadmap: all that is read off the snapshot here is the same whatever is done."""

    def __init__(self, snapshot: Snapshot, options: Options, words: Words, *, lazy: bool) -> None:
        self.snapshot = snapshot
        self.options = options
        self.words = words
        self.facts = FactReader(snapshot, words)
        self.lazy = lazy
        self._boxes: dict[str, int] = {}
        self._skipped: dict[str, tuple[int, str]] = {}
        self._pieces: list[str] = []
        self._out: list[str] = []
        """What comes before the next place."""

    def all(self) -> Rows:
        """Return every section."""
        for section in self.snapshot.roadmap.sections:
            self._section(section, self._out.append)
        self._place("")
        return Rows(self._pieces, self._boxes, self._skipped)

    def _place(self, usually: str) -> int:
        """End a piece, and make a place behind it for what is usually this; return its index."""
        self._pieces += ("".join(self._out), usually)
        self._out.clear()
        return len(self._pieces) - 1

    def contents(self) -> SafeHtml:
        """Return the list of sections for the margin."""
        items = (
            f"<li class=b{node.section % len(BRANCHES)}><a href=#{node.number}><b>{node.number}</b> <span>"
            f"{escape(plain(node.title))}</span> <small id=n{node.number}></small></a>"
            for node in self.snapshot.roadmap.sections
        )
        return SafeHtml("".join(items))

    def _section(self, node: Node, add: _Add) -> None:
        index = node.section
        variant = " v" if index // len(BRANCHES) % 2 else ""
        color = f"b{index % len(BRANCHES)}"
        add(f"<section class={attribute(color + variant)} id={node.number}><header>")
        self._head(node, 2, add)
        add("</header>")
        self._meta(node, add)
        self._details(node, add)
        if node.children:
            add("<noscript>" if self.lazy else "")
            self._children(node, add)
            add("</noscript>" if self.lazy else "")
        add("</section>\n")

    def _children(self, node: Node, add: _Add) -> None:
        add("<ul>")
        for child in node.children:
            if child.children:
                add(f"<li id={child.number}{_classes(child)}><div class=h>")
                self._head(child, child.depth + 1, add)
                add("</div>")
                self._meta(child, add)
                self._details(child, add)
                self._children(child, add)
            else:
                self._leaf(child, add)
        add("</ul>")

    def _head(self, node: Node, level: int, add: _Add) -> None:
        """Add a heading with its box; without children it is a leaf that happens to be high up."""
        tag = f"h{min(level, 6)}"
        icon = f"<i>{escape(node.icon)}</i> " if node.icon else ""
        if not node.children:
            add(f"<{tag}>")
            self._label(node, icon, add)
            add(f"</{tag}>")
            return
        add(f"<{tag}><label><input type=checkbox><b>{node.number}</b> {icon}{inline(node.title)}</label></{tag}>")

    def _leaf(self, node: Node, add: _Add) -> None:
        add(f"<li id={node.number}")
        self._skipped[node.id] = self._place(_classes(node)), _classes(node, is_skipped=True)
        add(">")
        self._label(node, "", add)
        self._meta(node, add)
        self._details(node, add)

    def _label(self, node: Node, icon: str, add: _Add) -> None:
        icon = icon or (f"<i>{escape(node.icon)}</i> " if node.icon else "")
        add("<label><input type=checkbox")
        self._boxes[node.id] = self._place("")
        add(f"><b>{node.number}</b> {icon}{inline(node.title)}</label>")

    def _meta(self, node: Node, add: _Add) -> None:
        """Add what stands in the margin: that it is new, then mark and kind, optional, hours, date, tags."""
        found = self.facts.line(node, without=_BY_SCRIPT, over=True)
        if found:
            found.sort(key=lambda fact: fact.key != "new")
            add(f"<small>{' '.join(_fact(fact) for fact in found)}</small>")

    def _details(self, node: Node, add: _Add) -> None:
        """Add summary, resources and notes."""
        if node.summary:
            add(f"<p class=s>{inline(node.summary)}</p>")
        if node.links:
            add("<ul class=l>")
            for target in node.links:
                add(f"<li>{link(target, self.words[target.kind.value] if target.kind else '')}")
            add("</ul>")
        if node.notes and self.options.notes:
            notes = blocks(node.notes)
            if len(node.notes) > _SHORT_NOTE:
                add(f"<details class=x><summary>{escape(self.words['notes'])}</summary>{notes}</details>")
            else:
                add(f"<div class=x>{notes}</div>")


def _classes(node: Node, *, is_skipped: bool = False) -> str:
    found = (("g", bool(node.children)), ("o", node.optional), ("k", is_skipped))
    names = [name for name, there in found if there]
    if not names:
        return ""
    return f" class={names[0]}" if len(names) == 1 else f' class="{" ".join(names)}"'


def _fact(fact: Fact) -> str:
    match fact.key:
        case "new":
            return f"<span class=n>{escape(fact.text)}</span>"
        case "due":
            return f"<time datetime={fact.data}>{escape(fact.value)}</time>"
        case "tags":
            return " ".join(f"<span>{escape(piece.text)}</span>" for piece in fact.pieces)
        case _:
            return f"<span>{escape(fact.text)}</span>"
