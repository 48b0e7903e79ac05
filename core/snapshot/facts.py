"""What is told of a node beside its title: one table of facts, in the order of telling, in the roadmap's language.

An exporter takes the facts of a node and renders them in its own way: as text, as a link, as a column. A new field of a
node is a row of `FACTS`, and every output that renders facts in general tells it; `exporters.fidelity` counts what an
output has no place for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from ..locale.words import Words, words_for
from ..model import Kind, Link, Node
from ..planning.weeks import is_near
from ..progress.model import State, Tick
from ..text import plain, plain_blocks
from ..theme import MARKS
from .snapshot import Snapshot

STRUCTURE = frozenset({"title", "id", "number", "depth", "children", "was", "own_id", "line", "column"})
"""Fields of a node that say who it is and where it stands: no facts."""


class Place(Enum):
    """Where a fact is told."""

    TITLE = "title"
    """With the title itself."""
    LINE = "line"
    """On a small line, a few words each."""
    DETAIL = "detail"
    """As a block of its own."""
    PART = "part"
    """As a part of another fact; a row of its own so that it can be counted where it is left out."""


class Piece(NamedTuple):
    """A part of a fact."""

    text: str
    node: str = ""
    """The id of the node that it names, if one."""
    full: str = ""
    """The whole text, where `text` is cut."""
    url: str = ""


class Fact(NamedTuple):
    """One fact of one node."""

    key: str
    pieces: tuple[Piece, ...]
    pattern: str = "{}"
    """What stands around them: `fällig {}`."""
    data: Any = None
    """The same for programs: plain values as JSON has them."""
    joint: str = ", "
    """What stands between the pieces."""
    is_over: bool = False
    """Whether it no longer matters, as a deadline that was met; lines leave it out."""

    @property
    def value(self) -> str:
        """The pieces as text."""
        return self.joint.join(piece.text for piece in self.pieces)

    @property
    def text(self) -> str:
        """All of it as plain text."""
        before, _, after = self.pattern.partition("{}")
        return before + self.value + after


class FactType(NamedTuple):
    """A row of `FACTS`."""

    key: str
    field: str
    """The field of a node that it is made of; empty when progress or plan tell it."""
    place: Place
    noun: str
    """What it is called where it is counted: `hours`, `fixed dates`. Empty when it never is."""
    of: Callable[[Node, FactReader], Fact | None]
    is_in: Callable[[Snapshot], bool] = lambda _: True
    """Whether a snapshot may hold it at all, which saves asking every node."""


Keys = frozenset[str] | tuple[str, ...]
_Row = tuple[int, object, Callable[[Node, "FactReader"], "Fact | None"]]
"""Which field of a node a fact is made of, by its place; the value at which it tells nothing; how the fact is made."""


class FactReader:
    """Answers what there is to tell of the nodes of a snapshot, in the words of its language, or of another.

    `years` writes every day with its year, for texts that are compared later; else this year's goes without saying.
    """

    def __init__(
        self, snapshot: Snapshot, words: Words | None = None, *, years: bool = False, language: str = ""
    ) -> None:
        self.snapshot = snapshot
        self.years = years
        self.language = language or snapshot.roadmap.language
        self.words = words or words_for(self.language)
        self._of = {row.key: row.of for row in FACTS}
        self._chosen: dict[tuple[Place, bool, Keys], tuple[_Row, ...]] = {}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node under its id, also what a filter leaves out."""
        return self.snapshot.whole.by_id()

    @cached_property
    def shown(self) -> frozenset[str]:
        """The ids of what the filter leaves."""
        return frozenset(node.id for node in self.snapshot.roadmap.walk())

    def line(self, node: Node, *, without: Keys = (), over: bool = False) -> list[Fact]:
        """Return the facts of a small line; those whose keys are in `without` are told elsewhere.

        `over` keeps those that no longer matter, for outputs in which they may matter again.
        """
        found = self._found(Place.LINE, node, without)
        return found if over else [fact for fact in found if not fact.is_over]

    def text(self, node: Node, *, without: Keys = (), over: bool = False) -> str:
        """Return the small line as plain text."""
        return " · ".join([fact.text for fact in self.line(node, without=without, over=over)])

    def paragraphs(self, node: Node, *, links_from: int = 0, without: Keys = ()) -> Iterator[str]:
        """Yield all there is to tell as plain paragraphs, for formats that have one text of each entry.

        `links_from` is how many links are told elsewhere; `without` names other facts that are.
        """
        for fact in self._found(Place.DETAIL, node, without):
            pieces = fact.pieces[links_from:] if fact.key == "links" else fact.pieces
            yield from (piece.text for piece in pieces if piece.text.strip())
        if line := self.text(node, without=without):
            yield line

    def _found(self, place: Place, node: Node, without: Keys) -> list[Fact]:
        """Return the facts of one place, in order; a field that has its usual value tells none."""
        chosen = place, node.is_bare, without
        rows = self._chosen.get(chosen)
        if rows is None:
            rows = self._chosen[chosen] = tuple(self._rows(*chosen))
        return [fact for index, usual, of in rows if node[index] is not usual and (fact := of(node, self))]

    def _rows(self, place: Place, is_bare: bool, without: Keys) -> Iterator[_Row]:
        for row in FACTS:
            if row.place is place and row.key not in without and row.is_in(self.snapshot):
                if not row.field:
                    yield 0, None, row.of
                elif not is_bare:
                    yield Node._fields.index(row.field), Node._field_defaults[row.field], row.of

    def of(self, key: str, node: Node) -> Fact | None:
        """Return one fact of a node, if there is one."""
        return self._of[key](node, self)

    def tag_title(self, name: str) -> str:
        """Return how a tag is shown, as plain text."""
        tag = self.snapshot.roadmap.tags.get(name)
        return plain(tag.title) if tag else name

    def day(self, day: Any) -> str:
        """Return a day in words."""
        from ..locale.dates import day_text

        return day_text(day, self.language, today=None if self.years else self.snapshot.today)


def _icon(node: Node, _: FactReader) -> Fact | None:
    return Fact("icon", (Piece(node.icon),), data=node.icon) if node.icon else None


def _kind(node: Node, facts: FactReader) -> Fact | None:
    if node.kind is Kind.TASK:
        return None
    return Fact("kind", (Piece(facts.words[node.kind.value]),), f"{MARKS[node.kind]} {{}}", node.kind.value)


def _optional(node: Node, facts: FactReader) -> Fact | None:
    return Fact("optional", (Piece(facts.words["optional"]),), data=True) if node.optional else None


def _skipped(node: Node, facts: FactReader) -> Fact | None:
    if node.children or facts.snapshot.state(node) is not State.SKIPPED:
        return None
    return Fact("skipped", (Piece(facts.words["skipped"]),), data=True)


def _done(node: Node, facts: FactReader) -> Fact | None:
    if node.children or facts.snapshot.state(node) is not State.DONE:
        return None
    return Fact("done", (Piece(facts.words["done"]),), data=True)


def _hours(node: Node, facts: FactReader) -> Fact | None:
    if not node.hours:
        return None
    data = {"low": node.hours.low, "high": node.hours.high}
    return Fact("hours", (Piece(facts.words.hours(*node.hours)),), data=data)


def _due(node: Node, facts: FactReader) -> Fact | None:
    if not node.due:
        return None
    pattern = facts.words.say("due", date="{}")
    over = facts.snapshot.is_done(node)
    return Fact("due", (Piece(facts.day(node.due)),), pattern, node.due.isoformat(), is_over=over)


def _planned(node: Node, facts: FactReader) -> Fact | None:
    snapshot = facts.snapshot
    day = None if node.due or not snapshot.schedule else snapshot.due(node)
    if day is None or snapshot.is_done(node):
        return None
    from ..locale.dates import planned_text

    text = planned_text(day, facts.language, today=snapshot.today)
    pattern = facts.words.say("by", date="{}") if is_near(day, snapshot.today) else "{}"
    return Fact("planned", (Piece(text),), pattern, day.isoformat())


def _needs(node: Node, facts: FactReader) -> Fact | None:
    pieces = tuple(piece for id_ in node.needs if (piece := _need(id_, facts)))
    if not pieces:
        return None
    return Fact("needs", pieces, f"{facts.words['needs']} {{}}", [*node.needs], facts.words.locale.list_separator)


def _need(id_: str, facts: FactReader) -> Piece | None:
    """Return what comes first; of what a filter leaves out, only what is still to be done."""
    other = facts.nodes[id_]
    title = plain(other.title)
    cut = title if len(title) < 60 else f"{title[:57]}…"
    text = f"{other.number}\u00a0{cut}"
    if id_ in facts.shown:
        return Piece(text, id_, f"{other.number} {title}")
    return None if facts.snapshot.is_done(other) else Piece(text)


def _tags(node: Node, facts: FactReader) -> Fact | None:
    if not node.tags:
        return None
    return Fact("tags", tuple(Piece(facts.tag_title(tag)) for tag in node.tags), "#{}", [*node.tags], " #")


def _new(node: Node, facts: FactReader) -> Fact | None:
    return Fact("new", (Piece(facts.words["new"]),), data=True) if facts.snapshot.is_new(node) else None


def _summary(node: Node, _: FactReader) -> Fact | None:
    return Fact("summary", (Piece(plain(node.summary)),), data=node.summary) if node.summary else None


def _notes(node: Node, _: FactReader) -> Fact | None:
    return Fact("notes", (Piece(plain_blocks(node.notes)),), data=node.notes) if node.notes else None


def _links(node: Node, facts: FactReader) -> Fact | None:
    if not node.links:
        return None
    data = [
        {"url": link.url, "title": link.title, "kind": link.kind.value if link.kind else None} for link in node.links
    ]
    return Fact("links", tuple(_link(link, facts) for link in node.links), data=data)


def _link(link: Link, facts: FactReader) -> Piece:
    kind = f" ({facts.words[link.kind.value]})" if link.kind else ""
    return Piece((f"{link.title}: {link.url}" if link.title else link.url) + kind, url=link.url)


def _link_title(node: Node, _: FactReader) -> Fact | None:
    titles = tuple(Piece(link.title) for link in node.links[:1] if link.title)
    return Fact("link_title", titles) if titles else None


def _link_kind(node: Node, facts: FactReader) -> Fact | None:
    kinds = tuple(Piece(facts.words[link.kind.value]) for link in node.links[:1] if link.kind)
    return Fact("link_kind", kinds) if kinds else None


def _own_note(node: Node, facts: FactReader) -> Fact | None:
    tick: Tick | None = None if node.children else facts.snapshot.tick(node)
    return Fact("own_note", (Piece(f"✎ {plain_blocks(tick.note)}"),), data=tick.note) if tick and tick.note else None


FACTS: tuple[FactType, ...] = (
    FactType("icon", "icon", Place.TITLE, "icons", _icon),
    FactType("kind", "kind", Place.LINE, "kinds", _kind),
    FactType("optional", "optional", Place.LINE, "optional", _optional),
    FactType("skipped", "", Place.LINE, "skipped", _skipped, lambda snapshot: bool(snapshot.total.skipped)),
    FactType("hours", "hours", Place.LINE, "hours", _hours),
    FactType("due", "due", Place.LINE, "fixed dates", _due),
    FactType("planned", "", Place.LINE, "planned days", _planned, lambda snapshot: snapshot.schedule is not None),
    FactType("needs", "needs", Place.LINE, "needs", _needs),
    FactType("tags", "tags", Place.LINE, "tags", _tags),
    FactType("new", "", Place.LINE, "", _new, lambda snapshot: bool(snapshot.new)),
    FactType("summary", "summary", Place.DETAIL, "summaries", _summary),
    FactType("notes", "notes", Place.DETAIL, "notes", _notes),
    FactType("links", "links", Place.DETAIL, "links", _links),
    FactType("link_title", "links", Place.PART, "titles of links", _link_title),
    FactType("link_kind", "links", Place.PART, "kinds of links", _link_kind),
    FactType("own_note", "", Place.DETAIL, "notes of your own", _own_note),
    FactType("done", "done", Place.PART, "ticks", _done),
)
"""All facts, in the order in which they are told."""
