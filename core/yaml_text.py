"""Texts as YAML, so that every library reads the same: what can't stand without quotes, and how it stands in them."""

from __future__ import annotations

import json
import re

NO_TEXT = re.compile(
    r"(?:~?|null|true|false|yes|no|on|off|y|n)\Z"
    r"|[-+._\d][\d_.:xobe+a-f-]*(?:[t ][\d:. +z-]+)?\Z|[-+]?\.(?:inf|nan)\Z",
    re.IGNORECASE,
)
"""What some library or version of YAML takes for something else than a text."""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """Return a text in YAML's double quotes; JSON's escapes are among them (YAML 1.2 §5.7)."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
