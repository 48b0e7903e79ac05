"""What is not read: files of other kinds, told by their first bytes or their name, and the way to what is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from ..core.errors import RoadpressError


class Unread(NamedTuple):
    """A kind of file that is not read."""

    what: str
    way: str
    """What a person may do about it."""
    pandoc: str = ""
    """The name under which pandoc reads it, if it does."""


_PROGRAM = "Open it in the program that made it, and save it as {}."
_COPY = "Select its text, copy it, and paste it into a file: `roadpress import notes.md`."
_OFFICE = Unread("an old Office document", _PROGRAM.format("DOCX or XLSX"))
_RTF = Unread("an RTF document", _PROGRAM.format("DOCX or as a web page"), "rtf")
_PDF = Unread("a PDF, which holds letters and their places but no outline", f"Save what it was made from, or: {_COPY}")
_PICTURE = Unread("a picture", "Type what it says, or have a program read it, and save that as text.")
_ARCHIVE = Unread("an archive", "Unpack it, and import the file in it.")
_TEXTS = "Save it as Markdown or as a web page; `--from markdown` reads it as it is."

_CALENDAR = Unread("a calendar", "Import what it was made of; of another program, save its list of tasks as CSV.")

_FIRST_BYTES: tuple[tuple[bytes, Unread], ...] = (
    (b"%PDF", _PDF),
    (b"{\\rtf", _RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"BEGIN:VCALENDAR", _CALENDAR),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"<svg", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
)
_ENDINGS: dict[str, Unread] = {
    ".pdf": _PDF,
    ".rtf": _RTF,
    ".ics": _CALENDAR,
    ".doc": _OFFICE,
    ".xls": _OFFICE,
    ".pptx": Unread("a set of slides", _PROGRAM.format("an outline (RTF), and that as DOCX")),
    ".ods": Unread("a LibreOffice table", _PROGRAM.format("XLSX or CSV")),
    ".numbers": Unread("a Numbers table", "In Numbers, choose File › Export To › Excel or CSV."),
    ".pages": Unread("a Pages document", "In Pages, choose File › Export To › Word."),
    ".epub": Unread("an e-book", "Unpack it, as it is a ZIP, and import its web pages.", "epub"),
    ".mindnode": Unread("a MindNode map", "In MindNode, export it as OPML, FreeMind or Markdown."),
    ".mmap": Unread("a MindManager map", "In MindManager, export it as OPML or as a Word document."),
    ".tex": Unread("LaTeX", _TEXTS, "latex"),
    ".rst": Unread("reStructuredText", _TEXTS, "rst"),
    ".adoc": Unread("AsciiDoc", _TEXTS),
    ".textile": Unread("Textile", _TEXTS, "textile"),
    ".mediawiki": Unread("wiki text", _TEXTS, "mediawiki"),
    ".wiki": Unread("wiki text", _TEXTS, "mediawiki"),
    ".svg": _PICTURE,
    ".toml": Unread("TOML", _TEXTS),
}
_TEXTUAL = frozenset((".tex", ".rst", ".adoc", ".textile", ".mediawiki", ".wiki", ".svg", ".toml"))
READ = "Markdown, HTML, DOCX, ODT, XLSX, CSV, OPML, FreeMind, XMind, org, notebooks, Notion's zip and our own outputs"
UNKNOWN = Unread("not text, and of no kind that is read", f"Save it as one of these: {READ}.")


def unread(data: bytes, name: str, *, as_text: bool) -> Unread | None:
    """Return what a file is when it is of a kind that is not read.

    `as_text` says that a person wants it read as plain Markdown, whatever its name ends in.
    """
    suffix = PurePath(name).suffix.lower()
    for first, kind in _FIRST_BYTES:
        if data.startswith(first):
            return kind
    if suffix in _TEXTUAL and as_text:
        return None
    if found := _ENDINGS.get(suffix):
        return found if suffix in _TEXTUAL or _is_binary(data) else None
    return UNKNOWN if _is_binary(data) and not data.startswith(b"PK\x03\x04") else None


def refusal(name: str, found: Unread, *, which: Callable[[str], str | None] = shutil.which) -> RoadpressError:
    """Return the error that names the way; with pandoc on the PATH, that one too."""
    remedy = found.way
    if found.pandoc and which("pandoc"):
        target = f"{PurePath(name).stem}.md"
        remedy += f" Or, as pandoc is here: `pandoc -f {found.pandoc} -t gfm {name} -o {target}`."
    return RoadpressError(f"{name} is {found.what}.", remedy=remedy)


def _is_binary(data: bytes) -> bool:
    """Whether bytes can't be the text of a person: NUL bytes that are not UTF-16's, or controls all over."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    controls = sum(1 for byte in head if 0 < byte < 9 or (13 < byte < 32 and byte != 27))
    if controls * 20 > len(head):
        return True
    even, odd = head[::2].count(0), head[1::2].count(0)
    return (even + odd) * 20 > len(head) and min(even, odd) >= len(head) / 50
