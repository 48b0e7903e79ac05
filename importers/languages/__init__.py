"""The languages that the importer understands: one file of words each."""

from __future__ import annotations

import re
from functools import cache

from . import ar, de, en, es, fa, fr, he, hi, it, ja, ko, pl, pt, ru, tr, uk, vi, zh
from . import id as indonesian

ALL = tuple(
    module.WORDS for module in (en, es, pt, fr, de, it, ru, uk, pl, tr, zh, ja, ko, ar, fa, he, hi, indonesian, vi)
)


@cache
def any_of(*fields: str) -> str:
    """Return the alternatives that the fields of all languages have, each once, as one group."""
    parts: dict[str, None] = {}
    for words in ALL:
        for field in fields:
            parts[str(getattr(words, field))] = None
    return f"(?:{'|'.join(parts)})"


@cache
def whole(*fields: str) -> re.Pattern[str]:
    """Return a pattern for texts that are nothing but one of the words, and signs around it."""
    return re.compile(rf"\W{{0,8}}(?!.{{200}}){any_of(*fields)}\W{{0,40}}\Z", re.IGNORECASE)


@cache
def opening(*fields: str) -> re.Pattern[str]:
    """Return a pattern for texts that begin with one of the words."""
    return re.compile(rf"\W{{0,8}}{any_of(*fields)}(?![a-zß-öø-ÿа-яёіїєґ])", re.IGNORECASE)
