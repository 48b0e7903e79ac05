"""All that is known of a language: `templates/words/<language>.json`, one file a language.

Its parts: `locale`, which `make locale` takes from the Unicode CLDR; `dates`, what we write otherwise than the CLDR;
`words`, said by several outputs; and a part for each output that has more to say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pkgutil import get_data
from typing import Any, NamedTuple

_ALIASES = {"cmn": "zh", "yue": "zh", "iw": "he"}


class Locale(NamedTuple):
    """How a language writes numbers, dates and lists. Patterns have places by name: `{weekday} {day} {month}`."""

    source: str
    direction: str
    """`ltr` or `rtl`."""
    decimal: str
    list_separator: str
    plurals: Mapping[str, str]
    """The rule of each plural category but the last, which has all other numbers; see `plurals`."""
    weekdays: Sequence[str]
    """From Monday."""
    months: Sequence[str]
    """Within a date."""
    months_alone: Sequence[str]
    day: str
    day_year: str
    date: str
    """Without the weekday."""
    date_year: str
    month_year: str
    week: str = ""
    """How a week is, `{}` its Monday: our own word, English where it is missing."""


def subtags(language: str) -> list[str]:
    """Return the parts of a tag (BCP 47) in small letters: `zh-TW` is `zh`, `tw`."""
    return language.lower().replace("_", "-").split("-")


def is_traditional_chinese(language: str) -> bool:
    """Whether a tag asks for traditional characters: by its script, else by its region or language."""
    first, *rest = subtags(language)
    if first not in ("zh", "cmn", "yue") or "hans" in rest:
        return False
    return first == "yue" or not {"hant", "tw", "hk", "mo"}.isdisjoint(rest)


@cache
def language_name(language: str) -> str:
    """Return the name of the file for a tag: the longest beginning of the tag that has one (RFC 4647, 3.4), or none."""
    first, *rest = subtags(language)
    parts = [_ALIASES.get(first, first), *(["hant"] if is_traditional_chinese(language) else rest)][:3]
    while parts:
        if all(part.isalnum() and len(part) <= 8 for part in parts) and language_file("-".join(parts)):
            return "-".join(parts)
        parts.pop()
    return ""


def template(path: str) -> bytes:
    """Return a file of `templates`, or nothing where there is none.

    Not by `importlib.resources`, which takes longer to import than all of a language takes to be read.
    """
    try:
        return get_data("roadpress", f"templates/{path}") or b""
    except OSError:
        return b""


@cache
def language_file(name: str) -> Mapping[str, Any]:
    """Return what the file of a language holds; nothing where there is none."""
    data: dict[str, Any] = json.loads(template(f"words/{name}.json") or "{}")
    return data


@cache
def locale_of(name: str) -> Locale:
    """Return the locale of a language by the name of its file; what we write ourselves goes before the CLDR's."""
    data = language_file(name)
    return Locale(**{**data["locale"], **data.get("dates", {})})
