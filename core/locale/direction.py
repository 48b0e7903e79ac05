"""Which way a language reads, for all outputs: by its script, which is the tag's or the likely one (Unicode CLDR)."""

from __future__ import annotations

import json
import unicodedata
from functools import cache

from .language_file import language_name, locale_of, subtags, template


def direction(language: str, title: str = "") -> str:
    """Return `rtl` or `ltr` for a tag (BCP 47).

    English is what a roadmap has that names no language: then its title's first strong character decides (UAX #9, P2).
    """
    if subtags(language)[0] == "en" and not title.isascii():
        kinds = map(unicodedata.bidirectional, title)
        if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L":
            return "rtl"
    return _direction(language)


@cache
def _direction(language: str) -> str:
    name = language_name(language)
    parts = subtags(language)
    if name and "-".join(parts) == name:
        return locale_of(name).direction
    table = json.loads(template("right_to_left.json"))
    scripts, languages, others = (table[key].split() for key in ("scripts", "languages", "but"))
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in scripts else "ltr"
    for tag in (*(f"{parts[0]}-{part}" for part in parts[1:]), parts[0]):
        if tag in languages or tag in others:
            return "rtl" if tag in languages else "ltr"
    return locale_of(name).direction if name else "ltr"
