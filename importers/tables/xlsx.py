"""XLSX workbooks (ECMA-376): the values of their sheets. A formula is never computed: its saved value counts."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..common import kind_inference
from ..common.archive import Archive
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from ..tree_formats.common import settle
from ..tree_formats.xml_tree import parse_local
from .columns import MAX_COLUMNS, MAX_ROWS, Row, entries

_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_TIMES = frozenset((18, 19, 20, 21, 45, 46, 47))
"""Built-in formats (ECMA-376 part 1, 18.8.30)."""
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_LINK_FORMULA = re.compile(r'HYPERLINK\("(https?://[^"]+)"', re.IGNORECASE)


class _Book(NamedTuple):
    texts: list[str]
    """The shared strings."""
    formats: list[str]
    """`date`, `time` or nothing for each style of cells."""
    epoch: datetime


def read(data: bytes, name: str) -> Imported:
    """Return the roadmap in a workbook; several sheets are its sections. Raises ValueError when it is none."""
    archive = Archive(data)
    if "xl/workbook.xml" not in archive.names:
        raise ValueError("It is no XLSX workbook.")
    workbook = parse_local(archive.text("xl/workbook.xml"))
    relations = _relations(archive, "xl/workbook.xml")
    book = _book(archive, workbook)
    account, roadmap = Account(), DraftRoadmap()
    sheets: list[DraftNode] = []
    problem = ""
    for sheet in _all(workbook, "sheet"):
        title = sheet.get("name", "")
        path = relations.get(sheet.get("id", ""), "")
        if sheet.get("state", "visible") != "visible":
            account.leave_out(0, "hidden sheet", title)
        elif path in archive.names and (rows := _rows(archive, path, book, account)):
            try:
                top = entries(rows, account, roadmap.tags)
            except ValueError as error:
                problem = str(error)
                account.leave_out(0, "sheet without a table", title)
                continue
            sheets.append(DraftNode(as_markdown(" ".join(title.split())), 0, "sheet", top.children))
    if not sheets:
        raise ValueError(problem or "Its sheets hold nothing.")
    top = sheets[0] if len(sheets) == 1 else DraftNode("", children=sheets)
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _book(archive: Archive, workbook: Element) -> _Book:
    texts: list[str] = []
    if "xl/sharedStrings.xml" in archive.names:
        texts = [_text(one) for one in _all(parse_local(archive.text("xl/sharedStrings.xml")), "si")]
    formats: list[str] = []
    if "xl/styles.xml" in archive.names:
        styles = parse_local(archive.text("xl/styles.xml"))
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in _all(styles, "numFmt")}
        for cell_formats in _all(styles, "cellXfs"):
            formats = [_format(one.get("numFmtId", "0"), codes) for one in _all(cell_formats, "xf")]
    is_1904 = any(one.get("date1904") in ("1", "true") for one in _all(workbook, "workbookPr"))
    return _Book(texts, formats, datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30))  # noqa: DTZ001 - no clock


def _format(number: str, codes: dict[str | None, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|General', "", codes.get(number, "")).lower()
    if (number.isdigit() and int(number) in _DATES) or re.search(r"[yd]", code):
        return "date"
    return (
        "time"
        if (number.isdigit() and int(number) in _TIMES) or "h" in code or "[h" in codes.get(number, "").lower()
        else ""
    )


def _rows(archive: Archive, path: str, book: _Book, account: Account) -> list[Row]:
    """Return the rows of a sheet that hold something."""
    sheet = parse_local(archive.text(path))
    links = _links(archive, path, sheet)
    rows: list[Row] = []
    for count, row in enumerate(_all(sheet, "row")):
        if count > MAX_ROWS:
            raise ValueError(f"It has more than {MAX_ROWS:,} rows, which is no plan.")
        number = row.get("r", "")
        line = int(number) if number.isdigit() and len(number) < 8 else count + 1
        cells: list[str] = []
        for cell in row:
            place = _PLACE.match(cell.get("r", ""))
            column = _column(place[1]) if place else len(cells)
            if column >= MAX_COLUMNS:
                raise ValueError(f"It has more than {MAX_COLUMNS} columns, which is no plan.")
            value = _value(cell, book, account, line)
            if value and (url := links.get(cell.get("r", "")) or _of_formula(cell)):
                value = (
                    value
                    if url in value
                    else f"[{value}]({url})"
                    if not re.search(r"[\[\]\n]", value)
                    else f"{value} {url}"
                )
            if value and column >= len(cells):
                cells += [""] * (column - len(cells) + 1)
            if value:
                cells[column] = value
        if cells:
            rows.append(Row(line, cells))
    return rows


def _value(cell: Element, book: _Book, account: Account, line: int) -> str:
    """Return the saved value of a cell as text."""
    kind, value, formula = cell.get("t", "n"), "", False
    for part in cell:
        name = _name(part)
        if name == "v":
            value = (part.text or "").strip()
        elif name == "is":
            return _text(part)
        formula = formula or name == "f"
    if not value:
        if formula:
            account.leave_out(line, "formula without a saved value", cell.get("r", "?"))
        return ""
    if kind == "s":
        return book.texts[int(value)] if value.isdigit() and len(value) < 9 and int(value) < len(book.texts) else ""
    if kind == "b":
        return "true" if value == "1" else "false"
    if kind == "e":
        account.leave_out(line, "error of a formula", value)
        return ""
    style = cell.get("s", "")
    form = book.formats[int(style)] if kind == "n" and style.isdigit() and int(style) < len(book.formats) else ""
    return _number(value, form, book.epoch) if kind == "n" else value


def _number(value: str, form: str, epoch: datetime) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if form == "time" and 0 <= number < 1000:
        minutes = round(number * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if form and 1 <= number < 2_900_000:
        return (epoch + timedelta(days=number)).date().isoformat()
    return f"{number:.10g}"


def _links(archive: Archive, path: str, sheet: Element) -> dict[str, str]:
    """Return the addresses of cells, by their place."""
    relations = _relations(archive, path)
    return {link.get("ref", ""): relations.get(link.get("id", ""), "") for link in _all(sheet, "hyperlink")}


def _of_formula(cell: Element) -> str:
    found = next((_LINK_FORMULA.match(part.text or "") for part in cell if _name(part) == "f"), None)
    return found[1] if found else ""


def _relations(archive: Archive, path: str) -> dict[str, str]:
    """Return what a part refers to: id → address, or path in the archive."""
    folder, _, file = path.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    if name not in archive.names:
        return {}
    found = {}
    for one in _all(parse_local(archive.text(name)), "Relationship"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found[one.get("Id", "")] = target
    return found


def _text(element: Element) -> str:
    """Return the text of a string, without its reading aids."""
    pieces = []
    for part in element:
        if _name(part) == "t":
            pieces.append(part.text or "")
        elif _name(part) == "r":
            pieces += [inner.text or "" for inner in part if _name(inner) == "t"]
    return "".join(pieces)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _name(element: Element) -> str:
    return element.tag


def _all(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if _name(element) == name]
