"""What documents are made of, by format: tokens to put in any order, sound samples, and grammars of what a parser takes."""

from __future__ import annotations

import json

from grammars import json_of, xml

BOARD = json.dumps(
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
SAVED = json.dumps(
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
MARKDOWN = (
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
YAML = (
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
JSON = (
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
XML = (
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
PDF = (
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
HTML = (
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
TABLE = (
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
CSV = (
    "Section,Task,Hours,Done,Link\nA,b,3,yes,https://a.b\n,c,1-2,,\n",
    "Name,Number,Section,Topic,Done\na,1.1,S,T,2027-01-02\n",
    "TYPE,CONTENT,PRIORITY,INDENT\ntask,a,1,1\ntask,b,1,2\n",
)
ORG = (
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
MERMAID = (
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
W = "xmlns:w='urn:w' xmlns:r='urn:r'"
DOCX = xml(
    "w:p/w:r/w:t w:p/w:r/w:t w:p w:p w:r/w:t w:r w:t w:tbl/w:tr/w:tc/w:p w:tbl w:tr w:tc w:hyperlink w:pPr w:numPr w:ilvl w:numId w:pStyle w:br w:tab w:sdt w:sdtContent "
    "w:fldSimple w:fldChar w:instrText w:del w:ins w:b w:strike w:gridSpan w:vMerge w:smartTag w:checkBox",
    "w:val w:val r:id w:instr w:fldCharType w:anchor",
    ("Heading1", "Title", "ListParagraph", "i1", "begin", "separate", "end", 'HYPERLINK "https://a.b[1]"'),
    f"<w:document {W}><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p>{{}}</w:body></w:document>",
)
DOCX_BESIDE = {
    "word/styles.xml": f"<w:styles {W}><w:style w:styleId='Heading1'><w:name w:val='heading 1'/><w:basedOn w:val='Heading1'/>"
    "</w:style><w:style w:styleId='ListParagraph'><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style></w:styles>",
    "word/numbering.xml": f"<w:numbering {W}><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl></w:abstractNum></w:numbering>",
    "word/_rels/document.xml.rels": "<Relationships><Relationship Id='i1' Target='https://a.b[1]'/></Relationships>",
}
ODT = xml(
    "t:h t:p t:p t:list/t:list-item/t:p t:list t:list-item t:list-item t:a t:span t:s t:tab t:line-break t:note t:annotation t:frame t:table t:table-row "
    "t:table-row t:table-cell t:table-cell t:tracked-changes t:section",
    "t:outline-level t:style-name t:href t:c t:number-columns-repeated t:number-rows-repeated",
    ("https://a.b[1]", "Title", "B"),
    "<t:c xmlns:t='urn:t'><t:style t:name='B'><t:p t:font-weight='bold'/></t:style>{}</t:c>",
)
ODT_BESIDE = {"meta.xml": "", "META-INF/manifest.xml": ""}
SHEET = xml(
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
SHEET_BESIDE = {
    "xl/workbook.xml": "<workbook xmlns:r='urn:r'><sheets><sheet name='A' r:id='i1'/><sheet name='B' r:id='i1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='i1' Target='worksheets/sheet1.xml'/></Relationships>",
    "xl/styles.xml": "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='yyyy'/></numFmts><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='200'/></cellXfs></styleSheet>",
    "xl/sharedStrings.xml": "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>",
}
TOPIC = "title children attached detached notes plain content href labels markers markerId rootTopic topics"
XMIND_XML = xml(
    "topic/title topic/title topic children/topics/topic title children topics notes plain labels label marker-refs marker-ref sheet",
    "type x:href marker-id",
    ("attached", "detached", "https://a.b[1]", "task-done"),
    "<x xmlns:x='urn:x'><sheet><topic><title>T</title><children><topics>{}</topics></children></topic></sheet></x>",
)
OUTLINE = xml(
    "outline outline outline outline head title body expansionState",
    "text text title _note url htmlUrl type _status category due created",
    ("https://a.b[1]", "[x] a", "checked", "indeterminate", "2027-02-30"),
    "<opml version='2.0'><head/><body>{}</body></opml>",
)
NODES = xml(
    "node node node node icon richcontent html body p attribute edge hook arrowlink",
    "TEXT TEXT LINK BUILTIN TYPE NAME VALUE ID FOLDED",
    ("NOTE", "DETAILS", "NODE", "button_ok", "https://a.b[1]", "#x"),
    "<map><node TEXT='T'>{}</node></map>",
)
CARDS = json_of(
    "id idList idCard name desc due start dueComplete closed pos labels attachments url checkItems state color email",
    ("l", "c", "1", "red", "complete", "2027-02-30T10:00:00.000Z", "https://a.b[1]", "\ud800"),
    name='"B"',
    labels="*",
    lists='[{"id": "l", "name": "L"}]',
    cards='[{"id": "c", "idList": "l", "name": "c", "attachments": *, "labels": *, "desc": "d"}]',
    checklists='[{"id": "k", "idCard": "c", "name": "k", "checkItems": *}]',
    actions="*",
)
OURS = json_of(
    "title id icon summary tags topics items notes links url kind hours low high needs due optional done was new pinned",
    ("a", "1-2", "2027-02-30", "https://a.b[1]", "question", "9" * 400, "\ud800"),
    roadpress="1",
    title='"T"',
    tags='{"a": {"title": "A"}}',
    pace='{"hours": 8, "per": "week", "days": *}',
    sections='[{"title": "S", "topics": *, "links": *, "needs": *}]',
)
CELLS = json_of(
    "cell_type source input level outputs metadata",
    ("markdown", "code", "heading", "# A\n\n- b\n", ["- x\n", "- y"]),
    cells='[{"cell_type": "markdown", "source": "# T"}, {"cell_type": "markdown", "source": *}]',
    worksheets="*",
)
COMMON = (*_ADDRESSES, *_WORDS, *_ODD)
