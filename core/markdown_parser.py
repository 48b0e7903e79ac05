"""markdown-it-py as we use it: the one place that makes its parsers.

What it documents nowhere is told here: `validateLink` and `normalizeLink`, which are asked about every address, and
what `env` holds of link reference definitions after parsing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_BRACKETS = 5_000
"""In one text. markdown-it looks for the end of each `[` up to the text's end; beyond this many a text has no links."""
MOST_LOOKED_AT = 100_000_000
"""Signs. At each colon it looks through all that stands before it; beyond this many bare addresses stay text."""


def text_parser(is_safe: Callable[[str], bool], normalized: Callable[[str], str] | None = None) -> MarkdownIt:
    """Return the parser of titles and notes: CommonMark with tables, strikethrough and bare addresses, without HTML.

    An address that is not safe stays text; `normalized` gives an address as it is rendered.
    """
    parser = _parser(is_safe, normalized, {"html": False, "linkify": True, "maxNesting": 100})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.disable(["html_block", "html_inline"])
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})  # type: ignore[union-attr]  # linkify-it-py is a dependency
    return parser


def block_tokens(
    text: str, normalized: Callable[[str], str] | None = None, *, max_nesting: int
) -> tuple[list[Token], dict[str, tuple[str, str, int]]]:
    """Return the tokens of a text's blocks, whose inline text is left as source, and its link reference definitions.

    Those are by normalised label: address, title, line. The first of a label counts; the others have a number behind
    it, after a NUL.
    """
    parser = _parser(None, normalized, {"maxNesting": max_nesting}).enable("table").disable("inline")
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    found = list(environment.get("references", {}).items())
    found += [(f"{one['label']}\0{at}", one) for at, one in enumerate(environment.get("duplicate_refs", []))]
    return tokens, {
        label: (str(one["href"]), str(one.get("title", "")), int(one.get("map", [0])[0]) + 1) for label, one in found
    }


def _parser(
    is_safe: Callable[[str], bool] | None, normalized: Callable[[str], str] | None, options: dict[str, Any]
) -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return is_safe(url) if is_safe else super().validateLink(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
            return normalized(url) if normalized else super().normalizeLink(url)

        def parse(self, src: str, env: Any = None) -> list[Token]:
            with self._bounded(src):
                return super().parse(src, env)

        def parseInline(self, src: str, env: Any = None) -> list[Token]:  # noqa: N802 - the library's name
            with self._bounded(src):
                return super().parseInline(src, env)

        @contextmanager
        def _bounded(self, src: str) -> Iterator[None]:
            costly = [] if src.count("[") <= MOST_BRACKETS else ["link", "image"]
            costly += [] if src.count(":") * len(src) <= MOST_LOOKED_AT else ["linkify"]
            if not costly:
                yield
                return
            with self.reset_rules():
                self.disable(costly)
                yield

    return Parser("commonmark", options)
