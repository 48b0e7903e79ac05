"""Small files of the packed formats for tests: workbooks, documents, maps, archives."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)  # of 1980: the same bytes whenever it is made
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def workbook(
    sheets: dict[str, str], *, styles: str = "", hidden: str = "", links: dict[str, str] | None = None
) -> bytes:
    """Return a workbook; a sheet is the XML of its rows, `links` the addresses of the first one's cells."""
    members: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {_S}><sheets>"
        + "".join(
            f"<sheet name={quoteattr(name)} sheetId='{at}' r:id='rId{at}' {'state=' + quoteattr('hidden') if name == hidden else ''}/>"
            for at, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(f"<Relationship Id='rId{at}' Target='worksheets/sheet{at}.xml'/>" for at in range(1, len(sheets) + 1))
        + "</Relationships>",
    }
    if styles:
        members["xl/styles.xml"] = f"<styleSheet {_S}>{styles}</styleSheet>"
    for at, rows in enumerate(sheets.values(), 1):
        end = ""
        if links and at == 1:
            end = "<hyperlinks>" + "".join(f"<hyperlink ref='{ref}' r:id='h{ref}'/>" for ref in links) + "</hyperlinks>"
            members["xl/worksheets/_rels/sheet1.xml.rels"] = "<Relationships>" + "".join(
                f"<Relationship Id='h{ref}' Target={quoteattr(url)} TargetMode='External'/>" for ref, url in links.items()
            ) + "</Relationships>"  # fmt: skip
        members[f"xl/worksheets/sheet{at}.xml"] = f"<worksheet {_S}><sheetData>{rows}</sheetData>{end}</worksheet>"
    return zipped(members)


def row(number: int, *cells: str) -> str:
    """Return a row of text cells; an empty one is not there."""
    inner = "".join(
        f"<c r='{'ABCDEFGH'[at]}{number}' t='inlineStr'><is><t>{escape(cell)}</t></is></c>"
        for at, cell in enumerate(cells)
        if cell
    )
    return f"<row r='{number}'>{inner}</row>"


def document(body: str, *, styles: str = "", numbering: str = "", links: dict[str, str] | None = None) -> bytes:
    """Return a Word document with the XML of its body."""
    members: dict[str, str | bytes] = {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    if styles:
        members["word/styles.xml"] = f"<w:styles {_W}>{styles}</w:styles>"
    if numbering:
        members["word/numbering.xml"] = f"<w:numbering {_W}>{numbering}</w:numbering>"
    if links:
        members["word/_rels/document.xml.rels"] = "<Relationships>" + "".join(
            f"<Relationship Id='{key}' Target={quoteattr(url)}/>" for key, url in links.items()
        ) + "</Relationships>"  # fmt: skip
    return zipped(members)


def paragraph(text: str, *, style: str = "", level: int | None = None, marks: str = "") -> str:
    """Return a paragraph of a Word document."""
    properties = f"<w:pStyle w:val='{style}'/>" if style else ""
    if level is not None:
        properties += f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{marks}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"
