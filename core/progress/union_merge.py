"""A progress file whose lines git joined from two sides (`merge=union`), put in order again.

Joining keeps every line and may put it below another's head. What a line is shows in its indentation: entries have two
spaces, the outline's lines four and more, everything else none. So no line has to be guessed at.
"""

from __future__ import annotations

_SECTIONS = ("outline", "orphans", "ticks")


def untangled(text: str) -> str:
    """Return the text with the lines of each section below one head; comments are left out."""
    heads: list[str] = []
    lines: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    section = "ticks"
    long_key = ""
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        entries = lines["orphans" if section == "orphans" else "ticks"]
        if not line.strip() or line.startswith("#"):
            continue
        if name in _SECTIONS and value.strip() in ("", "|"):
            section = name
        elif not line.startswith(" "):
            heads.append(line)
        elif line.startswith("    "):
            lines["outline"].append(line)
        elif line.startswith("  : ") and entries[-1:] != [long_key]:
            entries += [long_key, line]  # the second value of one key
        else:
            entries.append(line)
            long_key = line if line.startswith("  ? ") else long_key
    for name in _SECTIONS:
        if lines[name]:
            heads += [f"{name}: |" if name == "outline" else f"{name}:", *lines[name]]
    return "\n".join([*heads, ""])
