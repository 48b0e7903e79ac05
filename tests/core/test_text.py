"""Markdown to spans and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadpress.core import text
from roadpress.core.text import Code, Heading, ListBlock, Paragraph, Quote, Rule, Span, Table

PLAIN = [
    "plain",
    "a & b",
    "a < b > c",
    "C#",
    "snake and under",
    "100 %",
    "“quoted” → ✅",
    "[ ] box?",
    "<b>bold</b>",
    "5 > 3",
    "snake_case_name",
    "is_empty() // asks",
    "size * 2 * 3",
    "A* and B",
    "[Review] Queues [again]",
    "about ~5 or ~ 6",
]


@pytest.mark.parametrize("source", PLAIN)
def test_text_without_markup_is_itself(source: str) -> None:
    assert text.plain(source) == source
    assert text.spans(source) == (Span(source),)


def test_what_could_be_markup_is_not_called_plain() -> None:
    assert all(map(text.is_plain, PLAIN))
    assert not any(
        text.is_plain(source)
        for source in ("**a**", "`a`", "[a](b)", "https://a.example", "&amp;", "\\*", "_a_", "a*b*")
    )


STYLED = [
    ("a **b** *c* `d` ~~e~~", [("a ",), ("b", "strong"), (" ",), ("c", "emphasis"), (" ",), ("d", "code"), (" ",), ("e", "strike")]),
    ("***both***", [("both", "strong", "emphasis")]),
    ("snake_case_name", [("snake_case_name",)]),
    (r"\*not\*", [("*not*",)]),
    ("`<script>`", [("<script>", "code")]),
    ("&amp; &lt;b&gt;", [("& <b>",)]),
    ("<img src=x onerror=alert(1)>", [("<img src=x onerror=alert(1)>",)]),
    ("[x](javascript:alert(1))", [("[x](javascript:alert(1))",)]),
    ("[x](file:///etc/passwd)", [("[x](file:///etc/passwd)",)]),
    ("[](https://x.org)", [("[](https://x.org)",)]),
    ("a\nb", [("a b",)]),
    ("``", [("``",)]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), STYLED)
def test_styles(source: str, expected: list[tuple[str, ...]]) -> None:
    names = ("strong", "emphasis", "code", "strike")
    assert [(s.text, *(name for name in names if getattr(s, name))) for s in text.spans(source)] == expected


LINKS = [
    ("[Book](https://x.org/b)", "Book", "https://x.org/b"),
    ("see https://x.org/a", "https://x.org/a", "https://x.org/a"),
    ("<https://x.org>", "https://x.org", "https://x.org"),
    ("<me@x.org>", "me@x.org", "mailto:me@x.org"),
    ("![alt](https://x.org/i.png)", "alt", "https://x.org/i.png"),
    ("![](https://x.org/i.png)", "https://x.org/i.png", "https://x.org/i.png"),
    ("[**B**](HTTPS://x.org)", "B", "HTTPS://x.org"),
]


@pytest.mark.parametrize(("source", "shown", "url"), LINKS)
def test_links(source: str, shown: str, url: str) -> None:
    assert [(span.text, span.url) for span in text.spans(source) if span.url] == [(shown, url)]


def test_blocks() -> None:
    source = "One\ntwo  \nthree\n\n# Head\n\n- a\n  - b\n- c\n\n3. x\n\n> quoted\n\n```py\ncode <b>\n```\n\n---\n\n| a | b |\n|:-|-:|\n| 1 | *2* |\n\n<div>html</div>\n"
    assert text.blocks(source) == (
        Paragraph((Span("One two"), Span("\n"), Span("three"))),
        Heading(1, (Span("Head"),)),
        ListBlock(((Paragraph((Span("a"),)), ListBlock(((Paragraph((Span("b"),)),),))), (Paragraph((Span("c"),)),))),
        ListBlock(((Paragraph((Span("x"),)),),), 3),
        Quote((Paragraph((Span("quoted"),)),)),
        Code("code <b>", "py"),
        Rule(),
        Table(((Span("a"),), (Span("b"),)), (((Span("1"),), (Span("2", emphasis=True),)),), ("left", "right")),
        Paragraph((Span("<div>html</div>"),)),
    )


def test_blocks_as_plain_text() -> None:
    assert text.plain_blocks("a *b*\n\n- c\n- d\n\n1. e\n") == "a b\n\n- c\n- d\n\n1. e"


@pytest.mark.parametrize("source", [">" * 10_000, "[" * 10_000, "*" * 10_000, "- " * 5_000, "`" * 9_999 + "a"])
def test_hostile_nesting_ends(source: str) -> None:
    text.blocks(source)
    text.spans(source)


LINKS = [
    "[a](https://a.example)",
    "[b c](http://b.example/C/d.html?q=1,2;3#e:@+f)",
    "[1.5, “d”](https://x-1.example/)",
    "[(g) h!](https://y.example/a_b_(c)",
    "[(j)](https://z.example/_k__l_/m-n_)",
    "[s_t](https://z.example/u)",
    "![v](https://z.example/w)",
    "_",
    "!",
    "[e]",
    "[f](g)",
    "](",
    ")",
    "//h.example",
    "https://i.example",
]


SIGNS = [
    "**",
    "`",
    "*",
    "a",
    "b c",
    " ",
    ".",
    "(",
    "é",
    "“",
    "/",
    ":",
    "-",
    "1",
    "`` ",
    "x**",
    "d_e",
    "~",
    "&",
    "<",
    "\\",
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from([*SIGNS, *LINKS]), max_size=12).map("".join))
def test_the_short_way_says_what_the_parser_says(source):
    quick = (Span(source),) if source and text.is_plain(source) else text._quick_spans(source)
    if quick:
        tokens = text._parser().parseInline(source)
        assert quick == tuple(
            span._replace(text=span.text.replace("\n", " ")) for span in text._inline(tokens[0].children)
        )


@settings(max_examples=1000)
@given(
    st.lists(
        st.sampled_from(
            [
                "Word",
                "a",
                " ",
                "\n",
                "\n\n",
                "-",
                ". ",
                ", ",
                "1",
                "1.",
                "=",
                "# ",
                "é",
                "“",
                "(",
                "—",
                "'",
                "**",
                "`",
                *LINKS,
            ]
        ),
        max_size=14,
    )
)
def test_plain_prose_says_what_the_parser_says(parts):
    source = "".join(parts)
    if prose := text._prose(source):
        assert prose == text._blocks(text._Cursor(text._parser().parse(source)), "")
