"""Which form of a noun goes with a number, by the rules of the Unicode CLDR (UTS #35, part 3, "Language Plural Rules").

Numbers are whole, so that of the operands only `n` is left: `n % 10 = 2..4 and n % 100 != 12..14`.
"""

from __future__ import annotations

from collections.abc import Mapping


def category(rules: Mapping[str, str], number: int) -> int:
    """Return the place of a number's plural category in a language's rules; the place behind them is for all others."""
    for place, rule in enumerate(rules.values()):
        if any(all(_holds(part, number) for part in either.split(" and ")) for either in rule.split(" or ")):
            return place
    return len(rules)


def _holds(condition: str, number: int) -> bool:
    """Return whether a number meets a condition, as `n % 10 != 2..4,7`."""
    operand, sign, values = condition.rsplit(" ", 2)
    _, _, modulus = operand.partition(" % ")
    left = number % int(modulus) if modulus else number
    spans = (span.partition("..") for span in values.split(","))
    return any(int(low) <= left <= int(high or low) for low, _, high in spans) == (sign == "=")
