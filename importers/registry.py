"""Which foreign formats there are, how each is told, and the module that reads it, imported when it is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from ..core.errors import RoadpressError, UsageError
from ..core.roadmap_file.task_list import is_ours
from .common.decoding import repair
from .common.draft import Imported
from .common.sound import make_sound
from .markdown import own_export
from .markdown.reader import MarkdownOptions, read_markdown


class Format(NamedTuple):
    """One foreign format."""

    summary: str
    suffixes: tuple[str, ...]
    module: str
    """Its function `read(text, name) -> Imported` raises ValueError, one sentence, when it is no such document."""


FORMATS = {
    "markdown": Format(
        "Markdown: a chat answer, a README, a checklist", (".md", ".markdown", ".mkd", ".txt", ".mdx"), ""
    ),
    "opml": Format("OPML outlines", (".opml",), "roadpress.importers.tree_formats.opml"),
    "freemind": Format("FreeMind and Freeplane mind maps", (".mm",), "roadpress.importers.tree_formats.freemind"),
    "trello": Format("A Trello board's JSON export", (), "roadpress.importers.tree_formats.trello_board"),
    "sierra": Format("roadmap.yml of SierraSoftworks/roadmap", (), "roadpress.importers.tree_formats.sierra_softworks"),
}


def read(data: bytes, name: str, *, kind: str = "", options: MarkdownOptions = MarkdownOptions()) -> Imported:  # noqa: B008 - frozen
    """Return the roadmap in a foreign document.

    `name` is its file's name, `-` for standard input; `kind` a name in FORMATS, found out when empty. Raises UsageError
    for an unknown kind or a roadmap of our own, RoadpressError when the document is none of its kind, or empty.
    """
    if kind and kind not in FORMATS:
        raise UsageError(f"There is no format called {kind!r}.", remedy=f"There are: {', '.join(FORMATS)}.")
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise RoadpressError(
            f"{name} is not text.", remedy="Save what it says as Markdown first, or copy and paste it."
        )
    if kind in ("", "markdown") and (own := _own(data)):
        result = own_export.read(own, name)
        make_sound(result)
        return result
    text, notices = repair(data)
    if not text.strip():
        raise RoadpressError(f"{name} is empty.", remedy="There is nothing to import.")
    kind = kind or _kind(text, name)
    if kind == "markdown":
        result = read_markdown(text, name, options)
        if not result.roadmap.sections and not result.roadmap.description:
            raise RoadpressError(
                f"{name} holds nothing that a roadmap could be made of.", remedy="Is it the right file?"
            )
    else:
        reader: Callable[[str, str], Imported] = import_module(FORMATS[kind].module).read
        try:
            result = reader(text, name)
        except ValueError as error:
            raise RoadpressError(f"{name}: {error}", remedy="`--from markdown` reads it as plain Markdown.") from None
    make_sound(result)
    result.account.notices[:0] = notices
    return result


def _own(data: bytes) -> str:
    """Return the text of a document that roadpress wrote; such a one is not in need of repair."""
    if b"<!-- rp {" not in data[:4096]:
        return ""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ""
    return text if is_ours(text) else ""


def _kind(text: str, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    for kind, form in FORMATS.items():
        if suffix in form.suffixes and kind != "markdown":
            return kind
    head = text[:4000].lstrip()
    if head.startswith("<") and "<opml" in head:
        return "opml"
    if head.startswith("<map"):
        return "freemind"
    if head.startswith("{") and suffix in (".json", "") and _is_board(text):
        return "trello"
    if suffix in (".yml", ".yaml") or re.match(
        r"(?:#.*\n|\s)*(?:title|timeline|milestones|authors|description|objective):", head
    ):
        if re.search(r"^roadpress:", text, re.MULTILINE):
            raise UsageError(
                f"{name} is a roadmap already.", remedy="Run `roadpress check` or `roadpress build` with it."
            )
        if re.search(r"^(?:milestones|objective|timeline):", text, re.MULTILINE):
            return "sierra"
    return "markdown"


def _is_board(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and isinstance(found.get("lists"), list) and isinstance(found.get("cards"), list)
