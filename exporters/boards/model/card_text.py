"""A node's own words as Trello shows them: names, and the description of a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....core import text
from ....core.model import Link, Node
from ....core.snapshot.facts import FactReader
from ....core.text import Span
from .board import ObjectKey, Text

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


def item_name(node: Node, *, mark: str, optional: str) -> str:
    """Return the name of a check item, which shows inline Markdown, with its kind before it and `optional` after it."""
    name = markdown(node.title)
    if node.optional:
        name = f"{name} *({optional})*"
    return " ".join(f"{mark} {node.icon} {name}".split()) or node.title


def plain_item(node: Node, *, mark: str, optional: str) -> str:
    """Return the name of a check item for a service that shows no Markdown there."""
    suffix = f" ({optional})" if node.optional else ""
    return " ".join(f"{mark} {plain_name(node)}{suffix}".split())


def description(node: Node, inner: Iterator[Node], link_to: Callable[[str], Text], facts: FactReader) -> Text:
    """Return the description of a card: what its node says, then what the nodes below it say beside their titles.

    `inner` are the nodes that the card shows as checklists and items, which have no place for tags and dates; `link_to`
    gives a node that comes first as the text to show for it.
    """
    parts: list[Text] = list(_details(node, link_to, facts, _BY_CARD))
    for below in inner:
        details = list(_details(below, link_to, facts, _BY_ITEM if below.is_leaf else _BY_CHECKLIST))
        if details:
            parts.append((f"### {markdown(below.title)}",))
            parts += details
    result: list[str | ObjectKey] = []
    for part in parts:
        result += ["\n\n", *part] if result else part
    return joined(result)


_BY_CHECKLIST = frozenset({"kind", "planned", "new"})
"""Facts that the card's labels and dates tell of a group; a checklist has a name alone."""
_BY_ITEM = _BY_CHECKLIST | {"optional", "skipped"}
_BY_CARD = _BY_ITEM | {"due", "tags"}


def joined(parts: list[str | ObjectKey]) -> Text:
    """Return a text with neighbouring strings made one."""
    result: list[str | ObjectKey] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        elif part:
            result.append(part)
    return tuple(result)


def _details(
    node: Node, link_to: Callable[[str], Text], facts: FactReader, elsewhere: frozenset[str]
) -> Iterator[Text]:
    if node.summary:
        yield (markdown(node.summary),)
    if node.notes.strip():
        yield (node.notes.strip(),)
    if node.links:
        yield ("\n".join(f"- {_link(link, facts)}" for link in node.links),)
    if needs := facts.of("needs", node):
        before, _, after = needs.pattern.partition("{}")
        heading = facts.words.capitalized(f"{before}{after}".strip())
        lines: list[str | ObjectKey] = [f"{heading.removesuffix(':')}:"]
        for id_ in node.needs:
            lines += ["\n- ", *link_to(id_)]
        yield tuple(lines)
    if line := facts.text(node, without=elsewhere | {"needs"}, over=True):
        yield (line.translate(_ESCAPED).replace("\u00a0", " "),)


def _link(link: Link, facts: FactReader) -> str:
    kind = f" ({facts.words[link.kind.value]})" if link.kind else ""
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
