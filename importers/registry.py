"""Which foreign formats there are, how each is told, and the module that reads it, imported when it is needed."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import Any, NamedTuple

from ..core.errors import RoadpressError, UsageError
from ..core.roadmap_file.task_list import is_ours
from .common import obsidian
from .common.archive import Archive
from .common.decoding import repair, tidy
from .common.draft import Account, Imported
from .common.json_text import parse_json
from .common.loadable import make_loadable
from .markdown import own_export
from .markdown.reader import MarkdownOptions, read_markdown
from .unread import Unread, refusal, unread


class Format(NamedTuple):
    """One foreign format."""

    summary: str
    suffixes: tuple[str, ...]
    module: str
    """Has `read(source, name) -> Imported`; or, when it is a document, `markdown_of(source) -> (text, Account)`.

    Both raise ValueError, one sentence, when it is no such document.
    """
    packed: bool = False
    """Whether the source is the file's bytes; else it is its text."""
    document: bool = False
    """Whether it is text with headings and lists, read as the Markdown that says the same."""


_ROOM = "roadpress.importers."
FORMATS = {
    "markdown": Format(
        "Markdown: a chat answer, a README, a checklist", (".md", ".markdown", ".mkd", ".txt", ".mdx"), ""
    ),
    "html": Format(
        "A web page, a saved chat",
        (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
        _ROOM + "documents.html_page",
        True,
        True,
    ),
    "checklist": Format("Our own checklist, its page", (), _ROOM + "tree_formats.own_checklist", packed=True),
    "docx": Format("A Word document", (".docx", ".docm"), _ROOM + "documents.docx", packed=True, document=True),
    "odt": Format("A LibreOffice document", (".odt",), _ROOM + "documents.odt", packed=True, document=True),
    "xlsx": Format("An Excel workbook", (".xlsx", ".xlsm"), _ROOM + "tables.xlsx", packed=True),
    "notion": Format("Notion's export", (), _ROOM + "documents.notion", packed=True),
    "csv": Format("A table: CSV, TSV, ours too", (".csv", ".tsv", ".tab"), _ROOM + "tables.csv_text"),
    "org": Format("Emacs' org", (".org",), _ROOM + "tree_formats.org"),
    "notebook": Format("A Jupyter notebook", (".ipynb",), _ROOM + "documents.notebook", document=True),
    "xmind": Format("A map of XMind", (".xmind",), _ROOM + "tree_formats.xmind", packed=True),
    "json": Format("Our own JSON", (), _ROOM + "tree_formats.own_json"),
    "mermaid": Format("A Mermaid mind map", (".mmd", ".mermaid"), _ROOM + "tree_formats.mermaid"),
    "opml": Format("OPML outlines", (".opml",), _ROOM + "tree_formats.opml"),
    "freemind": Format("FreeMind and Freeplane mind maps", (".mm",), _ROOM + "tree_formats.freemind"),
    "trello": Format("A Trello board's JSON export", (), _ROOM + "tree_formats.trello_board"),
    "sierra": Format("roadmap.yml of SierraSoftworks/roadmap", (), _ROOM + "tree_formats.sierra_softworks"),
}


def read(data: bytes, name: str, *, kind: str = "", options: MarkdownOptions = MarkdownOptions()) -> Imported:  # noqa: B008 - frozen
    """Return the roadmap in a foreign document.

    `name` is its file's name, `-` for standard input; `kind` a name in FORMATS, found out when empty. Raises UsageError
    for an unknown kind or a roadmap of our own, RoadpressError when the document is none of its kind, or empty.
    """
    if kind and kind not in FORMATS:
        raise UsageError(f"There is no format called {kind!r}.", remedy=f"There are: {', '.join(FORMATS)}.")
    if found := unread(data, name, as_text=kind == "markdown"):
        raise refusal(name, found)
    if kind in ("", "markdown") and (own := _own(data)):
        result = own_export.read(own, name)
        make_loadable(result)
        return result
    if not data.strip():
        raise RoadpressError(f"{name} is empty.", remedy="There is nothing to import.")
    if (packed := kind or _packed_kind(data, name)) and FORMATS[packed].packed:
        return _read(data, name, packed, options)
    text, notices = (_exact(data), ()) if _EXACT.match(data) else repair(data)
    if not text.strip():
        raise RoadpressError(f"{name} is empty.", remedy="There is nothing to import.")
    kind = kind or _kind(text, name)
    result = _read(text, name, kind, options)
    result.account.notices[:0] = notices
    return result


def _read(source: str | bytes, name: str, kind: str, options: MarkdownOptions) -> Imported:
    form = FORMATS[kind]
    try:
        if not form.module:
            return _markdown(str(source), name, options, Account())
        module: Any = import_module(form.module)
        if form.document:
            text, account = module.markdown_of(source)
            return _markdown(tidy(text), name, options, account)
        result: Imported = module.read(source, name)
    except ValueError as error:
        remedy = "Is it the right file?" if form.packed else "`--from markdown` reads it as plain Markdown."
        raise RoadpressError(f"{name}: {error}", remedy=remedy) from None
    if isinstance(source, str):
        result.account.source = source
    make_loadable(result)
    return result if kind in ("json", "checklist") else _filled(result, name)


def _filled(result: Imported, name: str) -> Imported:
    """Return what was read. Raises RoadpressError when it is nothing."""
    if not result.roadmap.sections and not result.roadmap.description:
        raise RoadpressError(f"{name} holds nothing that a roadmap could be made of.", remedy="Is it the right file?")
    return result


def _markdown(text: str, name: str, options: MarkdownOptions, before: Account) -> Imported:
    result = read_markdown(obsidian.without_marks(text, before), name, options)
    obsidian.take_dates(result.roadmap, before)
    make_loadable(result)
    result.account.source = text
    result.account.notices[:0] = before.notices
    result.account.left_out += before.left_out
    return _filled(result, name)


def _own(data: bytes) -> str:
    """Return the text of a document that roadpress wrote; such a one is not in need of repair."""
    if b"<!-- rp {" not in data[:4096]:
        return ""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ""
    return text if is_ours(text) else ""


_EXACT = re.compile(rb'(?:\xef\xbb\xbf)?(?:\s*\{\s*"roadpress":\s*1\b|Name,Number,Section,Topic,)')
"""How our own JSON and table begin, which are in no need of repair."""


def _exact(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


_CHECKLIST = re.compile(rb'<script type="?application/json"? id="?data"?>\s*\{"key":')
"""What begins the data of our checklist's page, as roadpress or a browser writes it."""
_OUR_PAGE = re.compile(rb'<meta name="?generator"? content="?roadpress"?>')
_DRAWN = Unread(
    "a page that roadpress drew",
    "Import the roadmap itself, or what `roadpress checklist`, `markdown` or `json` writes.",
)
_PAGE = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!doctype html|<html)\b", re.IGNORECASE | re.DOTALL)


def _packed_kind(data: bytes, name: str) -> str:
    """Return the kind of a file that is read from its bytes; nothing for one that is read from its text."""
    if data.startswith(b"PK\x03\x04"):
        return _archive_kind(data, name)
    suffix = PurePath(name).suffix.lower()
    found = next((kind for kind, form in FORMATS.items() if suffix in form.suffixes and form.packed), "")
    if found in ("", "html") and _OUR_PAGE.search(data[:20_000]):
        if not _CHECKLIST.search(data):
            raise refusal(name, _DRAWN)
        return "checklist"
    return found or ("html" if _PAGE.match(data[:4000].removeprefix(b"\xef\xbb\xbf")) and not suffix else "")


def _archive_kind(data: bytes, name: str) -> str:
    """Return what a ZIP archive is, by what it holds."""
    try:
        archive = Archive(data)
        names = archive.names
        old_map = "content.xml" in names and "xmap-content" in archive.text("content.xml")[:2000]
    except ValueError as error:
        raise RoadpressError(f"{name}: {error}", remedy="Save or download it again.") from None
    for member, kind in _MEMBERS:
        if member in names:
            return kind
    if "content.xml" in names:
        return "xmind" if old_map else "odt"
    if any(member.endswith((".md", ".csv", ".html", ".zip")) for member in names):
        return "notion"
    raise refusal(name, _ARCHIVE)


_MEMBERS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("content.json", "xmind"))
_ARCHIVE = Unread("an archive of no kind that is read", "Unpack it, and import the file in it.")
_OUR_TABLES = ("Name,Number,Section,Topic,", "TYPE,CONTENT,")
_MINDMAP = re.compile(r"(?:```+ *mermaid\s+)?(?:---\n(?:.*\n){0,40}?---\s+)?(?:%%.*\s+)*mindmap[ \t]*\n")


def _kind(text: str, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    for kind, form in FORMATS.items():
        if suffix in form.suffixes and kind != "markdown":
            return kind
    head = text[:4000].lstrip()
    if suffix not in FORMATS["markdown"].suffixes and _is_pasted_table(text):
        return "csv"
    if head.startswith(_OUR_TABLES) and suffix not in FORMATS["markdown"].suffixes:
        return "csv"
    if head.startswith("<") and "<opml" in head:
        return "opml"
    if head.startswith("<map"):
        return "freemind"
    if _MINDMAP.match(head):
        return "mermaid"
    if suffix == ".json" or (head.startswith("{") and suffix == ""):
        return _json_kind(text, name, certain=suffix == ".json")
    if suffix in (".yml", ".yaml") or re.match(
        r"(?:#.*\n|\s)*(?:title|timeline|milestones|authors|description|objective):", head
    ):
        if re.search(r"^roadpress:", text, re.MULTILINE):
            raise UsageError(
                f"{name} is a roadmap already.", remedy="Run `roadpress check` or `roadpress build` with it."
            )
        if re.search(r"^(?:milestones|objective|timeline):", text, re.MULTILINE):
            return "sierra"
    if suffix in (".xml", ".yml", ".yaml") or head.startswith("<?xml"):
        language = "XML" if suffix == ".xml" or head.startswith("<?xml") else "YAML"
        raise RoadpressError(
            f"{name} is {language} of no kind that is read.", remedy="`--from markdown` reads it as plain Markdown."
        )
    return "markdown"


def _is_pasted_table(text: str) -> bool:
    """Whether a text is nothing but rows of cells with tabs between, as spreadsheets give to a clipboard."""
    rows = text.strip("\n").split("\n")
    tabs = rows[0].count("\t")
    return tabs > 0 and len(rows) > 2 and not rows[0][:1].isspace() and all(row.count("\t") == tabs for row in rows)


def _json_kind(text: str, name: str, *, certain: bool) -> str:
    """Return which JSON it is; what only looks like it, and has no name that says so, is Markdown."""
    try:
        found = parse_json(text)
    except ValueError as error:
        if certain:
            raise RoadpressError(f"{name}: {error}", remedy="Export it again, or mend it.") from None
        return "markdown"
    if isinstance(found, dict):
        if found.get("roadpress") == 1:
            return "json"
        if isinstance(found.get("lists"), list) and isinstance(found.get("cards"), list):
            return "trello"
    raise RoadpressError(
        f"{name} is JSON of no kind that is read.",
        remedy="A Trello board's export is, and what `roadpress json` writes; save anything else as CSV or Markdown.",
    )
