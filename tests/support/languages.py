"""The languages that ship, and what stands in their files."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "templates" / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
PARTS = ("words", "mindmap", "checklist", "cohort", "edit", "commands", "diff")
"""The parts of a file that hold words."""


def texts(language: str, part: str = "words") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))[part]
    return found


def places(text: str) -> list[str]:
    """Return the names of the places of a text, each as often as in one of its forms."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


LOCALE = {
    "source": "made up",
    "direction": "rtl",
    "decimal": "·",
    "list_separator": " & ",
    "plurals": {"pair": "n % 10 = 2 and n != 12"},
    "weekdays": [f"day{n}" for n in range(1, 8)],
    "months": [f"moon{n}" for n in range(1, 13)],
    "months_alone": [f"Moon{n}" for n in range(1, 13)],
    "day": "{weekday}/{month}/{day}",
    "day_year": "{year}/{weekday}/{month}/{day}",
    "date": "{month}/{day}",
    "date_year": "{year}/{month}/{day}",
    "month_year": "{year}/{month_alone}",
}
"""How the made-up language `qaa`, which is for private use, writes numbers, dates and lists."""

Write = Callable[[dict[str, Any]], None]
"""What lays a file of the made-up language beside the others."""


def made_up() -> dict[str, Any]:
    """Return all words of a language in which each word of English ends in `ish`."""
    made: dict[str, Any] = {"locale": LOCALE, "dates": {"week": "sevenish {}"}}
    for part in PARTS:
        made[part] = {
            key: re.sub(r"(?<![{\w])([A-Za-z]+)(?![}\w])", r"\1ish", text) for key, text in texts("en", part).items()
        }
    made["words"]["topics"] = "{n} coupleish|{n} heapish"
    return made
