"""The YAML between `---` lines that some Markdown begins with."""

from __future__ import annotations

import re

from ...core.roadmap_file.yaml_tree import parse, texts
from ..common.draft import Account, DraftRoadmap

_FENCE = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = {
    "title": "title",
    "description": "description",
    "summary": "description",
    "author": "authors",
    "authors": "authors",
    "language": "language",
    "lang": "language",
}


def take(text: str, roadmap: DraftRoadmap, account: Account) -> str:
    """Fill a roadmap from front matter; return the text with its lines emptied, so that others keep their number."""
    match = _FENCE.match(text)
    if not match or not re.match(r"\s*[\w-]+\s*:", match[1]):
        return text
    parsed = parse(match[1])
    found = texts(parsed.root)
    if not parsed.complete or not isinstance(found, dict):
        return text
    for key, value in found.items():
        name = _KEYS.get(str(key).lower())
        if name == "authors":
            roadmap.authors = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        elif name and isinstance(value, str) and value.strip() and not getattr(roadmap, name):
            setattr(roadmap, name, " ".join(value.split()))
            account.understood.append((1, f"front matter: {name}", value))
        else:
            account.leave_out(1, "front matter", _raw(match[1], str(key)))
    return "\n" * match[0].count("\n") + text[match.end() :]


def _raw(text: str, key: str) -> str:
    """Return the lines of a key as they are written; its value may be one that aliases make enormous."""
    found = re.search(rf"^{re.escape(key)}[ \t]*:.*(?:\n(?:[ \t-].*)?$)*", text, re.MULTILINE)
    return found[0] if found else key
