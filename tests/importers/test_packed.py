"""Workbooks, documents, XMind's maps and Notion's export: what they say arrives; none unpacks without bounds."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from packed import document, paragraph, row, workbook, zipped

from roadpress.core.errors import RoadpressError
from roadpress.core.model import Hours, Roadmap
from roadpress.core.roadmap_file.loading import load_bytes
from roadpress.importers.common.yaml_writer import yaml_text
from roadpress.importers.registry import read


def roadmap_of(data: bytes, name: str) -> Roadmap:
    return load_bytes(yaml_text(read(data, name).roadmap).encode(), "roadmap.yaml")


def tree(roadmap: Roadmap) -> list[str]:
    return ["  " * (node.depth - 1) + node.title for node in roadmap.walk()]


def test_a_workbook() -> None:
    styles = '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs>'
    rows = row(1, "Topic", "Hours", "Due", "Done", "Notes") + (
        "<row r='2'><c r='A2' t='inlineStr'><is><r><t>Jo</t></r><r><t>ins</t></r></is></c><c r='B2' s='2'><v>0.0625</v></c>"
        "<c r='C2' s='1'><v>46419</v></c><c r='D2' t='b'><v>1</v></c><c r='E2' t='str'><f>A1&amp;B1</f><v>saved</v></c></row>"
        "<row r='4'><c r='A4' t='inlineStr'><is><t>Views</t></is></c><c r='B4'><v>2.5</v></c><c r='E4'><f>WEBSERVICE(\"x\")</f></c>"
        "<c r='D4' t='e'><v>#REF!</v></c></row>"
    )
    data = workbook(
        {"Plan": rows, "Lists": row(1, "x")}, styles=styles, hidden="Lists", links={"A2": "https://example.org/j"}
    )
    imported = read(data, "sql.xlsx")
    joins, views = roadmap_of(data, "sql.xlsx").leaves()
    assert (joins.title, joins.hours, joins.due, joins.done, joins.notes, joins.links[0].url) == (
        "Joins", Hours(1.5, 1.5), date(2027, 2, 1), True, "saved", "https://example.org/j",
    )  # fmt: skip
    assert (views.title, views.hours) == ("Views", Hours(2.5, 2.5))
    assert {(left.why, left.line) for left in imported.account.left_out} == {
        ("hidden sheet", 0), ("formula without a saved value", 4), ("error of a formula", 4),
    }  # fmt: skip


def test_sheets_are_sections() -> None:
    sheet = row(1, "Task", "Done") + row(2, "{}", "x")
    data = workbook({"Week 1": sheet.format("a"), "Empty": "", "Week 2": sheet.format("b")})
    assert tree(roadmap_of(data, "plan.xlsx")) == ["Week 1", "  a", "Week 2", "  b"]


STYLES = """<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet 2"/></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""


def test_a_word_document() -> None:
    box = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
    body = (
        paragraph("Learn SQL", style="Titel")
        + paragraph("Basics", style="berschrift1")
        + paragraph("Select", level=0)
        + paragraph("Where", level=1, marks="<w:b/>")
        + f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{box}<w:hyperlink r:id='L'><w:r><w:t>Joins</w:t></w:r></w:hyperlink></w:p>"
        + paragraph("Inner", style="Liste")
        + paragraph("Later", style="Mine")
        + "<w:tbl>"
        + "".join(
            f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"
            for cells in (("Topic", "Hours"), ("<b>Views", "2h"))
        )
        + "</w:tbl><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    roadmap = roadmap_of(
        document(body, styles=STYLES, numbering=NUMBERING, links={"L": "https://example.org"}), "x.docx"
    )
    assert roadmap.title == "Learn SQL"
    assert tree(roadmap) == ["Basics", "  Select", "    Where", "  Joins", "    Inner", "Later", "  <b>Views"]
    joins = roadmap.sections[0].children[1]
    assert [link.url for link in joins.links] == ["https://example.org"]
    assert roadmap.sections[1].children[0].hours == Hours(2, 2)


def test_a_field_is_a_link_and_runs_are_joined() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://example.org/f\" </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>A field</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    bold = "".join(
        f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{part}</w:t></w:r>" for part in ("one ", "two")
    )
    body = paragraph("T", style="berschrift1") + "".join(
        f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{inner}</w:p>"
        for inner in (field, f"{bold}<w:r><w:t> three</w:t></w:r>")
    )
    first, second = roadmap_of(document(body, styles=STYLES), "x.docx").leaves()
    assert (first.title, first.links[0].url, second.title) == ("A field", "https://example.org/f", "**one two** three")


def test_an_open_document() -> None:
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "table", "style", "fo", "xlink"))
    content = f"""<office:document-content {names}><office:body><office:text><text:p text:style-name="Title">Learn SQL</text:p>
    <text:h text:outline-level="1">Basics</text:h><text:list><text:list-item><text:p>Select<text:s/>it</text:p><text:list><text:list-item>
    <text:p><text:a xlink:href="https://example.org">Where</text:a></text:p></text:list-item></text:list></text:list-item></text:list>
    <text:h text:outline-level="1">Later</text:h><table:table><table:table-row><table:table-cell><text:p>Topic</text:p></table:table-cell>
    <table:table-cell><text:p>Hours</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Views</text:p></table:table-cell>
    <table:table-cell><text:p>2h</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""
    roadmap = roadmap_of(zipped({"content.xml": content, "meta.xml": "<x/>", "META-INF/manifest.xml": "<x/>"}), "x.odt")
    assert (roadmap.title, tree(roadmap)) == ("Learn SQL", ["Basics", "  Select it", "    Where", "Later", "  Views"])
    assert [link.url for node in roadmap.walk() for link in node.links] == ["https://example.org"]


def test_xmind_as_json_and_as_xml() -> None:
    topics = [
        {"title": "🌱 Basics", "children": {"attached": [
            {"title": "Tour\nof it", "href": "https://example.org", "notes": {"plain": {"content": "a\u0007 *note*"}}, "labels": ["web"],
             "markers": [{"markerId": "task-done"}]},
            {"title": "", "href": "xmind:#1"}]}},
        {"title": "Later"},
    ]  # fmt: skip
    found = [{"rootTopic": {"title": "Go", "children": {"attached": topics}}}]
    xml = """<xmap-content xmlns="urn:xmind" xmlns:xlink="urn:x"><sheet><topic><title>Go</title><children><topics type="attached">
    <topic><title>🌱 Basics</title><children><topics type="attached"><topic xlink:href="https://example.org"><title>Tour
of it</title><notes><plain>a *note*</plain></notes><labels><label>web</label></labels><marker-refs><marker-ref marker-id="task-done"/></marker-refs>
    </topic><topic/></topics></children></topic><topic><title>Later</title></topic></topics></children></topic></sheet></xmap-content>"""
    beside = {"meta.xml": "<meta/>", "META-INF/manifest.xml": "<manifest/>"}  # as in LibreOffice's documents
    for members in ({"content.json": json.dumps(found)}, {"content.xml": xml}, {**beside, "content.xml": xml}):
        roadmap = roadmap_of(zipped(members), "x.xmind")
        assert (roadmap.title, tree(roadmap)) == ("Go", ["Basics", "  Tour", "Later"])
        tour = roadmap.sections[0].children[0]
        assert (tour.done, tour.tags, tour.links[0].url, tour.notes) == (
            True,
            ("web",),
            "https://example.org",
            "of it\n\na \\*note\\*\n",
        )


ID = "0123456789abcdef0123456789abcdef"


def test_notion_s_export() -> None:
    inner = zipped(
        {
            f"Learn Go {ID}.md": f"# Learn Go\n\nWhy I learn it.\n\n- [ ] Install\n- [x] Hello\n\n[Later](Learn%20Go%20{ID}/Later%20{ID}.md)\n\n"
            f"[Tasks](Learn%20Go%20{ID}/Tasks%20{ID}.csv)\n",
            f"Learn Go {ID}/Later {ID}.md": "# Later\n\n- Generics\n- Fuzzing\n",
            f"Learn Go {ID}/Tasks {ID}.csv": "Name,Status\nTour,Done\n",
            f"Learn Go {ID}/Tasks {ID}_all.csv": 'Name,Status,Due\nTour,Done,"January 5, 2027"\nBook,Not started,\n',
            f"Learn Go {ID}/Tasks {ID}/Book {ID}.md": "# Book\n\nStatus: Not started\n\n- Chapter one\n- Chapter two\n",
        }
    )
    roadmap = roadmap_of(zipped({f"Export-{ID}-Part-1.zip": inner}), "Export.zip")
    assert (roadmap.title, roadmap.description) == ("Learn Go", "Why I learn it.\n")
    assert tree(roadmap) == [
        "Install", "Hello", "Tasks", "  Tour", "  Book", "    Chapter one", "    Chapter two", "Later", "  Generics", "  Fuzzing",
    ]  # fmt: skip
    tour = roadmap.sections[2].children[0]
    assert (tour.done, tour.due, roadmap.sections[1].done) == (True, date(2027, 1, 5), True)


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Pandas\n", "\n", "## Series\n", "- [x] make one\n"]},
        {"cell_type": "code", "source": "import pandas", "outputs": []},
        {"cell_type": "markdown", "source": "## Frames\n\n- join them\n- group them\n"},
    ]
    data = json.dumps({"cells": cells, "nbformat": 4}).encode()
    roadmap = roadmap_of(data, "x.ipynb")
    assert (roadmap.title, tree(roadmap)) == (
        "Pandas",
        ["Series", "  make one", "Frames", "  join them", "  group them"],
    )
    assert ("code cell", "import pandas") in [(left.why, left.text) for left in read(data, "x.ipynb").account.left_out]


BOMB = b"<a>" + b" " * 40_000_000
ENTITIES = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>'
HUGE = row(1, "Task", "Hours") + "<row r='2'><c r='XFD2'><v>1</v></c></row>"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (zipped({"word/document.xml": BOMB}), "x.docx", "unpacks to more than 16 MB"),
        (zipped({"xl/workbook.xml": BOMB}), "x.xlsx", "unpacks to more than 16 MB"),
        (zipped({"content.json": BOMB}), "x.xmind", "unpacks to more than 16 MB"),
        (zipped({f"{at}.md": b"# x\n" + b"a" * 15_000_000 for at in range(10)}), "x.zip", "unpacks to more than"),
        (zipped({"a.zip": zipped({"b.md": BOMB})}), "x.zip", "unpacks to more than 16 MB"),
        (zipped({"word/document.xml": ENTITIES}), "x.docx", "entities"),
        (zipped({"xl/workbook.xml": ENTITIES}), "x.xlsx", "entities"),
        (zipped({"content.xml": ENTITIES}), "x.xmind", "entities"),
        (zipped({"content.xml": ENTITIES, "meta.xml": "", "META-INF/manifest.xml": ""}), "x.odt", "entities"),
        (workbook({"a": HUGE}), "x.xlsx", "more than 500 columns"),
        (workbook({"a": "<row/>" * 210_000}), "x.xlsx", "more than 200,000 rows"),
        (zipped({f"{at}.txt": b"" for at in range(21_000)}), "x.zip", "more than 20,000 files"),
        (zipped({"word/document.xml": b"<a>"}), "x.docx", "not well-formed XML"),
        (zipped({"content.json": b"[" * 100_000}), "x.xmind", "no JSON that can be read"),
        (zipped({"content.json": b"[]"}), "x.xmind", "no map in it"),
        (zipped({"a.txt": b"x"}), "x.zip", "archive of no kind"),
        (zipped({"word/document.xml": "<a/>"})[:-30], "x.docx", "damaged"),
        (b"PK\x03\x04", "x.docx", "damaged"),
        (b"no archive", "x.docx", "damaged"),
        (b"{}", "x.ipynb", "no notebook"),
        (json.dumps({"cells": [{"cell_type": "code", "source": "x"}]}).encode(), "x.ipynb", "code alone"),
        (workbook({"a": ""}), "x.xlsx", "hold nothing"),
        (document("<w:p><w:r><w:drawing/></w:r></w:p>"), "x.docx", "holds nothing"),
        (b'<map><node LOCALIZED_TEXT="new_mindmap"/></map>', "x.mm", "holds nothing"),
        (b"just text", "x.org", "no headlines and no lists"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_none_says_so(data: bytes, name: str, words: str) -> None:
    start = time.process_time()
    with pytest.raises(RoadpressError, match=words) as caught:
        read(data, name)
    assert time.process_time() - start < 10
    assert caught.value.message.endswith(".")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (document("<w:tbl><w:tr><w:tc>" * 4_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 4_000), "x.docx"),
        (document(paragraph("x", level=9) * 5_000), "x.docx"),
        (document("<w:p><w:hyperlink>" * 5_000 + "</w:hyperlink></w:p>" * 5_000 + paragraph("x")), "x.docx"),
        (zipped({"content.xml": "<s><topic>" + "<children><topics><topic><title>x</title>" * 3_000 + "</topic></topics></children>" * 3_000 + "</topic></s>"}), "x.xmind"),
        (("*" * 3_000 + " x\n").encode() * 200, "x.org"),
        ("".join(f"{'*' * at} x\n" for at in range(1, 1_000)).encode(), "x.org"),
        ("".join(f"{' ' * at}- x\n" for at in range(1_000)).encode(), "x.org"),
        (b"* x\n" + b"*/=~+[[" * 100_000, "x.org"),
        (b"* x\n#+begin_src\n" * 20_000, "x.org"),
        (b"* x\n:LOG:\n" * 20_000, "x.org"),
    ],
)  # fmt: skip
def test_what_is_hostile_ends_within_seconds(data: bytes, name: str) -> None:
    start = time.process_time()
    try:
        roadmap_of(data, name)
    except RoadpressError as error:
        assert error.message.endswith(".")  # noqa: PT017 - an import is as good
    assert time.process_time() - start < 10


def test_org() -> None:
    text = """#+TITLE: Learn Emacs
#+TODO: TODO(t) LATER | DONE(d)
Some *bold* words with [[https://gnu.org][GNU]] and [[file:a.org][mine]].
* 🎯 Basics [1/2] :core:
** DONE [#A] Movement
CLOSED: [2026-12-01 Tue 10:00] DEADLINE: <2027-01-01 Fri>
:PROPERTIES:
:Effort: 1:30
:END:
Text about =C-f= and a_b.
#+begin_src emacs-lisp
(message "hi")
#+end_src
** TODO [[https://example.org][The manual]]
- [X] one
  - nested
- [ ] two
- term :: said, see https://example.org/a/b/
| a | b |
|---+---|
| 1 | 2 |
* LATER Done with things open <2027-03-01 Mon>
** DONE Group
*** TODO inside
"""
    roadmap = roadmap_of(text.encode(), "x.org")
    assert (roadmap.title, roadmap.description) == (
        "Learn Emacs",
        "Some **bold** words with [GNU](https://gnu.org) and mine.\n",
    )
    assert tree(roadmap) == [
        "Basics", "  Movement", "  The manual", "    one", "      nested", "    two", "    term", "Done with things open", "  Group", "    inside",
    ]  # fmt: skip
    basics, later = roadmap.sections
    movement, manual = basics.children
    assert (basics.icon, basics.tags, movement.done, movement.due, movement.hours) == (
        "🎯", ("core",), date(2026, 12, 1), date(2027, 1, 1), Hours(1.5, 1.5),
    )  # fmt: skip
    assert movement.notes == 'Text about `C-f` and a_b.\n\n```emacs-lisp\n(message "hi")\n```\n'
    assert (manual.links[0].url, manual.children[2].summary, manual.children[0].done) == (
        "https://example.org",
        "said, see https://example.org/a/b/",
        True,
    )
    assert manual.notes == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    assert (later.due, later.children[0].done) == (date(2027, 3, 1), False)
