"""Web pages: what they say is read, what is around it is told, and no page is too strange to end."""

from __future__ import annotations

import time

import pytest

from roadpress.core.errors import RoadpressError
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.documents.html_page import markdown_of
from roadpress.importers.registry import read


def roadmap_of(text: str | bytes, name: str = "page.html") -> Roadmap:
    data = text.encode() if isinstance(text, str) else text
    return load_bytes(yaml_text(read(data, name).roadmap).encode(), "roadmap.yaml")


def tree(roadmap: Roadmap) -> list[str]:
    return ["  " * (node.depth - 1) + node.title for node in roadmap.walk()]


PAGE = """<!doctype html><html><head><title>Learn Rust – A Site</title><style>x{}</style></head><body>
<nav><a href="/">Home</a></nav><main><h2>Basics</h2><ul><li>Ownership<ul><li><input type="checkbox" checked disabled> Moves</li>
<li><a href="https://example.org/a_(b)">Links</a></li></ul><li>Traits <code>&lt;T&gt;</code></ul><script>alert(1)</script>
<h2>Later</h2><table><tr><th>Topic<th>Hours<tr><td>Macros<td>2h<tr><td>Unsafe<td>3h</table></main><footer>© Me</footer></body></html>"""


def test_a_page() -> None:
    roadmap = roadmap_of(PAGE)
    assert roadmap.title == "Learn Rust"
    assert tree(roadmap) == [
        "Basics", "  Ownership", "    Moves", "    Links", "  Traits `<T>`", "Later", "  Macros", "  Unsafe",
    ]  # fmt: skip
    moves, links = roadmap.sections[0].children[0].children
    assert (moves.done, links.links[0].url) == (True, "https://example.org/a_(b)")
    left = {one.text for one in read(PAGE.encode(), "-").account.left_out}
    assert {"© Me", "Home"} <= left


def test_a_saved_chat_gives_its_last_whole_answer() -> None:
    def said(role: str, html: str) -> str:
        return f'<div data-message-author-role="{role}"><div>{html}</div></div>'

    answer = "<p>Here is a roadmap:</p><h2>{}</h2><ul>" + "<li>Learn it well</li>" * 9 + "</ul>"
    text = "<html><body><h1>Chats</h1>" + said("user", "Make a plan") + said("assistant", answer.format("First"))
    text += (
        said("user", "Revise")
        + said("assistant", answer.format("Second"))
        + said("assistant", "<p>You are welcome</p>")
    )
    imported = read(text.encode(), "Learning.html")
    assert [section.title for section in imported.roadmap.sections] == ["Second"]
    assert any("answer 2" in notice for notice in imported.account.notices)
    assert {"Make a plan", "Revise", "You are welcome"} <= {one.text for one in imported.account.left_out}


def test_google_docs() -> None:
    text = """<html><body><p class="c1 title"><span>My plan</span></p><h1><span>Part</span></h1>
    <ul class="c2 lst-kix_a1-0 start"><li><span style="font-weight:700">Bold</span></li></ul>
    <ul class="lst-kix_a1-1"><li><a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D">Inner</a></li></ul>
    <ul class="lst-kix_a1-0"><li>Next</li></ul></body></html>"""
    roadmap = roadmap_of(text)
    assert (roadmap.title, tree(roadmap)) == ("My plan", ["Part", "  Bold", "    Inner", "  Next"])
    assert [link.url for node in roadmap.walk() for link in node.links] == ["https://example.org/x"]


def test_encodings_and_a_page_saved_as_mail() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><h1>План</h1><h2>Раз</h2><ul><li>Урок</li><li>Два</li></ul></body></html>'
    assert tree(roadmap_of(page.encode("windows-1251"))) == ["Раз", "  Урок", "  Два"]
    mail = b'From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\nContent-Type: text/html\n'
    mail += b"Content-Transfer-Encoding: quoted-printable\n\n<html><body><h2>A=20b</h2><ul><li>c</li></ul></body></html>\n--B--\n"
    assert tree(roadmap_of(mail, "x.mhtml")) == ["A b", "  c"] or roadmap_of(mail, "x.mhtml").title == "A b"


def test_blocks_within_blocks() -> None:
    text = """<h1>T</h1><ol><li><p>One</p><blockquote>quoted</blockquote><pre>a
b</pre></li></ol><b><p>x</p><p>y</p></b><p>a<br>b</p><dl><dt>Term</dt><dd>said</dd></dl>"""
    assert markdown_of(text.encode())[0] == (
        "# T\n\n1. One\n\n   > quoted\n\n   ```\n   a\n   b\n   ```\n\n**x**\n\n**y**\n\na\nb\n\n- Term\n\n  said\n"
    )


SIZE = 50_000


@pytest.mark.parametrize(
    "data",
    [
        "<" * SIZE,
        "<!--" * SIZE,
        "<a href='" * SIZE,
        '<a "' * SIZE,
        "<a " + "x " * SIZE,
        "<ul><li>" * SIZE,
        "<blockquote>" * SIZE,
        "<b>" * SIZE + "x",
        "<b>x" * SIZE,
        "<b><p>x" * SIZE,
        "<table><tr><td>" * SIZE,
        "<table>" + "<td>x" * SIZE,
        "<script>" * SIZE,
        "<nav>" * SIZE,
        "<article>" * SIZE,
        "</b>" * SIZE,
        "<span>" * SIZE + "</b>" * SIZE,
        "<li>" * SIZE,
        "&amp;" * SIZE,
        "<div data-message-author-role=user>" * SIZE,
        "<h1>" * SIZE,
        "<ul class='lst-kix_a-9'><li>x" * (SIZE // 20),
        "<pre>" * SIZE + "```" * SIZE,
    ],
    ids=lambda data: data[:30],
)
def test_hostile_pages_end_within_seconds(data: str) -> None:
    start = time.process_time()
    try:
        roadmap_of("<html><p>words</p>" + data)
    except RoadpressError as error:
        assert error.message.endswith(".")  # noqa: PT017 - an import is as good
    assert time.process_time() - start < 10
