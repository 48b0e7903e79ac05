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
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What stands in no scalar but in double quotes, escaped (YAML 1.2 §5.1); a literal block may have lines and tabs."""
_PLAIN = re.compile(r"[^\W_][\w ,.()/&+'’‘“”–—…→;%$?!-]*\Z")
_FLOW = re.compile(r"[^\W_](?:[\w ./+&@%~=#:()’–—;!$*-]*[\w/+%=~)-])?\Z")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_BAD_INSIDE = re.compile(r": |:\Z| #|[ \t]\Z")


def quoted(text: str) -> str:
    """Return a text in YAML's double quotes; JSON's escapes are among them (YAML 1.2 §5.7)."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def scalar(text: str) -> str:
    """Return a one-line text as a YAML scalar of block context, in quotes only when it must be."""
    if _PLAIN.match(text) and text[-1] != " " and not NO_TEXT.match(text):
        return text
    if NO_TEXT.match(text) or _BAD_INSIDE.search(text) or UNPRINTABLE.search(text) or _is_special_start(text):
        return _quoted(text)
    return text


def _is_special_start(text: str) -> bool:
    first = text[0]
    if first in "-?:":
        return len(text) == 1 or text[1] in " -." or not text[1].isalnum()
    return first in _INDICATORS or first.isspace()


def _quoted(text: str) -> str:
    """Return a text in the quotes that need no escapes, where one does."""
    if ('"' in text or "\\" in text) and "'" not in text and not UNPRINTABLE.search(text):
        return f"'{text}'"
    return quoted(text)


def flow(text: str) -> str:
    """Return a one-line text as a YAML scalar inside `[…]` or `{…}`."""
    if _FLOW.match(text) and ": " not in text and " #" not in text and not NO_TEXT.match(text):
        return text
    return _quoted(text)
