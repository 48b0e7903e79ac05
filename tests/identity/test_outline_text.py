"""Outlines as lines of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from outlines import outlines

from roadpress.core.identity.outline import Entry, outline_of
from roadpress.core.identity.outline_text import outline_lines, parse_outline
from roadpress.core.roadmap_file.loading import load_bytes


@given(outlines())
def test_an_outline_comes_back(outline: tuple[Entry, ...]) -> None:
    assert parse_outline(outline_lines(outline))[0] == outline


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_lines_are_an_outline(lines: list[str]) -> None:
    outline, words = parse_outline(lines)
    assert len(outline) == len(words)
    assert parse_outline(outline_lines(outline))[0] == tuple(
        entry._replace(title=again.title)
        for entry, again in zip(outline, parse_outline(outline_lines(outline))[0], strict=True)
    )


def test_ids_are_those_of_the_roadmap() -> None:
    text = (
        "roadpress: 1\ntitle: T\nsections:\n  - title: Basics\n    id: mine\n    topics:\n      - '[A link](https://e.org)'\n"
        "      - Exercise\n      - Exercise\n      - '`code` &amp; more'\n      - '**!**'\n  - Mine\n  - '機械学習'\n"
        "  - title: Last\n    links: [https://e.org/x/, 'http://www.e.org/y']\n"
    )
    outline = outline_of(load_bytes(text.encode(), "roadmap.yaml"))
    again = parse_outline(outline_lines(outline))[0]
    assert [entry.id for entry in again] == [entry.id for entry in outline]
    assert again == outline
