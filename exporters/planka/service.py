"""What a Planka board can hold, and Trello's colours in Planka's."""

from __future__ import annotations

import sys

from ..boards.model.board import BOARD, CARD, CHECKLIST, ITEM, LABEL, LIST
from ..boards.model.service import Service

LABEL_COLORS = {
    "blue": "lagoon-blue",
    "orange": "pumpkin-orange",
    "green": "bright-moss",
    "pink": "pink-tulip",
    "sky": "summer-sky",
    "purple": "lavender-fields",
    "red": "berry-red",
    "black": "dark-granite",
    "lime": "sunny-grass",
    "yellow": "egg-yellow",
    "blue_dark": "midnight-blue",
    "orange_dark": "orange-peel",
    "green_dark": "tank-green",
    "pink_dark": "sugar-plum",
    "sky_dark": "antique-blue",
    "purple_dark": "lilac-eyes",
    "red_dark": "red-burgundy",
    "black_dark": "gun-metal",
    "lime_dark": "wet-moss",
    "yellow_dark": "pirate-gold",
    "blue_light": "morning-sky",
    "orange_light": "light-orange",
    "green_light": "coral-green",
    "pink_light": "piggy-red",
    "sky_light": "turquoise-sea",
    "purple_light": "sweet-lilac",
    "red_light": "apricot-red",
    "black_light": "silver-glint",
    "lime_light": "modern-green",
    "yellow_light": "desert-sand",
}
BOARD_NAME = 128
PLANKA = Service(
    key="planka",
    name="Planka",
    address="",
    max_lists=sys.maxsize,
    max_cards=sys.maxsize,
    max_labels=sys.maxsize,
    max_checklists=sys.maxsize,
    max_items=sys.maxsize,
    max_description=250_000,  # a body holds 1 MiB, and a unit may be four bytes of it
    max_names={BOARD: BOARD_NAME, LIST: 128, LABEL: 128, CHECKLIST: 128, CARD: 1024, ITEM: 1024},
    rate=0.0,
    least_gap=0.25,
    deleted=frozenset({LIST, CHECKLIST, ITEM}),
    moves_items=False,
    item_markdown=False,
    has_start=False,
    has_description=False,
    completes_without_due=False,
    keeps_base=True,
    colors=LABEL_COLORS,
    asks=("board", "name", "project"),
)
