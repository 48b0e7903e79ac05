"""`import --explain`: what became of each line, as text and as a page."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from roadpress import cli
from roadpress.importers.explain import explained
from roadpress.importers.explain_page import explain_page
from roadpress.importers.registry import read

DOCUMENT = """Sure! Here is a **roadmap for learning SQL**.

## 1. Basics

A sentence about it.

- SELECT (2h)
- [Joins](https://example.org/joins) <script>alert(1)</script>
  continued

## 2. Windows

- OVER

## License

MIT

Would you like this as a PDF?
"""


def test_each_line_is_told(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(DOCUMENT)
    assert cli.main(["import", "a.md", "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
    told = [(int(line[:6]), *re.split(r" {2,}", line[8:], maxsplit=1)) for line in lines]
    for number, how, text in (
        (3, "heading → section", "Basics"),
        (7, "item → topic", "SELECT   [hours: 2]"),
        (15, "left out: licence", "License"),
    ):
        assert (number, how, text) in told, told
    assert [number for number, _, _ in told] == sorted(number for number, _, _ in told)
    assert {15, 17} <= {number for number, how, _ in told if how.startswith("left out")}


def test_the_page_has_document_and_roadmap_side_by_side(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(DOCUMENT)
    assert cli.main(["import", "a.md", "--explain", "--html", "e.html"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "e.html"]
    page = Path("e.html").read_text()
    shown = [unescape(line) for line in re.findall(r"<code>(.*?)</code>", page)]
    assert shown == DOCUMENT.split("\n")
    assert '<div class="line entry" id=l7><a href=#n7>7</a>' in page
    assert '<div class="line entry" id=l9><span>9</span>' in page  # goes on from the line above
    assert '<div class="line out" id=l17>' in page
    assert "<li id=n7 class=entry>SELECT <small>hours: 2</small> <a href=#l7>7</a>" in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_the_page_goes_with_explain_alone(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(DOCUMENT)
    assert cli.main(["import", "a.md", "--html", "e.html"]) == 2
    assert not Path("e.html").exists()


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["# A", "## B", "- c", "  - d", "1. e", "text & <b>", "", "---", "| f | g |", "> h", "[i](j)"]),
        max_size=14,
    )
)
def test_every_entry_and_every_piece_left_out_is_on_the_page(lines: list[str]) -> None:
    imported = read("\n".join(["# T", "- x", *lines]).encode(), "a.md")
    page = explain_page(imported, "a.md")
    for row in explained(imported):
        assert f"id=l{row.line}>" in page
        if row.kind == "entry":
            assert f"<li id=n{row.line} class=entry>" in page
    assert page.count("<ol>") == page.count("</ol>")


def test_an_outline_without_lines_shows_what_was_left_out() -> None:
    board = {"name": "B", "lists": [{"id": "1", "name": "L"}], "cards": [{"id": "2", "idList": "1", "name": "c"}]}
    board["cards"].append({"id": "3", "idList": "1", "name": "d", "due": "2027-02-30T00:00:00Z"})
    imported = read(json.dumps(board).encode(), "board.json")
    page = explain_page(imported, "board.json")
    assert imported.account.left_out
    assert f"<code>{imported.account.left_out[0].text}</code>" in page
    assert "href=#l" not in page
