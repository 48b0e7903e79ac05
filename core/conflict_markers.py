"""The lines that git leaves in a file which it could not merge."""

from __future__ import annotations

import re

from .errors import Problem
from .model import SourcePosition

_MARKER = re.compile(r"^(?:(<{7}|\|{7}|>{7})(?: .*)?|(={7}))\r?$", re.MULTILINE)


def conflict_lines(text: str) -> list[tuple[int, str]]:
    """Return number and sign of each line that is a conflict marker, in order; none where a text merely looks so.

    A line of equals signs or bars is one only where an angled one is in the text, too: Markdown underlines with it.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    found = [(match.start(), match[1] or match[2]) for match in _MARKER.finditer(text)]
    if not any(sign[0] in "<>" for _, sign in found):
        return []
    return [(text.count("\n", 0, start) + 1, sign) for start, sign in found]


def conflict_problems(text: str, remedy: str) -> list[Problem]:
    """Return a problem for a text with conflict markers, which says in what lines they stand."""
    found = conflict_lines(text)
    return [Problem(SourcePosition(found[0][0], 1), f"{conflict_sentence(found)}", remedy)] if found else []


def conflict_sentence(found: list[tuple[int, str]]) -> str:
    """Return in words what `conflict_lines` found; at most the first nine lines are named."""
    shown = [f"`{sign}` in line {line}" for line, sign in found[:9]]
    if len(found) > len(shown):
        shown.append(f"{len(found) - len(shown)} more")
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"a merge in git left its conflict here: {listed}"
