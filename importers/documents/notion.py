"""Notion's export: a ZIP archive of pages as Markdown or HTML, and of databases as CSV, one folder below each."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ..common import kind_inference
from ..common.archive import Archive
from ..common.decoding import repair
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..common.plain_text import as_markdown
from ..markdown.reader import MarkdownOptions, read_markdown
from ..tables.columns import entries
from ..tables.csv_text import rows_of
from ..tree_formats.common import settle
from . import html_page

_ID = re.compile(r"[ -]*\b[0-9a-f]{32}(?:_all)?\Z|_all\Z")
_PAGES = (".md", ".html")
_TO_PAGE = re.compile(
    r"^[ \t]*(?:[-*] )?\[[^\n]{0,500}?\]\((?!\w+:)[^()\n]{1,2000}\.(?:md|html|csv)\)[ \t]*$\n?", re.MULTILINE
)
_PROPERTIES = re.compile(r"\A(\s*# [^\n]*\n\s*)(?:[^\n:]{1,80}: [^\n]*\n)+")


def read(data: bytes, name: str) -> Imported:
    """Return the roadmap in an export, nested as in Notion. Raises ValueError when it is none."""
    files = _files(Archive(data))
    if not files:
        raise ValueError("It holds no pages (Markdown, HTML) and no tables (CSV).")
    account, roadmap = Account(), DraftRoadmap()
    top = DraftNode("")
    known: dict[str, DraftNode] = {}
    for path in sorted(files, key=lambda path: (path.count("/"), PurePosixPath(path).suffix in _PAGES, path)):
        stem = path.rpartition(".")[0]
        folder = path.rpartition("/")[0]
        parent = known.get(folder)
        title = as_markdown(_title(path))
        text, notices = repair(files[path]) if not path.endswith(".html") else ("", ())
        account.notices += [notice for notice in notices if notice not in account.notices]
        row = (
            next((one for one in parent.children if one.title == title), None)
            if parent and parent.how == "database"
            else None
        )
        if path.endswith(".csv"):
            draft = _database(title, text, roadmap, account)
        else:
            draft = _page(title, text, files[path], path, account, is_row=row is not None)
        if row:
            row.add_note(draft.notes)
            row.children += draft.children
            draft = row
        else:
            (parent or top).children.append(draft)
        for one in (stem, stem.removesuffix("_all"), _ID.sub("", stem)):
            known[one] = draft
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _files(archive: Archive) -> dict[str, bytes]:
    """Return the pages and tables of an export; a large one holds further archives."""
    found: dict[str, bytes] = {}
    names = archive.names
    for name in names:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ".zip":
            inner = Archive(archive.read(name))
            found |= {
                one: inner.read(one) for one in inner.names if PurePosixPath(one).suffix.lower() in (*_PAGES, ".csv")
            }
        elif suffix in (*_PAGES, ".csv") and not name.startswith("__MACOSX/"):
            found[name] = archive.read(name)
    whole = {name for name in found if name.endswith("_all.csv")}
    return {
        name: data
        for name, data in found.items()
        if name.removesuffix(".csv") + "_all.csv" not in whole and _title(name) != "index"
    }


def _title(path: str) -> str:
    """Return the title in a file's name, without the id that Notion puts after it."""
    return " ".join(_ID.sub("", PurePosixPath(path).stem).split()) or "Untitled"


def _database(title: str, text: str, roadmap: DraftRoadmap, account: Account) -> DraftNode:
    try:
        rows = entries(rows_of(text), account, roadmap.tags)
    except ValueError:
        account.leave_out(0, "table without rows", title)
        return DraftNode(title, 0, "database")
    return DraftNode(title, 0, "database", rows.children)


def _page(title: str, text: str, data: bytes, path: str, account: Account, *, is_row: bool) -> DraftNode:
    """Return a page as an entry; of a row's page the properties are left out, for its row has them."""
    if path.endswith(".html"):
        text, before = html_page.markdown_of(data)
        account.left_out += before.left_out
    text = _TO_PAGE.sub("", text)  # a page below is in the archive itself
    if is_row:
        text = _PROPERTIES.sub(r"\1", text)
    page = read_markdown(text, path, MarkdownOptions(keep_prose=True))
    account.left_out += page.account.left_out
    sections = page.roadmap.sections
    if len(sections) == 1 and sections[0].title == page.roadmap.title and not sections[0].notes:
        sections = sections[0].children
    shown = page.roadmap.title if re.match(r"\s*# ", text) else title
    return DraftNode(shown, 0, "page", sections, notes=page.roadmap.description)
