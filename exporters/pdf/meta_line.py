"""What is said of a node beside its title, on a small line."""

from __future__ import annotations

from ...core.locale.words import Words
from ...core.model import Node
from ...core.snapshot import Snapshot
from ...core.snapshot.facts import Fact, FactReader, Piece
from ...core.snapshot.figures import WorkHours, rounded
from ..typeset import Run, Style
from .options import Options
from .text_layout import RunStyle, SectionStyle

TWO_UP_LEAVES_OUT = frozenset({"planned", "needs", "tags"})
"""What a line of a two-up sheet has no room for."""
_STYLES: dict[str, Style] = {"kind": "medium", "optional": "italic", "skipped": "italic", "new": "semibold"}
_COLORED = frozenset({"kind", "new"})
"""What is set in the section's colour."""


class MetaLine:
    """Makes the small lines of a book."""

    def __init__(self, snapshot: Snapshot, options: Options, words: Words) -> None:
        self.facts = FactReader(snapshot, words)
        self.without: frozenset[str] = frozenset() if options.notes else frozenset({"tags"})
        if options.two_up:
            self.without = TWO_UP_LEAVES_OUT

    def runs(self, node: Node, own: SectionStyle, *, without: frozenset[str] = frozenset()) -> list[Run]:
        """Return the small line of a node, or nothing; `without` names facts that are told beside it."""
        result: list[Run] = []
        for fact in self.facts.line(node, without=self.without | without):
            if fact.key == "planned" and node.children:  # its items say it
                continue
            if result:
                result.append(Run(" · "))
            result += self._fact(fact, own)
        return result

    def own_note(self, node: Node) -> str:
        """Return the learner's own note on a leaf in Markdown, or nothing."""
        fact = self.facts.of("own_note", node)
        return str(fact.data) if fact else ""

    def new(self, own: SectionStyle) -> Run:
        """Return the word that marks what is new."""
        return Run(self.facts.words["new"], "semibold", RunStyle(own.branch.strong))

    def _fact(self, fact: Fact, own: SectionStyle) -> list[Run]:
        if not any(piece.node for piece in fact.pieces):
            ink = RunStyle(own.branch.strong) if fact.key in _COLORED else None
            return [Run(_unbroken(fact), _STYLES.get(fact.key, "regular"), ink)]
        before, _, after = fact.pattern.partition("{}")
        result = [Run(before)] if before else []
        for index, piece in enumerate(fact.pieces):
            if index:
                result.append(Run(fact.joint))
            ink = RunStyle(own.branch.strong, "", piece.node, alternate=piece.full) if piece.node else None
            result.append(Run(piece.text, "regular", ink))
        return [*result, Run(after)] if after else result


def _unbroken(fact: Fact) -> str:
    """Return a fact's text in which no line ends inside a tag, nor after a mark."""
    match fact.key:
        case "kind":
            return fact.text.replace(" ", "\u00a0")
        case "tags":
            return fact._replace(pieces=tuple(Piece(piece.text.replace(" ", "\u00a0")) for piece in fact.pieces)).text
        case _:
            return fact.text


def hours_left(hours: WorkHours, words: Words) -> str:
    """Return how much work is left, in words; nothing where none is known."""
    low, high = map(rounded, hours.left)
    return words.say("left", hours=words.hours(low, high)) if high else ""
