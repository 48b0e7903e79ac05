"""XML of unknown origin to a tree, by expat's own events: no entities, bounded in depth and size."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_STANDALONE = '<?xml version="1.0" standalone="yes"?>'
"""So that an entity which is not declared here is an error, wherever its document says that others are."""
MAX_DEPTH = 10_000
MAX_ELEMENTS = 500_000
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][\w.-]{0,30}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


def parse(text: str) -> Element:
    """Return the root of an XML text; names are as they are written, prefix and all.

    Raises ValueError when it is not well-formed, declares anything of its own, or is beyond the bounds.
    """
    builder = TreeBuilder()
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            raise ValueError(f"It nests more than {MAX_DEPTH} levels deep.")
        if count > MAX_ELEMENTS:
            raise ValueError(f"It has more than {MAX_ELEMENTS:,} elements.")
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    def doctype(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise ValueError("It declares XML entities or the like, which are not read.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, doctype
    try:
        parser.Parse(_STANDALONE + _DECLARATION.sub("", text), True)
    except expat.ExpatError as error:
        column = error.offset + 1 - (len(_STANDALONE) if error.lineno == 1 else 0)
        raise ValueError(f"It is not well-formed XML: see line {error.lineno}, column {column}.") from None
    return builder.close()


def parse_leniently(text: str) -> Element:
    """Return the root of an XML text in which a program may have forgotten to escape ampersands.

    Raises what `parse` raises.
    """
    try:
        return parse(text)
    except ValueError as error:
        escaped = _BARE_AMPERSAND.sub("&amp;", text)
        if escaped == text:
            raise
        try:
            return parse(escaped)
        except ValueError:
            raise error from None


def parse_local(text: str) -> Element:
    """Return the root of an XML text whose names are without their prefixes, which each program chooses for itself.

    Raises what `parse` raises.
    """
    root = parse(text)
    for element in root.iter():
        element.tag = element.tag.rpartition(":")[2]
        if element.attrib:
            element.attrib = {key.rpartition(":")[2]: value for key, value in reversed(element.attrib.items())}
    return root
