"""XML of unknown origin to a tree, without entities, so that no document can grow or reach outside."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
MAX_DEPTH = 400


def parse(text: str) -> Element:
    """Return the root of an XML text. Raises ValueError when it is not well-formed, or declares entities."""
    text = _DECLARATION.sub("", text)
    doctype = _DOCTYPE.search(text, 0, 10_000)
    if doctype and "<!ENTITY" in doctype[0].upper():
        raise ValueError("It declares XML entities, which are not read.")
    if doctype:
        text = text[: doctype.start()] + text[doctype.end() :]
    parser = XMLParser()  # noqa: S314 - entities and doctypes are refused above
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise ValueError(f"It is not well-formed XML: see line {line}, column {column + 1}.") from None
    return root
