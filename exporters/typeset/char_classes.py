"""Classes of characters by their ranges: what a regular expression's class is, without milliseconds to compile it."""

from __future__ import annotations

from bisect import bisect_right


class Chars:
    """A class of characters."""

    def __init__(self, *ranges: str) -> None:
        """Each range is its first and its last character, or one character; in order, and none in another."""
        self._bounds: list[str] = []
        for part in ranges:
            self._bounds += (part[0], chr(ord(part[-1]) + 1))

    def __contains__(self, char: str) -> bool:
        return char >= self._bounds[0] and bisect_right(self._bounds, char) % 2 == 1

    def found_in(self, text: str) -> bool:
        """Whether a text has any of them."""
        if not text or max(text) < self._bounds[0]:
            return False
        bounds = self._bounds
        first = bounds[0]
        return any(bisect_right(bounds, char) % 2 for char in text if char >= first)


WIDE = Chars("\u2e80\ua4cf", "\uac00\ud7af", "\uf900\ufaff", "\ufe30\ufe4f", "\uff00\uffef", "\U00020000\U0003ffff")
"""East Asian letters, each as wide as high: a line may break between any two."""
