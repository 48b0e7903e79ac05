"""Text and attributes that XML may hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape as escaped
from xml.sax.saxutils import quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""XML 1.0 §2.2: no production `Char` has these, and there is no way to write them."""


def xml_text(text: str, *, escape: bool = True) -> str:
    """Return text without the characters that XML 1.0 forbids, and with `&`, `<` and `>` escaped unless told not to."""
    text = _FORBIDDEN.sub("", text)
    return escaped(text) if escape else text


def xml_attribute(value: str) -> str:
    """Return an attribute's value in quotes; line ends and tabs in it stay what they are."""
    return quoteattr(xml_text(value, escape=False), {"\n": "&#10;", "\t": "&#9;"})
