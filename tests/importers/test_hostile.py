"""Hostile Markdown ends in an import or in one sentence, within seconds, and never in a bug."""

from __future__ import annotations

import time

import pytest

from roadpress.core.errors import RoadpressError
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

SIZE = 5_000_000
CASES = {
    "10,000 nested quotes": "> " * 10_000 + "x\n\n- item",
    "10,000 nested brackets": "- " + "[" * 10_000 + "x" + "]" * 10_000,
    "10,000 nested links": "- " + "[" * 10_000 + "x" + "](y)" * 10_000,
    "10,000 nested lists": "- " * 10_000 + "x",
    "nested lists, a line each": "\n".join("  " * depth + "- x" for depth in range(600)),
    "a line of 5 MB": "- " + "x" * SIZE,
    "brackets of 5 MB": "- x" + "[" * SIZE,
    "stars of 5 MB": "- x" + "*a " * (SIZE // 3),
    "backticks of 5 MB": "- x" + "`" * SIZE,
    "tags of 5 MB": "- x" + "<a b=" * (SIZE // 5),
    "comments of 5 MB": "- x" + "<!--" * (SIZE // 4),
    "NUL bytes": "a\0b\n\n- c\0d\n" * 1_000,
    "scripts": "<script>alert(1)</script>\n\n- a <script>alert(2)</script> b\n" * 1_000,
    "open details": "<details><summary>x\n\n" * 5_000 + "\n- a",
    "open list items of HTML": "<li>" * 20_000,
    "shortcodes": "- " + ":star:" * 3_000,
    "entities": "- " + "&amp;" * 3_000,
    "emphasis": "- " + "**a" * 6_000,
    "code spans": "- x " + " ".join("`" * count for count in range(1, 190)),
    "a wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|b" * 3_000 + "|",
    "headings": "# x\n" * 8_000,
    "bold lines": "**x**\n\n" * 10_000,
    "references": "\n".join(f"[a{i}]: http://x.y/{i}" for i in range(10_000)) + "\n\n- [a1][a2]",
    "aliases in front matter": "---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n- x",
    "bidi overrides": "- \u202e\u200f\u2066abc" * 100,
    "lone surrogates and noncharacters": "- a\ufffe\uffffb \U0001fffe",
    "mojibake": "- ‚úÖ x\n" * 8_000,
    "controls": "- a\x07\x1b[31mb\x9b",
}


@pytest.mark.parametrize("name", CASES)
def test_it_ends_within_seconds(name: str) -> None:
    start = time.process_time()
    try:
        imported = read(CASES[name].encode("utf-8", "surrogatepass"), "x.md")
    except RoadpressError as error:
        assert error.message.endswith("."), "a sentence"  # noqa: PT017 - an import is as good
    else:
        text = yaml_text(imported.roadmap)
        load_bytes(text.encode(), "x")
        assert "<script>" not in text
        assert "\x1b" not in text
    assert time.process_time() - start < 10


def test_cost_is_linear() -> None:
    def cost(items: int) -> float:
        data = ("# A\n\n" + "- **Label**: a, b, c\n- [x] [t](https://e.org) - d\n" * (items // 2)).encode()
        start = time.process_time()
        yaml_text(read(data, "x.md").roadmap)
        return time.process_time() - start

    cost(500)
    assert cost(8_000) < 8 * max(cost(2_000), 0.1)


def test_what_lies_too_deep_is_listed() -> None:
    imported = read(b"\n".join(b"  " * depth + b"- word%d" % depth for depth in range(150)), "x.md")
    text = yaml_text(imported.roadmap) + "\n".join(left.text for left in imported.account.left_out)
    assert not [depth for depth in range(150) if f"word{depth}" not in text]
