"""ODT documents (OpenDocument 1.3): headings, lists, links and tables, as the tags of a web page that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..common.archive import Archive
from ..common.draft import Account
from ..tree_formats.xml_tree import parse_local
from .html_page import markdown_from
from .html_tokens import Token

_TAGS = {"p": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr", "table-cell": "td"}
_SILENT = frozenset(
    (
        "tracked-changes",
        "annotation",
        "note",
        "frame",
        "table-of-content",
        "sequence-decls",
        "forms",
        "automatic-styles",
    )
)


def markdown_of(data: bytes) -> tuple[str, Account]:
    """Return a document as Markdown, and what was left out. Raises ValueError when it is none."""
    archive = Archive(data)
    if "content.xml" not in archive.names:
        raise ValueError("It is no ODT document.")
    account = Account()
    page = list(_tokens(parse_local(archive.text("content.xml"))))
    return markdown_from(page, account), account


def _tokens(root: Element) -> Iterator[Token]:
    bold = {
        _attribute(style, "name")
        for style in root.iter()
        if style.tag == "style" and any(_attribute(part, "font-weight") == "bold" for part in style)
    }
    titles = {
        _attribute(style, "name") for style in root.iter() if _attribute(style, "parent-style-name") == "Title"
    } | {"Title"}
    has_title = any(one.tag == "p" and _attribute(one, "style-name") in titles for one in root.iter())
    stack: list[Element | Token] = [root]
    while stack:
        one = stack.pop()
        if isinstance(one, Token):
            yield one
            continue
        name = one.tag
        tag, attributes = _TAGS.get(name, ""), {}
        match name:
            case "h":
                level = _attribute(one, "outline-level")
                tag = f"h{min(6, (int(level) if level.isdigit() and len(level) == 1 else 1) + has_title)}"
            case "p" if _attribute(one, "style-name") in titles:
                tag = "h1"
            case "a":
                tag, attributes = "a", {"href": _attribute(one, "href")}
            case "span" if _attribute(one, "style-name") in bold:
                tag = "b"
            case "line-break":
                yield Token("br")
            case "s" | "tab":
                yield Token("", " ")
            case _ if name in _SILENT:
                if one.tail:
                    yield Token("", one.tail)
                continue
        if tag:
            yield Token(tag, attributes=attributes)
        if one.text:
            yield Token("", one.text)
        if one.tail and one is not root:
            stack.append(Token("", one.tail))
        if tag:
            stack.append(Token(tag, is_end=True))
        stack.extend(reversed(one))


def _attribute(element: Element, name: str) -> str:
    return element.get(name, "")
