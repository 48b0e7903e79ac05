"""Text to HTML. What is not `SafeHtml` gets escaped, so that a forgotten escape shows as text instead of running."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from ...core import text
from ...core.model import Link


class SafeHtml(str):
    """A piece of HTML that is already safe."""

    __slots__ = ()


class Frame:
    """A page with places `$name` that escapes all that is put into it, unless it is `SafeHtml`."""

    def __init__(self, source: str) -> None:
        self._parts = _PLACE.split(source)
        """Text and the names of places in turn."""

    def fill(self, **values: str) -> str:
        """Return the page. Raises KeyError for a place that got no value."""
        parts = list(self._parts)
        for index in range(1, len(parts), 2):
            parts[index] = _safe(values[parts[index]])
        return "".join(parts)

    def partly(self, **values: str) -> Frame:
        """Return the frame with some of its places filled; what was put in has no places."""
        result = [self._parts[0]]
        for name, after in zip(self._parts[1::2], self._parts[2::2], strict=True):
            if name in values:
                result[-1] += _safe(values[name]) + after
            else:
                result += (name, after)
        frame = Frame("")
        frame._parts = result
        return frame


_PLACE = re.compile(r"\$(\w+)", re.ASCII)


def _safe(value: str) -> str:
    return value if isinstance(value, SafeHtml) else escape(value)


def script_json(value: Any) -> SafeHtml:
    """Return JSON that cannot end its script element (HTML Standard §4.12.1.3)."""
    return SafeHtml(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def attribute(value: str) -> str:
    """Return a value as it stands after `=`: bare where HTML allows it (HTML Standard §13.1.2.3), else quoted."""
    return value if _BARE.match(value) else f'"{escape(value)}"'


_BARE = re.compile(r"[\w.:/?#%@!,;+()*~\[\]-]*[\w.:?#%@!,;+()*~\[\]-]\Z", re.ASCII)
_PLAIN = re.compile(r"[^\\`*_\[~\n:&<>\"'$@]*\Z")


def inline(source: str) -> str:
    """Return one line of inline Markdown as HTML."""
    if _PLAIN.match(source):  # most titles: nothing to parse and nothing to escape
        return source
    return spans(text.spans(source))


def spans(parts: text.Spans) -> str:
    """Return spans as HTML; neighbours that link to one address share one link."""
    result: list[str] = []
    url = ""
    for span in parts:
        if span.url != url:
            if url:
                result.append("</a>")
            url = span.url
            if url:
                result.append(_anchor(url))
        result.append(_styled(span))
    if url:
        result.append("</a>")
    return "".join(result)


def _anchor(url: str) -> str:
    return f"<a href={attribute(url)} target=_blank>"


def _styled(span: text.Span) -> str:
    result = "<br>" if span.text == "\n" else escape(span.text, quote=False)
    for tag, on in (("code", span.code), ("s", span.strike), ("em", span.emphasis), ("strong", span.strong)):
        if on:
            result = f"<{tag}>{result}</{tag}>"
    return result


def link(target: Link, kind: str) -> str:
    """Return a resource's link; the kind of resource, in words, stands behind it."""
    if not text.is_safe_url(target.url):
        return escape(target.label)
    said = f" <i>{escape(kind)}</i>" if kind else ""
    return f"{_anchor(target.url)}{escape(target.label, quote=False)}</a>{said}"


def blocks(source: str) -> str:
    """Return Markdown blocks as HTML."""
    return "".join(_block(block) for block in text.blocks(source))


def _block(block: text.Block) -> str:
    match block:
        case text.Paragraph(parts):
            return f"<p>{spans(parts)}</p>"
        case text.Heading(_, parts):  # the page's own headings keep their ranks
            return f"<p><strong>{spans(parts)}</strong></p>"
        case text.ListBlock(items, start):
            inner = "".join(f"<li>{_item(item)}</li>" for item in items)
            if start is None:
                return f"<ul>{inner}</ul>"
            return f"<ol start={start}>{inner}</ol>" if start != 1 else f"<ol>{inner}</ol>"
        case text.Quote(inner_blocks):
            return f"<blockquote>{''.join(_block(inner) for inner in inner_blocks)}</blockquote>"
        case text.Code(code):
            return f"<pre tabindex=0><code>{escape(code, quote=False)}</code></pre>"
        case text.Table():
            return _table(block)
        case text.Rule():
            return "<hr>"


def _item(item: text.Blocks) -> str:
    match item:
        case (text.Paragraph(parts), *rest):
            return spans(parts) + "".join(_block(block) for block in rest)
        case _:
            return "".join(_block(block) for block in item)


def _table(table: text.Table) -> str:
    def row(cells: tuple[text.Spans, ...], tag: str) -> str:
        return "<tr>" + "".join(
            f"<{tag}{f' class={side}' if side else ''}>{spans(cell)}</{tag}>"
            for cell, side in zip(cells, table.align or ("",) * len(cells), strict=False)
        )

    body = "".join(row(cells, "td") for cells in table.rows)
    return f"<table><thead>{row(table.head, 'th')}</thead><tbody>{body}</tbody></table>"
