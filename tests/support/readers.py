"""Every reader of a foreign or damaged file, by name, and documents that each could be given: hostile, or nearly sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from typing import NamedTuple

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
_HTML = (
    *(
        "<h1>",
        "<h2>",
        "</h2>",
        "<ul>",
        "<ol>",
        "</ul>",
        "<li>",
        "</li>",
        "<p>",
        "<div>",
        "</div>",
        "<br>",
        "<pre>",
        "</pre>",
    ),
    *("<b>", "</b>", "<code>", "<a href='", "'>", "</a>", "<table>", "<tr>", "<td>", "<td colspan=9999>", "</table>"),
    *(
        "<input type=checkbox checked>",
        "<details><summary>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
    ),
    *(
        "<main>",
        "<nav>",
        "&lt;",
        "&#x110000;",
        "<![CDATA[",
        "<blockquote>",
        "<title>",
        "<meta charset=utf-16>",
        "<template>",
    ),
)
_TABLE = (
    ",",
    ",,",
    "\t",
    ";",
    '"',
    '""',
    "\n",
    "\r\n",
    "Task",
    "Title",
    "Section",
    "Hours",
    "Done",
    "Due",
    "URL",
    "Tags",
    "yes",
    "3",
)
_CSV = (
    "Section,Task,Hours,Done,Link\nA,b,3,yes,https://a.b\n,c,1-2,,\n",
    "Name,Number,Section,Topic,Done\na,1.1,S,T,2027-01-02\n",
    "TYPE,CONTENT,PRIORITY,INDENT\ntask,a,1,1\ntask,b,1,2\n",
)
_ORG = (
    *(
        "* ",
        "** ",
        "*** TODO ",
        "* DONE ",
        "- ",
        "+ [ ] ",
        "1. ",
        "- [X] ",
        "#+TITLE: ",
        "#+TODO: A | B\n",
        "#+begin_src\n",
    ),
    *(
        "#+end_src\n",
        ":PROPERTIES:\n",
        ":END:\n",
        ":ID: x\n",
        "DEADLINE: <2027-02-30>",
        "CLOSED: [2027-01-02 Sat]",
        "[1/2]",
    ),
    *(
        "[[https://a.b][x]]",
        "[[",
        "]]",
        " :a:b:",
        "*b*",
        "=c=",
        "/i/",
        "| a | b |\n",
        "# ",
        "[#A]",
        "CUSTOM_ID",
        "TBLFM",
        "::",
    ),
)
_MERMAID = (
    "mindmap\n",
    "  ",
    "    ",
    "((",
    "))",
    "[",
    "]",
    "{{",
    "}}",
    "(",
    ")",
    ")) ",
    "((x",
    "%%",
    "::icon(fa)",
    ":::c",
    "`",
    "#35;",
    '"',
)
_W = "xmlns:w='urn:w' xmlns:r='urn:r'"
_DOCX = xml(
    "w:p/w:r/w:t w:p/w:r/w:t w:p w:p w:r/w:t w:r w:t w:tbl/w:tr/w:tc/w:p w:tbl w:tr w:tc w:hyperlink w:pPr w:numPr w:ilvl w:numId w:pStyle w:br w:tab w:sdt w:sdtContent "
    "w:fldSimple w:fldChar w:instrText w:del w:ins w:b w:strike w:gridSpan w:vMerge w:smartTag w:checkBox",
    "w:val w:val r:id w:instr w:fldCharType w:anchor",
    ("Heading1", "Title", "ListParagraph", "i1", "begin", "separate", "end", 'HYPERLINK "https://a.b[1]"'),
    f"<w:document {_W}><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p>{{}}</w:body></w:document>",
)
_DOCX_BESIDE = {
    "word/styles.xml": f"<w:styles {_W}><w:style w:styleId='Heading1'><w:name w:val='heading 1'/><w:basedOn w:val='Heading1'/>"
    "</w:style><w:style w:styleId='ListParagraph'><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style></w:styles>",
    "word/numbering.xml": f"<w:numbering {_W}><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl></w:abstractNum></w:numbering>",
    "word/_rels/document.xml.rels": "<Relationships><Relationship Id='i1' Target='https://a.b[1]'/></Relationships>",
}
_ODT = xml(
    "t:h t:p t:p t:list/t:list-item/t:p t:list t:list-item t:list-item t:a t:span t:s t:tab t:line-break t:note t:annotation t:frame t:table t:table-row "
    "t:table-row t:table-cell t:table-cell t:tracked-changes t:section",
    "t:outline-level t:style-name t:href t:c t:number-columns-repeated t:number-rows-repeated",
    ("https://a.b[1]", "Title", "B"),
    "<t:c xmlns:t='urn:t'><t:style t:name='B'><t:p t:font-weight='bold'/></t:style>{}</t:c>",
)
_ODT_BESIDE = {"meta.xml": "", "META-INF/manifest.xml": ""}
_SHEET = xml(
    "row/c/v row/c/v row row c/v c/v c c v is t f mergeCell hyperlink r",
    "r r t s ref id hidden spans",
    (
        "A1",
        "B1",
        "A2",
        "B2",
        "C3",
        "XFD1048576",
        "A1:XFD1048576",
        "s",
        "inlineStr",
        "b",
        "e",
        "d",
        "str",
        "45000",
        "i1",
    ),
    "<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>Task</v></c><c r='B1' t='str'><v>Due</v></c></row>{}</sheetData></worksheet>",
)
_SHEET_BESIDE = {
    "xl/workbook.xml": "<workbook xmlns:r='urn:r'><sheets><sheet name='A' r:id='i1'/><sheet name='B' r:id='i1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='i1' Target='worksheets/sheet1.xml'/></Relationships>",
    "xl/styles.xml": "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='yyyy'/></numFmts><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='200'/></cellXfs></styleSheet>",
    "xl/sharedStrings.xml": "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>",
}
_TOPIC = "title children attached detached notes plain content href labels markers markerId rootTopic topics"
_XMIND_XML = xml(
    "topic/title topic/title topic children/topics/topic title children topics notes plain labels label marker-refs marker-ref sheet",
    "type x:href marker-id",
    ("attached", "detached", "https://a.b[1]", "task-done"),
    "<x xmlns:x='urn:x'><sheet><topic><title>T</title><children><topics>{}</topics></children></topic></sheet></x>",
)
_OUTLINE = xml(
    "outline outline outline outline head title body expansionState",
    "text text title _note url htmlUrl type _status category due created",
    ("https://a.b[1]", "[x] a", "checked", "indeterminate", "2027-02-30"),
    "<opml version='2.0'><head/><body>{}</body></opml>",
)
_NODES = xml(
    "node node node node icon richcontent html body p attribute edge hook arrowlink",
    "TEXT TEXT LINK BUILTIN TYPE NAME VALUE ID FOLDED",
    ("NOTE", "DETAILS", "NODE", "button_ok", "https://a.b[1]", "#x"),
    "<map><node TEXT='T'>{}</node></map>",
)
_CARDS = json_of(
    "id idList idCard name desc due start dueComplete closed pos labels attachments url checkItems state color email",
    ("l", "c", "1", "red", "complete", "2027-02-30T10:00:00.000Z", "https://a.b[1]", "\ud800"),
    name='"B"',
    labels="*",
    lists='[{"id": "l", "name": "L"}]',
    cards='[{"id": "c", "idList": "l", "name": "c", "attachments": *, "labels": *, "desc": "d"}]',
    checklists='[{"id": "k", "idCard": "c", "name": "k", "checkItems": *}]',
    actions="*",
)
_OURS = json_of(
    "title id icon summary tags topics items notes links url kind hours low high needs due optional done was new pinned",
    ("a", "1-2", "2027-02-30", "https://a.b[1]", "question", "9" * 400, "\ud800"),
    roadpress="1",
    title='"T"',
    tags='{"a": {"title": "A"}}',
    pace='{"hours": 8, "per": "week", "days": *}',
    sections='[{"title": "S", "topics": *, "links": *, "needs": *}]',
)
_CELLS = json_of(
    "cell_type source input level outputs metadata",
    ("markdown", "code", "heading", "# A\n\n- b\n", ["- x\n", "- y"]),
    cells='[{"cell_type": "markdown", "source": "# T"}, {"cell_type": "markdown", "source": *}]',
    worksheets="*",
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
    "opml": Reader(_imports("x.opml"), (_export("opml"),), _XML, grammar=_OUTLINE),
    "freemind": Reader(_imports("x.mm"), (_export("freemind"),), _XML, grammar=_NODES),
    "trello": Reader(_imports("x.json", "trello"), (_BOARD,), _JSON, grammar=_CARDS),
    "own-json": Reader(_imports("x.json", "json"), (_export("json"),), _JSON, grammar=_OURS),
    "notebook": Reader(
        _imports("x.ipynb"),
        (json.dumps({"cells": [{"cell_type": "markdown", "source": ["# T\n", "\n", "- a\n"]}]}),),
        (*_JSON, *_MARKDOWN),
        grammar=_CELLS,
    ),
    "html": Reader(
        _imports("x.html"),
        ("<html><head><title>T</title></head><body><h1>T</h1><ul><li>a<ul><li>b</ul></ul><table><tr><td>c</table>",),
        _HTML,
        grammar=xml(
            "h1 h2 ul ol li li p div b i code a table tr td th pre blockquote input details",
            "href type colspan class start",
            ("https://a.b[1]", "checkbox"),
        ),
    ),
    "csv": Reader(_imports("x.csv"), _CSV, _TABLE),
    "org": Reader(_imports("x.org"), ("#+TITLE: T\n* S\n** TODO a :x:\n DEADLINE: <2027-01-02 Sat>\n- [X] b\n",), _ORG),
    "mermaid": Reader(
        _imports("x.mmd"), ("mindmap\n  root((T))\n    a\n      b[c]\n",), _MERMAID, grammar=after("mindmap\n  T\n    ")
    ),
    "docx": Reader(
        _imports("x.docx"),
        (
            f"<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>",
        ),
        _XML,
        _packed("word/document.xml", _DOCX_BESIDE),
        _DOCX,
    ),
    "odt": Reader(
        _imports("x.odt"),
        (
            "<t:c xmlns:t='urn:t'><t:h t:outline-level='1'>a</t:h><t:list><t:list-item><t:p>b</t:p></t:list-item></t:list></t:c>",
        ),
        _XML,
        _packed("content.xml", _ODT_BESIDE),
        _ODT,
    ),
    "xlsx": Reader(
        _imports("x.xlsx"),
        (
            "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2'><v>3</v></c></row></sheetData></worksheet>",
        ),
        _XML,
        _packed("xl/worksheets/sheet1.xml", _SHEET_BESIDE),
        _SHEET,
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
        _JSON,
        _packed("content.json"),
        json_of(
            _TOPIC,
            ("a", "task-done", "https://a.b[1]"),
            around="[{}]",
            rootTopic='{"title": "T", "children": {"attached": *}}',
            sheets="*",
        ),
    ),
    "xmind-8": Reader(
        _imports("x.xmind"),
        ("<x><sheet><topic><title>a</title></topic></sheet></x>",),
        _XML,
        _packed("content.xml"),
        _XMIND_XML,
    ),
    "notion": Reader(
        _imports("x.zip", "notion"),
        ("# A\n\nOwner: x\n\n- [ ] b\n\n[C](A%20b/C.md)\n", _CSV[0]),
        (*_MARKDOWN, *_TABLE),
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
    "pdf": Reader(_any_pdf, (_export("pdf", cover=False),), _PDF, lambda text: text.encode("latin-1", "replace")),
}


def document(name: str, random: Random) -> bytes:
    """Return a document for a reader: tokens in any order, a sound one with pieces replaced, doubled or gone, or a tree."""
    reader = READERS[name]

    def piece() -> str:
        kind = random.randrange(8)
        if kind == 0:
            return chr(random.randrange(0x11000))
        return random.choice(reader.tokens if kind > 2 else _COMMON)

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
        pieces = [random.choice((*reader.tokens, *_COMMON, *reader.samples)) for _ in range(random.randrange(1, 4))]
        return "".join(pieces) * (random.randrange(1, most) // max(1, len("".join(pieces))))

    if reader.grammar and random.randrange(2):
        return reader.pack(reader.grammar(random, part))
    return reader.pack("".join(part(100_000) for _ in range(random.randrange(1, 3))))
