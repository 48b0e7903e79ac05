"""The languages that ship, and what stands in their files."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "templates" / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
PARTS = ("words", "mindmap", "checklist", "cohort", "edit")
"""The parts of a file that hold words."""


def texts(language: str, part: str = "words") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))[part]
    return found


def places(text: str) -> list[str]:
    """Return the names of the places of a text, each as often as in one of its forms."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})
