"""The outputs' own words, by language: `templates/words/<language>.json`, English where there are none.

A text with a number has its forms with `|` between them, in the order that CLDR gives the plural categories of whole
numbers (unicode.org/cldr, "Language Plural Rules"): English `{n} topic|{n} topics`, Russian one, few and many. One more
language is a file in each folder of words under `templates`, and its dates in `dates`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files


class Words:
    """The words of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def say(self, key: str, **values: object) -> str:
        """Return a text with its values in place."""
        return self._texts[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a number with its noun, and other values in place: `3 topics`, `1 topic`."""
        forms = self._texts[key].split("|")
        index = _PLURALS.get(self.language.partition("-")[0], _one_or_more)(number)
        return forms[min(index, len(forms) - 1)].format(n=number, **values)

    def number(self, value: float) -> str:
        """Return a number as the language writes it: `2.5`, `2,5`."""
        return f"{value:g}".replace(".", self._texts["decimal"])

    def hours(self, low: float, high: float) -> str:
        """Return hours, a range where there is one: `4–8 h`, with a space that no line breaks at."""
        said = self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"
        return self._texts["hours"].format(n=said).replace(" ", "\u00a0")


@cache
def words_for(language: str, output: str = "") -> Words:
    """Return the words of a language (BCP 47): `zh-TW` is written in traditional characters, `de-AT` is German.

    `output` adds the words that one output alone says: those in `templates/<output>/words`.
    """
    name = _known(language)
    texts = {**_texts("en"), **_texts(name)}
    if output:
        texts |= {**_texts("en", output), **_texts(name, output)}
    return Words(name, texts)


def _known(language: str) -> str:
    parts = language.lower().replace("_", "-").split("-")
    first = {"cmn": "zh", "yue": "zh", "iw": "he"}.get(parts[0], parts[0])
    traditional = parts[0] == "yue" or {"hant", "tw", "hk", "mo"} & set(parts[1:])
    if first == "zh" and traditional and "hans" not in parts:
        return "zh-hant"
    return first if first.isalpha() and (_FOLDER / f"{first}.json").is_file() else "en"


_TEMPLATES = files("roadpress") / "templates"
_FOLDER = _TEMPLATES / "words"


def _texts(name: str, output: str = "") -> dict[str, str]:
    path = (_TEMPLATES / output / "words" if output else _FOLDER) / f"{name}.json"
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if not output or path.is_file() else {}
    return found


def _one_or_more(number: int) -> int:
    return int(number != 1)


def _none_or_one(number: int) -> int:
    return int(number > 1)


def _polish(number: int) -> int:
    if number == 1:
        return 0
    return 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2


def _east_slavic(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2


def _hebrew(number: int) -> int:
    return number - 1 if number in {1, 2} else 2


def _arabic(number: int) -> int:
    if number < 3:
        return number
    if 3 <= number % 100 <= 10:
        return 3
    return 4 if number % 100 > 10 else 5


_PLURALS: Mapping[str, Callable[[int], int]] = {
    "fr": _none_or_one,
    "pt": _none_or_one,
    "pl": _polish,
    "ru": _east_slavic,
    "uk": _east_slavic,
    "he": _hebrew,
    "ar": _arabic,
}
