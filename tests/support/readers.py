"""Every reader of a foreign or damaged file, by name, and documents that each could be given: hostile, or nearly sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from typing import NamedTuple

from roadpress.core import text
from roadpress.core.identity.base import parse_base
from roadpress.core.progress.store import parse
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.core.snapshot import Snapshot
from roadpress.exporters.registry import load_exporter
from roadpress.importers.collect.checklist import read_link
from roadpress.importers.collect.dispatch import read_bytes
from roadpress.importers.collect.pdf_boxes import extract
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read

ROADMAP = load_bytes(
    b"roadpress: 1\ntitle: T\ndescription: d\npace: 8h/week\ntags: {a: {title: A, color: blue}}\nsections:\n"
    b"  - title: S\n    icon: '*'\n    topics:\n      - {title: a, id: a, hours: 1-2, due: 2027-01-02, tags: [a]}\n"
    b"      - title: b\n        needs: [a]\n        kind: question\n        links: [{title: x, url: 'https://a.b', kind: book}]\n"
    b"        notes: |\n          - x\n          - y\n        items: [c, {title: d, done: 2027-01-02, optional: true}]\n",
    "roadmap.yaml",
)


def _export(name: str, **options: object) -> str:
    exporter = load_exporter(name)
    made = exporter.export(Snapshot.of(ROADMAP, today=date(2027, 1, 4)), exporter.Options(**options))
    return made.files[0].data.decode("latin-1" if name == "pdf" else "utf-8")


def _imports(name: str, kind: str = "") -> Callable[[bytes], None]:
    def take(data: bytes) -> None:
        load_bytes(yaml_text(read(data, name, kind=kind).roadmap).encode(), "roadmap.yaml")

    return take


def _any_pdf(data: bytes) -> None:
    try:
        extract(data)
    except (MemoryError, RecursionError, Exception):  # noqa: BLE001 - in its own process all of these are "damaged"
        return


def _markdown(data: bytes) -> None:
    source = data.decode("utf-8", "replace")
    text.blocks(source)
    text.plain(source)


class Reader(NamedTuple):
    """A reader, and what its documents are made of."""

    take: Callable[[bytes], object]
    """Ends, or raises RoadpressError; all else is a finding."""
    samples: tuple[str, ...]
    tokens: tuple[str, ...]


_BOARD = json.dumps(
    {
        "name": "B",
        "desc": "d",
        "labels": [{"id": "1", "name": "red", "color": "red"}],
        "lists": [{"id": "l", "name": "L", "pos": 1}],
        "cards": [
            {"id": "c", "idList": "l", "name": "[x] c", "desc": "**d**", "due": "2027-02-28T10:00:00.000Z", "pos": 2}
            | {"labels": [{"id": "1"}], "attachments": [{"url": "https://a.b", "name": "n"}], "dueComplete": True}
        ],
        "checklists": [{"id": "k", "idCard": "c", "checkItems": [{"name": "i", "state": "complete", "pos": 1}]}],
    }
)
_SAVED = json.dumps(
    {"roadpress": "checklist", "format": 1, "made": "2027-01-04", "saved": "2027-01-06T19:02:11.000Z", "title": "T"}
    | {"items": {"a": {"state": "done", "on": "2027-01-05", "note": "n"}}, "given": {"a": {"state": "open"}}}
    | {"outline": ["a A", " b B"]}
)
_ADDRESSES = (
    "https://a.b[1]",
    "https://[x]/y",
    "http:///x",
    "mailto:a@b.c",
    "https://a.b/c_(d)",
    "javascript:x",
    "//[a",
    "#a",
)
_WORDS = (
    "a",
    "b c",
    "1h",
    "(2 hours)",
    "(optional)",
    "2027-02-30",
    "机器",
    "مرحبا",
    "✅",
    "☐",
    "1. ",
    "Week 1: ",
    "Prerequisites",
)
_ODD = (
    "\0",
    "\x07",
    "\r",
    "\x0b",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\u202e",
    "\ud800",
    "\U0001fffe",
    "\t",
    "  ",
    "\n",
    "\n\n",
)
_MARKDOWN = (
    *(
        "# ",
        "## ",
        "- ",
        "- [ ] ",
        "- [x] ",
        "* ",
        "> ",
        "1) ",
        "```\n",
        "~~~",
        "---\n",
        "***",
        "| a | b |\n|---|---|\n",
        "|",
    ),
    *(
        "**",
        "*",
        "_",
        "`",
        "~~",
        "[a]",
        "](",
        ")",
        "[",
        "]",
        "![",
        "<",
        ">",
        "<br>",
        "<!-- ",
        " -->",
        "<details>",
        "</summary>",
    ),
    *(
        "<a href='",
        "<img src=x alt=y>",
        "&amp;",
        "&#7;",
        "&#x85;",
        ":star:",
        "[a]: https://a.b\n",
        ": ",
        "\\",
        "(",
        "    ",
    ),
)
_YAML = (
    "- ",
    ": ",
    "title: ",
    "items:\n",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "|",
    ">",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "# ",
    "%",
    "<<: ",
    "~",
    ", ",
)
_JSON = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "null",
    "true",
    "-1",
    "1e999",
    "9" * 400,
    "NaN",
    '"\\ud800"',
    '"\\u0007"',
    '"id":',
    "{}",
    "[]",
)
_XML = (
    *(
        "<outline text='x'>",
        "</outline>",
        "<node TEXT='x'>",
        "</node>",
        "<!DOCTYPE opml [<!ENTITY a 'b'>]>",
        "&a;",
        "&#133;",
        "&#13;",
    ),
    *(
        "<richcontent TYPE='NOTE'>",
        "</richcontent>",
        "<p>",
        "</p>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml version='1.0'?>",
        "='",
        "/>",
    ),
)
_PDF = (
    "1 0 R",
    "2 0 R",
    "/Kids[2 0 R]",
    "/T(a)",
    "/Prev 9",
    "endobj",
    "stream\n",
    "/Fields",
    "<<",
    ">>",
    "/Length 99999",
    "trailer",
)
_COMMON = (*_ADDRESSES, *_WORDS, *_ODD)

READERS = {
    "roadmap": Reader(
        lambda data: load_bytes(data, "roadmap.yaml"), (yaml_text(read(_BOARD.encode(), "b.json").roadmap),), _YAML
    ),
    "markdown": Reader(_imports("x.md"), ("# T\n\n## S\n\n- **a**: b, c\n- [x](https://a.b) - d\n",), _MARKDOWN),
    "own-export": Reader(_imports("x.md"), (_export("markdown"),), (*_MARKDOWN, *_JSON, '<!-- rp {"id":"a"} -->')),
    "front-matter": Reader(
        _imports("x.md"), ("---\ntitle: T\nauthor: [a, b]\n---\n\n# T\n\n- a\n",), (*_YAML, *_MARKDOWN)
    ),
    "opml": Reader(_imports("x.opml"), (_export("opml"),), _XML),
    "freemind": Reader(_imports("x.mm"), (_export("freemind"),), _XML),
    "trello": Reader(_imports("x.json", "trello"), (_BOARD,), _JSON),
    "sierra": Reader(
        _imports("x.yml", "sierra"),
        (
            "title: T\nmilestones:\n- title: A\n  deliverables:\n  - {title: b, state: DONE, reference: 'https://a.b'}\n",
        ),
        _YAML,
    ),
    "collect": Reader(
        lambda data: read_bytes(data.replace(b"%PDF-", b""), "x", ROADMAP),
        (
            _SAVED,
            _export("markdown"),
            "roadpress-progress: 2\nroadmap: T\nticks:\n  a: {state: done, on: 2027-01-05}\n",
        ),
        (*_JSON, *_YAML),
    ),
    "link": Reader(
        lambda data: read_link("#t1." + data.decode("utf-8", "replace"), ROADMAP),
        ("kxyz.AAAA.gA.AA",),
        (".", "A", "_", "-", "="),
    ),
    "progress": Reader(
        lambda data: parse(data, "p.yaml"),
        ("roadpress-progress: 2\nticks:\n  a: {state: done, on: 2027-01-05}\n",),
        _YAML,
    ),
    "base": Reader(lambda data: parse_base(data, "i.yaml"), ("roadpress-import: 1\nsources:\n  x: {}\n",), _YAML),
    "texts": Reader(_markdown, ("a **b** `c` [d](https://e.f)\n\n- x\n  - y\n",), _MARKDOWN),
    "pdf": Reader(_any_pdf, (_export("pdf", cover=False),), _PDF),
}


def document(name: str, random: Random) -> bytes:
    """Return a document for a reader: tokens in any order, or a sound one with pieces replaced, doubled or gone."""
    reader = READERS[name]

    def piece() -> str:
        kind = random.randrange(8)
        if kind == 0:
            return chr(random.randrange(0x11000))
        return random.choice(reader.tokens if kind > 2 else _COMMON)

    if random.randrange(2):
        found = "".join([piece() for _ in range(random.randrange(40))])
    else:
        found = random.choice(reader.samples)
        for _ in range(random.randrange(1, 6)):
            start = random.randrange(len(found) + 1)
            end = start + random.randrange(12)
            found = found[:start] + (piece() if random.randrange(4) else found[start:end] * 2) + found[end:]
    return found.encode("latin-1", "replace") if name == "pdf" else found.encode("utf-8", "surrogatepass")
