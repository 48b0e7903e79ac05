"""OPML 1.0 and 2.0 (opml.org/spec2.opml): outlines to roadmaps."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..common import kind_inference, prefixes
from ..common.draft import Account, DraftNode, DraftRoadmap, Imported
from ..documents.html_page import blocks_of, titled
from ..tables import cells
from .common import settle
from .xml_tree import parse_leniently

_NOTES = ("_note", "note", "description", "comment")
_URLS = ("url", "htmlUrl", "xmlUrl", "link")
_DONE = ("complete", "_complete", "checked", "_status", "completed", "done", "isComplete")
_TIME = re.compile(r"<time startYear=\"(\d{4})\" startMonth=\"(\d{1,2})\" startDay=\"(\d{1,2})\"")
_KNOWN = frozenset(("text", "title", "type", *_NOTES, *_URLS, *_DONE))


def read(text: str, name: str) -> Imported:
    """Return the roadmap in an OPML text. Raises ValueError when it is none."""
    root = parse_leniently(text)
    body = root.find("body")
    if root.tag != "opml" or body is None:
        raise ValueError("It is no OPML: there is no `<opml>` with a `<body>`.")
    account = Account()
    roadmap = DraftRoadmap((root.findtext("head/title") or "").strip())
    top = DraftNode("", 0, "document")
    stack: list[tuple[Element, DraftNode]] = [(body, top)]
    while stack:
        element, parent = stack.pop()
        pairs = []
        for outline in element.findall("outline"):
            draft = _draft(outline, account)
            parent.children.append(draft)
            pairs.append((outline, draft))
        stack.extend(reversed(pairs))
    settle(roadmap, top, name, account)
    kind_inference.set_kinds(roadmap)
    return Imported(roadmap, account)


def _draft(outline: Element, account: Account) -> DraftNode:
    draft = DraftNode("", 0, "outline")
    text = outline.get("text") or outline.get("title") or ""
    if day := _TIME.search(text):  # WorkFlowy's dates
        draft.due = cells.day_of("-".join(day.groups()))
    title = " ".join(titled(draft, text).split())
    draft.icon, draft.title = prefixes.split_emoji(title)
    if draft.icon and not draft.title:
        draft.icon, draft.title = "", title
    box = prefixes.split_box(draft.title)
    if box and box.rest:
        draft.title, draft.done = box.rest, "true" if box.ticked else ""
    for key in _NOTES:
        note = outline.get(key, "")
        draft.add_note(blocks_of(note) if "</" in note else note)
    for key in _URLS:
        url = (outline.get(key) or "").strip()
        if url:
            draft.add_link(url)
    if any((outline.get(key) or "").lower() in ("true", "checked", "1", "yes", "complete") for key in _DONE):
        draft.done = "true"
    for key, value in outline.attrib.items():
        if key not in _KNOWN:
            account.leave_out(0, "attribute", f"{key}: {value}")
    return draft
