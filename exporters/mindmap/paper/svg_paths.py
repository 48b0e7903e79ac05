"""SVG path data as PDF operators (ISO 32000-1, 8.5.2)."""

from __future__ import annotations

import re
from functools import cache

_STEP = re.compile(r"([MLCZ])|(-?\d*\.?\d+)")
_OPERATORS = {"M": "m", "L": "l", "C": "c"}
_ARITY = {"M": 2, "L": 2, "C": 6}


@cache
def operators(data: str, height: float) -> str:
    """Return path data with absolute M, L, C and Z alone; y, which grew downwards, grows upwards from `height`."""
    parts: list[str] = []
    letter, numbers = "", [0.0]
    for step, number in _STEP.findall(data):
        if step == "Z":
            parts.append("h")
        elif step:
            letter, numbers = step, []
        else:
            numbers.append(float(number) if len(numbers) % 2 == 0 else height - float(number))
            if len(numbers) == _ARITY[letter]:
                parts.append(f"{' '.join(f'{value:g}' for value in numbers)} {_OPERATORS[letter]}")
                letter, numbers = ("L" if letter == "M" else letter), []
    return " ".join(parts)
