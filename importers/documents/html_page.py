"""A web page, a saved chat, a document of Google Docs: HTML to the Markdown that says the same."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from ...core.text import is_safe_url
from ..common.decoding import repair
from ..common.draft import Account, DraftNode
from .html_tokens import Token, end_of, tokens
from .markdown_writer import MarkdownWriter

MAX_BYTES = 32 * 2**20
MAX_SPANS = 200
"""Marks within marks, beyond which a page is only made to be slow: its text is read on, its tags are not."""
_LEFT_OUT = frozenset(["nav", "footer", "aside", "dialog", "menu"])
"""Parts of a page around what it says."""
_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math",
        "button",
        "select",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "textarea",
        "noscript",
        "head",
    ]
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_INLINE = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite"), "*"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "`"),
    **dict.fromkeys(("del", "s", "strike"), "~~"),
}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "figure",
        "figcaption",
        "address",
        "center",
        "details",
        "summary",
        "form",
        "fieldset",
        "dd",
        "dt",
        "body",
        "html",
        "tbody",
        "thead",
    ]
)
_TITLE_PARTS = re.compile(r"\s+[|·–—-]\s+")
_GOOGLE_LEVEL = re.compile(r"\blst-kix_\w+-(\d)")


def markdown_of(data: bytes) -> tuple[str, Account]:
    """Return what a page says as Markdown, and what was left out. Raises ValueError when it is none or too large."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"It has more than {MAX_BYTES // 2**20} MB.")
    account = Account()
    page = tokens(_decoded(data, account))
    title = _title(page)
    is_chat, parts = _chat(page, account)
    if not is_chat:
        parts = [_main_part(page, account)]
    writer = MarkdownWriter()
    for start, end in parts:
        write(page, start, end, writer, account)
    text = writer.text()
    if not is_chat and title and not re.search(r"^# ", text, re.MULTILINE):
        text = f"# {title}\n\n{text}"
    return text, account


def markdown_from(page: list[Token], account: Account) -> str:
    """Return tags and texts, made of a document of another kind, as Markdown."""
    writer = MarkdownWriter()
    write(page, 0, len(page), writer, account)
    return writer.text()


def blocks_of(html: str | Element) -> str:
    """Return a piece of HTML, such as a note, as blocks of Markdown; it may be part of an XML tree."""
    page = tokens(html) if isinstance(html, str) else list(_tokens_of(html))
    return markdown_from(page, Account()).strip("\n")


_MARKUP = re.compile(
    r"</?(?:html|body|p|b|i|u|s|em|strong|a|span|code|br|mark|time|font|del|div|ul|ol|li)\b[^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);",
    re.IGNORECASE,
)


def titled(draft: DraftNode, text: str) -> str:
    """Return a title that a program may have written as HTML; a title that is one link gives the entry its address."""
    if not _MARKUP.search(text):
        return text
    first, _, more = blocks_of(text).partition("\n")
    draft.add_note(more)
    link = re.fullmatch(r"\[((?:[^\[\]\\]|\\.)+)\]\(<?(\S+?)>?\)", first.strip())
    if not link or not is_safe_url(link[2]):
        return first.strip()
    draft.add_link(link[2])
    return link[1]


def _tokens_of(root: Element) -> Iterator[Token]:
    """Yield a part of an XML tree as tags and text."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        name = element.tag.rpartition(":")[2].lower()
        if is_end:
            yield Token(name, is_end=True)
            if element is not root and element.tail:
                yield Token("", element.tail)
            continue
        yield Token(name, attributes=dict(element.attrib))
        if element.text:
            yield Token("", element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _decoded(data: bytes, account: Account) -> str:
    if data[:2000].lstrip().lower().startswith((b"from:", b"mime-version:")):  # a page saved whole, as an e-mail
        for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
            if part.get_content_type() == "text/html" and isinstance(payload := part.get_payload(decode=True), bytes):
                data = payload
                break
    charset = _CHARSET.search(data[:4000])
    if charset and charset[1].lower() not in (b"utf-8", b"utf8"):
        with suppress(LookupError, UnicodeError):
            data = data.decode(charset[1].decode("ascii")).encode("utf-8")
    text, notices = repair(data)
    account.notices += notices
    return text


def _title(page: list[Token]) -> str:
    """Return the page's title without the name of its site."""
    start = next((index for index, token in enumerate(page) if token.tag == "title"), None)
    if start is None:
        return ""
    words = " ".join("".join(token.text for token in page[start : min(end_of(page, start), start + 20)]).split())
    return max(_TITLE_PARTS.split(words), key=len)


def _role(token: Token) -> str:
    """Return who says what is in an element of a saved chat: `user`, `assistant`, or nothing."""
    if token.is_end or not token.tag:
        return ""
    role = token.attributes.get("data-message-author-role", "")
    if role in ("user", "assistant"):
        return role
    classes = token.attributes.get("class", "")
    if token.tag == "user-query" or token.attributes.get("data-testid") == "user-message":
        return "user"
    is_answer = (
        token.tag in ("model-response", "message-content") or "font-claude-" in classes or "ds-markdown" in classes
    )
    return "assistant" if is_answer else ""


def _chat(page: list[Token], account: Account) -> tuple[bool, list[tuple[int, int]]]:
    """Return whether a page is a saved chat, and which part of it is the last whole answer."""
    answers: list[tuple[int, int]] = []
    index = 0
    while index < len(page):
        role = _role(page[index])
        if not role:
            index += 1
            continue
        end = end_of(page, index)
        if role == "user":
            account.leave_out(0, "question of a chat", _words(page, index, end))
        else:
            answers.append((index, end))
        index = end + 1
    if not answers:
        account.left_out.clear()
        return False, []
    sizes = [len(_words(page, *answer)) for answer in answers]
    whole = max(index for index, size in enumerate(sizes) if size * 2 >= max(sizes))
    for index, answer in enumerate(answers):
        if index != whole:
            account.leave_out(0, "another answer of the chat", _words(page, *answer))
    if len(answers) > 1:
        account.notices.append(
            f"The chat has {len(answers)} answers; answer {whole + 1}, the last whole one, is the roadmap."
        )
    return True, [answers[whole]]


def _main_part(page: list[Token], account: Account) -> tuple[int, int]:
    """Return which part of a page is what it says: its one article, or its main part, or all of it."""
    for tag in ("article", "main"):
        starts = [
            index
            for index, token in enumerate(page)
            if not token.is_end and (token.tag == tag or (tag == "main" and token.attributes.get("role") == "main"))
        ]
        if len(starts) == 1:
            start, end = starts[0], end_of(page, starts[0])
            if len(_words(page, start, end)) * 4 > len(_words(page, 0, len(page))):
                account.leave_out(0, "around the main part of the page", _words(page, 0, start))
                account.leave_out(0, "around the main part of the page", _words(page, end, len(page)))
                return start, end
    return 0, len(page)


def _words(page: list[Token], start: int, end: int) -> str:
    pieces, index = [], start
    while index < end:
        token = page[index]
        if token.tag in _SILENT and not token.is_end:
            index = end_of(page, index)
        elif not token.tag:
            pieces.append(token.text)
        index += 1
    return " ".join(" ".join(pieces).split())


class _Span(NamedTuple):
    """An inline element that is open, and how many of the writer's marks it opened."""

    tag: str
    marks: int


def write(page: list[Token], start: int, end: int, writer: MarkdownWriter, account: Account) -> None:
    """Write a part of a page."""
    spans: list[_Span] = []
    index = start
    while index < end:
        token = page[index]
        if not token.tag:
            writer.add(token.text)
        elif token.is_end:
            _close(token.tag, writer, spans)
        elif token.tag in _SILENT or token.tag in _LEFT_OUT or _is_hidden(token):
            stop = min(end_of(page, index), end)
            if token.tag not in _SILENT:
                account.leave_out(
                    0, "around the page" if token.tag in _LEFT_OUT else "hidden in the page", _words(page, index, stop)
                )
            index = stop
        else:
            _open(token, page, index, writer, spans)
        index += 1
    writer.flush()


def _is_hidden(token: Token) -> bool:
    attributes = token.attributes
    return bool(attributes) and token.tag not in ("input", "img") and (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or "display:none" in attributes.get("style", "").replace(" ", "")
    )  # fmt: skip


def _open(token: Token, page: list[Token], index: int, writer: MarkdownWriter, spans: list[_Span]) -> None:
    tag, attributes = token.tag, token.attributes
    if len(spans) > MAX_SPANS:
        return
    match tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            writer.begin_heading(int(tag[1]))
        case "p" if "title" in attributes.get("class", "").split():  # Google Docs
            writer.begin_heading(1)
        case "ul" | "ol" | "dl":
            level = _GOOGLE_LEVEL.search(attributes.get("class", ""))
            writer.begin_list(ordered=tag == "ol", level=int(level[1]) if level else None)
        case "li" | "dt":
            writer.begin_item()
        case "blockquote":
            writer.begin_quote()
        case "pre":
            writer.begin_code()
        case "br":
            writer.break_line()
        case "hr":
            writer.rule()
        case "table" if _is_data(page, index):
            writer.begin_table()
        case "tr":
            writer.begin_row()
        case "td" | "th":
            writer.begin_cell()
        case "input" if attributes.get("type") == "checkbox":
            writer.add("[x] " if "checked" in attributes else "[ ] ")
        case "img":
            _image(attributes, writer)
        case "summary":
            writer.flush()
            writer.open_mark("**")
            spans.append(_Span(tag, 1))
        case "a":
            writer.open_link(_address(attributes.get("href", "")))
            spans.append(_Span(tag, 1))
        case _ if tag in _INLINE:
            writer.open_mark(_INLINE[tag])
            spans.append(_Span(tag, 1))
        case "span":
            bold = re.search(r"font-weight:\s*(?:bold|[6-9]00)", attributes.get("style", "")) is not None
            if bold:
                writer.open_mark("**")
            spans.append(_Span(tag, int(bold)))
        case _ if tag in _BLOCKS:
            writer.flush()


def _close(tag: str, writer: MarkdownWriter, spans: list[_Span]) -> None:
    match tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            writer.flush()
        case "ul" | "ol" | "dl":
            writer.end_list()
        case "li":
            writer.end_item()
        case "blockquote":
            writer.end_quote()
        case "pre":
            writer.end_code()
        case "table":
            writer.end_table()
        case "td" | "th" | "tr":
            writer.end_cell()
        case _ if any(span.tag == tag for span in spans[-50:]):
            while spans:
                span = spans.pop()
                for _ in range(span.marks):
                    writer.close_mark()
                if span.tag == tag:
                    break
            if tag in _BLOCKS:
                writer.flush()
        case _ if tag in _BLOCKS:
            writer.flush()


def _is_data(page: list[Token], index: int) -> bool:
    """Whether a table holds data: one that holds another table only arranges the page."""
    if page[index].attributes.get("role") == "presentation":
        return False
    following: Iterator[Token] = (page[place] for place in range(index + 1, len(page)) if page[place].tag == "table")
    return next((token.is_end for token in following), True)


def _image(attributes: dict[str, str], writer: MarkdownWriter) -> None:
    alt, source = " ".join(attributes.get("alt", "").split()), attributes.get("src", "")
    if alt and (len(alt) <= 3 or "emoji" in attributes.get("class", "")):
        writer.add(alt)
    elif alt and source.startswith(("http://", "https://")):
        writer.open_link(source, image=True)
        writer.add(alt)
        writer.close_mark()


def _address(href: str) -> str:
    """Return where a link leads; nothing for a place in the page itself, or a script."""
    href = href.strip()
    if href.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):  # Google Docs
        try:
            query = parse_qs(urlsplit(href).query)
        except ValueError:
            return href
        href = (query.get("q") or query.get("url") or [href])[0]
    if href.startswith("#") or re.match(r"(?i)(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", href):
        return ""
    return href
