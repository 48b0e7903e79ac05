"""What a file of an export is, judged by a strict reader of its format."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from roadpress.exporters.contract import File

XML = (".svg", ".opml", ".mm")
IMPLIED = frozenset(("p", "li", "dd", "dt", "option", "tr", "td", "th"))
"""Elements that HTML lets end by themselves."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def well_formed(file: File) -> None:
    """Fail when a reader of the file's format would refuse it."""
    if file.suffix.endswith(XML):
        ET.fromstring(file.data)
    elif file.suffix.endswith(".pdf"):
        assert _pdf(file).pages
    elif file.suffix.endswith(".png"):
        assert file.data.startswith(b"\x89PNG\r\n\x1a\n")
        assert file.data.endswith(b"IEND\xaeB`\x82")
    elif file.suffix.endswith(".html"):
        page = _Page(file.data.decode())
        assert set(page.open) <= {"html", "body"}, page.open  # the two that may stay open
    elif file.suffix.endswith(".json"):
        json.loads(file.data)
    elif file.suffix.endswith(".csv"):
        assert len({len(row) for row in csv.reader(io.StringIO(file.data.decode("utf-8-sig")), strict=True)}) == 1
    elif file.suffix.endswith(".ics"):
        import icalendar

        assert not icalendar.Calendar.from_ical(file.data).errors
    else:
        assert file.data.decode()


def scripts_of(file: File) -> Counter[str]:
    """Return how often each element stands in a file that a browser would run, and how often each handler."""
    if file.suffix.endswith(XML):
        root = ET.fromstring(file.data)
        found = [(element.tag, element.attrib) for element in root.iter() if isinstance(element.tag, str)]
    elif file.suffix.endswith(".html"):
        found = _Page(file.data.decode()).elements
    else:
        return Counter()
    dangerous = ("script", "iframe", "object", "embed", "img", "image", "foreignobject")
    names = [tag.rpartition("}")[2].lower() for tag, _ in found]
    handlers = [name.lower() for _, attributes in found for name in attributes if name.lower().startswith("on")]
    return Counter([name for name in names if name in dangerous] + handlers)


def text_of(file: File) -> str:
    """Return the text that a person sees in a file."""
    if file.suffix.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in _pdf(file).pages)
    decoded = file.data.decode("utf-8")
    if file.suffix.endswith(".ics"):
        return decoded.replace("\r\n ", "").replace("\\n", " ")  # unfolded
    if file.suffix.endswith(XML):
        return " ".join(_words_of(ET.fromstring(file.data)))
    if file.suffix.endswith(".html"):
        return " ".join(_Page(decoded).texts)
    if file.suffix.endswith(".json"):
        return "\n".join(_texts_of(json.loads(decoded)))
    return decoded


def _words_of(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and not element.tag.endswith(("style", "script", "metadata")):
            if not root.tag.endswith("svg"):
                yield from element.attrib.values()  # OPML and FreeMind keep titles there
            yield element.text or ""
        yield element.tail or ""


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts_of(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts_of(member)


def _pdf(file: File):
    import pypdf

    return pypdf.PdfReader(io.BytesIO(file.data), strict=True)


class _Page(HTMLParser):
    """A page's elements, what stands open at its end or was closed wrongly, and its visible texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] in IMPLIED and self.open[-1] != tag:
            self.open.pop()
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> crosses another element"

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.texts.append(data)
