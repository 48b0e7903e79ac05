"""What an importer writes loads, whatever the source holds: a value that no roadmap can hold goes, the rest stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from roadpress.core.errors import InvalidRoadmap, RoadpressError
from roadpress.core.model import Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.text import is_safe_url, spans
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

REFUSED = (
    "https://example.com[1]",
    "https://[your-domain]/docs",
    "https:///x",
    "https://[::1",
    "https://ex\u2100mple.com",
    "http://@/x",
)


def taken(data: bytes | str, name: str) -> tuple[Roadmap, list[str]]:
    """Return what a document imports to, loaded, and what the import says was left out."""
    imported = read(data if isinstance(data, bytes) else data.encode(), name)
    roadmap = load_bytes(yaml_text(imported.roadmap).encode(), "roadmap.yaml")
    return roadmap, [left.text for left in imported.account.left_out] + imported.account.notices


def said(roadmap: Roadmap) -> str:
    parts = [roadmap.title, roadmap.description]
    for node in roadmap.walk():
        parts += [node.title, node.summary, node.notes, *(link.url for link in node.links)]
    return "\n".join(parts)


def board(card: dict[str, Any], **more: Any) -> str:
    cards = [{"name": "kept", "id": "k", "idList": "l", "pos": 1}, {"name": "b", "id": "c", "idList": "l", **card}]
    return json.dumps({"name": "B", "lists": [{"name": "L", "id": "l"}], "cards": cards, **more})


def export(data: dict[str, Any], **top: Any) -> str:
    """Return a Markdown export of ours with one entry, as somebody edited it."""
    head, entry = (json.dumps(one) for one in ({"roadpress": 1, **top}, data))
    return f"# T <!-- rp {head} -->\n\n## S <!-- rp {{}} -->\n\n- [ ] a <!-- rp {entry} -->\n- [ ] b <!-- rp {{}} -->\n"


@pytest.mark.parametrize("url", REFUSED)
def test_a_refused_address_stays_as_text(url: str) -> None:
    documents = {
        "bare.md": f"# A\n\n- See {url}\n- b\n",
        "first.md": f"# A\n\n- {url}\n- b\n",
        "link.md": f"# A\n\n- [x]({url})\n- b\n",
        "angled.md": f"# A\n\n- [x](<{url}>)\n- b\n",
        "named.md": f"# A\n\n- [x][n] and y\n- b\n\n[n]: {url}\n",
        "cell.md": f"# A\n\n| Topic | Link |\n|---|---|\n| t | {url} |\n| u | [x]({url}) |\n",
        "x.opml": f'<opml><body><outline text="a"><outline text="b" url="{url}"/></outline></body></opml>',
        "x.mm": f'<map><node TEXT="a"><node TEXT="b"><node TEXT="c" LINK="{url}"/></node></node></map>',
        "board.json": board({"attachments": [{"url": url, "name": "x"}]}),
        "roadmap.yml": f"title: T\nmilestones:\n- title: A\n  deliverables:\n  - title: b\n    reference: '{url}'\n",
        "ours.md": export({"links": [[url, "x", "book"]]}),
    }
    for name, document in documents.items():
        roadmap, _ = taken(document, name)
        assert not any(link.url == url for node in roadmap.walk() for link in node.links), name
        assert url in said(roadmap), name


@pytest.mark.parametrize("url", REFUSED)
def test_markdown_and_the_loader_refuse_what_the_one_check_refuses(url: str) -> None:
    assert not is_safe_url(url)
    links = {span.url for span in spans(f"[x](<{url}>) and <{url}>")}
    assert links <= {"", "https://example.com"}, "none, or the part before the brackets"
    with pytest.raises(InvalidRoadmap):
        load_bytes(f"roadpress: 1\ntitle: T\nsections: [{{title: a, links: ['{url}']}}]".encode(), "x")


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1]:80/x",
        "http://[2001:db8::1]",
        "https://u:p@a.b/c[1]?d[]=e",
        "https://bücher.example",
        "MAILTO:a@b.c",
    ],
)
def test_addresses_that_are_taken(url: str) -> None:
    assert is_safe_url(url)
    roadmap, _ = taken(board({"attachments": [{"url": url}]}), "board.json")
    assert [link.url for node in roadmap.walk() for link in node.links] == [url]


def test_an_address_too_long_to_look_at_is_no_link_unless_it_is_safe() -> None:
    roadmap, _ = taken(f"# A\n\n- [x](javascript:{'a' * 3000})\n- b\n", "x.md")
    assert not any(node.links for node in roadmap.walk())


def test_an_address_in_brackets_is_no_base() -> None:
    roadmap, _ = taken("# A\n\n- [x](//[y/z)\n- b\n", "x.md")
    assert roadmap.sections
    Path("n.md").write_text("# A\n\n- [x](y)\n")
    result = subprocess.run([sys.executable, "-m", "roadpress", "import", "n.md", "--base", "https://[x"], check=False)
    assert result.returncode == 2


CARDS: dict[str, dict[str, Any]] = {
    "vertical tab": {"name": "a\x0bb"},
    "bell": {"desc": "a\x07b\nc"},
    "carriage return": {"desc": "a\rb"},
    "nothing but a control": {"name": "\x07"},
    "no such day": {"due": "2027-02-30T10:00:00.000Z"},
    "no day at all": {"due": "٢٠٢٧-٠٢-٠٣"},
    "a list for a day": {"due": [1]},
    "lone surrogate": {"name": "a\ud800b", "desc": "\udfff"},
    "separator": {"desc": "a\u2028b\u0085c"},
    "noncharacter": {"name": "a\uffffb"},
    "address": {"attachments": [{"url": "https://a.b[1]", "name": "x\x07"}]},
    "far position": {"pos": int("9" * 400)},
    "no position": {"pos": float("nan")},
    "a mapping for a name": {"name": {"a": "b"}},
}


@pytest.mark.parametrize("name", CARDS)
def test_one_bad_value_does_not_end_the_import_of_a_board(name: str) -> None:
    roadmap, _ = taken(board(CARDS[name]), "board.json")
    assert "kept" in {node.title for node in roadmap.walk()}


def test_what_a_board_loses_is_said() -> None:
    _, told = taken(board({"due": "2027-02-30", "desc": "a\x07\x08b"}), "board.json")
    assert "2027-02-30" in told
    assert "2 control characters were removed." in told
    Path("board.json").write_text(board({"due": "2027-02-30"}))
    result = subprocess.run(
        [sys.executable, "-m", "roadpress", "import", "board.json"], capture_output=True, text=True, check=True
    )
    assert "`due` that does not fit (2027-02-30)" in result.stderr


def test_labels_hold_what_they_may() -> None:
    labels = [{"id": "1", "name": "a\x07\ud800", "color": "blue"}, {"id": "2", "name": "\ud800", "color": ["x"]}]
    roadmap, _ = taken(board({"labels": labels}, labels=labels), "board.json")
    assert roadmap.tags


OURS: dict[str, dict[str, Any]] = {
    "id of capitals": {"id": "A B"},
    "needs of nothing": {"needs": ["nowhere"]},
    "needs of itself": {"id": "a", "needs": ["a"]},
    "kind": {"kind": "banana"},
    "hours": {"hours": [5, 1]},
    "hours without end": {"hours": [1e308, 1e308]},
    "hours of truth": {"hours": [True, True]},
    "day": {"due": "soon"},
    "done": {"done": "yes"},
    "kind of a link": {"links": [["https://a.b", "x", "banana"]]},
    "controls": {"notes": "a\x07b", "summary": "a\x9fb", "icon": "\u2028", "tags": ["\x00"], "title": "\x01"},
    "surrogates": {"notes": "\ud800", "summary": "\ud800", "tags": ["a\ud800"]},
}
TOPS: dict[str, dict[str, Any]] = {
    "language": {"language": "?"},
    "start": {"start": "soon"},
    "pace": {"pace": {"hours": 900}},
    "pace with other keys": {"pace": {"hours": 8, "x": [1]}},
    "pace of truth": {"pace": {"hours": True}},
    "tags": {"tags": {"a": 3, "b": {"color": "plaid"}, "c\n": {}, "d" * 2000: {"title": "x"}}},
    "exports": {"exports": {"pdf": 3, "": {}, "csv": {"a\x07": 1, "b": "\x9f", "c": [[[[[[[[[[[[[1]]]]]]]]]]]]]}}},
    "authors": {"authors": ["\x07", 3]},
    "surrogates": {"learner": "\ud800", "exports": {"pdf": {"a": "\ud800"}}, "pace": {"hours": 8, "per": "\ud800"}},
}


@pytest.mark.parametrize("name", OURS)
def test_an_edited_comment_does_not_end_the_import_of_our_own_export(name: str) -> None:
    roadmap, _ = taken(export(OURS[name]), "x.md")
    assert {"b"} <= {node.title for node in roadmap.walk()}


@pytest.mark.parametrize("name", TOPS)
def test_an_edited_first_comment_does_not_end_it(name: str) -> None:
    assert taken(export({}, **TOPS[name]), "x.md")[0].sections


def test_needs_in_a_circle_are_cut() -> None:
    entries = [
        f'- [ ] {name} <!-- rp {{"id":"{name}","needs":["{need}"]}} -->' for name, need in ("ab", "bc", "ca", "dc")
    ]
    roadmap, told = taken('# T <!-- rp {"roadpress":1} -->\n\n## S\n\n' + "\n".join(entries), "x.md")
    assert roadmap.by_id()["d"].needs == ("c",)
    assert set("abc") <= set(told)


def test_ids_that_stand_twice_are_taken_from_the_second() -> None:
    twice = '- [ ] a <!-- rp {"id":"a"} -->\n'
    roadmap, _ = taken('# T <!-- rp {"roadpress":1} -->\n\n## S\n\n' + 2 * twice, "x.md")
    assert [node.own_id for node in roadmap.leaves()] == [True, False]


def test_our_own_export_may_nest_too_deep() -> None:
    rows = [" " * depth + f"- [ ] word{depth}" for depth in range(150)]
    roadmap, _ = taken('# T <!-- rp {"roadpress":1} -->\n\n## S\n\n' + "\n".join(rows), "x.md")
    assert "word149" in said(roadmap)


def test_a_comment_that_nests_without_end_is_none() -> None:
    roadmap, _ = taken(f'# T <!-- rp {{"roadpress":1}} -->\n\n- [ ] a <!-- rp {{"x":{"[" * 100_000} -->\n', "x.md")
    assert roadmap.sections


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_aliases_are_never_written_out() -> None:
    document = BOMB + "title: T\nauthors: *i\nmilestones: [{title: M}]\n"
    with pytest.raises(RoadpressError, match="the aliases grow beyond a million values"):
        read(document.encode(), "roadmap.yml")
    imported = read(f"---\n{document}---\n\n# T\n\n- a\n".encode(), "x.md")
    assert len(yaml_text(imported.roadmap)) < 10_000
    twice = "a: &a [x, y]\ntitle: T\nauthors: *a\nmilestones: [{title: M}]\n"
    assert taken(twice, "roadmap.yml")[0].title == "T"
