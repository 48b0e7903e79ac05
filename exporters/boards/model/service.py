"""What a service's boards can hold: the planner reads it here, and nothing of the service itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..api.rate_limit import RATE
from .limits import MAX_CARDS, MAX_CHECKLISTS, MAX_ITEMS, MAX_LABELS, MAX_LISTS, MAX_TEXT


@dataclass(frozen=True, slots=True)
class Service:
    """One service; what is not said is as it is at Trello."""

    key: str = "trello"
    """The command, and the middle of the state file's name."""
    name: str = "Trello"
    address: str = "https://trello.com"
    max_lists: int = MAX_LISTS
    max_cards: int = MAX_CARDS
    max_labels: int = MAX_LABELS
    max_checklists: int = MAX_CHECKLISTS
    max_items: int = MAX_ITEMS
    max_description: int = MAX_TEXT
    max_names: Mapping[str, int] = field(default_factory=dict)
    """Kind → the longest name, in UTF-16 units; longer ones are shortened. Without one a name may be a description."""
    rate: float = RATE
    """Requests a second that it allows; 0 where nothing is known."""
    least_gap: float = 0.02
    """Positions closer than this are given anew by the service."""
    deleted: frozenset[str] = frozenset({"checklist", "item"})
    """Kinds that can't be archived."""
    moves_items: bool = True
    """Whether an item may move to another card."""
    item_markdown: bool = True
    has_start: bool = True
    has_description: bool = True
    """Whether a board has a description."""
    completes_without_due: bool = True
    """Whether a card can be completed without a due date; where not, a topic without items gets one of its own."""
    copies: bool = False
    """Whether a board can be made as the copy of another: `create` then takes its id as `copy_of`."""
    keeps_base: bool = False
    """Whether an archived list holds what was last written, for other machines."""
    colors: Mapping[str, str] = field(default_factory=dict)
    """Trello's thirty colours in the service's."""
    asks: tuple[str, ...] = ("board", "name", "workspace", "visibility", "background")
    """The options of `plan` and `push`."""


TRELLO = Service(copies=True, keeps_base=True)
