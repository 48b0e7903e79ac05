"""Markdown, once: titles to spans, notes to blocks. Every output renders from these.

Raw HTML is text, never markup (CommonMark 0.31.2 §6.6 and §4.6 switched off), and a link that is not http, https or
mailto stays the text it was written as.
"""

from __future__ import annotations

import itertools
import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    strike: bool = False
    url: str = ""
    """Where it links to, or empty."""


Spans = tuple[Span, ...]


class Paragraph(NamedTuple):
    """Running text; a span of the text `\\n` is a hard line break."""

    spans: Spans


class Heading(NamedTuple):
    """A heading inside notes, level 1 to 6."""

    level: int
    spans: Spans


class ListBlock(NamedTuple):
    """A bulleted list, or a numbered one that begins with `start`."""

    items: tuple[Blocks, ...]
    start: int | None = None


class Quote(NamedTuple):
    """A block quotation."""

    blocks: Blocks


class Code(NamedTuple):
    """Preformatted text without a final line end."""

    text: str
    language: str = ""


class Table(NamedTuple):
    """A GFM table; every row has as many cells as the head."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    align: tuple[str, ...] = ()
    """`left`, `center`, `right` or empty, one a column."""


class Rule(NamedTuple):
    """A thematic break."""

    def __bool__(self) -> bool:
        return True  # though a tuple without fields


Block = Paragraph | Heading | ListBlock | Quote | Code | Table | Rule
Blocks = tuple[Block, ...]

_UNDERSCORE = r"(?<![^\W_])_|_(?![^\W_])"
"""Not between letters, where it is no delimiter (CommonMark 0.31.2 §6.2)."""
_MARKUP = re.compile(rf"[\\`\n]|\*(?!\s)[^*]*\*|{_UNDERSCORE}|\]\(|~~|://|&[#\w]|  $|<\w+[:@]|<[\w.+-]+@")
"""What inline text must hold before it needs a parser; most titles hold none of it."""
_SIGN = re.compile(r"[\\`*_\[~\n:&<]")
"""What all of that has but the white space at the end: looked for in a third of the time."""
_URL = re.compile(r"(?i)(?:https?://|mailto:)[^\s]+\Z")
_WEB = re.compile(r"(?i)https?://")
_ORDINARY_HOST = re.compile(r"(?i)(?:https?://[a-z0-9][a-z0-9.-]*(?::[0-9]+)?(?:[/?#]|\Z)|mailto:)")
"""Hosts that need no closer look, as nearly all are."""


def is_safe_url(url: str) -> bool:
    """Whether an address may become a link: http, https or mailto, no white space or control characters, a real host.

    The one check of addresses: what it refuses stays the text it was written as.
    """
    if not _URL.match(url) or not url.isprintable():
        return False
    return bool(_ORDINARY_HOST.match(url)) or _has_host(url)


def _has_host(url: str) -> bool:
    """Whether an address has a host; what stands in brackets must be an IPv6 address, whatever the Python version."""
    from ipaddress import IPv6Address
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        if "[" in parts.netloc:
            IPv6Address(parts.hostname or "")
        return bool(parts.hostname)
    except ValueError:
        return False


def normalized_link(url: str) -> str:
    """Return a link's address as CommonMark renders it; one without a true host as it is, so that it is refused."""
    from markdown_it.common.normalize_url import normalizeLink

    return url if _WEB.match(url) and not _has_host(url) else normalizeLink(url)


def is_plain(source: str) -> bool:
    """Whether one line of inline Markdown certainly is its own text: it holds nothing that could be markup."""
    return (_SIGN.search(source) is None and source[-1:] != " ") or _MARKUP.search(source) is None


@lru_cache(maxsize=65536)
def spans(source: str) -> Spans:
    """Return one line of inline Markdown as spans, neighbours of one style joined; line breaks become spaces."""
    if is_plain(source):
        return (Span(source),) if source else ()
    if quick := _quick_spans(source):
        return quick
    tokens = _parser().parseInline(source)
    parts = tuple(span._replace(text=span.text.replace("\n", " ")) for span in _inline(tokens[0].children or []))
    return parts or (Span(source),)  # a link around nothing would otherwise vanish


_QUICK = re.compile(
    r"\*\*([^\W_](?:[^*`]*[^\W_])?)\*\*"
    r"|(?<!\*)\*([^\W_](?:[^*`]*[^\W_])?)\*(?!\*)"
    r"|(?<!`)`([^`\s](?:[^`]*[^`\s])?)`(?!`)"
    r"|\[([^\s*`\[\]](?:[^*`\[\]]*[^\s*`\[\]])?)\]\((https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9_/.?=#,;:@+-]*)?)\)"
)
_NOT_QUICK = re.compile(r"[\\~<&\n]|!\[|mailto:|  $|^\s|\s$")
_LEFT = re.compile(rf"[*`\[\]]|{_UNDERSCORE}|//")
"""What plain text beside these does not hold."""


def _quick_spans(source: str) -> Spans:
    """Return a line with no markup but plain `**strong**`, `*emphasis*`, code, links, for a tenth of the parser's work.

    Nothing for all else.
    """
    if _NOT_QUICK.search(source):
        return ()
    result: list[Span] = []
    end = 0
    for found in _QUICK.finditer(source):
        if found.start() > end:
            result.append(Span(source[end : found.start()]))
        strong, emphasis, code, label, url = found.groups()
        shown = strong or emphasis or code or label
        result.append(Span(shown, bool(strong), bool(emphasis), bool(code), url=url or ""))
        end = found.end()
    if end < len(source):
        result.append(Span(source[end:]))
    if any(_LEFT.search(span.text) for span in result if not span.code):
        return ()
    return () if any(before[1:] == after[1:] for before, after in itertools.pairwise(result)) else tuple(result)


@lru_cache(maxsize=65536)
def plain(source: str) -> str:
    """Return one line of inline Markdown as plain text."""
    if is_plain(source):
        return source
    return "".join(span.text for span in spans(source))


@lru_cache(maxsize=65536)
def addresses(source: str) -> tuple[str, ...]:
    """Return the addresses that one line of inline Markdown links to, each once."""
    return () if is_plain(source) else tuple(dict.fromkeys(span.url for span in spans(source) if span.url))


_PROSE_START = frozenset(string.ascii_letters + "[")
_PROSE_SIGN = re.compile(r"[^\w ,.;:()\"'’“”–—\n\[\]*`/?=#@+-]|mailto:")


def _prose(source: str) -> Blocks:
    """Return paragraphs with no markup but the quick one, as most descriptions are; nothing for all else."""
    if _PROSE_SIGN.search(source):
        return ()
    lines = source.split("\n")
    if not all(line[0] in _PROSE_START and line[-1] not in " \t" for line in lines if line):
        return ()
    result: list[Block] = []
    for part in source.split("\n\n"):
        paragraph = part.strip("\n").replace("\n", " ")
        if not paragraph:
            continue
        quick = (Span(paragraph),) if not _LEFT.search(paragraph) else _quick_spans(paragraph)
        if not quick:
            return ()
        result.append(Paragraph(quick))
    return tuple(result)


def blocks(source: str) -> Blocks:
    """Return Markdown as blocks."""
    if not source.strip():
        return ()
    if prose := _prose(source):
        return prose
    return _blocks(_Cursor(_parser().parse(source)), "")


def plain_blocks(source: str) -> str:
    """Return Markdown as plain text: paragraphs apart by an empty line, list items with `- ` or their number."""
    return "\n\n".join(_plain_block(block) for block in blocks(source))


def shortened(text: str, most: int) -> str:
    """Return a text on one line, of so many characters at most; what was cut off is told by "…"."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def span_text(parts: Spans) -> str:
    """Return the text of spans without their style."""
    return "".join(span.text for span in parts)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from .markdown_parser import text_parser

    return text_parser(is_safe_url, normalized_link)


class _Cursor:
    """The block tokens and a position in them."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    def next(self) -> Token:
        self.index += 1
        return self.tokens[self.index - 1]


def _blocks(cursor: _Cursor, closing: str) -> Blocks:
    """Read blocks up to the token type `closing`, which is taken too."""
    result: list[Block] = []
    while cursor.index < len(cursor.tokens):
        token = cursor.next()
        if token.type == closing:
            break
        result.append(_block(token, cursor))
    return tuple(result)


def _block(token: Token, cursor: _Cursor) -> Block:
    match token.type:
        case "heading_open":
            return Heading(int(token.tag[1:]), _one_inline(cursor))
        case "bullet_list_open":
            return ListBlock(_items(cursor, "bullet_list_close"))
        case "ordered_list_open":
            return ListBlock(_items(cursor, "ordered_list_close"), int(token.attrs.get("start", 1)))
        case "blockquote_open":
            return Quote(_blocks(cursor, "blockquote_close"))
        case "fence" | "code_block":
            return Code(token.content.removesuffix("\n"), token.info.strip().split(" ")[0])
        case "table_open":
            return _table(cursor)
        case "hr":
            return Rule()
        case "inline":
            return Paragraph(_inline(token.children or []))
        case _:
            return Paragraph(_one_inline(cursor))


def _one_inline(cursor: _Cursor) -> Spans:
    content = cursor.next()
    cursor.next()
    return _inline(content.children or [])


def _items(cursor: _Cursor, closing: str) -> tuple[Blocks, ...]:
    items = []
    while cursor.next().type != closing:
        items.append(_blocks(cursor, "list_item_close"))
    return tuple(items)


def _table(cursor: _Cursor) -> Table:
    rows: list[tuple[Spans, ...]] = []
    align: list[str] = []
    row: list[Spans] = []
    while (token := cursor.next()).type != "table_close":
        if token.type == "tr_close":
            rows.append(tuple(row))
            row = []
        elif token.type == "inline":
            row.append(_inline(token.children or []))
        elif token.type == "th_open":
            align.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    return Table(rows[0], tuple(rows[1:]), tuple(align))


def _inline(tokens: list[Token]) -> Spans:
    """Return the children of an inline token as spans; a break is a span of its own with the text `\\n`."""
    result: list[Span] = []
    style: dict[str, Any] = {"strong": 0, "emphasis": 0, "strike": 0}
    urls: list[str] = []
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                style["strong"] += token.nesting
            case "em_open" | "em_close":
                style["emphasis"] += token.nesting
            case "s_open" | "s_close":
                style["strike"] += token.nesting
            case "link_open":
                urls.append(str(token.attrs.get("href", "")))
            case "link_close":
                urls.pop()
            case _:
                code = token.type == "code_inline"
                url = urls[-1] if urls else ""
                text = _token_text(token)
                if token.type == "image":
                    url = url or str(token.attrs.get("src", ""))
                    text = text or url
                span = Span(text, style["strong"] > 0, style["emphasis"] > 0, code, style["strike"] > 0, url)
                if result and result[-1][1:] == span[1:] and text != "\n" and result[-1].text != "\n":
                    result[-1] = span._replace(text=result[-1].text + text)
                elif text:
                    result.append(span)
    return tuple(result)


def _token_text(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return "".join(_token_text(child) for child in token.children or [])
        case _:
            return token.content


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph(parts) | Heading(_, parts):
            return span_text(parts)
        case ListBlock(items, start):
            marks = ("- " if start is None else f"{start + index}. " for index in range(len(items)))
            texts = ("\n".join(_plain_block(child) for child in item) for item in items)
            return "\n".join(mark + text.replace("\n", "\n  ") for mark, text in zip(marks, texts, strict=False))
        case Quote(inner):
            return "\n\n".join(_plain_block(child) for child in inner)
        case Code(text):
            return text
        case Table(head, rows):
            return "\n".join(" | ".join(span_text(cell) for cell in row) for row in (head, *rows))
        case _:
            return ""
