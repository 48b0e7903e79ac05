"""The board as values: as it should be (`Wanted…`), and as it is (`Actual…`).

Objects are named by kind and key: a list by the id of its section, a card by its topic's, a checklist by its group's,
an item by its leaf's; the second and further parts of what had to be split end in `#2`, `#3`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .service import Service

BOARD, LABEL, LIST, CARD, CHECKLIST, ITEM = "board", "label", "list", "card", "checklist", "item"
KINDS = (BOARD, LABEL, LIST, CARD, CHECKLIST, ITEM)
"""In the order in which they are made: each needs only what comes before it."""
ABOVE = {ITEM: CHECKLIST, CHECKLIST: CARD, CARD: LIST, LIST: BOARD}
BELOW = {above: kind for kind, above in ABOVE.items()}
"""What holds what."""


class ObjectKey(NamedTuple):
    """One of our objects, by kind and key."""

    kind: str
    key: str


BOARD_REF = ObjectKey(BOARD, "")

Text = tuple[str | ObjectKey, ...]
"""A text in which a `ObjectKey` stands for the address of a card."""


def template_of(text: Text) -> str:
    """Return a text with our own names in place of addresses, which are not known before a card is there."""
    return "".join(part if isinstance(part, str) else f"\0{part.key}\0" for part in text)


class WantedLabel(NamedTuple):
    """A label; `color` is one of Trello's thirty, or empty."""

    key: str
    name: str
    color: str


class WantedItem(NamedTuple):
    """A check item."""

    key: str
    name: str
    done: bool
    taken_back: bool = False
    """Whether somebody unticked it here, and not only nobody ticked it."""


class WantedChecklist(NamedTuple):
    """A checklist."""

    key: str
    name: str
    items: tuple[WantedItem, ...]


class WantedCard(NamedTuple):
    """A card."""

    key: str
    name: str
    desc: Text
    """Without the marker line."""
    start: str
    """`YYYY-MM-DDTHH:MM:SS.000Z`, or empty."""
    due: str
    done: bool
    labels: tuple[str, ...]
    """Keys."""
    checklists: tuple[WantedChecklist, ...]
    taken_back: bool = False
    """Whether a leaf of it was unticked here."""
    has_fixed_date: bool = True
    """Whether its date is its author's, and not the plan's, which moves with every tick."""


class WantedList(NamedTuple):
    """A list."""

    key: str
    name: str
    cards: tuple[WantedCard, ...]


@dataclass(frozen=True, slots=True)
class WantedBoard:
    """The whole board."""

    name: str
    desc: str
    labels: tuple[WantedLabel, ...]
    lists: tuple[WantedList, ...]
    was: dict[str, tuple[str, ...]]
    """Ids of nodes → the ids that they had before."""
    given: frozenset[str]
    """Ids of nodes whose author gave their id, or said what it was before."""
    notices: tuple[str, ...] = ()
    """What a board has no place for."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Ids of nodes → their numbers, by which people name them."""
    service: Service | None = None
    """The service it is for; Trello if not given."""

    @property
    def limits(self) -> Service:
        """What the service can hold."""
        from .service import TRELLO

        return self.service or TRELLO

    def sizes(self) -> dict[str, int]:
        """Return how many objects of each kind there are."""
        cards = [card for row in self.lists for card in row.cards]
        checklists = [checklist for card in cards for checklist in card.checklists]
        return {
            LABEL: len(self.labels),
            LIST: len(self.lists),
            CARD: len(cards),
            CHECKLIST: len(checklists),
            ITEM: sum(len(checklist.items) for checklist in checklists),
        }


class ActualItem(NamedTuple):
    """A check item on the board."""

    id: str
    name: str
    pos: float
    done: bool
    made: float = 0.0
    """When it was made, in seconds since 1970; 0 where the service does not tell."""


class ActualChecklist(NamedTuple):
    """A checklist on the board, its items by position."""

    id: str
    name: str
    pos: float
    items: tuple[ActualItem, ...]
    made: float = 0.0
    """When it was made, in seconds since 1970; 0 where the service does not tell."""


class ActualCard(NamedTuple):
    """A card on the board."""

    id: str
    name: str
    desc: str
    pos: float
    closed: bool
    start: str
    due: str
    done: bool
    list_id: str
    label_ids: tuple[str, ...]
    url: str
    checklists: tuple[ActualChecklist, ...]
    comments: int
    changed: str
    """When anything about it changed last, ISO 8601."""
    made: float = 0.0
    """When it was made, in seconds since 1970; 0 where the service does not tell."""


class ActualList(NamedTuple):
    """A list on the board."""

    id: str
    name: str
    pos: float
    closed: bool
    made: float = 0.0
    """When it was made, in seconds since 1970; 0 where the service does not tell."""


class ActualLabel(NamedTuple):
    """A label on the board."""

    id: str
    name: str
    color: str
    made: float = 0.0
    """When it was made, in seconds since 1970; 0 where the service does not tell."""


@dataclass(frozen=True, slots=True)
class KeptBase:
    """What was last written, as it stands on a board, packed."""

    list_id: str = ""
    """The archived list that holds it; a service that has a hidden place of its own names it at once."""
    closed: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    """Each part's card and its text; both are empty where one is missing."""
    written: str = ""
    """When it was written, ISO 8601."""


@dataclass(frozen=True, slots=True)
class ActualBoard:
    """The whole board as one read gives it; lists and cards by position."""

    id: str
    name: str
    desc: str
    url: str
    closed: bool
    labels: tuple[ActualLabel, ...] = ()
    lists: tuple[ActualList, ...] = ()
    cards: tuple[ActualCard, ...] = ()
    base: KeptBase = KeptBase()
