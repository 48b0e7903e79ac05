"""DOCX documents (ECMA-376): headings, lists, boxes, links and tables, as the tags of a web page that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..common.archive import Archive
from ..common.draft import Account
from ..tree_formats.xml_tree import parse_local
from .html_page import markdown_from
from .html_tokens import Token

_SILENT = frozenset(
    (
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "del",
        "moveFrom",
        "drawing",
        "pict",
        "object",
        "sectPr",
    )
)
_LETTERS = {
    "t": None,
    **dict.fromkeys(("tab", "ptab"), Token("", " ")),
    "noBreakHyphen": Token("", "-"),
    **dict.fromkeys(("br", "cr"), Token("br")),
}
"""Elements that are text: what they stand for, or None where they hold it."""
_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')


class _Style(NamedTuple):
    heading: int = 0
    """1 to 6; -1 for the document's title; 0 for any other."""
    level: int | None = None
    """Of a list, from 0."""


def markdown_of(data: bytes) -> tuple[str, Account]:
    """Return a document as Markdown, and what was left out. Raises ValueError when it is none."""
    archive = Archive(data)
    if "word/document.xml" not in archive.names:
        raise ValueError("It is no DOCX document.")
    reader = _Reader(archive)
    body = parse_local(archive.text("word/document.xml"))
    page = list(reader.tokens(body))
    account = Account()
    if reader.pictures:
        account.notices.append(f"Pictures and drawings are left out: {reader.pictures}.")
    return markdown_from(_joined(page), account), account


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.styles = (
            _styles(parse_local(archive.text("word/styles.xml"))) if "word/styles.xml" in archive.names else {}
        )
        self.ordered = (
            _ordered(parse_local(archive.text("word/numbering.xml")))
            if "word/numbering.xml" in archive.names
            else frozenset()
        )
        self.links: dict[str, str] = {}
        if (name := "word/_rels/document.xml.rels") in archive.names:
            self.links = {one.get("Id", ""): one.get("Target", "") for one in parse_local(archive.text(name))}
        self.field: list[str] = []
        """The instructions of the field that is open, and at its end whether its link is."""
        self.pictures = 0
        self.has_title = False

    def tokens(self, root: Element) -> Iterator[Token]:
        """Yield a document as the tags and texts of a page."""
        self.has_title = any(self._style(one).heading < 0 for one in root.iter("p"))
        stack: list[Element | Token] = [root]
        while stack:
            one = stack.pop()
            if isinstance(one, Token):
                yield one
                continue
            name = one.tag
            if name in _LETTERS:
                yield _LETTERS[name] or Token("", one.text or "")
                continue
            before: list[Token] = []
            match name:
                case "instrText" | "fldChar":
                    yield from self._field(one, name)
                    continue
                case "sdt" if (box := next(one.iter("checkbox"), None)) is not None:
                    checked = any(part.tag == "checked" and _is_on(part) for part in box)
                    yield Token("", "[x] " if checked else "[ ] ")
                    continue
                case "p":
                    before = self._paragraph(one)
                case "r":
                    before = _marks(one)
                case "hyperlink":
                    before = [Token("a", attributes={"href": self.links.get(one.get("id", ""), "")})]
                case "tbl":
                    before = [Token("table")]
                case "tr":
                    before = [Token("tr")]
                case "tc":
                    before = [Token("td")]
                case "AlternateContent":
                    self.pictures += 1
                    continue
                case _ if name in _SILENT:
                    self.pictures += name in ("drawing", "pict")
                    continue
            yield from before
            stack.extend(Token(token.tag, is_end=True) for token in before)
            stack.extend(reversed(one))

    def _style(self, paragraph: Element) -> _Style:
        """Return what a paragraph is, by its style and by what it says itself."""
        properties = paragraph.find("pPr")
        if properties is None:
            return _Style()
        named = properties.find("pStyle")
        style = self.styles.get(named.get("val", ""), _Style()) if named is not None else _Style()
        return _own(properties, style)

    def _paragraph(self, paragraph: Element) -> list[Token]:
        style = self._style(paragraph)
        if style.heading:
            return [Token(f"h{min(6, style.heading + self.has_title) if style.heading > 0 else 1}")]
        if style.level is None:
            return [Token("p")]
        number = paragraph.find("pPr/numPr/numId")
        ordered = number is not None and (number.get("val", ""), style.level) in self.ordered
        return [Token("ol" if ordered else "ul", attributes={"class": f"lst-kix_x-{min(style.level, 9)}"}), Token("li")]

    def _field(self, one: Element, name: str) -> Iterator[Token]:
        """Yield the link that a field makes, begun and ended in runs of their own."""
        kind = one.get("fldCharType", "")
        if name == "instrText":
            self.field.append(one.text or "")
        elif kind == "begin":
            self.field = []
        elif kind == "separate" and (link := _FIELD.match("".join(self.field))):
            self.field = ["link"]
            yield Token("a", attributes={"href": link[1]})
        elif kind == "end" and self.field == ["link"]:
            self.field = []
            yield Token("a", is_end=True)


def _styles(root: Element) -> dict[str, _Style]:
    """Return what each style of paragraphs makes of them; names of built-in styles are English in every language."""
    found: dict[str, _Style] = {}
    based: dict[str, str] = {}
    for style in root.iter("style"):
        name = style.find("name")
        words = (name.get("val", "") if name is not None else "").lower()
        key = style.get("styleId", "")
        base_of = style.find("basedOn")
        based[key] = base_of.get("val", "") if base_of is not None else ""
        heading = re.match(r"heading ([1-6])\Z", words)
        listed = re.match(r"list (?:bullet|number)(?: ([2-5]))?\Z", words)
        result = _Style(-1 if words == "title" else int(heading[1]) if heading else 0)
        if listed:
            result = _Style(0, int(listed[1] or 1) - 1)
        properties = style.find("pPr")
        found[key] = _own(properties, result) if properties is not None else result
    for key in list(found):
        base, steps = key, 0
        while found[key] == _Style() and (base := based.get(base, "")) and steps < 20:
            found[key] = found.get(base, _Style())
            steps += 1
    return found


def _own(properties: Element, style: _Style) -> _Style:
    """Return a style with what properties of a paragraph say beside it."""
    outline = properties.find("outlineLvl")
    if outline is not None and not style.heading and outline.get("val", "") in ("0", "1", "2", "3", "4", "5"):
        return _Style(int(outline.get("val", "0")) + 1)
    numbered = properties.find("numPr")
    if numbered is None or style.heading:
        return style
    number, level = numbered.find("numId"), numbered.find("ilvl")
    if number is not None and number.get("val") == "0":  # a list's style, taken back
        return _Style()
    value = level.get("val", "0") if level is not None else "0"
    return _Style(0, int(value) if value.isdigit() and len(value) == 1 else 0)


def _ordered(root: Element) -> frozenset[tuple[str, int]]:
    """Return which levels of which lists have numbers."""
    abstract = {
        one.get("abstractNumId"): {
            int(level.get("ilvl", "0") or 0)
            for level in one.iter("lvl")
            if (form := level.find("numFmt")) is not None
            and form.get("val") not in ("bullet", "none")
            and level.get("ilvl", "0").isdigit()
        }
        for one in root.iter("abstractNum")
    }
    found: set[tuple[str, int]] = set()
    for one in root.iter("num"):
        reference = one.find("abstractNumId")
        if reference is not None:
            found |= {(one.get("numId", ""), level) for level in abstract.get(reference.get("val"), ())}
    return frozenset(found)


def _marks(run: Element) -> list[Token]:
    """Return the marks of a run that holds text."""
    properties = run.find("rPr")
    if properties is None or run.find("t") is None:
        return []
    signs = (("b", "b"), ("i", "i"), ("strike", "s"))
    return [Token(tag) for name, tag in signs if (sign := properties.find(name)) is not None and _is_on(sign)]


def _is_on(element: Element) -> bool:
    return next((value for key, value in element.attrib.items() if key == "val"), "1") not in (
        "0",
        "false",
        "off",
        "none",
    )


def _joined(page: list[Token]) -> list[Token]:
    """Return a page without marks that end where the same ones begin, as Word cuts its text."""
    result: list[Token] = []
    for token in page:
        previous = result[-1] if result else Token("")
        if token.tag in ("b", "i", "s") and not token.is_end and previous == Token(token.tag, is_end=True):
            result.pop()
        else:
            result.append(token)
    return result
