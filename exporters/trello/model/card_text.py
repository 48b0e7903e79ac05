"""A node's own words as Trello shows them: names, and the description of a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....core import text
from ....core.model import Hours, Link, LinkKind, Node
from ....core.text import Span
from ....core.theme import MARKS
from .board import Ref, Text

_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]~<"})


def plain_name(node: Node) -> str:
    """Return a title for lists and cards, which show no Markdown; with its icon."""
    return " ".join(f"{node.icon} {text.plain(node.title)}".split()) or node.title


def markdown(source: str) -> str:
    """Return one line of inline Markdown as Trello shows the same: what is text stays text."""
    parts = text.spans(source)
    if len(parts) == 1 and not any(parts[0][1:]):
        (only,) = parts
        return only.text if text.spans(only.text) == parts else only.text.translate(_ESCAPED)
    return "".join(_marked_up(span) for span in parts)


def item_name(node: Node, *, with_mark: bool) -> str:
    """Return the name of a check item, which shows inline Markdown."""
    mark = MARKS[node.kind] if with_mark else ""
    name = markdown(node.title)
    if node.optional:
        name = f"{name} *(optional)*"
    return " ".join(f"{mark} {node.icon} {name}".split()) or node.title


def description(
    node: Node, inner: Iterator[Node], link_to: Callable[[str], Text], tag_title: Callable[[str], str]
) -> Text:
    """Return the description of a card: what its node says, then what the nodes below it say beside their titles.

    `inner` are the nodes that the card shows as checklists and items; `link_to` gives a node that comes first as the
    text to show for it. Their tags and dates, for which an item has no place, are told too.
    """
    parts: list[Text] = list(_details(node, link_to))
    for below in inner:
        details = list(_details(below, link_to))
        if below.due:
            details.append((f"Due {below.due.isoformat()}",))
        if below.tags:
            details.append(("Tags: " + ", ".join(tag_title(tag).translate(_ESCAPED) for tag in below.tags),))
        if details:
            parts.append((f"### {markdown(below.title)}",))
            parts += details
    result: list[str | Ref] = []
    for part in parts:
        result += ["\n\n", *part] if result else part
    return joined(result)


def joined(parts: list[str | Ref]) -> Text:
    """Return a text with neighbouring strings made one."""
    result: list[str | Ref] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        elif part:
            result.append(part)
    return tuple(result)


def _details(node: Node, link_to: Callable[[str], Text]) -> Iterator[Text]:
    if node.summary:
        yield (markdown(node.summary),)
    if node.notes.strip():
        yield (node.notes.strip(),)
    if node.links:
        yield ("\n".join(f"- {_link(link)}" for link in node.links),)
    if node.needs:
        lines: list[str | Ref] = ["Comes after:"]
        for id_ in node.needs:
            lines += ["\n- ", *link_to(id_)]
        yield tuple(lines)
    if node.hours:
        yield (f"{hours_text(node.hours)} h",)


def hours_text(hours: Hours) -> str:
    """Return an estimate: `6`, `4–8`."""
    low, high = f"{hours.low:g}", f"{hours.high:g}"
    return low if low == high else f"{low}–{high}"


def _link(link: Link) -> str:
    kind = f" ({link.kind.value})" if isinstance(link.kind, LinkKind) else ""
    if not link.title:
        return f"<{link.url}>{kind}" if _needs_brackets(link.url) else f"{link.url}{kind}"
    return f"[{link.title.translate(_ESCAPED)}]({_target(link.url)}){kind}"


def _needs_brackets(url: str) -> bool:
    return url.endswith((".", ",", ")", "_", "*", "~")) or "*" in url or "_" in url or url.startswith("mailto:")


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _marked_up(span: Span) -> str:
    """Return a span as Markdown; marks must touch the text, so outer white space stays outside."""
    if span.code:
        fence = "`"
        while fence in span.text:
            fence += "`"
        pad = " " if span.text.startswith("`") or span.text.endswith("`") else ""
        body = f"{fence}{pad}{span.text}{pad}{fence}"
    else:
        body = span.text.translate(_ESCAPED)
    core = body.strip()
    if not core:
        return body
    for on, mark in ((span.emphasis, "*"), (span.strong, "**"), (span.strike, "~~")):
        if on:
            core = f"{mark}{core}{mark}"
    if span.url:
        core = f"[{core}]({_target(span.url)})" if span.text != span.url else f"<{span.url}>"
    lead, trail = len(body) - len(body.lstrip()), len(body) - len(body.rstrip())
    return body[:lead] + core + body[len(body) - trail :]
