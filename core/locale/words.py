"""The outputs' own words, by language, English where there are none.

A text with a number has its forms with `|` between them, in the order that the CLDR gives the plural categories of
whole numbers: English `{n} topic|{n} topics`, Russian one, few and many. One more language is one more file: see
CONTRIBUTING.md.
"""

from __future__ import annotations

from functools import cache

from .language_file import language_file, language_name, locale_of
from .plurals import category


class Words:
    """The words of one language, and of one output where it has some of its own."""

    def __init__(self, name: str, output: str = "") -> None:
        data = language_file(name)
        self.language = name
        self.locale = locale_of(name)
        self._output = output
        self._texts: dict[str, str] = {"decimal": self.locale.decimal, **data["words"], **data.get(output, {})}

    def __getitem__(self, key: str) -> str:
        speaker = self._speaker(key)
        return self._texts[key] if speaker is self else speaker[key]

    def _speaker(self, key: str) -> Words:
        """Return who says a text: the English words where the language lacks it."""
        return self if key in self._texts or self.language == "en" else words_for("en", self._output)

    def say(self, key: str, **values: object) -> str:
        """Return a text with its values in place."""
        return self[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a number with its noun, and other values in place: `3 topics`, `1 topic`."""
        speaker = self._speaker(key)
        forms = speaker[key].split("|")
        return forms[min(category(speaker.locale.plurals, number), len(forms) - 1)].format(n=number, **values)

    def number(self, value: float) -> str:
        """Return a number as the language writes it: `2.5`, `2,5`."""
        return f"{value:g}".replace(".", self.locale.decimal)

    def hours(self, low: float, high: float) -> str:
        """Return hours, a range where there is one: `4–8 h`, with a space that no line breaks at."""
        said = self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"
        return self["hours"].format(n=said).replace(" ", "\u00a0")

    def capitalized(self, text: str) -> str:
        """Return a text with a capital first; that of `i` is `İ` where `ı` is another letter."""
        dotted = text[:1] == "i" and self.language.partition("-")[0] in ("tr", "az")
        return ("İ" if dotted else text[:1].upper()) + text[1:]


@cache
def words_for(language: str, output: str = "") -> Words:
    """Return the words of a language (BCP 47): `zh-TW` is written in traditional characters, `de-AT` is German.

    `output` adds the words that one output alone says. Where a language has none of those, all is English, rather than
    half of each.
    """
    name = language_name(language) or "en"
    return Words(name if not output or output in language_file(name) else "en", output)
