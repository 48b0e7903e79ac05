"""A snapshot to the board it should be: a list per section, a card per topic, a check item per leaf below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timezone
from typing import TYPE_CHECKING

from ....core import text
from ....core.errors import RoadpressError, UsageError
from ....core.model import Kind, Node
from ....core.progress.model import State
from ....core.snapshot import Snapshot, facts
from ....core.snapshot.facts import FactReader
from ....core.theme import MARKS
from ...fidelity import everything, left_out
from . import limits
from .board import (
    BOARD,
    CARD,
    CHECKLIST,
    ITEM,
    LABEL,
    LIST,
    ObjectKey,
    Text,
    WantedBoard,
    WantedCard,
    WantedChecklist,
    WantedItem,
    WantedLabel,
    WantedList,
)
from .card_text import description, item_name, joined, markdown, plain_item, plain_name
from .colors import KIND_COLORS, OPTIONAL_COLOR, SKIPPED_COLOR, tag_colors
from .limits import chunks, shortened, units
from .marker import overhead
from .service import TRELLO, Service

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY_START, DAY_END = time(8), time(17)
"""Of a day in a time zone that is known."""
NOON_BEFORE, NOON = "T11:00:00.000Z", "T12:00:00.000Z"
"""Of a day wherever: noon in UTC is that day from UTC-12 to UTC+11."""
"""The hours at which a day's work starts and is due; always in UTC, as Trello keeps them."""
_ROOM_FOR_MARKER = 60
_ROOM_FOR_ADDRESS = 30
"""Units left free for each card's address in a description."""


def wanted_board(
    snapshot: Snapshot, *, name: str = "", dates: str = "planned", zone: str = "", service: Service = TRELLO
) -> WantedBoard:
    """Return the board of a roadmap.

    `dates` is `planned`: those of the plan, too; `fixed`: those that the author fixed; or `none`. They are days in the
    time zone of that name (IANA); without one, days wherever the board is looked at.
    Raises RoadpressError, naming the node, for what the service's limits do not let through and can't be split;
    UsageError for a zone that there is none of.
    """
    return _Mapper(snapshot, dates, zone, service).board(name)


class _Mapper:
    def __init__(self, snapshot: Snapshot, dates: str, zone: str, service: Service) -> None:
        self.service = service
        self.shortened = 0
        self.snapshot = snapshot
        self.dates = dates
        self.zone = _zone(zone) if zone else None
        self.roadmap = snapshot.roadmap
        self.facts = FactReader(snapshot, years=True)  # a push of next year finds nothing to change
        self.nodes = self.facts.nodes
        self.card_of: dict[str, str] = {}
        for section in self.roadmap.sections:
            if _has_own_card(section, self.facts):
                self.card_of[section.id] = section.id
            for topic in section.children:
                self.card_of.update((node.id, topic.id) for node in topic.walk())
        self.links = self._links() if any(node.needs for node in self.nodes.values()) else {}
        self.used: dict[str, None] = {}

    def board(self, name: str) -> WantedBoard:
        lists = tuple(self._list(section) for section in self.roadmap.sections)
        labels = tuple(label for label in self._labels() if label.key in self.used)
        shown = name or text.plain(self.roadmap.title)
        was = {node.id: node.was for node in self.nodes.values() if node.was}
        given = frozenset(node.id for node in self.nodes.values() if node.own_id or node.was)
        parts = (self.roadmap.description.strip(), ", ".join(self.roadmap.authors))
        desc = "\n\n".join(part for part in parts if part) if self.service.has_description else ""
        if units(desc) > self.service.max_description - _ROOM_FOR_MARKER:
            raise RoadpressError(
                f"The roadmap's description is {units(desc):,} characters long; {self.service.name}'s holds "
                f"{self.service.max_description:,}.",
                remedy="Shorten it, or move a part into the notes of a section.",
            )
        left = left_out(f"A {self.service.name} board", self.snapshot, _ON_A_BOARD)
        title = self._fits(shown, "The roadmap's title", BOARD)
        left = (*left, *self._lacks())
        numbers = {id_: node.number for id_, node in self.nodes.items()}
        board = WantedBoard(title, desc, labels, lists, was, given, left, numbers, self.service)
        for what, count, limit in (
            ("sections", len(lists), self.service.max_lists),
            ("topics", board.sizes()[CARD], self.service.max_cards),
            ("tags and kinds", len(labels), self.service.max_labels),
        ):
            if count > limit:
                raise RoadpressError(
                    f"The roadmap has {count:,} {what}; a board of {self.service.name}'s holds {limit:,}.",
                    remedy="Divide it into several roadmaps.",
                )
        return board

    # -- parts ---------------------------------------------------------------------------------------------------

    def _list(self, section: Node) -> WantedList:
        cards: list[WantedCard] = []
        if _has_own_card(section, self.facts):
            cards += self._cards(section, self._label_keys(section, ()))
        for topic in section.children:
            cards += self._cards(topic, self._label_keys(topic, section.tags))
        return WantedList(section.id, self._fits(plain_name(section), _named(section), LIST), tuple(cards))

    def _cards(self, node: Node, labels: tuple[str, ...]) -> Iterator[WantedCard]:
        """Yield the card of a section or topic; further ones where its description is too long for one."""
        own = node.depth == 1 and bool(node.children)  # the card that says what a section says
        name = _own_card_name(node) if own else plain_name(node)
        inner = (below for below in node.walk() if below is not node) if not own else iter(())
        source = node._replace(summary="") if own and name == text.plain(node.summary) else node
        desc = description(source, inner, lambda id_: self._need(node, id_), self.facts)
        parts = list(_split(desc, self.service.max_description - overhead(node.id) - 8))
        checklists = () if own else tuple(self._checklists(node))
        if node.is_leaf and not self.service.completes_without_due:
            checklists = (WantedChecklist(node.id, "Checklist", (self._item(node, with_mark=False),)),)
        if len(checklists) > self.service.max_checklists:
            raise RoadpressError(
                f"{_named(node)} has {len(checklists):,} groups; a card of {self.service.name}'s holds "
                f"{self.service.max_checklists} checklists.",
                remedy="Divide it into several topics.",
            )
        start, due = self._days(node)
        for index, part in enumerate(parts or [()], 1):
            shown = name if len(parts) < 2 else f"{name} ({index}/{len(parts)})"
            yield WantedCard(
                node.id if index == 1 else f"{node.id}#{index}",
                self._fits(shown, _named(node), CARD),
                part,
                _moment(start, DAY_START, NOON_BEFORE, self.zone)
                if start and due and start <= due and self.service.has_start
                else "",
                _moment(due, DAY_END, NOON, self.zone) if due else "",
                self.snapshot.is_done(node) and (due is not None or self.service.completes_without_due),
                labels,
                checklists if index == 1 else (),
                any(map(self._is_taken_back, (node,) if own else node.leaves())),
                node.due is not None,
            )

    def _days(self, node: Node) -> tuple[date | None, date | None]:
        """Return the days on which a card begins and ends, as far as the board is to have them."""
        if self.dates == "none" or (self.dates == "fixed" and node.due is None):
            return None, None
        return (self.snapshot.start(node) if self.dates == "planned" else None), self.snapshot.due(node)

    def _checklists(self, topic: Node) -> Iterator[WantedChecklist]:
        """Yield a checklist of the leaves right below a topic, then one for each group, in reading order."""
        stack: list[tuple[Node, str]] = [(topic, "Checklist")]
        while stack:
            group, name = stack.pop()
            leaves = [child for child in group.children if child.is_leaf]
            groups = [child for child in group.children if not child.is_leaf]
            if leaves:
                kinds = {leaf.kind for leaf in leaves}
                items = [self._item(leaf, with_mark=len(kinds) > 1) for leaf in leaves]
                parts = chunks(items, self.service.max_items)
                for index, part in enumerate(parts, 1):
                    shown = name if len(parts) == 1 else f"{name} ({index}/{len(parts)})"
                    key = group.id if index == 1 else f"{group.id}#{index}"
                    yield WantedChecklist(key, self._fits(shown, _named(group), CHECKLIST), tuple(part))
            path = "" if group is topic else f"{name} › "
            stack.extend((child, path + plain_name(child)) for child in reversed(groups))

    def _item(self, leaf: Node, *, with_mark: bool) -> WantedItem:
        state = self.snapshot.state(leaf)
        name = item_name(leaf, mark=MARKS[leaf.kind] if with_mark else "", optional=self.facts.words["optional"])
        if not self.service.item_markdown:
            name = plain_item(leaf, mark=MARKS[leaf.kind] if with_mark else "", optional=self.facts.words["optional"])
        elif state is State.SKIPPED:
            name = f"~~{name}~~"
        return WantedItem(leaf.id, self._fits(name, _named(leaf), ITEM), state is State.DONE, self._is_taken_back(leaf))

    def _is_taken_back(self, leaf: Node) -> bool:
        tick = self.snapshot.progress.ticks.get(leaf.id)
        return tick is not None and tick.state is State.OPEN

    # -- labels --------------------------------------------------------------------------------------------------

    def _label_keys(self, node: Node, inherited: tuple[str, ...]) -> tuple[str, ...]:
        """Return the labels of a card: tags of its section and its own, and the kinds of what it holds."""
        keys = dict.fromkeys(f"tag:{tag}" for tag in (*inherited, *node.tags))
        below = node.walk() if node.depth > 1 else iter((node,))
        for kind in dict.fromkeys(part.kind for part in below if part.kind is not Kind.TASK):
            keys[f"kind:{kind.value}"] = None
        if node.optional:
            keys["optional"] = None
        if node.is_leaf and self.snapshot.state(node) is State.SKIPPED:
            keys["skipped"] = None
        self.used.update(keys)
        return tuple(keys)

    def _labels(self) -> Iterator[WantedLabel]:
        tags = list(self.roadmap.tags.values())
        unlisted = [key for key in self.used if key.startswith("tag:") and key[4:] not in self.roadmap.tags]
        colors = tag_colors([*(tag.color for tag in tags), *("" for _ in unlisted)])
        titles = [(f"tag:{tag.id}", text.plain(tag.title)) for tag in tags] + [(key, key[4:]) for key in unlisted]
        for (key, title), color in zip(titles, colors, strict=True):
            yield WantedLabel(key, self._fits(title, f"The tag {title[:40]!r}", LABEL), self._color(color))
        for kind, color in KIND_COLORS.items():
            yield WantedLabel(f"kind:{kind.value}", self._word(kind.value), self._color(color))
        yield WantedLabel("optional", self._word("optional"), self._color(OPTIONAL_COLOR))
        yield WantedLabel("skipped", self._word("skipped"), self._color(SKIPPED_COLOR))

    def _color(self, name: str) -> str:
        return self.service.colors.get(name, name)

    def _fits(self, name: str, what: str, kind: str) -> str:
        """Return a name that the service holds; shortened where it says how long one may be."""
        limit = self.service.max_names.get(kind)
        if limit is not None and units(name) > limit:
            self.shortened += 1
            return shortened(name, limit)
        if units(name) > self.service.max_description:
            raise RoadpressError(
                f"{what} is {units(name):,} characters long; a name on {self.service.name} holds "
                f"{self.service.max_description:,}.",
                remedy="Shorten it, and put the rest into its notes.",
            )
        return name

    def _lacks(self) -> Iterator[str]:
        """Yield, once, what the service has no place for."""
        name = self.service.name
        if not self.service.has_description and (self.roadmap.description.strip() or self.roadmap.authors):
            yield f"{name} has no description of a board: the roadmap's description and authors stay out."
        if not self.service.has_start and any(self.snapshot.start(node) for node in self.nodes.values()):
            yield f"{name} has no start dates: only due dates are on the board."
        if self.shortened:
            some = "1 name is" if self.shortened == 1 else f"{self.shortened:,} names are"
            yield f"{some} longer than {name} holds, and end in … there."

    def _word(self, key: str) -> str:
        return self.facts.words.capitalized(self.facts.words[key])

    # -- what comes first ----------------------------------------------------------------------------------------

    def _links(self) -> dict[str, set[str]]:
        """Return for each card the cards that it may link to without a circle of links.

        A card's address is known only once it is there, so cards are made in the order of these links.
        """
        wanted: dict[str, dict[str, None]] = {}
        for node in self.nodes.values():
            card = self.card_of.get(node.id)
            for need in node.needs:
                other = self.card_of.get(need)
                if card and other and other != card:
                    wanted.setdefault(card, {})[other] = None
        allowed: dict[str, set[str]] = {}
        state: dict[str, int] = {}
        for root, needs in wanted.items():
            if root in state:
                continue
            state[root] = 1
            stack = [(root, iter(needs))]
            while stack:
                card, rest = stack[-1]
                other = next(rest, None)
                if other is None:
                    state[card] = 2
                    stack.pop()
                elif state.get(other) != 1:
                    allowed.setdefault(card, set()).add(other)
                    if other not in state:
                        state[other] = 1
                        stack.append((other, iter(wanted.get(other, ()))))
        return allowed

    def _need(self, node: Node, id_: str) -> Text:
        need = self.nodes[id_]
        other = self.card_of.get(id_)
        if other is not None and other in self.links.get(self.card_of.get(node.id, node.id), ()):
            return ("[", markdown(need.title), "](", ObjectKey(CARD, other), ")")
        return (markdown(need.title),)


_ON_A_BOARD = everything(without=("own_note",)) | {"description", "authors"}
_ON_A_LIST = frozenset({"icon", "tags", "done"})
"""Facts that a list tells of its section: in its name, as its cards' labels, by its items."""


def _has_own_card(section: Node, reader: FactReader) -> bool:
    """Whether a section says more than a list can show, or is a leaf, which one must be able to tick."""
    return section.is_leaf or any(
        row.field and row.key not in _ON_A_LIST and row.of(section, reader) for row in facts.FACTS
    )


def _own_card_name(section: Node) -> str:
    return text.plain(section.summary) or plain_name(section)


def _moment(day: date, clock: time, anywhere: str, zone: ZoneInfo | None) -> str:
    if zone is None:
        return f"{day.isoformat()}{anywhere}"
    moment = datetime.combine(day, clock, tzinfo=zone).astimezone(timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there, no name of one, a folder of them
        remedy = "Write it as `Europe/Berlin` or `Asia/Bangkok`."
        raise UsageError(f"There is no time zone called {name!r}.", remedy=remedy) from None


def _named(node: Node) -> str:
    return f"{node.number} {text.plain(node.title)[:60]!r}"


def _split(desc: Text, limit: int) -> Iterator[Text]:
    """Split a description into parts that fit."""
    whole = sum(units(part) if isinstance(part, str) else _ROOM_FOR_ADDRESS for part in desc)
    if whole <= limit:
        if desc:
            yield desc
        return
    used, current = 0, list[str | ObjectKey]()
    for part in desc:
        for piece in limits.pieces(part, limit) if isinstance(part, str) else (part,):
            size = units(piece) if isinstance(piece, str) else _ROOM_FOR_ADDRESS
            if current and used + size > limit:
                yield joined(current)
                used, current = 0, []
            current.append(piece)
            used += size
    if current:
        yield joined(current)
