"""OPML, FreeMind, Trello and SierraSoftworks: what they say arrives, and what is hostile ends in one sentence."""

from __future__ import annotations

import json
from datetime import date

import pytest

from roadpress.core.errors import RoadpressError, UsageError
from roadpress.core.model import Hours, Kind, Roadmap
from roadpress.core.roadmap_file.loading import load, load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.core.text import plain
from roadpress.exporters import freemind, opml
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read


def roadmap_of(data: str, name: str) -> Roadmap:
    return load_bytes(yaml_text(read(data.encode(), name).roadmap).encode(), "roadmap.yaml")


@pytest.mark.parametrize(("exporter", "name"), [(opml, "x.opml"), (freemind, "x.mm")])
def test_our_own_outlines_come_back(exporter, name: str, root) -> None:
    sample = load(root / "roadmap.yaml")
    data = exporter.export(Snapshot.of(sample, today=date(2027, 1, 4)), exporter.Options()).files[0].data
    back = roadmap_of(data.decode(), name)
    assert back.title == sample.title
    assert [(plain(n.title), n.icon, n.depth, n.kind) for n in back.walk()] == [
        (plain(n.title), n.icon, n.depth, n.kind) for n in sample.walk()
    ]


def test_opml_attributes() -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>T</title></head><body>
    <outline text="A"><outline text="[x] b" _note="n1&#10;n2" url="https://example.org"/><outline title="c" complete="true"/>
    <outline text="d" url="javascript:alert(1)" custom="kept?"/></outline></body></opml>"""
    imported = read(text.encode(), "x.opml")
    b, c, d = imported.roadmap.sections[0].children
    assert (b.title, b.done, b.notes, b.links) == ("b", "true", "n1\nn2\n", [("https://example.org", "", "")])
    assert (c.title, c.done) == ("c", "true")
    assert (d.links, d.notes) == ([], "javascript:alert(1)")
    assert {left.text for left in imported.account.left_out} == {"custom: kept?"}


def test_freemind_of_a_real_program() -> None:
    text = """<map version="freeplane 1.9.8"><node TEXT="Learn Rust" FOLDED="false" ID="ID_1">
    <node TEXT="Basics" POSITION="right" LINK="https://doc.rust-lang.org/book/"><richcontent TYPE="NOTE"><html><head></head>
    <body><p>First this.</p><p>Then that.</p></body></html></richcontent><node TEXT="Ownership"><icon BUILTIN="button_ok"/></node>
    <node><richcontent TYPE="NODE"><html><body><p>Rich <b>title</b></p></body></html></richcontent></node></node></node></map>"""
    roadmap = roadmap_of(text, "x.mm")
    basics = roadmap.sections[0]
    assert (roadmap.title, basics.links[0].url, basics.notes) == (
        "Learn Rust",
        "https://doc.rust-lang.org/book/",
        "First this.\n\nThen that.\n",
    )
    assert [(node.title, node.done) for node in basics.children] == [("Ownership", True), ("Rich **title**", False)]


def test_opml_with_html_inside() -> None:
    text = """<opml version="2.0"><body><outline text="Week 1"><outline text="Read &lt;b&gt;this&lt;/b&gt; &amp;amp; that"/>
    <outline text="&lt;a href=&quot;https://example.org/a_(b)&quot;&gt;The book&lt;/a&gt;" _note="See &lt;a href=&quot;https://example.org/n&quot;&gt;n&lt;/a&gt;"/>
    <outline text="By &lt;time startYear=&quot;2027&quot; startMonth=&quot;2&quot; startDay=&quot;5&quot;&gt;Fri&lt;/time&gt;"/>
    <outline text="if a &lt; b"/><outline text="&lt;script&gt;alert(1)&lt;/script&gt;x&lt;br&gt;"/></outline></body></opml>"""
    read_this, book, by, plain_one, script = roadmap_of(text, "x.opml").leaves()
    assert (read_this.title, by.title, by.due, plain_one.title, script.title) == (
        "Read **this** & that", "By Fri", date(2027, 2, 5), "if a < b", "x",
    )  # fmt: skip
    assert (book.title, [link.url for link in book.links], book.notes) == (
        "The book", ["https://example.org/a_(b)"], "See [n](https://example.org/n)",
    )  # fmt: skip


def test_freemind_s_rich_content() -> None:
    text = """<map><node TEXT="R"><node TEXT="&lt;html&gt;&lt;body&gt;&lt;p&gt;In &lt;i&gt;the&lt;/i&gt; attribute&lt;/p&gt;&lt;p&gt;more&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;">
    <richcontent TYPE="DETAILS"><html xmlns="http://www.w3.org/1999/xhtml"><body>loose text<ul><li><p>one</p></li><li>two
    <a href="https://example.org">link</a></li></ul></body></html></richcontent></node></node></map>"""
    (node,) = roadmap_of(text, "x.mm").leaves()
    assert (node.title, node.notes) == (
        "In *the* attribute",
        "more\n\nloose text\n\n- one\n- two [link](https://example.org)\n",
    )


def test_a_map_with_empty_nodes() -> None:
    text = '<map><node TEXT="R"><node TEXT="a"/><node TEXT=""><node TEXT=""><node TEXT="b"/></node><node TEXT=""/></node></node></map>'
    imported = read(text.encode(), "x.mm")
    assert [section.title for section in roadmap_of(text, "x.mm").sections[0].children] == ["a", "b"]
    assert [left.why for left in imported.account.left_out] == ["empty entry"] * 3


def test_a_trello_board() -> None:
    board = {
        "name": "Learn Go",
        "desc": "A plan.",
        "labels": [{"id": "L1", "name": "Backend", "color": "purple_dark"}, {"id": "L2", "name": "", "color": "red"}],
        "lists": [
            {"id": "b", "name": "🚀 Later", "pos": 2},
            {"id": "a", "name": "Basics", "pos": 1},
            {"id": "z", "name": "Old", "closed": True, "pos": 0},
        ],
        "cards": [
            {"id": "1", "idList": "a", "name": "Tour", "desc": "Notes\n\nmore", "due": "2027-02-01T12:00:00.000Z", "pos": 5,
             "labels": [{"id": "L1"}, {"id": "L2"}], "attachments": [{"url": "https://go.dev/tour", "name": "The tour"}]},
            {"id": "2", "idList": "b", "name": "Build", "pos": 1, "dueComplete": True},
            {"id": "3", "idList": "b", "name": "Gone", "closed": True},
            {"id": "4", "idList": "z", "name": "Older"},
        ],
        "checklists": [
            {"idCard": "1", "name": "Checklist", "checkItems": [
                {"name": "second", "state": "incomplete", "pos": 2}, {"name": "first", "state": "complete", "pos": 1}]}
        ],
    }  # fmt: skip
    imported = read(json.dumps(board).encode(), "board.json")
    roadmap = load_bytes(yaml_text(imported.roadmap).encode(), "roadmap.yaml")
    assert [(s.icon, s.title) for s in roadmap.sections] == [("", "Basics"), ("🚀", "Later")]
    tour = roadmap.sections[0].children[0]
    assert [(item.title, item.done) for item in tour.children] == [("first", True), ("second", False)]
    assert (tour.tags, tour.due, tour.notes, tour.links[0].title) == (
        ("backend",), date(2027, 2, 1), "Notes\n\nmore\n", "The tour",
    )  # fmt: skip
    assert roadmap.tags["backend"].color == "violet"
    assert roadmap.sections[1].children[0].done is True
    assert sorted(left.text for left in imported.account.left_out) == ["Gone", "Old", "Older"]


def test_a_roadmap_of_sierra_softworks() -> None:
    text = """title: API
description: The plan.
authors:
  - name: Ann
    contact: ann@example.org
objective: Ship it.
timeline:
  - date: 2027-03-01
    title: Beta
milestones:
  - title: First
    description: The start.
    deliverables:
      - title: Auth
        state: DONE
        requirement: MUST
        reference: https://example.org/1
      - title: Docs
        state: DOING
        requirement: MAY
"""
    roadmap = roadmap_of(text, "roadmap.yml")
    auth, docs = roadmap.sections[0].children
    assert (roadmap.title, roadmap.authors) == ("API", ("Ann <ann@example.org>",))
    assert (auth.done, auth.links[0].url, docs.optional, docs.notes) == (
        True,
        "https://example.org/1",
        True,
        "State: DOING",
    )
    assert (roadmap.sections[1].children[0].due, roadmap.sections[1].children[0].kind) == (
        date(2027, 3, 1),
        Kind.MILESTONE,
    )


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<opml>\n<body>", "x.opml", r"It is not well-formed XML: see line 2, column 7\.$"),
        (
            b"title: T\nobjective: a: b",
            "x.yml",
            "It is no YAML: in line 2, column 13, a `: ` inside a plain text looks",
        ),
        (b"objective: " + b"[" * 10_000, "x.yml", "It is no YAML: in line 1, column 261, this is nested too deep"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><opml><body>&x;</body></opml>', "x.opml", "entities"),
        (b"<map></map>", "x.mm", "no mind map"),
        (b"", "x.md", "is empty"),
        (b"- nothing: here", "x.yml", "is YAML of no kind that is read"),
    ],
)
def test_what_is_none_says_so(data: bytes, name: str, words: str) -> None:
    with pytest.raises(RoadpressError, match=words):
        read(data, name)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"lists": [],\n "cards": [}', r"It is no JSON: see line 2, column 12\.$"),
        (b'{"lists": ' + b"9" * 5_000, r"It is no JSON that can be read\.$"),
        (b'{"lists": ' + b"[" * 200_000, r"It is no JSON that can be read\.$"),
    ],
)
def test_a_board_that_is_no_json(data: bytes, words: str) -> None:
    with pytest.raises(RoadpressError, match=words):
        read(data, "x.json", kind="trello")
    with pytest.raises(RoadpressError, match=words):
        read(data, "x.json")


def test_front_matter_that_is_nested_too_deep_is_text() -> None:
    deep = f"---\ntitle: {'[' * 5_000}{']' * 5_000}\n---\n\n# T\n\n## S\n"
    assert [section.title for section in roadmap_of(deep, "x.md").sections] == ["S"]


def test_a_roadmap_is_no_import() -> None:
    with pytest.raises(UsageError, match="a roadmap already"):
        read(b"roadpress: 1\ntitle: x\n", "roadmap.yaml")


def test_deep_outlines_stay_within_bounds() -> None:
    deep = "<outline text='x'>" * 3000 + "</outline>" * 3000
    roadmap = roadmap_of(f"<opml><head/><body>{deep}</body></opml>", "x.opml")
    assert max(node.depth for node in roadmap.walk()) == 100
    assert Hours(1, 2)
