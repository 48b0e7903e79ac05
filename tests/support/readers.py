"""Every reader of a foreign or damaged file, by name, and documents that each could be given: hostile, or nearly sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from typing import NamedTuple

import pieces
from grammars import Grammar, after, json_of, xml
from packed import zipped

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
    pack: Callable[[str], bytes] = lambda text: text.encode("utf-8", "surrogatepass")
    """Makes the file of a document."""
    grammar: Grammar | None = None
    """Makes documents that are sound to a parser."""


def _packed(member: str, others: dict[str, str] = {}) -> Callable[[str], bytes]:  # noqa: B006 - read only
    """Return what packs a document as a member of an archive, beside others."""
    return lambda text: zipped({**others, member: text.encode("utf-8", "surrogatepass")})


READERS = {
    "roadmap": Reader(
        lambda data: load_bytes(data, "roadmap.yaml"),
        (yaml_text(read(pieces.BOARD.encode(), "b.json").roadmap),),
        pieces.YAML,
    ),
    "markdown": Reader(_imports("x.md"), ("# T\n\n## S\n\n- **a**: b, c\n- [x](https://a.b) - d\n",), pieces.MARKDOWN),
    "own-export": Reader(
        _imports("x.md"), (_export("markdown"),), (*pieces.MARKDOWN, *pieces.JSON, '<!-- rp {"id":"a"} -->')
    ),
    "front-matter": Reader(
        _imports("x.md"), ("---\ntitle: T\nauthor: [a, b]\n---\n\n# T\n\n- a\n",), (*pieces.YAML, *pieces.MARKDOWN)
    ),
    "opml": Reader(_imports("x.opml"), (_export("opml"),), pieces.XML, grammar=pieces.OUTLINE),
    "freemind": Reader(_imports("x.mm"), (_export("freemind"),), pieces.XML, grammar=pieces.NODES),
    "trello": Reader(_imports("x.json", "trello"), (pieces.BOARD,), pieces.JSON, grammar=pieces.CARDS),
    "own-json": Reader(_imports("x.json", "json"), (_export("json"),), pieces.JSON, grammar=pieces.OURS),
    "notebook": Reader(
        _imports("x.ipynb"),
        (json.dumps({"cells": [{"cell_type": "markdown", "source": ["# T\n", "\n", "- a\n"]}]}),),
        (*pieces.JSON, *pieces.MARKDOWN),
        grammar=pieces.CELLS,
    ),
    "html": Reader(
        _imports("x.html"),
        ("<html><head><title>T</title></head><body><h1>T</h1><ul><li>a<ul><li>b</ul></ul><table><tr><td>c</table>",),
        pieces.HTML,
        grammar=xml(
            "h1 h2 ul ol li li p div b i code a table tr td th pre blockquote input details",
            "href type colspan class start",
            ("https://a.b[1]", "checkbox"),
        ),
    ),
    "csv": Reader(_imports("x.csv"), pieces.CSV, pieces.TABLE),
    "org": Reader(
        _imports("x.org"), ("#+TITLE: T\n* S\n** TODO a :x:\n DEADLINE: <2027-01-02 Sat>\n- [X] b\n",), pieces.ORG
    ),
    "mermaid": Reader(
        _imports("x.mmd"),
        ("mindmap\n  root((T))\n    a\n      b[c]\n",),
        pieces.MERMAID,
        grammar=after("mindmap\n  T\n    "),
    ),
    "docx": Reader(
        _imports("x.docx"),
        (
            f"<w:document {pieces.W}><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>",
        ),
        pieces.XML,
        _packed("word/document.xml", pieces.DOCX_BESIDE),
        pieces.DOCX,
    ),
    "odt": Reader(
        _imports("x.odt"),
        (
            "<t:c xmlns:t='urn:t'><t:h t:outline-level='1'>a</t:h><t:list><t:list-item><t:p>b</t:p></t:list-item></t:list></t:c>",
        ),
        pieces.XML,
        _packed("content.xml", pieces.ODT_BESIDE),
        pieces.ODT,
    ),
    "xlsx": Reader(
        _imports("x.xlsx"),
        (
            "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2'><v>3</v></c></row></sheetData></worksheet>",
        ),
        pieces.XML,
        _packed("xl/worksheets/sheet1.xml", pieces.SHEET_BESIDE),
        pieces.SHEET,
    ),
    "xmind": Reader(
        _imports("x.xmind"),
        (
            json.dumps(
                [
                    {
                        "rootTopic": {
                            "title": "T",
                            "children": {"attached": [{"title": "a", "notes": {"plain": {"content": "n"}}}]},
                        }
                    }
                ]
            ),
        ),
        pieces.JSON,
        _packed("content.json"),
        json_of(
            pieces.TOPIC,
            ("a", "task-done", "https://a.b[1]"),
            around="[{}]",
            rootTopic='{"title": "T", "children": {"attached": *}}',
            sheets="*",
        ),
    ),
    "xmind-8": Reader(
        _imports("x.xmind"),
        ("<x><sheet><topic><title>a</title></topic></sheet></x>",),
        pieces.XML,
        _packed("content.xml"),
        pieces.XMIND_XML,
    ),
    "notion": Reader(
        _imports("x.zip", "notion"),
        ("# A\n\nOwner: x\n\n- [ ] b\n\n[C](A%20b/C.md)\n", pieces.CSV[0]),
        (*pieces.MARKDOWN, *pieces.TABLE),
        lambda text: zipped(
            {f"A {'0' * 32}.{end}": text.encode("utf-8", "surrogatepass") for end in ("md", "csv", "html")}
        ),
    ),
    "archive": Reader(
        _imports("x.zip"),
        tuple(
            zipped({name: "# A\n\n- b\n"}).decode("latin-1") for name in ("A.md", "content.json", "word/document.xml")
        ),
        ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "\0\0", "\xff\xff", "../../x.md", "/etc/x.md", "A.zip"),
        lambda text: text.encode("latin-1", "replace"),
    ),
    "sierra": Reader(
        _imports("x.yml", "sierra"),
        (
            "title: T\nmilestones:\n- title: A\n  deliverables:\n  - {title: b, state: DONE, reference: 'https://a.b'}\n",
        ),
        pieces.YAML,
    ),
    "collect": Reader(
        lambda data: read_bytes(data.replace(b"%PDF-", b""), "x", ROADMAP),
        (
            pieces.SAVED,
            _export("markdown"),
            "roadpress-progress: 2\nroadmap: T\nticks:\n  a: {state: done, on: 2027-01-05}\n",
        ),
        (*pieces.JSON, *pieces.YAML),
    ),
    "link": Reader(
        lambda data: read_link("#t1." + data.decode("utf-8", "replace"), ROADMAP),
        ("kxyz.AAAA.gA.AA",),
        (".", "A", "_", "-", "="),
    ),
    "progress": Reader(
        lambda data: parse(data, "p.yaml"),
        ("roadpress-progress: 2\nticks:\n  a: {state: done, on: 2027-01-05}\n",),
        pieces.YAML,
    ),
    "base": Reader(lambda data: parse_base(data, "i.yaml"), ("roadpress-import: 1\nsources:\n  x: {}\n",), pieces.YAML),
    "texts": Reader(_markdown, ("a **b** `c` [d](https://e.f)\n\n- x\n  - y\n",), pieces.MARKDOWN),
    "pdf": Reader(_any_pdf, (_export("pdf", cover=False),), pieces.PDF, lambda text: text.encode("latin-1", "replace")),
}


def document(name: str, random: Random) -> bytes:
    """Return a document for a reader: tokens in any order, a sound one with pieces replaced, doubled or gone, or a tree."""
    reader = READERS[name]

    def piece() -> str:
        kind = random.randrange(8)
        if kind == 0:
            return chr(random.randrange(0x11000))
        return random.choice(reader.tokens if kind > 2 else pieces.COMMON)

    if reader.grammar and random.randrange(4):
        return reader.pack(reader.grammar(random, piece))
    if random.randrange(2):
        found = "".join([piece() for _ in range(random.randrange(40))])
    else:
        found = random.choice(reader.samples)
        for _ in range(random.randrange(1, 6)):
            start = random.randrange(len(found) + 1)
            end = start + random.randrange(12)
            found = found[:start] + (piece() if random.randrange(4) else found[start:end] * 2) + found[end:]
    return reader.pack(found)


def large(name: str, random: Random) -> bytes:
    """Return a document of up to 200,000 signs: a few pieces over and over, and perhaps a few others after them."""
    reader = READERS[name]

    def part(most: int = 5_000) -> str:
        tokens = (*reader.tokens, *pieces.COMMON, *reader.samples)
        few = "".join([random.choice(tokens) for _ in range(random.randrange(1, 4))])
        return few * (random.randrange(1, most) // max(1, len(few)))

    if reader.grammar and random.randrange(2):
        return reader.pack(reader.grammar(random, part))
    return reader.pack("".join(part(100_000) for _ in range(random.randrange(1, 3))))
